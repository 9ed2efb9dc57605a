"""Made-up early leavers, exemptions, complaints and scores of basic support.

Stories: the register of exemptions starts in 2020-2021, so a target with 2019-2020 as its base
cannot be judged; there are too few complaints for a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.demo.generator.world import (
    FIRST_YEAR,
    KNOWN_UNTIL,
    Pupils,
    day_between,
    open_schools,
    pupils,
    stream,
)


@dataclass(frozen=True)
class Leavers:
    """New early leavers of one location in one school year."""

    school: str
    year: int
    leavers: int
    pupils: int
    mbo_without_diploma: int


LEAVING = {"vo": 0.0047, "pro": 0.013, "vso": 0.021}
TREND = {2019: 0.9, 2020: 1.0, 2021: 1.08, 2022: 1.08, 2023: 1.05, 2024: 1.0, 2025: 0.98}


def leavers(year: int, provisional: bool) -> list[Leavers]:
    """One row per location that was open; provisional figures are a little too high."""
    chance = stream(f"vsv {year}")
    found = []
    for school in open_schools(date(year, 10, 1), ("vo", "pro", "vso"), former=True):
        number = pupils(school.code, year)
        rate = LEAVING[school.kind] * TREND[year]
        gone = sum(chance.random() < rate for _ in range(number))
        extra = chance.random() < 0.3
        mbo = sum(chance.random() < 0.0006 for _ in range(number)) if school.kind == "vo" else 0
        found.append(Leavers(school.code, year, gone + (provisional and extra), number, mbo))
    return found


@dataclass(frozen=True)
class Exemption:
    """One exemption from leerplicht of one pupil; `until` is the first day it no longer holds."""

    pupil: str
    birth: date
    article: str
    municipality: str
    start: date
    until: date | None


ARTICLES = {"5 onder a": (36, 38, 41, 40, 43, 41, 42), "5 onder b": (6, 7, 7, 9, 8, 10, 9),
            "5 onder c": (13, 12, 14, 15, 13, 16, 15), "trekkend bestaan": (2, 2, 2, 3, 3, 2, 2),
            "artikel 15": (5, 7, 6, 8, 7, 9, 4), "artikel 3b": (2, 3, 4, 4, 5, 5, 3)}  # fmt: skip


def exemptions() -> list[Exemption]:
    """Every exemption from 1 August 2020: most are asked for again each year, some are for good."""
    found = []
    for place, (article, numbers) in enumerate(ARTICLES.items()):
        chance = stream(f"exemption {article}")
        register = Pupils(chance, 700_000 + 10_000 * place)
        running: list[tuple[str, date, str]] = []
        for_good = 0
        for passed, number in enumerate(numbers):
            august = date(FIRST_YEAR + 1 + passed, 8, 1)
            stay = round(len(running) * 0.68)
            running = chance.sample(running, stay) if running else []
            again = set(running)
            while len(running) + for_good < number:
                where = "9901" if chance.random() < 0.75 else "9902"
                running.append((*register.new(august, 12, 16), where))
            for one in list(running):
                new = one not in again
                start = _granted(chance, august) if new else august
                permanent = article == "5 onder a" and new and chance.random() < 0.18
                until = None if permanent else date(august.year + 1, 8, 1)
                early = start + timedelta(days=chance.randint(60, 150))
                if until and early <= KNOWN_UNTIL and chance.random() < 0.06:
                    until = early  # back at school, or moved away
                if permanent:
                    running.remove(one)
                    for_good += 1
                found.append(Exemption(one[0], one[1], article, one[2], start, until))
    found = [one for one in found if one.start <= KNOWN_UNTIL]
    return sorted(found, key=lambda one: (one.start, one.pupil))


def _granted(chance: Random, august: date) -> date:
    if chance.random() < 0.55:
        return august
    return day_between(chance, august + timedelta(days=20), august + timedelta(days=240))


@dataclass(frozen=True)
class Complaint:
    """One formal complaint or objection; `closed` None while it is being dealt with."""

    number: str
    received: date
    route: str
    kind: str
    outcome: str
    closed: date | None


ROUTES = (("bestuur", "klacht"),) * 11 + (("geschillencommissie", "geschil"),) * 3 + (
    ("lbt", "bezwaar_tlv"), ("lbt", "bezwaar_tlv"), ("lbt", "bezwaar_tlv"), ("rechter", "beroep"),
)  # fmt: skip
OUTCOMES = ("gegrond", "ongegrond", "ongegrond", "bemiddeld", "ingetrokken")
# per school year from 2019-2020; one year without any: zero is a figure too
COMPLAINTS = (5, 3, 0, 6, 4, 7, 5, 1)


def complaints() -> list[Complaint]:
    """Every complaint from 1 August 2019 to 30 September 2026."""
    chance = stream("complaints")
    found = []
    for passed, number in enumerate(COMPLAINTS):
        first = date(FIRST_YEAR + passed, 8, 22)
        last = min(date(first.year + 1, 7, 10), KNOWN_UNTIL)
        for _ in range(number):
            received = day_between(chance, first, last)
            route, kind = chance.choice(ROUTES)
            closed = received + timedelta(days=chance.randint(20, 140))
            outcome = chance.choice(OUTCOMES)
            done = closed <= KNOWN_UNTIL
            found.append((received, route, kind, outcome if done else "lopend",
                          closed if done else None))  # fmt: skip
    found.sort(key=lambda row: row[0])
    return [Complaint(f"K{row[0].year}-{place:03d}", *row) for place, row in enumerate(found, 1)]


@dataclass(frozen=True)
class Score:
    """The score, 1.0 to 4.0, of one location on one part of basic support in one round."""

    school: str
    year: int
    part: str
    score: float


ROUNDS = (2021, 2025)
NOT_YET_SCORED = ("94KL03", "96PR01", "95MP00")  # in the second round


def scores() -> list[Score]:
    """Two rounds: every open location in 2021-2022, all but three in 2025-2026."""
    found = []
    for year in ROUNDS:
        for school in open_schools(date(year, 10, 1), ("vo", "pro", "vso")):
            chance = stream(f"basic support {school.code}")
            usual = chance.uniform(2.5, 3.4)
            chance = stream(f"basic support {school.code} {year}")
            if year == ROUNDS[1] and school.code in NOT_YET_SCORED:
                continue
            for part in range(1, 9):
                score = usual + (0.18 if year == ROUNDS[1] else 0.0) + chance.uniform(-0.5, 0.5)
                found.append(Score(school.code, year, f"p{part}", round(min(max(score, 1), 4), 1)))
    return found
