"""Seals: folders that keep what stood when a quarter was closed, written whole or not at all.

seals/<name>/    the files of one seal; without its line in the ledger a folder is no seal
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.deliveries.disk import sync_folder, tidy, whole_folder, write_file
from data.deliveries.ledger import Entry, StoreKind
from data.deliveries.lock import locked
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
    home.parent.mkdir(exist_ok=True)
    with locked(store.path / "lock"):
        lines = store.ledger.entries()
        known = seal_lines(store)
        if name in known:
            raise StoreError(f"{name} is al vastgesteld. Wat is vastgesteld, blijft zo.")
        if len(lines) != made_from:
            raise StoreError(
                "Intussen is er iets ingelezen of vastgelegd. Kijk het na en stel dan opnieuw vast."
            )
        strays = [path for path in home.parent.iterdir() if path.name not in known]
        tidy(strays, store.path / LOOSE)
        with whole_folder(home) as new:
            for file, content in files.items():
                write_file(new / file, content)
        sync_folder(store.path)
        return store.ledger.append(StoreKind.SEAL, {"name": name, **body}, author)
