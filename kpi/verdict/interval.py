"""Two figures held against each other, and the margin of one."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

import numpy as np
from scipy import special

from kpi.verdict.extra import dispersion, widened
from kpi.verdict.scatter import Scatter

LEVEL = 0.05
COVERAGE = 0.95  # how often an interval holds the true share or rate


def rates_differ(
    before: int,
    after: int,
    exposure: tuple[float, float] = (1.0, 1.0),
    scatter: Scatter | None = None,
    level: float = LEVEL,
) -> int:
    """+1 when the later rate is higher than chance and ordinary differences explain, −1 lower.

    Given their sum the later count is binomial. The same as an exact interval of the ratio (Clopper
    and Pearson 1934) that leaves out 1, widened for differences between years. scatter: how much
    the series itself varies; then the middle of the chance is taken (mid-p, Lancaster 1961), and
    it is widened by what the series shows. level: below what chance it is no longer luck.
    """
    if not before + after:
        return 0
    tails, assumed = _rate_tails(before, after, exposure), dispersion((before + after) / 2)
    return 0 if _chance(tails, assumed, scatter) >= level else _side(tails)


def shares_differ(
    before: int,
    after: int,
    sizes: tuple[int, int],
    scatter: Scatter | None = None,
    level: float = LEVEL,
) -> int:
    """The same for two shares: Fisher's exact test (twice the smaller tail), widened.

    Given both sizes and the sum, the later count is hypergeometric.
    """
    size = sum(sizes)
    rare = min(before + after, size - before - after) / size
    assumed = dispersion(rare * size / 2, 1 - rare)
    tails = _share_tails(before, after, sizes)
    return 0 if _chance(tails, assumed, scatter) >= level else _side(tails)


@lru_cache(maxsize=65536)
def _rate_tails(before: int, after: int, exposure: tuple[float, float]) -> tuple[float, float]:
    """Chance of a later count this low or lower, and this high or higher."""
    part = exposure[1] / (exposure[0] + exposure[1])
    higher = float(special.betainc(after, before + 1, part)) if after else 1.0
    lower = float(special.betaincc(after + 1, before, part)) if before else 1.0
    return lower, higher


@lru_cache(maxsize=65536)
def _share_tails(before: int, after: int, sizes: tuple[int, int]) -> tuple[float, float]:
    first, second = sizes
    total = before + after
    low, high = max(0, total - first), min(total, second)
    taken = np.arange(low, high + 1)
    logs = _log_ways(second, taken) + _log_ways(first, total - taken)
    chances = np.exp(logs - logs.max())
    chances /= chances.sum()
    at = after - low
    return float(chances[: at + 1].sum()), float(chances[at:].sum())


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


def _chance(tails: tuple[float, float], assumed: float, scatter: Scatter | None) -> float:
    """Two-sided chance of what is at least as far off, after widening."""
    lower, higher = tails
    tail = min(tails)
    if scatter is None:
        return widened(min(1.0, 2 * tail), assumed)
    middle = min(1.0, 2 * tail - max(0.0, lower + higher - 1))
    far = float(special.ndtri(middle / 2)) / sqrt(scatter.factor + assumed - 1)
    return float(2 * special.stdtr(scatter.freedom, far))


def _side(tails: tuple[float, float]) -> int:
    """Which of the two ends the later figure is at."""
    lower, higher = tails
    return 1 if higher < lower else -1


def _log_ways(size: int, taken: np.ndarray) -> np.ndarray:
    """Logarithm of the number of ways to take so many from `size`."""
    return (
        special.gammaln(size + 1) - special.gammaln(taken + 1) - special.gammaln(size - taken + 1)
    )
