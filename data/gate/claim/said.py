"""For whom, over which time and instead of what a delivery speaks: said before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.deliveries.delivery import Delivery, Missing, MissingRow
from data.gate.claim.changed import DeliveryEffect, EarlierRow
from data.gate.claim.own_history import usual
from data.source import Source

SWV, BOARDS, ROWS = "swv", "boards", "locations"
REPLACES, ADDS = "vervangt", "vult_aan"
EVERY = "alle"  # sheets with rows of the same source
LEFT_OUT, COUNTED, BLANK = "weg", "telt", "leeg"
SAME, NEEDED, EMPTY = "zelfde", "nodig", "leeg"
OWN = "eigen"
LATEST, FIRST = "laatste", "eerste"


@dataclass(frozen=True)
class Answers:
    """What whoever hands in a file says about it; empty is: not said.

    speaks_for: SWV, BOARDS (of the locations in the rows) or ROWS (only those locations). named:
    codes of boards and locations it speaks for as well. second: REPLACES or ADDS. missing: what
    became of rows that are gone (on which last day, for a location that closed), unless `rows` says
    it per row_id. since: the first day from which a register is complete. at_once: which of two
    kinds that one person has at once counts: its code, or "laatste" for the one that began last.
    two_rows: which of two rows of one person at once counts: "laatste" or "eerste", the one that
    began last or first. sure: everything that only has to be confirmed is right.

    How to read it: sheets (EVERY, or names), struck (of rows that are struck through: LEFT_OUT,
    COUNTED, or BLANK: only the struck cells are empty), above (SAME; NEEDED: the same, but not
    where the cell may be empty; EMPTY; or the one column in which an empty cell is as the one
    above it), numbers (OWN: numbers that could be a BSN are of the school).
    """

    speaks_for: str = ""
    named: tuple[str, ...] = ()
    second: str = ""
    missing: str = ""
    missing_on: date | None = None
    rows: Mapping[str, MissingRow] = field(default_factory=dict)
    since: date | None = None
    at_once: str = ""
    two_rows: str = ""
    sure: bool = False
    sheets: tuple[str, ...] = ()
    struck: str = ""
    above: str = ""
    numbers: str = ""


NOTHING_SAID = Answers()


@dataclass(frozen=True)
class ClaimDoubt:
    """What is not certain, in Dutch. settled_by: the field of Answers; choices: (value, words).

    asks_day: a school that closed needs its last day (missing_on). may_name: instead of a choice,
    boards and locations may be named.
    """

    settled_by: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[EarlierRow, ...] = ()
    asks_day: bool = False
    may_name: bool = False

    @property
    def is_of_reading(self) -> bool:
        """It is about how to read the file; what the file then says may be asked after that."""
        return self.settled_by in ("sheets", "struck", "above", "numbers")


@dataclass(frozen=True)
class Claim:
    """What a delivery says, in one sentence, and what its giver still has to answer."""

    sentence: str
    doubts: tuple[ClaimDoubt, ...] = ()
    taken: tuple[EarlierRow, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """It can be stored as it is."""
        return not self.doubts


@dataclass(frozen=True)
class ListHistory:
    """The earlier deliveries of the source, oldest first, and the locations with rows in each.

    held: those of the list that is handed in; known: every location of the SWV with its board.
    same: the last one for another period with exactly the rows of the list that is handed in.
    first_day: of a register, the first day that each of them names (Delivery.covers_by).
    """

    earlier: tuple[Delivery, ...]
    held_by: Mapping[str, frozenset[str]]
    held: frozenset[str]
    known: Mapping[str, str]
    same: Delivery | None = None
    first_day: Mapping[str, date] = field(default_factory=dict)

    @property
    def known_from(self) -> date | None:
        """The first day over which earlier lists of these schools speak."""
        return min(
            (d.covers_from for d in self.earlier if d.covers_from and self.shares(d)), default=None
        )

    def complete_since(self, first_day: date | None) -> date | None:
        """Since when a register was said to be complete, when it holds no older row than it did."""
        named = [
            self.first_day[d.delivery_id]
            for d in self.earlier
            if d.delivery_id in self.first_day and self.shares(d)
        ]
        return self.known_from if first_day and named and min(named) <= first_day else None

    @property
    def said_before(self) -> Delivery | None:
        """The last list of the same boards for which somebody said for whom it speaks.

        None when this list has far fewer schools than lists with such a claim used to have: then
        it may be another kind of list.
        """
        mine = self._boards(self.held)
        said = [
            found
            for found in self.earlier
            if found.claim and mine and mine <= self._boards(self.held_by[found.delivery_id])
        ]
        if not said:
            return None
        sizes = [len(self.held_by[d.delivery_id]) for d in said if d.scope == said[-1].scope]
        enough = said[-1].scope == ROWS or len(self.held) >= usual(sizes)[0]
        return said[-1] if enough else None

    def shares(self, found: Delivery) -> bool:
        """An earlier list tells of one of the schools in this one, as far as that is known."""
        held = self.held_by.get(found.delivery_id, frozenset())
        return not held or not self.held or bool(held & self.held)

    def _boards(self, codes: frozenset[str]) -> set[str]:
        return {self.known.get(code, code) for code in codes}


def spoken_for(
    source: Source, answers: Answers, history: ListHistory, adds: bool
) -> tuple[str, tuple[str, ...]]:
    """The scope and the organisations beside it that follow from what was said, now or before.

    A list of which nothing was ever said speaks for the schools in it, and so does one that only
    adds to another; a register of the SWV itself for the whole SWV. Numbers that are only known
    together never speak for a school without them.
    """
    if "location_id" not in source.columns:
        return SWV, ()
    if source.rows.complete:
        return ROWS, ()
    if answers.speaks_for or answers.named:
        return answers.speaks_for or ROWS, answers.named
    said = history.said_before
    if said and source.delivery.scope != ROWS:
        return said.scope, said.speaks_for
    return (SWV if source.delivery.scope == SWV and not adds else ROWS), ()


def answered(effect: DeliveryEffect, answers: Answers) -> tuple[MissingRow, ...]:
    """What was said of every row that is gone."""
    day = answers.missing_on
    of_all = [
        MissingRow(row.row_id, answers.missing, day) for row in effect.gone if answers.missing
    ]
    said = {row.row_id: row for row in of_all} | dict(answers.rows)
    return tuple(said[row.row_id] for row in effect.gone if row.row_id in said)


def is_enough(said: MissingRow | None, of_school: bool) -> bool:
    """Whether it is known what became of a row: of a school that closed also on which last day."""
    if not of_school or said is None:
        return said is not None
    known = said.answer in (Missing.FORGOTTEN, Missing.WRONG)
    return known or (said.answer == Missing.ENDED and said.day is not None)
