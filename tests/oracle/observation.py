"""One thing that is counted, at the place and in the period where it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from oracle.periods import Period


@dataclass(frozen=True)
class Observation:
    """`split` says on which sides it counts: segment → code. A person counts once.

    day: when it happened or was counted; that day says of which board the location was.
    denominator_more, numerator_more: how much more it can be, when a number is only known as "<5".
    shared_by: what it has in common with others of a mean, "" when that is not known.
    only: the organisations at which it counts, when not at it, its board and the SWV.
    """

    measure: str
    organisation: str
    period: Period
    split: dict[str, str] = field(default_factory=dict)
    numerator: Decimal | int = 0
    denominator: Decimal | int = 0
    denominator_more: int = 0
    numerator_more: int = 0
    person: str | None = None
    provisional: bool = False
    day: date | None = None
    only: tuple[str, ...] = ()
    shared_by: str | None = None
