"""Targets set on screen: lines of the ledger that come on top of the profile and delivered ones."""

from dataclasses import replace
from decimal import Decimal

from kpi.figure.monitor import Monitor
from kpi.meaning.profile import local_targets
from kpi.meaning.target import AfterTerm, Target, TargetKind
from kpi.record.checks import Checks
from kpi.record.deviations import series_meant
from kpi.register import Lines, Record, target_rows

LONGEST_ORIGIN, LONGEST_DOCUMENT, LONGEST_NOTE = 120, 200, 500
MOST_STEPS = 20
EVERYTHING = Decimal(100)
LINES = Lines(Record.TARGET, Target, given={"after": AfterTerm.UNDECIDED})


def recorded_targets(monitor: Monitor) -> list[Target]:
    """The targets set on screen and not withdrawn, in order of date; organisation "" is the SWV."""
    rows = target_rows(monitor.store)
    return local_targets(rows, monitor.kpis, monitor.swv.organisation_id)


def set_target(monitor: Monitor, target: Target, author: str = "") -> Target:
    """Put a target on record; one for the same figure and first day takes its place.

    Refused with everything that is wrong, names of persons included.
    """
    checks = Checks(monitor)
    given = (target.kpi, target.measure, target.segment)
    series, place = series_meant(monitor, given, target.organisation_id, checks)
    checked = replace(
        _within(monitor, target, place),
        kpi=series[0],
        measure=series[1],
        segment=series[2],
        origin=checks.text(
            target.origin, "Zeg wie het doel heeft vastgesteld, zoals de ALV.", LONGEST_ORIGIN
        ),
        document=checks.text(target.document, "", LONGEST_DOCUMENT),
        note=checks.text(target.note, "", LONGEST_NOTE),
    )
    checks.need(target.valid_from is not None, "Zeg vanaf welke dag het doel geldt.")
    checks.order(target.valid_from, target.valid_to)
    if target.is_bound:
        checks.need(target.amount is not None, "Vul de waarde van het doel in.")
    if target.kind is TargetKind.AGREED:
        near = target.margin is not None and target.margin >= 0
        checks.need(near, "Vul in hoeveel het cijfer mag afwijken, zoals 2. Precies is 0.")
    if target.kind is TargetKind.NOT_ABOVE_MEASURE:
        _check_bound(monitor, checked, checks)
    if target.is_reduction:
        _check_reduction(checked, checks)
        _check_base(monitor, checked, checks)
    checks.without_persons(checked.origin, checked.document, checked.note)
    checks.done()
    return LINES.record(monitor.store, checked, author)


def withdraw_target(monitor: Monitor, target: Target, author: str = "", reason: str = "") -> None:
    """Take back a target that was set on screen: what the profile or a file says counts again."""
    own = _within(monitor, target, target.organisation_id)
    LINES.withdraw(monitor.store, own, author, reason)


def _within(monitor: Monitor, target: Target, place: str) -> Target:
    """The target as it is recorded: the SWV is "", because its code may still change."""
    own = place == monitor.swv.organisation_id
    return replace(target, organisation_id="" if own else place)


def _check_bound(monitor: Monitor, target: Target, checks: Checks) -> None:
    """The other measure must exist and be counted in the same unit."""
    kpi = monitor.kpis.get(target.kpi)
    own, bound = (
        kpi.measures.get(name) if kpi else None for name in (target.measure, target.bound)
    )
    checks.need(
        bound is not None and bound is not own,
        "Kies het andere cijfer waar dit cijfer niet boven mag komen.",
    )
    checks.need(
        own is None or bound is None or own.unit == bound.unit,
        "Het andere cijfer heeft een andere eenheid; kies een cijfer met dezelfde eenheid.",
    )


def _check_reduction(target: Target, checks: Checks) -> None:
    percent, steps, base = target.amount, target.steps, target.base_value
    checks.need(
        percent is not None and 0 < percent <= EVERYTHING,
        "Vul in met hoeveel procent het omlaag moet: meer dan 0 en hoogstens 100.",
    )
    checks.need(
        steps is None or 1 <= steps <= MOST_STEPS,
        f"Het aantal stappen is een getal van 1 tot en met {MOST_STEPS}.",
    )
    checks.need(
        target.kind is not TargetKind.REDUCE_BY or bool(steps or target.valid_to),
        "Zeg wanneer de daling bereikt moet zijn: een einddatum of een aantal stappen.",
    )
    checks.need(base is None or base >= 0, "De basiswaarde kan niet onder nul liggen.")


def _check_base(monitor: Monitor, target: Target, checks: Checks) -> None:
    """The base must be a period this measure has, before the end of the path."""
    if not target.base_period:
        checks.errors.append("Zeg vanaf welke periode de daling rekent.")
        return
    try:
        base = monitor.calendar.parse(target.base_period)
    except ValueError as error:
        checks.errors.append(str(error))
        return
    kpi = monitor.kpis.get(target.kpi)
    measure = kpi.measures.get(target.measure) if kpi else None
    checks.need(
        measure is None or base.period_type in measure.periods,
        f"De basisperiode is een {base.period_type}, maar zo is deze maat er niet.",
    )
    checks.need(
        target.valid_to is None or target.valid_to > base.end_on,
        f"De einddatum moet na de basisperiode {base.label} liggen.",
    )
