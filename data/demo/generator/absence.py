"""Made-up spells of absence: who was at home, from when to when, and what the school knew by when.

The numbers at each count date are steered, so that the demo tells its stories: absoluut verzuim
halves between 2019-2020 and 2023-2024, langdurig relatief verzuim does not go down, September is
always high, and the spring of 2020 (corona) is low.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from data.demo.generator.world import (
    BY_CODE,
    KNOWN_UNTIL,
    MERGED_ON,
    Pupils,
    day_between,
    pick_school,
    quarter_ends,
    quarter_start,
    start_year,
    stream,
)

# standing at the end of Sept, Dec, March, June of 2019-2020 … 2025-2026, and Sept 2026
STANDING = {
    "av": ((24, 20, 17, 20), (22, 18, 16, 16), (19, 15, 13, 13), (15, 12, 10, 9),
           (11, 9, 8, 7), (10, 8, 7, 6), (9, 7, 6, 6), (8,)),
    "lrv": ((13, 14, 13, 12), (12, 13, 13, 13), (13, 14, 14, 14), (14, 14, 14, 15),
            (14, 15, 15, 15), (15, 15, 15, 16), (15, 16, 16, 16), (16,)),
    "ziek": ((14, 16, 12, 10), (15, 17, 16, 15), (16, 18, 19, 18), (17, 20, 20, 19),
             (18, 21, 21, 20), (19, 22, 22, 21), (20, 22, 23, 22), (20,)),
    "overig": ((5, 6, 4, 4), (5, 5, 6, 5), (6, 6, 7, 6), (6, 7, 6, 6),
               (7, 7, 6, 6), (6, 7, 7, 6), (6, 7, 7, 6), (6,)),
}  # fmt: skip
# new spells in the quarter that ends in Sept, Dec, March, June
NEW = {"av": (10, 6, 5, 4), "lrv": (4, 6, 6, 4), "ziek": (8, 11, 10, 6), "overig": (4, 4, 3, 3)}
CORONA = {date(2020, 3, 31): 0.7, date(2020, 6, 30): 0.4, date(2021, 3, 31): 0.7}
SUB_KINDS = {
    "av": ("overgang", "wachtlijst", "overig", None),
    "lrv": ("ziekgemeld", "thuiswerkplan", "wachtlijst", "overig", None),
    "ziek": ("ziekgemeld", "ziekgemeld", "thuiswerkplan"),
    "overig": ("thuiswerkplan", "wachtlijst", "overig", None),
}
END_REASONS = ("terug_naar_school",) * 5 + (
    "vso", "maatwerk", "maatwerk", "mbo", "verhuisd", "vrijstelling", "overig",
)  # fmt: skip
OFFER_CHANCE = {2019: 0.35, 2020: 0.4, 2021: 0.5, 2022: 0.55, 2023: 0.65, 2024: 0.75, 2025: 0.8}


@dataclass(frozen=True)
class Spell:
    """One spell of absence of one pupil at one location; end None when it still runs.

    school "" and a municipality: of a pupil who was never enrolled here.
    """

    pupil: str
    birth: date
    school: str
    kind: str
    start: date
    sub_kind: str | None = None
    permitted: bool | None = None
    offer_on: date | None = None
    end: date | None = None
    end_reason: str | None = None
    municipality: str | None = None

    def counts_from(self) -> date:
        """The day from which the pupil counts as thuiszitter: LRV only after four weeks."""
        return self.start + timedelta(days=29) if self.kind == "lrv" else self.start

    def seen_between(self, first: date, last: date) -> bool:
        """Whether the spell stood on any day of that window."""
        return self.start <= last and (self.end is None or self.end >= first)

    def as_known_on(self, day: date) -> Spell:
        """The same spell as the school knew it on that day: no end or offer from the future."""
        ended = self.end is not None and self.end <= day
        offered = self.offer_on is not None and self.offer_on <= day
        return replace(
            self,
            offer_on=self.offer_on if offered else None,
            end=self.end if ended else None,
            end_reason=self.end_reason if ended else None,
        )


def spells() -> list[Spell]:
    """Every spell that stood between 1 July 2019 and 30 September 2026, oldest first."""
    everything = [spell for number, kind in enumerate(STANDING) for spell in _of_kind(kind, number)]
    everything = (
        _over_the_merger(everything) + list(MOVED + ON_THE_EDGE) + _short(stream("absence short"))
    )
    return sorted(everything, key=lambda spell: (spell.start, spell.pupil, spell.school))


def _of_kind(kind: str, number: int) -> list[Spell]:
    """Spells of one kind, opened and closed so that the count dates come out as steered."""
    chance = stream(f"absence {kind}")
    pupils = Pupils(chance, 100_000 + 20_000 * number)
    goals = [goal for year in STANDING[kind] for goal in year]
    running = [
        _start(chance, pupils, kind, day_between(chance, date(2019, 1, 14), date(2019, 6, 30)))
        for _ in range(goals[0] - 2)
    ]
    ended: list[Spell] = []
    for end, goal in zip(quarter_ends(), goals, strict=True):
        quarter = (end.month // 3 + 1) % 4  # 0 = Sept, 1 = Dec, 2 = March, 3 = June
        trend = min(goal / goals[quarter], (goal / goals[quarter]) ** 1.5)  # fewer come in, too
        fresh = NEW[kind][quarter] * trend * CORONA.get(end, 1.0) + chance.uniform(-1.5, 1.5)
        fresh_count = max(round(fresh), goal - len(running), 0)
        started = [
            _start(chance, pupils, kind, _first_day(chance, kind, end), ended)
            for _ in range(fresh_count)
        ]
        for _ in range(len(running) + len(started) - goal):
            spell = running.pop(_leaver(chance, running))
            ended.append(_end(chance, spell, end))
        running += started
    return ended + running


def _first_day(chance: Random, kind: str, end: date) -> date:
    """A first day in the quarter; absence from school counts as long after four weeks only."""
    last = end - timedelta(days=31) if kind == "lrv" else end
    first = max(quarter_start(end), date(end.year, 8, 22)) if end.month == 9 else quarter_start(end)
    return day_between(chance, first - timedelta(days=12 if kind == "lrv" else 0), max(last, first))


def _start(
    chance: Random, pupils: Pupils, kind: str, day: date, ended: list[Spell] | None = None
) -> Spell:
    """A new spell; now and then of a pupil who was at home before in the same school year."""
    again = [
        spell for spell in ended or []
        if spell.end and 25 < (day - spell.end).days < 150 and BY_CODE[spell.school].open_on(day)
        and spell.pupil not in pupils.returned
    ]  # fmt: skip
    if again and chance.random() < 0.12:
        before = chance.choice(again)
        pupils.returned.add(before.pupil)
        pupil, birth, school = before.pupil, before.birth, before.school
    else:
        pupil, birth = pupils.new(day)
        school = pick_school(chance, day, ("vo", "pro", "vso"), heavy=2.5).code
    permitted = {"av": False, "lrv": False, "ziek": True}.get(kind, chance.choice((True, None)))
    return Spell(
        pupil, birth, school, kind, day,
        sub_kind=chance.choice(SUB_KINDS[kind]),
        permitted=permitted,
        offer_on=_offer_day(chance, day),
    )  # fmt: skip


def _offer_day(chance: Random, day: date) -> date | None:
    year = min(max(start_year(day), 2019), 2025)
    if chance.random() > OFFER_CHANCE[year]:
        return None
    return day_between(chance, day + timedelta(days=20), day + timedelta(days=140))


def _leaver(chance: Random, running: list[Spell]) -> int:
    """Which running spell ends now: mostly one of the older half, but some last for years."""
    return int(len(running) * chance.random() ** 1.5)


def _end(chance: Random, spell: Spell, quarter_end: date) -> Spell:
    first = max(quarter_start(quarter_end), spell.start + timedelta(days=10))
    end = day_between(chance, min(first, quarter_end), quarter_end)
    return replace(spell, end=end, end_reason=chance.choice(END_REASONS))


def _over_the_merger(everything: list[Spell]) -> list[Spell]:
    """Pupils of the closed location who were still at home go on at the location it merged into."""
    result: list[Spell] = []
    for spell in everything:
        to = BY_CODE[spell.school].merged_into
        last = MERGED_ON - timedelta(days=1)
        if to and spell.seen_between(MERGED_ON, KNOWN_UNTIL):
            result.append(replace(spell, end=last, end_reason="overig"))
            result.append(replace(spell, school=to, start=MERGED_ON))
        else:
            result.append(spell)
    return result


def _short(chance: Random) -> list[Spell]:
    """Absence from school that ended within four weeks: reported, but never a thuiszitter."""
    pupils = Pupils(chance, 190_000)
    result = []
    for before, end in pairwise(quarter_ends()):
        for _ in range(chance.randint(1, 3)):
            day = day_between(chance, before + timedelta(days=3), end - timedelta(days=30))
            spell = _start(chance, pupils, "lrv", day)
            stop = day + timedelta(days=chance.randint(8, 28))
            result.append(replace(spell, end=stop, end_reason="terug_naar_school", offer_on=None))
    return result


# One pupil who was at home at two locations in one school year: two spells, one person.
MOVED = (
    Spell("L199001", date(2010, 3, 14), "92EF01", "lrv", date(2024, 9, 16), "thuiswerkplan", False,
          date(2024, 10, 21), date(2024, 12, 2), "overig"),
    Spell("L199001", date(2010, 3, 14), "92EG01", "lrv", date(2024, 12, 9), "wachtlijst", False,
          None, date(2025, 3, 17), "terug_naar_school"),
)  # fmt: skip

# Spells that start or stop exactly on a border: day 28 and 29, and the count date itself.
BORDERS = (
    ("L199011", "91CD01", "lrv", date(2024, 12, 2), date(2025, 2, 10)),  # day 29 is 31 December
    ("L199012", "94KL02", "lrv", date(2024, 12, 3), date(2025, 2, 17)),  # not yet
    ("L199013", "92EF02", "lrv", date(2025, 1, 6), date(2025, 2, 4)),  # never stood
    ("L199014", "93HJ02", "lrv", date(2025, 1, 6), date(2025, 2, 5)),  # stood for a day
    ("L199015", "96PR01", "av", date(2025, 3, 31), date(2025, 6, 30)),
)
ON_THE_EDGE = tuple(
    Spell(
        pupil, date(2011, 2, 28), school, kind, start,
        permitted=False, end=end, end_reason="terug_naar_school",
    )
    for pupil, school, kind, start, end in BORDERS
)  # fmt: skip
