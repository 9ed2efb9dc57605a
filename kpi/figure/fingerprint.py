"""All that figures follow from as one short text: as long as it is the same, so are the figures."""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from data.database import VERSION
from data.deliveries.store import Store
from kpi.figure.settings import STORE, Settings

ROOT = Path(__file__).resolve().parents[2]
LENGTH = 32  # characters


def fingerprint(chosen: Settings, store: Store, is_demo: bool) -> str:
    """Of the deliveries that count, the definitions and profile, the sources and the program."""
    digest = hashlib.sha256(f"{_program()} {is_demo} {chosen.profile} ".encode())
    digest.update(store.figures_version.encode())
    for delivery in store.deliveries():
        digest.update(f"\n{delivery.delivery_id} {delivery.rows_sha256}".encode())
    for folder in (chosen.definitions, chosen.profiles / chosen.profile):
        _add(digest, folder, _files(folder))
    for room in (ROOT / "data", ROOT / "kpi"):
        _add(digest, room, (path for path in _files(room) if path.suffix in (".sql", ".toml")))
    return digest.hexdigest()[:LENGTH]


@cache
def _program() -> str:
    """The Python that makes figures, as it was when this process started, and what it runs on."""
    digest = hashlib.sha256(f"{sys.version} {VERSION}".encode())
    for room in (ROOT / "data", ROOT / "kpi"):
        _add(digest, room, (path for path in _files(room) if path.suffix == ".py"))
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", folder: Path, paths: Iterator[Path]) -> None:
    for path in paths:
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)


def _files(folder: Path) -> Iterator[Path]:
    """Every file in a folder, always in the same order; not those of the store of a bureau."""
    for place, below, names in os.walk(folder):
        below[:] = sorted(
            name for name in below if name != "__pycache__" and Path(place, name) != STORE
        )
        yield from (Path(place, name) for name in sorted(names))
