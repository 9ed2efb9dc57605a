"""Process limits: mean and limits of a series of counts or shares.

Constants as published by Making Data Count (NHS England) and the SPC tools for health care of
the Western Australian government: one screening of outlying moving ranges, limits from 13 points
on. Limits are not cut at zero here, so that the rules work with the distance itself; `cut` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from math import sqrt

LIMIT = 2.66  # 3 / 1.128: three standard deviations from the average moving range
SCREEN = 3.267  # a moving range above this many averages is left out, once
PER_RANGE = 1.128  # average moving range of independent values with standard deviation 1
MINIMUM = 13  # points
LEAST_KEPT = 2 / 3  # of the points
PRIOR_POINTS = 3
LEAST_OF_SEASON = 0.85  # few points are of one quarter, so hardly less than chance itself
LEAST_SPREAD = 0.5
# Limits are never narrower than this part of what chance alone gives: in a series that hardly
# moves (a fixed capacity) the moving range is almost zero, and one case more would be a signal.


@dataclass(frozen=True)
class Limits:
    """Mean and limits per point; `values` are on the scale on which the rules apply."""

    values: tuple[float, ...]
    mean: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]

    @property
    def scores(self) -> tuple[float, ...]:
        """How far each point is from its mean, in distances of the limit to the mean."""
        lines = zip(self.values, self.mean, self.upper, strict=True)
        return tuple((value - mean) / (up - mean or 1.0) for value, mean, up in lines)

    def times(self, factors: Sequence[float]) -> Limits:
        """Each point multiplied by its factor: a share as a percentage."""
        return Limits(*(_product(line, factors) for line in self._lines()))

    def cut(self, ceiling: float = float("inf")) -> Limits:
        """The limits as drawn: not below zero, not above the ceiling."""
        return Limits(
            self.values,
            self.mean,
            tuple(max(0.0, low) for low in self.lower),
            tuple(min(ceiling, high) for high in self.upper),
        )

    def _lines(self) -> tuple[tuple[float, ...], ...]:
        return self.values, self.mean, self.lower, self.upper


def average_moving_range(values: Sequence[float], *, screened: bool = True) -> float:
    """Mean absolute difference of neighbours; ranges above 3.267 times the mean leave once."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if not ranges:
        return 0.0
    average = sum(ranges) / len(ranges)
    if not screened:
        return average
    kept = [value for value in ranges if value <= SCREEN * average]
    return sum(kept) / len(kept) if kept else average


def xmr(
    values: Sequence[float],
    kept: Sequence[bool] = (),
    *,
    screened: bool = True,
    counts: bool = False,
) -> Limits:
    """Individuals chart: mean plus and minus 2.66 average moving ranges.

    kept: which values the mean and the ranges come from, all when not given. counts: never
    narrower than half of what chance gives, the square root of the mean.
    """
    used = _kept(values, kept)
    mean = sum(used) / len(used)
    least = LEAST_SPREAD * 3 * sqrt(mean) if counts else 0.0
    half = max(least, LIMIT * average_moving_range(used, screened=screened))
    count = len(values)
    return Limits(tuple(values), (mean,) * count, (mean - half,) * count, (mean + half,) * count)


def laney(
    numerators: Sequence[float],
    denominators: Sequence[float],
    kept: Sequence[bool] = (),
    *,
    share: bool,
    pattern: Sequence[float] = (),
) -> Limits:
    """p′ chart (share) or the same for counts: limits that widen with the real extra variation.

    values are numerator / denominator. With share the chance deviation is sqrt(p(1-p)/n), else
    sqrt(u/n); it is multiplied by the moving-range deviation of the z-scores (`scores`). pattern
    is the expected value of each point, in means; where hardly anything is expected one case is
    the least that chance can give. kept: which points the level and the ranges come from, all when
    not given. Source: Laney 2002, "Improved control charts for attributes", as in the published
    formulas of the SPC tools for health care.
    """
    parts = pattern or [1.0] * len(numerators)
    expected = [size * part for size, part in zip(denominators, parts, strict=True)]
    level = sum(_kept(numerators, kept)) / sum(_kept(expected, kept))
    means = [level * part for part in parts]
    values = [top / size for top, size in zip(numerators, denominators, strict=True)]
    cases = [
        mean * size * (1 - min(mean, 1.0) if share else 1.0)
        for mean, size in zip(means, denominators, strict=True)
    ]
    chance = [sqrt(max(1.0, many)) / size for many, size in zip(cases, denominators, strict=True)]
    informed = [many >= 1.0 for many in cases]
    used = [one and two for one, two in zip(informed, kept or informed, strict=True)]
    standard = [(v - m) / one for v, m, one in zip(values, means, chance, strict=True)]
    seasonal = bool(pattern)
    least = LEAST_OF_SEASON if seasonal else LEAST_SPREAD
    extra = _spread(_kept(standard, used), least, few=seasonal and sum(used) < MINIMUM)
    # a mean of few years is itself a little off
    unsure = sqrt(1 + len(set(pattern)) / len(values))
    half = [3 * one * extra * unsure for one in chance]
    return Limits(
        tuple(values),
        tuple(means),
        tuple(mean - one for mean, one in zip(means, half, strict=True)),
        tuple(mean + one for mean, one in zip(means, half, strict=True)),
    )


def settled(make: Callable[[Sequence[bool]], Limits], count: int, *, apart: bool) -> Limits:
    """Limits without what was strange itself: one odd quarter of before is not ordinary.

    make gives the limits of `count` points from those that are kept; at most a third may be left
    out. apart: the last point has no say in its own limits (few points are of its own quarter).
    """
    others = [True] * (count - 1) + [not apart]
    first = make(others)
    kept = [
        one and low <= value <= high
        for one, value, low, high in zip(
            others, first.values, first.lower, first.upper, strict=True
        )
    ]
    enough = sum(others) > sum(kept) >= LEAST_KEPT * count
    return make(kept) if enough else first


def _spread(scores: Sequence[float], least: float, *, few: bool) -> float:
    """Deviation of z-scores, 1 when only chance is at work, and at least `least`.

    From the moving ranges; of few points from their squares, drawn to 1 as if three more had shown
    just that: ranges of five points can be anything.
    """
    if not few:
        return max(least, average_moving_range(scores) / PER_RANGE)
    squares = sum(score**2 for score in scores)
    return max(least, sqrt((PRIOR_POINTS + squares) / (PRIOR_POINTS + max(1, len(scores) - 1))))


def _kept(values: Sequence[float], kept: Sequence[bool]) -> list[float]:
    return list(compress(values, kept)) if kept else list(values)


def _product(line: Sequence[float], factors: Sequence[float]) -> tuple[float, ...]:
    return tuple(value * factor for value, factor in zip(line, factors, strict=True))
