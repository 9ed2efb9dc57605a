"""Two figures held against each other, and the margin of one."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

import numpy as np
from scipy import special

from kpi.verdict.extra import dispersion, widened

LEVEL = 0.05
COVERAGE = 0.95  # how often an interval holds the true share or rate


@lru_cache(maxsize=65536)
def rates_differ(before: int, after: int, exposure: tuple[float, float] = (1.0, 1.0)) -> int:
    """+1 when the later rate is higher than chance and ordinary differences explain, −1 lower.

    Given their sum the later count is binomial. The same as an exact interval of the ratio (Clopper
    and Pearson 1934) that leaves out 1, widened for differences between years.
    """
    total = before + after
    if not total:
        return 0
    part = exposure[1] / (exposure[0] + exposure[1])
    higher = float(special.betainc(after, before + 1, part)) if after else 1.0
    lower = float(special.betaincc(after + 1, before, part)) if before else 1.0
    return _side(lower, higher, dispersion(total / 2))


@lru_cache(maxsize=65536)
def shares_differ(before: int, after: int, sizes: tuple[int, int]) -> int:
    """The same for two shares: Fisher's exact test (twice the smaller tail), widened.

    Given both sizes and the sum, the later count is hypergeometric.
    """
    first, second = sizes
    total = before + after
    low, high = max(0, total - first), min(total, second)
    taken = np.arange(low, high + 1)
    logs = _log_ways(second, taken) + _log_ways(first, total - taken)
    chances = np.exp(logs - logs.max())
    chances /= chances.sum()
    at = after - low
    lower, higher = float(chances[: at + 1].sum()), float(chances[at:].sum())
    rare = min(total, first + second - total) / (first + second)
    return _side(lower, higher, dispersion(rare * (first + second) / 2, 1 - rare))


def wilson(count: float, size: float) -> tuple[float, float]:
    """Interval of a share, as fractions. Source: Wilson 1927."""
    z = float(special.ndtri(1 - (1 - COVERAGE) / 2))
    share = count / size
    scale = 1 + z**2 / size
    middle = (share + z**2 / (2 * size)) / scale
    half = z / scale * sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def rate_interval(count: float, size: float) -> tuple[float, float]:
    """Exact interval of a rate, count / size. Source: Garwood 1936."""
    tail = (1 - COVERAGE) / 2
    low = float(special.gammaincinv(count, tail)) if count else 0.0
    return low / size, float(special.gammaincinv(count + 1, 1 - tail)) / size


def _side(lower: float, higher: float, factor: float) -> int:
    """Which tail is too small for chance, after widening."""
    if widened(min(1.0, 2 * min(lower, higher)), factor) >= LEVEL:
        return 0
    return 1 if higher < lower else -1


def _log_ways(size: int, taken: np.ndarray) -> np.ndarray:
    """Logarithm of the number of ways to take so many from `size`."""
    return (
        special.gammaln(size + 1) - special.gammaln(taken + 1) - special.gammaln(size - taken + 1)
    )
