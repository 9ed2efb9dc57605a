"""Quarters that a name says without what makes it certain: "k1", "maart", "kwartaal 1 2025"."""

import re
from collections.abc import Iterator
from datetime import date

from data.calendar import Calendar, Period
from data.gate.convert.day import month_of
from data.gate.convert.period import NTH, quarter_number, unread

YEAR = r"(?:\.?[\s,-]*(?:van\s*)?(\d{4})(?!\d))?"
# "Jan" is a first name as well: it is a month only with a year.
MONTH = (
    r"januari|februari|feb|maart|mrt|april|apr|mei|juni?|juli?|augustus|aug|september|sept?|"
    r"oktober|okt|november|nov|december|dec|jan(?=\.?[\s-]*\d{4})"
)
# Not in a word or a code: "blok1", "90AK1" and "2e klas" say nothing about a quarter.
NUMBERED = re.compile(
    rf"(?<![a-z0-9])(?:(?:kwartaal|kw|q|k)[\s-]*([1-4])(?![a-z0-9])"
    rf"|{NTH}[\s-]*(?:kwartaal[a-z]*|kw|q)(?![a-z])){YEAR}"
)
MONTHLY = re.compile(rf"(?<![a-z0-9])({MONTH})(?![a-z]){YEAR}")


def half_said(text: str, chosen: Period, calendar: Calendar) -> Iterator[tuple[str, bool]]:
    """Each quarter that is named but not in full, and whether it can be the `chosen` one."""
    rest = unread(text, calendar)
    for match in NUMBERED.finditer(rest):
        *numbers, year = match.groups()
        number = next(quarter_number(part) for part in numbers if part)
        yield match.group(), _is_number(chosen, calendar, number, int(year or 0))
    for match in MONTHLY.finditer(rest):
        name, year = match.groups()
        yield match.group(), _is_month(chosen, calendar, month_of(name) or 0, int(year or 0))


def _is_number(chosen: Period, calendar: Calendar, number: int, year: int) -> bool:
    """As a quarter of the school year or of the calendar year (0: of any year)."""
    count = len(calendar.quarter_ends)
    end = chosen.end_on
    if year not in (0, end.year):
        return False
    in_school_year = chosen.position % count + 1
    in_calendar_year = (end.month - 1) * count // 12 + 1
    return number in (in_school_year, in_calendar_year)


def _is_month(chosen: Period, calendar: Calendar, month: int, year: int) -> bool:
    """As a month of the quarter, or one after it, in which the list was made.

    A month that closes a quarter stands for that quarter.
    """
    if month in (int(day[:2]) for day in calendar.quarter_ends):
        return month == chosen.end_on.month and year in (0, chosen.end_on.year)
    if year:
        return date(year, month, 1) >= chosen.start_on
    first = chosen.start_on.year
    found = [calendar.quarter_of(date(one, month, 1)) for one in (first, first + 1)]
    return any(chosen.period_id in (one.period_id, one.previous_period_id) for one in found)
