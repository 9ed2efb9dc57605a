"""The year calendar: quarters join up, and what a user types is understood or refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import KALENDERJAAR, KWARTAAL, SCHOOLJAAR, Calendar, local_moment
from data.deliveries.delivery import Delivery

CALENDAR = Calendar()


def test_a_quarter_runs_from_the_day_after_the_previous_one():
    day = date(2019, 7, 1)
    period = CALENDAR.quarter_of(day)
    for _ in range(30):
        assert period.start_on == day
        day = period.end_on + timedelta(days=1)
        following = CALENDAR.quarter_of(day)
        assert following.previous_period_id == period.period_id
        assert following.position == period.position + 1
        period = following


def test_quarter_one_of_a_school_year_starts_before_the_school_year():
    period = Calendar().parse("2023-2024-k1")
    assert (period.start_on, period.end_on) == (date(2023, 7, 1), date(2023, 9, 30))
    assert (period.count_on, period.needed_to) == (period.end_on, period.end_on)
    assert period.label == "sept 2023"
    assert period.school_year == "2023-2024"
    assert period.previous_period_id == "2022-2023-k4"
    assert period.year_ago_period_id == "2022-2023-k1"


@pytest.mark.parametrize(
    ("year", "count_on"),
    [("2021-2022", date(2021, 10, 1)), ("2022-2023", date(2023, 2, 1))],
)
def test_the_count_date_moves_to_february_from_2022_2023(year, count_on):
    period = Calendar().parse(year)
    assert period.count_on == count_on
    assert period.start_on == date(int(year[:4]), 8, 1)
    assert period.end_on == date(int(year[5:]), 7, 31)
    assert period.needed_to == date(int(year[5:]), 6, 30)


def test_a_calendar_year_takes_the_pupils_of_the_school_year_that_holds_1_october():
    period = Calendar().parse("2023")
    assert (period.start_on, period.end_on) == (date(2023, 1, 1), date(2023, 12, 31))
    assert period.school_year == "2023-2024"
    assert period.count_on == period.needed_to == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("text", "period_id"),
    [
        ("2023-2024-k4", "2023-2024-k4"),
        ("2023-2024 K2", "2023-2024-k2"),
        ("2023-09", "2023-2024-k1"),
        ("sept 2023", "2023-2024-k1"),
        ("September 2023", "2023-2024-k1"),
        ("maart 2024", "2023-2024-k3"),
        ("mrt 2024", "2023-2024-k3"),
        ("juni 2024", "2023-2024-k4"),
        (" 2023/2024 ", "2023-2024"),
        ("2023-24", "2023-2024"),
        ("2023", "2023"),
    ],
)
def test_what_a_user_types_is_understood(text, period_id):
    assert Calendar().parse(text).period_id == period_id


@pytest.mark.parametrize(
    "text",
    ["", "2023-10", "oktober 2023", "2023-2025", "2023-2024-k5", "k1", "0023", "3e kwartaal"],
)
def test_what_is_not_certain_is_refused_in_dutch(text):
    with pytest.raises(ValueError, match="geen periode"):
        Calendar().parse(text)


def test_every_id_in_the_table_can_be_parsed_back():
    periods = CALENDAR.periods([(KWARTAAL, date(2017, 8, 1), date(2026, 3, 31))])
    assert [Calendar().parse(p.period_id) for p in periods] == periods


def test_the_table_holds_closed_quarters_and_running_years():
    periods = CALENDAR.periods([(KWARTAAL, date(2023, 8, 1), date(2024, 3, 31))])
    ids = [p.period_id for p in periods]
    assert ids == [
        "2023-2024-k1", "2023-2024-k2", "2023-2024-k3", "2023-2024", "2023", "2024",
    ]  # fmt: skip


def test_next_years_budget_does_not_announce_quarters_to_come():
    periods = CALENDAR.periods(
        [
            (KWARTAAL, date(2024, 8, 1), date(2024, 12, 31)),
            (SCHOOLJAAR, date(2024, 8, 1), date(2025, 7, 31)),
            (KALENDERJAAR, date(2025, 1, 1), date(2025, 12, 31)),
        ]
    )
    last = {p.period_type: p.period_id for p in periods}
    assert last == {KWARTAAL: "2024-2025-k2", SCHOOLJAAR: "2024-2025", KALENDERJAAR: "2025"}


def test_nothing_delivered_is_no_periods():
    assert CALENDAR.periods([]) == []


def test_other_dates_are_data():
    calendar = Calendar(quarter_ends=("10-31", "01-31", "04-30", "07-31"))
    period = calendar.parse("2023-2024-k2")
    assert (period.start_on, period.end_on) == (date(2023, 11, 1), date(2024, 1, 31))
    assert calendar.parse("jan 2024") == period
    assert calendar.parse("2023-2024").needed_to == date(2024, 7, 31)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2023-09-30T21:59:59.999+00:00", date(2023, 9, 30)),
        ("2023-09-30T22:30:00.000+00:00", date(2023, 10, 1)),
        ("2023-12-31T23:30:00.000+00:00", date(2024, 1, 1)),
        ("2023-12-31T22:30:00.000+00:00", date(2023, 12, 31)),
    ],
)
def test_the_day_of_a_delivery_is_the_local_one(moment, day):
    assert local_moment(moment).date() == day
    empty = Delivery("", "", "", 1, "", "none", "swv", (), "", "", "", 0)
    assert replace(empty, imported_at=moment).received_on == day


@given(st.lists(st.dates(date(2018, 1, 1), date(2025, 12, 31)), max_size=60))
def test_quarters_without_a_day_and_those_with_one_are_all_quarters(days):
    calendar, first, before = Calendar(), date(2019, 8, 1), date(2023, 8, 1)
    silent = {found.period_id for found in calendar.quarters_without(days, first, before)}
    named = {calendar.quarter_of(day).period_id for day in days}
    every = {f"{year}-{year + 1}-k{n}" for year in range(2019, 2023) for n in (1, 2, 3, 4)}
    assert silent == every - named
