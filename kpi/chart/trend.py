"""The trend of one figure as a chart, and the sentence that says the same."""

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from data.calendar import Period
from kpi import formatting
from kpi.chart import funnel as funnel_chart
from kpi.chart import layers
from kpi.chart.sparkline import BLUE, GREY, ORANGE, PALE
from kpi.figure.result import KpiResult
from kpi.view.comparison import Comparison
from kpi.view.drawing import Drawing

FONT = '"Source Sans", "Source Sans 3", "Segoe UI", Arial, sans-serif'
MOST_TICKS = 10
HEIGHT = 330  # pixels
CONFIG = {"displayModeBar": False, "responsive": True}
# Plotly's own template is seven times the size of the data; this is all that is needed.
TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": "#1B2430"},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "separators": ",.",
        "margin": {"l": 56, "r": 34, "t": 34, "b": 34},
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": PALE, "font": {"size": 13}},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {"showgrid": False, "linecolor": GREY, "ticks": "outside", "tickcolor": GREY},
        "yaxis": {"gridcolor": "#E8ECF1", "zeroline": False, "rangemode": "tozero"},
    }
)


def trend(
    series: Sequence[KpiResult], height: int = HEIGHT, beside: Drawing | None = None
) -> go.Figure:
    """The series as a line: gaps where nothing was delivered, open points where provisional.

    Points of incomplete coverage get a sign of their own; a break in the series gets an upright;
    the target path is dashed. `beside` holds what else is drawn, see kpi.view.drawing.
    """
    figure = go.Figure(layout={"template": TEMPLATE, "height": height})
    around = list(layers.traces(beside)) if beside else []
    for trace in (*around, _path(series), _values(series), *_marked(series)):
        if any(value is not None for value in trace["y"]):
            figure.add_scatter(**trace)
    for result in series:
        if result.is_break:
            _upright(figure, result)
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
    figure = go.Figure(layout={"template": TEMPLATE, "height": HEIGHT})
    for trace in funnel_chart.traces(comparison):
        figure.add_scatter(**trace)
    percent = comparison.result.unit == formatting.PERCENT
    figure.update_yaxes(ticksuffix="%" if percent else "")
    figure.update_xaxes(title={"text": comparison.size_label, "standoff": 4},
                        rangemode="tozero")  # fmt: skip
    figure.update_layout(margin={"b": 52})
    return figure


def hover(result: KpiResult) -> str:
    """What is said of one point: period, value, and what to know about it."""
    notes = [result.status_text] if result.has_number and result.status_text else []
    notes += [result.coverage_text] if result.expected and not result.is_complete else []
    return f"{result.period.label}: {result.value_text}" + "".join(f" ({note})" for note in notes)


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


def _path(series: Sequence[KpiResult]) -> dict[str, Any]:
    """The target per period; a dash per point, so that a path of one period shows too."""
    return {
        **_trace("doel", series, [result.target for result in series]),
        "text": [f"{result.period.label}: doel {result.target_text}" for result in series],
        "mode": "lines+markers",
        "line": {"color": ORANGE, "dash": "dash", "width": 1.6},
        "marker": {"symbol": "line-ew", "size": 11, "line": {"color": ORANGE, "width": 2.2}},
    }


def _values(series: Sequence[KpiResult]) -> dict[str, Any]:
    return {
        **_trace("cijfer", series, [result.value for result in series]),
        "mode": "lines+markers",
        "line": {"color": BLUE, "width": 2.2},
        "marker": {"color": BLUE, "size": 7},
    }


def _marked(series: Sequence[KpiResult]) -> Iterator[dict[str, Any]]:
    """Open signs over the points that may still change or do not hold everyone."""
    provisional = [result.value if result.status_text else None for result in series]
    incomplete = [None if result.is_complete else result.value for result in series]
    for name, symbol, values in (
        ("voorlopig", "circle", provisional),
        ("niet compleet", "diamond", incomplete),
    ):
        line = {"color": BLUE, "width": 2}
        marker = {"color": "#FFFFFF", "symbol": symbol, "size": 10, "line": line}
        yield {**_trace(name, series, values), "mode": "markers", "marker": marker}


def _trace(
    name: str, series: Sequence[KpiResult], values: Sequence[float | None]
) -> dict[str, Any]:
    return {
        "name": name,
        "x": [result.period.position for result in series],
        "y": list(values),
        "text": [hover(result) for result in series],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
    }


def _upright(figure: go.Figure, result: KpiResult) -> None:
    """A break lies between this period and the one before."""
    x = result.period.position - 0.5
    why = "andere bron" if result.not_comparable == "source" else "andere telling"
    figure.add_vline(x=x, line={"color": GREY, "dash": "dot", "width": 1.4})
    figure.add_annotation(
        x=x, y=1, yref="paper", text=why, showarrow=False, xanchor="left",
        yanchor="top", xshift=4, font={"size": 12, "color": GREY},
    )  # fmt: skip


def time_axis(figure: go.Figure, periods: Sequence[Period]) -> None:
    """Not more labels than can be read, always with the last period.

    Drawings with the same periods and margins lie exactly below each other.
    """
    step = -(-len(periods) // MOST_TICKS) or 1
    ticks = periods[::-1][::step][::-1]
    places = [period.position for period in periods]
    figure.update_xaxes(
        tickvals=[period.position for period in ticks],
        ticktext=[period.label for period in ticks],
        range=[min(places, default=0) - 0.4, max(places, default=0) + 0.4],
    )
