"""What follows from registers of TLVs alone, as in what_was_said."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from random_years import OUTSIDE, QUARTERS, SCHOOLS, VSO, Thing
from what_was_said import PERIODS, Record

from data.calendar import Period


@dataclass(frozen=True)
class Decided:
    """The decisions on TLVs that a record tells of; its places are the schools that refer."""

    record: Record

    @cached_property
    def things(self) -> list[Thing]:
        """Every decision that was told of, and that no later list calls a mistake."""
        schools = (*SCHOOLS, VSO, OUTSIDE)
        return [thing for school in schools for thing, *_ in self.record.spells(school)]

    @cached_property
    def known(self) -> Mapping[str, set[str]]:
        """By period the schools of which something is known."""
        days = {school: self.record.known(school) for school in self.record.places}
        return {
            one.period_id: {own for own in days if (one.start_on, one.end_on) in days[own]}
            for one in PERIODS
        }

    def counts(self, thing: Thing) -> bool:
        """Whether it is in a figure; of before PERIODS it is when a list goes back as far."""
        _, school, kind, day = thing
        asked = [school] if school in self.record.places else self.record.places
        told = [one for own in asked for _, one in self.record.counting(own)]
        early = kind != "pro" and day < QUARTERS[0].start_on
        return (early and any(one.first <= day for one in told)) or any(
            self.over(thing, period) for period in PERIODS
        )

    def over(self, thing: Thing, period: Period) -> set[str]:
        """Where a decision counts in a period: at its school, the board of its day and the SWV.

        What a school asks that refers no pupils (VSO, from elsewhere, closed before the period)
        counts at the SWV alone, as soon as something is known of any school.
        """
        _, school, kind, day = thing
        place, known = self.record.places.get(school), self.known[period.period_id]
        if kind == "pro" or not known or not period.start_on <= day <= period.end_on:
            return set()
        if place is None or (place.to_on or day) < period.start_on:
            return {"SWV"}
        return {school, place.board_on(day), "SWV"} if school in known else set()
