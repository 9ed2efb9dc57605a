"""The trend test against brute force, and against the normal approximation."""

from itertools import product
from math import factorial, prod, sqrt

import numpy as np
import pytest
from scipy import stats

from kpi.verdict import trend
from kpi.verdict.extra import dispersion, widened
from kpi.verdict.trend import TrendTest, trend_of_counts, trend_of_shares, with_extra


def by_enumeration(counts, weights):
    """Both tails from every way in which the same total can fall over the years."""
    total, shares = sum(counts), [weight / sum(weights) for weight in weights]
    at = sum(year * count for year, count in enumerate(counts))
    below = above = 0.0
    for way in product(range(total + 1), repeat=len(counts)):
        if sum(way) != total:
            continue
        chance = factorial(total) * prod(
            share**count / factorial(count) for share, count in zip(shares, way, strict=True)
        )
        statistic = sum(year * count for year, count in enumerate(way))
        below += chance * (statistic <= at)
        above += chance * (statistic >= at)
    return min(1.0, 2 * min(below, above))


@pytest.mark.parametrize(
    "counts",
    [
        (0, 0, 0, 0, 1),
        (3, 1, 1, 0, 0),
        (0, 1, 2, 1, 3),
        (2, 2, 2, 2, 2),
        (5, 0, 0, 0, 2),
        (1, 4, 0, 3),
    ],
)
@pytest.mark.parametrize("weights", [(1, 1, 1, 1, 1), (10, 12, 9, 15, 20)])
def test_exact_for_small_totals(counts, weights):
    weights = weights[: len(counts)]
    test = trend_of_counts(counts, weights)
    assert test.probability == pytest.approx(by_enumeration(counts, weights), rel=1e-9)


def test_the_direction_of_a_trend():
    assert trend_of_counts([9, 7, 5, 3, 1]).direction == -1
    assert trend_of_counts([1, 3, 5, 7, 9]).direction == 1
    assert trend_of_counts([4, 4, 4, 4, 4]) == TrendTest(1.0, 0)


def test_rising_with_the_number_of_pupils_is_no_trend():
    assert trend_of_counts([10, 20, 30, 40, 50], [100, 200, 300, 400, 500]).probability == 1.0


def test_nothing_counted_is_no_trend():
    assert trend_of_counts([0, 0, 0, 0, 0]) == TrendTest(1.0, 0)


@pytest.mark.parametrize(
    "counts", [(95, 85, 80, 75, 60), (80, 85, 78, 82, 74), (60, 90, 70, 95, 84)]
)
def test_the_approximation_joins_the_exact_test(counts, monkeypatch):
    exact = trend_of_counts(counts)
    monkeypatch.setattr(trend, "EXACT_UP_TO", 0)
    assert sum(counts) <= 400
    assert trend_of_counts(counts).probability == pytest.approx(exact.probability, abs=0.002)


def test_cochran_armitage_against_the_textbook_formula():
    counts, sizes = [30, 28, 20, 25, 15], [100, 110, 90, 105, 95]
    year, count, size = np.arange(5), np.array(counts), np.array(sizes)
    part = count.sum() / size.sum()
    slope = (year * (count - size * part)).sum()
    spread = part * (1 - part) * ((size * year**2).sum() - (size * year).sum() ** 2 / size.sum())
    z = (abs(slope) - 0.5) / sqrt(spread)
    test = trend_of_shares(counts, sizes)
    assert test.probability == pytest.approx(2 * stats.norm.sf(z))
    assert test.direction == -1


def test_rare_and_nearly_complete_shares_are_each_others_mirror():
    sizes = [200, 210, 190, 205, 195]
    rare = [2, 4, 5, 8, 11]
    complete = [size - count for count, size in zip(rare, sizes, strict=True)]
    test, mirror = trend_of_shares(rare, sizes), trend_of_shares(complete, sizes)
    assert test.probability == pytest.approx(mirror.probability)
    assert (test.direction, mirror.direction) == (1, -1)
    assert test == trend_of_counts(rare, sizes)


def test_everyone_and_no_one():
    assert trend_of_shares([0] * 5, [10] * 5).probability == 1.0
    assert trend_of_shares([10] * 5, [10] * 5).probability == 1.0


def test_ordinary_differences_hardly_matter_for_small_counts_and_much_for_large_ones():
    assert dispersion(20) == pytest.approx(1.05)
    assert dispersion(400) == pytest.approx(2.0)
    assert dispersion(20, 0.5) == pytest.approx(1.10)
    assert widened(0.05, 1.0) == 0.05
    assert widened(0.05, 2.0) == pytest.approx(2 * stats.norm.sf(1.959964 / sqrt(2)), abs=1e-6)
    test = TrendTest(0.01, 1)
    assert with_extra(test, [20] * 5).probability < 0.02
    assert with_extra(test, [4000] * 5).probability > 0.3


def test_ordinary_differences_of_a_share_are_those_of_its_rarer_side():
    test = TrendTest(0.01, 1)
    few = with_extra(test, [20] * 5, [400] * 5)
    many = with_extra(test, [380] * 5, [400] * 5)
    assert few == many
    assert few.probability == pytest.approx(widened(0.01, 1 + 0.0025 * 20 / 0.95))
