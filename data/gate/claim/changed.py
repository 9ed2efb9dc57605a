"""What storing a delivery would change, and the rows it is about as a person reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.gate.claim.closed_school import AtClosed
from data.gate.claim.row_names import told
from data.source import Source

ID = "deze-lijst"  # of the delivery that is tried


@dataclass(frozen=True)
class EarlierRow:
    """A row of an earlier delivery: `about` says which, in Dutch, with a pseudonym for a pupil.

    key: the values that name it, as text.
    """

    row_id: str
    delivery_id: str
    about: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class Clash:
    """A row of a person of whom only one row can count at a time.

    asked: the field of `Answers` that says which. until: the day it ended, None while it lasts.
    answer: what was said with an earlier list (answered_in), "" when it must still be said of
    this row.
    """

    asked: str
    row: EarlierRow
    until: date | None
    answer: str
    answered_in: str


@dataclass(frozen=True)
class DeliveryEffect:
    """What storing a draft would change.

    known: the locations of the SWV on the last day covered, by code their board. spoken: the
    locations it speaks for. taken: rows that would no longer count. lacks: rows of the list that it
    replaces and does not hold, also when an older list still does. gone: rows of what was still
    open, or stood in a register, and is not in this list. replaced: by earlier delivery how many of
    its rows no longer count. returned: rows that had left the lists and are back. still: how many
    rows of a replaced list are not in this one and count all the same, because a later list holds
    them. late: how many things it tells of for the first time that came about in a time over which
    a list was delivered before. before: the keys of what earlier lists told of. overtaken: how many
    of its own rows a later list that was delivered already does not hold. clashes: rows of persons
    who are in two kinds, or on two rows, at once, by person and first day. at_closed: its rows that
    go on at a location that had closed, with nothing in its place. lost: of a list of locations,
    rows of other lists that can no longer be followed since their location went up in another one.
    """

    known: Mapping[str, str]
    spoken: frozenset[str]
    taken: tuple[EarlierRow, ...] = ()
    lacks: tuple[EarlierRow, ...] = ()
    gone: tuple[EarlierRow, ...] = ()
    replaced: Mapping[str, int] = field(default_factory=dict)
    returned: tuple[EarlierRow, ...] = ()
    still: int = 0
    late: int = 0
    before: frozenset[tuple[str, ...]] = frozenset()
    overtaken: int = 0
    clashes: tuple[Clash, ...] = ()
    far: tuple[str, ...] = ()
    at_closed: tuple[AtClosed, ...] = ()
    lost: tuple[EarlierRow, ...] = ()


def earlier_row(row: Mapping[str, Any], source: Source) -> EarlierRow:
    """A row (row_id, delivery_id, thing) in the words of its source."""
    key = tuple(row["thing"].split("|"))
    parts = zip(source.stored_keys, key, strict=False)
    words = (told(source.columns.get(name), text) for name, text in parts)
    return EarlierRow(row["row_id"], row["delivery_id"], ", ".join(filter(None, words)), key)
