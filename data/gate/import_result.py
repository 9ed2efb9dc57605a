"""What is asked about a file that is handed in, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.calendar import Calendar
from data.deliveries.delivery import Delivery
from data.gate.claim import NOTHING_SAID, Answers, Claim
from data.gate.problem import Problem
from data.gate.recognise import Question
from data.source import Source

STORED = "opgeslagen"
PRESENT = "al aanwezig"
REFUSED = "geweigerd"
TRIAL = "proef"
QUESTION = "vraag"


@dataclass(frozen=True)
class ImportOrder:
    """Everything that is asked about one file, see `data.gate.importing.import_file`."""

    store: Path
    key: Path
    path: Path
    file_name: str
    sources: Mapping[str, Source]
    calendar: Calendar
    author: str = ""
    source: str | None = None
    period: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    quarantine: bool = False
    dry_run: bool = False
    answers: Answers = NOTHING_SAID
    show_first: bool = False


@dataclass(frozen=True)
class ImportResult:
    """What became of a file. All texts are Dutch.

    rows_read = rows_good + rows_quarantined + rows_ignored. rows_stored is rows_good when the file
    was stored (or is there already) and 0 when it was not; rows_quarantined are rows with errors.
    `asks` says what the user must choose when status is "vraag": "bron" (see `question`: source,
    sheet or columns) or "periode" (see `problems`, of which there are `problem_count` in all), or
    "levering" (see `claim`: for whom and instead of what it speaks). `likely` is the period that
    the days in the rows point at, to begin the question with.
    """

    status: str
    file_name: str
    delivery: Delivery | None = None
    source: str | None = None
    period: str | None = None
    likely: str = ""
    rows_read: int = 0
    rows_good: int = 0
    rows_quarantined: int = 0
    rows_ignored: int = 0
    ignored: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict)
    question: Question | None = None
    claim: Claim | None = None
    asks: str = ""

    @property
    def rows_stored(self) -> int:
        """Rows of this file that are in the store now."""
        return self.rows_good if self.status in (STORED, PRESENT) else 0

    @property
    def accepted(self) -> bool:
        """The file is in the store, or would be without `dry_run`."""
        return self.status in (STORED, PRESENT, TRIAL)
