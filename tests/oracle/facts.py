"""What the files say: organisations, deliveries with what they cover, and the rows that count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from oracle.histories import left
from oracle.layouts import BY_ROW, SOURCES
from oracle.periods import (
    Period,
)

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
    merged_into: str | None = None

    def holds(self, moment: date) -> bool:
        return (self.from_on or moment) <= moment <= (self.to_on or moment)


@dataclass(frozen=True)
class Part:
    """What a delivery covers; rows of the same slot replace older ones."""

    slot: str
    covers_from: date
    covers_to: date


@dataclass(eq=False)
class Delivery:
    """One file as handed in, with what its giver said.

    speaks_for: per slot the locations it speaks for; None is the whole SWV. adds: beside an earlier
    list of the same time, not in its place. missing: what became of who is no longer on it.
    two_rows: which of two rows of one pupil at once counts.
    """

    order: int
    source: str
    parts: list[Part]
    rows: list[dict]
    speaks_for: dict[str, set[str] | None]
    adds: bool = False
    missing: str = ""
    two_rows: str = ""

    @property
    def topic(self) -> str:
        return SOURCES[self.source][0]

    def speaks(self, location: str, part: Part) -> bool:
        """Whether that part of it speaks for the location."""
        spoken = self.speaks_for[part.slot]
        return spoken is None or location in spoken


Listed = tuple[Delivery, Part]


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

    def _own(self, location: str) -> list[Membership]:
        own = [one for one in self.memberships if one.location == location]
        return sorted(own, key=lambda one: one.from_on or date.min)

    def closed_on(self, location: str) -> date | None:
        """Its last day; None when it is open."""
        last = [one.to_on for one in self._own(location)][-1:]
        return last[0] if last else None

    def successor(self, location: str) -> str | None:
        """The location it was merged into, as long as that one went on."""
        own = self._own(location)
        after = own[-1].merged_into if own else None
        closed = self.closed_on(after) if after else None
        return after if after and (closed is None or closed > own[-1].to_on) else None

    def merged_from(self, location: str) -> list[str]:
        """The locations that went up in it."""
        return sorted({one.location for one in self.memberships if one.merged_into == location})

    def boards_of(self, location: str) -> list[tuple[date, str]]:
        """Its boards in order, each with its first day."""
        found: list[tuple[date, str]] = []
        for one in self._own(location):
            if not found or found[-1][1] != one.board:
                found.append((one.from_on or date.min, one.board))
        return found

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
        """The rows of numbers that are not replaced by a newer delivery.

        Per slot and location the delivery that reaches furthest wins, then the latest one.
        """
        chosen: list[dict] = []
        for delivery, part, row in self._rows(source):
            lists = [one for one in self.lists(source, place_of(row)) if one[1].slot == part.slot]
            best = max(lists, key=_reach_of, default=None)
            if best == (delivery, part):
                chosen.append(row)
        return chosen

    def latest(self, source: str, *key: str) -> list[dict]:
        """What lists tell of, each by the last list that holds it; `key` says what is the same.

        A list says what it says about its own time, whatever a later one leaves out. What was open
        and is not on the next list has `gone_on` and `gone_as` (see `histories.left`).
        """
        best: dict[tuple, tuple[Listed, dict]] = {}
        for delivery, part, row in self._rows(source):
            listed = (delivery, part)
            if listed in self.lists(source, place_of(row)):
                name = tuple(row.get(one) for one in key)
                if name not in best or _reach_of(listed) > _reach_of(best[name][0]):
                    best[name] = (listed, row)
        found = []
        for listed, row in best.values():
            gone_on, gone_as = left(self, listed, row)
            found.append({**row, "listed": listed, "gone_on": gone_on, "gone_as": gone_as})
        return found

    def lists(self, source: str, location: str) -> list[Listed]:
        """Everything handed in that speaks for a location, without what was handed in anew.

        A later delivery up to the same day comes in the place of an earlier one, unless it adds.
        """
        key = ("lists", source, location)
        if key not in self.cache:
            mine = [
                (one, part)
                for one in self.deliveries
                if one.source == source
                for part in one.parts
                if one.speaks(location, part)
            ]
            self.cache[key] = [
                (one, part)
                for one, part in mine
                if not any(
                    later.order > one.order
                    and not later.adds
                    and (theirs.slot, theirs.covers_to) == (part.slot, part.covers_to)
                    for later, theirs in mine
                )
            ]
        return self.cache[key]

    def _rows(self, source: str) -> Iterator[tuple[Delivery, Part, dict]]:
        for delivery in self.deliveries:
            if delivery.source == source:
                parts = {part.slot: part for part in delivery.parts}
                for row in delivery.rows:
                    yield delivery, parts[row["slot"]], row

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
                 for part in one.parts if one.speaks(location, part)),
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


def place_of(row: dict) -> str:
    """Its location; "" for what has none."""
    return row.get("location") or ""


def _reach_of(listed: Listed) -> tuple[date, int]:
    delivery, part = listed
    return part.covers_to, delivery.order
