"""Which route a series takes, and what no route ever does."""

from dataclasses import replace

import numpy as np
import pytest
from made_series import counts, label_of, means, shares

from kpi.meaning.choices import Better, JudgedBy, PeriodType, Shows
from kpi.verdict.goal import next_count
from kpi.verdict.router import judge
from kpi.verdict.rules import Rule
from kpi.verdict.series import Point
from kpi.verdict.verdict import Change, Finding, Method

YEAR = PeriodType.SCHOOLJAAR
CALM = [20, 23, 18, 21, 19, 22, 20, 17, 24, 20, 21, 19, 22, 18, 21, 20]


# Routes


def test_counts_of_eight_and_more_get_limits_from_thirteen_points():
    assert judge(counts(CALM[:13])).method is Method.XMR
    few = judge(counts(CALM[:12]))
    assert (few.method, few.change) == (Method.NONE, Change.TOO_FEW)
    assert few.sentence == "12 van de 13 nodige metingen. Wij tonen alleen de lijn."


def test_the_mean_of_eight_is_the_edge():
    assert judge(counts([8] * 12 + [8])).method is Method.XMR
    assert judge(counts([8] * 12 + [7])).method is Method.INTERVAL


def test_small_counts_compare_a_year_with_a_year():
    found = judge(counts([1, 0, 2, 0, 1, 2, 1, 1]))
    assert (found.method, found.change) == (Method.INTERVAL, Change.SMALL)
    assert found.sentence == "Van 3 naar 5 in een jaar is bij deze aantallen geen signaal."
    assert judge(counts([1, 0, 2, 0, 1, 2, 1])).change is Change.TOO_FEW
    assert judge(counts([1, 0, 1, 0, 5, 6, 4, 5])).change is Change.WORSE


def test_shares_get_limits_and_rates_a_year_against_a_year():
    sizes = [80, 85, 90, 78, 82, 88, 91, 79, 84, 86, 90, 83, 80, 87]
    assert judge(shares(CALM[:14], sizes)).method is Method.P_PRIME
    pupils = [size * 50 for size in sizes]
    rates = shares(CALM[:14], pupils, shows=Shows.PER_1000, unit="leerlingen")
    assert judge(rates).method is Method.INTERVAL


def test_a_share_is_as_small_as_its_rarer_side():
    sizes = [80, 85, 90, 78, 82, 88, 91, 79, 84, 86, 90, 83, 80, 87]
    nearly_all = [size - 2 for size in sizes]
    assert judge(shares(nearly_all, sizes)).method is Method.INTERVAL


def test_years_take_a_trend_from_five_and_a_margin_before():
    assert judge(counts([40, 42, 38, 41, 39], period=YEAR)).method is Method.TREND
    assert judge(counts([42, 38, 41, 39], period=YEAR)).method is Method.INTERVAL
    assert judge(counts([39], period=YEAR)).change is Change.TOO_FEW
    assert judge(counts([80, 60, 45, 40, 30], period=YEAR)).change is Change.BETTER
    assert judge(counts([99, 5, 40, 42, 38, 41, 39], period=YEAR)).change is Change.ORDINARY


def test_two_years_small_or_not():
    assert judge(counts([3, 5], period=YEAR)).change is Change.SMALL
    assert judge(counts([30, 35], period=YEAR)).change is Change.ORDINARY
    assert judge(counts([30, 75], period=YEAR)).change is Change.WORSE
    assert judge(counts([40, 20], period=YEAR)).sentence == (
        "Aantoonbaar lager dan 2000-2001: van 40 naar 20 leerlingen (−50%)."
    )


def test_a_season_moves_the_limits():
    wobble = [0, 2, -2, 1, -1, 0, 3, -3, 2, 1, -1, -2, 0, 1, -2, 2, -1, 0, 1, -1]
    parts = [0.6, 1, 1.1, 1.3] * 5
    values = [round(40 * part) + one for part, one in zip(parts, wobble, strict=True)]
    found = judge(counts(values))
    assert (found.method, found.change) == (Method.XMR, Change.ORDINARY)
    assert found.sentence.endswith("normaal voor dit kwartaal.")
    assert len(set(np.round(found.limits.mean, 6))) == 4
    assert found.limits.values == pytest.approx(values)


EMPTY = [120, 0, 1, 0, 100, 0, 0, 2, 143, 1, 0, 0, 110, 0, 0, 0, 130, 0, 0, 0]


def test_a_season_with_empty_quarters_is_judged_by_its_own_quarter():
    """It was "tussen 0 en 380" once, where this quarter has always been 100 to 143."""
    found = judge(counts([*EMPTY, 125]))
    assert found.sentence == (
        "Geen aantoonbare verandering: tussen 74 en 167 leerlingen is normaal voor dit kwartaal."
    )
    assert judge(counts([*EMPTY, 240])).change is Change.WORSE
    assert judge(counts([*EMPTY, 60])).change is Change.BETTER
    quiet = judge(counts([*EMPTY, 125, 2]))
    assert quiet.change is Change.ORDINARY
    assert judge(counts([*EMPTY, 125, 9])).change is Change.WORSE


def test_one_strange_quarter_of_before_is_no_part_of_what_is_ordinary():
    strange = [*CALM[:4], 66, *CALM[4:]]
    assert judge(counts(strange)).sentence == judge(counts(CALM)).sentence
    assert judge(counts([*CALM, 66])).change is Change.WORSE


STEADY = [83, 80, 75, 79, 70, 66, 65, 60, 58, 57, 50, 49, 45, 44, 40, 38, 33, 30, 26, 22]


def test_a_strong_course_is_found_although_quarters_hang_together():
    """A weaker one was found and the stronger one called "hangen te sterk samen"."""
    found = judge(counts(STEADY))
    assert (found.change, found.rules, found.limits) == (Change.BETTER, (Rule.COURSE,), None)
    assert found.sentence == "Gestage daling sinds sept 2000: van 83 naar 22 leerlingen."
    rising = judge(counts(STEADY[::-1]))
    assert rising.change is Change.WORSE
    assert rising.sentence == (
        "Gestage stijging sinds sept 2000: van 22 naar 83 leerlingen. "
        "Zoek eerst de oorzaak, dan de actie."
    )


def test_the_stronger_a_course_the_more_often_it_is_found():
    rng = np.random.default_rng(1)
    seen = []
    for last in (70, 60, 50, 40, 30, 22):
        found = [judge(counts(rng.poisson(np.linspace(83, last, 20)).tolist())) for _ in range(200)]
        seen.append(np.mean([one.change is Change.BETTER for one in found]))
    assert seen == sorted(seen)
    assert seen[-1] > 0.99 and seen[2] > 0.5


def without(series, *places):
    """The same series, in which nothing was delivered for these periods."""
    gone = {"value": None, "usable": False, "why_not": "er is niet geleverd"}
    points = [
        replace(point, **gone, other_source=0 if place % 2 else 34) if place in places else point
        for place, point in enumerate(series.points)
    ]
    return replace(series, points=tuple(points))


def test_a_missing_quarter_is_a_gap_and_throws_nothing_away():
    """It was called "een andere bron", and the nine quarters before it did not count."""
    series = without(counts(CALM), 9)
    assert [point.position for point in series.run] == [p for p in range(16) if p != 9]
    found = judge(series)
    assert (found.method, found.change) == (Method.XMR, Change.ORDINARY)
    assert found.periods == tuple(point.period_id for point in series.run)
    assert series.broken_by is None


def test_a_quarter_from_another_source_is_a_gap_too():
    points = [
        replace(point, locations=34, other_source=30 * (place in (5, 6, 7, 8)))
        for place, point in enumerate(counts(CALM).points)
    ]
    series = replace(counts(CALM), points=tuple(points))
    assert len(series.run) == 12
    assert series.broken_by is None


def test_a_gap_of_more_than_a_year_starts_anew():
    assert len(without(counts(CALM), 5, 6, 7, 8).run) == 12
    assert len(without(counts(CALM), 5, 6, 7, 8, 9).run) == 6


def test_a_year_against_a_year_needs_eight_quarters_in_a_row():
    small = [1, 0, 2, 0, 1, 2, 1, 1, 0, 1, 2, 1]
    assert judge(counts(small)).method is Method.INTERVAL
    found = judge(without(counts(small), 6))
    assert (found.change, found.sentence) == (
        Change.TOO_FEW, "5 van de 8 nodige metingen. Wij tonen alleen de lijn.",
    )  # fmt: skip


def test_a_missing_year_is_a_gap_and_two_start_anew():
    years = counts([40] * 7, period=YEAR)
    assert judge(without(years, 2)).method is Method.TREND
    assert judge(without(years, 2, 3)).method is Method.INTERVAL


def test_quarters_that_hang_together_are_not_tested():
    rise_and_fall = [30, 20, 10, 20, 30, 40, 30, 20, 10, 20, 30, 40, 30, 20, 10, 20]
    smooth = [round(30 + 10 * np.sin(place / 3)) for place in range(20)]
    assert judge(counts(smooth)).change is Change.NOT_TESTED
    assert judge(counts(rise_and_fall)).method in (Method.XMR, Method.NONE)


def test_bad_news_goes_before_good_news():
    """Below the lower limit, and rising seven times: for lower is better the rise is told."""
    values = [30, 33, 28, 31, 29, 32, 30, 31, 29, 1, 2, 3, 4, 5, 6, 7]
    found = judge(counts(values))
    assert found.rules[:2] == (Rule.OUTSIDE, Rule.TREND)
    assert found.change is Change.WORSE
    assert found.sentence.startswith("Zeven metingen op rij gestegen, sinds ")


def test_a_step_down_is_told_since_when():
    found = judge(counts([40, 46, 34, 43, 37, 45, 36, 42, 35, 44, 33, 36, 31, 35, 32, 34, 33]))
    assert found.change is Change.BETTER
    assert found.sentence == (
        "Aantoonbaar lager sinds mrt 2003: zeven metingen op rij onder het gemiddelde."
    )


def test_a_series_that_hardly_moves_gives_no_alarm_at_one_case_more():
    assert judge(counts([10] * 19 + [11])).change is Change.ORDINARY
    assert judge(shares([10] * 19 + [11], [100] * 20)).change is Change.ORDINARY


# What is never tested


@pytest.mark.parametrize("shows", [Shows.STOCK, Shows.PERSONS])
@pytest.mark.parametrize("period", [PeriodType.KWARTAAL, YEAR])
def test_the_same_pupils_are_never_tested(shows, period):
    found = judge(counts([40] * 10 + [5] * 10, shows=shows, period=period))
    assert (found.method, found.change) == (Method.NONE, Change.NOT_TESTED)


def test_a_standing_share_or_mean_is_never_tested():
    share = shares([40] * 10 + [5] * 10, [100] * 20, standing=True)
    assert judge(share).change is Change.NOT_TESTED
    assert judge(replace(means([[6] * 20, [9] * 20]), standing=True)).change is Change.NOT_TESTED


@pytest.mark.parametrize("period", [PeriodType.KWARTAAL, YEAR])
@pytest.mark.parametrize("unit", ["uren", "euro"])
def test_hours_and_money_are_never_tested(unit, period):
    series = counts([40] * 10 + [900] * 10, unit=unit, period=period)
    assert judge(series).change is Change.NOT_TESTED
    assert next_count(series) is None


def test_parts_of_cases_and_negative_amounts_are_never_tested():
    assert judge(counts([40.0] * 19 + [7.5])).change is Change.NOT_TESTED
    assert judge(counts([40.0] * 19 + [-7.0])).change is Change.NOT_TESTED
    assert judge(shares([40] * 19 + [110], [100] * 20)).change is Change.NOT_TESTED


@pytest.mark.parametrize(
    ("judged_by", "method"),
    [
        (JudgedBy.THRESHOLD, Method.THRESHOLD),
        (JudgedBy.PAIRED, Method.PAIRED),
        (JudgedBy.NONE, Method.NONE),
    ],
)
def test_what_is_declared_goes_first(judged_by, method):
    found = judge(counts([40] * 10 + [5] * 10, judged_by=judged_by))
    assert (found.method, found.change) == (method, Change.NOT_TESTED)
    assert next_count(counts([40] * 10, judged_by=judged_by)) is None


def test_a_new_way_of_counting_is_told():
    series = counts(CALM)
    points = tuple(
        replace(point, version=1 + (place >= 14)) for place, point in enumerate(series.points)
    )
    found = judge(replace(series, points=points))
    assert found.sentence == (
        "2 van de 13 nodige metingen sinds de andere telling vanaf mrt 2004. "
        "Wij tonen alleen de lijn."
    )
    yearly = counts([30, 70], period=YEAR)
    after = (yearly.points[0], replace(yearly.points[1], version=2))
    found = judge(replace(yearly, points=after))
    assert found.sentence == "Vanaf 2001-2002 andere telling; niet vergelijkbaar met eerder."


@pytest.mark.parametrize(("before", "joins"), [(34, True), (35, True), (36, False), (31, False)])
def test_clearly_more_or_fewer_locations_start_anew(before, joins):
    """One location of thirty is within the ordinary differences, one of a board of three is not."""
    yearly = counts([30, 70], period=YEAR)
    other = tuple(
        replace(point, locations=number)
        for point, number in zip(yearly.points, (before, 34), strict=True)
    )
    found = judge(replace(yearly, points=other))
    assert (found.method is Method.INTERVAL) == joins
    assert joins or found.sentence == (
        "Vanaf 2001-2002 ander aantal locaties; niet vergelijkbaar met eerder."
    )
    board = tuple(replace(point, locations=3 - place) for place, point in enumerate(yearly.points))
    assert judge(replace(yearly, points=board)).change is Change.TOO_FEW


@pytest.mark.parametrize(("other", "joins"), [(0, True), (1, True), (2, False), (34, False)])
def test_another_source_starts_anew(other, joins):
    """Numbers of a board that used to hand in a list are not tested against that list."""
    yearly = counts([30, 70], period=YEAR)
    points = tuple(
        replace(point, locations=34, other_source=number)
        for point, number in zip(yearly.points, (other, 0), strict=True)
    )
    found = judge(replace(yearly, points=points))
    assert (found.method is Method.INTERVAL) == joins
    assert joins or found.sentence == (
        "Vanaf 2001-2002 andere bron; niet vergelijkbaar met eerder."
    )


def test_locations_are_those_of_now():
    """Small steps add up: what counts is how many there are now."""
    series = counts(CALM)
    points = tuple(
        replace(point, locations=60 + place) for place, point in enumerate(series.points)
    )
    found = judge(replace(series, points=points))
    assert found.sentence == (
        "4 van de 13 nodige metingen sinds het andere aantal locaties vanaf sept 2003. "
        "Wij tonen alleen de lijn."
    )


def test_labels_are_those_of_the_calendar():
    assert [label_of(place, PeriodType.KWARTAAL) for place in (0, 1, 2, 4)] == [
        "sept 2000", "dec 2000", "mrt 2001", "sept 2001",
    ]  # fmt: skip
    assert isinstance(judge(counts([1])), Finding)
    assert Point("x", "x", 0, None).value is None


def test_a_rise_with_a_season_is_told_from_quarter_to_the_same_quarter():
    season, growth = np.array([0.6, 1.3, 1.1, 1.0]), np.linspace(40, 120, 25)
    values = np.round(growth[:22] * season[np.arange(22) % 4]).tolist()  # the last one is december
    found = judge(counts(values, better=Better.NEUTRAL))
    assert found.rules == (Rule.COURSE,)
    first, last = (counts(values).points[place] for place in (1, 21))
    assert found.sentence == (
        f"Gestage stijging sinds {first.label}: van {first.value:.0f} naar {last.value:.0f} "
        "leerlingen."
    )
