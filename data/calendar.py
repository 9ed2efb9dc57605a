"""Quarters, school years and calendar years: what they are called and which days they hold."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

KWARTAAL = "kwartaal"
SCHOOLJAAR = "schooljaar"
KALENDERJAAR = "kalenderjaar"
PERIOD_TYPES = (KWARTAAL, SCHOOLJAAR, KALENDERJAAR)

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "juni", "juli", "aug", "sept", "okt", "nov", "dec")
MONTH_NAMES = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip
ONE_DAY = timedelta(days=1)
# Not the time zone of the machine: a list of 00:30 on 1 October is not of September.
TIME_ZONE = ZoneInfo("Europe/Amsterdam")
HELP = (
    "Geef een kwartaal als 2023-2024-k1 of sept 2023, een schooljaar als 2023-2024 "
    "of een kalenderjaar als 2023."
)


def local_moment(moment: str) -> datetime:
    """An ISO moment, as the ledger has it in UTC, on a Dutch clock."""
    return datetime.fromisoformat(moment).astimezone(TIME_ZONE)


@dataclass(frozen=True)
class Period:
    """One quarter, school year or calendar year; the columns of table `period`.

    count_on is the day on which standing counts of the period are taken; needed_to is the day up
    to which data must reach for the period to be complete. previous_period_id and
    year_ago_period_id follow from the rule, also when nothing was delivered for those periods.
    """

    period_id: str
    period_type: str
    label: str
    start_on: date
    end_on: date
    count_on: date
    needed_to: date
    school_year: str
    previous_period_id: str
    year_ago_period_id: str
    position: int


@dataclass(frozen=True)
class Calendar:
    """The dates that differ per SWV, all as "mm-dd".

    quarter_ends are in order of the school year (k1 … k4). count_dates holds the count date
    ("teldatum") with the first school year it applies to, oldest first.
    """

    quarter_ends: tuple[str, ...] = ("09-30", "12-31", "03-31", "06-30")
    school_year_start: str = "08-01"
    count_dates: tuple[tuple[str | None, str], ...] = ((None, "10-01"), ("2022-2023", "02-01"))

    def school_year_of(self, day: date) -> str:
        """The school year ("2023-2024") that holds this day."""
        return _school_year(day.year - (day < _day(day.year, self.school_year_start)))

    def quarter_of(self, day: date) -> Period:
        """The quarter that holds this day."""
        return next(q for q in self._quarters_around(day.year) if q.start_on <= day <= q.end_on)

    def quarter(self, first_year: int, number: int) -> Period:
        """Quarter `number` (1 … 4) of the school year that starts in `first_year`."""
        count = len(self.quarter_ends)
        end = self._in_school_year(first_year, self.quarter_ends[number - 1])
        before = self._quarter_place(first_year, number - 1)
        start = self._in_school_year(before[0], self.quarter_ends[before[1] - 1]) + ONE_DAY
        return Period(
            period_id=_quarter_id(first_year, number),
            period_type=KWARTAAL,
            label=f"{MONTHS[end.month - 1]} {end.year}",
            start_on=start,
            end_on=end,
            count_on=end,
            needed_to=end,
            school_year=_school_year(first_year),
            previous_period_id=_quarter_id(*before),
            year_ago_period_id=_quarter_id(first_year - 1, number),
            position=first_year * count + number - 1,
        )

    def schooljaar(self, first_year: int) -> Period:
        """The school year that starts in `first_year`."""
        year = _school_year(first_year)
        applicable = [day for since, day in self.count_dates if since is None or since <= year]
        return Period(
            period_id=year,
            period_type=SCHOOLJAAR,
            label=year,
            start_on=_day(first_year, self.school_year_start),
            end_on=_day(first_year + 1, self.school_year_start) - ONE_DAY,
            count_on=self._in_school_year(first_year, applicable[-1]),
            needed_to=self.quarter(first_year, len(self.quarter_ends)).end_on,
            school_year=year,
            previous_period_id=_school_year(first_year - 1),
            year_ago_period_id=_school_year(first_year - 1),
            position=first_year,
        )

    def kalenderjaar(self, year: int) -> Period:
        """The calendar year; its pupils are those of the school year that holds 1 October."""
        return Period(
            period_id=str(year),
            period_type=KALENDERJAAR,
            label=str(year),
            start_on=date(year, 1, 1),
            end_on=date(year, 12, 31),
            count_on=date(year, 12, 31),
            needed_to=date(year, 12, 31),
            school_year=self.school_year_of(date(year, 10, 1)),
            previous_period_id=str(year - 1),
            year_ago_period_id=str(year - 1),
            position=year,
        )

    def periods(self, covers: Iterable[tuple[str, date, date]]) -> list[Period]:
        """The periods that belong in table `period`, by type and then in order.

        `covers` holds per delivery the type of period it was delivered for, and the first and last
        day it covers. Where the table starts and ends is decided per type: an old budget, next
        year's budget or this school year's pupil count must not announce quarters that nobody
        has delivered, or can have delivered yet.
        """
        known = list(covers)
        found: list[Period] = []
        for period_type in PERIOD_TYPES:
            deciding = [days for kind, *days in known if kind in (KWARTAAL, period_type)] or [
                days for _, *days in known
            ]
            if not deciding:
                continue
            first = min(start for start, _ in deciding)
            last = max(end for _, end in deciding)
            found += [
                period
                for period in self._all(period_type, first, last)
                if period.start_on <= last
                and period.end_on >= first
                and (period_type != KWARTAAL or period.end_on <= last)
            ]
        return found

    def quarters_without(
        self, days: Collection[date], first: date, before: date
    ) -> Iterator[Period]:
        """The quarters that end from `first` on and before `before`, and hold none of the days."""
        for quarter in self._all(KWARTAAL, first, before):
            within = first <= quarter.end_on < before
            if within and not any(quarter.start_on <= day <= quarter.end_on for day in days):
                yield quarter

    def parse(self, text: str) -> Period:
        """The period a user means. ValueError with a Dutch sentence when that is not certain."""
        wanted = text.strip().lower()
        for pattern, make in _FORMS:
            match = pattern.fullmatch(wanted)
            if match:
                period = make(self, *match.groups())
                if period:
                    return period
        raise ValueError(f"“{text.strip()}” is geen periode. {HELP}")

    def _all(self, period_type: str, first: date, last: date) -> Iterator[Period]:
        years = range(first.year - 1, last.year + 1)
        if period_type == KWARTAAL:
            for year in years:
                yield from (
                    self.quarter(year, number + 1) for number in range(len(self.quarter_ends))
                )
        elif period_type == SCHOOLJAAR:
            yield from map(self.schooljaar, years)
        else:
            yield from map(self.kalenderjaar, years)

    def _quarters_around(self, year: int) -> Iterator[Period]:
        return self._all(KWARTAAL, date(year, 1, 1), date(year + 1, 1, 1))

    def _quarter_place(self, first_year: int, number: int) -> tuple[int, int]:
        return (first_year, number) if number else (first_year - 1, len(self.quarter_ends))

    def _in_school_year(self, first_year: int, month_day: str) -> date:
        start = _day(first_year, self.school_year_start)
        day = _day(first_year, month_day)
        return day if day >= start else _day(first_year + 1, month_day)

    def _from_quarter(self, first: str, second: str, number: str) -> Period | None:
        if self._from_school_year(first, second) and 1 <= int(number) <= len(self.quarter_ends):
            return self.quarter(int(first), int(number))
        return None

    def _from_school_year(self, first: str, second: str) -> Period | None:
        start = int(first)
        if int(second) in (start + 1, (start + 1) % 100):
            return self.schooljaar(start)
        return None

    def _from_year(self, year: str) -> Period | None:
        return self.kalenderjaar(int(year)) if 1900 < int(year) < 2200 else None

    def _from_month(self, year: str, month: str) -> Period | None:
        """The quarter that closes in this month."""
        if not 1 <= int(month) <= 12:
            return None
        return next(
            (
                quarter
                for quarter in self._quarters_around(int(year))
                if (quarter.end_on.year, quarter.end_on.month) == (int(year), int(month))
            ),
            None,
        )

    def _from_month_name(self, name: str, year: str) -> Period | None:
        for month, short in enumerate(MONTHS, start=1):
            if name[:3] in (short[:3], "maa" if month == 3 else short[:3]):
                return self._from_month(year, str(month))
        return None


# Order matters: "2011-12" is the month, not the school year.
_FORMS = (
    (re.compile(r"(\d{4})[-/](\d{4})[- ]?k(\d)"), Calendar._from_quarter),
    (re.compile(r"(\d{4})-(\d{2})"), Calendar._from_month),
    (re.compile(r"(\d{4})[-/](\d{4}|\d{2})"), Calendar._from_school_year),
    (re.compile(r"([a-z]{3,9})\.? (\d{4})"), Calendar._from_month_name),
    (re.compile(r"(\d{4})"), Calendar._from_year),
)


def _day(year: int, month_day: str) -> date:
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


def _school_year(first_year: int) -> str:
    return f"{first_year}-{first_year + 1}"


def _quarter_id(first_year: int, number: int) -> str:
    return f"{_school_year(first_year)}-k{number}"
