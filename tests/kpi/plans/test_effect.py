"""The effect that was expected of an activity, held against the figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from made_series import counts, means

from kpi.figure import results
from kpi.meaning.choices import PeriodType, Shows
from kpi.plans.activity import Activity, Direction, Effect, Plan
from kpi.plans.effect import effect_of, expected_text, measure_of_effect
from kpi.verdict import reasons
from kpi.verdict.before_after import (
    TOO_EARLY,
    Seen,
    seen,
    side_of,
    why_never,
    why_no_windows,
    why_not_now,
    windows_of,
    would_be_seen,
)

BEFORE = [40, 42, 38, 41, 39, 40, 43, 37]
BETWEEN = [30] * 4
LOWER = [20, 22, 19, 21, 18, 20, 23, 17]
YEAR = PeriodType.SCHOOLJAAR


def windows(after, ended=8, since=12):
    return windows_of(counts([*BEFORE, *BETWEEN, *after]), ended, since)


def test_as_many_whole_years_on_both_sides_and_two_at_most():
    assert windows(LOWER[:3]) is None
    one = windows(LOWER[:5])
    assert [point.numerator for point in one.before] == BEFORE[4:]
    assert [point.numerator for point in one.after] == LOWER[:4]
    two = windows([*LOWER, 90, 90, 90, 90])
    assert (len(two.before), len(two.after)) == (8, 8)
    assert two.levels == (40.0, 20.0)


def test_a_planted_drop_is_seen_and_none_is_not():
    assert seen(windows(LOWER), -14) is Seen.YES
    assert seen(windows(BEFORE), -14) is Seen.NO
    assert seen(windows(BEFORE), -3) is Seen.UNKNOWN  # three of forty is less than years differ


def test_what_goes_the_other_way_is_not_visible_however_small_it_was_expected():
    assert side_of(windows(LOWER)) == -1
    assert not would_be_seen(windows(LOWER), 1)
    assert seen(windows(LOWER), 1) is Seen.NO


def test_nothing_is_compared_over_a_break_or_with_what_may_still_change():
    whole = counts([*BEFORE, *BETWEEN, *LOWER])
    points = list(whole.points)
    points[10] = replace(points[10], version=2)
    points[11:] = [replace(point, version=2) for point in points[11:]]
    recounted = replace(whole, points=tuple(points))
    assert windows_of(recounted, 8, 12) is None
    assert "andere telling" in why_no_windows(recounted, 8, 12)
    provisional = list(whole.points)
    provisional[13] = replace(provisional[13], usable=False, why_not="het cijfer is voorlopig")
    held = replace(whole, points=tuple(provisional))
    assert windows_of(held, 8, 12) is None
    assert "voorlopig" in why_no_windows(held, 8, 12)
    later = [*whole.points[:18], replace(whole.points[18], usable=False), *whole.points[19:]]
    one_year = windows_of(replace(whole, points=tuple(later)), 8, 12)
    assert len(one_year.after) == 4  # the second year may still change, the first may not


def test_too_early_and_too_little_before_are_told():
    short = counts([*BEFORE, *BETWEEN, 20, 21])
    assert why_no_windows(short, 8, 12) == TOO_EARLY.format(2, 4)
    assert why_no_windows(counts([*BEFORE, *LOWER]), 2, 8) == reasons.LITTLE_BEFORE


@pytest.mark.parametrize(
    ("shows", "why"), [(Shows.STOCK, reasons.STANDING), (Shows.PERSONS, reasons.CARRIED_OVER)]
)
def test_a_count_of_who_is_there_is_never_tested(shows, why):
    assert why_never(counts([*BEFORE, *BETWEEN, *LOWER], shows=shows)) == why


def test_quarters_that_hang_together_are_not_tested():
    drifting = [round(40 + 12 * np.sin(place / 3)) for place in range(32)]
    assert why_not_now(windows_of(counts(drifting), 12, 20)) == reasons.DEPENDENT


def test_means_are_compared_with_all_their_forms():
    low, high = [6.0, 7.0, 8.0] * 10, [7.0, 8.0, 9.0] * 10
    found = windows_of(means([low, low, low, high, high]), 2, 3)
    assert (seen(found, 0.8), seen(found, -0.8)) == (Seen.YES, Seen.NO)
    same = windows_of(means([low] * 5), 2, 3)
    assert (seen(same, 0.8), seen(same, 0.2)) == (Seen.NO, Seen.UNKNOWN)
    assert why_not_now(windows_of(means([low, low, low, [9.0] * 4, [9.0] * 4]), 2, 3)) == (
        reasons.FEW_FORMS
    )


def activity(kpi, direction, size, by="2024-06", begins=date(2023, 8, 1)):
    effect = Effect(kpi, Direction(direction), Decimal(size), by)
    return replace(Activity("1", Plan.YEAR_PLAN, 1, "schooljaar", "Doen"),
                   from_on=begins, effect=effect)  # fmt: skip


def test_a_stock_is_checked_by_the_inflow_that_is_judged_in_its_place(demo):
    thuiszitters = demo.kpis["thuiszitters"]
    assert measure_of_effect(thuiszitters).id == thuiszitters.main.tested_by
    found = effect_of(demo, activity("thuiszitters", "omlaag", "5"))
    assert found.outcome is Seen.NO
    assert found.expected == (
        "Nieuwe thuiszitters: 5 leerlingen minder per kwartaal, vanaf juni 2024"
    )
    assert found.compared == "juli 2021 t/m juni 2023 naast juli 2024 t/m juni 2026"


def test_the_numbers_are_those_of_the_figures(demo):
    found = effect_of(demo, activity("maatwerk", "omlaag", "20"))
    swv = demo.swv.organisation_id
    figures = {item.period.label: item.value for item in results.trend(demo, "maatwerk", swv)}
    before = [value for label, value in figures.items() if label in (
        "sept 2021", "dec 2021", "mrt 2022", "juni 2022",
        "sept 2022", "dec 2022", "mrt 2023", "juni 2023")]  # fmt: skip
    assert len(before) == 8
    assert f"Van gemiddeld {sum(before) / 8:.1f} naar".replace(".", ",") in found.sentence
    assert found.outcome is Seen.NO


def test_what_cannot_be_said_has_a_reason(demo):
    for kpi, words in (
        ("opp", "Dit is een stand"), ("reserve", "boekhouding"),
        ("basisondersteuning", "eens in de vier jaar"),
    ):  # fmt: skip
        found = effect_of(demo, activity(kpi, "omlaag", "1"))
        assert found.outcome is Seen.UNKNOWN
        assert words in found.reason
    early = effect_of(demo, activity("maatwerk", "omlaag", "5", by="2026-02"))
    assert (early.outcome, early.reason) == (Seen.UNKNOWN, TOO_EARLY.format(2, 4))


def test_every_kpi_gives_an_answer_in_one_short_sentence(demo):
    for kpi in demo.kpis:
        for direction, size in (("omlaag", "5"), ("omhoog", "0.25"), ("omlaag", "1000")):
            for by in ("2021-01", "2024-06", "2025-09"):
                begins = date(2020, 8, 1) if by < "2022" else date(2023, 8, 1)
                found = effect_of(demo, activity(kpi, direction, size, by, begins))
                assert 0 < len(found.sentence.split()) <= 25
                assert bool(found.reason) == (found.outcome is Seen.UNKNOWN)


def test_who_looks_back_sees_what_was_known_then(demo):
    quarter = next(item for item in demo.periods.values() if item.label == "juni 2025")
    item = activity("maatwerk", "omlaag", "20")
    then, now = effect_of(demo, item, quarter), effect_of(demo, item)
    assert then.compared == "juli 2022 t/m juni 2023 naast juli 2024 t/m juni 2025"
    assert now.compared == "juli 2021 t/m juni 2023 naast juli 2024 t/m juni 2026"


def test_without_an_expected_effect_nothing_is_checked(demo):
    assert effect_of(demo, replace(activity("opp", "omlaag", "1"), effect=None)) is None
    assert expected_text(demo.kpis["vsv"], activity("vsv", "omlaag", "0.1").effect) == (
        "VSV in het VO: 0,1 procentpunt lager, vanaf juni 2024"
    )
