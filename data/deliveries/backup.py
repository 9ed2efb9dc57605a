"""A backup of a store: one file, read back and compared before it gets its name.

inhoud.json                 form, moment, and the SHA-256 of every other file in it
ledger.jsonl, ledger.head   the ledger up to the last line that counts
deliveries/, seals/         the files of every delivery and seal that has a line
secret.key                  the key; left out, or alone, when key and rows are kept apart

What another store left behind, unfinished or loose, is not in it; nor is the demonstration. The
file is a zip; with a passphrase that zip is locked up in it, see `passphrase`.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from data.deliveries.chain import Chain, line_of, read_chain
from data.deliveries.disk import (
    BEING_WRITTEN,
    NotAFile,
    is_there,
    open_file,
    put_in_place,
    read_file,
    remove,
    write_file,
)
from data.deliveries.folders import ROWS, SIDECAR
from data.deliveries.head import Head, written
from data.deliveries.passphrase import MAGIC, is_locked, lock_up, unlock
from data.deliveries.seals import seal_folder, seal_lines
from data.deliveries.store import KEY, Store, StoreError

MANIFEST = "inhoud.json"
LEDGER, HEAD = "ledger.jsonl", "ledger.head"
FORM = 1
# What the reader of zips and JSON says of a file that is none, or was damaged.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError, RuntimeError,
    NotImplementedError, EOFError,
)  # fmt: skip
MOST = 1024**3  # bytes, unpacked: far more than a store of ours
NO_FILE = "{path} is geen gewoon bestand. Kies het bestand van de reservekopie zelf."
NO_BACKUP = "{name} is geen reservekopie van de monitor, of is niet heel. Kies een ander bestand."


@dataclass(frozen=True)
class Backup:
    """A backup that was read and found whole. files: the content by its place in the store."""

    name: str
    made_at: str
    files: dict[str, bytes]

    @property
    def chain(self) -> Chain:
        """The lines of its ledger; none in a backup of the key alone."""
        return read_chain(self.files.get(LEDGER, b""))

    @property
    def has_rows(self) -> bool:
        """Does it hold more than the key?"""
        return LEDGER in self.files

    @property
    def key(self) -> bytes:
        """The key; b"" when it was left out."""
        return self.files.get(KEY, b"")


def write_backup(
    store: Store, path: Path, *, rows: bool = True, key: bool = True, passphrase: str | None = None
) -> Backup:
    """Write a backup of what counts now, and read it back; behind a passphrase unless it is None.

    StoreError when the ledger, its head or the key does not add up, there is such a file, or the
    passphrase is too short.
    """
    if is_there(path):
        raise StoreError(f"{path} bestaat al. Kies een andere naam, zoals met de datum erin.")
    new = path.with_name(BEING_WRITTEN + path.name)
    try:
        remove(new)
        packed = _packed(dict(_contents(store, rows, key)))
        write_file(new, packed if passphrase is None else lock_up(packed, passphrase))
        made = read_backup(new, passphrase or "")
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    put_in_place(new, path)
    return made


def read_backup(path: Path, passphrase: str = "") -> Backup:
    """A backup, with every file compared with its hash.

    NeedsPassphrase when it is behind one and none was given; StoreError when it is another one, or
    the backup is not whole.
    """
    try:
        with open_file(path) as file, zipfile.ZipFile(_opened(file, passphrase)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST:
                raise ValueError("too much")
            stated = json.loads(archive.read(MANIFEST))
            files = {name: archive.read(name) for name in stated["files"]}
        backup = Backup(path.name, str(stated["made_at"]), files)
        _check(stated, backup)
    except NotAFile:
        raise StoreError(NO_FILE.format(path=path)) from None
    except StoreError:  # of the passphrase
        raise
    except UNREADABLE:
        raise StoreError(NO_BACKUP.format(name=path.name)) from None
    return backup


def _opened(file: BinaryIO, passphrase: str) -> BinaryIO:
    """The zip of a backup, taken from behind its passphrase."""
    start = file.read(len(MAGIC))
    file.seek(0)
    if not is_locked(start):
        return file
    content = file.read(MOST + 1)
    if len(content) > MOST:
        raise ValueError("too much")
    return io.BytesIO(unlock(content, passphrase, Path(file.name).name))


def _check(stated: dict[str, object], backup: Backup) -> None:
    """ValueError when it is not what its manifest says, or names files outside a store."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in backup.files.items()}
    if stated["form"] != FORM or stated["files"] != hashes or not hashes:
        raise ValueError("not what was packed")
    if backup.chain.wrong or not all(map(_has_place, backup.files)):
        raise ValueError("not of a store")


def _has_place(name: str) -> bool:
    """Is it one of the files a store consists of, and no way out of its folder?"""
    parts = PurePosixPath(name).parts
    if any(part in ("..", "/", "") or set(part) & set('\\:"') for part in parts):
        return False
    if len(parts) == 1:
        return name in (LEDGER, HEAD, KEY)
    return len(parts) == 3 and parts[0] in ("deliveries", "seals")


def _contents(store: Store, rows: bool, key: bool) -> Iterator[tuple[str, bytes]]:
    secret = store.ledger.key.read()
    problem = store.ledger.head_problem() or store.ledger.key_problem(bool(store.history()))
    if problem:
        raise StoreError(f"Er is geen reservekopie gemaakt. {problem}")
    if key and secret:
        yield KEY, secret
    if not rows:
        if not secret:
            raise StoreError("Er is nog geen sleutel. Lees eerst iets in.")
        return
    lines = store.lines()
    yield LEDGER, b"".join(line_of(line) + b"\n" for line in lines)
    if lines and secret:
        yield HEAD, written(Head.of(len(lines), lines[-1].hash, secret))
    for found in store.history():
        for name in (ROWS, SIDECAR):
            yield from _file(store, store.rows_path(found.delivery_id).with_name(name))
    for name in seal_lines(store):
        for path in sorted(seal_folder(store, name).glob("*")):
            yield from _file(store, path)


def _file(store: Store, path: Path) -> Iterator[tuple[str, bytes]]:
    """A file as it is; one that is gone is gone in the backup too, and status says so."""
    if path.is_file():
        yield path.relative_to(store.path).as_posix(), read_file(path)


def _packed(files: dict[str, bytes]) -> bytes:
    stated = {
        "form": FORM,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(stated, indent=1))
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
