"""Quarterly figures: process limits when there are enough, else year against year."""

from __future__ import annotations

from kpi.verdict import reasons, words
from kpi.verdict import sentences as say
from kpi.verdict.by_year import compare
from kpi.verdict.findings import direction, no_verdict
from kpi.verdict.limits import MINIMUM, Limits, laney, xmr_of_counts
from kpi.verdict.rules import Flag, flags_of_last
from kpi.verdict.season import is_dependent, season_of
from kpi.verdict.series import Point, Series
from kpi.verdict.verdict import Change, Finding, Method

MEAN_FOR_LIMITS = 8.0  # below this, limits on counts give false alarms and can only show bad news
YEAR = 4


def judge_quarters(series: Series) -> Finding:
    """Counts of eight and more per quarter get limits; smaller ones a year against a year."""
    if mean_cases(series) < MEAN_FOR_LIMITS:
        return _year_against_year(series)
    if len(series.run) < MINIMUM:
        return no_verdict(Change.TOO_FEW, say.too_few(series, MINIMUM), reasons.TOO_FEW)
    return _by_limits(series)


def mean_cases(series: Series) -> float:
    """Mean number of cases per period; of a share, of the rarer of the two sides."""
    tops = sum(point.numerator for point in series.run)
    if series.is_share:
        tops = min(tops, sum(point.denominator for point in series.run) - tops)
    return tops / len(series.run)


def _by_limits(series: Series) -> Finding:
    values = [point.numerator / _size(series, point) for point in series.run]
    season = season_of(values, series.per_year)
    flat = [value / part for value, part in zip(values, season, strict=True)] if season else values
    if is_dependent(flat):
        return no_verdict(Change.NOT_TESTED, say.difference(series), reasons.DEPENDENT)
    method, reason, limits = _limits(series, flat, season)
    drawn = _drawn(series, limits)
    flags = flags_of_last(limits)
    reason = reasons.SEASON if season else reason
    if not flags:
        sentence = say.ordinary(series, drawn, seasonal=bool(season))
        return Finding(method, Change.ORDINARY, sentence, reason, (), drawn)
    flag = _told(series, flags)
    rules = tuple(item.rule for item in flags)
    sentence = say.signal(series, flag, seasonal=bool(season))
    return Finding(method, direction(series, flag.side), sentence, reason, rules, drawn)


def _limits(
    series: Series, flat: list[float], season: tuple[float, ...]
) -> tuple[Method, str, Limits]:
    """Limits on the values themselves, up and down with the season."""
    if series.is_count:
        limits = xmr_of_counts(flat)
        return Method.XMR, reasons.XMR, limits.times(season) if season else limits
    tops = [point.numerator for point in series.run]
    sizes = [point.denominator for point in series.run]
    limits = laney(tops, sizes, share=series.is_share, pattern=season)
    if series.is_share:
        return Method.P_PRIME, reasons.P_PRIME, limits
    return Method.U_PRIME, reasons.U_PRIME, limits


def _drawn(series: Series, limits: Limits) -> Limits:
    """The limits in the unit of the figure, cut where no value can be."""
    factor = float(series.shows.factor or 1)
    whole = limits.cut(1.0 if series.is_share else float("inf"))
    return whole if factor == 1 else whole.times([factor] * len(limits.values))


def _told(series: Series, flags: list[Flag]) -> Flag:
    """The rule the sentence is about: bad news before good news, then the order of the rules."""
    return next((flag for flag in flags if words.is_bad(series, flag.side)), flags[0])


def _year_against_year(series: Series) -> Finding:
    """Small counts: the last four quarters against the four before, exactly."""
    if len(series.run) < 2 * YEAR:
        return no_verdict(Change.TOO_FEW, say.too_few(series, 2 * YEAR), reasons.TOO_FEW)
    before, recent = series.run[-2 * YEAR : -YEAR], series.run[-YEAR:]
    side = compare(series, before, recent)
    then, now = _year_text(series, before), _year_text(series, recent)
    if not side:
        sentence = say.small_counts(then, now)
        return Finding(Method.INTERVAL, Change.SMALL, sentence, reasons.SMALL)
    sentence = say.year_differs(series, then, now, side)
    return Finding(Method.INTERVAL, direction(series, side), sentence, reasons.SMALL)


def _year_text(series: Series, year: tuple[Point, ...]) -> str:
    top = sum(point.numerator for point in year)
    if series.is_count:
        return words.number(top)
    return words.cases(top, sum(point.denominator for point in year))


def _size(series: Series, point: Point) -> float:
    return 1.0 if series.is_count else point.denominator
