"""What messy lists tell in one school year: pupils who vanish, return or move, schools that close.

Three boards handed in a list of their own at the end of December, one of them in March as well, and
one school only for itself. Every situation is one pupil, so that it can be found in the figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from data.demo.generator.absence import Spell

YEAR = 2020  # a corona year in which one board had no list of pupils: nothing is agreed about it
DECEMBER, MARCH, JUNE = date(2020, 12, 31), date(2021, 3, 31), date(2021, 6, 30)
STOPPED_AT, FORGOTTEN_AT, LOST_AT = "90001", "90003", "90007"
# board: the count dates at which it handed in its own list
OWN_LISTS = {STOPPED_AT: (DECEMBER, JUNE), FORGOTTEN_AT: (DECEMBER, JUNE),
             LOST_AT: (DECEMBER, MARCH, JUNE)}  # fmt: skip
LATER_PART = "later part"
OWN_SCHOOL = "95MP00"


@dataclass(frozen=True)
class ListedSpell:
    """A spell with the lists it stands on; none: on every list that comes after its first day."""

    spell: Spell
    on: tuple[date | str, ...] = ()

    def stands_on(self, moment: date | str) -> bool:
        """Whether it is on the list of that count date."""
        return moment in self.on if self.on else moment != LATER_PART


def _lrv(
    pupil: str, school: str, start: date, end: date | None = None, reason: str | None = None
) -> Spell:
    birth = date(2006, 3, 1 + int(pupil[-2:]))
    return Spell(pupil, birth, school, "lrv", start, permitted=False, end=end, end_reason=reason)


def _av(
    pupil: str, school: str, start: date, end: date | None = None, reason: str | None = None
) -> Spell:
    return replace(_lrv(pupil, school, start, end, reason), kind="av")


GONE = (
    # on the list of December only: stopped, forgotten, and nobody knows
    ListedSpell(_lrv("L195001", "90AB02", date(2020, 10, 5)), (DECEMBER,)),
    ListedSpell(_lrv("L195002", "92EF02", date(2020, 11, 2)), (DECEMBER,)),
    ListedSpell(_lrv("L195003", "96PR02", date(2020, 9, 14)), (DECEMBER,)),
    # gone in March, back in June
    ListedSpell(
        _lrv("L195004", "96PR01", date(2020, 10, 12), date(2021, 5, 20), "terug_naar_school"),
        (DECEMBER, JUNE),
    ),
    # what a school sent a week after its board had handed in
    ListedSpell(
        _lrv("L195005", "90AC00", date(2021, 2, 8), date(2021, 6, 14), "maatwerk"), (LATER_PART,)
    ),
)
SUMMER = date(2022, 6, 30)
CLOSED = (
    # De Linde went up in 96PR00 on 1 February: one is on the list there with his first day, one not
    ListedSpell(_lrv("L195006", "96PR04", date(2020, 10, 5)), (DECEMBER,)),
    ListedSpell(
        _lrv("L195006", "96PR00", date(2020, 10, 5), date(2021, 5, 17), "terug_naar_school"),
        (MARCH, JUNE),
    ),
    ListedSpell(_lrv("L195007", "96PR04", date(2020, 11, 9)), (DECEMBER,)),
    # De Haven went to another board on 1 January, and closed a year later
    ListedSpell(
        _lrv("L195008", "95MN02", date(2020, 11, 16), date(2021, 3, 22), "terug_naar_school")
    ),
    ListedSpell(_lrv("L195009", "95MN02", date(2021, 9, 13)), (SUMMER,)),
)
MOVED = (
    # two lists at once, and one school after the other
    ListedSpell(_lrv("L195010", "90AB00", date(2020, 9, 21), date(2021, 2, 15), "overig")),
    ListedSpell(_lrv("L195010", "92EG00", date(2021, 2, 1), date(2021, 6, 10), "maatwerk")),
    ListedSpell(_lrv("L195011", "93HJ01", date(2020, 10, 1), date(2021, 1, 11), "overig")),
    ListedSpell(
        _lrv("L195011", "91CD00", date(2021, 1, 11), date(2021, 4, 1), "terug_naar_school")
    ),
    # first absoluut, later langdurig relatief
    ListedSpell(
        _av("L195012", "91CD01", date(2020, 8, 24), date(2020, 11, 16), "terug_naar_school")
    ),
    ListedSpell(
        _lrv("L195012", "91CD01", date(2021, 1, 11), date(2021, 3, 29), "terug_naar_school")
    ),
    # both at once: taken off the register while the school still told of him, and back on it
    ListedSpell(_lrv("L195014", "91CD00", date(2020, 9, 14), date(2021, 3, 1), "maatwerk")),
    ListedSpell(_av("L195014", "91CD00", date(2020, 11, 9), date(2021, 2, 1))),
    # came from elsewhere, and was never at a school here; back on the first day of the next year,
    # which only a list that holds pupils without a school can tell
    ListedSpell(
        replace(_av("L195013", "", date(2020, 9, 7), date(2021, 8, 1)), municipality="9902"),
        (JUNE, SUMMER),
    ),
)
TOLD = GONE + CLOSED + MOVED
