"""Figures for the annual report, by calendar year and by school year, as tables to paste."""

from collections.abc import Iterator, Sequence

from data.calendar import Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import segments_of
from kpi.figure.result import KpiResult
from kpi.figure.span import known_by
from kpi.guard.shown import Shown
from kpi.meaning.choices import PeriodType, State
from kpi.meaning.load import Kpi, Measure
from kpi.paper import parts
from kpi.paper.document import Section, Table

YEARS = 5
BY_YEAR = {
    PeriodType.KALENDERJAAR: "Per kalenderjaar",
    PeriodType.SCHOOLJAAR: "Per schooljaar",
}
NO_YEAR = "Dit cijfer is er niet per jaar."


def sections(monitor: Monitor, quarter: Period, shown: Shown) -> tuple[Section, ...]:
    """One part per KPI of the profile, in its order, with the years complete by the quarter."""
    return tuple(_kpi(monitor, kpi, quarter, shown) for kpi in monitor.kpis.values())


def _kpi(monitor: Monitor, kpi: Kpi, quarter: Period, shown: Shown) -> Section:
    tables = tuple(_tables(monitor, kpi, quarter, shown))
    return Section(
        id=kpi.id,
        title=kpi.name,
        sentence=kpi.question,
        tables=tables,
        notes=(kpi.counts, *_source(kpi)) if tables else (NO_YEAR,),
        starts_page=False,
    )


def _tables(monitor: Monitor, kpi: Kpi, quarter: Period, shown: Shown) -> Iterator[Table]:
    for kind, title in BY_YEAR.items():
        rows = list(_rows(monitor, kpi, kind, quarter, shown))
        table = parts.figures_table(title, rows, shown, parts.remark(rows, shown))
        if table:
            yield table


def _rows(
    monitor: Monitor, kpi: Kpi, kind: PeriodType, quarter: Period, shown: Shown
) -> Iterator[Sequence[KpiResult]]:
    """Every measure of the year, and below it the parts of its first split.

    A part is left out when all that may be seen of it is nought: by what is hidden alone its row
    would tell that this is not nought.
    """
    for measure in kpi.measures.values():
        if kind not in measure.periods:
            continue
        for part in ("", *_parts(kpi, measure)):
            series = results.trend(
                monitor, kpi.id, monitor.swv.organisation_id, measure.id, part, kind
            )
            years = known_by(series, quarter)[-YEARS:]
            if not part or any(map(_says_something, map(shown.of, years))):
                yield years


def _says_something(result: KpiResult) -> bool:
    return bool(result.value) or result.state is State.SUPPRESSED


def _parts(kpi: Kpi, measure: Measure) -> list[str]:
    splits = kpi.splits(measure)
    return segments_of(kpi, measure, "+".join(splits[0])) if splits else []


def _source(kpi: Kpi) -> tuple[str, ...]:
    return (f"Bron: {kpi.source_note}",) if kpi.source_note else ()
