"""The figures as objects: what pages, exports, reports and the command line ask for."""

from collections.abc import Iterator
from itertools import dropwhile

from data.calendar import KWARTAAL, Period
from kpi.figure.monitor import Monitor
from kpi.figure.naming import (
    UnknownName,
    kpi_named,
    measure_named,
    organisation_named,
    organisations_of,
    period_named,
    periods_of,
    segment_named,
    segments_of,
)
from kpi.figure.result import KpiResult, Organisation, SeriesKey, Subject
from kpi.figure.rows import Rows, row_of, rows_of_measure, rows_of_series, select, whole_rows
from kpi.figure.rows import result as make
from kpi.meaning.load import Kpi, Measure

WHOLE = ""


def overview(monitor: Monitor, organisation_id: str, period_id: str) -> list[KpiResult]:
    """One result per KPI of the profile: its main measure in the latest period that counts.

    A KPI by quarter shows the chosen quarter itself, delivered or not. A KPI by year shows the
    latest year that was complete by then and has a figure, because yearly figures come in later.
    """
    organisation = organisation_named(monitor, organisation_id)
    chosen = period_named(monitor, period_id)
    return monitor.remember(
        ("overview", organisation.organisation_id, chosen.period_id),
        lambda: [_headline(monitor, kpi, organisation, chosen) for kpi in monitor.kpis.values()],
    )


def figure(
    monitor: Monitor,
    kpi_id: str,
    organisation_id: str,
    period_id: str,
    measure: str | None = None,
    segment: str | None = None,
) -> KpiResult:
    """One figure; without a measure the main one. UnknownName when something does not exist."""
    subject = _subject(monitor, kpi_id, organisation_id, measure, segment)
    return make(monitor, _rows_for(monitor, subject), subject, period_named(monitor, period_id))


def figure_at(monitor: Monitor, result: KpiResult, period_id: str) -> KpiResult:
    """The same figure in another period."""
    period = period_named(monitor, period_id)
    return make(monitor, _rows_for(monitor, result.subject), result.subject, period)


def figure_with(monitor: Monitor, result: KpiResult, measure: Measure) -> KpiResult:
    """Another measure of the same KPI, organisation, part and period."""
    subject = result.subject._replace(measure=measure)
    return make(monitor, _rows_for(monitor, subject), subject, result.period)


def trend(
    monitor: Monitor,
    kpi_id: str,
    organisation_id: str,
    measure: str | None = None,
    segment: str | None = None,
    period_type: str | None = None,
) -> list[KpiResult]:
    """A measure over time: one result per period, from the first that was delivered on.

    Without period_type it is that of the overview, or the first one the measure has.
    """
    subject = _subject(monitor, kpi_id, organisation_id, measure, segment)
    return _trend(monitor, subject, period_type or subject.kpi.usual_period(subject.measure))


def trend_of(monitor: Monitor, result: KpiResult) -> list[KpiResult]:
    """The series a figure is a point of."""
    return _trend(monitor, result.subject, result.period.period_type)


def trends_by_organisation(
    monitor: Monitor,
    kpi_id: str,
    organisation_type: str = "locatie",
    measure: str | None = None,
    segment: str | None = None,
    period_type: str | None = None,
) -> dict[str, list[KpiResult]]:
    """The trend of every location (or board) that has one, by its code, in order of name."""
    kpi, chosen, code = _wanted(monitor, kpi_id, measure, segment)
    kind = period_type or kpi.usual_period(chosen)

    def all_series() -> dict[str, list[KpiResult]]:
        rows = rows_of_series(monitor, kpi, chosen, code)
        found = {}
        for organisation in organisations_of(monitor, organisation_type):
            series = _series(monitor, rows, Subject(kpi, chosen, organisation, code), kind)
            if series:
                found[organisation.organisation_id] = series
        return found

    key = ("trends", kpi.id, chosen.id, code, kind, organisation_type)
    return monitor.remember(key, all_series)


def by_segment(
    monitor: Monitor,
    kpi_id: str,
    organisation_id: str,
    period_id: str,
    split: str,
    measure: str | None = None,
) -> list[KpiResult]:
    """One result per code of a split ("kind", "kind+duration"), in the order of the definition.

    Codes that never occur at this organisation are left out.
    """
    kpi, chosen, _ = _wanted(monitor, kpi_id, measure, WHOLE)
    organisation = organisation_named(monitor, organisation_id)
    period = period_named(monitor, period_id)
    rows = rows_of_measure(monitor, kpi, chosen, organisation)
    occurring = {segment for _, _, _, _, segment in rows}
    return [
        make(monitor, rows, Subject(kpi, chosen, organisation, segment), period)
        for segment in segments_of(kpi, chosen, split)
        if segment in occurring
    ]


def by_organisation(
    monitor: Monitor,
    kpi_id: str,
    period_id: str,
    organisation_type: str = "locatie",
    measure: str | None = None,
    segment: str | None = None,
    parent_id: str | None = None,
) -> list[KpiResult]:
    """One result per location (or board) that is expected in the period, in order of name."""
    kpi, chosen, code = _wanted(monitor, kpi_id, measure, segment)
    period = period_named(monitor, period_id)
    rows = rows_of_series(monitor, kpi, chosen, code)
    results = [
        make(monitor, rows, Subject(kpi, chosen, organisation, code), period)
        for organisation in organisations_of(monitor, organisation_type, parent_id, period)
    ]
    return [result for result in results if result.expected]


def targeted(
    monitor: Monitor, kpi_id: str, organisation_id: str, period_id: str
) -> list[KpiResult]:
    """The results of a KPI that have a target, each in the latest period that counts for it.

    Those that cannot be tested and those of which the term is over are among them. A target on a
    yearly measure shows the latest year that was complete in the chosen period.
    """
    kpi = kpi_named(monitor, kpi_id)
    organisation = organisation_named(monitor, organisation_id)
    chosen = period_named(monitor, period_id)
    found = []
    for target_kpi, measure_id, segment in monitor.targets:
        if target_kpi != kpi.id:
            continue
        measure = kpi.measures[measure_id]
        subject = Subject(kpi, measure, organisation, segment)
        rows = _rows_for(monitor, subject)
        for kind in sorted(measure.periods, key=lambda kind: kind != kpi.main_period):
            result = _latest(monitor, rows, subject, kind, chosen)
            if result and result.has_target:
                found.append(result)
                break
    return found


def figures(
    monitor: Monitor,
    kpi_id: str | None = None,
    organisation_id: str | None = None,
    period_id: str | None = None,
    measure: str | None = None,
    segment: str | None = None,
) -> Iterator[KpiResult]:
    """All figures that fit; without a segment the wholes, "alle" gives every segment.

    A segment without a code ("kind") gives all codes of that split.
    """
    organisation = organisation_named(monitor, organisation_id) if organisation_id else None
    period = period_named(monitor, period_id) if period_id else None
    for kpi in [kpi_named(monitor, kpi_id)] if kpi_id else monitor.kpis.values():
        measures = [measure_named(kpi, measure)] if measure else list(kpi.measures.values())
        for chosen in measures:
            codes = _codes(kpi, chosen, segment)
            rows = select(monitor, kpi, chosen, organisation, period, codes)
            for _, _, place, moment, code in rows:
                subject = Subject(kpi, chosen, monitor.organisations[place], code)
                yield make(monitor, rows, subject, monitor.periods[moment])


def _codes(kpi: Kpi, measure: Measure, segment: str | None) -> list[str] | None:
    """The segments a filter stands for; None is all of them."""
    if segment == "alle":
        return None
    if segment and "=" not in segment:
        return segments_of(kpi, measure, segment)
    return [segment_named(kpi, segment or WHOLE)]


def _wanted(
    monitor: Monitor, kpi_id: str, measure: str | None, segment: str | None
) -> tuple[Kpi, Measure, str]:
    """What is asked for; without a measure and segment, what the overview shows."""
    kpi = kpi_named(monitor, kpi_id)
    chosen = measure_named(kpi, measure) if measure else kpi.main
    if segment is None:
        segment = kpi.main_segment if chosen is kpi.main else WHOLE
    return kpi, chosen, segment_named(kpi, segment)


def _subject(
    monitor: Monitor, kpi_id: str, organisation_id: str, measure: str | None, segment: str | None
) -> Subject:
    kpi, chosen, code = _wanted(monitor, kpi_id, measure, segment)
    return Subject(kpi, chosen, organisation_named(monitor, organisation_id), code)


def _rows_for(monitor: Monitor, subject: Subject) -> Rows:
    """The smallest set of rows, read once, that holds this series."""
    kpi, measure, organisation, segment = subject
    if segment == WHOLE or (measure is kpi.main and segment == kpi.main_segment):
        return whole_rows(monitor, organisation)
    return rows_of_measure(monitor, kpi, measure, organisation)


def _headline(monitor: Monitor, kpi: Kpi, organisation: Organisation, chosen: Period) -> KpiResult:
    rows = whole_rows(monitor, organisation)
    subject = Subject(kpi, kpi.main, organisation, kpi.main_segment)
    latest = _latest(monitor, rows, subject, kpi.main_period, chosen)
    return latest or make(monitor, rows, subject, chosen)


def _latest(
    monitor: Monitor, rows: Rows, subject: Subject, kind: str, chosen: Period
) -> KpiResult | None:
    """The chosen quarter, or the latest complete year by then that has a figure."""
    known = [p for p in periods_of(monitor, kind) if p.needed_to <= chosen.end_on]
    if not known:
        return None
    newest = make(monitor, rows, subject, known[-1])
    if kind == KWARTAAL:
        return newest
    for period in reversed(known):
        result = make(monitor, rows, subject, period)
        if result.has_number:
            return result
    return newest


def _trend(monitor: Monitor, subject: Subject, kind: str) -> list[KpiResult]:
    kpi, measure, organisation, segment = subject
    key = SeriesKey(kpi.id, measure.id, organisation.organisation_id, segment, kind)
    return monitor.remember(
        ("trend", key), lambda: _series(monitor, _rows_for(monitor, subject), subject, kind)
    )


def _series(monitor: Monitor, rows: Rows, subject: Subject, kind: str) -> list[KpiResult]:
    """One result per period, from the first one that was delivered on."""
    measure = subject.measure
    if kind not in measure.periods:
        known = ", ".join(measure.periods)
        raise UnknownName(f"{measure.label} is er niet per {kind}; wel per {known}.")
    periods = dropwhile(
        lambda period: not row_of(rows, subject, period)["observed"], periods_of(monitor, kind)
    )
    return [make(monitor, rows, subject, period) for period in periods]
