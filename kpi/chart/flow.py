"""Charts of stock and flow: a bridge as a waterfall, and quarters with the year before behind."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from kpi import formatting
from kpi.chart.frame import LIGHT, WHITE, blank, hover, of_series, points, time_axis, upright
from kpi.chart.sparkline import BLUE, GREY, ORANGE, PALE
from kpi.figure.result import KpiResult
from kpi.meaning.event import Event
from kpi.view.bridge import Bridge
from kpi.view.flow_analysis import QUARTERS_SHOWN
from kpi.view.quarterly import year_before

ROOM = 1.18  # above the highest bar, for its number
MOST_TICKS = 6


def waterfall(bridge: Bridge, top: float) -> go.Figure:
    """The bridge in four or five columns; `top` is shared by bridges that stand side by side."""
    before, new, ended, rest, now = bridge.amounts
    steps: list[tuple[str, float, float, str, dict[str, Any]]] = [
        (_day(bridge.before), 0, before, formatting.number(before), {"color": BLUE}),
        ("nieuw", before, new, formatting.signed(new), {"color": ORANGE}),
        (_wrapped(bridge.flow.gone), before + new, -ended, formatting.signed(-ended),
         {"color": LIGHT}),
    ]  # fmt: skip
    if rest:
        hatched = {"color": WHITE, "line": {"color": GREY, "width": 1.4},
                   "pattern": {"shape": "/", "fgcolor": GREY, "size": 6}}  # fmt: skip
        left = before + new - ended
        steps.append((_wrapped(bridge.rest_name), left, rest, formatting.signed(rest), hatched))
    steps.append((_day(bridge.now), 0, now, formatting.number(now), {"color": BLUE}))
    figure = blank(height=250, showlegend=False)
    for place, (_, start, size, text, marker) in enumerate(steps):
        figure.add_bar(
            x=[place], y=[abs(size)], base=[min(start, start + size)], width=0.62, marker=marker,
            hoverinfo="skip",
        )  # fmt: skip
        if not size:  # a column of nothing is a line, so that it is not a hole
            edge = {"color": GREY, "width": 1.4}
            figure.add_shape(
                type="line", x0=place - 0.31, x1=place + 0.31, y0=start, y1=start, line=edge
            )
        figure.add_annotation(
            x=place, y=max(start, start + size), text=f"<b>{text}</b>", showarrow=False,
            yanchor="bottom", font={"size": 14},
        )  # fmt: skip
    _connect(figure, [start + size for _, start, size, _, _ in steps])
    figure.update_layout(margin={"l": 8, "r": 8, "t": 6, "b": 40})
    figure.update_xaxes(
        tickvals=list(range(len(steps))), ticktext=[step[0] for step in steps],
        ticks="", range=[-0.5, len(steps) - 0.5], fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[0, (top or 1) * ROOM], fixedrange=True)
    return figure


def highest(bridges: Sequence[Bridge]) -> float:
    """The highest place any of the bridges reaches."""
    return max((bridge.amounts[0] + bridge.amounts[1] for bridge in bridges), default=0)


def flows(
    new: Sequence[KpiResult],
    ended: Sequence[KpiResult],
    stock: Sequence[KpiResult],
    events: Sequence[Event] = (),
) -> go.Figure:
    """Per quarter what came (up) and went (down), the standing count as a line, and events."""
    figure = blank(height=310, barmode="relative")
    for series, sign, colour in ((new, 1, ORANGE), (ended, -1, LIGHT)):
        shown = series[-QUARTERS_SHOWN:]
        values = [None if item.value is None else sign * item.value for item in shown]
        figure.add_bar(
            **of_series(shown[-1].measure.label.lower(), shown, values),
            marker={"color": colour}, width=0.62, textposition="none",
        )  # fmt: skip
    _line(figure, stock[-QUARTERS_SHOWN:], stock[-1].measure.label.lower())
    _axis(figure, stock[-QUARTERS_SHOWN:])
    figure.update_yaxes(zeroline=True, zerolinecolor=GREY, rangemode="normal")
    figure.update_layout(margin={"t": 62}, legend={"y": 1.13})
    for event in events:
        _mark(figure, stock[-QUARTERS_SHOWN:], event)
    return figure


def with_year_before(series: Sequence[KpiResult]) -> go.Figure:
    """The last quarters as a line, and behind it, dashed, the same quarters a year before."""
    figure = blank(height=240)
    shown = series[-QUARTERS_SHOWN:]
    earlier = year_before(series)[-QUARTERS_SHOWN:]
    places = [item.period.position for item in shown]
    figure.add_scatter(
        **points("een jaar eerder", places, [item.value if item else None for item in earlier],
                 [hover(item) if item else "" for item in earlier]),
        mode="lines+markers", connectgaps=False,
        line={"color": GREY, "width": 1.4, "dash": "dash"},
        marker={"color": WHITE, "size": 5, "line": {"color": GREY, "width": 1.2}},
    )  # fmt: skip
    _line(figure, shown, "cijfer")
    _axis(figure, shown)
    figure.update_layout(legend={"traceorder": "reversed"})
    return figure


def _line(figure: go.Figure, series: Sequence[KpiResult], name: str) -> None:
    """A line whose points are open where the figure is not complete or may change."""
    firm = [item.is_complete and not item.provisional for item in series]
    figure.add_scatter(
        **of_series(name, series, [item.value for item in series]), mode="lines+markers",
        connectgaps=False, line={"color": BLUE, "width": 2.2},
        marker={"size": 8, "line": {"color": BLUE, "width": 2},
                "color": [BLUE if whole else WHITE for whole in firm]},
    )  # fmt: skip


def _axis(figure: go.Figure, series: Sequence[KpiResult]) -> None:
    """Names of quarters under the points; a bar needs more room than a point."""
    time_axis(figure, [item.period for item in series], MOST_TICKS, edge=0.6)


def _mark(figure: go.Figure, series: Sequence[KpiResult], event: Event) -> None:
    """A dotted upright on the day an event began, when that lies within the chart."""
    period = next(
        (p.period for p in series if p.period.start_on <= event.on <= p.period.end_on), None
    )
    if period is None:
        return
    part = (event.on - period.start_on) / (period.end_on - period.start_on)
    upright(figure, period.position - 0.5 + part, event.label, yanchor="bottom")


def _connect(figure: go.Figure, ends: Sequence[float]) -> None:
    """Thin lines from the end of each column to the next."""
    for place, level in enumerate(ends[:-1]):
        figure.add_shape(
            type="line", x0=place + 0.31, x1=place + 0.69, y0=level, y1=level,
            line={"color": PALE, "width": 1.4},
        )  # fmt: skip


def _day(result: KpiResult) -> str:
    day, month, year = result.when_short.rsplit(" ", 2)
    return f"{day} {month}<br>{year}"


def _wrapped(text: str) -> str:
    """Two lines under a narrow column."""
    first, _, rest = text.rpartition(" ")
    return f"{first}<br>{rest}" if first else rest
