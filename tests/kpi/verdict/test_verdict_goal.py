"""Goals: who gets odds, what decides at the end of a path, and when nothing can be said."""

from dataclasses import replace

import pytest
from made_series import counts, means, shares

from kpi.meaning.choices import PeriodType, Shows
from kpi.verdict.goal import Asked, judge_goal, next_count
from kpi.verdict.verdict import Goal

YEAR = PeriodType.SCHOOLJAAR


def test_persons_get_odds_and_stocks_do_not():
    asked = Asked(36.0, 30.0, 2, "2026-2027")
    persons = counts([40, 38, 37], shows=Shows.PERSONS, period=YEAR, standing=True)
    assert judge_goal(persons, asked).odds is not None
    stock = counts([40, 38, 37], shows=Shows.STOCK, period=YEAR, standing=True)
    found = judge_goal(stock, asked)
    assert (found.goal, found.odds) == (Goal.UNKNOWN, None)
    by_quarter = counts([40] * 12, shows=Shows.PERSONS, standing=True)
    assert judge_goal(by_quarter, asked).odds is None


def test_at_the_end_of_the_path_the_figure_decides():
    series = counts([40, 30], period=YEAR)
    assert judge_goal(series, Asked(30.0, 30.0, 0, "2")).goal is Goal.REACHED
    assert judge_goal(series, Asked(29.0, 29.0, 0, "2")).goal is Goal.MISSED
    assert judge_goal(series, Asked(30.0, 30.0, 0, "2", True)).goal is Goal.REACHED
    assert judge_goal(series, Asked(31.0, 31.0, 0, "2", True)).goal is Goal.MISSED


@pytest.mark.parametrize(
    ("asked", "goal"), [(70, Goal.LIKELY), (40, Goal.UNCERTAIN), (10, Goal.UNLIKELY)]
)
def test_three_words_for_odds(asked, goal):
    series = counts([40, 42, 38, 40], period=YEAR)
    found = judge_goal(series, Asked(40.0, float(asked), 1, "2026-2027"))
    assert found.goal is goal
    higher = judge_goal(series, Asked(40.0, float(asked) + 1, 1, "2026-2027", True))
    assert higher.odds == pytest.approx(1 - found.odds)


def test_nothing_agreed_nothing_known_or_too_far():
    series = counts([40, 30], period=YEAR)
    assert judge_goal(series, None).goal is Goal.NONE
    assert judge_goal(series, Asked(1.0, None, 1, "2")).goal is Goal.NONE
    assert judge_goal(series, Asked(1.0, 1.0, 6, "2030-2031")).goal is Goal.UNKNOWN
    assert judge_goal(counts([40], period=YEAR), Asked(None, 30.0, 1, "2")).goal is Goal.UNKNOWN
    broken = replace(series, points=(replace(series.points[0], usable=False),))
    assert judge_goal(broken, Asked(1.0, 1.0, 1, "2")).goal is Goal.NOT_TESTABLE


def test_a_share_is_asked_in_cases():
    """Eight percent of 50 pupils is at most four of them."""
    series = shares([5, 6, 4], [50, 52, 50], period=YEAR)
    as_share = judge_goal(series, Asked(8.0, 8.0, 1, "2")).odds
    as_count = next_count(series).at_most(4)
    assert as_share == pytest.approx(as_count)


def test_an_agreed_value_keeps_its_decimals():
    """An agreed 8.25 is never told as 8.3; a calculated path has one decimal for pupils."""
    marks = means([[8] * 12, [7] * 12])
    asked = Asked(8.25, 8.25, 0, "2", wants_more=True, agreed=True)
    assert judge_goal(marks, asked).sentence.endswith("gevraagd was minstens 8,25.")
    whole = judge_goal(marks, replace(asked, at_end=8.0)).sentence
    assert whole.endswith("gevraagd was minstens 8,0.")
    path = Asked(30.24, 30.24, 0, "2")
    assert judge_goal(counts([40, 30], period=YEAR), path).sentence.endswith(
        "gevraagd was hoogstens 30,2 leerlingen."
    )
    now = replace(asked, ahead=1)
    told = judge_goal(means([[8] * 12, [7] * 12], known=False), now).sentence
    assert "gevraagd is minstens 8,25." in told


@pytest.mark.parametrize("ahead", [0, 1])
def test_nothing_is_said_of_a_goal_on_a_mean_of_fewer_than_ten_forms(ahead):
    asked = Asked(8.0, 8.0, ahead, "2", wants_more=True, agreed=True)
    few = judge_goal(means([[8] * 12, [9] * 9]), asked)
    assert (few.goal, few.odds) == (Goal.NOT_TESTABLE, None)
    assert few.sentence == "Gemiddeld 9,0 uit 9 metingen: te weinig voor een oordeel."
    assert judge_goal(means([[8] * 12, [9] * 10]), asked).goal is not Goal.NOT_TESTABLE


def norm(value, *, more=False, later=None):
    """What every period must meet; the same is asked of the next one."""
    return Asked(value, value if later is None else later, 1, "sept 2026", more, True, is_norm=True)


@pytest.mark.parametrize(
    ("value", "more", "goal"),
    [
        (0.0, False, Goal.MISSED),
        (3.0, False, Goal.MISSED),
        (4.0, False, Goal.REACHED),
        (4.0, True, Goal.REACHED),
        (4.1, True, Goal.MISSED),
    ],
)
@pytest.mark.parametrize("shows", [Shows.STOCK, Shows.TOTAL])
def test_a_norm_is_decided_by_every_final_figure_also_of_a_stock(shows, value, more, goal):
    found = judge_goal(counts([6, 5, 4], shows=shows, period=YEAR), norm(value, more=more))
    assert (found.goal, found.odds) == (goal, None)
    assert found.sentence.startswith(f"Het doel is {goal}: gevraagd was ")
    assert ("Kans voor sept 2026: " in found.sentence) is (shows is Shows.TOTAL)


def test_a_norm_on_a_figure_that_may_change_is_not_decided():
    series = counts([6, 5, 4], period=YEAR)
    last = replace(series.points[-1], usable=False, why_not="31 van 34 locaties leverden")
    found = judge_goal(replace(series, points=(*series.points[:-1], last)), norm(0.0))
    assert found.goal is Goal.NOT_TESTABLE
    assert found.sentence == "Nog niet te toetsen aan het doel: 31 van 34 locaties leverden."


def over(series, value, back=2):
    position = series.points[-1].position - back
    return Asked(None, value, 0, "juli 2024", ended=position)


@pytest.mark.parametrize(("value", "goal"), [(5.0, Goal.ENDED_MISSED), (6.0, Goal.ENDED_REACHED)])
def test_a_term_is_decided_by_its_own_last_figure_whatever_came_after(value, goal):
    series = counts([9, 6, 99, 3], period=YEAR)
    found = judge_goal(series, over(series, value))
    assert found.goal is goal
    word = str(goal).removeprefix("afgelopen, ")
    assert found.sentence == (
        f"Het doel liep tot juli 2024 en is {word}: 6 leerlingen, "
        f"gevraagd was hoogstens {value:.0f} leerlingen. Nu: 3 leerlingen."
    )
    now = replace(
        series.points[-1], usable=False, why_not="maar een deel van de periode is geleverd"
    )
    running = replace(series, points=(*series.points[:-1], now))
    assert judge_goal(running, over(running, value)).goal is goal  # what is over stays decided


def test_a_term_without_its_last_figure_is_not_decided():
    series = counts([9, 6, 99, 3], period=YEAR)
    then = replace(series.points[1], usable=False, why_not="30 van 34 locaties leverden")
    holed = replace(series, points=(series.points[0], then, *series.points[2:]))
    assert judge_goal(holed, over(holed, 5.0)).goal is Goal.NOT_TESTABLE
    before = replace(series, points=series.points[2:])
    for found in (judge_goal(before, over(before, 5.0)), judge_goal(series, over(series, None))):
        assert found.goal is Goal.NOT_TESTABLE
        assert found.sentence.startswith("Het doel liep tot juli 2024; niet te toetsen: ")


def test_what_asks_nothing_of_this_period_says_why():
    asked = Asked(None, None, 0, "", why_not="deze periode ligt voor de basis")
    found = judge_goal(counts([6, 5, 4], period=YEAR), asked)
    assert found.goal is Goal.NOT_TESTABLE
    assert found.sentence == "Niet te toetsen: deze periode ligt voor de basis."


@pytest.mark.parametrize(("value", "goal"), [(27.9, "missed"), (28.0, "reached"), (32.1, "missed")])
def test_an_agreed_value_is_missed_on_both_sides_of_its_margin(value, goal):
    series = shares([300, 300, 10 * value], [1000] * 3, period=YEAR)
    found = judge_goal(series, Asked(30.0, 30.0, 0, "3", agreed=True, margin=2.0))
    assert found.goal is Goal[goal.upper()]
    assert found.sentence.endswith("gevraagd was tussen 28,0% en 32,0%.")
    later = judge_goal(series, Asked(30.0, 30.0, 1, "4", agreed=True, margin=2.0))
    assert (later.goal, later.odds) == (Goal.UNKNOWN, None)
