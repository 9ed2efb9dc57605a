"""When something is due or was said, as precisely as a plan says it: a day, a month, a year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from kpi import formatting

MONTHS_TO_CHOOSE = 60
HELP = "Schrijf het zo: 2023-09-19, 2023-09, 2023, voorjaar 2024 of najaar 2024."
NO_MOMENT = "'{}' is geen dag, maand, jaargetijde of jaar. " + HELP
# Seasons as the weather services count them: a plan says no more than the word.
_SEASONS = {"voorjaar": (3, 5), "najaar": (9, 11)}


@dataclass(frozen=True)
class Moment:
    """A stretch of days, as a plan names it. What is due in a month is late after its last day."""

    first: date
    last: date
    text: str


def moment(written: str) -> Moment:
    """ "2023-09" → September 2023. ValueError (Dutch) when it is none of the ways to write it."""
    try:
        return _moment(written.strip().lower())
    except ValueError:
        raise ValueError(NO_MOMENT.format(written)) from None


def is_moment(written: str) -> bool:
    """Whether `moment` can read it."""
    try:
        moment(written)
    except ValueError:
        return False
    return True


def wrong_moments(*written: str) -> list[str]:
    """What `moment` cannot read, as Dutch sentences."""
    return [NO_MOMENT.format(text) for text in written if not is_moment(text)]


def _moment(text: str) -> Moment:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        return Moment(day, day, formatting.date_text(day))
    if re.fullmatch(r"\d{4}-\d\d", text):
        first = date.fromisoformat(f"{text}-01")
        return Moment(first, end_of_month(first), formatting.month_text(first))
    if re.fullmatch(r"\d{4}", text):
        return Moment(date(int(text), 1, 1), date(int(text), 12, 31), text)
    season, _, year = text.partition(" ")
    if season in _SEASONS and re.fullmatch(r"\d{4}", year):
        begin, end = _SEASONS[season]
        last = end_of_month(date(int(year), end, 1))
        return Moment(date(int(year), begin, 1), last, f"{season} {year}")
    raise ValueError(text)


def last_months(today: date) -> dict[str, str]:
    """The months up to this one, newest first, to choose from: "2024-03" → "maart 2024"."""
    number = 12 * today.year + today.month - 1
    places = range(number, number - MONTHS_TO_CHOOSE, -1)
    months = (f"{place // 12}-{place % 12 + 1:02}" for place in places)
    return {month: moment(month).text for month in months}


def end_of_month(day: date) -> date:
    """The last day of the month of this day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
