"""The scenario on the made-up SWV: calculated a second time, and checked on its last two years."""

import io
import statistics
from dataclasses import replace
from math import sqrt

import openpyxl
import pytest
from scipy import stats

from data.deliveries.store import Store
from data.gate.importing import import_file
from data.source_file import SOURCES
from kpi.figure.results import figure
from kpi.guard.guard import Audience
from kpi.guard.shown import protected
from kpi.opening.opening import open_monitor
from kpi.paper.make import written
from kpi.paper.scenario import SILENT, may_leave, scenario_paper, sections
from kpi.scenario import words
from kpi.scenario.assumption import WrongAssumption, load_assumptions
from kpi.scenario.check import Quantity, look_back, room
from kpi.scenario.estimate import estimate
from kpi.scenario.history import History, NotEnough
from kpi.scenario.measured import history
from kpi.scenario.scenario import make_scenario


@pytest.fixture(scope="module")
def known(demo):
    """What was measured of the made-up SWV."""
    return history(demo)


def numbers(demo, kpi, measure, kind, segment=""):
    """Numerator and denominator of the SWV by the year its period ends in, from kpi_value."""
    rows = demo.database.rows(
        """
        select kpi_value.period_id, numerator, denominator
        from kpi_value
        inner join period on period.period_id = kpi_value.period_id
        where kpi_id = ? and measure = ? and segment = ? and organisation_id = ?
            and period.period_type = ?
        """,
        [kpi, measure, segment, demo.swv.organisation_id, kind],
    )
    if kind == "kwartaal":
        rows = [row for row in rows if row["period_id"].endswith("-k2")]
    ends = 1 if kind != "kalenderjaar" else 0
    return {
        int(row["period_id"][:4]) + ends: (float(row["numerator"]), float(row["denominator"]))
        for row in rows
    }


def test_every_number_again_from_the_stored_figures(demo):
    """Estimates, places, contribution and reserve with a given share, in plain sums."""
    share, lag, absorbed = 1.0, 0.4, 25.0
    found = make_scenario(demo, {"referral_share": share, "lag": lag, "absorbed": absorbed})
    referred = numbers(demo, "verwijzingen_vso", "referral_share", "schooljaar")
    entered = numbers(demo, "deelname_vso", "entered", "schooljaar")
    gone = numbers(demo, "deelname_vso", "left", "schooljaar")
    standing = numbers(demo, "deelname_vso", "pupils", "kwartaal")
    total = numbers(demo, "verdeling_middelen", "amount", "kalenderjaar")
    vso = numbers(demo, "verdeling_middelen", "amount", "kalenderjaar", "post=vso")
    ratio = numbers(demo, "reserve", "ratio", "kalenderjaar")
    equity = numbers(demo, "reserve", "equity", "kalenderjaar")
    last, closed = 2026, 2025

    usual = found.basis.usual
    out = sum(gone[y][0] for y in (2024, 2025, 2026)) / sum(
        standing[y][0] for y in (2024, 2025, 2026)
    )
    assert usual.outflow == round(100 * out, 2)
    fed = sum(
        (1 - usual.lag) * referred[y][0] + usual.lag * referred[y - 1][0]
        for y in (2024, 2025, 2026)
    )
    per_referral = sum(entered[y][0] for y in (2024, 2025, 2026)) / fed
    assert usual.entrants_per_referral == pytest.approx(per_referral, abs=0.002)  # lag is rounded
    kept = sum(ratio[y][1] - total[y][0] for y in (2023, 2024, 2025))
    assert usual.result_share == round(100 * kept / sum(ratio[y][1] for y in (2023, 2024, 2025)), 2)
    assert usual.amount == round(vso[closed][0] / standing[closed - 1][0])

    pupils, places, referrals = referred[last][1], standing[last][0], [referred[last][0]]
    counted = {2025: standing[2025][0], 2026: places}
    grown = {2025: referred[2025][1], 2026: pupils}
    for year in range(2027, 2031):
        pupils *= 1 + usual.pupil_growth / 100
        grown[year] = pupils
        referrals.append(pupils * share / 100)
        places *= 1 - usual.outflow / 100
        places += usual.entrants_per_referral * ((1 - lag) * referrals[-1] + lag * referrals[-2])
        counted[year] = places
    income, reserve = ratio[closed][1], equity[closed][0]
    usual_part = vso[closed][0] / ratio[closed][1]
    for row in found.chosen.years:
        years = row.year - closed
        income *= grown[row.year] / grown[row.year - 1] * (1 + usual.index / 100)
        contribution = counted[row.year - 1] * usual.amount * (1 + usual.index / 100) ** years
        reserve += usual.result_share / 100 * income
        reserve -= (1 - absorbed / 100) * (contribution - usual_part * income)
        assert row.places == pytest.approx(counted[row.year])
        assert row.contribution == pytest.approx(contribution)
        assert row.equity == pytest.approx(reserve)
        assert row.signal == pytest.approx(max(0.035 * income, 250_000))


def test_the_last_two_years_lie_in_the_range_that_was_stated_before_them(known):
    checked = look_back(known)
    asked = {(item.quantity, item.row.year) for item in checked}
    assert asked == {
        *((q, year) for q in Quantity if q.is_pupils for year in (2025, 2026)),
        *((q, year) for q in Quantity if not q.is_pupils for year in (2024, 2025)),
    }
    outside = [item for item in checked if not item.is_within]
    assert not outside


def test_the_range_is_that_of_the_trials_before_and_nothing_of_later_is_known_then(known):
    then = known.earlier(2)
    assert then.last_pupils == 2024 and then.last_money == 2023
    trials = [trial for trial in room(then).trials if trial.quantity is Quantity.PLACES]
    assert {trial.year for trial in trials} == {2022, 2023, 2024}
    spread = sqrt(statistics.fmean(trial.error**2 / trial.ahead for trial in trials))
    wanted = stats.t.ppf(0.975, df=3) * spread
    assert room(then).per_year[Quantity.PLACES] == pytest.approx(wanted)
    # wild later years change neither what was estimated then nor its range
    wild = {
        year: replace(row, places=replace(row.places, numerator=9_999.0, value=9_999.0))
        if year > 2024
        else row
        for year, row in known.pupils.items()
    }
    other = History(wild, known.money, {})
    assert estimate(other.earlier(2)) == estimate(then)
    assert room(other.earlier(2)) == room(then)
    assert not all(item.is_within for item in look_back(other))  # the check can fail


def test_errors_are_those_of_a_projection_made_then(known):
    """One trial by hand: places of 31 December 2023 from what was known of 2022-2023."""
    start = known.until(2023, 2022)
    given = estimate(start)
    referred = {year: row.referrals for year, row in start.pupils.items()}
    pupils = start.pupils[2023].pupils * (1 + given.pupil_growth / 100)
    ahead = pupils * given.referral_share / 100
    entrants = given.entrants_per_referral * ((1 - given.lag) * ahead + given.lag * referred[2023])
    places = start.pupils[2023].places.numerator * (1 - given.outflow / 100) + entrants
    (trial,) = (
        trial
        for trial in room(known).trials
        if (trial.quantity, trial.year, trial.ahead) == (Quantity.PLACES, 2024, 1)
    )
    measured = known.pupils[2024].places.numerator
    assert trial.error == pytest.approx((measured - places) / places)


def test_as_now_and_with_assumptions_start_from_the_same_figures(demo, known):
    now, other = make_scenario(demo, {}), make_scenario(demo, {"referral_share": 1.0})
    assert not now.changed and [item.id for item in other.changed] == ["referral_share"]
    assert now.chosen == now.as_now == other.as_now
    assert other.chosen.years[-1].places > other.as_now.years[-1].places
    swv = demo.swv.organisation_id
    shown = {tile.text for tile in sections(now, _everything(demo, now))[0].tiles}
    for kpi, measure, period, segment in (
        ("verwijzingen_vso", "referral_share", "2025-2026", ""),
        ("deelname_vso", "pupils", "2025-2026-k2", ""),
        ("verdeling_middelen", "amount", "2025", "post=vso"),
        ("verdeling_middelen", "amount", "2025", "post=regulier"),
        ("reserve", "equity", "2025", ""),
    ):
        assert figure(demo, kpi, swv, period, measure, segment).short_text in shown


def _everything(demo, scenario):
    _, shown = protected(demo, Audience.BUREAU, lambda asked: sections(scenario, asked))
    return shown


def test_the_sentence_is_short_and_says_when_the_difference_is_too_small(demo):
    now = make_scenario(demo, {})
    assert words.sentence(now).startswith(
        "In 2026 komt het eigen vermogen naar schatting onder de signaleringswaarde."
    )
    assert words.UNSURE in words.sentence(now)
    saved = make_scenario(demo, {"result_share": 3.0})
    assert words.sentence(saved) == (
        "Tot en met 2030 blijft het eigen vermogen naar schatting boven de signaleringswaarde."
    )
    emptied = make_scenario(demo, {"result_share": -5.0})
    assert words.warning(emptied) == "In 2026 is het eigen vermogen naar schatting op."
    for scenario in (now, saved, emptied):
        assert len(words.sentence(scenario).split()) <= 25
    with pytest.raises(WrongAssumption):
        make_scenario(demo, {"lag": 3.0})


def test_the_paper_holds_every_assumption_source_and_error_and_says_what_it_is(demo):
    scenario = make_scenario(demo, {"referral_share": 1.0})
    paper = scenario_paper(demo, scenario)
    assert "schatting, geen begroting" in paper.frame.title
    assert paper.frame.is_demo and "kleine aantallen zijn niet te zien" in paper.frame.audience
    book = openpyxl.load_workbook(io.BytesIO(written(paper, "xlsx")))
    told = "\n".join(
        str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None
    )
    for item in load_assumptions().values():
        assert item.label in told and item.how in told and item.source in told
    assert "Wat dit model twee jaar terug had voorspeld" in told
    assert told.count("✓ binnen de marge") == len(scenario.basis.checked) == 18
    assert words.origin_of_range(scenario) in told
    assert written(paper, "pdf").startswith(b"%PDF")


def test_nothing_is_told_outside_when_a_figure_below_it_is_hidden(demo):
    scenario = make_scenario(demo, {})
    strict = replace(demo.profile, smallest_shown=70)
    careful = replace(demo, profile=strict, _cache={}, _figures_cache={})
    assert may_leave(demo, scenario)
    assert not may_leave(careful, scenario)  # category midden has fewer than 70 pupils
    (only,) = SILENT
    assert "mag het bureau niet uit" in only.sentence and not only.tables and not only.chart
    told, _ = protected(careful, Audience.BUREAU, lambda shown: sections(scenario, shown))
    assert len(told) > 5


def test_numbers_that_are_too_small_are_not_calculated_with(demo):
    strict = replace(demo, profile=replace(demo.profile, smallest_shown=115))
    with pytest.raises(NotEnough, match="minder dan 115 verwijzingen"):
        history(strict)  # 114 in 2020-2021


def test_a_kpi_that_is_not_in_the_profile_is_named(demo):
    others = {name: kpi for name, kpi in demo.kpis.items() if name != "reserve"}
    with pytest.raises(NotEnough, match="KPI ‘reserve’ niet in het profiel staat"):
        history(replace(demo, kpis=others))


def test_a_store_without_figures_says_what_to_deliver(tmp_path):
    store = Store(tmp_path)
    path = SOURCES / "locaties" / "example.csv"
    assert import_file(store, path, source="locaties", isolated=False).accepted
    with pytest.raises(NotEnough, match="Niet te berekenen, omdat .* Lever aan: het TLV-register"):
        history(open_monitor(store=tmp_path, profile="groningen_stad"))
