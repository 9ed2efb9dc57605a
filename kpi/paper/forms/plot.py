"""Where the lines of a chart lie on paper: an axis with round numbers, and places on it.

Places are fractions of the axis: 0 is its low end, 1 its high end. Nothing here is a figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from typing import NamedTuple

from kpi import formatting
from kpi.paper.document import Chart, ChartLine

MOST_STEPS = 6
ROUND_STEPS = (1, 2, 5, 10)


class PlotPoint(NamedTuple):
    """A value of a line: which category, where on the axis, and its text."""

    category: int
    at: float
    text: str


class Tick(NamedTuple):
    """A number along the axis."""

    at: float
    text: str


@dataclass(frozen=True)
class PlottedLine:
    """A line as stretches of neighbouring points; between two stretches nothing is drawn."""

    name: str
    kind: str
    stretches: tuple[tuple[PlotPoint, ...], ...]


@dataclass(frozen=True)
class Plot:
    """All that is drawn. zero: where nought lies on the axis, None when it is not on it."""

    ticks: tuple[Tick, ...]
    zero: float | None
    lines: tuple[PlottedLine, ...]


def plot(chart: Chart) -> Plot | None:
    """The chart on its axis; None when there is no number at all."""
    values = [value for line in chart.lines for value in line.values if value is not None]
    if not values:
        return None
    steps = _axis(values, chart)
    low, high = float(steps[0]), float(steps[-1])

    def place(value: float) -> float:
        return (value - low) / (high - low)

    ticks = tuple(Tick(place(float(step)), _text(step, chart, _places(steps))) for step in steps)
    lines = []
    for line in chart.lines:
        points = [
            None
            if value is None
            else PlotPoint(n, place(value), _text(value, chart, _decimals(chart)))
            for n, value in enumerate(line.values)
        ]
        lines.append(PlottedLine(line.name, line.kind, tuple(_stretches(points, line, chart))))
    return Plot(ticks, place(0) if low <= 0 <= high else None, tuple(lines))


def _axis(values: list[float], chart: Chart) -> list[Decimal]:
    """Round numbers at equal distances around all values, not finer than the figure itself."""
    low = min(*values, 0) if chart.wants_zero else min(values)
    high = max(*values, 0) if chart.wants_zero else max(values)
    finest = Decimal(1).scaleb(-_decimals(chart))
    step = max(_round_step((high - low) / MOST_STEPS), finest)
    first = floor(Decimal(repr(low)) / step)
    last = max(ceil(Decimal(repr(high)) / step), first + 1)
    return [step * n for n in range(first, last + 1)]


def _round_step(least: float) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20 … that is not smaller; 0 for 0."""
    if not least:
        return Decimal(0)
    power = floor(log10(least))
    steps = (Decimal(step).scaleb(power) for step in ROUND_STEPS)
    return next(step for step in steps if float(step) >= least * (1 - 1e-9))


def _stretches(
    points: list[PlotPoint | None], line: ChartLine, chart: Chart
) -> Iterator[tuple[PlotPoint, ...]]:
    """Neighbours belong together, unless one is missing or is counted in another way."""
    parting = chart.breaks if line.kind == "value" else ()
    stretch: list[PlotPoint] = []
    for n, point in enumerate(points):
        if stretch and (point is None or n in parting):
            yield tuple(stretch)
            stretch = []
        if point is not None:
            stretch.append(point)
    if stretch:
        yield tuple(stretch)


def _text(value: float | Decimal, chart: Chart, decimals: int) -> str:
    signs = {"€": formatting.EURO, "%": formatting.PERCENT}
    units = (unit for sign, unit in signs.items() if sign in chart.number_format)
    return formatting.quantity(value, next(units, ""), decimals)


def _decimals(chart: Chart) -> int:
    """The zeros behind the point of '#,##0.0"%"'."""
    return chart.number_format.partition(".")[2].count("0")


def _places(steps: list[Decimal]) -> int:
    return max(formatting.decimals_of(step, 0, 6) for step in steps)
