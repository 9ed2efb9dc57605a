"""What the files say: organisations, deliveries with what they cover, and the rows that count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from oracle import reading
from oracle.layouts import ABSENCE_KINDS, BY_ROW, COMPLETE_FROM, DATES, HEADERS, SOURCES
from oracle.periods import (
    Period,
    calendar_year,
    parse,
    quarter,
    school_year,
    school_year_start,
)
from oracle.reading import day, text

SWV = "SWV"


@dataclass(frozen=True)
class Membership:
    """One stretch of a location's life under one board; None is open-ended."""

    location: str
    type: str
    board: str
    from_on: date | None
    to_on: date | None
    region: str | None = None
    into: str | None = None

    def holds(self, moment: date) -> bool:
        return (self.from_on or moment) <= moment <= (self.to_on or moment)


@dataclass(frozen=True)
class Part:
    """What a delivery covers; rows of the same slot replace older ones."""

    slot: str
    covers_from: date
    covers_to: date


@dataclass
class Delivery:
    """One file as handed in. `locations` None means: for the whole SWV."""

    order: int
    source: str
    parts: list[Part]
    rows: list[dict]
    locations: set[str] | None = None

    @property
    def topic(self) -> str:
        return SOURCES[self.source][0]

    @property
    def covers_to(self) -> date:
        return max(part.covers_to for part in self.parts)


@dataclass
class Facts:
    """Everything the oracle counts from."""

    memberships: list[Membership]
    deliveries: list[Delivery]
    cache: dict = field(default_factory=dict)

    @cached_property
    def types(self) -> dict[str, str]:
        """Location → vo, pro or vso."""
        return {one.location: one.type for one in self.memberships}

    @cached_property
    def regions(self) -> dict[str, str]:
        """Location → its RMC region, as its last membership says."""
        return {one.location: one.region or "onbekend" for one in self.memberships}

    def last_day(self, location: str, period: Period) -> date | None:
        """The last day of the period on which the location is open; None when it never is."""
        days = [
            min(one.to_on or period.end, period.end)
            for one in self.memberships
            if one.location == location
            and (one.from_on or period.end) <= period.end
            and (one.to_on or period.end) >= period.start
        ]
        return max(days, default=None)

    def board(self, location: str, moment: date) -> str | None:
        """The board of a location on a day."""
        return next(
            (m.board for m in self.memberships if m.location == location and m.holds(moment)), None
        )

    def boards_in(self, location: str, period: Period) -> set[str]:
        """Every board the location had in the period."""
        return {
            one.board
            for one in self.memberships
            if one.location == location
            and (one.from_on or period.end) <= period.end
            and (one.to_on or period.end) >= period.start
        }

    def counting(self, source: str) -> list[dict]:
        """The rows of a source that are not replaced by a newer delivery.

        Per slot and location the delivery that reaches furthest wins, then the latest one.
        """
        chosen: list[dict] = []
        mine = [one for one in self.deliveries if one.source == source]
        for delivery in mine:
            for part in delivery.parts:
                better = [
                    other
                    for other in mine
                    for theirs in other.parts
                    if theirs.slot == part.slot
                    and (theirs.covers_to, other.order) > (part.covers_to, delivery.order)
                ]
                for row in delivery.rows:
                    if row["slot"] == part.slot and not any(
                        other.locations is None or row.get("location") in other.locations
                        for other in better
                    ):
                        chosen.append({**row, "reach": (part.covers_to, delivery.order)})
        return chosen

    def latest(self, source: str, *key: str) -> list[dict]:
        """Counting rows, and of the same case in several deliveries the one that reaches furthest.

        The columns of `key` say what the same case is, however they are spelled.
        """
        best: dict[tuple, dict] = {}
        for row in self.counting(source):
            name = tuple(row[part] for part in key)
            if name not in best or row["reach"] > best[name]["reach"]:
                best[name] = row
        return list(best.values())

    def delivered(self, topic: str, location: str, period: Period) -> str:
        """ "", "partly" or "wholly".

        What the deliveries cover is joined over gaps up to 32 days (a school year is known up to
        30 June, the next from 1 August). A period is known when that reaches its needed day. It is
        known partly when a year still runs, or when the start is missing. A location that opened
        or closed has to be known for its own days only.
        """
        key = (topic, location, period.id)
        if key not in self.cache:
            self.cache[key] = self._delivered(topic, location, period)
        return self.cache[key]

    def reaches(self, topic: str, location: str, moment: date) -> bool:
        """Whether what was delivered goes up to that day."""
        return any(
            part.covers_from <= moment <= part.covers_to for part in self._chains(topic, location)
        )

    def _delivered(self, topic: str, location: str, period: Period) -> str:
        first, needed = self._own_days(location, period)
        found = {
            _reach(chain, topic, period, first, needed) for chain in self._chains(topic, location)
        }
        return "wholly" if "wholly" in found else "partly" if "partly" in found else ""

    def _own_days(self, location: str, period: Period) -> tuple[date, date]:
        """The first and the last day that have to be known of this location.

        One that closed is known when the files reach to within a month of its last day: the list
        of June speaks for a location that closed on 31 July.
        """
        own = [one for one in self.memberships if one.location == location]
        opened = [one.from_on or date.min for one in own]
        closed = [one.to_on or date.max for one in own]
        first = max(period.start, min(opened, default=date.min))
        last = max(closed, default=date.max)
        if last < date.max:
            last -= timedelta(days=31)
        return first, min(period.needed_to, last)

    def _chains(self, topic: str, location: str) -> list[Part]:
        """Stretches of time for which the topic is known of the location."""
        key = ("chains", topic, location)
        if key not in self.cache:
            parts = sorted(
                (part for one in self.deliveries if one.topic == topic
                 and (one.locations is None or location in one.locations) for part in one.parts),
                key=lambda part: (part.covers_from, part.covers_to),
            )  # fmt: skip
            self.cache[key] = parts if topic in BY_ROW else _joined(parts)
        return self.cache[key]


def _joined(parts: list[Part]) -> list[Part]:
    chains: list[Part] = []
    for part in parts:
        if chains and (part.covers_from - chains[-1].covers_to).days <= 32:
            before = chains.pop()
            part = Part("", before.covers_from, max(before.covers_to, part.covers_to))
        chains.append(part)
    return chains


def _reach(chain: Part, topic: str, period: Period, first: date, needed: date) -> str:
    if topic in BY_ROW:  # every row names the one period it is about
        return "wholly" if chain.slot == period.id else ""
    if chain.covers_from > needed or chain.covers_to < period.start:
        return ""
    to_the_end = chain.covers_to >= needed
    from_the_start = (chain.covers_from - first).days <= 31
    if not to_the_end and period.type == "kwartaal":
        return ""
    return "wholly" if to_the_end and from_the_start else "partly"


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
                    row.get("into"),
                )  # fmt: skip
                for row in rows
            ]
        else:
            facts.deliveries.append(_delivery(order, source, file.get("period", ""), rows, facts))
    return facts


def _delivery(order: int, source: str, period: str, rows: list[dict], facts: Facts) -> Delivery:
    _, spans, scope = SOURCES[source]
    if source == "verzuim_aantallen":  # the period stands in the rows
        quarters = [parse(name) for name in sorted({row["period"] for row in rows})]
        parts = [Part(one.id, one.start, one.end) for one in quarters]
        for row in rows:
            row["slot"] = row["period"]
    else:
        parts = [_part(source, spans, parse(period), rows)]
        for row in rows:
            row["slot"] = parts[0].slot
            row["year_of_file"] = parse(period).year
    last = max(part.covers_to for part in parts)
    spoken = {row.get("location") for row in rows}
    if scope == "swv":
        locations = None
    elif scope == "locations":
        locations = spoken
    else:
        boards = {_board_around(facts, place, last) for place in spoken}
        locations = spoken | {
            one.location for one in facts.memberships if one.holds(last) and one.board in boards
        }
    return Delivery(order, source, parts, rows, locations)


def _board_around(facts: Facts, location: str, moment: date) -> str:
    """The board on that day, or the last one of a location that has closed."""
    now = facts.board(location, moment)
    return now or [one.board for one in facts.memberships if one.location == location][-1]


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
