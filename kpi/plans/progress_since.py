"""What changed in an improvement plan since the report before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi import formatting
from kpi.plans.order import ImprovementPlan, Note, RecoveryOrder
from kpi.plans.order_state import NOT_REPORTED, DueState, due_lines

FIRST = "Dit is het eerste rapport: er is niets om mee te vergelijken."
NOTHING = "Er is niets veranderd."
HEADERS = ("Opdracht", "Wat is er veranderd?", "Dit is het nu")


class What(StrEnum):
    """The kinds of change; the text is the word that is shown."""

    STATUS = "stand"
    MET = "datum gehaald"
    PASSED = "datum voorbij"
    NOTE = "nieuwe notitie"
    EVIDENCE = "nieuw bewijs"


@dataclass(frozen=True)
class Changed:
    """One change: of which order (by name), what kind, and what it is now."""

    order: str
    what: What
    text: str

    @property
    def cells(self) -> tuple[str, str, str]:
        """The row under HEADERS."""
        return (self.order, self.what, self.text)


@dataclass(frozen=True)
class ProgressSince:
    """All changes since the report of a day; since is None for a first report."""

    since: date | None
    changes: tuple[Changed, ...]

    @property
    def heading(self) -> str:
        """ "Wat is veranderd sinds het rapport van 30 november 2023"."""
        day = f" van {formatting.date_text(self.since)}" if self.since else ""
        return f"Wat is veranderd sinds het vorige rapport{day}"

    @property
    def sentence(self) -> str:
        """Why there are no changes; "" when there are."""
        return FIRST if self.since is None else NOTHING if not self.changes else ""


def progress_since(plan: ImprovementPlan, on: date) -> ProgressSince:
    """What is another on a day than in the report before it, order by order.

    A note is new when it is about a month after that report, or was written after it. Evidence is
    new when a new note is the first to name it, or when it was put in the list after that report.
    """
    since = plan.report_before(on)
    if since is None:
        return ProgressSince(None, ())
    listed = {
        item.number: item.title
        for item in plan.evidence
        if item.recorded_on and since < item.recorded_on <= on
    }
    titles = {item.number: item.title for item in plan.evidence}
    changes = [
        Changed(order.name, what, text)
        for order in plan.orders
        for what, text in _of_order(order, listed, titles, since, on)
    ]
    unused = listed.keys() - {number for order in plan.orders for number in order.all_evidence}
    changes += [Changed("–", What.EVIDENCE, _annex(name, titles)) for name in sorted(unused)]
    return ProgressSince(since, tuple(changes))


def _of_order(
    order: RecoveryOrder, listed: dict[str, str], titles: dict[str, str], since: date, on: date
) -> Iterator[tuple[What, str]]:
    before, now = _status(order, since), _status(order, on)
    if before != now:
        yield What.STATUS, f"{now} (was: {before})"
    was = {line.due: line.state for line in due_lines(order, since)}
    for line in due_lines(order, on):
        if line.state is not was[line.due]:
            kind = What.MET if line.state is DueState.MET else What.PASSED
            yield kind, line.due.text
    new = [note for note in order.notes if _is_new(note, since, on)]
    for note in new:
        yield What.NOTE, f"{note.month_text}: {note.text}"
    known = {*order.evidence, *(name for n in order.notes if n not in new for name in n.evidence)}
    for number in order.all_evidence:
        if number not in known or number in listed:
            yield What.EVIDENCE, _annex(number, titles)


def _status(order: RecoveryOrder, on: date) -> str:
    found = order.status(on)
    return found.colour.text if found else NOT_REPORTED


def _is_new(note: Note, since: date, on: date) -> bool:
    if note.is_between(since, on):
        return True
    return note.recorded_on is not None and since < note.recorded_on <= on


def _annex(number: str, titles: dict[str, str]) -> str:
    return f"bijlage {number}: {titles.get(number, 'staat niet in de lijst')}"
