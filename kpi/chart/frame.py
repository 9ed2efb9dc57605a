"""What every chart is made of: its look, points with their text, a time axis, a band, uprights."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from data.calendar import Period
from kpi.chart.sparkline import GREY, PALE
from kpi.figure.result import KpiResult

FONT = '"Source Sans", "Source Sans 3", "Segoe UI", Arial, sans-serif'
INK, WHITE, LIGHT = "#1B2430", "#FFFFFF", "#7FA9CC"
ROOM_FILL = "rgba(91, 103, 118, 0.10)"
MOST_TICKS = 10
EDGE = 0.4  # how far the axis goes beyond the middle of its first and last period
CONFIG = {"displayModeBar": False, "responsive": True}
# Plotly's own template is seven times the size of the data; this is all that is needed.
TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "separators": ",.",
        "margin": {"l": 56, "r": 34, "t": 34, "b": 34},
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": PALE, "font": {"size": 13}},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {"showgrid": False, "linecolor": GREY, "ticks": "outside", "tickcolor": GREY},
        "yaxis": {"gridcolor": "#E8ECF1", "zeroline": False, "rangemode": "tozero"},
    }
)
HOVER = "%{text}<extra></extra>"
Trace = dict[str, Any]


def blank(**layout: object) -> go.Figure:
    """A chart with nothing in it."""
    return go.Figure(layout={"template": TEMPLATE, **layout})


def verbatim(text: str) -> str:
    """Text from data as a chart shows it: plotly reads tags, and makes a link of one."""
    return escape(text, quote=False)


def points(
    name: str, x: Sequence[Any], y: Sequence[float | None], texts: Sequence[str], **look: object
) -> Trace:
    """Points that tell their text when they are pointed at."""
    told = {"text": list(map(verbatim, texts)), "hovertemplate": HOVER}
    return {"name": verbatim(name), "x": list(x), "y": list(y), **told, **look}


def of_series(
    name: str, series: Sequence[KpiResult], values: Sequence[float | None], **look: object
) -> Trace:
    """Values in the periods of a series, with what is to be said of each of its figures."""
    places = [result.period.position for result in series]
    return points(name, places, values, [hover(result) for result in series], **look)


def hover(result: KpiResult) -> str:
    """What is said of one point: period, value, and what to know about it."""
    notes = [result.status_text] if result.has_number and result.status_text else []
    notes += [result.coverage_text] if result.expected and not result.is_complete else []
    return f"{result.period.label}: {result.value_text}" + "".join(f" ({note})" for note in notes)


def room(
    names: tuple[str, str, str], lines: Sequence[Sequence[float]], **common: object
) -> Iterator[Trace]:
    """The ordinary room as a band with its middle: lower, upper and middle line."""
    edge = {"color": GREY, "width": 1, "dash": "dot"}
    looks: tuple[Trace, ...] = (
        {"line": edge, "showlegend": False},
        {"line": edge, "fill": "tonexty", "fillcolor": ROOM_FILL},
        {"line": {"color": GREY, "width": 1.4}},
    )
    for name, values, look in zip(names, lines, looks, strict=True):
        yield {**common, "mode": "lines", "name": name, "y": values, **look}


def upright(figure: go.Figure, x: float, text: str, **place: object) -> None:
    """A dotted upright with words at its top."""
    figure.add_vline(x=x, line={"color": GREY, "dash": "dot", "width": 1.4})
    figure.add_annotation(
        x=x, y=1, yref="paper", text=verbatim(text), showarrow=False, xanchor="left",
        font={"size": 12, "color": GREY}, **place,
    )  # fmt: skip


def time_axis(
    figure: go.Figure, periods: Sequence[Period], most: int = MOST_TICKS, edge: float = EDGE
) -> None:
    """Not more labels than can be read, always with the last period.

    Drawings with the same periods and margins lie exactly below each other.
    """
    step = -(-len(periods) // most) or 1
    ticks = periods[::-1][::step][::-1]
    places = [period.position for period in periods]
    figure.update_xaxes(
        tickvals=[period.position for period in ticks],
        ticktext=[period.label for period in ticks],
        range=[min(places, default=0) - edge, max(places, default=0) + edge],
    )
