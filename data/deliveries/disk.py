"""Writing so that it is still there, and whole, after a crash or a power cut."""

import errno
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

SECRET_SIZE = 64  # hexadecimal digits
BEING_WRITTEN = ".nieuw-"
BESIDE = ".nieuw"
PUT_TRIES = 100
# What is stored tells of pupils: other users of the computer have nothing to look for there.
ONLY_OWNER, ONLY_OWNER_FOLDER = 0o600, 0o700


RESTORE_IT = "haal het weg en zet een reservekopie terug (python -m kpi restore BESTAND)."


class NotAFile(OSError):
    """Where a file belongs stands something else: a folder, a pipe, a device, a broken link.

    Reading it may never end, and writing to it may end up elsewhere. The text is Dutch.
    """

    def __init__(self, path: Path, what_to_do: str = RESTORE_IT) -> None:
        super().__init__(f"{path} is geen gewoon bestand; {what_to_do}")


def file_facts(path: Path, what_to_do: str = RESTORE_IT) -> os.stat_result | None:
    """What the disk tells of a file; None when nothing stands there. Raises NotAFile."""
    try:
        found = path.stat()
    except OSError as error:
        if path.is_symlink():
            raise NotAFile(path, what_to_do) from None
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return None
        raise
    if not stat.S_ISREG(found.st_mode):
        raise NotAFile(path, what_to_do)
    return found


def open_file(path: Path, mode: str = "rb") -> BufferedReader:
    """Open a file of which the content is read. Raises NotAFile when it is not a regular one."""
    file_facts(path)
    return cast(BufferedReader, open(path, mode, opener=_at_once))


def _at_once(path: str, flags: int) -> int:
    """A pipe that came in the place of the file since then is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_file(path: Path) -> bytes:
    """The content of a regular file. Raises NotAFile."""
    with open_file(path) as file:
        return file.read()


def is_there(path: Path) -> bool:
    """Does anything have this name, also a link to nothing?"""
    return os.path.lexists(path)


def make_folder(path: Path) -> None:
    """A folder, and those it lies in, that only this user of the computer may open."""
    if path.is_dir():
        return
    if path.exists():
        raise NotADirectoryError(errno.ENOTDIR, "a file", str(path))
    make_folder(path.parent)
    path.mkdir(mode=ONLY_OWNER_FOLDER, exist_ok=True)
    sync_folder(path.parent)


def write_file(path: Path, content: bytes, mode: int = ONLY_OWNER) -> None:
    """Write a new file and wait until it is on the disk. FileExistsError when it exists."""
    binary = getattr(os, "O_BINARY", 0)  # Windows would change line ends without it
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # a full disk: half a file would look like one
        path.unlink(missing_ok=True)
        raise


def replace_file(path: Path, content: bytes) -> None:
    """Give a file another content: before and after a power cut it is the old one or the new."""
    put_in_place(write_beside(path, content), path)


def write_beside(path: Path, content: bytes) -> Path:
    """What a file is going to hold, on the disk under another name."""
    new = path.with_name(path.name + BESIDE)
    remove(new)
    write_file(new, content)
    return new


def put_in_place(new: Path, path: Path) -> None:
    """Give what was written beside a file its place; Windows waits until nobody reads the old."""
    for patience in range(PUT_TRIES, -1, -1):
        try:
            new.replace(path)
            break
        except PermissionError:
            if os.name != "nt" or not patience:
                raise
            time.sleep(0.01)
    sync_folder(path.parent)


@contextmanager
def whole_folder(home: Path) -> Iterator[Path]:
    """A folder to fill with files that are on the disk; it gets its name whole or not at all."""
    new = home.with_name(BEING_WRITTEN + home.name)
    new.mkdir(mode=ONLY_OWNER_FOLDER)
    yield new
    sync_folder(new)
    new.rename(home)
    sync_folder(home.parent)


def remove_half_written(folder: Path) -> None:
    """Remove what a stopped program was still writing; only for who holds the lock."""
    for path in folder.glob(f"{BEING_WRITTEN}*"):
        remove(path)


def remove(path: Path) -> None:
    """Remove what the software itself was writing, whatever it is; nothing when it is not there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put_aside(path: Path, folder: Path) -> Path:
    """Move a file or folder to another folder, under a name that is free there; where it is now."""
    make_folder(folder)
    names = (path.name, *(f"{path.name}-{number}" for number in range(2, 10_000)))
    place = next(folder / name for name in names if not is_there(folder / name))
    path.rename(place)
    sync_folder(folder)
    sync_folder(path.parent)
    return place


def append_line(path: Path, line: bytes) -> None:
    """Add one line in a single write and wait until it is on the disk.

    When the disk is full the part that was written is taken away again.
    """
    is_new = file_facts(path) is None
    with open(path, "ab", buffering=0, opener=_for_owner) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            if file.write(line + b"\n") != len(line) + 1:
                raise OSError(errno.ENOSPC, "only a part of the line fitted", str(path))
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
    if is_new:
        sync_folder(path.parent)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, ONLY_OWNER)


def open_to_lock(path: Path) -> IO[bytes]:
    """A file that is only there to be locked. Raises NotAFile."""
    file_facts(path, "haal het weg en probeer het opnieuw.")
    return open(path, "a+b", opener=_for_owner)


def sync_file(path: Path) -> None:
    """Wait until a file that something else wrote is on the disk, for its owner only."""
    path.chmod(ONLY_OWNER)
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
    """The SHA-256 of a file's bytes, in hexadecimal. Raises NotAFile."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
