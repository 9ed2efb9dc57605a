"""The model: an example by hand, what must always hold, and what cannot be filled in."""

from dataclasses import replace
from random import Random

import pytest
from hand_made import money_year, pupil_year, steady

from kpi.scenario.assumption import (
    ChainStep,
    WrongAssumption,
    assumptions_of,
    check_together,
    load_assumptions,
)
from kpi.scenario.estimate import estimate
from kpi.scenario.history import History, NotEnough
from kpi.scenario.project import lagged, project

TRIES = 200


def test_when_every_year_is_the_same_the_next_ones_are_too():
    known = steady()
    given = estimate(known)
    assert (given.referral_share, given.lag, given.entrants_per_referral) == (1.0, 1.0, 1.0)
    assert (given.outflow, given.pupil_growth, given.index, given.result_share) == (25.0, 0, 0, 0)
    assert (given.share_midden, given.share_hoog, given.amount) == (50, 25, 10_000)
    for row in project(known, given, 6).years:
        assert (row.pupils, row.referrals, row.places) == (1000, 10, 40)
        assert (row.contribution, row.schools, row.result) == (400_000, 300_000, 0)
        assert (row.equity, row.signal, row.above) == (50_000, 250_000, -200_000)


def test_an_example_by_hand():
    """Start: 1.000 pupils, 10 referrals, 40 places, € 1.000.000 of which € 400.000 to VSO."""
    known = steady()
    given = replace(
        estimate(known), referral_share=2.0, lag=0.5, outflow=25.0, index=10.0, result_share=-1.0,
        absorbed=50.0, expertise_share=20.0, overhead_share=10.0, signal_share=30.0,
    )  # fmt: skip
    first, second, third = project(known, given, 3).years
    # 2026: the school year 2025-2026 is known, and the count of 2025 pays: 40 × 10.000 × 1,1
    assert (first.year, first.pupils_measured, first.places) == (2026, True, 40)
    assert first.income == pytest.approx(1_100_000)
    assert first.contribution == pytest.approx(440_000)
    # the contribution is what it was of the income (40%), so nothing is to be absorbed
    assert first.result == pytest.approx(-11_000)
    assert first.spent == pytest.approx(1_100_000 - 440_000 + 11_000)
    assert first.expertise == pytest.approx(0.2 * first.spent)
    assert first.equity == pytest.approx(39_000)
    # 2026-2027: 2% of 1.000, half of them half a year later: (20 + 10) / 2 = 15 come, 10 go
    assert (second.referrals, second.places) == (20, 45)
    assert second.contribution == pytest.approx(40 * 12_100)  # the count of 2025-2026
    # 2028: the count of 45 pays; income 1.331.000 of which 40% is 532.400
    assert third.contribution == pytest.approx(45 * 13_310)
    missed = 45 * 13_310 - 532_400
    assert third.result == pytest.approx(-13_310 - missed / 2)
    assert third.signal == pytest.approx(0.3 * 1_331_000)


def test_dearer_categories_cost_more_once_they_are_counted():
    known = steady()
    usual = replace(estimate(known), factor_midden=2.0, factor_hoog=3.0)
    same, more = (project(known, replace(usual, share_hoog=s), 3).years for s in (25.0, 50.0))
    assert same[-1].contribution == pytest.approx(400_000)
    assert more[1].contribution == pytest.approx(400_000)  # still the measured count
    # weights: 25% × 1 + 50% × 2 + 25% × 3 = 2, and with half of them hoog 0 + 1 + 1,5 = 2,5
    assert more[-1].contribution == pytest.approx(400_000 * 2.5 / 2)


def test_without_lag_a_referral_counts_in_its_own_year_and_with_a_year_in_the_next():
    known = steady()
    usual = replace(estimate(known), referral_share=3.0)
    at_once, later = (project(known, replace(usual, lag=lag), 3).years for lag in (0.0, 1.0))
    assert at_once[1].places == 40 - 10 + 30
    assert later[1].places == 40 - 10 + 10
    assert later[2].places == 40 - 10 + 30


def test_between_two_years_in_proportion():
    by_year = {2024: 10.0, 2025: 20.0, 2026: 40.0}
    assert [lagged(by_year, 2026, lag) for lag in (0, 0.25, 1, 1.5, 2)] == [40, 35, 20, 15, 10]
    with pytest.raises(KeyError):
        lagged(by_year, 2025, 1.5)


def anything(chance):
    """A value between the bounds for every assumption, parts of a whole not above the whole."""
    values = {}
    for item in load_assumptions().values():
        whole = 50 if item.id.endswith(("_midden", "_hoog", "e_share", "d_share")) else item.high
        values[item.id] = round(chance.uniform(item.low, min(item.high, whole)), item.decimals)
    return values


def test_money_adds_up_whatever_is_assumed():
    chance = Random(1)
    known = steady()
    for _ in range(TRIES):
        given = replace(estimate(known), **anything(chance))
        before = known.money[known.last_money].equity.numerator
        for row in project(known, given, 8).years:
            parts = row.contribution + row.schools + row.expertise + row.overhead + row.result
            assert parts == pytest.approx(row.income)
            assert row.equity == pytest.approx(before + row.result)
            assert row.signal >= given.signal_floor
            assert row.above == pytest.approx(row.equity - row.signal)
            before = row.equity


def test_more_referrals_never_mean_fewer_places_nor_more_money_for_schools_and_reserve():
    chance = Random(2)
    known = steady()
    for _ in range(TRIES):
        fewer = replace(estimate(known), **anything(chance))
        more = replace(fewer, referral_share=fewer.referral_share + chance.uniform(0, 2))
        for few, many in zip(
            project(known, fewer, 8).years, project(known, more, 8).years, strict=True
        ):
            assert many.places >= few.places - 1e-9
            assert many.contribution >= few.contribution - 1e-6
            assert many.spent <= few.spent + 1e-6
            assert many.result <= few.result + 1e-6


def test_what_cannot_be_is_refused_with_what_can():
    item = load_assumptions()["referral_share"]
    for text in ("6", "-1", "5,1%"):
        with pytest.raises(WrongAssumption, match="vul een getal in van 0% tot en met 5%"):
            item.parsed(text)
    with pytest.raises(WrongAssumption, match="is geen getal. Schrijf het zo: 1.234,5"):
        item.parsed("0.8")
    assert item.parsed("0,8%") == 0.8
    assert load_assumptions()["amount"].parsed("€ 21.500") == 21_500
    with pytest.raises(WrongAssumption, match="vul een heel getal in"):
        load_assumptions()["count_lag"].parsed("0,5")
    with pytest.raises(WrongAssumption, match="samen meer dan 100%"):
        check_together(replace(estimate(steady()), share_midden=60.0, share_hoog=41.0))


def test_every_assumption_says_what_it_is_and_where_it_comes_from():
    every = load_assumptions()
    assert len({item.name for item in every.values()}) == len(every)
    assert sum(len(assumptions_of(step)) for step in ChainStep) == len(every)
    for item in every.values():
        assert item.label and item.explanation and item.how and item.low < item.high
        assert item.default is None or item.low <= item.default <= item.high
        assert not item.source or item.source.startswith("https://")


def test_too_little_says_what_to_deliver():
    known = steady()
    with pytest.raises(NotEnough, match="Niet te berekenen, omdat .* Lever aan: het TLV-register"):
        estimate(History({2026: pupil_year(2026)}, known.money, {}))
    with pytest.raises(NotEnough, match="Lever aan: de verdeling van de middelen en het vermogen"):
        estimate(History(known.pupils, {}, {}))
    with pytest.raises(NotEnough, match="te ver uit elkaar"):
        estimate(History(known.pupils, {2010: money_year(2010), 2011: money_year(2011)}, {}))
    first_years = {year: money_year(year) for year in (2019, 2020)}
    with pytest.raises(NotEnough, match="te ver uit elkaar"):  # no count pays for 2020
        estimate(History(known.pupils, first_years, {}))
