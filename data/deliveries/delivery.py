"""What one accepted file is: the record that the ledger, the sidecar and the pages share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from data.calendar import local_moment
from data.deliveries.chain import Entry
from data.deliveries.line import body_of, from_body

SLOT = "_slot"  # the slot of a row, see DeliveryPart
# What every stored row has, after the columns its source declares.
ROW_COLUMNS = {
    "delivery_id": "VARCHAR",
    "sheet": "VARCHAR",
    "row_number": "BIGINT",
    "row_id": "VARCHAR",
    SLOT: "VARCHAR",
}
# What the line of the ledger says itself, or a later line.
NOT_IN_BODY = ("imported_at", "author", "seq", "undone_at", "undone_by", "undone_reason")


@dataclass(frozen=True)
class DeliveryPart:
    """A stretch of time one delivery covers. Newer rows of the same `slot` replace older ones.

    slot is a period id, a school year or "" (all time). None as date: no bound.
    """

    slot: str
    covers_from: date | None
    covers_to: date | None


@dataclass(frozen=True)
class MissingRow:
    """A row of an earlier delivery that this one no longer holds, and what became of it.

    row_id: of the earlier row. answer: a value of `Missing`. day: the last day (for a location
    that closed), else None.
    """

    row_id: str
    answer: str
    day: date | None = None


class Missing(StrEnum):
    """What became of a row that is on an earlier list and not on the next."""

    UNKNOWN = "niet_te_volgen"  # nobody knows: it leaves the count in a class of its own
    ENDED = "gestopt"
    FORGOTTEN = "vergeten"  # the new list should have held it: it goes on
    WRONG = "fout"  # it should never have been on the earlier list


@dataclass(frozen=True)
class Delivery:
    """One accepted file. Counts are rows; `sums` are per stored numeric column, as text.

    The claim is `scope` (for whom it speaks: the whole SWV, the boards or only the locations in
    its rows), `speaks_for` (codes of boards and locations beside those), `parts` (when), `adds`
    (it comes on top of what was delivered for that time, instead of in its place), `missing` and
    `at_once` (which of two kinds counts for who stands in it with both at once, or with one while
    another list has him with the other: a code, "laatste" for the one that began last, or "" when
    nobody does), and `two_rows` in the same way (which of two rows of one person at once counts:
    "laatste" or "eerste", the one that began last or first);
    `claim` is the sentence in which whoever handed it in saw that, "" before claims were shown.

    `period` is "" for a source that needs none; then `period_type` is "none". `fingerprint` is
    the same for the same bytes imported in the same way. `seq` is the line in the ledger and
    decides which of two deliveries is the newer one. `rows_sha256` and `sidecar_sha256` are the
    hashes of its two files; the sidecar cannot hold its own, and older lines have none of it.
    """

    delivery_id: str
    source: str
    topic: str
    source_version: int
    period: str
    period_type: str
    scope: str
    parts: tuple[DeliveryPart, ...]
    file_name: str
    sha256: str
    fingerprint: str
    rows: int
    ignored: Mapping[str, int] = field(default_factory=dict)
    quarantined: int = 0
    dropped: tuple[str, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict)
    speaks_for: tuple[str, ...] = ()
    adds: bool = False
    missing: tuple[MissingRow, ...] = ()
    at_once: str = ""
    two_rows: str = ""
    claim: str = ""
    rows_sha256: str = ""
    sidecar_sha256: str = ""
    imported_at: str = ""
    author: str = ""
    seq: int = 0
    undone_at: str = ""
    undone_by: str = ""
    undone_reason: str = ""

    @property
    def received_on(self) -> date:
        """The local day it came in; the moment itself is in UTC."""
        return local_moment(self.imported_at).date()

    @property
    def covers_from(self) -> date | None:
        """The first day this delivery says something about; None = no bound."""
        days = [part.covers_from for part in self.parts]
        return None if None in days else min(day for day in days if day)

    @property
    def covers_to(self) -> date | None:
        """The last day this delivery says something about; None = no bound."""
        days = [part.covers_to for part in self.parts]
        return None if None in days else max(day for day in days if day)

    @property
    def slot(self) -> str:
        """The slots of this delivery, for people; the rows have their own."""
        return ", ".join(part.slot for part in self.parts)

    @property
    def rows_read(self) -> int:
        """Every row of the file: stored, quarantined or knowingly ignored."""
        return self.rows + self.quarantined + sum(self.ignored.values())

    @property
    def named(self) -> str:
        """Its name and that of its file."""
        return f"{self.delivery_id} ({self.file_name})"

    def body(self) -> dict[str, Any]:
        """The delivery as the ledger and the sidecar hold it."""
        return body_of(self, leave_out=NOT_IN_BODY)

    @classmethod
    def of(cls, entry: Entry, undo: Entry | None = None) -> "Delivery":
        """The delivery of a line in the ledger, and the line that took it back, if any."""
        given: dict[str, Any] = dict.fromkeys(NOT_IN_BODY, "")
        given |= {"imported_at": entry.at, "author": entry.author, "seq": entry.seq}
        if undo:
            reason = undo.body["reason"]
            given |= {"undone_at": undo.at, "undone_by": undo.author, "undone_reason": reason}
        return from_body(cls, entry.body, **given)
