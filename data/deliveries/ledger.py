"""The ledger: an append-only file of everything that was delivered, undone, mapped and set.

Every line holds the hash of the line before it (data.deliveries.chain), so a line that was
changed, removed or put in between afterwards is noticed; ledger.head says which line was the last
(data.deliveries.head). The order of the lines decides; the clock is only shown.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from data.deliveries.chain import Chain, Entry, line_of, next_entry, read_chain
from data.deliveries.disk import (
    append_line,
    file_facts,
    open_file,
    put_in_place,
    sync_folder,
    write_file,
)
from data.deliveries.head import SUFFIX, Head, HeadUnreadable, prepared, read_head, write_head
from data.deliveries.key import Key, fingerprint

WHAT_TO_DO = (
    "Zet de laatste reservekopie terug (python -m kpi restore BESTAND). Is die er niet? "
    "Met python -m kpi repair gaat de opslag terug naar de laatste regel die klopt. "
    "Er is niets gewijzigd."
)
NO_HEAD = (
    "{path} {what}. Daardoor is niet te zien of er regels van het logboek ontbreken of zijn "
    "vervangen. Zet de laatste reservekopie terug (python -m kpi restore BESTAND), of kijk na of "
    "alles er is en doe dan python -m kpi repair. Tot dan kan er niets worden ingelezen of "
    "vastgelegd."
)


class StoreKind(StrEnum):
    """The kinds of line that only the store writes; what people record is in kpi.register."""

    DELIVERY = "delivery"  # a file was accepted
    UNDO = "undo"  # a delivery was taken back
    MAPPING = "mapping"  # which column is which in files of one layout, pointed out by hand
    SETTING = "setting"  # a setting got a value
    SEAL = "zegel"  # a quarter was closed
    KEY = "sleutel"  # which key makes pupil keys from here on, by its fingerprint


class LedgerDamaged(ValueError):
    """The ledger was changed afterwards, or lines of it are gone. The text is Dutch."""


@dataclass(frozen=True)
class Looked:
    """The ledger at one look. trusted: the head may be used to judge the lines by.

    head_problem: why the head does not belong to the lines, in Dutch; "" when it does.
    """

    mark: tuple[tuple[int, ...], ...] = ()
    chain: Chain = Chain()
    head: Head | None = None
    head_problem: str = ""
    trusted: bool = False


class Ledger:
    """The file itself. Reading needs no lock; `append` and `heal` need the lock of the store."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self.path = path
        self.head_path = path.with_suffix(SUFFIX)
        self.key = key or Key(path.with_name("secret.key"))
        self._last = Looked()

    def entries(self) -> tuple[Entry, ...]:
        """All whole lines, verified. Raises LedgerDamaged, and NotAFile when it is no file.

        A last line that is not whole is left out when it was not acknowledged: another process may
        be writing it now. Only what was added since the last look is read.
        """
        mark = self._mark()
        if mark != self._last.mark:
            found = self.look(mark)
            problem = wrong(found)
            if problem:
                raise LedgerDamaged(f"Het logboek {self.path} klopt niet: {problem}. {WHAT_TO_DO}")
            self._last = found
        return self._last.chain.entries

    def head_problem(self) -> str:
        """Why the head does not belong to these lines, in Dutch; "" when it does."""
        self.entries()
        return self._last.head_problem

    def key_problem(self, is_needed: bool = False) -> str:
        """Why the key is not the one of these lines, in Dutch; "" when it is."""
        return self.key.problem(known_key(self.entries()), is_needed)

    def torn(self) -> bytes:
        """What stands behind the last whole line and was never acknowledged."""
        self.entries()
        return self._last.chain.rest

    def append(self, kind: str, body: dict[str, Any], author: str) -> Entry:
        """Add a line. When this returns, the line and the head are on the disk."""
        return self._add(kind, body, author)

    def begin(self) -> None:
        """Add the line that tells which key counts from here on."""
        self._add(StoreKind.KEY, {"fingerprint": fingerprint(self.key.read())}, "")

    def _add(self, kind: str, body: dict[str, Any], author: str) -> Entry:
        self.heal()  # or this line would be glued to what a stopped program left
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = next_entry(self.entries(), at, author, kind, body)
        line = line_of(entry)
        head = prepared(self.head_path, Head.of(entry.seq, entry.hash, self.key.read()))
        append_line(self.path, line)
        put_in_place(head, self.head_path)
        return entry

    def heal(self) -> Path | None:
        """Tidy what a stopped program left, so that the next line can follow.

        A line that was cut off is moved to a file of its own, which is returned: it was never
        acknowledged. A line without its line end gets it; a head that is one behind is renewed.
        """
        entries, chain = self.entries(), self._last.chain
        side = self._set_aside(chain) if chain.rest else None
        if not chain.is_ended:
            append_line(self.path, b"")
        if entries and (self._last.head is None or self._last.head.seq < len(entries)):
            write_head(self.head_path, Head.of(len(entries), entries[-1].hash, self.key.read()))
        return side

    def _set_aside(self, chain: Chain) -> Path:
        """Keep what is torn in a file of its own, and cut it off."""
        digest = hashlib.sha256(chain.rest).hexdigest()[:8]
        name = f"ledger-afgebroken-{len(chain.entries) + 1}-{digest}.txt"
        side = self.path.with_name(name)
        if not side.exists():
            write_file(side, chain.rest)
            sync_folder(side.parent)
        with open_file(self.path, "rb+") as file:
            file.truncate(chain.size)
            os.fsync(file.fileno())
        return side

    def look(self, mark: tuple[tuple[int, ...], ...] = ()) -> Looked:
        """The ledger and its head as they are on the disk, whatever is wrong with them."""
        head, unreadable = None, ""
        try:
            head = read_head(self.head_path)  # before the lines, because it is written after them
        except HeadUnreadable:
            unreadable = "is niet te lezen"
        chain = self._read(mark)
        trusted = head is not None and self._is_signed(head, chain)
        problem = unreadable or _of_head(chain, head, trusted)
        text = NO_HEAD.format(path=self.head_path, what=problem) if problem else ""
        return Looked(mark, chain, head, text, trusted)

    def _is_signed(self, head: Head, chain: Chain) -> bool:
        """Did the key of this store make it? Without that key nobody can tell, and it counts."""
        if self.key.problem(known_key(chain.entries), is_needed=True):
            return True
        return head.is_signed(self.key.read())

    def _read(self, mark: tuple[tuple[int, ...], ...]) -> Chain:
        """The lines; of a file that only grew since the last look only the new ones are read."""
        before = self._last.chain
        grew = bool(mark and self._last.mark) and _grew(self._last.mark[-1], mark[-1])
        known = before if grew and before.is_ended else Chain()
        if not file_facts(self.path):
            return Chain()
        with open_file(self.path) as file:
            file.seek(known.size)
            return read_chain(file.read(), known)

    def _mark(self) -> tuple[tuple[int, ...], ...]:
        """Changes with every write; the head first, because it is written last."""
        return tuple(_mark_of(path) for path in (self.head_path, self.key.path, self.path))


def known_key(entries: Iterable[Entry]) -> str:
    """The fingerprint of the key that counts now; "" when no line tells of one."""
    prints = [entry.body["fingerprint"] for entry in entries if entry.kind == StoreKind.KEY]
    return str(prints[-1]) if prints else ""


def wrong(found: Looked) -> str:
    """What is wrong with lines that were acknowledged, or gone; "" when nothing is."""
    chain, head = found.chain, found.head
    number = len(chain.entries) + 1
    if chain.wrong and not _may_be_torn(found, number):
        return f"regel {number} {chain.wrong}"
    if head is None or not found.trusted:
        return ""
    gone = head.seq - len(chain.entries)
    if gone > 0:
        if not chain.entries:
            return "het bestand is leeg of ontbreekt"
        return "de laatste regel ontbreekt" if gone == 1 else f"de laatste {gone} regels ontbreken"
    if head.seq and chain.entries[head.seq - 1].hash != head.hash:
        return f"regel {head.seq} is een andere dan die er stond"
    return ""


def _may_be_torn(found: Looked, number: int) -> bool:
    """May the line that does not follow be a write that was stopped, and never acknowledged?"""
    if not found.chain.is_last or found.chain.is_line:
        return False
    if found.head and found.trusted:
        return number > found.head.seq
    return found.chain.is_half and not found.head_problem


def _of_head(chain: Chain, head: Head | None, trusted: bool) -> str:
    """What is wrong with a head that can be read, or with there being none."""
    last = len(chain.entries)
    if head is None:
        # A ledger of before has none; the line of the key is the first that is followed by one.
        begun = next((line.seq for line in chain.entries if line.kind == StoreKind.KEY), None)
        return "ontbreekt" if begun and (begun < last or chain.rest) else ""
    if not trusted:
        return "is veranderd, of het hele logboek is vervangen"
    if head.seq < last - 1:
        return f"is van een eerder moment: bij regel {head.seq}, terwijl er {last} zijn"
    return ""


def _mark_of(path: Path) -> tuple[int, ...]:
    found = file_facts(path)
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found else ()


def _grew(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    """Is it the same file, with something behind what was there?"""
    return bool(before and now) and before[0] == now[0] and before[1] < now[1]
