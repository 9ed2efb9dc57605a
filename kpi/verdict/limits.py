"""Process limits: mean and limits of a series, for counts, rates, shares and rare events.

Constants as published by Making Data Count (NHS England) and the SPC tools for health care of
the Western Australian government: one screening of outlying moving ranges, limits from 13 points
on. Limits are not cut at zero here, so that the rules work with the distance itself; `cut` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

LIMIT = 2.66  # 3 / 1.128: three standard deviations from the average moving range
SCREEN = 3.267  # a moving range above this many averages is left out, once
PER_RANGE = 1.128  # average moving range of independent values with standard deviation 1
MINIMUM = 13  # points
T_POWER = 3.6  # Nelson 1994: days between rare events ^ (1/3.6) is nearly normal
WEIBULL = 0.309  # deviation of such a power by chance alone, in means
MEDIAN = 0.693  # median of an exponential distribution, in means
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

    def times(self, factors: Sequence[float]) -> Limits:
        """Each point multiplied by its factor: a season put back, or a share as a percentage."""
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


def xmr(values: Sequence[float], *, screened: bool = True, least: float = 0.0) -> Limits:
    """Individuals chart: mean plus and minus 2.66 average moving ranges, at least `least`."""
    mean = sum(values) / len(values)
    half = max(least, LIMIT * average_moving_range(values, screened=screened))
    return _level(values, mean, mean - half, mean + half)


def xmr_of_counts(counts: Sequence[float]) -> Limits:
    """The same for counts, whose chance deviation is the square root of their mean."""
    return xmr(counts, least=LEAST_SPREAD * 3 * sqrt(sum(counts) / len(counts)))


def laney(
    numerators: Sequence[float],
    denominators: Sequence[float],
    *,
    share: bool,
    pattern: Sequence[float] = (),
) -> Limits:
    """p′ chart (share) or u′ chart (rate): limits that widen with the real extra variation.

    values are numerator / denominator. With share the chance deviation is sqrt(p(1-p)/n), else
    sqrt(u/n); it is multiplied by the moving-range deviation of the z-scores. pattern is the
    expected value of each point, in means. Source: Laney 2002, "Improved control charts for
    attributes", as in the published formulas of the SPC tools for health care.
    """
    level = sum(numerators) / sum(denominators)
    means = [level * part for part in pattern] if pattern else [level] * len(numerators)
    values = [top / size for top, size in zip(numerators, denominators, strict=True)]
    chance = [
        sqrt(max(0.0, mean * (1 - mean) if share else mean) / size)
        for mean, size in zip(means, denominators, strict=True)
    ]
    scores = [
        (value - mean) / one if one else 0.0
        for value, mean, one in zip(values, means, chance, strict=True)
    ]
    extra = max(LEAST_SPREAD, average_moving_range(scores) / PER_RANGE)
    return Limits(
        tuple(values),
        tuple(means),
        tuple(mean - 3 * one * extra for mean, one in zip(means, chance, strict=True)),
        tuple(mean + 3 * one * extra for mean, one in zip(means, chance, strict=True)),
    )


def t_chart(days: Sequence[float]) -> Limits:
    """Days between rare events, as XmR of the power 1/3.6 (`from_t` goes back to days).

    Two events on one day count as half a day apart: zero has no place on this scale.
    """
    powers = [max(0.5, value) ** (1 / T_POWER) for value in days]
    return xmr(powers, least=LEAST_SPREAD * 3 * WEIBULL * sum(powers) / len(powers))


def from_t(value: float) -> float:
    """From the scale of the t chart back to days; below zero is zero."""
    return max(0.0, value) ** T_POWER


def g_chart(between: Sequence[float]) -> Limits:
    """Opportunities between rare events: sigma is sqrt(g(g+1)), centre the median 0.693 g.

    There is no lower limit: the shortest gap possible is ordinary. Source: Benneyan 2001, as in
    the published formulas of the SPC tools for health care.
    """
    mean = sum(between) / len(between)
    upper = mean + 3 * sqrt(mean * (mean + 1))
    return _level(between, MEDIAN * mean, float("-inf"), upper)


def _level(values: Sequence[float], mean: float, lower: float, upper: float) -> Limits:
    count = len(values)
    return Limits(tuple(values), (mean,) * count, (lower,) * count, (upper,) * count)


def _product(line: Sequence[float], factors: Sequence[float]) -> tuple[float, ...]:
    return tuple(value * factor for value, factor in zip(line, factors, strict=True))
