"""The rules that tell a signal from ordinary variation: four about the last points.

The rules are those of Making Data Count (NHS England), as the R package NHSRplotthedots 0.2.2
computes them: seven points for trend and shift; for "two of three" all three points on one side
of the mean. A point exactly on a limit, an equal neighbour and a point exactly on the mean never
help a rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kpi.verdict.limits import Limits

RUN = 7
SAME = 1e-9  # numbers closer than this differ by rounding only


class Rule(StrEnum):
    """Which rule flags a point, in order of priority."""

    OUTSIDE = "buiten de grenzen"
    TREND = "zeven op rij dezelfde kant op"
    NEAR_LIMIT = "twee van drie bij de grens"
    SHIFT = "zeven op rij aan één kant van het gemiddelde"
    COURSE = "een gestaag verloop over de hele reeks"  # found by `process`, not here


@dataclass(frozen=True)
class Flag:
    """A rule the last point takes part in: side +1 is high or rising; length in points."""

    rule: Rule
    side: int
    length: int


def flags_of_last(limits: Limits) -> list[Flag]:
    """The rules the last point takes part in, in order of priority."""
    found = (_outside(limits), _trend(limits), _near_limit(limits), _shift(limits))
    return [flag for flag in found if flag]


def _outside(limits: Limits) -> Flag | None:
    side = _beyond(limits, len(limits.values) - 1)
    return Flag(Rule.OUTSIDE, side, 1) if side else None


def _trend(limits: Limits) -> Flag | None:
    # Relative to the mean, so that a pattern by quarter is not taken for a trend.
    levels = [
        value / mean if mean > 0 else value
        for value, mean in zip(limits.values, limits.mean, strict=True)
    ]
    moves = [_sign(after, before) for before, after in pairwise(levels)]
    side, length = _streak(moves)
    return Flag(Rule.TREND, side, length + 1) if length + 1 >= RUN else None


def _near_limit(limits: Limits) -> Flag | None:
    count = len(limits.values)
    if count < 3:
        return None
    sides = [_side(limits, place) for place in range(count - 3, count)]
    near = [_is_near(limits, place) for place in range(count - 3, count)]
    if near[-1] and sum(near) >= 2 and abs(sum(sides)) == 3:
        return Flag(Rule.NEAR_LIMIT, sides[-1], 3)
    return None


def _shift(limits: Limits) -> Flag | None:
    side, length = _streak([_side(limits, place) for place in range(len(limits.values))])
    return Flag(Rule.SHIFT, side, length) if length >= RUN else None


def _streak(signs: list[int]) -> tuple[int, int]:
    """The last sign and how many times in a row it closes the list; zero is no sign."""
    last = signs[-1] if signs else 0
    length = 0
    while last and length < len(signs) and signs[-1 - length] == last:
        length += 1
    return last, length


def _side(limits: Limits, place: int) -> int:
    return _sign(limits.values[place], limits.mean[place])


def _beyond(limits: Limits, place: int) -> int:
    value = limits.values[place]
    above, below = _sign(value, limits.upper[place]), _sign(value, limits.lower[place])
    return int(above > 0) - int(below < 0)


def _sign(value: float, other: float) -> int:
    """+1 when the value is higher, −1 lower, 0 the same but for rounding."""
    room = SAME * abs(other)
    return int(value > other + room) - int(value < other - room)


def _is_near(limits: Limits, place: int) -> bool:
    """Beyond two thirds of the way to the limit, but not beyond the limit itself."""
    if _beyond(limits, place):
        return False
    mean, side = limits.mean[place], _side(limits, place)
    limit = limits.upper[place] if side > 0 else limits.lower[place]
    return _sign(abs(limits.values[place] - mean), 2 / 3 * abs(limit - mean)) > 0
