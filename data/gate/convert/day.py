"""Dates as people type them: day first or ISO, and never a guess about the century."""

import re
from datetime import date, datetime, timedelta

from data.gate.convert.refused import RefusedCell, dutch_date
from data.gate.read import Value
from data.plain import unaccented

EXPECTED = "een datum (dag-maand-jaar, zoals 30-09-2023)"
FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)  # 1954 to 2119 as Excel counts days
TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
DAY_FIRST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){TIME}")
NUMERIC_DAY = DAY_FIRST  # its two numbers may also be month and day: see data.gate.doubt
ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){TIME}")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
WITH_NAME = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})")
SHORT_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9}\.?)[-/. ]'?\d{2}")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH = {name: number for number, name in enumerate(MONTHS, start=1)} | {"maa": 3}


def read_day(value: Value) -> date:
    """A date from an Excel date or a text; a time of day is left out. Raises Refused."""
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, bool):
        raise RefusedCell(EXPECTED, "Vul een datum in.")
    if isinstance(value, int | float):
        return _from_number(value)
    return _from_text(unaccented(str(value)).strip())


def month_of(name: str) -> int | None:
    """The number of a Dutch month, also when it is shortened."""
    return MONTH.get(unaccented(name)[:3])


def _from_number(value: int | float) -> date:
    match = COMPACT.fullmatch(str(int(value)))
    if match and value == int(value):
        return _day(*map(int, match.groups()))
    if int(value) in SERIALS:
        meant = dutch_date(EXCEL_EPOCH + timedelta(days=int(value)))
        advice = f"Dit is een dagnummer van Excel ({meant}?). Zet de kolom in Excel op Datum."
        raise RefusedCell(EXPECTED, advice)
    raise RefusedCell(EXPECTED, "Dit is een getal. Vul een datum in.")


def _from_text(text: str) -> date:
    if match := DAY_FIRST.fullmatch(text):
        day, _, month, year = match.groups()
        return _day(int(year), int(month), int(day))
    if match := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        return _day(*map(int, match.groups()))
    if match := WITH_NAME.fullmatch(text):
        found = month_of(match[2])
        if found:
            return _day(int(match[3]), found, int(match[1]))
    if SHORT_YEAR.fullmatch(text):
        raise RefusedCell(EXPECTED, "Schrijf het jaar met vier cijfers.")
    if re.fullmatch(r"\d{5}", text):
        raise RefusedCell(EXPECTED, "Dit lijkt een dagnummer van Excel. Zet de kolom op Datum.")
    raise RefusedCell(EXPECTED, "Vul een datum in, of laat de cel leeg als u die niet weet.")


def _day(year: int, month: int, day: int) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError as error:
        if isinstance(error, RefusedCell):
            raise
    if month > 12 >= day:
        raise RefusedCell(EXPECTED, "Schrijf eerst de dag en dan de maand.")
    raise RefusedCell(EXPECTED, "Deze dag bestaat niet. Kijk de datum na.")


def _plausible(day: date) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise RefusedCell(EXPECTED, f"Het jaar {day.year} kan niet goed zijn. Kijk de datum na.")
