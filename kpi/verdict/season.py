"""Season and dependence in quarterly figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise
from statistics import fmean
from typing import NamedTuple

from scipy import special

SEASON_LEVEL = 0.05
YEARS_FOR_SEASON = 3
FEWEST_YEARS = 2
FEWEST_BESIDE_STEP = 4


class Season(NamedTuple):
    """parts: what each period of the year is of an average one; unsure: its relative variance."""

    parts: tuple[float, ...]
    unsure: tuple[float, ...]


def season_of(
    values: Sequence[float],
    places: Sequence[int],
    per_year: int,
    kept: Sequence[bool] = (),
    *,
    tested: bool = True,
) -> tuple[float, ...]:
    """What each period is of an average one (1.15 is 15 % more), () when there is no pattern.

    places: which period each value is of; a missing one is simply not there. A pattern must be
    clear: three years at least and a Kruskal-Wallis test below 5 %. At 1 % a step of a third is
    missed half as often again, and false signals do not become fewer. A period in which nothing
    ever happens is part of the pattern: 0. kept: which values count for its size. tested: False for
    the pattern as it is, clear or not, of two years at least.
    """
    fewest = YEARS_FOR_SEASON if tested else FEWEST_YEARS
    if per_year < 2 or len(values) < fewest * per_year:
        return ()
    every = [True] * len(values)
    groups = _by_period(values, places, per_year, every)
    if min(map(len, groups)) < FEWEST_YEARS or not any(values):
        return ()
    if tested and kruskal_wallis(groups) >= SEASON_LEVEL:
        return ()
    usual = _by_period(values, places, per_year, kept or every)
    means = [fmean(part or whole) for part, whole in zip(usual, groups, strict=True)]
    centre = fmean(means)
    return tuple(means[place % per_year] / centre for place in places)


def shrunken_season(
    tops: Sequence[float], sizes: Sequence[float], places: Sequence[int], per_year: int
) -> Season:
    """The same for a forecast: every period drawn to an average one as far as chance explains it.

    Between periods of the year the pattern varies with variance tau², which is what the counts show
    beyond chance (DerSimonian and Laird 1986); given that, the part of one period is a gamma with
    mean 1 before and (1/tau² + cases) / (1/tau² + expected) after its cases were seen.
    """
    level = sum(tops) / sum(sizes)
    cases, expected = [0.0] * per_year, [0.0] * per_year
    for top, size, place in zip(tops, sizes, places, strict=True):
        cases[place % per_year] += top
        expected[place % per_year] += level * size
    if per_year < 2 or not level or min(expected) <= 0:
        return Season((1.0,) * per_year, (0.0,) * per_year)
    height = sum((c - e) ** 2 / e for c, e in zip(cases, expected, strict=True))
    whole = sum(expected)
    between = max(0.0, height - (per_year - 1)) / (whole - sum(e**2 for e in expected) / whole)
    if not between:
        return Season((1.0,) * per_year, (0.0,) * per_year)
    known = 1 / between
    parts = [(known + c) / (known + e) for c, e in zip(cases, expected, strict=True)]
    return Season(tuple(parts), tuple(1 / (known + c) for c in cases))


def _by_period(
    values: Sequence[float], places: Sequence[int], per_year: int, kept: Sequence[bool]
) -> list[list[float]]:
    found: list[list[float]] = [[] for _ in range(per_year)]
    for value, place, counts in zip(values, places, kept, strict=True):
        if counts:
            found[place % per_year].append(value)
    return found


def kruskal_wallis(groups: Sequence[Sequence[float]]) -> float:
    """Chance of groups at least this far apart when all are alike (with correction for ties).

    Source: Kruskal and Wallis 1952; the chi-square approximation.
    """
    ordered = sorted((value, place) for place, group in enumerate(groups) for value in group)
    count = len(ordered)
    sums = [0.0] * len(groups)
    ranked, ties = 0, 0
    for _, equal in groupby(ordered, key=lambda pair: pair[0]):
        places = [place for _, place in equal]
        size = len(places)
        for place in places:
            sums[place] += ranked + (size + 1) / 2
        ranked += size
        ties += size**3 - size
    correction = 1 - ties / (count**3 - count)
    if not correction:
        return 1.0
    spread = sum(total**2 / len(group) for total, group in zip(sums, groups, strict=True))
    height = 12 / (count * (count + 1)) * spread - 3 * (count + 1)
    return float(special.chdtrc(len(groups) - 1, max(0.0, height / correction)))


def dependence(values: Sequence[float]) -> float:
    """Correlation of neighbours (lag 1), after the best single step is taken out.

    Without that, every real step would look like dependence and no change would ever be seen: a
    step of a third in counts of 40 alone gives a correlation above 0.4 in six of ten series.
    """
    rest = _without_step(values)
    total = sum(value * value for value in rest)
    return sum(one * other for one, other in pairwise(rest)) / total if total else 0.0


def _without_step(values: Sequence[float]) -> list[float]:
    """Distances to the mean before and the mean after the step that explains most."""
    count = len(values)
    sums = list(accumulate(values, initial=0.0))
    whole = sums[-1]
    best, at, explained = count, count, -1.0
    for at in range(FEWEST_BESIDE_STEP, count - FEWEST_BESIDE_STEP + 1):
        gain = sums[at] ** 2 / at + (whole - sums[at]) ** 2 / (count - at)
        if gain > explained:
            best, explained = at, gain
    first = sums[best] / best
    second = (whole - sums[best]) / (count - best) if best < count else 0.0
    return [value - (first if place < best else second) for place, value in enumerate(values)]
