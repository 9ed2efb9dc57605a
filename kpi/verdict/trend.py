"""Is there a trend in a few years that does not hang on one strange year?

Two courses are looked at: a straight line, and the last two years against the years before. A
course counts when it is there with every single year left out in turn. Without an early year
1.5 standard errors are asked, so that a strange first year (corona) is not told as a trend. Without
one of the last two 1.1 is asked: less is left to see it by.

Years differ more than chance alone gives. With five years that cannot be learned from the series
itself, so it is taken to be ten percent of the figure; of a share never more than a third of what
is missing from a hundred percent. Leaving out comes from the jackknife (Quenouille 1956); both
thresholds were set by the simulations in `tests/kpi/verdict`; `promises` holds the results. What
the quarters of those years show beyond chance is reckoned with too (`scatter`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from operator import mul

from kpi.verdict.rules import RUN

ORDINARY = 0.10  # of the figure: how much years differ without any trend
OF_REST = 1 / 3  # of what is missing from a hundred percent
WITHOUT_EARLY, WITHOUT_LATE = 1.5, 1.1  # standard errors
LATE = 2  # years
LEAP, FLAT = 3.0, 2.0  # standard errors of the last year beside the others; of their own course
TINY = 1e-12  # variance of a figure that never moved


@dataclass(frozen=True)
class Yearly:
    """Counts per year, with the sizes of the groups they come from (1 for a plain count).

    scatter: how many times the variance of chance they are known to vary within a year.
    """

    years: tuple[int, ...]
    counts: tuple[float, ...]
    sizes: tuple[float, ...]
    share: bool = False
    scatter: float = 1.0

    def without(self, place: int) -> Yearly:
        """The same with one year left out."""
        return replace(
            self,
            years=self.years[:place] + self.years[place + 1 :],
            counts=self.counts[:place] + self.counts[place + 1 :],
            sizes=self.sizes[:place] + self.sizes[place + 1 :],
        )

    @property
    def values(self) -> list[float]:
        """The figure of each year."""
        return [count / size for count, size in zip(self.counts, self.sizes, strict=True)]

    @property
    def weights(self) -> list[float]:
        """One over the variance of each figure when all years are alike."""
        level = sum(self.counts) / sum(self.sizes)
        chance, ordinary = level, ORDINARY * level
        if self.share:
            chance, ordinary = level * (1 - level), min(ordinary, OF_REST * (1 - level))
        chance = max(chance, TINY) * self.scatter
        return [1 / (chance / size + ordinary**2) for size in self.sizes]


def trend_of(data: Yearly) -> int:
    """+1 when the figure rises whatever year is left out, −1 when it falls, else 0."""
    early = len(data.years) - LATE
    asked = [WITHOUT_EARLY] * early + [WITHOUT_LATE] * LATE
    left = [data.without(place) for place in range(len(data.years))]
    for course in (line_course, step_course):
        side = 1 if course(data) > 0 else -1
        steps = (side * course(rest, data.years) for rest in left)
        if all(step > least for step, least in zip(steps, asked, strict=True)):
            return side
    return 0


def leap_of(data: Yearly) -> int:
    """+1 when the last year lies far above all years before it, −1 far below, else 0.

    That is no trend: 4, 4, 4, 4, 21. When the years before already went that way it is one.
    """
    values, weights = data.values, data.weights
    before = data.without(len(values) - 1)
    step = (values[-1] - _mean(values[:-1], weights[:-1])) / sqrt(
        1 / weights[-1] + 1 / sum(weights[:-1])
    )
    side = 1 if step > 0 else -1
    beyond = all(side * (values[-1] - value) > 0 for value in values[:-1])
    return side if abs(step) > LEAP and beyond and side * line_course(before) < FLAT else 0


def steady(values: Sequence[float]) -> int:
    """+1 when every figure is higher than the one before, −1 when every one is lower, else 0.

    Of seven figures, as in the trend rule of Making Data Count: without a direction that happens
    once in 2 520 times, and once in 32 times when each year starts where the last one ended.
    """
    steps = {int(after > before) - int(after < before) for before, after in pairwise(values)}
    return steps.pop() if len(steps) == 1 and len(values) >= RUN else 0


def line_course(data: Yearly, years: Sequence[int] = ()) -> float:
    """Slope of the weighted straight line, in standard errors."""
    weights = data.weights
    centre = _mean(data.years, weights)
    moments = [weight * (year - centre) for weight, year in zip(weights, data.years, strict=True)]
    width = sum(m**2 / weight for m, weight in zip(moments, weights, strict=True))
    return sum(m * value for m, value in zip(moments, data.values, strict=True)) / sqrt(width)


def step_course(data: Yearly, years: Sequence[int] = ()) -> float:
    """The last two of `years` against those before, in standard errors."""
    values, weights = data.values, data.weights
    first = (years or data.years)[-LATE]
    at = sum(year < first for year in data.years)
    before, after = (values[:at], weights[:at]), (values[at:], weights[at:])
    error = sqrt(1 / sum(before[1]) + 1 / sum(after[1]))
    return (_mean(*after) - _mean(*before)) / error


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Weighted."""
    return sum(map(mul, values, weights)) / sum(weights)
