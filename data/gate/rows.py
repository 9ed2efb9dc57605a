"""The rows under a header: which hold data, and which are knowingly passed over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from data.gate.columns import Row, column_of
from data.gate.convert.refused import as_text
from data.gate.read import Sheet, Value
from data.gate.recognise import Recognised
from data.gate.struck import struck_in
from data.plain import plain, unaccented, without_signs
from data.source import NUMBERS

TOTAL = r"(?:(?:eind|sub|deel|tussen|kolom|rij)[ -]?)?tota(?:al|len)\b"
FOOTNOTE = (
    r"\*|©|\(?\d\)|(?:bron|toelichting|voetnoot|noot|opmerking|opmerkingen|legenda|let op|nb|n\.b\."
    r"|disclaimer|opgesteld|samengesteld|gemaakt door|laatst bijgewerkt|bijgewerkt op|contact"
    r"|vragen aan|peildatum|exportdatum|geexporteerd|gemaakt op|afgedrukt|aantal (?:records|regels|"
    r"rijen))\b"
)
NO_DATA = re.compile(f"(?P<total>{TOTAL})|{FOOTNOTE}")  # how such a row begins
LONGEST_WORDS = 300  # signs by which a row that is no data is known
NUMERIC = re.compile(r"[\d.,%€ -]+")
IDENTIFYING = ("location_code", "brin", "board_code", "key")

EMPTY_ROW = "lege rij"
TOTAL_ROW = "totaalregel"
FOOTNOTE_ROW = "voetnoot"
HEADER_ROW = "herhaalde kopregel"
HEADING_ROW = "titel boven een herhaalde kopregel"
ELSEWHERE_ROW = "geen gegevens in de kolommen van deze bron"
STRUCK_ROW = "doorgehaalde rij"


@dataclass(frozen=True)
class IgnoredRow:
    """A row that is knowingly not stored, with the Dutch reason."""

    sheet: str
    row: int
    reason: str


@dataclass(frozen=True)
class MergedCell:
    """Merged cells among the data that cannot be read as one value per row.

    `top`, `bottom` and `column` are places in the sheet, from 0.
    """

    top: int
    bottom: int
    column: int
    value: Value
    sideways: bool


@dataclass(frozen=True)
class Block:
    """The rows of a delivery. `start` is the place (from 0) of the first row in the sheet.

    Vertically merged cells are filled down in `rows`; `filled_down` are the columns where that
    happened, `merged` what could not be filled. Per column the row numbers where an empty cell was
    read as the one above (`from_above`) and where it stayed empty, because it may (`left_empty`).
    `blanked` are the places (in `rows`, column) of struck cells that are read as empty.
    """

    start: int
    rows: tuple[Row, ...]
    filled_down: tuple[int, ...]
    merged: tuple[MergedCell, ...]
    from_above: Mapping[int, Sequence[int]] = field(default_factory=dict)
    left_empty: Mapping[int, Sequence[int]] = field(default_factory=dict)
    blanked: frozenset[tuple[int, int]] = frozenset()


def data_block(sheet: Sheet, recognised: Recognised) -> Block:
    """The rows from below the header up to and including the last that holds anything."""
    start = recognised.first_data_row - 1
    rows: list[Row] = list(sheet.rows[start:])
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    blanked = set()
    for row, at in struck_in(sheet, recognised).cells if recognised.blank_struck else ():
        rows[row - start] = with_cell(rows[row - start], at, None)
        blanked.add((row - start, at))
    columns = {at: recognised.source.columns[name] for name, at in recognised.mapping.items()}
    filled: dict[int, None] = {}
    merged = []
    for top, left, bottom, right in sheet.merged:
        touched = [at for at in range(left, right + 1) if at in columns]
        if top < start or not touched or top - start >= len(rows):
            continue
        value = cell_of(rows[top - start], left)
        if value is None:
            continue
        if left != right or columns[left].type in NUMBERS:
            merged.append(MergedCell(top, bottom, touched[0], value, left != right))
            continue
        filled[left] = None
        for place in range(top - start + 1, min(bottom - start + 1, len(rows))):
            rows[place] = with_cell(rows[place], left, value)
    return Block(start, tuple(rows), tuple(filled), tuple(merged), blanked=frozenset(blanked))


def passed_over(block: Block, sheet: Sheet, recognised: Recognised) -> Iterator[str]:
    """Per row of the block why it is passed over; empty for a row with data."""
    reasons = _Judge(sheet, recognised).reasons(block.rows)
    if sheet.struck and not recognised.struck:
        struck = struck_in(sheet, recognised)
        for at in struck.rows if recognised.blank_struck else struck.touched:
            if not reasons[at - block.start]:
                reasons[at - block.start] = STRUCK_ROW
    for place, (row, reason, following) in enumerate(
        zip(block.rows, reasons, reasons[1:], strict=False)
    ):
        filled = [value for value in row if value is not None]
        if not reason and following == HEADER_ROW and len(filled) == 1 and type(filled[0]) is str:
            reasons[place] = HEADING_ROW
    return iter(reasons)


class _Judge:
    """Decides per row; every different text is looked at once, and only odd rows by themselves."""

    def __init__(self, sheet: Sheet, recognised: Recognised) -> None:
        source = recognised.source
        self.columns = sorted(recognised.mapping.values())
        self.totals = source.rows.ignore_totals
        named = {at: source.columns[name] for name, at in recognised.mapping.items()}
        self.required = [at for at, column in named.items() if column.filled]
        self.identifying = [at for at, column in named.items() if column.type in IDENTIFYING]
        self.schools = {
            at for at, column in named.items() if column.type in ("location_code", "brin")
        }
        rows = [sheet.rows[number - 1] for number in recognised.header_rows]
        self.headers = [header for header in map(self._names, rows) if len(header) > 1]
        self.header_words = {word for header in self.headers for word in header.values()}
        self.shortest = min(map(len, self.header_words), default=0)

    def reasons(self, rows: Sequence[Row]) -> list[str]:
        """Why each row is passed over: nothing stands in it, or a word that data do not hold."""
        words = {
            cell for cell in set(chain.from_iterable(rows))
            if type(cell) is str and self._kind(cell)
        }  # fmt: skip
        used = [column_of(rows, at) for at in self.columns]
        return [
            self._reason(row)
            if cells.count(None) == len(cells) or not words.isdisjoint(row)
            else ""
            for row, *cells in zip(rows, *used, strict=True)
        ]

    def _reason(self, row: Row) -> str:
        kind, place = self._first_word(row)
        if place < 0 and all(value is None for value in row):
            return EMPTY_ROW
        if kind == TOTAL_ROW and self.totals and self._is_total(row, place):
            return TOTAL_ROW
        if kind == FOOTNOTE_ROW and self._is_footnote(row):
            return FOOTNOTE_ROW
        if kind == HEADER_ROW and any(self._names(row) == header for header in self.headers):
            return HEADER_ROW
        if all(cell_of(row, at) is None for at in self.columns):
            return ELSEWHERE_ROW
        return ""

    def _first_word(self, row: Row) -> tuple[str, int]:
        """What the first text that is not a number looks like, and where it stands."""
        for place, value in enumerate(row):
            if type(value) is str and not NUMERIC.fullmatch(value[:LONGEST_WORDS]):
                return self._kind(value), place
        return "", -1

    def _kind(self, text: str) -> str:
        """What kind of row a text speaks of that data do not hold; "" is none."""
        start = unaccented(text[:LONGEST_WORDS]).strip()
        found = NO_DATA.match(start)
        if found and found["total"]:
            return TOTAL_ROW
        if len(start) >= self.shortest and without_signs(start) in self.header_words:
            return HEADER_ROW
        return FOOTNOTE_ROW if found else ""

    def _is_total(self, row: Row, place: int) -> bool:
        """A row with a school's or a pupil's code is data, also when a name starts with totaal.

        A bare number in the column of the schools is no code: it is what was added up.
        """
        cells = ((at, cell_of(row, at)) for at in self.identifying if at != place)
        return not any(
            cell is not None and not (at in self.schools and NUMERIC.fullmatch(as_text(cell)))
            for at, cell in cells
        )

    def _is_footnote(self, row: Row) -> bool:
        filled = [value for value in row if value is not None]
        only_text = len(filled) <= 2 and all(isinstance(value, str) for value in filled)
        return only_text and any(cell_of(row, at) is None for at in self.required)

    def _names(self, row: Row) -> Mapping[int, str]:
        """The simplified texts in the columns that are used."""
        texts = ((at, cell_of(row, at)) for at in self.columns)
        return {at: plain(as_text(value)) for at, value in texts if value is not None}


def cell_of(row: Row, at: int) -> Value:
    """A cell of a row that may be shorter than the sheet."""
    return row[at] if at < len(row) else None


def with_cell(row: Row, at: int, value: Value) -> Row:
    """The row with one cell filled; the sheet itself stays as it was read."""
    longer = list(row) + [None] * (at + 1 - len(row))
    longer[at] = value
    return longer
