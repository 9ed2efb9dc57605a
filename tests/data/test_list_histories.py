"""Random years of a bureau: lists that are late, in parts, per school, empty or forgetful."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from claim_world import BOARD, Bureau

from data.calendar import Calendar, Period
from data.deliveries.delivery import Missing
from data.gate.claim import Answers

CALENDAR = Calendar()
YEARS = (2022, 2023)
SCHOOLS = tuple(BOARD)
# `python tests/data/test_list_histories.py 200` makes as many random years.
EXAMPLES = 2


@dataclass
class Teller:
    """Somebody who hands in lists and knows what was said: the model the store is held against.

    told: per count date how many stood there by the lists of that time. spoken: (school, quarter).
    """

    bureau: Bureau
    chance: Random
    spells: list[tuple[int, str, date, date | None]] = field(default_factory=list)
    spoken: set[tuple[str, str]] = field(default_factory=set)
    told: dict[tuple[date, str], int] = field(default_factory=dict)

    def live(self, year: int) -> None:
        """New spells of a year; some end."""
        first = date(year, 8, 20)
        for number in range(self.chance.randint(3, 8)):
            start = first + timedelta(days=self.chance.randint(0, 300))
            days = self.chance.randint(1, 250)
            end = start + timedelta(days=days) if self.chance.random() < 0.6 else None
            pupil = year * 100 + number
            self.spells.append((pupil, self.chance.choice(SCHOOLS), start, end))

    def rows(self, quarter: Period, schools: tuple[str, ...], forget: float) -> list[list[str]]:
        """What the schools put on the list of a quarter; some rows are forgotten."""
        begin = date(int(quarter.school_year[:4]), 8, 1)
        found = []
        for pupil, school, start, end in self.spells:
            seen = school in schools and start <= quarter.end_on and (end is None or end >= begin)
            if seen and start >= begin and self.chance.random() >= forget:
                until = f"{end:%d-%m-%Y}" if end and end <= quarter.end_on else ""
                found.append([str(pupil), school, "AV", f"{start:%d-%m-%Y}", until])
        return found

    def hand_in(self, quarter: Period) -> None:
        """One list, or one per school, or none at all; sometimes with forgotten rows, or twice."""
        way = self.chance.choice(("whole", "whole", "per school", "some schools", "late", "empty"))
        forget = self.chance.choice((0.0, 0.0, 0.3))
        if way == "late":
            return
        if way == "per school":
            for school in self.chance.sample(SCHOOLS, self.chance.randint(1, len(SCHOOLS))):
                self._give(quarter, (school,), forget, "locations")
        elif way == "some schools":
            some = tuple(self.chance.sample(SCHOOLS, 2))
            self._give(quarter, some, forget, "locations")
        else:
            self._give(quarter, () if way == "empty" else SCHOOLS, forget, "swv")

    def _give(self, quarter: Period, schools: tuple[str, ...], forget: float, who: str) -> None:
        rows = self.rows(quarter, schools, forget)
        if who == "locations" and not rows:
            return
        silent = self.bureau.absence(rows, quarter.period_id)
        if not silent.accepted:  # a person answers what is asked
            assert silent.asks == "levering", [problem.message for problem in silent.problems]
            said = Answers(
                speaks_for=who, sure=True, second="vervangt",
                missing=self.chance.choice((Missing.UNKNOWN, Missing.ENDED, Missing.FORGOTTEN)),
            )  # fmt: skip
            result = self.bureau.absence(rows, quarter.period_id, answers=said)
            assert result.accepted, [problem.message for problem in result.problems]
            delivery = result.delivery
        else:
            delivery = silent.delivery
        speaks = SCHOOLS if delivery.scope == "swv" else {row[1] for row in rows}
        first = date(int(quarter.school_year[:4]), 8, 1)
        covered = [q for q in _quarters() if first <= q.end_on <= quarter.end_on]
        self.spoken |= {(school, q.period_id) for school in speaks for q in covered}
        for school in speaks:
            on = quarter.end_on
            self.told[on, school] = sum(row[1] == school and not row[4] or (
                row[1] == school and _day(row[4]) > on) for row in rows)  # fmt: skip

    def check(self) -> None:
        """What every list said about its own count date still stands, and nothing else is known."""
        database = self.bureau.build()
        found = database.rows(
            "select organisation_id, period_id from delivered where topic = 'absence'"
            " and period_id like '%-k%'"
        )
        known = {(row["organisation_id"], row["period_id"]) for row in found}
        assert {pair for pair in known if pair[0] in BOARD} <= self.spoken
        spells = database.rows("select location_id, start_on, end_on from absence_spell")
        for (on, school), number in self.told.items():
            standing = sum(
                row["location_id"] == school
                and row["start_on"] <= on
                and (row["end_on"] is None or row["end_on"] > on)
                for row in spells
            )
            assert standing >= number, (on, school, standing, number)
        held = database.rows(
            "select count(*) as number from row_thing where source = 'verzuim' and not exists"
            " (select 1 from last_row where last_row.thing = row_thing.thing)"
        )
        assert held == [{"number": 0}]  # every row that was handed in is the row of something


def _day(text: str) -> date:
    day, month, year = map(int, text.split("-"))
    return date(year, month, day)


def _quarters() -> list[Period]:
    return [CALENDAR.quarter(year, number) for year in YEARS for number in (1, 2, 3, 4)]


def live_through(folder, seed: int) -> None:
    """Two school years, quarter by quarter; after every list everything is looked at."""
    teller = Teller(Bureau(folder), Random(seed))
    for quarter in _quarters():
        if quarter.period_id.endswith("k1"):
            teller.live(int(quarter.school_year[:4]))
        teller.hand_in(quarter)
    teller.check()


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_no_zero_that_nobody_claimed_and_no_past_that_changes(tmp_path, seed):
    live_through(tmp_path, seed)


if __name__ == "__main__":
    import sys
    import tempfile
    from pathlib import Path

    for number in range(int(sys.argv[1]) // len(YEARS)):
        with tempfile.TemporaryDirectory() as name:
            live_through(Path(name), 1000 + number)
    print(f"{sys.argv[1]} jaren in orde")
