"""Yearly figures: a trend test from five years on, a comparison of two years before that."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.verdict import reasons, words
from kpi.verdict import sentences as say
from kpi.verdict.findings import direction, no_comparison
from kpi.verdict.interval import LEVEL, rates_differ, shares_differ
from kpi.verdict.rules import RUN
from kpi.verdict.scatter import scatter_of
from kpi.verdict.series import Point, Series
from kpi.verdict.trend import LATE, Yearly, leap_of, steady, trend_of
from kpi.verdict.verdict import Change, Finding, Method

YEARS_FOR_TREND = 5
FEWEST_CASES, FEW_CASES = 10, 30  # a handful never tells anything
FEW_LEVEL = 0.1  # 5 % on the side that the courses point to


def judge_years(series: Series) -> Finding:
    """Five years: a test for a trend. Two to four: the last two with their margin, no line."""
    years = len(series.run)
    if years < 2:
        return no_comparison(series)
    return _two_years(series) if years < YEARS_FOR_TREND else _trend(series)


def _trend(series: Series) -> Finding:
    points, years = series.run[-YEARS_FOR_TREND:], YEARS_FOR_TREND
    data = _yearly(series, points)
    handful = _cases(series, points) < FEWEST_CASES
    leap = 0 if handful else leap_of(data)
    if leap:
        told = say.leap(series, leap, years)
        return Finding(Method.TREND, direction(series, leap), told, reasons.LEAP)
    side = 0 if handful else _course(series, points, data)
    if not side and not handful:
        years = RUN
        side = steady([point.value or 0.0 for point in series.run[-RUN:]])
    if not side:
        sentence = say.no_trend(series, YEARS_FOR_TREND)
        small = all(point.numerator < words.SMALLEST_FOR_PERCENT for point in points)
        change = Change.SMALL if small else Change.ORDINARY
        return Finding(Method.TREND, change, sentence, reasons.TREND)
    sentence = say.trend(series, side, years)
    return Finding(Method.TREND, direction(series, side), sentence, reasons.TREND)


def _yearly(series: Series, points: Sequence[Point]) -> Yearly:
    """These years as the trend test takes them."""
    scatter = scatter_of(series)
    return Yearly(
        tuple(point.position for point in points),
        tuple(point.numerator for point in points),
        tuple(map(series.size_of, points)),
        share=series.is_share,
        scatter=max(1.0, scatter.factor) if scatter else 1.0,
    )


def _course(series: Series, points: tuple[Point, ...], data: Yearly) -> int:
    """+1 or −1 when these years have a trend; of few cases the exact comparison must agree.

    The normal curve of the courses does not fit so few.
    """
    side = trend_of(data)
    if not side or _cases(series, points) >= FEW_CASES:
        return side
    spans = float(len(points) - LATE), float(LATE)
    exact = compare(series, points[:-LATE], points[-LATE:], spans, FEW_LEVEL)
    return side if exact == side else 0


def _cases(series: Series, points: Sequence[Point]) -> float:
    """Cases of some years together; of a share those of the rarer side."""
    tops = sum(point.numerator for point in points)
    if series.is_share:
        tops = min(tops, sum(point.denominator for point in points) - tops)
    return tops


def _two_years(series: Series) -> Finding:
    before, after = series.run[-2:]
    side = compare(series, (before,), (after,))
    if side:
        change, sentence = direction(series, side), say.differs(series, side)
    else:
        small = min(before.numerator, after.numerator) < words.SMALLEST_FOR_PERCENT
        change, sentence = Change.SMALL if small else Change.ORDINARY, say.no_difference(series)
    return Finding(Method.INTERVAL, change, sentence, reasons.TWO_YEARS)


def compare(
    series: Series,
    before: tuple[Point, ...],
    after: tuple[Point, ...],
    spans: tuple[float, float] = (1.0, 1.0),
    level: float = LEVEL,
) -> int:
    """+1 when the later periods together are demonstrably higher, −1 lower, else 0.

    spans: how long both are; only of a plain count it matters.
    """
    old, new = (round(sum(point.numerator for point in part)) for part in (before, after))
    scatter = scatter_of(series)
    if series.is_count:
        return rates_differ(old, new, spans, scatter, level)
    sizes = tuple(sum(point.denominator for point in part) for part in (before, after))
    if series.is_share:
        return shares_differ(old, new, (round(sizes[0]), round(sizes[1])), scatter, level)
    return rates_differ(old, new, (sizes[0], sizes[1]), scatter, level)
