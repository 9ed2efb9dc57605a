"""Exact tests for short series: is there a trend, and does the last figure differ?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

EXACT_UP_TO = 3000  # cases; above this the normal approximation is as good
RARE = 0.1  # below this share counts are treated as Poisson with their exposure


@dataclass(frozen=True)
class TrendTest:
    """Two-sided chance of a slope at least this steep when nothing changes; +1, 0 or -1."""

    probability: float
    direction: int


def trend_of_counts(counts: Sequence[int], exposure: Sequence[float] | None = None) -> TrendTest:
    """Exact test for a log-linear trend in counts over equally spaced years.

    Given the total, the counts are multinomial with shares equal to the exposure; the statistic
    is the sum of year numbers of all cases, whose distribution is a convolution.
    """
    weights = np.asarray(exposure if exposure is not None else [1.0] * len(counts), float)
    shares = weights / weights.sum()
    total = int(sum(counts))
    statistic = int(sum(year * count for year, count in enumerate(counts)))
    if not total:
        return TrendTest(1.0, 0)
    years = np.arange(len(counts))
    expected = total * float(years @ shares)
    if total > EXACT_UP_TO:
        variance = total * float(years**2 @ shares - (years @ shares) ** 2)
        lower, upper = _normal_tails(statistic, expected, variance)
    else:
        lower, upper = _tails(_convolved(shares, total), statistic)
    direction = int(np.sign(statistic - expected))
    return TrendTest(min(1.0, 2 * min(lower, upper)), direction)


def trend_of_shares(counts: Sequence[int], sizes: Sequence[int]) -> TrendTest:
    """Cochran-Armitage: trend in proportions; rare outcomes through the exact count test."""
    overall = sum(counts) / sum(sizes)
    if overall < RARE:
        return trend_of_counts(counts, sizes)
    if overall > 1 - RARE:
        missed = [size - count for count, size in zip(counts, sizes, strict=True)]
        test = trend_of_counts(missed, sizes)
        return TrendTest(test.probability, -test.direction)
    years = np.arange(len(counts))
    size = np.asarray(sizes, float)
    centre = float(years @ size / size.sum())
    slope = float((years - centre) @ np.asarray(counts, float))
    variance = overall * (1 - overall) * float((years - centre) ** 2 @ size)
    if not variance:
        return TrendTest(1.0, 0)
    z = max(0.0, abs(slope) - 0.5) / sqrt(variance)
    return TrendTest(float(2 * special.ndtr(-z)), int(np.sign(slope)))


def ratio_interval(
    before: int, after: int, exposure: tuple[float, float] = (1.0, 1.0), level: float = 0.95
) -> tuple[float, float]:
    """Exact interval for rate after / rate before, conditional on their sum (Clopper-Pearson)."""
    total = before + after
    if not total:
        return 0.0, float("inf")
    tail = (1 - level) / 2
    low = float(special.betaincinv(after, before + 1, tail)) if after else 0.0
    high = float(special.betaincinv(after + 1, before, 1 - tail)) if before else 1.0
    scale = exposure[0] / exposure[1]
    return low / (1 - low) * scale, high / (1 - high) * scale if high < 1 else float("inf")


def wilson(count: int, size: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson interval of a share, as fractions."""
    z = float(special.ndtri(1 - (1 - level) / 2))
    share = count / size
    scale = 1 + z**2 / size
    middle = (share + z**2 / (2 * size)) / scale
    half = z / scale * sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _convolved(shares: np.ndarray, total: int) -> np.ndarray:
    """Distribution of the sum of `total` draws of a year number, by repeated squaring."""
    result, power = np.array([1.0]), shares
    while total:
        if total & 1:
            result = np.convolve(result, power)
        power = np.convolve(power, power) if total > 1 else power
        total >>= 1
    return result


def _tails(distribution: np.ndarray, at: int) -> tuple[float, float]:
    return float(distribution[: at + 1].sum()), float(distribution[at:].sum())


def _normal_tails(at: float, mean: float, variance: float) -> tuple[float, float]:
    spread = sqrt(variance)
    return (
        float(special.ndtr((at + 0.5 - mean) / spread)),
        float(special.ndtr((mean - at + 0.5) / spread)),
    )
