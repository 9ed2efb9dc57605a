"""Choose the method from the shape of the series, and say why in one sentence.

The order of the gates is the order of honesty: first whether there is a figure at all, then
whether it may be tested, then which test fits. Every route ends in one `Finding`.
"""

from __future__ import annotations

from statistics import fmean

from kpi.choices import Better, Shows
from kpi.verdict import sentences as say
from kpi.verdict.limits import MINIMUM, Limits, laney, rules_of_last, t_chart, xmr
from kpi.verdict.season import dependence, without_season
from kpi.verdict.series import Series
from kpi.verdict.trend import ratio_interval, trend_of_counts, trend_of_shares, wilson
from kpi.verdict.verdict import Change, Finding, Method

MEAN_FOR_XMR = 8.0  # below this, control limits on counts give false alarms
FEWEST_FORMS = 10  # a mean of fewer forms gets no verdict
YEARS_FOR_TREND = 5
TREND_LEVEL = 0.05
MOST_DEPENDENCE = 0.4  # lag-1 correlation above which points are not independent


def judge(series: Series) -> Finding:
    """The answer to "is something really changing?" for the last point of the series."""
    for gate in (_no_figure, _declared, _standing):
        finding = gate(series)
        if finding:
            return finding
    if series.shows is Shows.MEAN:
        return _mean(series)
    if series.per_year == 1:
        return _yearly(series)
    return _quarterly(series)


def _no_figure(series: Series) -> Finding | None:
    if series.run:
        return None
    return Finding(Method.NONE, Change.TOO_FEW, say.not_usable(series), say.WHY_NOT_USABLE)


def _declared(series: Series) -> Finding | None:
    if series.judged_by == "threshold":
        return Finding(
            Method.THRESHOLD, Change.NOT_TESTED, say.difference(series), say.WHY_THRESHOLD
        )
    if series.judged_by == "none":
        return Finding(Method.NONE, Change.NOT_TESTED, say.difference(series), say.WHY_NONE)
    if series.judged_by == "paired":
        return Finding(Method.PAIRED, Change.NOT_TESTED, say.difference(series), say.WHY_PAIRED)
    return None


def _standing(series: Series) -> Finding | None:
    """A stock holds the same pupils again, so no test that needs independent points."""
    if not series.standing:
        return None
    return Finding(Method.NONE, Change.NOT_TESTED, say.difference(series), say.WHY_STANDING)


def _mean(series: Series) -> Finding:
    last = series.last
    if last.denominator < FEWEST_FORMS:
        return Finding(
            Method.NONE, Change.TOO_FEW, say.few_forms(series), say.WHY_FEW_FORMS
        )
    before = series.run[-2] if len(series.run) > 1 else None
    if before is None or before.denominator < FEWEST_FORMS:
        return Finding(Method.NONE, Change.TOO_FEW, say.no_comparison(series), say.WHY_NO_COMPARISON)
    margin = 1.96 * (_variance(last) / last.denominator + _variance(before) / before.denominator) ** 0.5
    step = (last.value or 0.0) - (before.value or 0.0)
    if abs(step) <= margin:
        return Finding(Method.MEAN, Change.ORDINARY, say.same_mean(series, margin), say.WHY_MEAN)
    return Finding(Method.MEAN, _direction(series, step), say.other_mean(series, step), say.WHY_MEAN)


def _variance(point) -> float:  # noqa: ANN001
    """Spread of the single marks; 1.44 (standard deviation 1.2) when it is not known."""
    if point.squares is None or point.denominator < 2:
        return 1.44
    mean = point.numerator / point.denominator
    return max(
        0.05, (point.squares - point.denominator * mean**2) / (point.denominator - 1)
    )


def _yearly(series: Series) -> Finding:
    years = len(series.run)
    if years < 2:
        return Finding(Method.NONE, Change.TOO_FEW, say.no_comparison(series), say.WHY_NO_COMPARISON)
    if years < YEARS_FOR_TREND:
        return _two_years(series)
    last = series.run[-YEARS_FOR_TREND:]
    counts = [round(point.numerator) for point in last]
    if series.is_count:
        test = trend_of_counts(counts)
    elif series.shows is Shows.SHARE:
        test = trend_of_shares(counts, [round(point.denominator) for point in last])
    else:
        test = trend_of_counts(counts, [point.denominator for point in last])
    if test.probability >= TREND_LEVEL:
        return Finding(Method.TREND, Change.ORDINARY, say.no_trend(series), say.WHY_TREND)
    return Finding(
        Method.TREND, _direction(series, test.direction),
        say.trend(series, test.direction), say.WHY_TREND,
    )  # fmt: skip


def _two_years(series: Series) -> Finding:
    """Two to four years: an exact interval for the last step, never an arrow on a line."""
    before, after = series.run[-2:]
    exposure = (1.0, 1.0) if series.is_count else (before.denominator, after.denominator)
    if min(exposure) <= 0:
        return Finding(Method.NONE, Change.TOO_FEW, say.no_comparison(series), say.WHY_NO_COMPARISON)
    low, high = _step(series, exposure)
    reason = say.WHY_INTERVAL_YEARS
    if low <= 1 <= high:
        small = min(before.numerator, after.numerator) < say.SMALLEST_FOR_PERCENT
        change = Change.SMALL if small else Change.ORDINARY
        return Finding(Method.INTERVAL, change, say.no_difference(series), reason)
    side = 1 if low > 1 else -1
    return Finding(Method.INTERVAL, _direction(series, side), say.differs(series, side), reason)


def _step(series: Series, exposure: tuple[float, float]) -> tuple[float, float]:
    before, after = series.run[-2:]
    first, second = round(before.numerator), round(after.numerator)
    if series.shows is not Shows.SHARE or second < 0.1 * exposure[1]:
        return ratio_interval(first, second, exposure)
    old = wilson(first, round(exposure[0]))
    new = wilson(second, round(exposure[1]))
    return (1.1, 1.2) if new[0] > old[1] else (0.8, 0.9) if new[1] < old[0] else (0.9, 1.1)


def _quarterly(series: Series) -> Finding:
    run = series.run
    if series.days_between and series.is_count and _mean_count(series) < MEAN_FOR_XMR:
        return _rare(series)
    if len(run) < MINIMUM:
        return Finding(Method.NONE, Change.TOO_FEW, say.too_few(series, MINIMUM), say.WHY_TOO_FEW)
    if series.is_count:
        return _counts(series)
    if min(point.denominator for point in run) <= 0 or _mean_count(series) < MEAN_FOR_XMR:
        return _last_year(series)
    tops = [point.numerator for point in run]
    sizes = [point.denominator for point in run]
    share = series.shows is Shows.SHARE
    method = Method.P_PRIME if share else Method.U_PRIME
    return _by_limits(series, method, laney(tops, sizes, share=share), say.WHY_LANEY)


def _counts(series: Series) -> Finding:
    values = [point.numerator for point in series.run]
    if fmean(values) < MEAN_FOR_XMR:
        return _last_year(series)
    flat = without_season(values, series.per_year)
    if dependence(flat) > MOST_DEPENDENCE:
        return Finding(
            Method.NONE, Change.NOT_TESTED, say.difference(series), say.WHY_DEPENDENT
        )
    reason = say.WHY_XMR if flat == values else say.WHY_XMR_SEASON
    return _by_limits(series, Method.XMR, xmr(flat), reason)


def _by_limits(series: Series, method: Method, limits: Limits, reason: str) -> Finding:
    rules = tuple(rules_of_last(limits))
    if not rules:
        return Finding(method, Change.ORDINARY, say.ordinary(series, limits), reason, rules, limits)
    side = 1 if limits.values[-1] > limits.mean[-1] else -1
    return Finding(
        method, _direction(series, side), say.signal(series, rules[0], side), reason, rules, limits
    )


def _rare(series: Series) -> Finding:
    """Events with dates: days between them; a long gap is good news when lower is better."""
    if len(series.days_between) < MINIMUM:
        return Finding(Method.NONE, Change.SMALL, say.few_events(series), say.WHY_FEW_EVENTS)
    limits = t_chart(series.days_between)
    rules = tuple(rules_of_last(limits))
    if not rules:
        return Finding(
            Method.T_CHART, Change.ORDINARY, say.ordinary_gaps(series), say.WHY_T, rules, limits
        )
    side = -1 if limits.values[-1] > limits.mean[-1] else 1
    return Finding(
        Method.T_CHART, _direction(series, side), say.gaps_changed(series, side), say.WHY_T,
        rules, limits,
    )  # fmt: skip


def _last_year(series: Series) -> Finding:
    """Small counts per quarter: the last four quarters against the four before, exactly."""
    recent, before = series.run[-4:], series.run[-8:-4]
    if len(before) < 4:
        return Finding(Method.NONE, Change.TOO_FEW, say.too_few(series, 8), say.WHY_TOO_FEW)
    now, then = (round(sum(point.numerator for point in part)) for part in (recent, before))
    sizes = [sum(point.denominator for point in part) for part in (before, recent)]
    exposure = (1.0, 1.0) if series.is_count else (sizes[0], sizes[1])
    if min(exposure) <= 0:
        return Finding(Method.NONE, Change.TOO_FEW, say.no_comparison(series), say.WHY_NO_COMPARISON)
    low, high = ratio_interval(then, now, exposure)
    if low <= 1 <= high:
        return Finding(
            Method.INTERVAL, Change.SMALL, say.small_counts(series, then, now), say.WHY_SMALL
        )
    side = 1 if low > 1 else -1
    return Finding(
        Method.INTERVAL, _direction(series, side), say.year_differs(series, then, now, side),
        say.WHY_SMALL,
    )  # fmt: skip


def _mean_count(series: Series) -> float:
    return fmean(point.numerator for point in series.run)


def _direction(series: Series, side: float) -> Change:
    if series.better in (Better.NEUTRAL, Better.BAND):
        return Change.UP if side > 0 else Change.DOWN
    good = (side < 0) == (series.better is Better.LOWER)
    return Change.BETTER if good else Change.WORSE


