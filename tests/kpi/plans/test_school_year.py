"""The school year month by month, against what was counted by hand in the rows of the document."""

from datetime import date

import pytest
from groningen_rows import ROWS, YEAR

from kpi.plans.school_year import (
    Choice,
    due_in,
    month_now,
    months_of,
    outside,
    school_years,
    whole_year,
    year_calendar,
)

ON = date(2024, 1, 31)


def places(found):
    return [f"{str(item.plan)[4]}{item.place}" for item in found]  # k for kalender, p for plan


def test_a_school_year_has_twelve_months_from_august(activities):
    assert school_years(activities) == ["2023-2024"]
    months = months_of("2023-2024")
    assert [months[0].text, months[5].text, months[11].text] == [
        "augustus 2023", "januari 2024", "juli 2024",
    ]  # fmt: skip
    assert len(months) == 12


@pytest.mark.parametrize(
    ("today", "shown"),
    [("2022-05-01", "augustus 2023"), ("2023-08-31", "augustus 2023"),
     ("2024-02-29", "februari 2024"), ("2026-11-22", "juli 2024")],
)  # fmt: skip
def test_the_month_is_that_of_today_or_the_nearest(today, shown):
    assert month_now("2023-2024", date.fromisoformat(today)).text == shown


def test_what_is_due_per_month_is_what_the_rows_say(activities):
    due = {row.month.text: places(row.ends) for row in year_calendar(activities, "2023-2024")}
    assert due == {
        "augustus 2023": [],
        "september 2023": ["k1.5", "p1.9"],
        "oktober 2023": ["k1.1", "k6.1"],
        "november 2023": ["p1.12", "p5.1", "p8.1"],
        "december 2023": ["p1.3", "p1.4", "p2.1", "p4.1", "p6.2"],
        "januari 2024": ["k2.1c", "p1.8", "p1.14"],
        "februari 2024": ["p1.10"],
        "maart 2024": [],
        "april 2024": ["k3.3"],
        "mei 2024": ["k1.8", "k8.1"],
        "juni 2024": ["p1.5"],
        "juli 2024": [],
    }
    begins = {row.month.text: places(row.begins) for row in year_calendar(activities, "2023-2024")}
    assert begins["september 2023"] == [
        "k1.5", "k2.1c", "k6.1", "p1.3", "p1.4", "p1.8", "p1.9", "p2.1", "p4.1", "p5.1", "p6.2",
    ]  # fmt: skip
    assert begins["februari 2024"] == ["k3.3", "k8.1", "p1.10"]
    assert places(due_in(activities, months_of("2023-2024")[5])) == due["januari 2024"]


def test_every_activity_is_in_the_calendar_or_runs_all_year_or_lies_outside(activities):
    ends = sum(len(row.ends) for row in year_calendar(activities, "2023-2024"))
    all_year, elsewhere = whole_year(activities), outside(activities, "2023-2024")
    assert len(all_year) == sum(row.days == YEAR for row in ROWS) == 35
    assert places(elsewhere) == ["k6.1b", "p9.3"]
    assert ends + len(all_year) + len(elsewhere) == 57


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        (Choice(), 57),
        (Choice(plan="jaarplan"), 30),
        (Choice(theme_number=3), 7),
        (Choice(kpi="vsv"), sum(5 in row.kpi_numbers for row in ROWS)),
        (Choice(kpi="reserve"), 1),
        (Choice(who="renn4"), 2),
        (Choice(who="niemand"), 0),
        (Choice(state="niet gestart"), 57),
        (Choice(state="loopt"), 0),
        (Choice(plan="jaarplan", theme_number=9, kpi="thuiszitters"), 3),
    ],
)
def test_a_choice_leaves_out_what_does_not_fit(activities, choice, number):
    assert sum(choice.holds(item, ON) for item in activities) == number
