"""Seals: folders that keep what stood when a quarter was closed, written whole or not at all.

seals/<name>/    the files of one seal; without its line in the ledger a folder is no seal
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.deliveries.chain import Entry
from data.deliveries.disk import (
    is_there,
    make_folder,
    put_aside,
    remove_half_written,
    whole_folder,
    write_file,
)
from data.deliveries.ledger import StoreKind
from data.deliveries.store import Store, StoreError

LOOSE = "losse-zegels"


def seal_folder(store: Store, name: str) -> Path:
    """Where the files of this seal stand, or would stand."""
    return store.path / "seals" / name


def seal_lines(store: Store) -> dict[str, Entry]:
    """The line of every seal by its name, in the order of the ledger.

    Also those of after the moment `store` is known to: its own seal comes after everything in it.
    """
    lines = store.ledger.entries()
    return {entry.body["name"]: entry for entry in lines if entry.kind == StoreKind.SEAL}


def write_seal(
    store: Store,
    name: str,
    made_from: int,
    files: Mapping[str, bytes],
    body: Mapping[str, Any],
    author: str,
) -> Entry:
    """Keep a seal: its files by name, and what its line says beside that name.

    made_from: the last line of the ledger that the files tell about. Raises StoreError, with
    nothing kept, when there is a seal of this name or the ledger has gone on since.
    """
    home = seal_folder(store, name)
    with store.writing():
        if name in seal_lines(store):
            raise StoreError(f"{name} is al vastgesteld. Wat is vastgesteld, blijft zo.")
        if any(line.seq > made_from and line.kind != StoreKind.KEY for line in store.lines()):
            raise StoreError(
                "Intussen is er iets ingelezen of vastgelegd. Kijk het na en stel dan opnieuw vast."
            )
        make_folder(home.parent)
        remove_half_written(home.parent)
        if is_there(home):  # without a line it is no seal, but perhaps the ledger comes back
            put_aside(home, store.path / LOOSE)
        with whole_folder(home) as new:
            for file, content in files.items():
                write_file(new / file, content)
        hashes = {file: sha256(content).hexdigest() for file, content in files.items()}
        return store.append(StoreKind.SEAL, {"name": name, "files": hashes, **body}, author)
