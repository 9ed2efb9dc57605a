"""Is there a trend in a few years that does not hang on one strange year?

Two courses are looked at: a straight line, and the last two years against the years before. A
course counts when it is there with every single year left out in turn. Without an early year
1.65 standard errors are asked, which is five percent on one side: a strange first year (corona) is
then not told as a trend. Without one of the last two 0.9 is asked: one strange year there is no
trend either, but less is left to see it by.

Years differ more than chance alone gives. With five years that cannot be learned from the series
itself, so it is taken to be ten percent of the figure; of a share never more than a third of what
is missing from a hundred percent. Leaving out comes from the jackknife (Quenouille 1956); the
second threshold was set by the simulations in `tests/kpi/verdict`; `promises` holds the results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kpi.verdict.rules import RUN

ORDINARY = 0.10  # of the figure: how much years differ without any trend
OF_REST = 1 / 3  # of what is missing from a hundred percent
WITHOUT_EARLY, WITHOUT_LATE = 1.65, 0.9  # standard errors
LATE = 2  # years


@dataclass(frozen=True)
class Yearly:
    """Counts per year, with the sizes of the groups they come from (1 for a plain count)."""

    years: tuple[int, ...]
    counts: tuple[float, ...]
    sizes: tuple[float, ...]
    share: bool = False

    def without(self, place: int) -> Yearly:
        """The same with one year left out."""
        return Yearly(
            self.years[:place] + self.years[place + 1 :],
            self.counts[:place] + self.counts[place + 1 :],
            self.sizes[:place] + self.sizes[place + 1 :],
            self.share,
        )

    @property
    def values(self) -> np.ndarray:
        """The figure of each year."""
        return np.asarray(self.counts) / np.asarray(self.sizes)

    @property
    def weights(self) -> np.ndarray:
        """One over the variance of each figure when all years are alike."""
        sizes = np.asarray(self.sizes)
        level = sum(self.counts) / sum(self.sizes)
        chance, ordinary = level, ORDINARY * level
        if self.share:
            chance, ordinary = level * (1 - level), min(ordinary, OF_REST * (1 - level))
        return np.asarray(1 / (np.maximum(chance, 1e-12) / sizes + ordinary**2))


def trend_of(data: Yearly) -> int:
    """+1 when the figure rises whatever year is left out, −1 when it falls, else 0."""
    for course in (line_course, step_course):
        steps = [course(data.without(place), data.years) for place in range(len(data.years))]
        early = [WITHOUT_EARLY] * (len(steps) - LATE) + [WITHOUT_LATE] * LATE
        for side in (1, -1):
            if all(side * step > least for step, least in zip(steps, early, strict=True)):
                return side
    return 0


def steady(values: Sequence[float]) -> int:
    """+1 when every figure is higher than the one before, −1 when every one is lower, else 0.

    Of seven figures, as in the trend rule of Making Data Count: without a direction that happens
    once in 2 520 times, and once in 32 times when each year starts where the last one ended.
    """
    steps = {(after > before) - (after < before) for before, after in pairwise(values)}
    return steps.pop() if len(steps) == 1 and len(values) >= RUN else 0


def line_course(data: Yearly, years: Sequence[int] = ()) -> float:
    """Slope of the weighted straight line, in standard errors."""
    weights = data.weights
    moment = np.asarray(data.years) - float(np.average(data.years, weights=weights))
    return float((weights * moment) @ data.values) / float(np.sqrt(weights @ moment**2))


def step_course(data: Yearly, years: Sequence[int] = ()) -> float:
    """The last two of `years` against those before, in standard errors."""
    weights = data.weights
    late = np.asarray(data.years) > (years or data.years)[-1 - LATE]
    means = [float(np.average(data.values[part], weights=weights[part])) for part in (late, ~late)]
    error = np.sqrt(1 / weights[late].sum() + 1 / weights[~late].sum())
    return (means[0] - means[1]) / float(error)
