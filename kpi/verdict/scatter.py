"""How much counts vary beyond chance within a year, as the quarters themselves show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kpi.meaning.choices import PeriodType
from kpi.verdict.season import FEWEST_YEARS, YEARS_FOR_SEASON, season_of
from kpi.verdict.series import Point, Series

PRIOR_DIFFERENCES = 3
LEAST = 0.8  # hardly any scatter in a short series is luck, and no reason to trust small steps


class Scatter(NamedTuple):
    """factor: how many times the variance of chance; freedom: how many differences told it."""

    factor: float
    freedom: int


def scatter_of(series: Series) -> Scatter | None:
    """Scatter of quarters around the level of their own year; None when there is no whole year.

    Each year (four quarters, counted back from the last) has its own level, so that a real change
    from year to year is not taken for scatter. A fixed pattern per quarter is taken out first, when
    there is a clear one. In two years none can be clear: then it is taken out whatever it is, and
    the little that is left is drawn to chance, as if three more differences had shown just that.
    A yearly figure scatters as its quarters do, from two years of them on, so that four quarters
    and the year they make get one verdict. Pearson's chi-square over its degrees of freedom:
    McCullagh and Nelder 1989, section 4.5.
    """
    fewest = 1
    if series.quarters:
        fewest = FEWEST_YEARS
        series = replace(
            series, points=series.quarters, quarters=(), period_type=PeriodType.KWARTAAL
        )
    run, year = series.unbroken, series.per_year
    if year == 1 or len(run) < fewest * year:
        return None
    run = run[len(run) % year :]
    sizes = [*map(series.size_of, run)]
    values = [point.numerator / size for point, size in zip(run, sizes, strict=True)]
    places, few = [point.position for point in run], len(run) < YEARS_FOR_SEASON * year
    season = season_of(values, places, year, tested=not few)
    expected = [size * part for size, part in zip(sizes, season or [1.0] * len(run), strict=True)]
    squares, freedom = 0.0, 1 - year if season else 0
    for start in range(0, len(run), year):
        part = slice(start, start + year)
        found, informed = _pearson(run[part], expected[part], series.is_share)
        squares, freedom = squares + found, freedom + informed
    if few and season and freedom > 0:
        squares, freedom = squares + PRIOR_DIFFERENCES, freedom + PRIOR_DIFFERENCES
    return Scatter(max(LEAST, squares / freedom), freedom) if freedom > 0 else None


def _pearson(points: Sequence[Point], expected: Sequence[float], share: bool) -> tuple[float, int]:
    """Chi-square of one year around its own level, and its degrees of freedom."""
    level = sum(point.numerator for point in points) / sum(expected)
    if not level:
        return 0.0, 0
    squares, informed = 0.0, -1
    for point, size in zip(points, expected, strict=True):
        cases = level * size
        variance = cases * (1 - cases / point.denominator if share else 1.0)
        if variance > 0:
            squares += (point.numerator - cases) ** 2 / variance
            informed += 1
    return squares, max(informed, 0)
