"""Means of marks or days: is the last one different, and will the next one reach a bound?

Forms of one school lean together, so the margin comes from the groups and not from the forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from scipy import special

from kpi.meaning.choices import JudgedBy, Shows
from kpi.verdict import reasons
from kpi.verdict import sentences as say
from kpi.verdict.findings import direction, no_comparison, no_verdict
from kpi.verdict.series import Point, Series
from kpi.verdict.verdict import Change, Finding, Method

FEWEST_FORMS = 10  # a mean of fewer gets no verdict
FEWEST_GROUPS = 5  # groups of equal size; fewer cannot show how much groups differ
LEVEL = 0.045  # marks are whole numbers: at 0.05 a little more than 5 % would be a signal
LEAST_VARIANCE = 0.05  # ten times the same mark does not mean that nobody could give another
STEP_PER_YEAR = 0.15  # how much a true mean moves in a year, in deviations of single marks


def judge_mean(series: Series) -> Finding:
    """The last mean against the one before, with the margin that their groups give."""
    last = series.last
    if has_few_forms(series):
        return no_verdict(Change.TOO_FEW, say.few_forms(series), reasons.FEW_FORMS)
    if last.group_squares is None:
        return no_verdict(Change.NOT_TESTED, say.difference(series), reasons.NO_SPREAD)
    before = series.run[-2] if len(series.run) > 1 else None
    if before is None or before.denominator < FEWEST_FORMS or before.group_squares is None:
        return no_comparison(series)
    if min(groups(before), groups(last)) < FEWEST_GROUPS:
        return no_verdict(Change.NOT_TESTED, say.difference(series), reasons.FEW_GROUPS)
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


def groups(point: Point) -> float:
    """To how many groups of equal size the groups behind a mean come down.

    Source: Kish 1965, the effective number.
    """
    return point.denominator**2 / point.group_sizes if point.group_sizes else 0.0


def error(point: Point) -> float:
    """Variance of a mean of forms that lean together in groups, as the groups themselves show it.

    Source: Liang and Zeger 1986, the sandwich, with g / (g - 1) for few groups.
    """
    assert point.group_squares is not None
    many = groups(point)
    found = point.group_squares / point.denominator**2 * many / (many - 1)
    return max(LEAST_VARIANCE / point.denominator, found)


def margin_of_difference(before: Point, after: Point) -> float:
    """Half the 95 % interval of the difference of two means.

    The larger of two: with each its own spread (Welch 1947), and with one spread for both. With
    few forms beside many, a few low marks that happen to be missing make the first too narrow.
    """
    sizes = [groups(before), groups(after)]
    errors = [error(before), error(after)]
    rest = [size - 1 for size in sizes]
    freedom = sum(errors) ** 2 / sum(e**2 / r for e, r in zip(errors, rest, strict=True))
    own = float(special.stdtrit(freedom, 1 - LEVEL / 2)) * sqrt(sum(errors))
    spread = sum(e * n * r for e, n, r in zip(errors, sizes, rest, strict=True)) / sum(rest)
    one = sqrt(spread * sum(1 / size for size in sizes))
    return max(own, float(special.stdtrit(sum(rest), 1 - LEVEL / 2)) * one)


def odds_of_mean(series: Series, bound: float, ahead: int, *, wants_more: bool) -> float | None:
    """Chance that a later mean, from as many forms as the last, reaches the bound.

    Local level model: the true mean walks with a deviation of 0.15 of that of single marks per
    year, every measured mean adds the chance of its forms. None when the last mean has fewer
    than ten forms or what they share is not known. Source: Harvey 1989, the Kalman filter.
    """
    last = series.last
    if last.denominator < FEWEST_FORMS or last.group_squares is None:
        return None
    measured = [item for item in series.run if item.group_squares is not None and groups(item) > 1]
    if not measured or measured[-1] is not last:
        return None
    freedom = sum(groups(point) - 1 for point in measured)
    spread = (
        sum(error(point) * point.denominator * (groups(point) - 1) for point in measured) / freedom
    )
    walk = STEP_PER_YEAR**2 * _variance(measured) / series.per_year
    level, doubt, at = _mean(measured[0]), spread / measured[0].denominator, measured[0].position
    for point in measured[1:]:
        doubt += walk * (point.position - at)
        weight = doubt / (doubt + spread / point.denominator)
        level += weight * (_mean(point) - level)
        doubt, at = doubt * (1 - weight), point.position
    later = doubt + walk * ahead + spread / last.denominator
    z = (level - bound) / sqrt(later)
    return float(special.stdtr(freedom, z if wants_more else -z))


def _variance(points: Sequence[Point]) -> float:
    """Variance of single observations, over all means together."""
    squares = sum((one.squares or 0.0) - one.denominator * _mean(one) ** 2 for one in points)
    return max(LEAST_VARIANCE, squares / sum(one.denominator - 1 for one in points))


def _mean(point: Point) -> float:
    return point.numerator / point.denominator
