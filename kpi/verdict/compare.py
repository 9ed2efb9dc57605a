"""Fair comparison of locations at one moment: funnel, overdispersion, shrunken estimates.

Sources: Spiegelhalter 2005 (10.1002/sim.1970) for the arcsine funnel, winsorising at 10 % and the
additive between-unit variance (DerSimonian and Laird); weights of the shrinkage are tau²/(tau²+s²).
There is no rank anywhere in this module, on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, sin, sqrt

import numpy as np

UNITS_FOR_SPREAD = 10  # fewer units say too little about the spread between them
SMALLEST_SIZE = 10
FAR = 3.09  # 99.8 %
WINSORISED = 0.10


@dataclass(frozen=True)
class Unit:
    """One location: raw share, limits of the funnel at its size, and its shrunken share."""

    organisation_id: str
    count: int
    size: float
    share: float
    lower: float
    upper: float
    shrunken: float
    too_small: bool
    stands_out: int  # +1 above, -1 below the 99.8 % limits, 0 within or too small


@dataclass(frozen=True)
class Funnel:
    """All units with the common share; between is tau² (0 with fewer than ten units)."""

    centre: float
    between: float
    units: tuple[Unit, ...]


def funnel(units: Sequence[tuple[str, int, float]], *, rate: bool = False) -> Funnel:
    """Funnel of (organisation_id, count, size); `rate` when the count can exceed the size.

    A share is transformed by asin(sqrt(p)), a rate by sqrt(r); both have deviation 1/(2 sqrt(n)).
    """
    forward, back = (sqrt, _square) if rate else (_arc, _arc_back)
    measured = [unit for unit in units if unit[2] > 0]
    centre = sum(count for _, count, _ in measured) / sum(size for _, _, size in measured)
    middle = forward(centre)
    deviation = {key: 1 / (2 * sqrt(size)) for key, _, size in measured}
    scores = [(forward(count / size) - middle) / deviation[key] for key, count, size in measured]
    between = _between(scores, [deviation[key] for key, _, _ in measured])
    return Funnel(
        centre,
        between,
        tuple(
            _unit(key, count, size, middle, deviation[key], between, forward, back)
            for key, count, size in measured
        ),
    )


def _unit(key, count, size, middle, chance, between, forward, back) -> Unit:  # noqa: ANN001
    spread = FAR * sqrt(chance**2 + between)
    share = count / size
    place = forward(share)
    weight = between / (between + chance**2)
    small = size < SMALLEST_SIZE
    side = (place > middle + spread) - (place < middle - spread)
    return Unit(
        key, count, size, share, back(middle - spread), back(middle + spread),
        back(middle + weight * (place - middle)), small, 0 if small else side,
    )  # fmt: skip


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


def _arc(share: float) -> float:
    return asin(sqrt(min(1.0, max(0.0, share))))


def _arc_back(place: float) -> float:
    return sin(min(max(place, 0.0), np.pi / 2)) ** 2


def _square(place: float) -> float:
    return max(0.0, place) ** 2
