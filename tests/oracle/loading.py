"""Reads the files of the manifest: what each holds, and for whom and over which time it speaks."""

from __future__ import annotations

from pathlib import Path

from oracle import reading
from oracle.facts import Delivery, Facts, Membership, Part, place_of
from oracle.layouts import ABSENCE_KINDS, COMPLETE_FROM, DATES, HEADERS, SOURCES
from oracle.periods import Period, calendar_year, parse, quarter, school_year, school_year_start
from oracle.reading import day, text


def load(folder: Path) -> Facts:
    """Read every file of the manifest."""
    memberships: list[Membership] = []
    facts = Facts(memberships, [])
    for order, file in enumerate(reading.manifest(folder)):
        source = file["source"]
        rows = reading.records(folder / file["name"], HEADERS[source])
        for row in rows:
            for name in DATES & row.keys():
                row[name] = day(row[name])
            if source == "verzuim":  # files spell the same kind in different ways
                row["kind"] = ABSENCE_KINDS[text(row["kind"])]
        if source == "locaties":
            memberships += [
                Membership(
                    row["location"],
                    row["type"],
                    str(row["board"]),
                    row["from"],
                    row["to"],
                    row["region"],
                    row["merged_into"] or None,
                )  # fmt: skip
                for row in rows
            ]
        else:
            facts.deliveries.append(_delivery(order, file, rows, facts))
    return facts


def _delivery(order: int, file: dict, rows: list[dict], facts: Facts) -> Delivery:
    source, said = file["source"], file.get("says", {})
    _, spans, usual = SOURCES[source]
    if source == "verzuim_aantallen":  # the period stands in the rows
        quarters = [parse(name) for name in sorted({row["period"] for row in rows})]
        parts = [Part(one.id, one.start, one.end) for one in quarters]
        for row in rows:
            row["slot"] = row["period"]
    else:
        parts = [_part(source, spans, parse(file["period"]), rows)]
        for row in rows:
            row["slot"] = parts[0].slot
            row["year_of_file"] = parse(file["period"]).year
    scope = said.get("speaks_for", usual)
    speaks_for = {part.slot: _spoken(facts, scope, source, part, rows) for part in parts}
    adds = said.get("second") == "vult_aan"
    missing, two_rows = said.get("missing", ""), said.get("two_rows", "")
    return Delivery(order, source, parts, rows, speaks_for, adds, missing, two_rows)


def _spoken(facts: Facts, scope: str, source: str, part: Part, rows: list[dict]) -> set[str] | None:
    if scope == "swv":
        return None
    kinds: dict[str, set] = {}
    for row in rows:
        if row["slot"] == part.slot:
            kinds.setdefault(place_of(row), set()).add(text(row.get("kind")))
    if source == "verzuim_aantallen":  # one kind alone is not the number of a school
        return {place for place, found in kinds.items() if found >= {"av", "lrv"}}
    if scope == "locations":
        return set(kinds)
    boards = {facts.board(place, part.covers_to) for place in kinds} - {None}
    return set(kinds) | {
        one.location
        for one in facts.memberships
        if one.holds(part.covers_to) and one.board in boards
    }


def _part(source: str, spans: str, period: Period, rows: list[dict]) -> Part:
    year = school_year(period.year)
    if spans == "all":
        first = min(row[COMPLETE_FROM[source]] for row in rows if row[COMPLETE_FROM[source]])
        return Part("", min(school_year_start(first), year.start), period.end)
    if spans == "school_year":
        return Part(year.id, year.start, period.end)
    return Part(period.id, period.start, period.end)


def all_periods(facts: Facts) -> list[Period]:
    """The periods that can be shown: from the first to the last day anything covers."""
    kind = {"leerlingen": "schooljaar", "duo_leerlingen": "schooljaar", "vsv": "schooljaar",
            "duo_vsv": "schooljaar",
            "basisondersteuning": "schooljaar", "financien": "kalenderjaar",
            "balans": "kalenderjaar"}  # fmt: skip
    covers = [
        (kind.get(one.source, "kwartaal"), part.covers_from, part.covers_to)
        for one in facts.deliveries
        for part in one.parts
    ]
    found = []
    for made in (
        [quarter(year, number) for year in range(2015, 2030) for number in (1, 2, 3, 4)],
        [school_year(year) for year in range(2015, 2030)],
        [calendar_year(year) for year in range(2015, 2030)],
    ):
        own = [one for one in covers if one[0] in ("kwartaal", made[0].type)]
        first, last = min(one[1] for one in own), max(one[2] for one in own)
        found += [
            period
            for period in made
            if period.start <= last and period.end >= first
            and (period.type != "kwartaal" or period.end <= last)
        ]  # fmt: skip
    return found
