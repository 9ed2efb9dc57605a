"""The lines of a chart as Office draws them: told apart by dash and sign, never by colour only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi import formatting
from kpi.meaning.house_style import HouseStyle
from kpi.paper.document import Chart, ChartLine

PATH_COLOUR, REFERENCE_COLOUR = "#b45309", "#4b5563"
MORE_COLOURS = ("#0f766e", "#6b21a8", "#9f1239", "#3f6212")
VALUE_SIGNS = ("circle", "square", "triangle", "diamond", "x")
SHOWN_UNITS = ("", "%", formatting.PERCENT, formatting.EURO, formatting.MARK)
MOST_LABELS = 12  # more names than that do not fit below a chart
REFERENCE_DASHES = ("dot", "dash_dot", "long_dash_dot")


@dataclass(frozen=True)
class Look:
    """dash: solid, dash, dot, dash_dot or long_dash_dot; sign: "" for none; is_open: drawn with
    a white heart; width in points."""

    colour: str
    dash: str
    width: float
    sign: str
    is_open: bool = False


@dataclass(frozen=True)
class Stretch:
    """A line, or the part of it that was counted in one way. As long as the categories.

    is_last: it ends where the line ends; the name of the others stays out of the legend when they
    look the same.
    """

    name: str
    kind: str
    values: tuple[float | None, ...]
    look: Look
    is_last: bool

    @property
    def last_place(self) -> int:
        """Where its last number is."""
        return max(place for place, value in enumerate(self.values) if value is not None)

    @property
    def in_legend(self) -> bool:
        """Paths and references look the same before and after a break: named once."""
        return self.is_last or self.kind == "value"


def stretches(chart: Chart, style: HouseStyle) -> tuple[Stretch, ...]:
    """Every line, in pieces that do not span a break; pieces without a number left out."""
    found: list[Stretch] = []
    for place, line in enumerate(chart.lines):
        before = [other for other in chart.lines[:place] if other.kind == line.kind]
        found += _pieces(chart, line, len(before), style)
    return tuple(found)


def starts_at_zero(chart: Chart) -> bool:
    """Whether the axis begins at zero: never when something lies below it."""
    values = (value for line in chart.lines for value in line.values if value is not None)
    return chart.wants_zero and min(values, default=0) >= 0


def unit_title(chart: Chart) -> str:
    """The name of the axis; "" where every number shows its unit, or has none."""
    return "" if chart.unit in SHOWN_UNITS else chart.unit


def _pieces(chart: Chart, line: ChartLine, number: int, style: HouseStyle) -> Iterator[Stretch]:
    bounds = [0, *sorted(chart.breaks), len(chart.categories)]
    spans = [
        (start, end)
        for start, end in zip(bounds, bounds[1:], strict=False)
        if any(value is not None for value in line.values[start:end])
    ]
    for start, end in spans:
        values = tuple(value if start <= at < end else None for at, value in enumerate(line.values))
        is_last = (start, end) == spans[-1]
        name = _name(chart, line, start, end, is_only=len(spans) == 1)
        look = _look(line.kind, number, values, style, is_open=not is_last)
        yield Stretch(name, line.kind, values, look, is_last)


def _name(chart: Chart, line: ChartLine, start: int, end: int, is_only: bool) -> str:
    if is_only:
        return line.name
    if line.kind == "value":
        return f"{line.name}, vanaf {chart.categories[start]} anders geteld" if start else line.name
    is_last = end == len(chart.categories)
    return line.name if is_last else f"{line.name}, vóór {chart.categories[end]}"


def _look(
    kind: str, number: int, values: Sequence[float | None], style: HouseStyle, is_open: bool
) -> Look:
    if kind == "path":
        return Look(PATH_COLOUR, "dash", 2, "dash" if _stands_alone(values) else "")
    if kind == "reference":
        dash = REFERENCE_DASHES[number % len(REFERENCE_DASHES)]
        return Look(REFERENCE_COLOUR, dash, 1.75, "plus" if _stands_alone(values) else "")
    colours = (style.colour, *MORE_COLOURS)
    sign = VALUE_SIGNS[number % len(VALUE_SIGNS)]
    return Look(colours[number % len(colours)], "solid", 2.5, sign, is_open)


def _stands_alone(values: Sequence[float | None]) -> bool:
    """Whether a number has no neighbour: without a sign it would not be seen."""
    around = (None, *values, None)
    return any(
        here is not None and before is None and after is None
        for before, here, after in zip(around, around[1:], around[2:], strict=False)
    )
