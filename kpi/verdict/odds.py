"""What a later count may be, given the counts so far: an uncertain drift and ordinary luck.

Model. The expected count of a period is exposure × level × exp(drift × years).
Nothing is known of the level beforehand (Jeffreys prior for a Poisson rate). Of the drift this is
assumed: with even odds nothing structural changes (drift 0), or the drift per year is normal
around 0 with standard deviation 0.10. Around that line counts vary by chance and by ordinary
differences of five percent (`extra`), or more when the series itself shows more: the dispersion
is averaged from that assumption, weighing as three periods, and what the series shows.

Given drift and dispersion, level and later count are a gamma and a negative binomial (quasi-
likelihood: counts divided by the dispersion). Over the drifts is summed numerically: no drift,
and nine around the most likely one. A base year is one of the counts: its own luck, good or
bad, is part of the uncertainty.

The assumption about the drift is what makes stated odds come true in series of which half drift;
`tests/kpi/verdict` measures it, also in worlds where it does not hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log, pi, sqrt
from operator import mul

import numpy as np
from scipy import special

from kpi.verdict.extra import EXTRA

DRIFT = 0.10
NO_DRIFT = 0.5
PRIOR_PERIODS = 3
NODES = np.linspace(-3.6, 3.6, 9)  # around the most likely drift, in standard deviations
STEEPEST = 1.0
PRECISE = 0.1  # of a standard deviation: the sum is about the whole peak anyway
NEWTON_STEPS = 8


@dataclass(frozen=True)
class Forecast:
    """Distribution of a later count: a mixture of negative binomials, one per drift.

    weights: chance of each drift; shape: cases of evidence; rates: exposure they came from;
    factors: exposure of the later period; spread: dispersion. When `total` is given the cases are
    the other part of a group of that size, and what is asked about is total − cases.
    """

    weights: np.ndarray
    shape: float
    rates: np.ndarray
    factors: np.ndarray
    spread: float
    total: float | None = None

    def at_most(self, count: float) -> float:
        """Chance that the later count is at most `count`."""
        if self.total is None:
            return self._below(floor(count + 1e-9) + 0.5)
        return 1 - self._below(ceil(self.total - count - 1e-9) - 0.5)

    def at_least(self, count: float) -> float:
        """Chance that the later count is at least `count`."""
        return 1 - self.at_most(ceil(count - 1e-9) - 1)

    def interval(self, level: float = 0.8) -> tuple[int, int]:
        """Counts between which the later count falls with about this chance, borders included."""
        tail = (1 - level) / 2
        low = self._first(tail)
        high = max(low, self._first(1 - tail) - 1)
        if self.total is None:
            return low, high
        return max(0, round(self.total - high)), max(0, round(self.total - low))

    @property
    def mean(self) -> float:
        """Expected number of cases."""
        return float(self.weights @ (self.factors / self.rates)) * self.shape * self.spread

    def _below(self, border: float) -> float:
        """Chance of fewer cases than the border: y + ½ for at most y, y for the middle of y."""
        if border < 0:
            return 0.0
        # the distribution function of the negative binomial is an incomplete beta function
        upto = border / self.spread + 0.5
        chances = special.betainc(self.shape, upto, self.rates / (self.rates + self.factors))
        return float(self.weights @ chances)

    def _first(self, chance: float) -> int:
        """The first number of cases of which the middle is beyond this part of the distribution."""
        mean = self.mean
        spread = sqrt(mean * self.spread * (1 + mean / (self.shape * self.spread)))
        guess = mean + float(special.ndtri(chance)) * spread
        step = ceil(spread / 4)
        high = max(0, ceil(guess))
        while self._below(high) < chance:
            high += step
        low = high - step
        while low >= 0 and self._below(low) >= chance:
            low, high = low - step, low
        low = max(low, -1)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._below(middle) >= chance else (middle, high)
        return high


def forecast(
    counts: Sequence[float],
    ahead: float = 1,
    exposure: Sequence[float] | None = None,
    next_exposure: float | None = None,
    *,
    years: Sequence[float] = (),
    part: float = 0.0,
    total: float | None = None,
    unsure: float = 0.0,
    fitted: int = 0,
) -> Forecast:
    """What the count may be `ahead` years after the last of `counts`.

    exposure: how much each count comes from (pupils, and the season). years: when each count was,
    from the last one back; successive years when not given. part: the share the counts are of
    their group, 0 for plain counts; chance varies a share less. total: see `Forecast`. unsure: the
    relative variance of the exposure of the later count; fitted: how many parts of the season the
    counts had to tell.
    """
    size = [1.0] * len(counts) if exposure is None else [float(one) for one in exposure]
    when = years or [place + 1 - len(counts) for place in range(len(counts))]
    past = _Past(tuple(map(float, counts)), tuple(size), tuple(when))
    least = 1 - part
    assumed = least + EXTRA**2 * past.cases / len(counts)
    free = len(counts) - 2 - fitted
    if past.cases and free > 0:
        shown = past.scatter(past.peak(assumed)[0])
        assumed = max(least, (PRIOR_PERIODS * assumed + shown) / (PRIOR_PERIODS + free))
    drifts, weights, rates = past.posterior(assumed)
    later = size[-1] if next_exposure is None else next_exposure
    shape = (0.5 + past.cases) / assumed
    less = 1 / (1 + shape * unsure * assumed)  # what is not sure of the season weakens the evidence
    factors = later * np.exp(drifts * ahead)
    return Forecast(weights, shape * less, rates * less, factors, assumed, total)


class _Past:
    """The counts so far, with what they come from."""

    def __init__(
        self, counts: tuple[float, ...], size: tuple[float, ...], years: tuple[float, ...]
    ) -> None:
        self.counts, self.size, self.years = counts, size, years
        self.cases = sum(counts)
        self.squares = tuple(year * year for year in self.years)
        self.moment = sum(map(mul, counts, self.years))

    def posterior(self, spread: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Drifts, the chance of each, and the exposure in units of the last period."""
        peak, width = self.peak(spread)
        drifts = np.concatenate([[0.0], peak + width * NODES])
        rates = np.exp(np.outer(drifts, self.years)) @ np.array(self.size)
        logs = (drifts * self.moment - (0.5 + self.cases) * np.log(rates)) / spread
        logs[0] += log(NO_DRIFT)
        step = width * float(NODES[1] - NODES[0])
        logs[1:] += log((1 - NO_DRIFT) * step / (DRIFT * sqrt(2 * pi)))
        logs[1:] -= 0.5 * (drifts[1:] / DRIFT) ** 2
        weights = np.exp(logs - logs.max())
        return drifts, weights / weights.sum(), rates

    def scatter(self, drift: float) -> float:
        """Pearson's chi-square of the counts around their line."""
        line = self._line(drift)
        scale = self.cases / sum(line)
        return sum(
            (count - one * scale) ** 2 / (one * scale)
            for count, one in zip(self.counts, line, strict=True)
        )

    def _line(self, drift: float) -> list[float]:
        """What is expected of each period, at level one."""
        if not drift:
            return list(self.size)
        return [one * exp(drift * year) for one, year in zip(self.size, self.years, strict=True)]

    def peak(self, spread: float) -> tuple[float, float]:
        """The most likely drift if there is one, and its standard deviation (Newton's method)."""
        drift, shape = 0.0, 0.5 + self.cases
        curve = 1 / DRIFT**2
        for _ in range(NEWTON_STEPS):
            line = self._line(drift)
            total = sum(line)
            centre = sum(map(mul, line, self.years)) / total
            square = sum(map(mul, line, self.squares)) / total
            curve = shape * (square - centre**2) / spread + 1 / DRIFT**2
            step = ((self.moment - shape * centre) / spread - drift / DRIFT**2) / curve
            drift = min(STEEPEST, max(-STEEPEST, drift + step))
            if abs(step) < PRECISE / sqrt(curve):
                break
        return drift, 1 / sqrt(curve)
