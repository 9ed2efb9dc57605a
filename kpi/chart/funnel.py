"""The marks of a funnel chart: limits that narrow with size, and a point per location."""

from collections.abc import Iterator, Sequence

from kpi.chart.frame import Trace, points, room, verbatim
from kpi.chart.sparkline import BLUE, GREY, ORANGE
from kpi.view.comparison import ComparedPlace, Comparison


def traces(comparison: Comparison) -> Iterator[Trace]:
    """The ordinary room, the common value, and the points by what may be said of them."""
    by_size = sorted(comparison.places, key=lambda place: place.size)
    sizes = [place.size for place in by_size]
    names = ("onder", "gewone ruimte (99,8%)", f"samen {comparison.centre_text}")
    limits = (
        [place.lower for place in by_size],
        [place.upper for place in by_size],
        [comparison.centre] * len(sizes),
    )
    yield from room(names, limits, x=sizes, hoverinfo="skip")
    small = [place for place in by_size if place.unit.too_small]
    usual = [place for place in by_size if not place.unit.too_small and not place.unit.stands_out]
    outside = [place for place in by_size if place.unit.stands_out]
    yield from _marks(
        "schatting zonder toeval",
        [item for item in (*usual, *outside) if item.shrunken is not None],
        {"symbol": "line-ew-open", "size": 11, "color": BLUE, "line": {"width": 2}},
        is_estimate=True,
    )
    yield from _marks("te klein voor een oordeel", small, _sign("x-thin-open", GREY))
    yield from _marks("locatie", usual, _sign("circle", BLUE))
    for trace in _marks("buiten de gewone ruimte", outside, _sign("diamond", ORANGE)):
        trace |= {"hovertext": trace["text"], "hovertemplate": "%{hovertext}<extra></extra>"}
        outer = [verbatim(place.organisation.name) for place in outside]
        yield {**trace, "mode": "markers+text", "text": outer, "textposition": "top center"}


def _sign(symbol: str, colour: str) -> Trace:
    return {"symbol": symbol, "size": 9, "color": colour, "line": {"width": 1.5}}


def _marks(
    name: str, places: Sequence[ComparedPlace], marker: Trace, is_estimate: bool = False
) -> Iterator[Trace]:
    """A point per location: its own share, or that drawn towards the common value."""
    if places:
        yield points(
            name,
            [place.size for place in places],
            [place.shrunken if is_estimate else place.share for place in places],
            [place.estimate_text if is_estimate else place.text for place in places],
            mode="markers",
            marker=marker,
        )
