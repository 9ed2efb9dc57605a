"""School years and periods as people write them, in a cell, a title or a file name."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

from data.calendar import Calendar
from data.gate.convert.day import month_of
from data.gate.convert.refused import RefusedCell, code_text
from data.gate.read import Value
from data.plain import unaccented

SCHOOL_YEAR = "een schooljaar, zoals 2023-2024"
PERIOD = "een periode: een kwartaal (sept 2023), schooljaar (2023-2024) of kalenderjaar (2023)"
CENTURY_TURN = 80  # "79" is 2079, "80" is 1980
FIRST_YEAR, LAST_YEAR = 1980, 2100

LONG = r"(\d{4})\s*[-/–]\s*'?(\d{4}|\d{2})"
SHORT = r"'?(\d{2})\s*[-/–]\s*'?(\d{2})"
JOINED = r"(\d{4})(\d{4}|\d{2})|(\d{2})(\d{2})"
WHOLE_YEAR = re.compile(rf"(?:schooljaar\s*)?(?:{LONG}|{SHORT}|{JOINED})")


def read_school_year(value: Value) -> str:
    """A school year as 2016-2017, from that, 16-17, 2012/'13, 202425, 20162017. Raises Refused."""
    text = _plain_quotes(code_text(value, SCHOOL_YEAR))
    match = WHOLE_YEAR.fullmatch(text)
    if match:
        first, second = (part for part in match.groups() if part)
        # "2021" is a year or 2020-2021: refused.
        if len(text) != 4 or first not in ("19", "20"):
            year = _consecutive(first, second)
            if year:
                return year
    if re.fullmatch(r"(?:19|20)\d\d", text):
        start = int(text)
        advice = f"Bedoelt u {start - 1}-{start} of {start}-{start + 1}? Schrijf beide jaren op."
        raise RefusedCell(SCHOOL_YEAR, advice)
    raise RefusedCell(SCHOOL_YEAR, "Schrijf de twee jaren op met een streepje ertussen.")


def read_period(value: Value) -> str:
    """A period id, from that, a quarter's month or last day, a school year or a year.

    Raises Refused.
    """
    if isinstance(value, date):
        found = [_closed_on(Calendar(), value.year, value.month, value.day)]
        meant = _closed_on(Calendar(), value.year, value.month)
        if value.day == 1 and meant:
            # "sept 2023" typed in Excel becomes 1 September.
            raise RefusedCell(PERIOD, f"Excel heeft er een datum van gemaakt. Bedoelt u {meant}?")
    else:
        text = code_text(value, PERIOD)
        try:
            return Calendar().parse(text).period_id
        except ValueError:
            found = list(periods_in_text(text))
    if len(found) == 1 and found[0]:
        return found[0]
    raise RefusedCell(PERIOD, "Schrijf de periode zoals in het voorbeeld.")


def periods_in_text(text: str, calendar: Calendar | None = None) -> tuple[str, ...]:
    """The periods a title or file name mentions, as period ids in the order of the text.

    "Verzuim 2016-2017.xlsx" gives ("2016-2017",), "kwartaal 1 2023-2024" ("2023-2024-k1",),
    "sept 2023" ("2023-2024-k1",), "Jaarrekening 2024" ("2024",). A date counts only when it is the
    last day of a quarter. What can mean two things gives both ("2011-12": December or a school
    year) or nothing ("kwartaal 3 2023").
    """
    chosen = calendar or Calendar()
    found: dict[str, None] = {}
    for reader, parts in _mentions(text):
        found.update(dict.fromkeys(filter(None, reader(chosen, *parts))))
    return tuple(found)


def days_in_text(text: str) -> tuple[date, ...]:
    """The whole dates a title or file name mentions, as "30-09-2023" and "31 maart 2024"."""
    found: dict[date, None] = {}
    for reader, parts in _mentions(text):
        if reader in DAYS:
            with suppress(ValueError):
                found[date(*DAYS[reader](*parts))] = None
    return tuple(found)


def unread(text: str, calendar: Calendar) -> str:
    """The text in small letters, with a bar for each period and day that it says in full."""

    def left(match: re.Match[str]) -> str:
        reader, parts = _mention(match)
        return "|" if reader in DAYS or any(reader(calendar, *parts)) else match.group()

    return MENTIONS.sub(left, _as_compared(text))


def quarter_number(text: str) -> int:
    """Which quarter "2" or "tweede" is."""
    return ORDINALS.index(text) + 1 if text in ORDINALS else int(text)


def _mentions(text: str) -> Iterator[tuple[Callable[..., Iterator[str]], list[str]]]:
    """What reads each mention, with its parts."""
    yield from map(_mention, MENTIONS.finditer(_as_compared(text)))


def _mention(match: re.Match[str]) -> tuple[Callable[..., Iterator[str]], list[str]]:
    _, reader = FORMS[int(str(match.lastgroup).removeprefix("form"))]
    # The first group that matched is the form as a whole, the others are its parts.
    return reader, [part for part in match.groups() if part is not None][1:]


def _from_quarter_first(calendar: Calendar, number: str, first: str, second: str) -> Iterator[str]:
    yield from _from_quarter_last(calendar, first, second, number)


def _from_quarter_last(calendar: Calendar, first: str, second: str, number: str) -> Iterator[str]:
    year = _consecutive(first, second)
    if year and quarter_number(number) <= len(calendar.quarter_ends):
        yield f"{year}-k{quarter_number(number)}"


def _from_day_first(calendar: Calendar, day: str, month: str, year: str) -> Iterator[str]:
    yield _closed_on(calendar, int(year), int(month), int(day))


def _from_short_day(calendar: Calendar, day: str, month: str, year: str) -> Iterator[str]:
    yield _closed_on(calendar, 2000 + int(year), int(month), int(day))


def _from_year_first(calendar: Calendar, year: str, month: str, day: str) -> Iterator[str]:
    yield _closed_on(calendar, int(year), int(month), int(day))


def _from_named_day(calendar: Calendar, day: str, name: str, year: str) -> Iterator[str]:
    yield _closed_on(calendar, int(year), month_of(name) or 0, int(day))


def _from_named_month(calendar: Calendar, name: str, year: str) -> Iterator[str]:
    yield _closed_on(calendar, int(year), month_of(name) or 0)


def _from_years(calendar: Calendar, first: str, second: str) -> Iterator[str]:
    if len(first) == 4 and len(second) == 2:
        yield _closed_on(calendar, int(first), int(second))
    yield _consecutive(first, second)


def _from_one_year(calendar: Calendar, year: str) -> Iterator[str]:
    yield calendar.kalenderjaar(int(year)).period_id


def _nothing(calendar: Calendar, *parts: str) -> Iterator[str]:
    yield from ()


def _closed_on(calendar: Calendar, year: int, month: int, day: int | None = None) -> str:
    """The quarter that closes on this day, or in this month when no day is given."""
    try:
        quarter = calendar.quarter_of(date(year, month, day or 1))
    except ValueError:
        return ""
    end = quarter.end_on
    closes = (end.year, end.month) == (year, month) and day in (None, end.day)
    return quarter.period_id if closes else ""


def _consecutive(first: str, second: str) -> str:
    """The school year, when the second year follows the first; else empty."""
    start = int(first)
    if len(first) == 2:
        start += 2000 if start < CENTURY_TURN else 1900
    follows = int(second) == (start + 1 if len(second) == 4 else (start + 1) % 100)
    return f"{start}-{start + 1}" if follows and FIRST_YEAR <= start < LAST_YEAR else ""


def _as_compared(text: str) -> str:
    return _plain_quotes(text).replace("_", "-")


def _plain_quotes(text: str) -> str:
    return re.sub("[‘’´`]", "'", unaccented(text)).strip()


ORDINALS = ("eerste", "tweede", "derde", "vierde")
QUARTER = r"(?:kwartaal|kw|q|k)"
NTH = rf"(?:([1-4])(?:ste|de|e)|({'|'.join(ORDINALS)}))"
TWO_DIGITS = r"(1[3-8]|2[1-9]|[3-9]\d)(\d{2})"  # "2021" is a year
YEARS = rf"[\s,-]*(?:van\s*)?(?:{LONG}|{SHORT}|{TWO_DIGITS})"
ONE_YEAR = r"[\s,-]*(?:van\s*)?\d{4}"
NAME = r"(jan|feb|mrt|maart|apr|mei|juni?|juli?|aug|sept?|okt|nov|dec)[a-z]*"

# Tried in this order at every place of the text; what one form takes, no other form sees.
# Two-digit years count from 13-14 on: 10-11 may be a date.
FORMS: tuple[tuple[str, Callable[..., Iterator[str]]], ...] = (
    (rf"(?<![a-z]){QUARTER}[\s-]*([1-4]){YEARS}", _from_quarter_first),
    (rf"(?<![a-z]){NTH}[\s-]*{QUARTER}{YEARS}", _from_quarter_first),
    (rf"{LONG}[\s,-]*{QUARTER}[\s-]*([1-4])", _from_quarter_last),
    (rf"(?<![a-z]){QUARTER}[\s-]*[1-4]{ONE_YEAR}", _nothing),
    (rf"(?<![a-z]){NTH}[\s-]*{QUARTER}{ONE_YEAR}", _nothing),
    (r"(\d{4})-(\d{2})-(\d{2})", _from_year_first),
    (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", _from_day_first),
    (r"(0?[1-9]|[12]\d|3[01])[-/.](0?[1-9]|1[0-2])[-/.](\d{2})", _from_short_day),
    (rf"(\d{{1,2}})[\s-]+{NAME}\.?[\s-]+(\d{{4}})", _from_named_day),
    (rf"(?<![a-z]){NAME}\.?[\s-]*(\d{{4}})", _from_named_month),
    (LONG, _from_years),
    (r"'?(1[3-9]|[2-9]\d)\s*[-/–]\s*'?(\d{2})", _from_years),
    (r"((?:19|20)\d{2})((?:19|20)\d{2})", _from_years),
    (r"((?:19|20)\d{2})(\d{2})(\d{2})", _from_year_first),
    (r"((?:19|20)\d{2})(\d{2})", _from_years),
    (r"((?:19[89]|20\d)\d)", _from_one_year),
    (TWO_DIGITS, _from_years),
)
DAYS: dict[Callable[..., Iterator[str]], Callable[..., tuple[int, int, int]]] = {
    _from_day_first: lambda day, month, year: (int(year), int(month), int(day)),
    _from_short_day: lambda day, month, year: (2000 + int(year), int(month), int(day)),
    _from_year_first: lambda year, month, day: (int(year), int(month), int(day)),
    _from_named_day: lambda day, name, year: (int(year), month_of(name) or 0, int(day)),
}
MENTIONS = re.compile(
    "|".join(rf"(?P<form{number}>(?<!\d){form}(?!\d))" for number, (form, _) in enumerate(FORMS))
)
