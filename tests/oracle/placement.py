"""KPI 2, 3 and 13 (VSO: referrals, participation, places), KPI 4 (OPP) and KPI 6 (maatwerk)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from oracle.facts import SWV, Facts
from oracle.histories import LOST
from oracle.layouts import ENDS
from oracle.observation import Observation
from oracle.periods import Period, school_year_start
from oracle.reading import FEWER, text, truth
from oracle.whereabouts import passages, standings

CATEGORIES = {"cat. 1": "laag", "cat. 2": "midden", "cat. 3": "hoog"}
ORIGINS = {"po": "po", "zij-instroom": "zij_instroom", "onderinstroom": "onderinstroom"}
ENTRANT_ORIGINS = {"po": "po", "vo": "zij_instroom"}
PROVISIONS = {
    "rebound": "rebound", "ttvo": "ttvo", "maatwerk cl. 3": "maatwerk_cl3",
    "maatwerk cl. 4": "maatwerk_cl4", "opdc/doorstart": "opdc_doorstart",
}  # fmt: skip
LEFT = {"": "uitgeschreven", "closed": "locatie_gesloten"}
MEASURED_BY_COUNT = ("schooljaar", "kwartaal")


def runs_on(start: date, end: date | None, moment: date) -> bool:
    """Started, and not ended before or on that day."""
    return start <= moment and (end is None or end > moment)


def ending(facts: Facts, source: str, *key: str) -> list[dict]:
    """What a list tells of; what left the lists without an end ended when it could not be followed.

    Its gone_as says how.
    """
    name = ENDS[source]
    return [{**row, name: row[name] or row["gone_on"]} for row in facts.latest(source, *key)]


def pupil_counts(facts: Facts) -> dict[tuple[str, int], tuple[object, bool]]:
    """(location, first year of the school year) → (pupils, or FEWER than five, provisional).

    The SWV's own list wins over DUO; of several counts the one nearest to 1 October.
    """
    own: dict[tuple[str, int], list[tuple[int, date, object, bool]]] = {}
    for row in facts.counting("leerlingen"):
        year = school_year_start(row["day"]).year
        distance = abs((row["day"] - date(year, 10, 1)).days)
        provisional = truth(row["provisional"]) is True
        own.setdefault((row["location"], year), []).append(
            (distance, row["day"], row["pupils"], provisional)
        )
    found = {key: (min(rows)[2], min(rows)[3]) for key, rows in own.items()}
    for row in facts.counting("duo_leerlingen"):
        key = (row["location"], row["year_of_file"])
        if row["location"] in facts.types:  # DUO's file holds the whole country
            found.setdefault(key, (row["pupils"], False))
    return found


def _pupils_of(facts: Facts, period: Period, types: tuple[str, ...]) -> Iterator[tuple[str, dict]]:
    """(location, its pupils as a denominator) of the school year the period belongs to."""
    if "pupils" not in facts.cache:
        facts.cache["pupils"] = pupil_counts(facts)
    for (location, year), (pupils, provisional) in facts.cache["pupils"].items():
        if year == period.year and facts.types[location] in types:
            few = pupils == FEWER  # none to four
            yield (
                location,
                {
                    "denominator": 0 if few else int(pupils),
                    "denominator_more": 4 if few else 0,
                    "provisional": provisional,
                },
            )


def verwijzingen_vso(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 2."""
    decisions = [row for row in facts.latest("tlv", "number") if text(row["kind"]) == "vso"]
    enrolments = facts.latest("vso", "pupil", "location", "start")
    for period in periods:
        for row in decisions:
            if period.holds(row["decided"]):
                yield from _decision(facts, row, period)
        for location, pupils in _pupils_of(facts, period, ("vo", "pro")):
            for measure, place in (
                ("referral_share", location), ("entrants_by_school", location),
                ("entrant_share", SWV),
            ):  # fmt: skip
                whole = Observation(measure, place, period, **pupils)
                yield whole
                # divided by at every board whose school it was in the period
                for board in _boards_before(facts, place, period):
                    yield replace(whole, only=(board,))
        for row in enrolments:
            if period.holds(row["start"]) and text(row["came_from"]) != "andere vso-school":
                came = ENTRANT_ORIGINS.get(text(row["came_from"]), "onbekend")
                split = {**_vso_split(row), "origin": came}
                yield Observation("entrant_share", SWV, period, split, 1)
                place = _asked_by(facts, decisions, row)
                yield Observation("entrants_by_school", place, period, split, 1)


def _boards_before(facts: Facts, place: str, period: Period) -> set[str]:
    """The boards a location had in the period and left again; the SWV has none."""
    last = facts.last_day(place, period) if place != SWV else None
    return facts.boards_in(place, period) - {str(facts.board(place, last))} if last else set()


def _asked_by(facts: Facts, decisions: list[dict], entrant: dict) -> str:
    """The VO school that asked the last TLV that was granted before the pupil began, or the SWV."""
    asked = [
        row
        for row in decisions
        if row["pupil"] == entrant["pupil"]
        and text(row["result"]) == "toegekend"
        and row["decided"] <= entrant["start"]
        and facts.types.get(row["location"]) in ("vo", "pro")
        and facts.board(row["location"], entrant["start"]) is not None
    ]
    asked.sort(key=lambda row: row["location"])
    return max(asked, key=lambda row: row["decided"])["location"] if asked else SWV


def _decision(facts: Facts, row: dict, period: Period) -> Iterator[Observation]:
    place = row["location"]
    if facts.types.get(place) not in ("vo", "pro") or facts.last_day(place, period) is None:
        place = SWV  # asked by a vso school, by one outside the SWV, or by one that had closed
    category = text(row["category"])
    split = {
        "category": CATEGORIES[category] if category else "onbekend",
        "cluster": text(row["cluster"]) or "onbekend",
        "origin": ORIGINS[text(row["origin"])],
    }
    result = text(row["result"])
    granted = result == "toegekend"
    on = row["decided"]
    yield Observation("decisions", place, period, {**split, "result": result}, 1, day=on)
    own = {f"own_{name}": code for name, code in split.items()}
    yield Observation("granted_share", place, period, own, int(granted), 1, day=on)
    if granted and row["request"] == "eerste":
        yield Observation("referrals", place, period, split, 1, day=row["decided"])
        yield Observation("referral_share", place, period, split, 1, day=row["decided"])
    elif granted:
        yield Observation("renewals", place, period, split, 1, day=row["decided"])


def _vso_split(row: dict) -> dict[str, str]:
    return {"category": text(row["category"]) or "onbekend", "cluster": text(row["cluster"])[-1]}


def deelname_vso(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 3."""
    enrolments = ending(facts, "vso", "pupil", "location", "start")
    for period in periods:
        for row in enrolments:
            yield from _enrolment(facts, row, period)
        for _, pupils in _pupils_of(facts, period, ("vo", "pro")):
            for measure in ("participation_dpo", "participation_inspectie"):
                yield Observation(measure, SWV, period, **pupils)


def _enrolment(facts: Facts, row: dict, period: Period) -> Iterator[Observation]:
    place = row["location"] if row["location"] in facts.types else SWV
    split = _vso_split(row)
    at = _standing_on(facts, row, period.count_on)
    if at:
        place = at if at in facts.types else SWV
        yield Observation("pupils", place, period, split, 1, day=period.count_on)
        yield Observation("participation_dpo", SWV, period, split, 1)
        yield Observation("participation_inspectie", SWV, period, split, 1)
        # the Inspectie divides by all pupils, those in VSO included, on neither side of a split
        yield Observation("participation_inspectie", SWV, period, {}, 0, 1)
    if at := _standing_on(facts, row, period.end):  # could have gone, and did not
        place = at if at in facts.types else SWV
        for measure in ("left_share", "back_share"):
            yield Observation(measure, place, period, {}, 0, 1, day=period.end)
    for one in passages(facts, row["location"], row["start"], row["end"]):
        if not period.holds(one.on):
            continue
        place = one.place if one.place in facts.types else SWV
        if one.came:
            yield Observation("entered", place, period, split, 1, day=one.on, only=one.only)
            continue
        if not one.why and row["gone_as"] == LOST:
            yield Observation("lost", place, period, split, 1, day=one.on)
            continue
        why = LEFT.get(one.why, one.why)
        left = Observation("left", place, period, {**split, "end_reason": why}, 1,
                           day=one.on, only=one.only)  # fmt: skip
        yield left
        back = not one.why and text(row["went_to"]) == "vo"
        yield replace(left, measure="left_share", split={}, denominator=1)
        yield replace(left, measure="back_share", split={}, numerator=int(back), denominator=1)
        if back:
            yield replace(left, measure="back_to_regular", split=split)
            if truth(row["tab"]):
                yield replace(left, measure="tab", split=split)


def _standing_on(facts: Facts, row: dict, moment: date) -> str | None:
    """Where it stands on a day: at its school, or at what that went into."""
    for one in standings(facts, row["location"], row["start"], row["end"]):
        if runs_on(one.since, one.until, moment):
            return one.place
    return None


def opp(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 4."""
    plans = ending(facts, "opp", "pupil", "location", "start")
    for period in periods:
        for row in plans:
            if place := _standing_on(facts, row, period.count_on):
                split = {"school_type": facts.types[place]}
                agreed = {who: int(truth(row[f"{who}_consent"]) is True) for who in
                          ("pupil", "parent")}  # fmt: skip
                yield Observation("opps", place, period, split, 1, day=period.count_on)
                yield Observation("opp_per_100", place, period, split, 1, day=period.count_on)
                yield Observation(
                    "pupil_consent_share",
                    place,
                    period,
                    split,
                    agreed["pupil"],
                    1,
                    day=period.count_on,
                )
                yield Observation(
                    "parent_consent_share",
                    place,
                    period,
                    split,
                    agreed["parent"],
                    1,
                    day=period.count_on,
                )
        for place, pupils in _pupils_of(facts, period, ("vo", "pro", "vso")):
            split, day = {"school_type": facts.types[place]}, period.count_on
            yield Observation("opp_per_100", place, period, split, day=day, **pupils)


def maatwerk(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 6."""
    for row in ending(facts, "maatwerk", "pupil", "location", "provision", "referred"):
        place = row["location"]
        split = {"provision": PROVISIONS[text(row["provision"])]}
        outcome = (text(row["outcome"]) or "onbekend").replace(" ", "_")
        for period in periods:
            if period.holds(row["referred"]):
                yield Observation("referrals", place, period, split, 1, day=row["referred"])
            if row["start"] and (at := _standing_on(facts, row, period.end)):
                yield Observation("running", at, period, split, 1, day=period.end)
                yield Observation("ended_share", at, period, split, 0, 1, day=period.end)
            stood = standings(facts, place, row["start"], row["end"]) if row["start"] else []
            last = stood[-1] if stood else None
            if last and period.holds(last.until) and not last.closed and row["gone_as"] == LOST:
                yield Observation("lost", last.place, period, split, 1, day=last.until)
            elif last and period.holds(last.until):
                how = "locatie_gesloten" if last.closed else outcome
                yield Observation("ended", last.place, period, {**split, "outcome": how}, 1,
                                  day=last.until)  # fmt: skip
                yield Observation("ended_share", last.place, period, split, 1, 1, day=last.until)
                if not last.closed:
                    back = int(outcome == "terug_naar_school")
                    yield Observation("returned_share", last.place, period, split, back, 1,
                                      day=last.until)  # fmt: skip


def wachtlijst(facts: Facts, periods: list[Period]) -> Iterator[Observation]:
    """KPI 13: the latest count within the period, per location, kind and cluster."""
    counts = facts.counting("plaatsen")
    for period in [one for one in periods if one.type in MEASURED_BY_COUNT]:
        latest: dict[tuple, dict] = {}
        for row in counts:
            key = (row["location"], text(row["provision"]), text(row["cluster"]))
            if period.holds(row["day"]) and (key not in latest or row["day"] > latest[key]["day"]):
                latest[key] = row
        for (place, provision, cluster), row in latest.items():
            split = {"provision": provision, "cluster": cluster}
            for measure in ("waiting", "places", "occupied"):
                yield Observation(measure, place, period, split, int(row[measure]))
