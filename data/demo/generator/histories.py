"""What messy lists tell in one school year: rows that vanish or return, a part that follows later.

Three boards handed in a list of their own at the end of December, one of them in March as well, and
one school only for itself. Every situation is one pupil, so that it can be found in the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
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
class Told:
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


GONE = (
    # on the list of December only: stopped, forgotten, and nobody knows
    Told(_lrv("L195001", "90AB02", date(2020, 10, 5)), (DECEMBER,)),
    Told(_lrv("L195002", "92EF02", date(2020, 11, 2)), (DECEMBER,)),
    Told(_lrv("L195003", "96PR02", date(2020, 9, 14)), (DECEMBER,)),
    # gone in March, back in June
    Told(
        _lrv("L195004", "96PR01", date(2020, 10, 12), date(2021, 5, 20), "terug_naar_school"),
        (DECEMBER, JUNE),
    ),
    # what a school sent a week after its board had handed in
    Told(_lrv("L195005", "90AC00", date(2021, 2, 8), date(2021, 6, 14), "maatwerk"), (LATER_PART,)),
)
TOLD = GONE
