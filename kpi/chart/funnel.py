"""The marks of a funnel chart: limits that narrow with size, and a point per location."""

from collections.abc import Iterator, Sequence
from typing import Any

from kpi.chart.sparkline import BLUE, GREY, ORANGE
from kpi.view.comparison import ComparedPlace, Comparison

FILL = "rgba(91, 103, 118, 0.10)"


def traces(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """The ordinary room, the common value, and the points by what may be said of them."""
    by_size = sorted(comparison.places, key=lambda place: place.size)
    sizes = [place.size for place in by_size]
    line = {"color": GREY, "width": 1, "dash": "dot"}
    common = {"x": sizes, "mode": "lines", "hoverinfo": "skip"}
    yield {**common, "name": "onder", "y": [place.lower for place in by_size],
           "line": line, "showlegend": False}  # fmt: skip
    yield {**common, "name": "gewone ruimte (99,8%)", "y": [place.upper for place in by_size],
           "line": line, "fill": "tonexty", "fillcolor": FILL}  # fmt: skip
    together = [comparison.centre] * len(sizes)
    yield {**common, "name": f"samen {comparison.centre_text}", "y": together,
           "line": {"color": GREY, "width": 1.4}}  # fmt: skip
    small = [place for place in by_size if place.unit.too_small]
    usual = [place for place in by_size if not place.unit.too_small and not place.unit.stands_out]
    outside = [place for place in by_size if place.unit.stands_out]
    yield from _shrunken([item for item in (*usual, *outside) if item.shrunken is not None])
    yield from _points("te klein voor een oordeel", small, "x-thin-open", GREY)
    yield from _points("locatie", usual, "circle", BLUE)
    for trace in _points("buiten de gewone ruimte", outside, "diamond", ORANGE):
        trace |= {"hovertext": trace["text"], "hovertemplate": "%{hovertext}<extra></extra>"}
        names = [place.organisation.name for place in outside]
        yield {**trace, "mode": "markers+text", "text": names, "textposition": "top center"}


def _points(
    name: str, places: Sequence[ComparedPlace], symbol: str, colour: str
) -> Iterator[dict[str, Any]]:
    if places:
        yield {
            "name": name,
            "x": [place.size for place in places],
            "y": [place.share for place in places],
            "text": [place.text for place in places],
            "mode": "markers",
            "marker": {"symbol": symbol, "size": 9, "color": colour, "line": {"width": 1.5}},
            "hovertemplate": "%{text}<extra></extra>",
        }


def _shrunken(places: Sequence[ComparedPlace]) -> Iterator[dict[str, Any]]:
    """Where a location probably is: its own share drawn towards the common value."""
    if places:
        yield {
            "name": "schatting zonder toeval",
            "x": [place.size for place in places],
            "y": [place.shrunken for place in places],
            "text": [
                f"{place.organisation.name}: schatting {place.shrunken_text}" for place in places
            ],
            "mode": "markers",
            "marker": {"symbol": "line-ew-open", "size": 11, "color": BLUE, "line": {"width": 2}},
            "hovertemplate": "%{text}<extra></extra>",
        }
