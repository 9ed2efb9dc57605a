"""The ledger: an append-only file of everything that was delivered, undone, mapped and set.

Every line holds the hash of the line before it, so a line that was changed, removed or put in
between afterwards is noticed. The order of the lines decides; the clock is only shown.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from data.deliveries.disk import append_line, sync_folder, write_file

FIRST = "0" * 64  # what the first line points back to


class StoreKind(StrEnum):
    """The kinds of line that only the store writes; what people record is in kpi.register."""

    DELIVERY = "delivery"  # a file was accepted
    UNDO = "undo"  # a delivery was taken back
    MAPPING = "mapping"  # which column is which in files of one layout, pointed out by hand
    SETTING = "setting"  # a setting got a value
    SEAL = "zegel"  # a quarter was closed


class LedgerDamaged(ValueError):
    """The ledger was changed afterwards, or a line in the middle is gone. The text is Dutch."""


@dataclass(frozen=True)
class Entry:
    """One line. `seq` counts from 1; `at` is the moment (UTC, ISO 8601); `body` is per kind."""

    seq: int
    at: str
    author: str
    kind: str
    body: dict[str, Any]
    prev: str
    hash: str


class Ledger:
    """The file itself. Reading needs no lock; `append` and `repair` need the lock of the store."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[int, tuple[Entry, ...]] = (0, ())  # size and content of the last look

    def entries(self) -> tuple[Entry, ...]:
        """All whole lines, verified. Raises LedgerDamaged.

        A last line that is not whole is left out: another process may be writing it now. Only what
        was added since the last look is read.
        """
        size = self.path.stat().st_size if self.path.exists() else 0
        seen, known = self._read
        if size != seen:
            if size < seen:  # something was taken away, so all is to be verified again
                seen, known = 0, ()
            lines = _lines_from(self.path, seen) if size else []
            if lines and _is_torn(lines[-1]):
                lines.pop()
            added = _verified(lines, self.path, known)
            self._read = (seen + sum(map(len, lines)), (*known, *added))
        return self._read[1]

    def append(self, kind: str, body: dict[str, Any], author: str) -> Entry:
        """Add a line. When this returns, the line is on the disk."""
        self.repair()  # or this line would be glued to what a stopped program left
        entries = self.entries()
        unsealed: dict[str, Any] = {
            "seq": len(entries) + 1,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "author": author,
            "kind": kind,
            "body": body,
            "prev": entries[-1].hash if entries else FIRST,
        }
        entry = Entry(**unsealed, hash=_hash(unsealed))
        append_line(self.path, _json(asdict(entry)))
        return entry

    def is_torn(self) -> bool:
        """Is the last line not whole? It may also be in the making, when the lock is not held."""
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else []
        return bool(lines) and _is_torn(lines[-1])

    def repair(self) -> Path | None:
        """Move a last line that was cut off to a file of its own; that file, or None.

        Such a line was never acknowledged: the program stopped while writing it.
        """
        content = self.path.read_bytes() if self.path.exists() else b""
        lines = content.splitlines(keepends=True)
        if not lines or not _is_torn(lines[-1]):
            return None
        torn = lines[-1]
        side = self.path.with_name(
            f"ledger-afgebroken-{len(lines)}-{hashlib.sha256(torn).hexdigest()[:8]}.txt"
        )
        if not side.exists():
            write_file(side, torn)
            sync_folder(side.parent)
        with self.path.open("rb+") as file:
            file.truncate(len(content) - len(torn))
            os.fsync(file.fileno())
        return side


def _is_torn(line: bytes) -> bool:
    if not line.endswith(b"\n"):
        return True
    try:
        json.loads(line)
    except ValueError:
        return True
    return False


def _lines_from(path: Path, position: int) -> list[bytes]:
    with path.open("rb") as file:
        file.seek(position)
        return file.read().splitlines(keepends=True)


def _verified(lines: list[bytes], path: Path, known: tuple[Entry, ...]) -> list[Entry]:
    """The lines as entries that follow on the known ones."""
    entries: list[Entry] = []
    last = known[-1].hash if known else FIRST
    for number, line in enumerate(lines, start=len(known) + 1):
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError):
            raise _damaged(path, number, "is niet te lezen") from None
        content = dict(vars(entry))
        if content.pop("hash") != _hash(content):
            raise _damaged(path, number, "is achteraf veranderd")
        if entry.seq != number or entry.prev != last:
            raise _damaged(path, number, "sluit niet aan op de regel ervoor")
        entries.append(entry)
        last = entry.hash
    return entries


def _damaged(path: Path, number: int, what: str) -> LedgerDamaged:
    return LedgerDamaged(
        f"Het logboek {path} klopt niet: regel {number} {what}. "
        "Zet de laatste reservekopie van deze map terug. Er is niets gewijzigd."
    )


def _hash(unsealed: dict[str, Any]) -> str:
    return hashlib.sha256(_json(unsealed)).hexdigest()


def _json(content: dict[str, Any]) -> bytes:
    """One line without line end; the same content always gives the same bytes."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()
