"""A promise (toezegging) or decision (besluit): what it says on a day, and its ledger line."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi import formatting
from kpi.register import Lines, Record


class CommitmentStatus(StrEnum):
    """Where it stands; the text is the word that is shown."""

    OPEN = "open"
    DONE = "gedaan"
    DROPPED = "vervallen"


@dataclass(frozen=True)
class Commitment:
    """What was promised or decided, when and by which body.

    kind: Record.PROMISE or Record.DECISION. owner: a role or organisation, never a child; a
    decision may have none. due: the day by which it is done, None when that was not said. kpi: ""
    when it is about none in particular. status_on and note: when and why it was done or dropped;
    one that is open may have a note on why it is carried on.
    author and written_at (UTC, ISO 8601) are those of the last line in the ledger.
    """

    kind: Record
    id: str
    text: str
    owner: str
    due: date | None
    kpi: str
    made_on: date
    body: str
    status: CommitmentStatus = CommitmentStatus.OPEN
    note: str = ""
    status_on: date | None = None
    author: str = ""
    written_at: str = ""

    def is_open(self, on: date) -> bool:
        """Whether it had been made and was not settled yet on that day."""
        return self.made_on <= on and not self.is_settled(on)

    def is_settled(self, on: date) -> bool:
        """Whether it had been done or dropped by that day."""
        return self.status_on is not None and self.status_on <= on

    def is_late(self, on: date) -> bool:
        """Whether the day by which it should be done is over, and it is not."""
        return self.is_open(on) and self.due is not None and self.due < on

    def status_text(self, on: date) -> str:
        """ "open, uiterlijk 31 oktober 2026", "te laat: uiterlijk … (note)", "gedaan op …: …"."""
        if self.status_on and self.is_settled(on):
            settled = f"{self.status} op {formatting.date_text(self.status_on)}"
            return f"{settled}: {self.note}" if self.note else settled
        carried = f" ({self.note})" if self.note and self.status is CommitmentStatus.OPEN else ""
        return self._open_text(on) + carried

    def _open_text(self, on: date) -> str:
        if self.due is None:
            return str(CommitmentStatus.OPEN)
        due = formatting.date_text(self.due)
        return f"te laat: uiterlijk {due}" if self.is_late(on) else f"open, uiterlijk {due}"

    @property
    def made_text(self) -> str:
        """ "ALV, 12 juni 2026"."""
        return f"{self.body}, {formatting.date_text(self.made_on)}"


LINES = {
    kind: Lines(
        kind, Commitment, absent={"owner": "", "due": None, "kpi": ""}, given={"kind": kind}
    )
    for kind in (Record.PROMISE, Record.DECISION)
}
