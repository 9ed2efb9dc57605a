"""Process limits that fit a series: its season, what was strange before, what hangs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from math import sqrt
from operator import add, sub

import numpy as np

from kpi.verdict import reasons
from kpi.verdict.limits import MINIMUM, Limits, laney, settled, xmr
from kpi.verdict.rules import Flag, Rule, flags_of_last
from kpi.verdict.season import dependence, season_of
from kpi.verdict.series import Series
from kpi.verdict.verdict import Method

MOST_DEPENDENCE = 0.18  # above this, neighbours look too much alike for any of the rules
BELIEVED = 3  # times what a quarter has shown
LEAST_SHOWN = 0.5  # deviations of chance
STEEP = 5.0  # standard errors that a course must be away from none, whatever hangs together


@dataclass(frozen=True)
class Process:
    """How a series ordinarily behaves: its limits, and by which method and why."""

    method: Method
    reason: str
    limits: Limits
    seasonal: bool
    dependence: float

    @property
    def is_dependent(self) -> bool:
        """Whether neighbours look too much alike for rules that need independent points."""
        return self.dependence > MOST_DEPENDENCE

    @property
    def flags(self) -> list[Flag]:
        """The rules the last point takes part in."""
        return flags_of_last(self.limits)

    def course(self, places: Sequence[int]) -> Flag | None:
        """A rise or fall over the whole series that is too steep for anything else."""
        steep = steepness(self.limits.scores, places)
        side = int(steep > STEEP) - int(steep < -STEEP)
        return Flag(Rule.COURSE, side, len(places)) if side else None


def process_of(series: Series) -> Process:
    """Limits on counts or shares per period, up and down with the season when there is one."""
    tops = [point.numerator for point in series.run]
    sizes = [*map(series.size_of, series.run)]
    places = [point.position for point in series.run]
    values = [top / size for top, size in zip(tops, sizes, strict=True)]
    seasonal = bool(season_of(values, places, series.per_year))

    def make(kept: Sequence[bool]) -> Limits:
        if not seasonal and series.is_count:
            return xmr(values, kept, counts=True)
        season = season_of(values, places, series.per_year, kept)
        return laney(tops, sizes, kept, share=series.is_share, pattern=season)

    limits = settled(make, len(values), apart=seasonal)
    if seasonal:
        limits = believable(limits, places, series.per_year, sizes)
    method, reason = (
        (Method.P_PRIME, reasons.P_PRIME) if series.is_share else (Method.XMR, reasons.XMR)
    )
    if seasonal:
        reason = reasons.SEASON
    return Process(method, reason, limits, seasonal, _dependence(limits, sizes))


def believable(
    limits: Limits, places: Sequence[int], per_year: int, sizes: Sequence[float]
) -> Limits:
    """No band more than three times as wide as what its own quarter has ever shown.

    What one quarter shows is from its lowest to its highest value; one case or half a deviation of
    chance when that is less: a quarter that was five three times may be four or six as well. The
    last point is one of them, so that a narrower band never makes a signal by itself.
    """
    widest = []
    for place, mean, size in zip(places, limits.mean, sizes, strict=True):
        own = [
            value
            for at, value in zip(places, limits.values, strict=True)
            if (at - place) % per_year == 0
        ]
        least = max(1.0, LEAST_SHOWN * sqrt(mean * size)) / size
        widest.append(BELIEVED / 2 * max(least, max(own) - min(own)))
    return Limits(
        limits.values,
        limits.mean,
        tuple(map(max, limits.lower, map(sub, limits.mean, widest))),
        tuple(map(min, limits.upper, map(add, limits.mean, widest))),
    )


def _dependence(limits: Limits, sizes: Sequence[float]) -> float:
    """Of the points at which something may be expected; 0 when those are too few to tell."""
    informed = [mean * size >= 1.0 for mean, size in zip(limits.mean, sizes, strict=True)]
    scores = list(compress(limits.scores, informed))
    return dependence(scores) if len(scores) >= MINIMUM else 0.0


def steepness(values: Sequence[float], places: Sequence[int]) -> float:
    """Slope in standard errors, when what is left over looks like the period before.

    The error of a slope grows with sqrt((1 + r) / (1 - r)), r the correlation of neighbours around
    the line. Source: Bayley and Hammersley 1946.
    """
    years, heights = np.asarray(places, float), np.asarray(values, float)
    years = years - years.mean()
    slope = float(years @ heights) / float(years @ years)
    rest = heights - heights.mean() - slope * years
    total = float(rest @ rest)
    if not total:
        return 0.0
    alike = max(0.0, float(rest[1:] @ rest[:-1]) / total + 1 / len(rest))
    alike = min(alike, 0.9)
    error = sqrt(total / (len(rest) - 2) / float(years @ years) * (1 + alike) / (1 - alike))
    return slope / error
