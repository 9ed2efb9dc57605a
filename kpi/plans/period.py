"""The period of an activity as a bureau writes it: "sept 2023 - jan 2024", "gehele schooljaar"."""

import re
from collections.abc import Iterator
from datetime import date

from kpi.plans.moment import end_of_month

Days = tuple[date, date]
Dated = tuple[int | None, int, int | None]  # day, month, year; None for what is not written

_MONTHS = ("jan", "feb", "maart", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ALSO = {"mrt": 3, "maa": 3, "mar": 3}
_MONTH = (
    r"jan(?:uari)?|feb(?:r(?:uari)?)?|m(?:aa)?rt|maart|mar|apr(?:il)?|mei|juni?|juli?|"
    r"aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATED = re.compile(rf"(?:\b(\d{{1,2}})\s+)?\b({_MONTH})\b\.?(?:\s*('\d\d|20\d\d)\b)?")
_YEARS = re.compile(r"\b(20\d\d)\s*[-–/]\s*(20\d\d|\d\d)\b")
_HALF = re.compile(r"\b(eerste|1e|tweede|2e)\s+helft(?:\s+(?:van\s+)?(20\d\d)\b)?")
_SEASON = re.compile(r"\b(voorjaar|najaar)\s*(20\d\d)?")
_YEAR = re.compile(r"20\d\d")
_WHOLE = re.compile(r"school\s?jaar|jaarlijks|cyclisch|periodiek|doorlopend|per kwartaal|het jaar")


def period_days(text: str, first_year: int) -> Days | None:
    """The first and last day that a text means, in the plan of the school year from `first_year`.

    A month without a year takes the year that is written after it, else that of the school year.
    The school year itself, or a word like "cyclisch", means all of it: 1 August to 31 July. None
    when the text says nothing of the kind.
    """
    plain = re.sub(r"\([^)]{0,300}\)", " ", text.lower().replace("’", "'").replace("–", "-"))
    half = _HALF.search(plain)
    years = [int(start) for start, end in _YEARS.findall(plain) if _follows(start, end)]
    if half:
        return _half(half, years[0] if years else first_year, is_school_year=half[2] is None)
    if years:
        return date(years[0], 8, 1), date(years[0] + 1, 7, 31)
    try:
        days = list(_days(plain, first_year))
    except ValueError:  # such as 31 June
        return None
    if days:
        return min(first for first, _ in days), max(last for _, last in days)
    if _WHOLE.search(plain):
        return date(first_year, 8, 1), date(first_year + 1, 7, 31)
    if _YEAR.fullmatch(plain.strip()):
        return date(int(plain), 1, 1), date(int(plain), 12, 31)
    return None


def _days(plain: str, first_year: int) -> Iterator[Days]:
    found = [_dated(*match.groups()) for match in _DATED.finditer(plain)]
    year: int | None = None
    for day, month, written in reversed(found):
        year = written or year
        in_year = year or (first_year if month >= 8 else first_year + 1)
        first = date(in_year, month, day or 1)
        yield first, first if day else end_of_month(first)
    for season, written_year in _SEASON.findall(plain):
        in_year = int(written_year or (first_year if season == "najaar" else first_year + 1))
        begin, end = (9, 11) if season == "najaar" else (3, 5)
        yield date(in_year, begin, 1), end_of_month(date(in_year, end, 1))


def _dated(day: str | None, month: str, year: str | None) -> Dated:
    number = _ALSO.get(month[:3]) or next(
        place for place, name in enumerate(_MONTHS, start=1) if name[:3] == month[:3]
    )
    in_full = f"20{year[1:]}" if year and year.startswith("'") else year
    return int(day) if day else None, number, int(in_full) if in_full else None


def _half(found: re.Match[str], first_year: int, *, is_school_year: bool) -> Days:
    if is_school_year:
        year = first_year + 1
        halves = (date(first_year, 8, 1), date(year, 1, 31)), (date(year, 2, 1), date(year, 7, 31))
    else:
        year = int(found[2])
        halves = (date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31))
    return halves[0] if found[1] in ("eerste", "1e") else halves[1]


def _follows(start: str, end: str) -> bool:
    return (int(start) + 1) % 100 == int(end) % 100
