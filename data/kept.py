"""Databases that follow from a store, kept beside it as files, so that each is made only once.

Nothing in it is a truth: deleting the folder costs time and no more. A file has its content in its
name and is there whole or not at all; what is not as it was written is never opened. It is only
read, so any number of processes may have it open, and a new one gets a name of its own.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from data.database import Database, DatabaseError
from data.deliveries.disk import BEING_WRITTEN, sync_file, sync_folder

FOLDER = "built"  # within a store
MOST = 3  # files of a kind that stay: the store as it is, and states of earlier
LEFT_BEHIND = 3600.0  # seconds; a file that is still being written then belongs to nobody
ENDING = ".duckdb"


def opened(folder: Path, kind: str, key: str) -> Database | None:
    """What was kept last under this key, only to be read; None when nothing whole is there."""
    for path in _newest_first(folder, f"{kind}-{key}-"):
        with suppress(OSError, DatabaseError):
            if path.name != _name(kind, key, path):
                path.unlink()
                continue
            found = Database.kept(path)
            with suppress(OSError):
                os.utime(path)  # what is used stays longest
            return found
    return None


def keep(folder: Path, kind: str, key: str, make: Callable[[Path | None], Database]) -> Database:
    """What `make` gives, put in a file and read from there from now on.

    make: gets the file to make a copy in, see `Database`, or None. When the folder of the store is
    not there, cannot be written or is full, what was made stays in memory.
    """
    new = _new_file(folder)
    if new is None:
        return make(None)
    try:
        made = make(new)
        try:
            path = _finished(new, kind, key) if made.write_copy() else None
            found = Database.kept(path) if path else made
        except (OSError, DatabaseError):
            return made
    finally:
        for left in (new, new.with_name(f"{new.name}.wal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    if found is not made:
        made.close()
    return found


def _new_file(folder: Path) -> Path | None:
    """A name for a file that does not exist yet, in a folder that only this user may read."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if not os.access(folder, os.W_OK):
            return None
    except OSError:
        return None
    return folder / f"{BEING_WRITTEN}{secrets.token_hex(8)}{ENDING}"


def _finished(new: Path, kind: str, key: str) -> Path:
    """Wait until the file is on the disk and give it its name; what it replaces goes."""
    new.chmod(0o600)
    sync_file(new)
    path = new.with_name(_name(kind, key, new))
    new.replace(path)
    sync_folder(path.parent)
    _tidy(path, kind)
    return path


def _name(kind: str, key: str, path: Path) -> str:
    digest = hashlib.sha256(f"{kind}-{key}".encode())
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return f"{kind}-{key}-{digest.hexdigest()}{ENDING}"


def _tidy(newest: Path, kind: str) -> None:
    """Remove what was not used for longest, and what a stopped program left.

    Who still reads such a file goes on doing so; on Windows it cannot be removed, and stays until
    next time.
    """
    others = [path for path in _newest_first(newest.parent, f"{kind}-") if path != newest]
    long_ago = time.time() - LEFT_BEHIND
    unfinished = _newest_first(newest.parent, BEING_WRITTEN)
    left = [path for path in unfinished if _used(path) < long_ago]
    for path in [*others[MOST - 1 :], *left]:
        with suppress(OSError):
            path.unlink()


def _newest_first(folder: Path, start: str) -> list[Path]:
    return sorted(folder.glob(f"{start}*{ENDING}"), key=_used, reverse=True)


def _used(path: Path) -> float:
    """When it was last used; 0 when another process has just removed it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
