"""Process limits and the four rules that tell a signal from ordinary variation.

The constants and rules are those of Making Data Count (NHS England) as published, with the
choices of this project: seven points for trend and shift, one screening of outlying moving
ranges, limits from 13 points on, and all three points of "two of three" on one side of the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean

LIMIT = 2.66  # 3 / 1.128: three standard deviations from the average moving range
NEAR = 2 / 3 * LIMIT
SCREEN = 3.267  # a moving range above this many averages is left out, once
RUN = 7
MINIMUM = 13
T_POWER = 3.6  # Nelson 1994: days between rare events ^ (1/3.6) is nearly normal


class Rule(StrEnum):
    """Which rule flags a point, in order of priority."""

    OUTSIDE = "buiten de grenzen"
    TREND = "zeven op rij dezelfde kant op"
    NEAR_LIMIT = "twee van drie bij de grens"
    SHIFT = "zeven op rij aan één kant van het gemiddelde"


@dataclass(frozen=True)
class Limits:
    """Mean and limits per point; `values` are on the scale on which the rules apply."""

    values: tuple[float, ...]
    mean: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def average_moving_range(values: Sequence[float], *, screened: bool = True) -> float:
    """Mean absolute difference of neighbours; ranges above 3.267 times the mean leave once."""
    ranges = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    if not ranges:
        return 0.0
    average = fmean(ranges)
    if not screened:
        return average
    kept = [value for value in ranges if value <= SCREEN * average]
    return fmean(kept) if kept else average


def xmr(values: Sequence[float], *, screened: bool = True) -> Limits:
    """Individuals chart: mean plus and minus 2.66 average moving ranges."""
    mean = fmean(values)
    half = LIMIT * average_moving_range(values, screened=screened)
    count = len(values)
    return Limits(
        tuple(values), (mean,) * count, (mean - half,) * count, (mean + half,) * count
    )


def laney(numerators: Sequence[float], denominators: Sequence[float], *, share: bool) -> Limits:
    """p′ chart (share) or u′ chart (rate): limits that widen with the real extra variation.

    values are numerator / denominator. With share the chance deviation is sqrt(p(1-p)/n), else
    sqrt(u/n). Source: Laney 2002, as in the published formulas of the SPC tools for health care.
    """
    mean = sum(numerators) / sum(denominators)
    spread = mean * (1 - mean) if share else mean
    sigma = [sqrt(spread / size) if spread > 0 else 0.0 for size in denominators]
    values = [top / size for top, size in zip(numerators, denominators, strict=True)]
    scores = [(value - mean) / one if one else 0.0 for value, one in zip(values, sigma, strict=True)]
    extra = max(average_moving_range(scores) / 1.128, 1.0)
    ceiling = 1.0 if share else float("inf")
    return Limits(
        tuple(values),
        (mean,) * len(values),
        tuple(max(0.0, mean - 3 * one * extra) for one in sigma),
        tuple(min(ceiling, mean + 3 * one * extra) for one in sigma),
    )


def t_chart(days: Sequence[float]) -> Limits:
    """Days between rare events: XmR on the power 1/3.6, raised back; a negative limit is 0."""
    chart = xmr([value ** (1 / T_POWER) for value in days])

    def back(values: Sequence[float]) -> tuple[float, ...]:
        return tuple(max(0.0, value) ** T_POWER for value in values)

    return Limits(tuple(days), back(chart.mean), back(chart.lower), back(chart.upper))


def g_chart(between: Sequence[float]) -> Limits:
    """Opportunities between rare events: sigma is sqrt(g(g+1)), no lower limit, centre 0.693 g."""
    mean = fmean(between)
    upper = mean + 3 * sqrt(mean * (mean + 1))
    count = len(between)
    return Limits(tuple(between), (0.693 * mean,) * count, (0.0,) * count, (upper,) * count)


def rules_of_last(limits: Limits) -> list[Rule]:
    """The rules the last point takes part in, in order of priority."""
    checks = {
        Rule.OUTSIDE: _outside,
        Rule.TREND: _trend,
        Rule.NEAR_LIMIT: _near_limit,
        Rule.SHIFT: _shift,
    }
    return [rule for rule, holds in checks.items() if holds(limits)]


def _outside(limits: Limits) -> bool:
    return not limits.lower[-1] <= limits.values[-1] <= limits.upper[-1]


def _trend(limits: Limits) -> bool:
    last = limits.values[-RUN:]
    moves = [after - before for before, after in zip(last, last[1:], strict=False)]
    return len(last) == RUN and (
        all(move > 0 for move in moves) or all(move < 0 for move in moves)
    )


def _shift(limits: Limits) -> bool:
    sides = _sides(limits, RUN)
    return len(sides) == RUN and abs(sum(sides)) == RUN


def _near_limit(limits: Limits) -> bool:
    sides = _sides(limits, 3)
    if len(sides) < 3 or abs(sum(sides)) < 3:
        return False
    near = [
        abs(value - mean) > 2 / 3 * (upper - mean if value > mean else mean - lower)
        for value, mean, lower, upper in zip(
            limits.values[-3:], limits.mean[-3:], limits.lower[-3:], limits.upper[-3:], strict=True
        )
    ]
    return near[-1] and sum(near) >= 2


def _sides(limits: Limits, count: int) -> list[int]:
    pairs = zip(limits.values[-count:], limits.mean[-count:], strict=True)
    return [(value > mean) - (value < mean) for value, mean in pairs]
