"""Quarters, school years and calendar years, worked out with nothing but dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """`year` is the year in which its school year starts; `count_on` the day of standing counts."""

    id: str
    type: str
    start: date
    end: date
    count_on: date
    needed_to: date
    year: int
    previous: str

    def holds(self, moment: date | None) -> bool:
        return moment is not None and self.start <= moment <= self.end


def quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4 of the school year: closes 30 Sept, 31 Dec, 31 March, 30 June."""
    end = {1: date(year, 9, 30), 2: date(year, 12, 31), 3: date(year + 1, 3, 31),
           4: date(year + 1, 6, 30)}[number]  # fmt: skip
    start = date(end.year, end.month - 2, 1)
    before = f"{year}-{year + 1}-k{number - 1}" if number > 1 else f"{year - 1}-{year}-k4"
    return Period(f"{year}-{year + 1}-k{number}", "kwartaal", start, end, end, end, year, before)


def school_year(year: int) -> Period:
    """1 August to 31 July; counted on 1 October, from 2022-2023 on 1 February."""
    count_on = date(year, 10, 1) if year < 2022 else date(year + 1, 2, 1)
    return Period(
        f"{year}-{year + 1}", "schooljaar", date(year, 8, 1), date(year + 1, 7, 31), count_on,
        date(year + 1, 6, 30), year, f"{year - 1}-{year}",
    )  # fmt: skip


def calendar_year(year: int) -> Period:
    """Its school year is the one that holds 1 October."""
    last = date(year, 12, 31)
    first = date(year, 1, 1)
    return Period(str(year), "kalenderjaar", first, last, last, last, year, str(year - 1))


def parse(name: str) -> Period:
    """2023-2024-k1, 2023-2024 or 2023."""
    parts = name.split("-")
    if len(parts) == 3:
        return quarter(int(parts[0]), int(parts[2][1]))
    return school_year(int(parts[0])) if len(parts) == 2 else calendar_year(int(parts[0]))


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month when it is shorter."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - ONE_DAY).day
    return date(year, month, min(day.day, last))


def school_year_start(day: date) -> date:
    """1 August of the school year that holds this day."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)
