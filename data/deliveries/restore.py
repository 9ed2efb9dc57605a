"""Putting a backup back: what stood there is moved to a folder beside it and never deleted."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from data.deliveries.backup import LEDGER, Backup
from data.deliveries.chain import Entry, read_chain
from data.deliveries.disk import (
    BEING_WRITTEN,
    is_there,
    make_folder,
    put_aside,
    put_in_place,
    read_file,
    remove,
    remove_half_written,
    sync_folder,
    whole_folder,
    write_file,
)
from data.deliveries.folders import ROWS, SIDECAR
from data.deliveries.key import fingerprint
from data.deliveries.ledger import StoreKind, known_key
from data.deliveries.lock import locked
from data.deliveries.store import KEY, Store, StoreError

ASIDE = "terzijde"
NOT_OTHERS = (StoreKind.DELIVERY, StoreKind.SEAL, StoreKind.KEY)
STAYS = frozenset({"lock", "demo", ASIDE})


class WouldLose(StoreError):
    """Something would no longer count and nobody said that this is meant. Nothing was changed."""


def restore(path: Path, backup: Backup, key: Path | None = None, *, sure: bool = False) -> Path:
    """Make a store what a backup holds; the folder in which is what stood there.

    What stands in the way of a file goes there too. WouldLose, with nothing changed, when people
    caused lines that the backup does not hold and nobody said that is meant (`sure`); StoreError
    when the key is that of another store.
    """
    key_path = key or path / KEY
    make_folder(path)
    aside, lock = aside_folder(path), path / "lock"
    if is_there(lock) and not lock.is_file():
        put_aside(lock, aside)
    with locked(lock):
        _check_key(backup, _lines_there(path))
        lost = would_lose(path, backup)
        if lost and not sure:
            raise WouldLose(f"Deze opslag bevat meer dan de reservekopie: {lost}.")
        remove_half_written(path)
        if backup.has_rows:
            _put_rows(path, backup, aside)
        _put_key(key_path, backup.key, beside(key_path, path, aside))
    return aside


def would_lose(path: Path, backup: Backup) -> str:
    """What people caused in this store and the backup does not hold, in numbers; "" when nothing.

    What a ledger held that cannot be read, nobody can tell.
    """
    if not backup.has_rows:
        return ""
    return told(_only_there(_lines_there(path), backup.chain.entries))


def _lines_there(path: Path) -> Sequence[Entry]:
    """The lines of a store that follow on each other, whatever else is wrong with it."""
    ledger = path / LEDGER
    return read_chain(read_file(ledger)).entries if ledger.is_file() else ()


def _put_key(path: Path, secret: bytes, aside: Path) -> None:
    """The key of a backup, b"" when it holds none; then only what is no file is moved."""
    if path.is_file() and (not secret or read_file(path) == secret):
        return
    if is_there(path):
        put_aside(path, aside)
    if secret:
        make_folder(path.parent)
        write_file(path, secret)
        sync_folder(path.parent)


def restore_delivery(store: Store, backup: Backup, delivery_id: str) -> None:
    """Put the two files of one delivery back. StoreError when the backup has others, or none."""
    found = next(item for item in store.history() if item.delivery_id == delivery_id)
    files = {name: backup.files.get(f"deliveries/{delivery_id}/{name}") for name in (ROWS, SIDECAR)}
    rows, sidecar = files[ROWS], files[SIDECAR]
    if rows is None or sidecar is None:
        raise StoreError(f"Levering {delivery_id} staat niet in {backup.name}.")
    hashes = [hashlib.sha256(content).hexdigest() for content in (rows, sidecar)]
    if hashes[0] != found.rows_sha256 or found.sidecar_sha256 not in ("", hashes[1]):
        raise StoreError(f"In {backup.name} is levering {delivery_id} ook beschadigd.")
    home = store.rows_path(delivery_id).parent
    with store.writing():
        if is_there(home):
            put_aside(home, aside_folder(store.path))
        make_folder(home.parent)
        remove_half_written(home.parent)
        with whole_folder(home) as new:
            write_file(new / ROWS, rows)
            write_file(new / SIDECAR, sidecar)


def aside_folder(path: Path) -> Path:
    """Where what is taken away now goes to; made when something comes in it."""
    return path / ASIDE / f"{datetime.now():%Y-%m-%d-%H%M%S}"


def beside(key_path: Path, path: Path, aside: Path) -> Path:
    """Where a key goes that is taken away: never to the rows, when it is kept apart from them."""
    return aside if key_path.parent == path else aside_folder(key_path.parent)


def told(lines: Iterable[Entry]) -> str:
    """What lines are about, in numbers: "2 leveringen, 1 zegel, 3 andere regels"."""
    kinds = Counter(line.kind for line in lines)
    return told_kinds(kinds)


def told_kinds(kinds: Counter[str]) -> str:
    """The same of kinds that were counted; "" when people caused none of it, such as a key."""
    others = kinds.total() - sum(kinds[kind] for kind in NOT_OTHERS)
    counted = (
        (kinds[StoreKind.DELIVERY], "levering", "leveringen"),
        (kinds[StoreKind.SEAL], "zegel", "zegels"),
        (
            others,
            "andere regel (zoals een notitie, doel of toezegging)",
            "andere regels (zoals notities, doelen en toezeggingen)",
        ),
    )
    return ", ".join(f"{n} {one if n == 1 else more}" for n, one, more in counted if n)


def _check_key(backup: Backup, there: Sequence[Entry]) -> None:
    """The key alone must be the one of the store it comes back to."""
    known = known_key(there)
    if not backup.has_rows and known and fingerprint(backup.key) != known:
        raise StoreError(f"De sleutel in {backup.name} is niet die van deze opslag.")


def _only_there(there: Sequence[Entry], kept: Sequence[Entry]) -> Sequence[Entry]:
    """The lines of a store that a backup does not hold."""
    same = 0
    for one, other in zip(there, kept, strict=False):
        if one.hash != other.hash:
            break
        same += 1
    return there[same:]


def _put_rows(path: Path, backup: Backup, aside: Path) -> None:
    """Everything but the key. The ledger goes away first and comes last: half of this is no store.

    All of it is on the disk before anything that stood there is moved.
    """
    new = path / f"{BEING_WRITTEN}terugzetten"
    try:
        _unpack(backup, new)
    except OSError:
        remove(new)
        raise
    first = [path / LEDGER, path / "ledger.head"]
    others = [item for item in sorted(path.iterdir()) if item.name not in STAYS]
    for item in (*first, *(other for other in others if other not in first and other != new)):
        if item.name != KEY and is_there(item):
            put_aside(item, aside)
    names = sorted(
        (item.name for item in new.iterdir()), key=lambda name: name.startswith("ledger")
    )
    for name in names:
        put_in_place(new / name, path / name)
    new.rmdir()
    sync_folder(path)


def _unpack(backup: Backup, new: Path) -> None:
    for name, content in backup.files.items():
        if name != KEY:
            make_folder((new / name).parent)
            write_file(new / name, content)
            sync_folder((new / name).parent)
