"""Small drawings of a series: a word-sized line that fits in a table cell or a small panel.

They are SVG in a data address: no script, no request, sharp in print, and light enough to draw
one for every location. The sentence that says the same comes from `kpi.chart.trend.describe`.
"""

from base64 import b64encode
from collections.abc import Sequence

from kpi.figure.result import KpiResult
from kpi.figure.span import Scale, scale_of

BLUE, ORANGE, GREY, PALE = "#1D5B8F", "#B45309", "#5B6776", "#D3DAE2"
MARGIN = 4.0
Place = tuple[float, float]


def sparkline(
    series: Sequence[KpiResult],
    scale: Scale | None = None,
    width: int = 124,
    height: int = 30,
) -> str:
    """The series as a data address for a picture; a gap where there is no number.

    Zero is always in it and drawn as a pale line, so that a small change looks small. The last
    point is marked: filled when final and complete, open when provisional or incomplete.
    The dashed line is the target path, the dotted upright a break in the series.
    """
    low, high = scale or scale_of(series)
    first = series[0].period.position if series else 0
    steps = max((result.period.position for result in series), default=first) - first

    def place(result: KpiResult, value: float) -> Place:
        across = (result.period.position - first) / (steps or 1)
        up = (value - low) / ((high - low) or 1)
        return MARGIN + across * (width - 2 * MARGIN), height - MARGIN - up * (height - 2 * MARGIN)

    parts = [_baseline(place(series[0], 0.0)[1], width)] if series else []
    parts += [_upright(place(result, low)[0], height) for result in series if result.is_break]
    path = [[place(r, r.target) for r in series if r.target is not None]]
    parts += [_line(run, ORANGE, 1.2, "3 3") for run in path]
    for run in runs(series):
        parts.append(_line([place(r, r.value) for r in run if r.value is not None], BLUE, 1.8))
    last = next((r for r in reversed(series) if r.value is not None), None)
    if last is not None and last.value is not None:
        parts.append(_dot(place(last, last.value), open_=last.provisional or not last.is_complete))
    return _data_address("".join(parts), width, height)


def runs(series: Sequence[KpiResult]) -> list[list[KpiResult]]:
    """The stretches of successive periods that have a number."""
    found: list[list[KpiResult]] = []
    for result in series:
        if result.value is None:
            continue
        previous = found[-1][-1] if found else None
        if previous and result.period.position == previous.period.position + 1:
            found[-1].append(result)
        else:
            found.append([result])
    return found


def _line(places: Sequence[Place], colour: str, thickness: float, dashes: str = "") -> str:
    if len(places) < 2:
        return "".join(_dot(place, colour=colour, radius=1.6) for place in places)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline fill="none" stroke="{colour}" stroke-width="{thickness}" '
        f'stroke-linejoin="round"{dashed} points="{points}"/>'
    )


def _dot(place: Place, open_: bool = False, colour: str = BLUE, radius: float = 2.8) -> str:
    fill = "#FFFFFF" if open_ else colour
    return (
        f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius}" fill="{fill}" '
        f'stroke="{colour}" stroke-width="1.4"/>'
    )


def _upright(x: float, height: int) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="1" y2="{height - 1}" stroke="{GREY}" '
        'stroke-width="1" stroke-dasharray="1.5 2"/>'
    )


def _baseline(y: float, width: int) -> str:
    return f'<line x1="0" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" stroke="{PALE}"/>'


def _data_address(body: str, width: int, height: int) -> str:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
