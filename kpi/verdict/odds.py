"""How likely a target is, given what is known: counts and rates with an uncertain drift.

Model: yearly counts are Poisson with rate exposure * a * exp(b * year). Nothing is known of the
level a beforehand (Jeffreys); the drift b per year is normal around 0 with standard deviation
0.10: "as now, give or take ten percent a year". Given b everything is a gamma and a negative
binomial, so the answer is an exact sum over a grid of b. The base year is one of the counts: its
own luck, good or bad, is part of the uncertainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from scipy import special

DRIFT = 0.10
GRID = np.linspace(-0.4, 0.4, 81)


@dataclass(frozen=True)
class Forecast:
    """Predictive distribution of one later count as a mixture of negative binomials."""

    weights: np.ndarray
    shape: float
    rates: np.ndarray  # per drift: exposure-years of evidence
    factors: np.ndarray  # per drift: exposure of the predicted year

    def at_most(self, count: float) -> float:
        """Chance that the later count is at most `count`."""
        if count < 0:
            return 0.0
        # the distribution function of the negative binomial is an incomplete beta function
        chances = special.betainc(
            self.shape, floor(count + 1e-9) + 1.0, self.rates / (self.rates + self.factors)
        )
        return float(self.weights @ chances)

    def interval(self, level: float = 0.8) -> tuple[int, int]:
        """Counts between which the later count falls with at least this chance."""
        tail = (1 - level) / 2
        return self._quantile(tail), self._quantile(1 - tail)

    def _quantile(self, chance: float) -> int:
        mean = float(self.weights @ (self.shape * self.factors / self.rates))
        low, high = -1, int(mean * 4 + 40)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.at_most(middle) >= chance else (middle, high)
        return high


def forecast(
    counts: Sequence[int], ahead: int = 1, exposure: Sequence[float] | None = None,
    next_exposure: float | None = None, drift: float = DRIFT,
) -> Forecast:  # fmt: skip
    """What the count may be `ahead` years after the last of `counts`."""
    size = np.asarray(exposure if exposure is not None else [1.0] * len(counts), float)
    years = np.arange(len(counts)) - (len(counts) - 1)
    growth = np.exp(np.outer(GRID, years)) @ size
    shape = 0.5 + float(sum(counts))
    log_weight = (
        GRID * float(years @ np.asarray(counts, float))
        - shape * np.log(growth)
        - 0.5 * (GRID / drift) ** 2
    )
    weights = np.exp(log_weight - log_weight.max())
    later = next_exposure if next_exposure is not None else float(size[-1])
    return Forecast(weights / weights.sum(), shape, growth, later * np.exp(GRID * ahead))
