"""Means of marks or days: is the last one different, and will the next one reach a bound?"""

from __future__ import annotations

from math import sqrt

from scipy import special

from kpi.meaning.choices import JudgedBy, Shows
from kpi.verdict import reasons
from kpi.verdict import sentences as say
from kpi.verdict.findings import direction, no_comparison, no_verdict
from kpi.verdict.interval import LEVEL
from kpi.verdict.series import Point, Series
from kpi.verdict.verdict import Change, Finding, Method

FEWEST_FORMS = 10  # a mean of fewer gets no verdict
LEAST_VARIANCE = 0.05  # ten times the same mark does not mean that nobody could give another
STEP_PER_YEAR = 0.15  # how much a true mean moves in a year, in deviations of single marks


def judge_mean(series: Series) -> Finding:
    """The last mean against the one before: Welch's test at 5 %."""
    last = series.last
    if has_few_forms(series):
        return no_verdict(Change.TOO_FEW, say.few_forms(series), reasons.FEW_FORMS)
    if last.squares is None:
        return no_verdict(Change.NOT_TESTED, say.difference(series), reasons.NO_SPREAD)
    before = series.run[-2] if len(series.run) > 1 else None
    if before is None or before.denominator < FEWEST_FORMS or before.squares is None:
        return no_comparison(series)
    step = _mean(last) - _mean(before)
    margin = margin_of_difference(before, last)
    if abs(step) <= margin:
        sentence = say.same_mean(series, margin)
        return Finding(Method.MEAN, Change.ORDINARY, sentence, reasons.MEAN)
    side = 1 if step > 0 else -1
    sentence = say.other_mean(series, side)
    return Finding(Method.MEAN, direction(series, side), sentence, reasons.MEAN)


def has_few_forms(series: Series) -> bool:
    """Whether the last figure is a mean of so few that nothing may be said about it."""
    is_mean = series.shows is Shows.MEAN and series.judged_by == JudgedBy.ROUTER
    return is_mean and series.last.denominator < FEWEST_FORMS


def margin_of_difference(before: Point, after: Point) -> float:
    """Half the 95 % interval of the difference of two means. Source: Welch 1947."""
    parts = [(variance(point) / point.denominator, point.denominator) for point in (before, after)]
    total = sum(part for part, _ in parts)
    freedom = total**2 / sum(part**2 / (size - 1) for part, size in parts)
    return float(special.stdtrit(freedom, 1 - LEVEL / 2)) * sqrt(total)


def variance(point: Point) -> float:
    """Variance of the single observations behind a mean whose squares are known."""
    assert point.squares is not None
    size = point.denominator
    return max(LEAST_VARIANCE, (point.squares - size * _mean(point) ** 2) / (size - 1))


def odds_of_mean(series: Series, bound: float, ahead: int, *, wants_more: bool) -> float | None:
    """Chance that a later mean, from as many forms as the last, reaches the bound.

    Local level model: the true mean walks with a deviation of 0.15 of that of single marks per
    year, every measured mean adds the chance of its forms. None when the last mean has fewer
    than ten forms or its spread is not known. Source: Harvey 1989, the Kalman filter.
    """
    last = series.last
    if last.denominator < FEWEST_FORMS or last.squares is None:
        return None
    measured = [item for item in series.run if item.denominator > 1 and item.squares is not None]
    freedom = sum(point.denominator - 1 for point in measured)
    spread = sum(variance(point) * (point.denominator - 1) for point in measured) / freedom
    walk = STEP_PER_YEAR**2 * spread / series.per_year
    level, doubt, at = _mean(measured[0]), spread / measured[0].denominator, measured[0].position
    for point in measured[1:]:
        doubt += walk * (point.position - at)
        weight = doubt / (doubt + spread / point.denominator)
        level += weight * (_mean(point) - level)
        doubt, at = doubt * (1 - weight), point.position
    later = doubt + walk * ahead + spread / last.denominator
    z = (level - bound) / sqrt(later)
    return float(special.stdtr(freedom, z if wants_more else -z))


def _mean(point: Point) -> float:
    return point.numerator / point.denominator
