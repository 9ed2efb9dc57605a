"""Made-up VSO: who is enrolled, which TLV went before it, and how full the schools are.

Most pupils come on 1 August, but some come during the year. So the count on 1 February (from
2022-2023) is higher than the one on 1 October would have been: the break in the series.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data.demo.generator.world import (
    FIRST_YEAR,
    KNOWN_UNTIL,
    LAST_YEAR,
    SCHOOLS,
    Pupils,
    day_between,
    pick_school,
    quarter_ends,
    stream,
)

REGISTER_FROM = date(FIRST_YEAR, 8, 1)
CLUSTERS = {"97ST00": ("3",), "97ST01": ("4",), "97ST02": ("3", "4", "4")}
FIRST_CLASS = {"97ST00": 182, "97ST01": 219, "97ST02": 161}
# pupils who come on 1 August and during the year, per school year from 2019-2020; 2020-2021 corona
COME_IN_AUGUST = (98, 84, 96, 101, 99, 96, 95, 97)
COME_LATER = (41, 29, 45, 52, 50, 47, 46, 4)
LEAVE_LATER = (12, 9, 13, 14, 12, 12, 13, 1)
LEAVE_IN_JULY = (112, 100, 124, 138, 141, 136, 131)
CATEGORIES = ("laag",) * 15 + ("midden",) * 2 + ("hoog",) * 3
CAME_FROM = ("po",) * 9 + ("vo",) * 8 + ("vso_elders",) * 2 + ("overig",)
WENT_TO = ("mbo",) * 9 + ("arbeid_dagbesteding",) * 8 + ("vo",) * 3 + ("overig",) * 2
ORIGIN = {"po": "po", "vo": "zij_instroom", "overig": "onderinstroom"}


@dataclass(frozen=True)
class Enrolment:
    """One enrolment of a pupil at a VSO location; end None when the pupil is still there."""

    pupil: str
    birth: date
    school: str
    start: date
    cluster: str
    category: str
    came_from: str
    end: date | None = None
    went_to: str | None = None
    tab: bool | None = None


@dataclass(frozen=True)
class Decision:
    """One decision on a toelaatbaarheidsverklaring. `school` is the vo or pro location involved."""

    number: str
    pupil: str
    school: str
    kind: str
    requested: date
    decided: date
    result: str
    first: bool
    category: str | None
    cluster: str | None
    origin: str
    valid_from: date | None
    valid_to: date | None


def enrolments() -> list[Enrolment]:
    """Everyone enrolled at some moment from 1 August 2019 to 30 September 2026."""
    chance = stream("vso")
    pupils = Pupils(chance, 200_000)
    running = [
        _enter(chance, pupils, date(FIRST_YEAR - min(int(chance.expovariate(0.6)), 4) - 1, 8, 1), s)
        for s, number in FIRST_CLASS.items()
        for _ in range(number - round(number * 0.17))
    ]
    left: list[Enrolment] = []
    for passed, august in enumerate(COME_IN_AUGUST):
        start = date(FIRST_YEAR + passed, 8, 1)
        running += [_enter(chance, pupils, start) for _ in range(august)]
        last = min(start + timedelta(days=270), KNOWN_UNTIL)
        later = [day_between(chance, start + timedelta(days=30), last) for _ in
                 range(COME_LATER[passed])]  # fmt: skip
        gone = [day_between(chance, start + timedelta(days=20), last) for _ in
                range(LEAVE_LATER[passed])]  # fmt: skip
        for day in gone:
            left.append(_leave(chance, running.pop(_oldest(chance, running)), day))
        running += [_enter(chance, pupils, day) for day in later]
        if passed < len(LEAVE_IN_JULY):
            end = date(start.year + 1, 7, 31)
            for _ in range(LEAVE_IN_JULY[passed]):
                left.append(_leave(chance, running.pop(_oldest(chance, running)), end))
    return sorted(left + running, key=lambda one: (one.start, one.pupil))


def _enter(chance: Random, pupils: Pupils, day: date, school: str | None = None) -> Enrolment:
    pupil, birth = pupils.new(day, 12, 15)
    school = school or chance.choices(list(FIRST_CLASS), list(FIRST_CLASS.values()))[0]
    return Enrolment(
        pupil, birth, school, day,
        cluster=chance.choice(CLUSTERS[school]),
        category=chance.choice(CATEGORIES),
        came_from=chance.choice(CAME_FROM),
    )  # fmt: skip


def _oldest(chance: Random, running: list[Enrolment]) -> int:
    return int(len(running) * chance.random() ** 2.2 * 0.9)


def _leave(chance: Random, enrolment: Enrolment, day: date) -> Enrolment:
    went_to = chance.choice(WENT_TO)
    tab = chance.random() < 0.55 if went_to == "vo" else None
    return replace(enrolment, end=max(day, enrolment.start), went_to=went_to, tab=tab)


def decisions(enrolled: list[Enrolment]) -> list[Decision]:
    """Every decision from 1 August 2019: before an enrolment, refused, renewed, and for PrO."""
    chance = stream("tlv")
    found = [
        _granted(chance, one)
        for one in enrolled
        if one.came_from in ORIGIN and one.start >= date(FIRST_YEAR, 9, 15)
    ]
    found += [_renewed(chance, one, year) for one in enrolled for year in _renewal_years(one)]
    found += _refused(chance) + _practical(chance)
    found = [one for one in found if REGISTER_FROM <= one.decided <= KNOWN_UNTIL]
    found.sort(key=lambda one: (one.decided, one.pupil))
    numbered = [replace(one, number=f"TLV-{7000 + place}") for place, one in enumerate(found)]
    return sorted([*numbered, *ASKED_ELSEWHERE], key=lambda one: (one.decided, one.pupil))


# asked by a vso school, and by a primary school outside the SWV
ASKED_ELSEWHERE = (
    Decision("TLV-6991", "L249001", "97ST01", "vso", date(2021, 3, 8), date(2021, 4, 19),
             "toegekend", False, "laag", "4", "zij_instroom", date(2021, 8, 1),
             date(2023, 7, 31)),
    Decision("TLV-6992", "L249002", "98XY00", "vso", date(2021, 3, 15), date(2021, 5, 3),
             "toegekend", True, "midden", "3", "po", date(2021, 8, 1), date(2023, 7, 31)),
)  # fmt: skip


def _decision(
    chance: Random, decided: date, pupil: str, origin: str, result: str, first: bool
) -> Decision:
    return Decision(
        "", pupil, pick_school(chance, decided).code, "vso",
        decided - timedelta(days=chance.randint(14, 56)), decided, result, first,
        chance.choice(CATEGORIES), chance.choice(("3", "4", "4")), origin, None, None,
    )  # fmt: skip


def _granted(chance: Random, one: Enrolment) -> Decision:
    spring = date(one.start.year, 3, 1) + timedelta(days=chance.randint(0, 115))
    decided = spring if one.start.month == 8 else one.start - timedelta(days=chance.randint(9, 40))
    origin = ORIGIN[one.came_from]
    decision = _decision(chance, decided, one.pupil, origin, "toegekend", True)
    until = date(one.start.year + chance.choice((1, 2, 2, 3)), 7, 31)
    return replace(decision, category=one.category, cluster=one.cluster, valid_from=one.start,
                   valid_to=until)  # fmt: skip


def _renewal_years(one: Enrolment) -> list[int]:
    """About one in three stays so long that the declaration must be renewed."""
    last = (one.end or date(LAST_YEAR + 2, 8, 1)).year
    return [one.start.year + 2] if last > one.start.year + 2 and int(one.pupil[1:]) % 2 else []


def _renewed(chance: Random, one: Enrolment, year: int) -> Decision:
    decided = date(year, 3, 1) + timedelta(days=chance.randint(0, 110))
    origin = ORIGIN.get(one.came_from, "onderinstroom")
    result = "toegekend" if chance.random() < 0.97 else "afgewezen"
    decision = _decision(chance, decided, one.pupil, origin, result, False)
    return replace(decision, category=one.category, cluster=one.cluster,
                   valid_from=date(year, 8, 1), valid_to=date(year + 2, 7, 31))  # fmt: skip


def _refused(chance: Random) -> list[Decision]:
    pupils = Pupils(chance, 230_000)
    found = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for _ in range(chance.randint(9, 17)):
            decided = day_between(chance, date(year, 9, 1), date(year + 1, 6, 30))
            result = chance.choice(("afgewezen", "afgewezen", "ingetrokken"))
            origin = chance.choice(("po", "zij_instroom", "zij_instroom"))
            found.append(_decision(chance, decided, pupils.new(decided)[0], origin, result, True))
    return found


def _practical(chance: Random) -> list[Decision]:
    pupils = Pupils(chance, 240_000)
    schools = [school.code for school in SCHOOLS if school.kind == "pro"]
    found = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for _ in range(chance.randint(64, 80)):
            decided = day_between(chance, date(year + 1, 2, 1), date(year + 1, 6, 30))
            result = "toegekend" if chance.random() < 0.96 else "afgewezen"
            pupil = pupils.new(decided, 11, 12)[0]
            decision = _decision(chance, decided, pupil, "po", result, True)
            found.append(
                replace(decision, kind="pro", school=chance.choice(schools), category=None,
                        cluster=None, valid_from=date(year + 1, 8, 1))
            )  # fmt: skip
    return found


@dataclass(frozen=True)
class Places:
    """How full one location is on a count date, per cluster."""

    school: str
    day: date
    cluster: str
    places: int
    occupied: int
    waiting: int


def places(enrolled: list[Enrolment]) -> list[Places]:
    """Places, occupied and waiting per VSO location at every quarter's end."""
    chance = stream("places")
    found = []
    for day in quarter_ends():
        for code, clusters in CLUSTERS.items():
            for cluster in sorted(set(clusters)):
                occupied = sum(
                    one.school == code and one.cluster == cluster and one.start <= day
                    and (one.end is None or one.end > day)
                    for one in enrolled
                )  # fmt: skip
                busy = 1.0 if day < date(2024, 8, 1) else 0.25  # extra classes opened in 2024
                room = 4 if busy == 1.0 else 14
                waiting = round(chance.randint(2, 11) * busy) if cluster == "4" else 0
                found.append(Places(code, day, cluster, occupied + room, occupied, waiting))
    return found
