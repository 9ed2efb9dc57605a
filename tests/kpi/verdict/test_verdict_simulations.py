"""The promises, held against thousands of made-up series with fixed seeds.

KPI_SIMULATIONS sets how many series each check makes (2000 by default). Every check leaves room
for three standard errors, so more series make it stricter. tests/benchmark/verdict_power.py
prints the figures themselves.
"""

import os
import re
from math import sqrt

import numpy as np
import pytest
from awkward import AWKWARD_WORLDS, SUMMER
from futures import BANDS, FUTURES, calibration, coverage, mean_future
from made_series import counts
from worlds import WORLDS, World, seen_after_step, share_with_signal

from kpi.meaning.choices import PeriodType, Shows
from kpi.verdict.compare import funnel
from kpi.verdict.promises import (
    AWKWARD,
    FORECAST_LEVEL,
    FORECAST_MARGIN,
    FOUND,
    NAMED_PER_YEAR,
    ODDS_MARGIN,
    PROMISED,
    Awkward,
)
from kpi.verdict.router import judge
from kpi.verdict.verdict import Change, Method

NUMBER = int(os.environ.get("KPI_SIMULATIONS", "2000"))
ASSUMED = "jaar: helft verandert niet, 5% extra (aangenomen)"
# Worlds in which the odds must hold; in the others the assumption about drift does not.
HOLD = (ASSUMED, "jaar: alleen toeval", "jaar: percentages", "jaar: verschillende leerlingen",
        "kwartaal: aantallen, helft met seizoen", "kwartaal: gewoon seizoen",
        "kwartaal: steil seizoen")  # fmt: skip
SEASONAL = [
    world
    for world in (*WORLDS, *AWKWARD_WORLDS)
    if re.search("seizoen|leeg", world.name) and not re.search("klein|gaten", world.name)
]
EMPTY = "kwartaal: bijna alles in één kwartaal"


def room(rate: float, number: int) -> float:
    return 3 * sqrt(max(rate * (1 - rate), 1 / number) / number)


@pytest.mark.parametrize("world", [*WORLDS, *AWKWARD_WORLDS], ids=lambda world: world.name)
def test_stable_series_rarely_have_a_signal(world: World):
    number = NUMBER if world.awkward is None else NUMBER // 2  # there are many of those
    signals, routed = share_with_signal(world, np.random.default_rng(1), number)
    assert signals <= world.promised + room(world.promised, number)
    # where it cannot be checked whether a test is allowed there is none
    assert routed > (0.85 if world.awkward is None else 0.15)


def test_every_method_that_can_signal_and_every_promise_is_simulated():
    assert {world.method for world in WORLDS} == {
        method for method, rate in PROMISED.items() if rate
    }
    assert {world.awkward for world in AWKWARD_WORLDS} == set(AWKWARD) == set(Awkward)
    assert set(FOUND) <= {world.name for world in WORLDS}


@pytest.mark.parametrize("shows", [Shows.STOCK, Shows.PERSONS])
def test_a_stock_never_reaches_a_test(shows):
    """The same chart would cry wolf in six of ten of these series."""
    rng = np.random.default_rng(2)
    for _ in range(NUMBER // 4):
        values = [20]
        for _ in range(40):
            values.append(int(rng.binomial(values[-1], 0.5) + rng.poisson(10)))
        for period in (PeriodType.KWARTAAL, PeriodType.SCHOOLJAAR):
            found = judge(counts(values[-20:], shows=shows, period=period))
            assert (found.method, found.change) == (Method.NONE, Change.NOT_TESTED)


@pytest.mark.parametrize("world", [w for w in WORLDS if w.name in FOUND], ids=lambda w: w.name)
def test_a_drop_of_a_third_is_seen_as_often_as_promised(world: World):
    number = max(200, NUMBER // 8)
    stable = seen_after_step(world, np.random.default_rng(3), number, 1.0)
    dropped = seen_after_step(world, np.random.default_rng(4), number)
    promised = FOUND[world.name].rate
    assert dropped[1] >= promised - room(promised, number)
    assert dropped[1] > stable[1]


@pytest.mark.parametrize("mean", [60, 120])
def test_in_a_season_with_empty_quarters_a_doubling_is_seen(mean):
    """It was seen in 3 of 100; and no band is wider than three times what was shown."""
    rng = np.random.default_rng(9)
    seen = wide = 0
    number = max(200, NUMBER // 8)
    for _ in range(number):
        level = mean * SUMMER[np.arange(21) % 4]
        level[-1] *= 2
        values = rng.poisson(level).tolist()
        found = judge(counts(values))
        seen += found.change is Change.WORSE
        if found.limits:
            width = found.limits.upper[-1] - found.limits.lower[-1]
            own = values[::4]
            wide += width > 3.001 * (max(own) - min(own))
    assert seen / number > 0.95
    assert not wide


@pytest.mark.parametrize("name", [*HOLD, EMPTY])
def test_odds_come_true_as_often_as_stated(name):
    number = 4 * NUMBER
    for (low, high), (told, came, size) in zip(
        BANDS, calibration(FUTURES[name], np.random.default_rng(5), number), strict=True
    ):
        assert size > number / 200, (low, high)
        assert came == pytest.approx(told, abs=ODDS_MARGIN + room(told, size)), (low, high)


def test_odds_of_a_mean_come_true_as_often_as_stated():
    for told, came, size in calibration(mean_future, np.random.default_rng(6), 2 * NUMBER):
        assert came == pytest.approx(told, abs=ODDS_MARGIN + room(told, size))


@pytest.mark.parametrize("name", [*HOLD, "jaar: 10% extra", "jaar: niveau wandelt 5% per jaar"])
def test_forecasts_hold_as_often_as_stated(name):
    share = coverage(FUTURES[name], np.random.default_rng(7), NUMBER)
    assert share == pytest.approx(FORECAST_LEVEL, abs=FORECAST_MARGIN + room(0.8, NUMBER))


def test_a_forecast_of_an_empty_quarter_holds_at_least_as_often_as_stated():
    """More often: "0 or 1" is the least that can be said where hardly anything happens."""
    share = coverage(FUTURES[EMPTY], np.random.default_rng(7), NUMBER)
    assert share >= FORECAST_LEVEL - FORECAST_MARGIN


@pytest.mark.parametrize("world", SEASONAL, ids=lambda w: w.name)
def test_no_seasonal_band_is_wider_than_three_times_what_its_quarter_showed(world: World):
    rng = np.random.default_rng(10)
    for _ in range(NUMBER // 20):
        series = world.stable(rng)
        limits = judge(series).limits
        if limits is None or len(set(limits.mean)) == 1:
            continue
        units = [(series.shows.factor or 1) / (point.denominator or 1) for point in series.points]
        for place, (low, high) in enumerate(zip(limits.lower, limits.upper, strict=True)):
            own = limits.values[place % 4 :: 4]
            least = units[place] * max(1, 0.5 * sqrt(limits.mean[place] / units[place]))
            assert high - low <= 3.001 * max(max(own) - min(own), least)


LARGE = (60, 80, 110, 140, 180, 220, 260, 300, 350, 400, 450, 500, 600, 700, 800, 900, 1000, 1150,
         1300, 1500)  # fmt: skip
SMALL = (10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 120, 150, 200, 300)


@pytest.mark.parametrize("sizes", [LARGE, SMALL], ids=["groot", "klein"])
@pytest.mark.parametrize("part", [0.01, 0.04, 0.2, 0.9])
def test_equal_schools_are_hardly_ever_named(sizes, part):
    rng = np.random.default_rng(8)
    years = max(100, NUMBER // 8)
    named = 0
    for _ in range(years):
        units = [(str(size), int(rng.binomial(size, part)), float(size)) for size in sizes]
        named += sum(unit.stands_out != 0 for unit in funnel(units).units)
    assert named / years <= NAMED_PER_YEAR
