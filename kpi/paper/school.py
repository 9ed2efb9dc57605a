"""Two pages about one location, for the yearly talk: own figures, fair comparison, agreements."""

from collections.abc import Iterator, Sequence

from data.calendar import Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult, Organisation
from kpi.figure.span import known_by
from kpi.formatting import date_text
from kpi.guard.rules import exposes
from kpi.guard.shown import Shown, year_before
from kpi.meaning import choices
from kpi.meaning.choices import Level
from kpi.meaning.load import Kpi, Measure
from kpi.paper import parts
from kpi.paper.document import Cell, Chart, Section, Table, Text, figure_cell, filled, word
from kpi.record.deviations import deviations
from kpi.view.comparison import NO_VERDICT, Comparison, comparisons

POINTS = 7  # with its table it must fit below the figures
OWN_HEADERS = ("KPI", "Maat", "Nu", "Wanneer", "Een jaar eerder")
FAIR_HEADERS = ("Maat", "Deze school", "Alle scholen samen", "Gewone ruimte", "Wat zegt dit?")
HOW_FAIR = (
    "De gewone ruimte is groter voor een kleine school. Alleen scholen van dezelfde soort zijn "
    "vergeleken."
)
HIDDEN = "te klein om te tonen"
ANSWER, LINES = "Wat zegt de school hier zelf over?", 8
AGREEMENTS = "Afspraken voor het komende jaar"


def sections(
    monitor: Monitor, location: Organisation, quarter: Period, shown: Shown
) -> tuple[Section, ...]:
    """The parts of the sheet of one location."""
    now = _latest(monitor, location, quarter)
    return (
        _own(monitor, shown, now),
        _course(monitor, shown, location, quarter),
        _fair(monitor, shown, location, quarter),
        Section(
            id="antwoord",
            title="Afspraken en antwoord",
            texts=tuple(_agreed(monitor, location, quarter)),
            fill_heading=f"{ANSWER} {AGREEMENTS}",
            lines_to_fill=LINES,
            starts_page=False,
        ),
    )


def _latest(monitor: Monitor, location: Organisation, quarter: Period) -> list[KpiResult]:
    """The main figure of every KPI that is counted by location and was delivered here."""
    found = results.overview(monitor, location.organisation_id, quarter.period_id)
    return [
        result for result in found if result.measure.level is Level.LOCATION and result.has_number
    ]


def _own(monitor: Monitor, shown: Shown, now: Sequence[KpiResult]) -> Section:
    rows = []
    for result in now:
        before = year_before(monitor, shown, result)
        rows.append(
            (
                Cell(result.kpi.name),
                word(parts.name_of(result)),
                figure_cell(shown.of(result)),
                word(result.when_short),
                figure_cell(before) if before else Cell("–"),
            )
        )
    return Section(
        id="cijfers",
        title="Eigen cijfers",
        tables=filled(Table("De laatste cijfers", OWN_HEADERS, tuple(rows))),
        notes=() if rows else ("Over deze locatie is nog niets geleverd.",),
        starts_page=False,
    )


def _course(monitor: Monitor, shown: Shown, location: Organisation, quarter: Period) -> Section:
    """The course of the main figure of which most may be shown."""
    charts = [
        chart
        for kpi, measure in _by_location(monitor)
        if measure is kpi.main
        and (series := _series(monitor, kpi, measure, location, quarter))
        and (chart := parts.chart(monitor, shown, series, POINTS))
    ]
    return Section(
        id="verloop",
        title="Verloop",
        chart=max(charts, key=_points, default=None),
        starts_page=False,
    )


def _points(chart: Chart) -> int:
    """How much there is to see: a line at zero says less than a sentence."""
    return sum(bool(value) for value in chart.lines[0].values)


def _fair(monitor: Monitor, shown: Shown, location: Organisation, quarter: Period) -> Section:
    rows = []
    for kpi, measure in _by_location(monitor):
        series = _series(monitor, kpi, measure, location, quarter)
        found = comparisons(monitor, series[-1]) if series else []
        own = [item for item in found if item.school_type == location.school_type]
        rows += [_place(monitor, item, shown.of(series[-1])) for item in own]
    return Section(
        id="vergelijking",
        title="Eerlijk vergeleken",
        sentence=NO_VERDICT,
        tables=filled(Table("Naast de andere scholen", FAIR_HEADERS, tuple(rows), HOW_FAIR)),
        notes=() if rows else ("Met deze locatie is nog niets eerlijk te vergelijken.",),
    )


def _place(monitor: Monitor, item: Comparison, own: KpiResult) -> tuple[Cell, ...]:
    """One measure beside the schools of the same type; nothing but the sign when it is hidden."""
    name = Cell(f"{own.kpi.label}: {own.measure.label}, {own.when_short}")
    here = next((place for place in item.places if place.organisation == own.organisation), None)
    if _is_small(monitor, item):
        hidden = Cell(choices.HIDDEN)
        return (name, figure_cell(own), hidden, hidden, Cell(HIDDEN))
    if own.value is None or here is None:
        return (name, figure_cell(own), Cell(item.centre_text), Cell("–"), Cell(HIDDEN))
    return (
        name, figure_cell(own), Cell(item.centre_text), Cell(here.room_text), Cell(here.word),
    )  # fmt: skip


def _is_small(monitor: Monitor, item: Comparison) -> bool:
    """Whether all schools together are still a small group, which their common value would tell."""
    count = sum(place.unit.count for place in item.places)
    size = sum(place.unit.size for place in item.places)
    return exposes(item.result.measure, count, size, monitor.profile.smallest_shown)


def _by_location(monitor: Monitor) -> Iterator[tuple[Kpi, Measure]]:
    """Shares and rates first, because those can be compared and are seldom small."""
    found = [
        (kpi, measure)
        for kpi in monitor.kpis.values()
        for measure in kpi.measures.values()
        if measure.level is Level.LOCATION
    ]
    yield from sorted(found, key=lambda pair: not pair[1].is_ratio)


def _series(
    monitor: Monitor, kpi: Kpi, measure: Measure, location: Organisation, quarter: Period
) -> list[KpiResult]:
    kind = kpi.main_period if kpi.main_period in measure.periods else measure.periods[0]
    # Read for all schools at once, because all of them get a sheet.
    every = results.trends_by_organisation(monitor, kpi.id, "locatie", measure.id, "", kind)
    found = every.get(location.organisation_id, [])
    return [result for result in known_by(found, quarter) if not result.partial]


def _agreed(monitor: Monitor, location: Organisation, quarter: Period) -> Iterator[Text]:
    """What was agreed about this location and still holds."""
    for item in deviations(monitor):
        holds = item.organisation_id == location.organisation_id and item.until >= quarter.start_on
        if holds:
            kpi = monitor.kpis.get(item.kpi)
            until = f"{item.owner}, tot en met {date_text(item.until)}"
            yield Text(kpi.label if kpi else item.kpi, item.reason, until)
