"""Lists in groups: a value is written once, and the empty cells below it are as the one above."""

from collections.abc import Sequence
from dataclasses import replace

from data.gate.columns import Row
from data.gate.convert.refused import as_text
from data.gate.convert.word import category_codes
from data.gate.read import Value
from data.gate.recognise import Recognised
from data.gate.rows import STRUCK_ROW, Block, cell_of, with_cell
from data.plain import plain_value
from data.source import Source

REPEATED = ("location_code", "brin", "branch", "board_code", "key", "category", "period",
            "school_year")  # fmt: skip  # what a list in groups writes once per group


def as_above(block: Block, reasons: Sequence[str], recognised: Recognised) -> Block:
    """The block with empty cells as the cell above, in the columns for which that was said."""
    rows, filled, left = list(block.rows), dict[int, list[int]](), dict[int, list[int]]()
    for name in (name for name in recognised.above if name in recognised.mapping):
        at = recognised.mapping[name]
        free = may_be_empty(block, reasons, recognised, name) if recognised.free_left else ()
        before: Value = None
        for place, reason in enumerate(reasons):
            if (place, at) in block.blanked:
                before = None  # what it was does not count, nor does the group before it go on
                continue
            if reason not in ("", STRUCK_ROW) or place_is_told(rows[place], recognised, at):
                continue
            value = cell_of(rows[place], at)
            if value is None and before is not None and not reason:
                where = left if place in free else filled
                where.setdefault(at, []).append(block.start + place + 1)
            before = before if value is None else value
            if place not in free:
                rows[place] = with_cell(rows[place], at, before)
    return replace(block, rows=tuple(rows), from_above=filled, left_empty=left)


def place_is_told(row: Row, recognised: Recognised, at: int) -> bool:
    """An empty school beside a filled municipality: there is no school to fill in."""
    columns = recognised.source.columns
    at_times = {recognised.mapping.get(name) for name, *_ in recognised.source.rows.empty_when}
    where = [
        place for name, place in recognised.mapping.items()
        if columns[name].type == "municipality_code"
    ]  # fmt: skip
    told = any(cell_of(row, place) is not None for place in where)
    return at in at_times and cell_of(row, at) is None and told


def may_be_empty(
    block: Block, reasons: Sequence[str], recognised: Recognised, name: str
) -> frozenset[int]:
    """The places of the rows in which the source lets this column be empty.

    What decides that, such as the kind of absence, may be written once per group itself.
    """
    free = set()
    for column, other, code in recognised.source.rows.empty_when:
        if column != name or other not in recognised.mapping:
            continue
        codes = category_codes(recognised.source.columns[other])
        before: Value = None
        for place, (row, reason) in enumerate(zip(block.rows, reasons, strict=True)):
            if reason in ("", STRUCK_ROW):
                at = recognised.mapping[other]
                kind, is_blank = cell_of(row, at), (place, at) in block.blanked
                before = before if kind is None and not is_blank else kind
                if before is not None and codes.get(plain_value(as_text(before))) == code:
                    free.add(place)
    return frozenset(free)


def may_be_grouped(source: Source, name: str) -> bool:
    """A column that a list in groups writes once, and that is not just left empty."""
    column = source.columns[name]
    at_times = {cell for cell, *_ in source.rows.empty_when}
    return column.type in REPEATED and (column.filled or name in at_times)


def empty_in_groups(
    block: Block, reasons: Sequence[str], recognised: Recognised, name: str
) -> list[int]:
    """The places with an empty cell below a filled one; none when a value is repeated somewhere.

    Who writes the same value in two rows after each other does not leave it out when it repeats.
    """
    before, places, column = None, [], recognised.mapping[name]
    for place, (row, reason) in enumerate(zip(block.rows, reasons, strict=True)):
        value = cell_of(row, column)
        if (place, column) in block.blanked:
            before = None
        if reason not in ("", STRUCK_ROW) or (value is None and before is None):
            continue
        if value is None:
            places += [] if place_is_told(row, recognised, column) else [place]
        elif value == before:
            return []
        before = value if value is not None else before
    return places
