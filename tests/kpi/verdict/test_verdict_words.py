"""A few sentences word for word, and the words and signs around them."""

from dataclasses import replace

import pytest
from made_series import counts, shares

from kpi.meaning.choices import Better, PeriodType
from kpi.verdict import quarter_sentences as of_quarters
from kpi.verdict import sentences as say
from kpi.verdict.confidence import Facts, confidence
from kpi.verdict.goal_sentences import odds_text
from kpi.verdict.limits import Limits
from kpi.verdict.rules import Flag, Rule
from kpi.verdict.verdict import CHANGE_ICONS, GOAL_ICONS, Change, Goal

YEAR = PeriodType.SCHOOLJAAR


def years(*values):
    return counts(values, period=YEAR)


def parts(tops, sizes, **other):
    return shares(tops, sizes, period=YEAR, **other)


@pytest.mark.parametrize(
    ("odds", "text"),
    [
        (0.0, "minder dan 1 op 20"),
        (0.0499, "minder dan 1 op 20"),
        (0.05, "ongeveer 1 op 20"),
        (0.125, "ongeveer 1 op 8"),
        (0.1499, "ongeveer 1 op 7"),
        (0.15, "ongeveer 2 op 10"),
        (0.7, "ongeveer 7 op 10"),
        (0.95, "ongeveer 9 op 10"),
        (0.9501, "meer dan 19 op 20"),
        (1.0, "meer dan 19 op 20"),
    ],
)
def test_odds_in_words(odds, text):
    assert odds_text(odds) == text


def test_two_years():
    assert say.no_difference(years(3, 5)) == (
        "Van 3 naar 5 leerlingen is bij deze aantallen geen signaal."
    )
    assert say.no_difference(years(5, 5)) == "Nu 5 leerlingen, gelijk aan 2000-2001."
    assert say.no_difference(parts([2, 4], [45, 48])) == (
        "Van 2 van de 45 naar 4 van de 48 is bij deze aantallen geen signaal."
    )
    assert say.differs(parts([20, 41], [450, 480]), 1) == (
        "Aantoonbaar hoger dan 2000-2001: van 4,4% naar 8,5%. Zoek eerst de oorzaak, dan de actie."
    )


def test_a_bare_difference():
    assert say.difference(years(40, 31)) == (
        "Nu 31 leerlingen: −9 leerlingen ten opzichte van 2000-2001."
    )
    assert say.difference(years(40, 40)) == "Nu 40 leerlingen, gelijk aan 2000-2001."
    assert say.difference(parts([40, 31], [4000, 4000])) == (
        "Nu 0,8%: −0,2 procentpunt ten opzichte van 2000-2001."
    )
    assert say.difference(parts([4, 6], [4000, 4100])) == (
        "Nu 6 van de 4.100; in 2000-2001 was dat 4 van de 4.000."
    )


def test_a_quarter_is_held_against_the_same_quarter_a_year_before():
    """Quarters have a season: more than in June says nothing in December."""
    assert say.difference(counts([40, 11, 12, 13, 31])) == (
        "Nu 31 leerlingen: −9 leerlingen ten opzichte van sept 2000."
    )
    assert say.difference(counts([11, 12, 13, 31])) == (
        "Nu 31 leerlingen; er is nog geen vergelijkbaar cijfer van een jaar eerder."
    )


def test_a_bare_difference_needs_the_same_locations_and_way_of_counting():
    """One location more or fewer is too much for a difference without a margin."""
    series = years(40, 31)
    points = tuple(replace(p, locations=35 - place) for place, p in enumerate(series.points))
    assert say.difference(replace(series, points=points)) == (
        "Nu 31 leerlingen; in 2000-2001 telden er meer of minder locaties mee."
    )
    points = tuple(
        replace(p, locations=35, other_source=place) for place, p in enumerate(series.points)
    )
    assert say.difference(replace(series, points=points)) == (
        "Nu 31 leerlingen; in 2000-2001 kwam een deel uit een andere bron."
    )
    points = (series.points[0], replace(series.points[1], version=2))
    assert say.difference(replace(series, points=points)) == (
        "Nu 31 leerlingen; vanaf 2001-2002 andere telling."
    )


def test_a_trend_that_first_and_last_year_do_not_show():
    assert say.trend(years(20, 70, 40, 30, 21), -1, 5) == (
        "Aantoonbare daling over vijf jaar als geheel; nu 21 leerlingen."
    )
    assert say.trend(years(60, 50, 40, 30, 21), -1, 5) == (
        "Aantoonbare daling in vijf jaar: van 60 naar 21 leerlingen."
    )


def test_two_values_that_differ_never_read_the_same():
    series = parts([4431, 4502], [10000, 10000], decimals=0)
    assert "van 44% naar 45%. Zoek" in say.differs(series, 1)
    closer = parts([4431, 4442], [10000, 10000], decimals=0)
    assert "van 44,3% naar 44,4%. Zoek" in say.differs(closer, 1)


def test_limits_are_told_in_whole_cases():
    series = counts([20] * 14)
    limits = Limits((20.0,), (20.0,), (12.3,), (27.8,))
    assert of_quarters.ordinary(series, limits, seasonal=False) == (
        "Geen aantoonbare verandering: tussen 13 en 27 leerlingen is normaal voor dit cijfer."
    )
    few = shares([4] * 14, [320] * 14)
    assert of_quarters.ordinary(few, Limits((1.25,), (3.0,), (0.7,), (5.6,)), seasonal=True) == (
        "Geen aantoonbare verandering: tussen 3 en 17 van de 320 is normaal voor dit kwartaal."
    )


def test_advice_only_with_bad_news():
    flag = Flag(Rule.OUTSIDE, 1, 1)
    assert of_quarters.signal(counts([9, 40]), flag).endswith(
        "Zoek eerst de oorzaak, dan de actie."
    )
    for better in (Better.HIGHER, Better.NEUTRAL, Better.BAND):
        assert "oorzaak" not in of_quarters.signal(counts([9, 40], better=better), flag)


def test_words_and_signs_differ():
    """Whoever sees no colour can still tell them apart."""
    for words, icons in ((Change, CHANGE_ICONS), (Goal, GOAL_ICONS)):
        assert set(icons) == set(words)
        assert len(set(icons.values())) == len(icons)
        assert all(item.icon == icons[item] for item in words)


def test_confidence_in_words():
    facts = Facts(1, 1, True, True, 0, True, 0, late=True)
    for reason in confidence(facts).reasons:
        assert reason == reason.lower() and not reason.endswith(".")
