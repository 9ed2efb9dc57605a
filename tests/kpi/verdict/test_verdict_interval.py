"""Two figures held against each other, and margins, against scipy.stats."""

from itertools import product
from math import inf, sqrt

import pytest
from scipy import stats

from kpi.verdict.extra import dispersion, widened
from kpi.verdict.interval import rate_interval, rates_differ, shares_differ, wilson


def exact_ratio(before, after, level):
    """Interval for later / earlier, from the exact interval of the later part of both."""
    if not before + after:
        return 0.0, inf
    part = stats.binomtest(after, before + after).proportion_ci(level, "exact")
    return part.low / (1 - part.low), part.high / (1 - part.high) if part.high < 1 else inf


@pytest.mark.parametrize(("before", "after"), list(product([0, 2, 7, 15], [0, 4, 9, 31])))
def test_a_difference_is_an_interval_that_leaves_out_one(before, after):
    factor = dispersion((before + after) / 2)
    level = 1 - 2 * stats.norm.sf(1.959963984540054 * sqrt(factor))
    low, high = exact_ratio(before, after, level)
    expected = 1 if low > 1 else -1 if high < 1 else 0
    assert rates_differ(before, after) == expected


def test_rates_take_the_number_of_pupils_into_account():
    assert rates_differ(20, 40) == 1
    assert rates_differ(20, 40, (1000.0, 2000.0)) == 0
    assert rates_differ(40, 20) == -1
    assert rates_differ(0, 0) == 0


@pytest.mark.parametrize(("before", "after"), [(30, 45), (50, 20), (0, 7), (60, 60), (12, 25)])
def test_shares_against_fishers_exact_test(before, after):
    sizes = (80, 75)
    table = [[after, sizes[1] - after], [before, sizes[0] - before]]
    lower = stats.fisher_exact(table, "less").pvalue
    higher = stats.fisher_exact(table, "greater").pvalue
    rare = min(before + after, sum(sizes) - before - after) / sum(sizes)
    factor = dispersion(rare * sum(sizes) / 2, 1 - rare)
    chance = widened(min(1.0, 2 * min(lower, higher)), factor)
    expected = 0 if chance >= 0.05 else 1 if higher < lower else -1
    assert shares_differ(before, after, sizes) == expected


def test_shares_of_everyone_or_no_one_do_not_differ():
    assert shares_differ(80, 75, (80, 75)) == 0
    assert shares_differ(0, 0, (80, 75)) == 0


@pytest.mark.parametrize(("count", "size"), [(0, 10), (3, 10), (10, 10), (40, 320)])
def test_wilson_against_scipy(count, size):
    exact = stats.binomtest(count, size).proportion_ci(0.95, "wilson")
    assert wilson(count, size) == pytest.approx((exact.low, exact.high), abs=1e-12)


@pytest.mark.parametrize("count", [0, 1, 9, 60])
def test_interval_of_a_rate_against_scipy(count):
    low, high = rate_interval(count, 50)
    expected = stats.chi2.ppf(0.025, 2 * count) / 100 if count else 0.0
    assert low == pytest.approx(expected)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 100)


def test_from_three_to_five_is_no_signal_and_from_three_to_twenty_is():
    assert rates_differ(3, 5) == 0
    assert rates_differ(3, 20) == 1
