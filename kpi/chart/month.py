"""The caseload of the ECT by month, as a chart and as a sentence."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kpi.chart.frame import LIGHT, WHITE, blank, points
from kpi.chart.sparkline import BLUE, GREY, ORANGE
from kpi.view.caseload import Month

LINE = 18  # pixels of the year below January


def months(found: Sequence[Month]) -> go.Figure:
    """New and closed cases per month, new cases of a year ago, and the open ones as a line."""
    figure = blank(height=280 + LINE, barmode="group", margin={"b": 34 + LINE})
    labels = [month.label for month in found]
    for name, place, colour in (("nieuw", 0, ORANGE), ("gesloten", 1, LIGHT)):
        now = [month.row.figures[place].now for month in found]
        texts = [f"{label}: {item.value_text} {name}"
                 for label, item in zip(labels, now, strict=True)]  # fmt: skip
        bars = points(name, labels, [item.value for item in now], texts)
        figure.add_bar(**bars, marker={"color": colour}, textposition="none")
    earlier = [month.row.figures[0].then for month in found]
    texts = [f"{label}, een jaar eerder: {item.value_text if item else 'niet bekend'}"
             for label, item in zip(labels, earlier, strict=True)]  # fmt: skip
    values = [item.value if item else None for item in earlier]
    figure.add_scatter(
        **points("nieuw, een jaar eerder", labels, values, texts), mode="markers",
        marker={"color": WHITE, "symbol": "diamond", "size": 9,
                "line": {"color": GREY, "width": 1.6}},
    )  # fmt: skip
    texts = [f"eind {month.label}: {month.standing_text} open" for month in found]
    figure.add_scatter(
        **points("open aan het eind", labels, [month.standing for month in found], texts),
        mode="lines+markers", connectgaps=False, line={"color": BLUE, "width": 2.2},
    )  # fmt: skip
    shorts = [month.short_label for month in found]
    figure.update_xaxes(tickvals=labels, ticktext=shorts, tickangle=0)
    return figure


def describe_months(found: Sequence[Month]) -> str:
    """The same in one sentence, for who does not see the drawing."""
    first, last = found[0], found[-1]
    new = {month.label: month.row.figures[0].now for month in found}
    said = f"Nieuwe casussen per maand van {first.label} tot en met {last.label}"
    known = [label for label, item in new.items() if item.value is not None]
    if not known:
        return f"{said}: er zijn nog geen cijfers."
    busiest = max(known, key=lambda label: new[label].value or 0)
    most, now = new[busiest].short_text, new[last.label].short_text
    return f"{said}: de meeste in {busiest} ({most}), in {last.label} {now}."
