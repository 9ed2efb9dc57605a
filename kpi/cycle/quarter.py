"""Where a quarter stands on its way to being closed: what is in, what changed, what is still asked.

Errors block closing, warnings do not. What the bureau can settle itself (a reading, a text, an
explanation, a note) blocks; what others owe it (a late delivery) blocks only until somebody says
that the quarter is closed without it, because a deadline cannot wait for a school that is late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from data.calendar import Period
from kpi import formatting
from kpi.cycle.changes import ChangedFigure, changed_since
from kpi.cycle.corrections import needs_correction
from kpi.cycle.reconcile import Compared, Difference, compared
from kpi.cycle.seal import Seal, SealDamaged, seal_before
from kpi.cycle.status import Steps, accept_late, steps
from kpi.figure.monitor import Monitor
from kpi.record.commentary import Commentary, commentary
from kpi.record.commitments import count_text, meeting_day, open_commitments
from kpi.record.text_checks import findings
from kpi.view.intake import Intake, intake
from kpi.view.line import Line
from kpi.view.overview import overview

MOST_NAMED = 5


@dataclass(frozen=True)
class Words:
    """A KPI and what was written about it in this quarter; why: why it must be, "" when it may."""

    line: Line
    written: Commentary | None
    why: str

    @property
    def is_missing(self) -> bool:
        """Whether words must still be written."""
        return bool(self.why) and self.written is None


@dataclass(frozen=True)
class QuarterState:
    """Everything about a quarter on its way to being closed.

    held_against: the own seal of a closed quarter, else the latest one before; changed: what
    became of its figures; damage: why that cannot be said. A closed quarter has no errors and
    warnings.
    """

    quarter: Period
    steps: Steps
    owed: tuple[Intake, ...]
    held_against: Seal | None
    changed: tuple[ChangedFigure, ...]
    damage: str
    asks_correction: bool
    compared: tuple[Compared, ...]
    words: tuple[Words, ...]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def late(self) -> tuple[Intake, ...]:
        """What should be in by now and is not, or not of everyone."""
        return tuple(item for item in self.owed if not item.is_complete)

    @property
    def late_text(self) -> str:
        """What is late, with how much of it is in; "" when nothing is."""
        found = [f"{item.label} ({item.text})" for item in self.late]
        return formatting.enumeration(found) if found else ""

    @property
    def late_reason(self) -> str:
        """Why it is closed without what is late; "" as long as nobody said so about all of it.

        An acceptance of nothing, which was possible once, says nothing.
        """
        line = self.steps.late
        known = set(line.body["missing"]) if line else set()
        return line.body["reason"] if line and known and set(missing(self)) <= known else ""

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference between two sources, those that must be explained first."""
        found = [item for pair in self.compared for item in pair.differences]
        return tuple(sorted(found, key=lambda item: (not item.blocks, bool(item.explained))))


def state_of(monitor: Monitor, quarter: Period) -> QuarterState:
    """Where the quarter stands, made once per line of the ledger."""
    key = ("quarter", quarter.period_id, monitor.store.version)
    return monitor.remember(key, lambda: _state(monitor, quarter))


def missing(state: QuarterState) -> list[str]:
    """What is late, per source and organisation, as the ledger holds it."""
    return [
        f"{item.sources[0].id}/{organisation.organisation_id}"
        for item in state.late
        for organisation in item.missing
    ]


def close_without_late(monitor: Monitor, quarter: Period, reason: str, author: str) -> None:
    """Say that the quarter is closed without what is late, and why.

    Refused without a reason, and when nothing is late.
    """
    accept_late(monitor, quarter, missing(state_of(monitor, quarter)), reason, author)


def _state(monitor: Monitor, quarter: Period) -> QuarterState:
    taken = steps(monitor.store, quarter.period_id)
    against = taken.seal or seal_before(monitor.store, quarter.period_id)
    changed: tuple[ChangedFigure, ...] = ()
    asks, damage = False, ""
    try:
        if against and against.figures:  # damaged files are told also when the answer is known
            changed = tuple(changed_since(monitor, against))
            asks = needs_correction(monitor, against)
    except SealDamaged as error:
        damage = str(error)
    found = QuarterState(
        quarter=quarter,
        steps=taken,
        owed=tuple(item for item in intake(monitor, quarter) if item.by_quarter),
        held_against=against,
        changed=changed,
        damage=damage,
        asks_correction=asks,
        compared=tuple(compared(monitor, quarter)),
        words=tuple(_words(monitor, quarter)),
        errors=(),
        warnings=(),
    )
    if taken.seal:
        return found
    errors, warnings = tuple(_errors(monitor, found)), tuple(_warnings(monitor, found))
    return replace(found, errors=errors, warnings=warnings)


def _words(monitor: Monitor, quarter: Period) -> Iterator[Words]:
    """What needs a word (`Line.why`) asks for words; about the others one may write."""
    swv = monitor.swv.organisation_id
    for line in overview(monitor, swv, quarter).lines:
        why = line.why_text
        written = commentary(monitor.store, line.result.kpi.id, quarter.period_id, swv)
        yield Words(line, written, why)


def _errors(monitor: Monitor, state: QuarterState) -> Iterator[str]:
    if state.quarter.period_id not in monitor.periods:
        yield "Over dit kwartaal zijn er nog geen cijfers."
    if state.damage:
        yield state.damage
    yield from monitor.store.doubts
    if state.late and not state.late_reason:
        yield f"Nog niet binnen: {state.late_text}. Wacht daarop, of zeg waarom u zonder vaststelt."
    unexplained = [item for item in state.differences if item.blocks]
    if unexplained:
        yield (
            f"Twee bronnen zeggen iets anders: {_first([item.text for item in unexplained])}. "
            "Schrijf op waardoor, of herstel de levering."
        )
    wanted = [f"{item.line.name} ({item.why})" for item in state.words if item.is_missing]
    if wanted:
        yield f"Duiding ontbreekt bij {formatting.enumeration(wanted)}."
    if state.asks_correction and state.held_against:
        yield (
            f"Cijfers van het vastgestelde kwartaal {_label(monitor, state.held_against)} zijn "
            "gewijzigd. Schrijf een correctie; het volgende stuk drukt die af."
        )
    yield from _unread(state.steps)


def _unread(taken: Steps) -> Iterator[str]:
    if taken.offered is None:
        yield "Het concept is nog niet klaargezet om tegen te lezen."
    elif taken.read is None:
        yield "Nog niemand anders heeft het concept tegengelezen."
    elif taken.changed_after:
        yield (
            f"Na het tegenlezen kwam er nog bij: {taken.changed_after}. Laat opnieuw tegenlezen."
        )


def _warnings(monitor: Monitor, state: QuarterState) -> Iterator[str]:
    if state.late and state.late_reason:
        yield f"Zonder wat nog niet binnen is: {state.late_text}. Reden: {state.late_reason}"
    small = [item.text for item in state.differences if not item.explained and not item.blocks]
    if small:
        yield f"Kleine verschillen tussen twee bronnen: {_first(small)}."
    for item in state.words:
        if item.written:
            kpi, swv = item.line.result.kpi.id, monitor.swv.organisation_id
            period = state.quarter.period_id
            for finding in findings(monitor, kpi, period, swv, item.written.texts):
                yield f"Duiding bij {item.line.name}: {finding.message}"
    today = meeting_day(monitor.calendar, state.quarter, date.today())
    open_ones = open_commitments(monitor.store, today)
    if any(item.is_late(today) for item in open_ones):
        yield f"Nog open: {count_text(open_ones, today)}."


def _first(texts: list[str]) -> str:
    rest = len(texts) - MOST_NAMED
    return "; ".join([*texts[:MOST_NAMED], f"en nog {rest}"] if rest > 0 else texts)


def _label(monitor: Monitor, seal: Seal) -> str:
    return monitor.calendar.parse(seal.quarter).label
