"""Quarterly figures: process limits when there are enough, else year against year."""

from __future__ import annotations

from kpi.verdict import quarter_sentences as of_quarters
from kpi.verdict import reasons, words
from kpi.verdict import sentences as say
from kpi.verdict.by_year import compare
from kpi.verdict.findings import direction, no_verdict
from kpi.verdict.limits import MINIMUM, Limits
from kpi.verdict.process import process_of
from kpi.verdict.rules import Flag
from kpi.verdict.series import Series
from kpi.verdict.verdict import Change, Finding, Method

MEAN_FOR_LIMITS = 8.0  # below this, limits on counts give false alarms and can only show bad news
YEAR = 4


def judge_quarters(series: Series) -> Finding:
    """Counts and shares of eight cases and more per quarter get limits; others year and year."""
    is_rate = not (series.is_count or series.is_share)
    if is_rate or mean_cases(series) < MEAN_FOR_LIMITS:
        return _year_against_year(series)
    if len(series.run) < MINIMUM:
        return no_verdict(
            Change.TOO_FEW, say.too_few(series, MINIMUM, len(series.run)), reasons.TOO_FEW
        )
    return _by_limits(series)


def mean_cases(series: Series) -> float:
    """Mean number of cases per period; of a share, of the rarer of the two sides."""
    tops = sum(point.numerator for point in series.run)
    if series.is_share:
        tops = min(tops, sum(point.denominator for point in series.run) - tops)
    return tops / len(series.run)


def _by_limits(series: Series) -> Finding:
    """The rules; where they may not be used or find nothing, the course of the whole series."""
    process = process_of(series)
    flags = [] if process.is_dependent else process.flags
    course = None if flags else process.course([point.position for point in series.run])
    if course:
        sentence = of_quarters.course(series, course.side, seasonal=process.seasonal)
        change = direction(series, course.side)
        return Finding(process.method, change, sentence, reasons.COURSE, (course.rule,))
    if process.is_dependent:
        return no_verdict(Change.NOT_TESTED, say.difference(series), reasons.DEPENDENT)
    drawn = _drawn(series, process.limits)
    if flags:
        flag = _told(series, flags)
        change = direction(series, flag.side)
        sentence = of_quarters.signal(series, flag, seasonal=process.seasonal)
    else:
        change = Change.ORDINARY
        sentence = of_quarters.ordinary(series, drawn, seasonal=process.seasonal)
    rules = tuple(flag.rule for flag in flags)
    periods = tuple(point.period_id for point in series.run)
    return Finding(process.method, change, sentence, process.reason, rules, drawn, periods)


def _drawn(series: Series, limits: Limits) -> Limits:
    """The limits in the unit of the figure, cut where no value can be."""
    factor = float(series.shows.factor or 1)
    whole = limits.cut(1.0 if series.is_share else float("inf"))
    return whole if factor == 1 else whole.times([factor] * len(limits.values))


def _told(series: Series, flags: list[Flag]) -> Flag:
    """The rule the sentence is about: bad news before good news, then the order of the rules."""
    return next((flag for flag in flags if words.is_bad(series, flag.side)), flags[0])


def _year_against_year(series: Series) -> Finding:
    """Small counts: the last four quarters against the four before, with their own scatter."""
    if len(series.unbroken) < 2 * YEAR:
        told = say.too_few(series, 2 * YEAR, len(series.unbroken))
        return no_verdict(Change.TOO_FEW, told, reasons.TOO_FEW)
    before, recent = series.run[-2 * YEAR : -YEAR], series.run[-YEAR:]
    side = compare(series, before, recent)
    if not side:
        sentence = of_quarters.small_counts(series, before, recent)
        return Finding(Method.INTERVAL, Change.SMALL, sentence, reasons.SMALL)
    sentence = of_quarters.year_differs(series, before, recent, side)
    return Finding(Method.INTERVAL, direction(series, side), sentence, reasons.SMALL)
