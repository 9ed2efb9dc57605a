"""Season and dependence in quarterly figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from scipy import special

SEASON_LEVEL = 0.05
YEARS_FOR_SEASON = 3
MOST_DEPENDENCE = 0.3
FEWEST_BESIDE_STEP = 4


def season_of(values: Sequence[float], per_year: int) -> tuple[float, ...]:
    """What each period is of an average one (1.15 is 15 % more), () when there is no pattern.

    A pattern must be clear: three years at least and a Kruskal-Wallis test below 5 %. At 1 % a
    step of a third is missed half as often again, and false signals do not become fewer.
    """
    if per_year < 2 or len(values) < YEARS_FOR_SEASON * per_year:
        return ()
    quarters = [values[start::per_year] for start in range(per_year)]
    if kruskal_wallis(quarters) >= SEASON_LEVEL:
        return ()
    means = [sum(quarter) / len(quarter) for quarter in quarters]
    if min(means) <= 0:
        return ()
    centre = sum(means) / per_year
    return tuple(means[place % per_year] / centre for place in range(len(values)))


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


def is_dependent(values: Sequence[float]) -> bool:
    """Whether neighbours look too much alike for a test that needs independent points."""
    return dependence(values) > MOST_DEPENDENCE


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
