"""Rare events: the time, or the number of pupils, between one and the next."""

from __future__ import annotations

from kpi.verdict import reasons, words
from kpi.verdict import sentences as say
from kpi.verdict.findings import direction
from kpi.verdict.limits import MINIMUM, Limits, from_t, g_chart, t_chart
from kpi.verdict.rules import Flag, flags_of_last
from kpi.verdict.series import Series
from kpi.verdict.verdict import Change, Finding, Method

RARE_PER_QUARTER = 8.0
RARE_FOR_RATES = 2.0


def judge_events(series: Series) -> Finding | None:
    """The verdict on the last gap between two events; None when this route does not fit.

    It fits when what lies between the events is known (their dates, or how many pupils), events
    are rare, and there are thirteen gaps within the unbroken run.
    """
    per_quarter = sum(point.numerator for point in series.run) / len(series.run)
    per_quarter *= series.per_year / 4
    if series.is_count and per_quarter < RARE_PER_QUARTER:
        days = series.gaps_in_run(series.days_between)
        if len(days) >= MINIMUM:
            return _finding(series, Method.T_CHART, t_chart(days), reasons.T_CHART)
    if not series.is_count and per_quarter < RARE_FOR_RATES:
        between = series.gaps_in_run(series.opportunities_between)
        if len(between) >= MINIMUM:
            return _finding(series, Method.G_CHART, g_chart(between), reasons.G_CHART)
    return None


def _finding(series: Series, method: Method, limits: Limits, reason: str) -> Finding:
    """A longer gap means fewer cases, so the side of a flag turns round."""
    flags = [Flag(flag.rule, -flag.side, flag.length) for flag in flags_of_last(limits)]
    rules = tuple(flag.rule for flag in flags)
    if not flags:
        longest = from_t(limits.upper[-1]) if method is Method.T_CHART else None
        return Finding(method, Change.ORDINARY, say.ordinary_gaps(series, longest), reason)
    side = next((flag.side for flag in flags if words.is_bad(series, flag.side)), flags[0].side)
    sentence = say.gaps_changed(series, side)
    return Finding(method, direction(series, side), sentence, reason, rules)
