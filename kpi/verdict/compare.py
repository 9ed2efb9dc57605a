"""Fair comparison of locations at one moment: funnel, overdispersion, shrunken estimates.

Sources: Spiegelhalter 2005 (10.1002/sim.1970) for the arcsine funnel, winsorising at 10 % and the
additive between-unit variance (DerSimonian and Laird), as in the R package FunnelPlotR; weights
of the shrinkage are tau²/(tau²+s²). There is no rank anywhere in this module, on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, pi, sin, sqrt

import numpy as np
from scipy import special

from kpi.verdict.interval import rate_interval, wilson

UNITS_FOR_SPREAD = 10  # fewer units say too little about the spread between them
SMALLEST_SIZE = 10
FAR = 3.09  # 99.8 %
FAR_TAIL = 0.001
WINSORISED = 0.10


@dataclass(frozen=True)
class Unit:
    """One location: raw share, limits of the funnel at its size, and its shrunken share.

    low and high: 95 % interval of its own share. shrunken lies between the raw share and the
    common one; None with fewer than ten units. stands_out: +1 above, −1 below the 99.8 % limits,
    0 within, when too small, and with fewer than ten units: then only intervals can be shown.
    """

    organisation_id: str
    count: int
    size: float
    share: float
    lower: float
    upper: float
    low: float
    high: float
    shrunken: float | None
    too_small: bool
    stands_out: int


@dataclass(frozen=True)
class Funnel:
    """All units with the common share; between is tau² (0 with fewer than ten units)."""

    centre: float
    between: float
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class _Scale:
    """Where a share or rate has the same chance deviation everywhere: 1 / (2 sqrt(n))."""

    rate: bool

    def at(self, share: float) -> float:
        """A share by asin(sqrt(p)), a rate by sqrt(r)."""
        return sqrt(share) if self.rate else asin(sqrt(min(1.0, share)))

    def back(self, place: float) -> float:
        """The way back; beyond the ends is the end."""
        place = max(0.0, place)
        return float(place**2 if self.rate else sin(min(place, pi / 2)) ** 2)


def funnel(units: Sequence[tuple[str, int, float]], *, rate: bool = False) -> Funnel:
    """Funnel of (organisation_id, count, size); `rate` when the count can exceed the size."""
    measured = [unit for unit in units if unit[2] > 0]
    if not measured:
        return Funnel(0.0, 0.0, ())
    scale = _Scale(rate)
    centre = float(sum(count for _, count, _ in measured) / sum(size for _, _, size in measured))
    middle = scale.at(centre)
    deviations = [1 / (2 * sqrt(size)) for _, _, size in measured]
    scores = [
        (scale.at(count / size) - middle) / one
        for (_, count, size), one in zip(measured, deviations, strict=True)
    ]
    between = _between(scores, deviations)
    enough = len(measured) >= UNITS_FOR_SPREAD
    return Funnel(
        centre, between, tuple(_unit(unit, scale, middle, between, enough) for unit in measured)
    )


def _unit(
    unit: tuple[str, int, float], scale: _Scale, middle: float, between: float, enough: bool
) -> Unit:
    key, count, size = unit
    chance = 1 / (4 * size)
    spread = FAR * sqrt(chance + between)
    place = scale.at(count / size)
    side = int(place > middle + spread) - int(place < middle - spread)
    if side and _tail(unit, scale, side, scale.back(middle)) > FAR_TAIL:
        side = 0
    none_is_ordinary = _tail((key, 0, size), scale, -1, scale.back(middle)) > FAR_TAIL
    low, high = rate_interval(count, size) if scale.rate else wilson(count, size)
    small = size < SMALLEST_SIZE
    nearer = scale.back(middle + between / (between + chance) * (place - middle))
    return Unit(
        key, count, size, count / size,
        0.0 if none_is_ordinary else scale.back(middle - spread), scale.back(middle + spread),
        low, high, nearer if enough else None, small, side if enough and not small else 0,
    )  # fmt: skip


def _tail(unit: tuple[str, int, float], scale: _Scale, side: int, centre: float) -> float:
    """Exact chance of a count this far out, by chance alone.

    The transformed scale is too quick with small counts: no case in 100 at four percent looks
    four deviations away, but happens to one school in sixty.
    """
    _, count, size = unit
    if scale.rate:
        below = special.pdtr(count, centre * size)
        above = special.pdtrc(count - 1, centre * size) if count else 1.0
    else:
        below = special.bdtr(count, round(size), centre)
        above = special.bdtrc(count - 1, round(size), centre) if count else 1.0
    return float(below if side < 0 else above)


def _between(scores: Sequence[float], deviations: Sequence[float]) -> float:
    """tau²: the spread between units that chance does not explain; 0 with too few units."""
    count = len(scores)
    if count < UNITS_FOR_SPREAD:
        return 0.0
    low, high = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    dispersion = float(np.mean(np.clip(scores, low, high) ** 2))
    weights = 1 / np.asarray(deviations) ** 2
    excess = count * dispersion - (count - 1)
    if excess <= 0:
        return 0.0
    return excess / float(weights.sum() - (weights**2).sum() / weights.sum())
