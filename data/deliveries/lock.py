"""One writer at a time, also between processes and on Windows."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from data.deliveries.disk import open_to_lock

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 60.0  # seconds; a write takes well under one
PAUSE = 0.01


class Busy(OSError):
    """Another process kept the lock for longer than PATIENCE. The text is Dutch."""


@contextmanager
def locked(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock on file `path`. The system lets go of it when the process dies.

    Raises Busy when another process or thread does not let go within `patience` seconds (else
    PATIENCE).
    """
    with open_to_lock(path) as file:
        deadline = time.monotonic() + (PATIENCE if patience is None else patience)
        while not _take(file):
            if time.monotonic() > deadline:
                raise Busy(
                    "Een ander programma is al bezig met opslaan in deze map. "
                    "Wacht even en probeer het opnieuw."
                )
            time.sleep(PAUSE)
        try:
            yield
        finally:
            _release(file)


def _take(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _release(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_UN)
