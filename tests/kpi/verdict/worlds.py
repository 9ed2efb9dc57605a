"""Made-up worlds in which nothing changes, or in which everything drops by a third.

A world gives the series as it is known after each period, so a verdict can be asked at any time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from made_series import counts, means, points_of, shares

from kpi.meaning.choices import Better, JudgedBy, PeriodType, Shows
from kpi.verdict.limits import xmr
from kpi.verdict.promises import AWKWARD, PROMISED, Awkward
from kpi.verdict.router import judge
from kpi.verdict.rules import flags_of_last
from kpi.verdict.series import Pair, Series
from kpi.verdict.verdict import Finding, Method

YEAR = PeriodType.SCHOOLJAAR
SEASON = np.array([0.75, 1.0, 1.1, 1.15])
STEP = 0.67
AFTER = 8  # quarters after the step; two for years
Rng = np.random.Generator


@dataclass(frozen=True)
class World:
    """A kind of series with the route it must take, and how many periods follow the step."""

    name: str
    method: Method
    make: Callable[[Rng, float], Series]
    after: int = AFTER
    awkward: Awkward | None = None

    @property
    def promised(self) -> float:
        """The largest share of verdicts that may be a signal although nothing changes."""
        return AWKWARD[self.awkward][1] if self.awkward else PROMISED[self.method]

    def stable(self, rng: Rng) -> Series:
        """One series in which nothing changes."""
        return self.make(rng, 1.0)

    def verdicts_after_step(self, rng: Rng, step: float) -> list[tuple[Series, Finding]]:
        """The verdicts in the periods after the step, the last one last."""
        whole = self.make(rng, step)
        count = len(whole.points)
        known = [count - back for back in range(self.after - 1, -1, -1)]
        upto = [replace(whole, points=whole.points[:periods]) for periods in known]
        return [(series, judge(series)) for series in upto]


def plain_signal(series: Series) -> bool:
    """What a plain XmR chart says: unscreened, no gates, all rules."""
    values = [point.value or 0.0 for point in series.points]
    return len(values) > 1 and bool(flags_of_last(xmr(values, screened=False)))


def _stepped(rng: Rng, step: float, low: int, high: int, after: int) -> np.ndarray:
    factors = np.ones(int(rng.integers(low, high + 1)))
    factors[len(factors) - after :] = step
    return factors


def _extra(rng: Rng, count: int, variation: float) -> np.ndarray:
    if not variation:
        return np.ones(count)
    return rng.gamma(1 / variation**2, variation**2, count)


def quarterly(mean: float, *, season: bool = False, extra: float = 0.0) -> Callable:
    """Counts per quarter, 20 to 28 quarters."""

    def make(rng: Rng, step: float) -> Series:
        level = mean * _stepped(rng, step, 20, 28, AFTER)
        if season:
            level = level * SEASON[np.arange(len(level)) % 4]
        return counts(rng.poisson(level * _extra(rng, len(level), extra)).tolist())

    return make


def quarterly_shares(
    part: float, size: float, *, season: bool = False, extra: float = 0.0
) -> Callable:
    """Shares per quarter of groups that differ in size."""

    def make(rng: Rng, step: float) -> Series:
        level = part * _stepped(rng, step, 20, 28, AFTER)
        if season:
            level = level * SEASON[np.arange(len(level)) % 4]
        sizes = rng.poisson(size * rng.uniform(0.6, 1.4, len(level))) + 1
        tops = rng.binomial(sizes, np.minimum(1.0, level * _extra(rng, len(level), extra)))
        return shares(tops.tolist(), sizes.tolist())

    return make


def yearly(mean: float, low: int = 5, high: int = 8, *, extra: float = 0.0) -> Callable:
    """Counts per school year."""

    def make(rng: Rng, step: float) -> Series:
        level = mean * _stepped(rng, step, low, high, 2)
        level = level * _extra(rng, len(level), extra)
        return counts(rng.poisson(level).tolist(), period=YEAR)

    return make


def yearly_shares(part: float, size: float, low: int = 5, high: int = 8) -> Callable:
    """Shares per school year."""

    def make(rng: Rng, step: float) -> Series:
        level = part * _stepped(rng, step, low, high, 2)
        sizes = rng.poisson(size * rng.uniform(0.8, 1.2, len(level))) + 1
        return shares(rng.binomial(sizes, level).tolist(), sizes.tolist(), period=YEAR)

    return make


def marks(forms: int) -> Callable:
    """Means of marks 1–10 per school year; the step is a third of the room above a six."""

    def make(rng: Rng, step: float) -> Series:
        level = 7.6 - (1 - step) * 3 * (_stepped(rng, 0.0, 2, 6, 2) == 0.0)
        groups = []
        for centre in level:
            size = int(rng.integers(max(10, forms // 2), forms * 3 // 2 + 1))
            groups.append(np.clip(np.round(rng.normal(centre, 1.2, size)), 1, 10).tolist())
        return means(groups, better=Better.HIGHER)

    return make


def schools(number: int, most: int = 10) -> Callable:
    """Scores of the same schools, of at most so many boards, at two moments.

    The step is a third of the room above a one.
    Schools differ, each moves a little of its own accord, and a score is a mean of eight marks.
    """

    def make(rng: Rng, step: float) -> Series:
        level = rng.normal(2.9, 0.3, number)
        moments = [1 + (level + rng.normal(0, 0.15, number) - 1) * factor for factor in (1.0, step)]
        scores = [
            np.round(rng.normal(np.repeat(m[:, None], 8, 1), 0.5), 1).clip(1, 4) for m in moments
        ]
        before, after = (
            points_of(moment.sum(axis=1).tolist(), [8] * number, Shows.MEAN, YEAR)
            for moment in scores
        )
        whole = points_of([s.sum() for s in scores], [8 * number] * 2, Shows.MEAN, YEAR)
        boards = [f"bestuur {place % most}" for place in range(number)]
        return Series(
            Shows.MEAN, "cijfer", Better.HIGHER, YEAR,
            tuple(replace(point, locations=number) for point in whole), 1,
            judged_by=JudgedBy.PAIRED, pairs=tuple(map(Pair, before, after, boards)),
        )  # fmt: skip

    return make


WORLDS = (
    World("XmR, gemiddeld 8", Method.XMR, quarterly(9)),
    World("XmR, gemiddeld 20", Method.XMR, quarterly(20)),
    World("XmR, gemiddeld 40", Method.XMR, quarterly(40)),
    World("XmR, gemiddeld 40, 10% extra", Method.XMR, quarterly(40, extra=0.1)),
    World("XmR met seizoen, gemiddeld 20", Method.XMR, quarterly(20, season=True)),
    World("XmR met seizoen, gemiddeld 40", Method.XMR, quarterly(40, season=True)),
    World("p′, 25% van 80", Method.P_PRIME, quarterly_shares(0.25, 80)),
    World("p′, 25% van 80, seizoen", Method.P_PRIME, quarterly_shares(0.25, 80, season=True)),
    World("p′, 5% van 800, 15% extra", Method.P_PRIME, quarterly_shares(0.05, 800, extra=0.15)),
    World("klein, 3 per kwartaal", Method.INTERVAL, quarterly(3)),
    World("klein, 6 per kwartaal", Method.INTERVAL, quarterly(6)),
    World("klein, 4% van 60 per kwartaal", Method.INTERVAL, quarterly_shares(0.04, 60)),
    World("vijf jaren, 1 per jaar", Method.TREND, yearly(1), 2),
    World("vijf jaren, 3 per jaar", Method.TREND, yearly(3), 2),
    World("vijf jaren, 10 per jaar", Method.TREND, yearly(10), 2),
    World("vijf jaren, 40 per jaar", Method.TREND, yearly(40), 2),
    World("vijf jaren, 160 per jaar, 5% extra", Method.TREND, yearly(160, extra=0.05), 2),
    World("vijf jaren, 30% van 100", Method.TREND, yearly_shares(0.3, 100), 2),
    World("vijf jaren, 30% van 12", Method.TREND, yearly_shares(0.3, 12), 2),
    World("vijf jaren, 1% van 8000", Method.TREND, yearly_shares(0.01, 8000), 2),
    World("twee jaren, 20 per jaar", Method.INTERVAL, yearly(20, 3, 4), 2),
    World("twee jaren, 60 per jaar", Method.INTERVAL, yearly(60, 3, 4), 2),
    World("twee jaren, 300 per jaar, 5% extra", Method.INTERVAL, yearly(300, 3, 4, extra=0.05), 2),
    World("twee jaren, 30% van 100", Method.INTERVAL, yearly_shares(0.3, 100, 3, 4), 2),
    World("gemiddelde, 12 formulieren", Method.MEAN, marks(12), 2),
    World("gemiddelde, 40 formulieren", Method.MEAN, marks(40), 2),
    World("dezelfde 7 scholen", Method.PAIRED, schools(7), 1),
    World("dezelfde 12 scholen", Method.PAIRED, schools(12), 1),
    World("dezelfde 30 scholen", Method.PAIRED, schools(30), 1),
)


def share_with_signal(world: World, rng: Rng, number: int) -> tuple[float, float]:
    """(share of stable series with a signal, share that took the route of this world)."""
    found = [judge(world.stable(rng)) for _ in range(number)]
    signals = sum(finding.change.is_signal for finding in found)
    return signals / number, sum(item.method is world.method for item in found) / number


def seen_after_step(
    world: World, rng: Rng, number: int, step: float = STEP
) -> tuple[float, float, float, float]:
    """Share seen at the end and at any verdict after the step: by us, then by plain XmR."""
    hits = np.zeros(4)
    for _ in range(number):
        pairs = world.verdicts_after_step(rng, step)
        ours = [finding.change.is_signal for _, finding in pairs]
        plain = [plain_signal(series) for series, _ in pairs]
        hits += [ours[-1], any(ours), plain[-1], any(plain)]
    return tuple((hits / number).tolist())


def values(series: Series) -> Sequence[float]:
    """The bare values."""
    return [point.value or 0.0 for point in series.points]
