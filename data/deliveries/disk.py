"""Writing so that it is still there, and whole, after a crash or a power cut."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

SECRET_SIZE = 64  # hexadecimal digits
BEING_WRITTEN = ".nieuw-"


def write_file(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a new file and wait until it is on the disk. FileExistsError when it exists."""
    binary = getattr(os, "O_BINARY", 0)  # Windows would change line ends without it
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_secret(path: Path) -> None:
    """Write a new random key that only this user of the computer may read, unless it exists."""
    if path.exists():
        return
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    write_file(new, secrets.token_hex(SECRET_SIZE // 2).encode(), mode=0o600)
    new.rename(path)
    sync_folder(path.parent)


@contextmanager
def whole_folder(home: Path) -> Iterator[Path]:
    """A folder to fill with files that are on the disk; it gets its name whole or not at all."""
    new = home.with_name(BEING_WRITTEN + home.name)
    new.mkdir()
    yield new
    sync_folder(new)
    new.rename(home)
    sync_folder(home.parent)


def tidy(strays: Iterable[Path], aside: Path) -> int:
    """Remove folders that are half-written and move the others aside: the ledger may come back.

    How many were half-written.
    """
    half_written = 0
    for folder in strays:
        if folder.name.startswith(BEING_WRITTEN):
            shutil.rmtree(folder)
            half_written += 1
        else:
            aside.mkdir(exist_ok=True)
            folder.rename(aside / f"{folder.name}-{secrets.token_hex(4)}")
    return half_written


def append_line(path: Path, line: bytes) -> None:
    """Add one line in a single write and wait until it is on the disk.

    When the disk is full the part that was written is taken away again.
    """
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            if file.write(line + b"\n") != len(line) + 1:
                raise OSError(f"only a part of the line fitted in {path.name}")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
    if is_new:
        sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Wait until a file that something else wrote is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
