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
    assert judge_goal(broken, Asked(1.0, 1.0, 1, "2")).goal is Goal.UNKNOWN


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
    assert (few.goal, few.odds) == (Goal.UNKNOWN, None)
    assert few.sentence == "Gemiddeld 9,0 uit 9 metingen: te weinig voor een oordeel."
    assert judge_goal(means([[8] * 12, [9] * 10]), asked).goal is not Goal.UNKNOWN


@pytest.mark.parametrize(("value", "goal"), [(27.9, "missed"), (28.0, "reached"), (32.1, "missed")])
def test_an_agreed_value_is_missed_on_both_sides_of_its_margin(value, goal):
    series = shares([300, 300, 10 * value], [1000] * 3, period=YEAR)
    found = judge_goal(series, Asked(30.0, 30.0, 0, "3", agreed=True, margin=2.0))
    assert found.goal is Goal[goal.upper()]
    assert found.sentence.endswith("gevraagd was tussen 28,0% en 32,0%.")
    later = judge_goal(series, Asked(30.0, 30.0, 1, "4", agreed=True, margin=2.0))
    assert (later.goal, later.odds) == (Goal.UNKNOWN, None)
