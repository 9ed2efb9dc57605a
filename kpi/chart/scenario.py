"""One quantity of a scenario as a chart: measured, as now, and with other assumptions."""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from kpi.chart.frame import WHITE, blank, points
from kpi.chart.sparkline import BLUE, GREY, ORANGE
from kpi.scenario.check import Quantity
from kpi.scenario.project import ProjectedYear
from kpi.scenario.scenario import Scenario
from kpi.scenario.words import AS_NOW, CHOSEN, ESTIMATED, MEASURED, range_text, year_text
from kpi.scenario.words import value_text as text_of

BAND = "rgba(180,83,9,0.13)"
EXPECTED = "Prognose van het bureau"


def course(scenario: Scenario, quantity: Quantity) -> go.Figure:
    """Measured figures as a line, what is estimated dashed, and the range as a band."""
    figure = blank(height=310)
    chosen = _ahead(scenario, quantity, scenario.chosen.years)
    _band(figure, quantity, chosen)
    if scenario.changed:
        as_now = _ahead(scenario, quantity, scenario.as_now.years)
        _estimated(figure, f"{AS_NOW}, {ESTIMATED}", quantity, as_now, GREY)
    name = CHOSEN if scenario.changed else AS_NOW
    _estimated(figure, f"{name}, {ESTIMATED}", quantity, chosen, ORANGE)
    if quantity is Quantity.EQUITY:
        _signal(figure, scenario)
    _measured(figure, scenario, quantity)
    years = sorted({*_years(scenario, quantity), *(point.year for point in chosen)})
    figure.update_xaxes(
        tickvals=years, ticktext=[_tick(quantity, year) for year in years],
        range=[min(years) - 0.4, max(years) + 0.4],
    )  # fmt: skip
    figure.update_yaxes(
        tickprefix="" if quantity.is_pupils else "€ ", tickformat=",.0f", rangemode="normal",
        automargin=True,
    )  # fmt: skip
    figure.update_layout(margin={"t": 62}, legend={"traceorder": "reversed"})
    return figure


class _Point(NamedTuple):
    """An estimated value; the last measured one comes first, with no range."""

    year: int
    value: float
    half: float
    is_measured: bool = False


def _ahead(scenario: Scenario, quantity: Quantity, rows: Sequence[ProjectedYear]) -> list[_Point]:
    last = _years(scenario, quantity)[-1]
    measured = quantity.measured(scenario.known, last)
    first = [_Point(last, measured.numerator, 0, is_measured=True)] if measured else []
    return first + [
        _Point(row.year, quantity.of(row), scenario.half(quantity, row) or 0)
        for row in rows
        if scenario.is_estimated(quantity, row)
    ]


def _years(scenario: Scenario, quantity: Quantity) -> list[int]:
    known = scenario.known
    return sorted(known.pupils if quantity.is_pupils else known.money)


def _measured(figure: go.Figure, scenario: Scenario, quantity: Quantity) -> None:
    years = _years(scenario, quantity)
    found = [quantity.measured(scenario.known, year) for year in years]
    figure.add_scatter(
        **points(MEASURED, years, [item.value if item else None for item in found],
                 [f"{item.period.label}: {item.value_text}" if item else "" for item in found]),
        mode="lines+markers", line={"color": BLUE, "width": 2.2}, marker={"size": 7},
    )  # fmt: skip
    expected = {
        year: item
        for year in scenario.known.expected
        if (item := quantity.expected(scenario.known, year))
    }
    if expected:
        figure.add_scatter(
            **points(EXPECTED, list(expected), [item.value for item in expected.values()],
                     [f"{i.period.label}: {i.value_text} ({i.status_text})"
                      for i in expected.values()]),
            mode="markers", marker={"color": WHITE, "symbol": "diamond", "size": 10,
                                    "line": {"color": BLUE, "width": 2}},
        )  # fmt: skip


def _estimated(
    figure: go.Figure, name: str, quantity: Quantity, ahead: Sequence[_Point], colour: str
) -> None:
    texts = [
        f"{year_text(quantity, point.year)}: {text_of(quantity, point.value)}, {ESTIMATED}"
        for point in ahead
    ]
    figure.add_scatter(
        **points(name, [p.year for p in ahead], [p.value for p in ahead], texts),
        mode="lines+markers", line={"color": colour, "width": 2, "dash": "dash"},
        marker={"color": WHITE, "line": {"color": colour, "width": 2},
                "size": [0 if point.is_measured else 7 for point in ahead]},
    )  # fmt: skip


def _band(figure: go.Figure, quantity: Quantity, ahead: Sequence[_Point]) -> None:
    """Two lines nobody sees, with the room between them filled."""
    texts = [
        f"{year_text(quantity, p.year)}: {range_text(quantity, p.value, p.half)}" for p in ahead
    ]
    years = [point.year for point in ahead]
    for sign, more in ((-1, {"showlegend": False}), (1, {"fill": "tonexty", "fillcolor": BAND})):
        ends = [point.value + sign * point.half for point in ahead]
        trace = points("Marge", years, ends, texts)
        figure.add_scatter(**trace, mode="lines", line={"width": 0, "color": ORANGE}, **more)


def _signal(figure: go.Figure, scenario: Scenario) -> None:
    """The signalling value through measured and estimated years, dotted."""
    known = {year: item.signal.numerator for year, item in scenario.known.money.items()}
    values = known | {row.year: row.signal for row in scenario.chosen.years}
    texts = [
        f"{year}: signaleringswaarde {text_of(Quantity.SIGNAL, value)}"
        for year, value in values.items()
    ]
    figure.add_scatter(
        **points(Quantity.SIGNAL.label, list(values), list(values.values()), texts),
        mode="lines", line={"color": GREY, "width": 2, "dash": "dot"},
    )  # fmt: skip


def _tick(quantity: Quantity, year: int) -> str:
    """A school year in short: "’25-’26"."""
    return f"’{(year - 1) % 100:02}-’{year % 100:02}" if quantity.is_pupils else str(year)
