"""From rows of kpi_value to KpiResult: each set of rows is read once per version of the figures."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from data.calendar import Period
from kpi.figure.late import late_figures
from kpi.figure.monitor import Monitor
from kpi.figure.path import agreed_for, agreements, asked, ended_term
from kpi.figure.result import FigureKey, KpiResult, Leeway, Organisation, Subject
from kpi.meaning.choices import State
from kpi.meaning.load import Kpi, Measure
from kpi.meaning.target import gap_in_units, reached

# (kpi, measure, organisation, period, segment) → the other columns of kpi_value that are needed,
# with the deliveries behind the figure, the last day they speak about and the day the last came in
Rows = Mapping[FigureKey, dict[str, Any]]
NOT_EXPECTED: dict[str, Any] = {
    "state": State.NOT_APPLICABLE,
    "value": None,
    "numerator": 0,
    "denominator": 0,
    "squares": None,
    "group_squares": None,
    "group_sizes": None,
    "observed": 0,
    "expected": 0,
    "provisional": False,
    "partial": False,
    "is_break": False,
    "previous_value": None,
    "not_comparable": "no_value",
    "other_source": 0,
    "denominator_more": 0,
    "numerator_more": 0,
    "deliveries": (),
    "as_of": None,
    "delivered_on": None,
}
# The key, and what NOT_EXPECTED names, in that order. A sum of fewer than sixteen digits is the
# same number as a double, and read four times as fast.
COLUMNS = """
    kpi_id, measure, organisation_id, period_id, segment, state, value,
    cast(numerator as double), cast(denominator as double), squares, group_squares, group_sizes,
    observed, expected, provisional, partial, is_break, previous_value, not_comparable,
    other_source, cast(denominator_more as double), cast(numerator_more as double)
"""
WHOLES = "(segment = '' or list_contains(?, kpi_id || '/' || measure || '/' || segment))"
SERIES = "kpi_id = ? and measure = ? and segment in ('', ?)"
Sources = tuple[tuple[str, ...], date | None, date | None]
NO_SOURCES: Sources = ((), None, None)


def whole_rows(monitor: Monitor, organisation: Organisation) -> Rows:
    """All wholes of an organisation, and the part of a KPI that its overview shows: all periods."""
    where = f"organisation_id = ? and {WHOLES}"
    return _remembered(monitor, where, [organisation.organisation_id, _parts(monitor)])


def read_wholes(monitor: Monitor) -> None:
    """Read the wholes of all organisations in one go, for who is going to ask for most of them.

    One question costs as much as eight of the hundred that `whole_rows` and `rows_of_series` ask.
    """
    monitor.remember_figures("wholes are read", lambda: _read_wholes(monitor))


def _read_wholes(monitor: Monitor) -> bool:
    parts = _parts(monitor)
    by_organisation: dict[str, dict[FigureKey, Any]] = defaultdict(dict)
    by_measure: dict[tuple[str, str], dict[FigureKey, Any]] = defaultdict(dict)
    for key, row in _read(monitor, WHOLES, [parts]).items():
        kpi, measure, organisation, _, segment = key
        by_organisation[organisation][key] = row
        if not segment:
            by_measure[kpi, measure][key] = row
    for organisation, rows in by_organisation.items():
        _know(monitor, f"organisation_id = ? and {WHOLES}", [organisation, parts], rows)
    for (kpi, measure), rows in by_measure.items():
        _know(monitor, SERIES, [kpi, measure, ""], rows)
    return True


def rows_of_measure(
    monitor: Monitor, kpi: Kpi, measure: Measure, organisation: Organisation
) -> Rows:
    """One measure of one organisation: all periods and segments."""
    where = "organisation_id = ? and kpi_id = ? and measure = ?"
    return _remembered(monitor, where, [organisation.organisation_id, kpi.id, measure.id])


def rows_of_series(monitor: Monitor, kpi: Kpi, measure: Measure, segment: str) -> Rows:
    """One measure and segment (and the whole, which tells who delivered) of all organisations."""
    return _remembered(monitor, SERIES, [kpi.id, measure.id, segment])


def select(
    monitor: Monitor,
    kpi: Kpi,
    measure: Measure,
    organisation: Organisation | None,
    period: Period | None,
    segments: list[str] | None,
) -> Rows:
    """Rows in order, not remembered: for exports. None means all."""
    where = ["kpi_id = ?", "measure = ?"]
    params: list[Any] = [kpi.id, measure.id]
    if organisation:
        where.append("organisation_id = ?")
        params.append(organisation.organisation_id)
    if period:
        where.append("period_id = ?")
        params.append(period.period_id)
    if segments is not None:
        where.append("list_contains(?, segment)")
        params.append(segments)
    return _read(monitor, " and ".join(where), params)


def result(
    monitor: Monitor,
    rows: Rows,
    subject: Subject,
    period: Period,
) -> KpiResult:
    """One figure as an object."""
    row = row_of(rows, subject, period)
    return KpiResult(
        **subject._asdict(),
        period=period,
        state=State(row["state"]),
        value=row["value"],
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        squares=row["squares"],
        group_squares=row["group_squares"],
        group_sizes=row["group_sizes"],
        observed=row["observed"],
        expected=row["expected"],
        provisional=row["provisional"],
        partial=row["partial"],
        definition_version=subject.kpi.version_on(period.end_on, period.period_type),
        is_break=row["is_break"],
        previous_period=monitor.periods.get(period.previous_period_id or ""),
        previous=row["previous_value"],
        not_comparable=row["not_comparable"],
        as_of=_known_to(row, period),
        delivered_on=row["delivered_on"],
        deliveries=row["deliveries"],
        other_source=row["other_source"],
        denominator_more=_number(row["denominator_more"]),
        numerator_more=_number(row["numerator_more"]),
        late=subject.place(period) in late_figures(monitor),
        **_against_target(monitor, row, subject, period),
    )


def _known_to(row: dict[str, Any], period: Period) -> date | None:
    """The last day the deliveries speak about, as far as the period and their coming in allow.

    A list of a school year speaks for all of that year, the days that are still to come included.
    """
    if row["as_of"] is None:
        return None
    return min(row["as_of"], period.end_on, row["delivered_on"] or period.end_on)


def row_of(rows: Rows, subject: Subject, period: Period) -> dict[str, Any]:
    """What is known of one figure, also when kpi_value has no row for it."""
    place = subject.place(period)
    found = rows.get((*place, subject.segment))
    return found or _without_row(rows.get((*place, "")), subject.measure)


def _without_row(whole: dict[str, Any] | None, measure: Measure) -> dict[str, Any]:
    """What is true of a segment that never occurred: as the whole, but then nothing counted."""
    if whole is None:
        return NOT_EXPECTED
    sums = ("numerator", "denominator", "denominator_more", "numerator_more")
    nothing = {**dict.fromkeys(sums, 0), "previous_value": None}
    if not State(whole["state"]).has_number:
        return {**whole, **nothing}
    if measure.is_ratio:
        return {**whole, **nothing, "state": State.NOT_APPLICABLE, "value": None,
                "not_comparable": "no_value"}  # fmt: skip
    return {**whole, **nothing, "state": State.ZERO, "value": 0.0, "not_comparable": "no_previous"}


def _parts(monitor: Monitor) -> list[str]:
    """The parts that an overview shows beside the wholes."""
    return [f"{kpi.id}/{kpi.main_measure}/{kpi.main_segment}" for kpi in monitor.kpis.values()]


def _remembered(monitor: Monitor, where: str, params: list[Any]) -> Rows:
    key = ("rows", where, str(params))
    return monitor.remember_figures(key, lambda: _read(monitor, where, params))


def _know(monitor: Monitor, where: str, params: list[Any], rows: Rows) -> None:
    """These are the rows that this question gives."""
    monitor.remember_figures(("rows", where, str(params)), lambda: rows)


def _read(monitor: Monitor, where: str, params: list[Any]) -> Rows:
    rows = list(monitor.database.stream(f"select {COLUMNS} from kpi_value where {where}", params))
    sources = _sources(monitor, rows)
    return {
        row[:5]: dict(zip(NOT_EXPECTED, (*row[5:], *sources.get(row[:4], NO_SOURCES)), strict=True))
        for row in rows
    }


def _sources(monitor: Monitor, rows: list[tuple[Any, ...]]) -> dict[tuple[str, ...], Sources]:
    """By (kpi, measure, organisation, period) the deliveries that say something about these rows.

    Looked up here, because a join would cost more than the rest of the question.
    """
    known: dict[tuple[str, ...], Sources] = monitor.remember_figures("freshness", dict)
    found = monitor.database.stream(
        """
        select kpi_id, measure, organisation_id, period_id, deliveries from kpi_coverage
        where list_contains(?, kpi_id || '/' || measure) and list_contains(?, organisation_id)
        """,
        [sorted({f"{row[0]}/{row[1]}" for row in rows}), sorted({row[2] for row in rows})],
    )
    by_place = {}
    for *place, names in found:
        deliveries = tuple(names or ())
        if deliveries not in known:
            known[deliveries] = (deliveries, *_freshness(monitor, deliveries))
        by_place[tuple(place)] = known[deliveries]
    return by_place


def _against_target(
    monitor: Monitor, row: dict[str, Any], subject: Subject, period: Period
) -> dict[str, Any]:
    """The fields of KpiResult about the target.

    A figure that is not complete has a target but is not held against it: 30 of 34 locations are
    below any number sooner than 34.
    """
    none = {"target": None, "target_rule": None, "gap_units": None, "reached": None}
    rule, over = agreements(monitor, subject, period)
    if over and agreed_for(monitor, over) == period.period_type:
        return {**none, "ended": ended_term(monitor, over, period)}
    if rule is None or agreed_for(monitor, rule) != period.period_type:
        return none
    previous = row["previous_value"] if row["not_comparable"] is None else None
    wanted = asked(monitor, rule, period, previous)
    found = {**none, "target": wanted, "target_rule": rule}
    if wanted is None:
        return found
    value = row["value"]
    if value is None or row["partial"] or row["observed"] != row["expected"]:
        return found
    leeway = Leeway(row["denominator"], row["denominator_more"], row["numerator_more"])
    if len({reached(rule, end, wanted) for end in leeway.ends(subject.measure, value)}) > 1:
        return found  # on which side it is, hangs on a number that is only known as <5
    counted = float(row["numerator"]), float(row["denominator"])
    gap = gap_in_units(subject.measure.shows, value, *counted, wanted)
    return {**found, "gap_units": gap, "reached": reached(rule, value, wanted)}


def _freshness(monitor: Monitor, deliveries: tuple[str, ...]) -> tuple[date | None, date | None]:
    """The last day the deliveries speak about, and the day the last of them came in."""
    found = [monitor.deliveries[name] for name in deliveries if name in monitor.deliveries]
    ends = [item.covers_to for item in found if item.covers_to]
    came = [item.received_on for item in found]
    return max(ends, default=None), max(came, default=None)


def _number(value: Decimal | float) -> float:
    """A count as int, an amount as float."""
    return int(value) if value == int(value) else float(value)
