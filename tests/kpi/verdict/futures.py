"""Made-up futures, to hold stated odds and forecast intervals against what then happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from awkward import STEEP, SUMMER
from made_series import counts, means, shares
from worlds import SEASON

from kpi.meaning.choices import PeriodType, Shows
from kpi.verdict.goal import next_count, odds_of
from kpi.verdict.series import Series

Rng = np.random.Generator
YEAR = PeriodType.SCHOOLJAAR
BANDS = ((0.05, 0.15), (0.25, 0.35), (0.45, 0.55), (0.65, 0.75), (0.85, 0.95))
ASKED = (1.0, 1.0, 1.15, 1.3, 1.5)  # how much easier than −10 % a year the target is


@dataclass(frozen=True)
class Future:
    """A whole history with its first `known` periods, and what is asked of the last one."""

    series: Series
    known: int
    bound: float
    wants_more: bool = False

    @property
    def past(self) -> Series:
        """What is known when the odds are stated."""
        return replace(self.series, points=self.series.points[: self.known])

    @property
    def came_true(self) -> bool:
        """Whether the last period reached what was asked."""
        value = self.series.last.value or 0.0
        return value >= self.bound if self.wants_more else value <= self.bound


def drift(rng: Rng, spread: float = 0.10, none: float = 0.5) -> float:
    """A change per year, as a logarithm: none in half of the series."""
    return 0.0 if rng.random() < none else float(rng.normal(0, spread))


def _asked_of(first: float, years: int, rng: Rng) -> float:
    """Ten percent of the base year lower every year, at most six; sometimes easier."""
    return first * (1 - 0.1 * min(years, 6)) * float(rng.choice(ASKED))


def yearly_future(
    *, spread: float = 0.10, none: float = 0.5, extra: float = 0.05, walk: float = 0.0
) -> Callable[[Rng], Future]:
    """Counts of 8 to 200 a year; the target hangs on the base year, which is the first."""

    def make(rng: Rng) -> Future:
        known, ahead = int(rng.integers(2, 7)), int(rng.integers(1, 4))
        years = np.arange(known + ahead)
        level = np.exp(rng.uniform(np.log(8), np.log(200)) + drift(rng, spread, none) * years)
        level = level * np.exp(np.cumsum(rng.normal(0, walk, len(years))))
        if extra:
            level = level * rng.gamma(1 / extra**2, extra**2, len(years))
        numbers = rng.poisson(level)
        series = counts(numbers.tolist(), period=YEAR)
        return Future(series, known, _asked_of(float(numbers[0]), len(years) - 1, rng))

    return make


def yearly_share_future(rng: Rng) -> Future:
    """Shares of 2 to 95 %, of groups of 60 to 600, that drift."""
    known, ahead = int(rng.integers(2, 7)), int(rng.integers(1, 4))
    years = np.arange(known + ahead)
    start, slope = rng.uniform(0.02, 0.95), drift(rng)
    rare = min(start, 1 - start) * np.exp(slope * years) * rng.gamma(400, 1 / 400, len(years))
    part = np.clip(rare if start < 0.5 else 1 - rare, 0.001, 0.999)
    sizes = rng.poisson(np.exp(rng.uniform(np.log(60), np.log(600))), len(years)) + 1
    series = shares(rng.binomial(sizes, part).tolist(), sizes.tolist(), period=YEAR)
    first, more = series.points[0].value or 0.0, bool(rng.random() < 0.5)
    bound = first * float(rng.uniform(0.85, 1.1)) + (2 if more else -2) * float(rng.random())
    return Future(series, known, bound, more)


def persons_future(rng: Rng) -> Future:
    """Persons per year, a fifth of whom is carried over to the next year."""
    known, ahead = int(rng.integers(2, 7)), int(rng.integers(1, 4))
    years = np.arange(known + ahead)
    level = np.exp(rng.uniform(np.log(8), np.log(200)) + drift(rng) * years)
    numbers = [int(rng.poisson(level[0]))]
    for mean in level[1:]:
        numbers.append(int(rng.binomial(numbers[-1], 0.2) + rng.poisson(0.8 * mean)))
    series = counts(numbers, period=YEAR, shows=Shows.PERSONS, standing=True)
    return Future(series, known, _asked_of(float(numbers[0]), len(years) - 1, rng))


def quarterly_future(rng: Rng) -> Future:
    """Counts per quarter, half of them with a season; the target is a fixed bound."""
    known, ahead = int(rng.integers(8, 25)), int(rng.integers(1, 5))
    quarters = np.arange(known + ahead)
    level = np.exp(rng.uniform(np.log(2), np.log(60)) + drift(rng) * quarters / 4)
    if rng.random() < 0.5:
        level = level * SEASON[quarters % 4]
    level = level * rng.gamma(400, 1 / 400, len(quarters))
    numbers = rng.poisson(level)
    bound = float(np.mean(numbers[:known]) * rng.uniform(0.7, 1.2))
    return Future(counts(numbers.tolist()), known, bound)


def seasonal_future(season: np.ndarray, low: float, high: float) -> Callable[[Rng], Future]:
    """Counts per quarter with a season; the target is near what that quarter usually is."""

    def make(rng: Rng) -> Future:
        known, ahead = int(rng.integers(8, 25)), int(rng.integers(1, 5))
        quarters = np.arange(known + ahead) + int(rng.integers(0, 4))
        level = np.exp(rng.uniform(np.log(low), np.log(high)) + drift(rng) * quarters / 4)
        level = level * season[quarters % 4] * rng.gamma(400, 1 / 400, len(quarters))
        numbers = rng.poisson(level)
        same = numbers[:known][(quarters[:known] - quarters[-1]) % 4 == 0]
        bound = float(np.mean(same) * rng.uniform(0.7, 1.2))
        series = counts(numbers.tolist())
        points = tuple(
            replace(point, position=int(at))
            for point, at in zip(series.points, quarters, strict=True)
        )
        return Future(replace(series, points=points), known, bound)

    return make


def mean_future(rng: Rng) -> Future:
    """Mean marks per year around 7.7 that walk a little; asked is an eight."""
    known, ahead = int(rng.integers(1, 6)), int(rng.integers(1, 4))
    spread = rng.uniform(0.8, 1.5)
    level = rng.normal(7.7, 0.6) + np.cumsum(rng.normal(0, 0.15 * spread, known + ahead))
    size = int(rng.integers(12, 60))
    groups = [np.clip(np.round(rng.normal(mean, spread, size)), 1, 10).tolist() for mean in level]
    return Future(means(groups), known, 7.8, wants_more=True)


def stated_odds(future: Future) -> float | None:
    """The odds that are stated on what is known."""
    ahead = len(future.series.points) - future.known
    return odds_of(future.past, future.bound, ahead, wants_more=future.wants_more)


def calibration(
    make: Callable[[Rng], Future],
    rng: Rng,
    number: int,
    bands: Sequence[tuple[float, float]] = BANDS,
) -> list[tuple[float, float, int]]:
    """Per band: mean of the stated odds, share that came true, and number of series."""
    told, true = [], []
    for _ in range(number):
        future = make(rng)
        odds = stated_odds(future)
        if odds is not None:
            told.append(odds)
            true.append(future.came_true)
    odds_told, came = np.array(told), np.array(true)
    found = []
    for low, high in bands:
        inside = (odds_told >= low) & (odds_told < high)
        size = int(inside.sum())
        mean = float(odds_told[inside].mean()) if size else float("nan")
        found.append((mean, float(came[inside].mean()) if size else float("nan"), size))
    return found


def coverage(make: Callable[[Rng], Future], rng: Rng, number: int) -> float:
    """Share of the next figures that fall in the 80 % interval stated before."""
    inside = made = 0
    for _ in range(number):
        future = make(rng)
        stated = next_count(future.past)
        if stated is None:
            continue
        low, high = stated.interval()
        came = future.series.points[future.known]
        last = future.past.last
        size = came.denominator / last.denominator if last.denominator else 1.0
        made += 1
        inside += low * size - 0.5 < came.numerator < high * size + 0.5
    return inside / made


FUTURES = {
    "jaar: helft verandert niet, 5% extra (aangenomen)": yearly_future(),
    "jaar: alleen toeval": yearly_future(extra=0.0),
    "jaar: niets verandert": yearly_future(none=1.0),
    "jaar: alles drijft af (10%)": yearly_future(none=0.0),
    "jaar: alles drijft af (5%)": yearly_future(none=0.0, spread=0.05),
    "jaar: 10% extra": yearly_future(extra=0.10),
    "jaar: niveau wandelt 5% per jaar": yearly_future(walk=0.05),
    "jaar: percentages": yearly_share_future,
    "jaar: verschillende leerlingen": persons_future,
    "kwartaal: aantallen, helft met seizoen": quarterly_future,
    "kwartaal: gewoon seizoen": seasonal_future(SEASON, 8, 60),
    "kwartaal: steil seizoen": seasonal_future(STEEP, 8, 60),
    "kwartaal: bijna alles in één kwartaal": seasonal_future(SUMMER, 40, 160),
}
