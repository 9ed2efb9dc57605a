"""Made-up worlds that bureaus do have and textbooks do not, in which nothing changes.

One strange year, quarters that hang together, years that differ more than was assumed, forms that
come in clusters. What the verdicts promise of such a world stands in `promises.AWKWARD`, by the key
that each world names.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from made_series import counts, means, points_of, shares
from worlds import AFTER, SEASON, YEAR, Rng, World

from kpi.meaning.choices import Better, JudgedBy, Shows
from kpi.verdict.promises import AWKWARD, Awkward
from kpi.verdict.series import Pair, Series
from kpi.verdict.verdict import Method

SUMMER = np.array([1.0, 0.0, 0.01, 0.01])  # everyone leaves at the end of the school year
STEEP = np.array([0.3, 1.2, 1.5, 1.0])


def _length(rng: Rng) -> int:
    return int(rng.integers(20, 29))


def _stepped(level: np.ndarray, step: float) -> np.ndarray:
    found = level.astype(float)
    found[len(found) - AFTER :] *= step
    return found


def outlier(mean: float, times: float = 3.0) -> Callable:
    """One earlier quarter that is `times` as high as the others."""

    def make(rng: Rng, step: float) -> Series:
        level = np.full(_length(rng), float(mean))
        level[rng.integers(0, len(level) - AFTER)] *= times
        return counts(rng.poisson(_stepped(level, step)).tolist())

    return make


def strange_year(mean: float, times: float) -> Callable:
    """Four earlier quarters in a row at another level (schools closed)."""

    def make(rng: Rng, step: float) -> Series:
        level = np.full(_length(rng), float(mean))
        start = int(rng.integers(0, len(level) - AFTER - 3))
        level[start : start + 4] *= times
        return counts(rng.poisson(_stepped(level, step)).tolist())

    return make


def outlier_share(part: float, size: float, times: float) -> Callable:
    """One earlier quarter in which a share was `times` as high."""

    def make(rng: Rng, step: float) -> Series:
        level = _stepped(np.full(_length(rng), part), step)
        level[rng.integers(0, len(level) - AFTER)] *= times
        sizes = rng.poisson(size * rng.uniform(0.6, 1.4, len(level))) + 1
        return shares(rng.binomial(sizes, np.minimum(1, level)).tolist(), sizes.tolist())

    return make


def strange_season(mean: float, times: float, season: np.ndarray, quarters: int) -> Callable:
    """A season with one to four strange quarters in a row, some time before."""

    def make(rng: Rng, step: float) -> Series:
        level = np.full(_length(rng), float(mean))
        start = int(rng.integers(0, len(level) - AFTER - quarters + 1))
        level[start : start + quarters] *= times
        level = _stepped(level, step) * season[np.arange(len(level)) % 4]
        return counts(rng.poisson(level).tolist())

    return make


def with_gaps(inner: Callable, part: float) -> Callable:
    """The same, with quarters that were never delivered."""

    def make(rng: Rng, step: float) -> Series:
        series = inner(rng, step)
        points = tuple(
            replace(point, usable=False, value=None) if rng.random() < part else point
            for point in series.points[:-1]
        )
        return replace(series, points=(*points, series.points[-1]))

    return make


def hanging_share(part: float, size: int, correlation: float) -> Callable:
    """A share per quarter that looks like the one before, twice as scattered as chance."""

    def make(rng: Rng, step: float) -> Series:
        steps = hanging(100, correlation)(rng, 1.0)  # standard normal, times ten, around 100
        noise = (np.array([point.numerator for point in steps.points]) - 100) / 10
        level = _stepped(np.full(len(noise), part), step)
        spread = np.sqrt(part * (1 - part) / size)
        sizes = rng.poisson(size, len(noise)) + 1
        level = np.clip(level + spread * noise, 0, 1)
        return shares(rng.binomial(sizes, level).tolist(), sizes.tolist())

    return make


def hanging(mean: float, correlation: float) -> Callable:
    """Quarters that look like the one before, with the spread that chance gives."""

    def make(rng: Rng, step: float) -> Series:
        size = _length(rng)
        noise = rng.normal(size=size + 30)
        for place in range(1, len(noise)):
            noise[place] = (
                correlation * noise[place - 1] + np.sqrt(1 - correlation**2) * noise[place]
            )
        level = _stepped(np.full(size, mean), step) + np.sqrt(mean) * noise[30:]
        return counts(np.maximum(0, np.round(level)).tolist())

    return make


def scattered(
    mean: float, times: float, *, low: int = 20, season: np.ndarray | None = None
) -> Callable:
    """Counts per quarter of which the variance is `times` the mean."""

    def make(rng: Rng, step: float) -> Series:
        size = int(rng.integers(low, 29)) if low > 8 else 8
        level = _stepped(np.full(size, mean), step)
        if season is not None:
            level = level * season[np.arange(size) % 4]
        spread = np.maximum(level, 1e-9) / (times - 1)
        return counts(rng.poisson(rng.gamma(spread) * (times - 1)).tolist())

    return make


def scattered_years(mean: float, times: float, low: int, high: int) -> Callable:
    """Counts per year that are known per quarter too: there the variance is `times` the mean."""

    def make(rng: Rng, step: float) -> Series:
        size = int(rng.integers(low, high + 1))
        level = np.repeat(mean / 4 * np.concatenate([np.ones(size - 2), np.full(2, step)]), 4)
        quarters = rng.poisson(rng.gamma(level / (times - 1)) * (times - 1))
        known = counts(quarters.tolist()).points
        return counts(quarters.reshape(-1, 4).sum(1).tolist(), period=YEAR, quarters=known)

    return make


def years(
    mean: float, *, extra: float = 0.0, walk: float = 0.0, strange: float = 1.0, at: int | None = 0,
    low: int = 5, high: int = 8,
) -> Callable:  # fmt: skip
    """Counts per year: more noise, a wandering level, or one strange year.

    at: which of the last five is strange; None: any of them before the last.
    """

    def make(rng: Rng, step: float) -> Series:
        size = int(rng.integers(low, high + 1))
        level = mean * np.exp(np.cumsum(rng.normal(0, walk, size)))
        level = level * np.concatenate([np.ones(size - 2), np.full(2, step)])
        # of those that are looked at, the last five; a strange last year is told as just that
        level[size - 5 + at if at is not None else rng.integers(size - 5, size - 1)] *= strange
        if extra:
            level = level * rng.gamma(1 / extra**2, extra**2, size)
        return counts(rng.poisson(level).tolist(), period=YEAR)

    return make


def yearly_share(part: float, size: float, extra: float, *, strange: float = 1.0) -> Callable:
    """A share per year; years differ by `extra` of the share itself."""

    def make(rng: Rng, step: float) -> Series:
        length = int(rng.integers(5, 9))
        level = part * np.concatenate([np.ones(length - 2), np.full(2, step)])
        level[length - 5] *= strange
        level = np.clip(level * rng.normal(1, extra, length), 0.001, 0.999)
        sizes = rng.poisson(size * rng.uniform(0.8, 1.2, length)) + 1
        return shares(rng.binomial(sizes, level).tolist(), sizes.tolist(), period=YEAR)

    return make


def season_with_empty(mean: float, season: np.ndarray = SUMMER) -> Callable:
    """Counts per quarter with one or more quarters in which hardly anything ever happens."""

    def make(rng: Rng, step: float) -> Series:
        size = _length(rng)
        level = _stepped(mean * season[np.arange(size) % 4], step)
        return counts(rng.poisson(level).tolist())

    return make


def clustered_marks(groups: int, per_group: float, lean: float, *, skew: bool = False) -> Callable:
    """Marks of forms that come in groups, each group leaning one way; sizes differ much."""

    def make(rng: Rng, step: float) -> Series:
        size = int(rng.integers(2, 7))
        centre = np.full(size, 7.6)
        centre[size - 2 :] -= (1 - step) * 3
        periods, sharing = [], []
        for one in centre:
            many = max(6, int(rng.poisson(groups)))
            forms, of = [], []
            for group in range(many):
                number = 1 + int(rng.poisson(per_group * rng.gamma(1.0)))
                middle = one + rng.normal(0, lean)
                noise = (
                    1.2 * (1 - rng.exponential(1, number)) if skew else rng.normal(0, 1.2, number)
                )
                forms += np.clip(np.round(middle + noise), 1, 10).tolist()
                of += [group] * number
            periods.append(forms)
            sharing.append(of)
        return means(periods, groups=sharing, better=Better.HIGHER)

    return make


def unequal_marks(few: int, many: int) -> Callable:
    """A period with few forms beside one with many, of marks that are mostly high."""

    def make(rng: Rng, step: float) -> Series:
        periods = []
        for place, number in enumerate((few, many) if rng.random() < 0.5 else (many, few)):
            centre = 8.6 - (1 - step) * 3 * place
            marks = centre + 1.2 * (1 - rng.exponential(1, number))
            periods.append(np.clip(np.round(marks), 1, 10).tolist())
        return means(periods, better=Better.HIGHER)

    return make


def assessors(number: int, boards: int, lean: float) -> Callable:
    """Schools at two moments; who assessed a board the second time was stricter or milder."""

    def make(rng: Rng, step: float) -> Series:
        board = rng.permutation(np.arange(number) % boards)
        level = rng.normal(2.9, 0.3, number)
        second = 1 + (level + rng.normal(0, 0.15, number) - 1) * step
        moments = [level, second + rng.normal(0, lean, boards)[board]]
        scores = [
            np.round(rng.normal(np.repeat(m[:, None], 8, 1), 0.5), 1).clip(1, 4) for m in moments
        ]
        before, after = (
            points_of(m.sum(axis=1).tolist(), [8] * number, Shows.MEAN, YEAR) for m in scores
        )
        whole = points_of([s.sum() for s in scores], [8 * number] * 2, Shows.MEAN, YEAR)
        pairs = tuple(
            Pair(one, other, f"bestuur {of}")
            for one, other, of in zip(before, after, board, strict=True)
        )
        return Series(
            Shows.MEAN, "cijfer", Better.HIGHER, YEAR,
            tuple(replace(point, locations=number) for point in whole), 1,
            judged_by=JudgedBy.PAIRED, pairs=pairs,
        )  # fmt: skip

    return make


def awkward(
    name: str, about: Awkward, make: Callable, after: int = AFTER, method: Method | None = None
) -> World:
    """A world of which something is promised; method: when it is not the one that is told."""
    return World(name, method or AWKWARD[about][0], make, after, about)


SHARE = {"method": Method.P_PRIME}


AWKWARD_WORLDS = (
    awkward("uitschieter ×3, gemiddeld 10", Awkward.OUTLIER, outlier(10)),
    awkward("uitschieter ×3, gemiddeld 20", Awkward.OUTLIER, outlier(20)),
    awkward("uitschieter ×3, gemiddeld 40", Awkward.OUTLIER, outlier(40)),
    awkward("uitschieter ×2, 25% van 80", Awkward.OUTLIER, outlier_share(0.25, 80, 2), **SHARE),
    awkward("uitschieter ×3, seizoen, 20", Awkward.OUTLIER, strange_season(20, 3, SEASON, 1)),
    awkward("uitschieter ×3, gaten, 20", Awkward.OUTLIER, with_gaps(outlier(20), 0.15)),
    awkward(
        "coronajaar ×0,5, seizoen, 30", Awkward.STRANGE_QUARTERS, strange_season(30, 0.5, SEASON, 4)
    ),
    awkward("coronajaar ×0,5, gemiddeld 20", Awkward.STRANGE_QUARTERS, strange_year(20, 0.5)),
    awkward("coronajaar ×0,5, gemiddeld 40", Awkward.STRANGE_QUARTERS, strange_year(40, 0.5)),
    awkward("coronajaar ×1,5, gemiddeld 40", Awkward.STRANGE_QUARTERS, strange_year(40, 1.5)),
    awkward("samenhang 0,3, gemiddeld 30", Awkward.ALIKE, hanging(30, 0.3)),
    awkward("samenhang 0,5, gemiddeld 30", Awkward.ALIKE, hanging(30, 0.5)),
    awkward("samenhang 0,7, gemiddeld 30", Awkward.ALIKE, hanging(30, 0.7)),
    awkward("samenhang 0,5, 30% van 100", Awkward.ALIKE, hanging_share(0.3, 100, 0.5), **SHARE),
    awkward("samenhang 0,7, 30% van 100", Awkward.ALIKE, hanging_share(0.3, 100, 0.7), **SHARE),
    awkward("klein, 3 per kwartaal, variantie ×2", Awkward.SCATTER, scattered(3, 2)),
    awkward("klein, 6 per kwartaal, variantie ×2", Awkward.SCATTER, scattered(6, 2)),
    awkward("klein, 3, variantie ×2, acht kwartalen", Awkward.SCATTER, scattered(3, 2, low=8)),
    awkward("klein, 6, variantie ×2, acht kwartalen", Awkward.SCATTER, scattered(6, 2, low=8)),
    awkward("klein, 5, variantie ×2, seizoen", Awkward.SCATTER, scattered(5, 2, season=STEEP)),
    awkward(
        "twee jaren, 12, kwartalen variantie ×2", Awkward.SCATTER, scattered_years(12, 2, 2, 4), 2
    ),
    awkward("twee jaren, 12, alleen die", Awkward.SCATTER, scattered_years(12, 2, 2, 2), 1),
    awkward(
        "vijf jaren, 12, kwartalen variantie ×2",
        Awkward.SCATTER,
        scattered_years(12, 2, 5, 8),
        2,
        Method.TREND,
    ),
    awkward(
        "vijf jaren, 40, kwartalen variantie ×2",
        Awkward.SCATTER,
        scattered_years(40, 2, 5, 8),
        2,
        Method.TREND,
    ),
    awkward("vijf jaren, 40, 10% extra", Awkward.NOISE, years(40, extra=0.1), 2),
    awkward("vijf jaren, 160, 10% extra", Awkward.NOISE, years(160, extra=0.1), 2),
    awkward("vijf jaren, 1000, 10% extra", Awkward.NOISE, years(1000, extra=0.1), 2),
    awkward("vijf jaren, 40, wandelt 5%", Awkward.WALK, years(40, walk=0.05), 2),
    awkward("vijf jaren, 160, wandelt 5%", Awkward.WALK, years(160, walk=0.05), 2),
    awkward("vijf jaren, 1000, wandelt 5%", Awkward.WALK, years(1000, walk=0.05), 2),
    awkward("vijf jaren, 40, wandelt 10%", Awkward.WILD_WALK, years(40, walk=0.1), 2),
    awkward("vijf jaren, 160, wandelt 10%", Awkward.WILD_WALK, years(160, walk=0.1), 2),
    awkward("vijf jaren, 1000, wandelt 10%", Awkward.WILD_WALK, years(1000, walk=0.1), 2),
    awkward("vijf jaren, 160, eerste ×1,25", Awkward.STRANGE_YEAR, years(160, strange=1.25), 2),
    awkward("vijf jaren, 160, eerste ×1,5", Awkward.STRANGE_YEAR, years(160, strange=1.5), 2),
    awkward("vijf jaren, 160, eerste ×2", Awkward.STRANGE_YEAR, years(160, strange=2), 2),
    awkward("vijf jaren, 10, eerste ×2", Awkward.STRANGE_YEAR, years(10, strange=2), 2),
    awkward("vijf jaren, 40, eerste ×2", Awkward.STRANGE_YEAR, years(40, strange=2), 2),
    awkward("vijf jaren, 1000, eerste ×1,5", Awkward.STRANGE_YEAR, years(1000, strange=1.5), 2),
    awkward("vijf jaren, 10, eerder ×2", Awkward.STRANGE_YEAR, years(10, strange=2, at=None), 2),
    awkward("vijf jaren, 20, eerder ×2", Awkward.STRANGE_YEAR, years(20, strange=2, at=None), 2),
    awkward(
        "vijf jaren, 20, eerder ×0,5", Awkward.STRANGE_YEAR, years(20, strange=0.5, at=None), 2
    ),
    awkward("vijf jaren, 40, eerder ×2", Awkward.STRANGE_YEAR, years(40, strange=2, at=None), 2),
    awkward(
        "vijf jaren, 160, eerder ×0,5", Awkward.STRANGE_YEAR, years(160, strange=0.5, at=None), 2
    ),
    awkward(
        "vijf jaren, 160, eerder ×1,5", Awkward.STRANGE_YEAR, years(160, strange=1.5, at=None), 2
    ),
    awkward(
        "vijf jaren, 85% van 200, 5% extra", Awkward.HIGH_SHARE, yearly_share(0.85, 200, 0.05), 2
    ),
    awkward(
        "vijf jaren, 85% van 600, 5% extra", Awkward.HIGH_SHARE, yearly_share(0.85, 600, 0.05), 2
    ),
    awkward("vijf jaren, 50% van 400, 5% extra", Awkward.NOISE, yearly_share(0.5, 400, 0.05), 2),
    awkward("vijf jaren, 30% van 200, 10% extra", Awkward.NOISE, yearly_share(0.3, 200, 0.1), 2),
    awkward(
        "vijf jaren, 30% van 300, eerste ×1,5",
        Awkward.STRANGE_YEAR,
        yearly_share(0.3, 300, 0, strange=1.5),
        2,
    ),
    awkward("leeg seizoen, 120", Awkward.STEEP, season_with_empty(120)),
    awkward("leeg seizoen, 60", Awkward.STEEP, season_with_empty(60)),
    awkward("leeg kwartaal, 20", Awkward.STEEP, season_with_empty(20, np.array([0, 1, 1.2, 1.1]))),
    awkward("leeg seizoen, gaten, 120", Awkward.STEEP, with_gaps(season_with_empty(120), 0.15)),
    awkward("steil seizoen, 20", Awkward.STEEP, season_with_empty(20, STEEP)),
    awkward("steil seizoen, variantie ×2", Awkward.STEEP, scattered(30, 2, season=STEEP)),
    awkward("cijfers, 8 groepen van 5", Awkward.CLUSTERS, clustered_marks(8, 4, 0.6), 2),
    awkward("cijfers, 15 groepen van 3", Awkward.CLUSTERS, clustered_marks(15, 2, 0.8), 2),
    awkward(
        "cijfers, 20 groepen, scheef", Awkward.CLUSTERS, clustered_marks(20, 3, 0.6, skew=True), 2
    ),
    awkward("cijfers, 30 groepen van 10", Awkward.CLUSTERS, clustered_marks(30, 9, 0.6), 2),
    awkward("cijfers, 10 naast 200, scheef", Awkward.UNEQUAL, unequal_marks(10, 200), 2),
    awkward("cijfers, 12 naast 60, scheef", Awkward.UNEQUAL, unequal_marks(12, 60), 2),
    awkward(
        "24 scholen, 8 besturen, één beoordelaar elk", Awkward.ASSESSORS, assessors(24, 8, 0.25), 1
    ),
    awkward(
        "40 scholen, 10 besturen, één beoordelaar elk",
        Awkward.ASSESSORS,
        assessors(40, 10, 0.25),
        1,
    ),
    awkward(
        "14 scholen, 6 besturen, één beoordelaar elk", Awkward.ASSESSORS, assessors(14, 6, 0.25), 1
    ),
)
