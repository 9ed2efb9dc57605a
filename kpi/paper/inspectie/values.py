"""What a row says in a column: a word, a date, a number, or nothing."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from data.calendar import Calendar, Period
from kpi.paper.inspectie.fields import FIELDS
from kpi.paper.inspectie.layout import ColumnRule
from kpi.paper.inspectie.row import RegistrationRow

Value = str | int | date | None
ADULT = 18
LONG_MONTHS = 3
DAY_ZERO = date(1899, 12, 30)  # the day from which a spreadsheet counts
UNKNOWN = "onbekend"


@dataclass(frozen=True)
class Writer:
    """Turns rows into values, as on the last day of `quarter`."""

    quarter: Period
    calendar: Calendar
    key_of: Callable[[str], str]
    schools: dict[str, str]

    def ordered(self, rows: Sequence[RegistrationRow]) -> list[RegistrationRow]:
        """From old to new. Equal ones by the code of this round, so that no order ties rounds."""

        def order(row: RegistrationRow) -> tuple[date, date, str, str, date, str]:
            place, end = row.location_id or "", row.end_on or date.max
            return (row.counts_from, row.start_on, row.kind, place, end, self.key_of(row.pupil))

        return sorted(rows, key=order)

    def value(
        self, row: RegistrationRow, number: int, rule: ColumnRule, allowed: tuple[str, ...] = ()
    ) -> Value:
        """The value of one cell; `allowed`: the words a form accepts in this column."""
        if not rule.field:
            return rule.text
        item = FIELDS[rule.field]
        if rule.field == "number":
            return number
        found = self._raw(row, rule.field)
        if item.words:
            return item.word_of(str(found), rule.words, allowed) if found is not None else None
        return found

    def _raw(self, row: RegistrationRow, name: str) -> Value:
        made: dict[str, Callable[[RegistrationRow], Value]] = {
            "key": lambda row: self.key_of(row.pupil),
            "permitted": lambda row: _yes_no(row.permitted) if row.is_spell else None,
            "offer": lambda row: _yes_no(row.offer) if row.is_spell else None,
            "sub_kind": lambda row: row.sub_kind or UNKNOWN if row.is_spell else None,
            "school_type": lambda row: row.school_type or UNKNOWN if row.is_spell else None,
            "end_reason": lambda row: row.end_reason or UNKNOWN if row.end_on else None,
            "location": lambda row: self.schools.get(row.location_id or ""),
            "birth_year": _birth_year,
            "age": self._age,
            "school_year": lambda row: self.calendar.school_year_of(row.start_on),
            "days": lambda row: (self._last_day(row) - row.start_on).days,
            "weeks": lambda row: (self._last_day(row) - row.start_on).days // 7,
            "long": lambda row: _yes_no(is_long(row.months_from, self._last_day(row))),
            "status": _status,
            "is_new": lambda row: _yes_no(row.counts_from >= self.quarter.start_on),
            "remark": lambda row: row.remark or None,
        }
        if name in made:
            return made[name](row)
        found: Value = getattr(row, name)
        return found

    def _last_day(self, row: RegistrationRow) -> date:
        return row.end_on or self.quarter.end_on

    def _age(self, row: RegistrationRow) -> str:
        if row.compulsory_until is None or row.qualification_until is None:
            return UNKNOWN
        day = self._last_day(row)
        if day <= row.compulsory_until:
            return "leerplichtig"
        # kept is the last day of the month of the 18th birthday: on that day the pupil is 18
        return "kwalificatieplichtig" if day < row.qualification_until else "ouder"


def is_long(start: date, day: date) -> bool:
    """Whether a spell that began on `start` has lasted longer than three months on `day`."""
    month = start.month - 1 + LONG_MONTHS
    year, month = start.year + month // 12, month % 12 + 1
    after = date(year, month, min(start.day, monthrange(year, month)[1]))
    return after < day


def _birth_year(row: RegistrationRow) -> int | None:
    return row.qualification_until.year - ADULT if row.qualification_until else None


def _yes_no(value: bool | None) -> str:
    return UNKNOWN if value is None else "ja" if value else "nee"


def _status(row: RegistrationRow) -> str:
    if row.end_on:
        return "ended"
    if row.dropped:
        return "dropped"
    if not row.is_spell:
        return "exempt"
    return "home" if row.counted else "unknown"
