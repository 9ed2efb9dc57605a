"""The trend of one figure as a chart, and the sentence that says the same."""

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from data.calendar import Period
from kpi import formatting
from kpi.chart import funnel as funnel_chart
from kpi.chart import layers
from kpi.chart.frame import (
    WHITE,
    Trace,
    blank,
    hover,
    of_series,
    points,
    time_axis,
    upright,
)
from kpi.chart.sparkline import BLUE, ORANGE
from kpi.figure.result import KpiResult
from kpi.view.comparison import Comparison
from kpi.view.drawing import Drawing

HEIGHT = 330  # pixels


def trend(
    series: Sequence[KpiResult], height: int = HEIGHT, beside: Drawing | None = None
) -> go.Figure:
    """The series as a line: gaps where nothing was delivered, open points where provisional.

    Points of incomplete coverage get a sign of their own; a break in the series gets an upright;
    the target path is dashed. `beside` holds what else is drawn, see kpi.view.drawing.
    """
    figure = blank(height=height)
    around = list(layers.traces(beside)) if beside else []
    for trace in (*around, _path(series), *_values(series)):
        if any(value is not None for value in trace["y"]):
            figure.add_scatter(**trace)
    for result in series:
        if result.is_break:
            _break(figure, result)
    if beside:
        layers.mark_events(figure, beside)
    time_axis(figure, axis_periods(series, beside))
    unit = series[-1].unit if series else ""
    figure.update_yaxes(
        tickprefix="€ " if unit == formatting.EURO else "",
        ticksuffix="%" if unit == formatting.PERCENT else "",
    )
    return figure


def axis_periods(series: Sequence[KpiResult], beside: Drawing | None = None) -> list[Period]:
    """The periods on the axis of a trend."""
    return [*(result.period for result in series), *layers.ahead(beside)]


def funnel(comparison: Comparison) -> go.Figure:
    """Locations by size: raw shares, the estimate beside chance, and the ordinary room.

    Only who lies outside that room has a name in the drawing; the others are in its table.
    """
    figure = blank(height=HEIGHT)
    for trace in funnel_chart.traces(comparison):
        figure.add_scatter(**trace)
    percent = comparison.result.unit == formatting.PERCENT
    figure.update_yaxes(ticksuffix="%" if percent else "")
    figure.update_xaxes(title={"text": comparison.size_label, "standoff": 4},
                        rangemode="tozero")  # fmt: skip
    figure.update_layout(margin={"b": 52})
    return figure


def describe(title: str, series: Sequence[KpiResult]) -> str:
    """The series in one sentence, for who does not see the drawing."""
    known = [result for result in series if result.value is not None]
    if not known:
        return f"{title}: geen cijfers."
    if len(known) == 1:
        return f"{title}: alleen {hover(known[0])}."
    first, last = known[0], known[-1]
    low = min(known, key=lambda result: result.value or 0)
    high = max(known, key=lambda result: result.value or 0)
    gaps = len(series) - len(known)
    gap_text = f" Zonder cijfer: {formatting.count(gaps, 'periodes')}." if gaps else ""
    return (
        f"{title}: van {first.value_text} ({first.period.label}) naar {last.value_text} "
        f"({last.period.label}). Laagste {low.value_text} ({low.period.label}), "
        f"hoogste {high.value_text} ({high.period.label}).{gap_text}"
    )


def _path(series: Sequence[KpiResult]) -> Trace:
    """The target per period; a dash per point, so that a path of one period shows too."""
    return points(
        "doel",
        [result.period.position for result in series],
        [result.target for result in series],
        [f"{result.period.label}: doel {result.target_text}" for result in series],
        mode="lines+markers",
        connectgaps=False,
        line={"color": ORANGE, "dash": "dash", "width": 1.6},
        marker={"symbol": "line-ew", "size": 11, "line": {"color": ORANGE, "width": 2.2}},
    )


def _values(series: Sequence[KpiResult]) -> Iterator[Trace]:
    """The line, and open signs over the points that may still change or do not hold everyone."""
    values = [result.value for result in series]
    provisional = [result.value if result.provisional else None for result in series]
    incomplete = [None if result.is_complete else result.value for result in series]
    drawn, ring = {"color": BLUE, "width": 2.2}, {"color": BLUE, "width": 2}
    solid: Trace = {"mode": "lines+markers", "line": drawn, "marker": {"color": BLUE, "size": 7}}
    yield of_series("cijfer", series, values, connectgaps=False, **solid)
    for name, symbol, found in (
        ("voorlopig", "circle", provisional),
        ("niet compleet", "diamond", incomplete),
    ):
        marker = {"color": WHITE, "symbol": symbol, "size": 10, "line": ring}
        yield of_series(name, series, found, mode="markers", connectgaps=False, marker=marker)


def _break(figure: go.Figure, result: KpiResult) -> None:
    """A break lies between this period and the one before."""
    why = "andere bron" if result.not_comparable == "source" else "andere telling"
    upright(figure, result.period.position - 0.5, why, yanchor="top", xshift=4)
