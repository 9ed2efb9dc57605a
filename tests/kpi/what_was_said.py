"""What a bureau said about thuiszitters, list by list, and what follows from that alone.

Nothing here reads the product: a list is what somebody handed in and answered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from random_years import (
    ANYWHERE,
    CALENDAR,
    NOWHERE,
    ONE_DAY,
    OUTSIDE,
    QUARTERS,
    VSO,
    YEARS,
    Place,
    Thing,
    begun,
)

ALWAYS = date.max
Numbers = tuple[int, int, int, int, int]  # at home, new, ended, over three months, without offer
PERIODS = (
    *QUARTERS,
    *(CALENDAR.schooljaar(year) for year in YEARS),
    *(CALENDAR.kalenderjaar(year) for year in (*YEARS, YEARS[-1] + 1)),
)


@dataclass(frozen=True)
class Said:
    """One list: for whom (swv, boards, locations) and beside its rows for which schools.

    rows: by thing the day it ended. answers: what was said of things it no longer holds.
    """

    year: str
    first: date
    until: date
    scope: str
    named: tuple[str, ...]
    adds: bool
    rows: Mapping[Thing, date | None]
    answers: Mapping[Thing, str]
    at_once: str = ""  # which of two kinds that one pupil is in at once counts


@dataclass(frozen=True)
class Stretch:
    """A pupil at home at a school, from a day up to, not including, another.

    told_on: from when it was told of here; listed_from, listed_to: over which time the lists that
    hold its row speak; chosen: of two kinds at once this is the one that was said to count.
    """

    thing: Thing
    place: str
    since: date
    until: date
    told_on: date
    listed_from: date
    listed_to: date
    chosen: bool = False

    @property
    def pupil(self) -> int:
        """Who it is."""
        return self.thing[0]

    @property
    def kind(self) -> str:
        """AV or LRV."""
        return self.thing[2]

    @property
    def rank(self) -> tuple[bool, date, date, bool]:
        """Of two kinds at once the greatest counts: the chosen one, else the one begun last."""
        first = self.thing[3]
        return self.chosen, max(first, self.listed_from), first, self.kind == "AV"

    @property
    def along(self) -> bool:
        """Its own school went up in this one."""
        return self.thing[1] != self.place


@dataclass
class Record:
    """Everything that was said so far, and the organisation as it was last told."""

    places: dict[str, Place] = field(default_factory=dict)
    lists: list[Said] = field(default_factory=list)
    # of schools that give only numbers, per list: by (school, quarter) and kind how many
    numbers: list[dict[tuple[str, str], dict[str, Numbers]]] = field(default_factory=list)

    def place(self, school: str) -> Place:
        """A school as it was last told."""
        return self.places.get(school, ANYWHERE)

    def speaks(self, said: Said) -> set[str]:
        """The schools a list speaks for."""
        held = {thing[1] for thing in said.rows} | (set(said.named) & self.places.keys())
        boards = {self.board(school, said.until) for school in held if said.scope == "boards"}
        boards = (boards | set(said.named) - self.places.keys()) - {""}
        inside = {name for name in self.places if self.board(name, said.until) in boards}
        every = {*self.places, NOWHERE, VSO, OUTSIDE}
        return every if said.scope == "swv" else held | inside

    def board(self, school: str, day: date) -> str:
        """The board of a school on a day; "" when it had closed, or when there is no school."""
        place = self.place(school)
        return place.board_on(day) if (place.to_on or day) >= day else ""

    def counting(self, school: str) -> list[tuple[int, Said]]:
        """The lists that speak for a school and were not replaced, with their number."""
        mine = [(no, one) for no, one in enumerate(self.lists) if school in self.speaks(one)]
        last: dict[date, int] = {}
        for number, one in mine:
            if not one.adds:
                last[one.until] = number
        return [
            (number, one)
            for number, one in mine
            if number == last.get(one.until) or (one.adds and number > last.get(one.until, -1))
        ]

    def spoken(self, school: str) -> set[str]:
        """The quarters of which somebody said how many were at home at a school."""
        there = self.places[school].to_on or ALWAYS
        return {
            quarter.period_id
            for _, one in self.counting(school)
            for quarter in QUARTERS
            if one.first <= min(quarter.end_on, there) and quarter.end_on <= one.until
        }

    def numbered(self, school: str) -> dict[str, dict[str, Numbers]]:
        """By quarter the numbers of a school, as they were last given whole: AV and LRV."""
        there, found = self.places[school].to_on, {}
        for given in self.numbers:
            for (own, period_id), kinds in given.items():
                quarter = CALENDAR.parse(period_id)
                if own == school and len(kinds) == 2 and (there or ALWAYS) >= quarter.start_on:
                    found[period_id] = kinds
        return {one: kinds for one, kinds in found.items() if one not in self.spoken(school)}

    def known(self, school: str) -> list[tuple[date, date]]:
        """The first and last day of every period over which something is known of a school.

        Who is without one is known of as soon as somebody handed in a list.
        """
        if school == NOWHERE:
            return [one for other in self.places for one in self.known(other)]
        spoken, lists = self.spoken(school), [one for _, one in self.counting(school)]
        place = self.places[school]
        return [
            (period.start_on, period.end_on)
            for period in PERIODS
            if (place.to_on or period.start_on) >= period.start_on
            and (
                period.period_id in spoken
                if period in QUARTERS
                else any(
                    one.first <= min(period.needed_to, place.to_on or period.needed_to)
                    and one.until >= period.start_on
                    for one in lists
                )
            )
        ]

    def spells(self, school: str) -> Iterator[tuple[Thing, date, Said, Said]]:
        """Every thing at a school, the day it ended or was lost, its first and its last list."""
        lists = self.counting(school)
        things = {thing for _, one in lists for thing in one.rows if thing[1] == school}
        for thing in sorted(things):
            wrong = max(
                (no for no, one in enumerate(self.lists) if one.answers.get(thing) == "fout"),
                default=-1,
            )
            holding = [(no, one) for no, one in lists if thing in one.rows and no > wrong]
            if holding:
                order = [one for _, one in sorted(holding, key=lambda at: (at[1].until, at[0]))]
                last = order[-1]
                until = last.rows[thing] or self._left(thing, last, lists)
                yield thing, until, order[0], last

    def _left(self, thing: Thing, last: Said, lists: list[tuple[int, Said]]) -> date:
        """When a thing that was still open left the lists."""
        forgot = [one.until for one in self.lists if one.answers.get(thing) == "vergeten"]
        known = max([last.until, *forgot])
        days = [ALWAYS]
        for _, one in lists:
            if one.adds or one.until <= known:
                continue
            if one.year == last.year:
                days.append(min(q.end_on for q in QUARTERS if q.end_on > known))
            elif one.first > known:
                days.append(one.first - ONE_DAY)
        for school, since in self._successors(thing[1]):
            days += [
                min(q.end_on for q in QUARTERS if q.end_on > known and q.end_on >= since)
                for _, one in self.counting(school)
                if one.year == last.year and one.until > known and one.until >= since
                if not one.adds
            ]
        return min(days)

    def _successors(self, school: str) -> Iterator[tuple[str, date]]:
        """What a school went up in, and that in turn, each from which day."""
        place = self.place(school)
        into = self.places.get(place.into)
        if into and place.to_on and (not into.to_on or into.to_on > place.to_on):
            yield place.into, place.to_on + ONE_DAY
            yield from self._successors(place.into)

    def left_out(self, said: Said) -> set[Thing]:
        """Of a register that came in last: what the ones before it told last of its schools.

        Before it is: up to the last day before its own on which a list of that school ended.
        """
        found = set()
        for school in self.speaks(said) if not said.adds else ():
            ends = [one.until for _, one in self.counting(school) if one.until < said.until]
            for thing, _, _, last in self.spells(school):
                if ends and last.until == max(ends) and thing not in said.rows:
                    found.add(thing)
        return found

    def stretches(self) -> list[Stretch]:
        """Where everybody was, a school that merged followed by the one it went into."""
        found = []
        for school in (*self.places, NOWHERE):
            for thing, until, first, last in self.spells(school):
                found += self._followed(thing, until, first, last)
        return [self._as_chosen(one, found) for one in _as_the_successor_says(found)]

    def _as_chosen(self, one: Stretch, every: list[Stretch]) -> Stretch:
        """Whether its kind was chosen over another one that overlaps."""
        for other in every:
            if (
                other.pupil == one.pupil
                and other.kind != one.kind
                and one.thing[3] < other.until
                and other.thing[3] < one.until
                and self._answer(one.thing, other.thing) == one.kind.lower()
            ):
                return replace(one, chosen=True)
        return one

    def _answer(self, one: Thing, other: Thing) -> str:
        """What was said first of two things, with a list on which one stood while the other did."""
        for said in self.lists:
            for mine, its in ((one, other), (other, one)):
                if not said.at_once or mine not in said.rows:
                    continue
                until = _until(mine, said)
                for beside in self.lists:
                    there = beside.year == said.year and its in beside.rows
                    if there and mine[3] < _until(its, beside) and its[3] < until:
                        return said.at_once
        return ""

    def _followed(self, thing: Thing, until: date, first: Said, last: Said) -> Iterator[Stretch]:
        school, since = thing[1], begun(thing)
        if since is None:
            return
        told, place = max(since, first.first), self.place(school)
        start, hops = since, 0
        while True:
            next_day = place.to_on + ONE_DAY if place.to_on else ALWAYS
            into = self.places.get(place.into)
            if into and into.to_on and place.to_on and into.to_on <= place.to_on:
                into = None
            end = until
            gone = ALWAYS
            if into and until >= next_day:
                gone = self._gone(place.into, last) if until == ALWAYS else ALWAYS
                end = min(until, next_day, gone)
            elif not into and place.to_on and start <= place.to_on:
                end = min(until, place.to_on)
            if not (into and place.to_on and since > place.to_on):
                yield Stretch(thing, school, start, max(end, start), told, first.first, last.until)
            if not into or until < next_day or gone < max(since, next_day):
                return
            start, school, hops = max(since, next_day), place.into, hops + 1
            place, told, until = into, start, min(until, gone)

    def _gone(self, school: str, last: Said) -> date:
        """The day before the first list of a school about a later year begins."""
        lists = [one for _, one in self.counting(school) if one.year != last.year]
        later = [one.first for one in lists if one.first > last.until]
        return min(later) - ONE_DAY if later else ALWAYS


def _until(thing: Thing, said: Said) -> date:
    """Until when a list tells of something; without an end up to its own last day."""
    return said.rows[thing] or max(thing[3], said.until) + ONE_DAY


def _as_the_successor_says(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Who came along with his school is there since that day, and as a later list there says."""
    for one in stretches:
        same = [
            other
            for other in stretches
            if (other.pupil, other.kind, other.place) == (one.pupil, one.kind, one.place)
            and other.along != one.along
        ]
        came = [o.since for o in same if one.until >= o.since and o.listed_to < one.listed_to]
        if not one.along:
            yield replace(one, told_on=max([one.told_on, *came]))
        elif not any(o.until >= one.since and one.listed_to < o.listed_to for o in same):
            yield one
