"""What follows from registers of maatwerk and of the ECT alone, as in what_was_said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from random_years import QUARTERS, SCHOOLS, Thing, begun
from what_was_said import Record, Stretch

from data.calendar import Period


@dataclass(frozen=True)
class Register:
    """The stretches that a record of a register tells of, and how they follow each other."""

    record: Record

    @cached_property
    def chains(self) -> Mapping[Thing, list[Stretch]]:
        """By thing where it was, in time: its own school and what that went up in."""
        found: dict[Thing, list[Stretch]] = {}
        for one in self.record.stretches():
            if one.thing in self._gone_before:
                continue
            found.setdefault(one.thing, []).append(one)
        return {thing: sorted(found[thing], key=lambda one: one.since) for thing in found}

    @cached_property
    def _gone_before(self) -> set[Thing]:
        """What left the lists before it began: the first one was about too early a quarter."""
        told = [one for school in SCHOOLS for one in self.record.spells(school)]
        return {thing for thing, until, *_ in told if until < (begun(thing) or until)}

    def over(self, place: str, day: date) -> set[str]:
        """What a place is part of on a day."""
        return {"SWV", place, self.record.place(place).board_on(day)}

    def begun(self, name: str, period: Period) -> int:
        """How many began in a period."""
        first = [chain[0] for chain in self.chains.values()]
        return sum(
            period.start_on <= one.since <= period.end_on
            and name in self.over(one.place, one.since)
            for one in first
        )

    def moved(self, name: str, period: Period) -> int:
        """How many came in from elsewhere in the SWV less those that left so, while they lasted."""
        return sum(
            (name in after) - (name in before)
            for day, before, after in self._moves()
            if period.start_on <= day <= period.end_on
        )

    def _moves(self) -> Iterator[tuple[date, set[str], set[str]]]:
        """Every day on which a thing that lasts changes place or board: (day, before, after)."""
        for chain in self.chains.values():
            for number, one in enumerate(chain):
                if number:
                    last = one.since - timedelta(days=1)
                    before = self.over(chain[number - 1].place, last)
                    yield one.since, before, self.over(one.place, one.since)
                for day, board in self.record.place(one.place).boards:
                    if day and one.since < day < one.until:
                        before = self.over(one.place, day - timedelta(days=1))
                        yield day, before, {"SWV", one.place, board}

    def counts(self, thing: Thing) -> bool:
        """Whether something is known of a place when the thing came about, stood or ended there."""
        chain = self.chains.get(thing, [])
        came = [(thing[1], thing[3])] if chain or thing[2] != "Advies" else []  # a referral counts
        moments = [*came, *((one.place, one.until) for one in chain[-1:])]
        moments += [
            (one.place, end)
            for one in chain
            for _, end in self.known[one.place]
            if one.since <= end < one.until
        ]
        return any(
            first <= day <= end for place, day in moments for first, end in self.known[place]
        ) or any(self._left_behind(one) for one in chain[-1:])

    @cached_property
    def known(self) -> Mapping[str, list[tuple[date, date]]]:
        """By school the periods of which something is known."""
        return {school: self.record.known(school) for school in SCHOOLS}

    def _left_behind(self, one: Stretch) -> bool:
        """It ended with its school, of which nobody spoke any more: its board and the SWV know."""
        closed = self.record.place(one.place).to_on
        return (
            bool(closed)
            and one.until >= closed
            and any(
                before.period_id in self.record.spoken(one.place)
                for before, quarter in pairwise(QUARTERS)
                if quarter.start_on <= closed <= quarter.end_on
            )
        )
