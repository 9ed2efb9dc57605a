"""Means of marks: the margin that groups give, and the odds that the next one reaches a bound."""

from dataclasses import replace

import numpy as np
import pytest
from made_series import means, points_of
from scipy import stats

from kpi.meaning.choices import Better, PeriodType, Shows
from kpi.verdict import reasons
from kpi.verdict.goal import Asked, judge_goal
from kpi.verdict.means import LEVEL, groups, margin_of_difference, odds_of_mean
from kpi.verdict.router import judge
from kpi.verdict.series import Series
from kpi.verdict.verdict import Change, Goal, Method

LOW = [6, 7, 7, 8, 6, 7, 8, 7, 6, 7, 7, 8]
HIGH = [8, 9, 8, 9, 8, 8, 9, 9, 10, 8]


def test_forms_that_share_nothing_have_the_margin_of_welch():
    wide = [4, 10, 5, 9, 10, 4, 8, 10, 5, 10]
    interval = stats.ttest_ind(wide, LOW, equal_var=False).confidence_interval(1 - LEVEL)
    margin = margin_of_difference(*means([LOW, wide]).points)
    assert margin == pytest.approx((interval.high - interval.low) / 2)


def test_with_few_beside_many_the_spread_of_both_together_counts_when_it_is_wider():
    """Ten forms that happen to agree say little about how much forms differ."""
    few, many = [8] * 9 + [9], [3, 6, 8, 9, 10] * 20
    interval = stats.ttest_ind(few, many, equal_var=True).confidence_interval(1 - LEVEL)
    margin = margin_of_difference(*means([many, few]).points)
    assert margin == pytest.approx((interval.high - interval.low) / 2)


def test_groups_that_lean_together_widen_the_margin():
    rng = np.random.default_rng(1)
    schools = np.repeat(np.arange(10), 6)
    marks = [
        (7 + rng.normal(0, 1, 10)[schools] + rng.normal(0, 0.5, 60)).round().tolist()
        for _ in range(2)
    ]
    alone = margin_of_difference(*means(marks).points)
    together = margin_of_difference(*means(marks, groups=[schools.tolist()] * 2).points)
    assert together > 1.6 * alone


def test_fewer_than_five_groups_give_no_verdict():
    four = [place % 4 for place in range(12)]
    found = judge(means([LOW, LOW], groups=[four, four]))
    assert (found.method, found.change) == (Method.NONE, Change.NOT_TESTED)
    assert found.reason == reasons.FEW_GROUPS
    six = [place % 6 for place in range(12)]
    assert judge(means([LOW, LOW], groups=[six, six])).method is Method.MEAN


def test_one_large_group_beside_small_ones_counts_as_few():
    """Sixty forms of one school and five of others come down to hardly more than one group."""
    point = means([[7] * 65], groups=[[0] * 60 + [1, 2, 3, 4, 5]]).points[0]
    assert groups(point) == pytest.approx(65**2 / (60**2 + 5))


def test_better_worse_and_the_same():
    assert judge(means([LOW, HIGH])).change is Change.BETTER
    assert judge(means([HIGH, LOW])).change is Change.WORSE
    assert judge(means([HIGH, LOW], better=Better.NEUTRAL)).change is Change.DOWN
    same = judge(means([LOW, [*LOW[1:], 8]]))
    assert (same.method, same.change) == (Method.MEAN, Change.ORDINARY)


def test_fewer_than_ten_forms_get_no_verdict():
    nine = judge(means([LOW, HIGH[:9]]))
    assert (nine.method, nine.change) == (Method.NONE, Change.TOO_FEW)
    before = judge(means([LOW[:9], HIGH]))
    assert (before.method, before.change) == (Method.NONE, Change.TOO_FEW)
    assert judge(means([LOW[:10], HIGH])).method is Method.MEAN


def test_a_mean_of_unknown_spread_is_not_tested():
    found = judge(means([LOW, HIGH], known=False))
    assert (found.method, found.change) == (Method.NONE, Change.NOT_TESTED)
    half = means([LOW, HIGH])
    points = (replace(half.points[0], group_squares=None), half.points[1])
    assert judge(replace(half, points=points)).change is Change.TOO_FEW


def test_all_the_same_mark_still_has_a_margin():
    assert judge(means([[8] * 10, [8] * 9 + [9]])).change is Change.ORDINARY
    assert judge(means([[8] * 10, [9] * 10])).change is Change.BETTER


def test_odds_of_a_mean_against_the_formula_for_one_year():
    series = means([LOW])
    n, mean, variance = len(LOW), np.mean(LOW), np.var(LOW, ddof=1)
    spread = np.sqrt(2 * variance / n + 0.15**2 * variance)
    expected = stats.t(n - 1).sf((7.5 - mean) / spread)
    assert odds_of_mean(series, 7.5, 1, wants_more=True) == pytest.approx(expected)
    assert odds_of_mean(series, 7.5, 1, wants_more=False) == pytest.approx(1 - expected)


def test_no_odds_without_spread_or_forms():
    assert odds_of_mean(means([LOW], known=False), 8, 1, wants_more=True) is None
    assert odds_of_mean(means([LOW[:9]]), 8, 1, wants_more=True) is None
    found = judge_goal(means([LOW], known=False), Asked(8.0, 8.0, 1, "2025-2026", True))
    assert (found.goal, found.odds) == (Goal.UNKNOWN, None)


def test_days_have_no_spread_and_get_no_verdict():
    points = points_of([900, 700], [30, 28], Shows.MEAN, PeriodType.SCHOOLJAAR)
    series = Series(Shows.MEAN, "dagen", Better.LOWER, PeriodType.SCHOOLJAAR, points)
    found = judge(series)
    assert found.change is Change.NOT_TESTED
    assert found.sentence == "Nu 25 dagen: −5 dagen ten opzichte van 2000-2001."
