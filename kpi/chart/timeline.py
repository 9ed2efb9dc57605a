"""What was done and said about a KPI as a strip, exactly below the chart of its figure."""

from collections.abc import Sequence
from itertools import groupby

import plotly.graph_objects as go

from data.calendar import Period
from kpi.chart.frame import HOVER, INK, blank, time_axis, verbatim
from kpi.chart.layers import VIOLET
from kpi.chart.sparkline import BLUE, GREY, ORANGE, PALE
from kpi.chart.timeline_bars import Bar
from kpi.plans.timeline import Lane

ROW = 22  # pixels
ROOM = {"t": 6, "b": 34}
HEADINGS = {
    Lane.ACTIVITY: "Activiteiten",
    Lane.EFFECT: "Verwachte effecten",
    Lane.PROMISE: "Toezeggingen",
    Lane.DECISION: "Besluiten",
    Lane.WORDS: "Duiding",
}
# Light enough for dark text on top; the upright at the start has the colour in full.
FILLS = {
    Lane.ACTIVITY: ("#CFE0EF", BLUE),
    Lane.EFFECT: ("#E4D8EE", VIOLET),
    Lane.PROMISE: ("#F6DFC3", ORANGE),
    Lane.DECISION: (PALE, GREY),
    Lane.WORDS: ("#CFE0EF", BLUE),
}


def strip(drawn: Sequence[Bar], periods: Sequence[Period]) -> go.Figure:
    """A lane per kind with its heading; a bar per span of days, on the axis of the trend."""
    figure = blank(showlegend=False)
    time_axis(figure, periods)
    row = 0
    for lane, bars in groupby(drawn, key=lambda bar: bar.lane):
        _heading(figure, lane, row)
        row += 1
        for bar in bars:
            _bar(figure, bar, row, middle=sum(figure.layout.xaxis.range) / 2)
            row += lane is not Lane.WORDS  # quarters never overlap
        row += lane is Lane.WORDS
    figure.update_xaxes(showgrid=True, gridcolor="#E8ECF1")
    figure.update_yaxes(visible=False, range=[row - 0.4, -0.6])
    figure.update_layout(height=row * ROW + sum(ROOM.values()), margin=ROOM)
    return figure


def describe(drawn: Sequence[Bar]) -> str:
    """How much of each kind there is, for who does not see the drawing."""
    parts = [
        f"{HEADINGS[lane].lower()}: {sum(bar.count for bar in bars)}"
        for lane, bars in groupby(drawn, key=lambda bar: bar.lane)
    ]
    return f"In de tijd onder de grafiek: {', '.join(parts)}."


def _heading(figure: go.Figure, lane: Lane, row: int) -> None:
    figure.add_annotation(
        x=0, xref="paper", y=row, text=f"<b>{HEADINGS[lane]}</b>", showarrow=False,
        xanchor="left", font={"size": 12, "color": GREY},
    )  # fmt: skip


def _bar(figure: go.Figure, bar: Bar, row: int, middle: float) -> None:
    """A line as thick as the row, an upright where it begins, its label on the open side."""
    light, full = FILLS[bar.lane]
    hover = {
        "text": ["<br>".join(map(verbatim, bar.texts))] * 2,
        "hovertemplate": HOVER,
    }
    figure.add_scatter(
        x=[bar.start, bar.end], y=[row, row], mode="lines", **hover,
        line={"color": light, "width": ROW - 7},
    )  # fmt: skip
    figure.add_scatter(
        x=[bar.start], y=[row], mode="markers", **hover,
        marker={"symbol": "line-ns", "size": ROW - 8, "line": {"color": full, "width": 3}},
    )  # fmt: skip
    if bar.lane is Lane.WORDS:
        return
    on_right = bar.end < middle
    figure.add_annotation(
        x=bar.end if on_right else bar.start, y=row, text=verbatim(bar.label), showarrow=False,
        xanchor="left" if on_right else "right", xshift=5 if on_right else -5,
        font={"size": 12, "color": INK},
    )  # fmt: skip
