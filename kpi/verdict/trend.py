"""Exact test on a few years: is there a trend?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

from kpi.verdict.extra import dispersion, widened

EXACT_UP_TO = 400  # cases; above this the normal approximation is as good
RARE = 0.1  # below this, shares are treated as counts with their exposure


@dataclass(frozen=True)
class TrendTest:
    """Two-sided chance of a slope at least this steep when nothing changes; +1, 0 or -1."""

    probability: float
    direction: int


def trend_of_counts(counts: Sequence[int], exposure: Sequence[float] | None = None) -> TrendTest:
    """Exact test for a log-linear trend in counts over equally spaced years.

    Given the total, the counts are multinomial with shares equal to the exposure; the statistic
    is the sum of year numbers of all cases, whose distribution is a convolution. The two-sided
    chance is twice the smaller tail. Source: the conditional score test for Poisson regression.
    """
    total = sum(counts)
    if not total:
        return TrendTest(1.0, 0)
    weights = np.asarray(exposure if exposure is not None else [1.0] * len(counts), float)
    shares = weights / weights.sum()
    statistic = sum(year * count for year, count in enumerate(counts))
    years = np.arange(len(counts))
    expected = total * float(years @ shares)
    if total > EXACT_UP_TO:
        variance = total * float(years**2 @ shares - (years @ shares) ** 2)
        tails = _normal_tails(statistic, expected, variance)
    else:
        distribution = _convolved(shares, total)
        tails = float(distribution[: statistic + 1].sum()), float(distribution[statistic:].sum())
    side = int(statistic > expected) - int(statistic < expected)
    return TrendTest(min(1.0, 2 * min(tails)), side)


def trend_of_shares(counts: Sequence[int], sizes: Sequence[int]) -> TrendTest:
    """Cochran-Armitage test with continuity correction; rare outcomes through the exact test."""
    overall = sum(counts) / sum(sizes)
    if overall < RARE:
        return trend_of_counts(counts, sizes)
    if overall > 1 - RARE:
        test = trend_of_counts(_rest(counts, sizes), sizes)
        return TrendTest(test.probability, -test.direction)
    centre = sum(year * size for year, size in enumerate(sizes)) / sum(sizes)
    slope = sum((year - centre) * count for year, count in enumerate(counts))
    spread = sum((year - centre) ** 2 * size for year, size in enumerate(sizes))
    z = max(0.0, abs(slope) - 0.5) / sqrt(overall * (1 - overall) * spread)
    return TrendTest(float(2 * special.ndtr(-z)), (slope > 0) - (slope < 0))


def with_extra(test: TrendTest, counts: Sequence[int], sizes: Sequence[int] = ()) -> TrendTest:
    """The same test when years also differ a little without any change (see `extra`).

    sizes: group sizes, when the counts are parts of them.
    """
    mean, chance = sum(counts) / len(counts), 1.0
    if sizes:
        mean = min(mean, sum(_rest(counts, sizes)) / len(counts))
        chance = 1 - mean * len(sizes) / sum(sizes)
    return TrendTest(widened(test.probability, dispersion(mean, chance)), test.direction)


def _rest(counts: Sequence[int], sizes: Sequence[int]) -> list[int]:
    return [size - count for count, size in zip(counts, sizes, strict=True)]


def _convolved(shares: np.ndarray, total: int) -> np.ndarray:
    """Distribution of the sum of `total` draws of a year number, by repeated squaring."""
    result, power = np.array([1.0]), shares
    while total:
        if total & 1:
            result = np.convolve(result, power)
        power = np.convolve(power, power) if total > 1 else power
        total >>= 1
    return result


def _normal_tails(at: float, mean: float, variance: float) -> tuple[float, float]:
    spread = sqrt(variance)
    below, above = (at + 0.5 - mean) / spread, (mean - at + 0.5) / spread
    return float(special.ndtr(below)), float(special.ndtr(above))
