"""A delivery as it would be, with all that is known when one asks about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.calendar import Calendar
from data.deliveries.delivery import Delivery
from data.gate.claim.changed import DeliveryEffect
from data.gate.claim.said import Answers, ListHistory
from data.source import Source


@dataclass(frozen=True)
class Tried:
    """A delivery as it would be, with what it would change and what is known around it.

    columns: its values by stored column. texts: names of file, sheet and table. answers: what was
    said of it so far.
    """

    source: Source
    delivery: Delivery
    effect: DeliveryEffect
    columns: Mapping[str, Sequence[Any]]
    history: ListHistory
    texts: Sequence[str]
    calendar: Calendar
    answers: Answers

    def knows(self, code: str) -> bool:
        """The code of a location or board of the SWV, or of one in the list."""
        known, earlier = self.effect.known, self.history.known
        codes = known.keys() | set(known.values()) | earlier.keys() | set(earlier.values())
        return code in codes | self.history.held
