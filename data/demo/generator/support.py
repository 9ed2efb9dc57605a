"""Made-up support: OPPs, places outside the class (maatwerk), ECT cases and how people liked it.

Stories: ECT gets more work every year, most of it in autumn, and less in the spring of 2020
(corona). Marks stay around 8.0, but few people answer; those of one school lean together. In
2025-2026 the ECT missed a colleague: after a good year marks fall.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data.demo.generator.vso import Enrolment
from data.demo.generator.world import (
    FIRST_YEAR,
    KNOWN_UNTIL,
    LAST_YEAR,
    MERGED_ON,
    SCHOOLS,
    Pupils,
    School,
    day_between,
    pick_school,
    pupils,
    quarter_ends,
    quarter_start,
    start_year,
    stream,
)


@dataclass(frozen=True)
class Opp:
    """One ontwikkelingsperspectief; consent is None when the school did not register it."""

    pupil: str
    school: str
    start: date
    end: date | None = None
    pupil_consent: bool | None = None
    parent_consent: bool | None = None


def opps(enrolled: list[Enrolment]) -> list[Opp]:
    """Every OPP that ran at some moment from 1 August 2019 to 30 September 2026."""
    found = [opp for school in SCHOOLS if school.kind != "vso" for opp in _of_school(school)]
    chance = stream("opp vso")  # everyone in VSO has one, a few weeks after the start
    for one in enrolled:
        start = one.start + timedelta(days=chance.randint(7, 42))
        if start <= KNOWN_UNTIL and (one.end is None or one.end > start):
            found.append(_with_consent(chance, Opp(one.pupil, one.school, start, one.end), 0.05))
    return sorted(found, key=lambda opp: (opp.start, opp.pupil, opp.school))


def _of_school(school: School) -> list[Opp]:
    """Pro: every pupil has an OPP; vo: two to five per hundred pupils, slowly more."""
    chance = stream(f"opp {school.code}")
    register = Pupils(chance, 300_000 + 4_000 * SCHOOLS.index(school))
    share = 0.98 if school.kind == "pro" else chance.uniform(0.018, 0.05)
    running: list[Opp] = []
    done: list[Opp] = []
    for year in range(FIRST_YEAR, LAST_YEAR + 2):
        if not school.open_on(date(year, 10, 1)):
            continue
        goal = round(pupils(school.code, year) * share * (1 + 0.02 * (year - FIRST_YEAR)))
        if school.kind == "pro":
            goal = min(goal, pupils(school.code, year))
        for _ in range(round(len(running) * 0.24)):
            opp = running.pop(int(len(running) * chance.random() ** 2))
            done.append(replace(opp, end=max(opp.start, date(year, 7, chance.randint(1, 31)))))
        for _ in range(max(goal - len(running), 0)):
            day = _opp_start(chance, year, first=year == FIRST_YEAR)
            opp = Opp(register.new(day)[0], school.code, day)
            running.append(_with_consent(chance, opp, 0.25 if day.year < 2023 else 0.1))
    running = [opp for opp in running if opp.start <= KNOWN_UNTIL]
    return done + _over_the_merger(school, running)


def _opp_start(chance: Random, year: int, first: bool) -> date:
    if first:  # the pupils of the years before
        return day_between(chance, date(year - 3, 9, 1), date(year, 6, 30))
    return day_between(chance, date(year, 8, 22), date(year + 1, 3, 31))


def _with_consent(chance: Random, opp: Opp, unknown: float) -> Opp:
    """Parents nearly always agree; the pupil's own voice is asked more often since 2023."""
    year = min(max(start_year(opp.start), 2018), 2026)
    return replace(
        opp,
        pupil_consent=None if chance.random() < unknown else chance.random() < 0.42 + 0.05
        * (year - 2018),
        parent_consent=None if chance.random() < unknown / 2 else chance.random() < 0.93,
    )  # fmt: skip


def _over_the_merger(school: School, running: list[Opp]) -> list[Opp]:
    if not school.merged_into:
        return running
    ended = [replace(opp, end=MERGED_ON - timedelta(days=1)) for opp in running]
    return ended + [replace(opp, school=school.merged_into, start=MERGED_ON) for opp in running]


PROVISIONS = (("rebound",) * 9 + ("ttvo",) * 4 + ("maatwerk_cl3",) * 2 + ("maatwerk_cl4",) * 3
              + ("opdc_doorstart",) * 6)  # fmt: skip
OUTCOMES = (("terug_naar_school",) * 12 + ("vso",) * 3 + ("mbo",) * 3 + ("thuis",)
            + ("overig",) * 2)  # fmt: skip


@dataclass(frozen=True)
class Placement:
    """One referral by a school to a maatwerk provision; start None when the pupil never came."""

    pupil: str
    school: str
    provision: str
    referred: date
    start: date | None
    end: date | None
    outcome: str | None


def placements() -> list[Placement]:
    """Every referral from 1 August 2019 to 30 September 2026."""
    chance = stream("maatwerk")
    register = Pupils(chance, 600_000)
    found = []
    for end in quarter_ends():
        usual = {9: 17, 12: 38, 3: 34, 6: 18}[end.month] * (0.45 if _corona(end) else 1.0)
        first = max(quarter_start(end), date(FIRST_YEAR, 8, 22))
        for _ in range(round(usual + chance.uniform(-5, 5))):
            found.append(_placement(chance, register, day_between(chance, first, end)))
    return sorted(found, key=lambda one: (one.referred, one.pupil))


def _corona(end: date) -> bool:
    return end == date(2020, 6, 30)


def _placement(chance: Random, register: Pupils, referred: date) -> Placement:
    start: date | None = referred + timedelta(days=chance.randint(5, 28))
    if chance.random() < 0.05 or (start and start > KNOWN_UNTIL):
        start = None
    end = start + timedelta(days=chance.randint(45, 290)) if start else None
    if end and end > KNOWN_UNTIL:
        end = None
    school = pick_school(chance, referred, ("vo", "pro")).code
    outcome = chance.choice(OUTCOMES) if end else None
    pupil = register.new(referred)[0]
    return Placement(pupil, school, chance.choice(PROVISIONS), referred, start, end, outcome)


ECT_KINDS = (("consultatie",) * 9 + ("observatie",) * 4 + ("begeleiding",) * 6
             + ("onderzoek",) * 3 + ("schakeling_vso_vo",) * 2)  # fmt: skip
HOURS = {"consultatie": (1, 5), "observatie": (3, 9), "begeleiding": (8, 40),
         "onderzoek": (6, 24), "schakeling_vso_vo": (10, 45)}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One ECT case; hours None when the consultant did not write them down."""

    number: str
    school: str
    opened: date
    closed: date | None
    kind: str
    theme: str
    hours: float | None


def cases() -> list[Case]:
    """Every ECT case opened from 1 August 2019 to 30 September 2026: more each year."""
    chance = stream("ect")
    found = []
    for end in quarter_ends():
        growth = 1 + 0.085 * (end.year + (end.month > 8) - 1 - FIRST_YEAR)
        usual = {9: 30, 12: 58, 3: 42, 6: 32}[end.month] * growth * (0.4 if _corona(end) else 1.0)
        first = max(quarter_start(end), date(FIRST_YEAR, 8, 22))
        for _ in range(round(usual + chance.uniform(-4, 4))):
            found.append(_case(chance, day_between(chance, first, end)))
    found.sort(key=lambda case: (case.opened, case.school, case.theme))
    return [replace(case, number=f"ECT-{1000 + place}") for place, case in enumerate(found)]


def _case(chance: Random, opened: date) -> Case:
    kind = chance.choice(ECT_KINDS)
    slow = 1 + 0.05 * (opened.year - FIRST_YEAR)
    closed = opened + timedelta(days=round(chance.gammavariate(2.2, 36) * slow) + 3)
    known = closed <= KNOWN_UNTIL
    low, high = HOURS[kind]
    hours = chance.randint(low * 2, high * 2) / 2 if chance.random() < 0.9 else None
    theme = f"t{min(int(chance.expovariate(0.18)) + 1, 16):02d}"
    school = pick_school(chance, opened, ("vo", "pro", "vso"), heavy=1.6).code
    return Case("", school, opened, closed if known else None, kind, theme,
                hours if known else None)  # fmt: skip


@dataclass(frozen=True)
class Questionnaire:
    """One questionnaire sent after an ECT case; mark None when it never came back."""

    number: str
    sent: date
    answered: date | None
    respondent: str
    mark: float | None
    school: str


RESPONSE = {"ouders": 0.24, "leerlingen": 0.15, "scholen": 0.41, "jeugdhulp": 0.28,
            "partners": 0.25}  # fmt: skip
LIKING = {"ouders": 7.9, "leerlingen": 7.6, "scholen": 8.2, "jeugdhulp": 8.0, "partners": 8.1}
# marks of one school in one quarter lean together, around the liking of who gives them
SCHOOL_SPREAD, OWN_SPREAD = 0.6, 0.8
GOOD_AND_BAD = {2024: 0.12, 2025: -0.12}  # school years


def forms(all_cases: list[Case]) -> list[Questionnaire]:
    """Questionnaires sent a week to three weeks after a case was closed."""
    chance = stream("satisfaction")
    found = []
    for case in all_cases:
        if case.closed is None or case.kind == "consultatie":
            continue
        sent = case.closed + timedelta(days=chance.randint(6, 21))
        others = [("leerlingen", 0.5), ("scholen", 0.6), ("jeugdhulp", 0.2), ("partners", 0.2)]
        asked = ["ouders"] + [name for name, often in others if chance.random() < often]
        if sent <= KNOWN_UNTIL:
            found += [_form(chance, sent, name, case.school) for name in asked]
    found.sort(key=lambda form: (form.sent, form.respondent, form.school))
    return [replace(form, number=f"F{20_000 + place}") for place, form in enumerate(found)]


def _form(chance: Random, sent: date, respondent: str, school: str) -> Questionnaire:
    liking = LIKING[respondent] + _lean(school, sent)
    mark = round(min(max(chance.gauss(liking, OWN_SPREAD), 4), 10) * 2) / 2
    answered = sent + timedelta(days=chance.randint(2, 30))
    if chance.random() > RESPONSE[respondent] or answered > KNOWN_UNTIL:
        return Questionnaire("", sent, None, respondent, None, school)
    return Questionnaire("", sent, answered, respondent, mark, school)


def _lean(school: str, sent: date) -> float:
    """How much better or worse everybody around a school likes the help of that quarter."""
    quarter = f"{sent.year} {(sent.month - 1) // 3 + 1}"
    lean = stream(f"leaning68 {school} {quarter}").gauss(0, SCHOOL_SPREAD)
    return lean + GOOD_AND_BAD.get(start_year(sent), 0)
