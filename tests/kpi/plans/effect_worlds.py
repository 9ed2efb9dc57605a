"""Made-up series with an activity in the middle: how often is an effect said to be visible?

Years differ five percent on top of chance, as the methods assume; `step` is the real change per
period, `stated` what the plan says it would be.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from made_series import counts, means, shares

from kpi.meaning.choices import PeriodType
from kpi.verdict.before_after import Seen, seen, why_not_now, windows_of

EXTRA = 0.05
SEASON = np.array([0.75, 1.0, 1.1, 1.15])
YEAR = PeriodType.SCHOOLJAAR
BEFORE, BETWEEN, AFTER = 3, 1, 2  # years
LOOKS = (1, 2)  # years after: the check is asked after each


@dataclass(frozen=True)
class EffectWorld:
    """level: the figure before, per period; stated: the change that is expected of it."""

    name: str
    level: float
    stated: float
    make: Callable[[np.random.Generator, np.ndarray], object]
    per_year: int = 4
    clear: bool = True  # whether two years are enough to tell the stated change from chance


def years_differ(rng, levels, per_year):
    """The levels with ordinary differences between years."""
    factors = rng.normal(1, EXTRA, len(levels) // per_year)
    return np.maximum(levels * np.repeat(factors, per_year), 0)


def quarterly(rng, levels, season=1.0):
    pattern = np.tile(np.asarray(season) * np.ones(4), len(levels) // 4)
    return counts(rng.poisson(years_differ(rng, levels * pattern, 4)).tolist())


def seasonal(rng, levels):
    return quarterly(rng, levels, SEASON)


def yearly(rng, levels):
    return counts(rng.poisson(years_differ(rng, levels, 1)).tolist(), period=YEAR)


def shares_of(size):
    def make(rng, levels):
        sizes = rng.integers(int(0.97 * size), int(1.03 * size), len(levels))
        parts = np.clip(years_differ(rng, levels, 1) / 100, 0, 1)
        return shares(rng.binomial(sizes, parts).tolist(), sizes.tolist(), period=YEAR)

    return make


def marks(rng, levels):
    """Marks on a scale of 1 to 10, 60 forms a year."""
    given = [np.clip(rng.normal(level, 1.2, 60).round(1), 1, 10) for level in levels]
    return means([one.tolist() for one in given])


WORLDS = (
    EffectWorld("kwartaal, 40 gevallen, −16", 40, -16, quarterly),
    EffectWorld("kwartaal, 40 gevallen met seizoen, −16", 40, -16, seasonal),
    EffectWorld("kwartaal, 40 gevallen, +16", 40, 16, quarterly),
    EffectWorld("kwartaal, 5 gevallen, −4", 5, -4, quarterly),
    EffectWorld("jaar, 150 gevallen, −60", 150, -60, yearly, 1),
    EffectWorld("jaar, 12 gevallen, −9", 12, -9, yearly, 1, clear=False),
    EffectWorld("kwartaal, 40 gevallen, −4", 40, -4, quarterly, clear=False),
    EffectWorld("jaar, 2% van 6000, −0,7", 2, -0.7, shares_of(6000), 1),
    EffectWorld("jaar, 30% van 400, −12", 30, -12, shares_of(400), 1),
    EffectWorld("jaar, cijfer 7,0 van 60 formulieren, +0,7", 7, 0.7, marks, 1),
)


def answers(world, rng, number, real=0.0):
    """How often each answer was given after one and after two years, and at any of the two.

    real: the part of the stated change that really happens.
    """
    found = {look: Counter() for look in (*LOOKS, "ever")}
    before, between = BEFORE * world.per_year, BETWEEN * world.per_year
    since = before + between
    for _ in range(number):
        levels = np.full(since + AFTER * world.per_year, float(world.level))
        levels[before:since] += np.linspace(0, real * world.stated, between)
        levels[since:] += real * world.stated
        whole = world.make(rng, levels)
        said = [answer(whole, before, since, since + look * world.per_year, world)
                for look in LOOKS]  # fmt: skip
        for look, one in zip(LOOKS, said, strict=True):
            found[look][one] += 1
        for one in set(said):
            found["ever"][one] += 1
    return {look: {one: found[look][one] / number for one in Seen} for look in found}


def answer(whole, before, since, upto, world):
    """What is said when the first `upto` periods are known."""
    windows = windows_of(replace(whole, points=whole.points[:upto]), before, since)
    assert windows is not None
    return Seen.UNKNOWN if why_not_now(windows) else seen(windows, world.stated)
