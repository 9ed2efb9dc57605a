"""Parts that papers share: a chart of a course with its table, tiles, and rows of figures."""

from collections.abc import Iterable, Iterator, Sequence

from data.calendar import Period
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.guard.shown import Shown, year_before
from kpi.meaning.choices import Shows
from kpi.meaning.event import Event
from kpi.paper.document import Cell, Chart, ChartLine, Table, Tile, figure_cell, number_format, word
from kpi.record.deviations import deviation_text
from kpi.verdict.verdict import Goal
from kpi.view.drawing import Drawing, drawing
from kpi.view.line import letter_of
from kpi.view.reference import Reference

MOST_POINTS = 12  # three years of quarters: what fits on a slide and in a table beside it
TARGET = "Doelpad"


def name_of(result: KpiResult) -> str:
    """ "Thuiszitters op de peildatum, Absoluut verzuim (AV)"."""
    return ", ".join(filter(None, (result.measure.label, result.segment_label)))


def chart(
    monitor: Monitor, shown: Shown, series: Sequence[KpiResult], most: int = MOST_POINTS
) -> Chart | None:
    """The course of a figure with its path and published figures; None with fewer than two."""
    points = tuple(map(shown.of, series[-most:]))
    if sum(point.value is not None for point in points) < 2:
        return None
    now = points[-1]
    verdict = shown.verdict(series[-1])
    beside = drawing(monitor, series, verdict)
    happened = _happened(beside, points)
    path = tuple(point.target for point in points)
    lines = [ChartLine(now.measure.label, tuple(point.value for point in points))]
    if any(asked is not None for asked in path):
        lines.append(ChartLine(TARGET, path, "path"))
    lines += [_reference(item, points) for item in beside.references]
    return Chart(
        title=name_of(now),
        alt=verdict.sentence,
        unit=formatting.unit_name(now.unit),
        number_format=number_format(now),
        categories=tuple(point.period.label for point in points),
        lines=tuple(lines),
        twin=_twin(points, lines, happened),
        breaks=tuple(n for n, point in enumerate(points) if point.is_break),
        note=" ".join(f"{event.label}: {event.when_text}." for event in happened),
        wants_zero=now.measure.shows is not Shows.MEAN,
    )


def tiles(monitor: Monitor, shown: Shown, result: KpiResult) -> tuple[Tile, ...]:
    """Now, the target, how it compares with a year before, and how sure it is."""
    now, verdict = shown.of(result), shown.verdict(result)
    found = [Tile("Nu", now.short_text, now.when_short)]
    if now.target is not None:
        asked = formatting.bare(now.target, now.unit, now.target_decimals)
        found.append(Tile(TARGET, asked, now.gap_text or str(verdict.goal.goal)))
    before = year_before(monitor, shown, result)
    if before is not None:
        found.append(Tile("Een jaar eerder", before.short_text, before.when_short))
    if verdict.goal.goal is not Goal.NONE:
        found.append(Tile("Doel", str(verdict.goal.goal), verdict.goal.sentence))
    return tuple(found)


def remarks(monitor: Monitor, shown: Shown, result: KpiResult) -> tuple[str, ...]:
    """What must be known beside the figure: how sure, how complete, which deviation holds."""
    now, found = shown.of(result), shown.verdict(result)
    told = [
        f"Betrouwbaarheid {letter_of(now, found)}: {found.confidence.text}.",
        f"Compleet: {now.coverage_text}." if now.expected and not now.is_complete else "",
        formatting.sentence(now.status_text),
        formatting.sentence(deviation_text(monitor, result)),
    ]
    return tuple(filter(None, told))


def figures_table(
    title: str, rows: Iterable[Sequence[KpiResult]], shown: Shown, note: str = ""
) -> Table | None:
    """Per row one series, per column one of the last twelve periods; None without figures."""
    found = [tuple(map(shown.of, series)) for series in rows if series]
    known = {point.period.period_id: point.period for series in found for point in series}
    periods = sorted(known.values(), key=lambda period: period.position)[-MOST_POINTS:]
    if not periods:
        return None
    headers = ("Cijfer", "Eenheid", *(period.label for period in periods))
    cells = tuple(
        (
            word(name_of(series[-1])),
            word(formatting.unit_name(series[-1].unit)),
            *_in_columns(series, periods),
        )
        for series in found
    )
    return Table(title, headers, cells, note)


def remark(rows: Iterable[Sequence[KpiResult]], shown: Shown) -> str:
    """What a reader of such a table must know of the last period: provisional, or not complete."""
    last = [shown.of(series[-1]) for series in rows if series]
    said = dict.fromkeys(
        f"{item.period.label}: {text}"
        for item in last
        for text in (item.status_text, "" if item.is_complete else item.coverage_text)
        if text and item.has_number
    )
    return f"{'; '.join(said)}." if said else ""


def _in_columns(series: Sequence[KpiResult], periods: Sequence[Period]) -> Iterator[Cell]:
    known = {point.period.period_id: point for point in series}
    for period in periods:
        point = known.get(period.period_id)
        yield figure_cell(point) if point else Cell("")


def _happened(beside: Drawing, points: Sequence[KpiResult]) -> list[Event]:
    """The events in the periods that are shown."""
    shown = {point.period.period_id for point in points}
    return [m.event for m in beside.marks if shown & {p.period_id for p in m.periods}]


def _twin(
    points: Sequence[KpiResult], lines: Sequence[ChartLine], happened: Sequence[Event]
) -> Table:
    rows = []
    for place, point in enumerate(points):
        others = [_number(point, line, place) for line in lines[1:]]
        events = (event.label for event in happened if event.falls_in(point.period))
        state = "; ".join(filter(None, (point.status_text, _break(point), *events)))
        rows.append((Cell(point.period.label), figure_cell(point), *others, word(state)))
    names = (line.name for line in lines)
    return Table(name_of(points[-1]), ("Periode", *names, "Opmerking"), tuple(rows))


def _break(point: KpiResult) -> str:
    return "reeksbreuk" if point.is_break else ""


def _number(point: KpiResult, line: ChartLine, place: int) -> Cell:
    """A number beside a figure: a path as the screen shows it, others with two decimals at most."""
    value = line.values[place]
    if value is None:
        return Cell("–")
    of_path = line.kind == "path"
    decimals = point.target_decimals if of_path else formatting.decimals_of(value, point.decimals)
    text = formatting.bare(value, point.unit, decimals)
    return Cell(text, value, number_format(point, decimals))


def _reference(item: Reference, points: Sequence[KpiResult]) -> ChartLine:
    values = tuple(item.points.get(point.period.period_id) for point in points)
    return ChartLine(item.label, values, "reference")
