"""Parts of a series: what was known at a moment, and the years that fit in a small drawing."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from data.calendar import Period
from kpi.figure.result import KpiResult

Scale = tuple[float, float]

SMALL_DRAWING = timedelta(days=3 * 365 + 31)


def known_by(series: Sequence[KpiResult], quarter: Period) -> list[KpiResult]:
    """The periods that were over, or at least fully delivered, at the end of the quarter."""
    return [result for result in series if result.period.needed_to <= quarter.end_on]


def recent(series: Sequence[KpiResult]) -> list[KpiResult]:
    """The last three years of a series and the point they start from."""
    if not series:
        return []
    since = series[-1].period.end_on - SMALL_DRAWING
    return [result for result in series if result.period.end_on >= since]


def scale_of(results: Iterable[KpiResult]) -> Scale:
    """The lowest and highest value to draw, zero included, so that panels can share one scale."""
    numbers = [0.0]
    for result in results:
        numbers += [item for item in (result.value, result.target) if item is not None]
    return min(numbers), max(max(numbers), min(numbers) + 1e-9)
