"""What is drawn around the line of a trend: limits, published figures, expectation and events."""

from collections.abc import Iterator

import plotly.graph_objects as go

from data.calendar import Period
from kpi.chart.frame import HOVER, INK, WHITE, Trace, points, room, verbatim
from kpi.chart.sparkline import BLUE, GREY, PALE
from kpi.view.drawing import Drawing, Mark

EXPECTED_FILL = "rgba(29, 91, 143, 0.16)"
VIOLET = "#7A4A9E"
DASHES = ("dot", "dashdot", "longdash")
HALF_WIDTH = 0.3


def traces(drawing: Drawing) -> Iterator[Trace]:
    """The lines and bands below the figure itself."""
    yield from _limits(drawing)
    yield from _references(drawing)
    if drawing.expected:
        yield _expected(drawing)


def ahead(drawing: Drawing | None) -> list[Period]:
    """The period after the last one, when something is expected of it."""
    return [drawing.expected.period] if drawing and drawing.expected else []


def mark_events(figure: go.Figure, drawing: Drawing) -> None:
    """A letter at the foot of the chart, and an upright or a band over the periods it touches."""
    for mark in drawing.marks:
        first, last = mark.periods[0].position, mark.periods[-1].position
        if first == last:
            figure.add_vline(x=first, line={"color": PALE, "width": 1.4}, layer="below")
        else:
            figure.add_vrect(
                x0=first - HALF_WIDTH, x1=last + HALF_WIDTH, fillcolor=PALE, opacity=0.35,
                line_width=0, layer="below",
            )  # fmt: skip
    for place in dict.fromkeys(mark.periods[0].position for mark in drawing.marks):
        _letters(figure, [m for m in drawing.marks if m.periods[0].position == place], place)


def _letters(figure: go.Figure, marks: list[Mark], place: int) -> None:
    """Events that begin in one period share a place."""
    figure.add_annotation(
        x=place, y=0, yref="paper", yanchor="bottom", showarrow=False,
        text=" ".join(mark.letter for mark in marks),
        hovertext="<br>".join(verbatim(mark.text) for mark in marks),
        font={"size": 12, "color": INK}, bgcolor=WHITE, bordercolor=GREY, borderpad=2,
    )  # fmt: skip


def _limits(drawing: Drawing) -> Iterator[Trace]:
    """A band for ordinary variation with its mean; nothing without limits."""
    within = [result for result in drawing.series if result.period.period_id in drawing.limits]
    if not within:
        return
    limits = [drawing.limits[result.period.period_id] for result in within]
    yield from room(
        ("ondergrens", "gewone schommeling", "gemiddelde"),
        [
            [limit.lower for limit in limits],
            [limit.upper for limit in limits],
            [limit.mean for limit in limits],
        ],
        x=[result.period.position for result in within],
        text=[f"{result.period.label}: {drawing.limits_text(result)}" for result in within],
        hovertemplate=HOVER,
    )


def _references(drawing: Drawing) -> Iterator[Trace]:
    for reference, dash in zip(drawing.references, DASHES, strict=False):
        known = [r.period for r in drawing.series if r.period.period_id in reference.points]
        yield points(
            reference.label,
            [period.position for period in known],
            [reference.points[period.period_id] for period in known],
            [
                f"{period.label}: {reference.label} {reference.value_text(period.period_id)}"
                for period in known
            ],
            mode="lines+markers",
            line={"color": VIOLET, "dash": dash, "width": 1.6},
            marker={"color": VIOLET, "symbol": "square-open", "size": 7},
        )


def _expected(drawing: Drawing) -> Trace:
    """A light block at the next period, from the low to the high end of the interval."""
    expected = drawing.expected
    assert expected is not None
    left, right = expected.period.position - HALF_WIDTH, expected.period.position + HALF_WIDTH
    text = f"{expected.period.label}: verwacht {expected.text}"
    return {
        "name": "verwacht",
        "x": [left, right, right, left, left],
        "y": [expected.low, expected.low, expected.high, expected.high, expected.low],
        "text": [text] * 5,
        "mode": "lines",
        "fill": "toself",
        "fillcolor": EXPECTED_FILL,
        "line": {"color": BLUE, "width": 1, "dash": "dot"},
        "hoveron": "points+fills",
        "hoverinfo": "text",
    }
