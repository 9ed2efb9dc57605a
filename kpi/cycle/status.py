"""How far a quarter is: concept, read by a second person, closed; each step with who and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.calendar import Period
from data.deliveries.chain import Entry
from data.deliveries.ledger import StoreKind
from data.deliveries.store import Store
from kpi.cycle.seal import Seal, seal_of
from kpi.figure.monitor import Monitor
from kpi.record.checks import Checks
from kpi.register import NOTES, Record, standing

LONGEST_REASON = 300
# What is in a report: when a line like these comes after the reading, something else is closed.
WORDS: Mapping[str, str] = {
    StoreKind.DELIVERY: "levering",
    StoreKind.UNDO: "levering ongedaan gemaakt",
}
READ = NOTES | {Record.CORRECTION, *WORDS}


class QuarterStatus(StrEnum):
    """How far a quarter is; the text is the word that is shown."""

    CONCEPT = "concept"
    READ = "tegengelezen"
    SEALED = "vastgesteld"


class QuarterStep(StrEnum):
    """The lines of the ledger about a quarter."""

    OFFERED = "klaar om tegen te lezen"
    READ = "tegengelezen"
    LATE = "zonder wat nog niet binnen is"


@dataclass(frozen=True)
class Steps:
    """The last line of each step of a quarter; None when it was not taken.

    changed_after: what came after the reading and is in the report too ("" when nothing did).
    """

    quarter: str
    offered: Entry | None
    read: Entry | None
    late: Entry | None
    changed_after: str
    seal: Seal | None

    @property
    def is_read(self) -> bool:
        """Whether a second person read what would be closed now."""
        return self.read is not None and not self.changed_after

    @property
    def status(self) -> QuarterStatus:
        """How far the quarter is."""
        if self.seal:
            return QuarterStatus.SEALED
        return QuarterStatus.READ if self.is_read else QuarterStatus.CONCEPT

    @property
    def texts(self) -> tuple[str, str]:
        """The status and the seal as papers show them, "" as long as there is no seal."""
        return str(self.status), self.seal.short if self.seal else ""


def steps(store: Store, quarter: str) -> Steps:
    """How far a quarter is, by its period_id."""
    last = {
        entry.body.get("step"): entry
        for entry in standing(store, Record.QUARTER_STEP)
        if entry.body.get("quarter") == quarter
    }
    offered, read = last.get(QuarterStep.OFFERED), last.get(QuarterStep.READ)
    if offered and read and read.seq < offered.seq:
        read = None
    changed = _changed_after(store, quarter, read) if read else ""
    return Steps(
        quarter, offered, read, last.get(QuarterStep.LATE), changed, seal_of(store, quarter)
    )


def document_status(monitor: Monitor, quarter: Period) -> tuple[str, str]:
    """The status of a quarter and its seal as papers show them, see `Steps.texts`."""
    return steps(monitor.store, quarter.period_id).texts


def offer(monitor: Monitor, quarter: Period, author: str) -> Entry:
    """Say that the concept is ready to be read by somebody else."""
    return _record(monitor, quarter, QuarterStep.OFFERED, author, _open(monitor, quarter))


def second_reading(monitor: Monitor, quarter: Period, author: str) -> Entry:
    """Say that somebody else read the concept and agrees. Refused for who offered it."""
    checks = _open(monitor, quarter)
    offered = steps(monitor.store, quarter.period_id).offered
    checks.need(offered is not None, "Zet het concept eerst klaar om tegen te lezen.")
    checks.need(
        offered is None or not same_person(offered.author, author),
        "Tegenlezen doet iemand anders dan wie het concept heeft klaargezet.",
    )
    return _record(monitor, quarter, QuarterStep.READ, author, checks)


def accept_late(
    monitor: Monitor, quarter: Period, missing: list[str], reason: str, author: str
) -> Entry:
    """Say that the quarter is closed without what is still missing, and why."""
    checks = _open(monitor, quarter)
    checks.need(
        bool(missing),
        f"Over {quarter.label} is alles al binnen: er is niets te laat. Laat de reden weg.",
    )
    why = checks.text(reason, "Schrijf op waarom u niet op deze leveringen wacht.", LONGEST_REASON)
    checks.without_persons(why)
    return _record(monitor, quarter, QuarterStep.LATE, author, checks, missing=missing, reason=why)


def same_person(one: str, other: str) -> bool:
    """Whether two names are those of one person, capitals and spaces aside."""
    return one.casefold().split() == other.casefold().split()


def _open(monitor: Monitor, quarter: Period) -> Checks:
    checks = Checks(monitor)
    closed = seal_of(monitor.store, quarter.period_id)
    checks.need(closed is None, f"Het kwartaal {quarter.label} is al vastgesteld.")
    return checks


def _record(
    monitor: Monitor,
    quarter: Period,
    step: QuarterStep,
    author: str,
    checks: Checks,
    **more: object,
) -> Entry:
    who = checks.author(author, "Vul uw naam in.")
    checks.done()
    body = {"quarter": quarter.period_id, "step": step.value, **more}
    return monitor.store.record(Record.QUARTER_STEP, body, who)


def _changed_after(store: Store, quarter: str, read: Entry) -> str:
    """What came after the reading, in words."""
    later = [
        line
        for line in store.lines()[read.seq :]
        if line.kind in READ and line.body.get("period_id", quarter) in ("", quarter)
    ]
    return ", ".join(dict.fromkeys(WORDS.get(line.kind, line.kind) for line in later))
