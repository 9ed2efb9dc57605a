"""Work on a whole column at once: what hangs on a cell alone is asked once per different cell."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from types import NoneType
from typing import TypeVar

from data.gate.read import Value

Row = Sequence[Value]
T = TypeVar("T")
_ONLY_TEXT = frozenset((str, NoneType))


def column_of(rows: Sequence[Row], at: int) -> list[Value]:
    """The cells of one column; a row may be shorter than the sheet."""
    try:
        return list(map(itemgetter(at), rows))
    except IndexError:
        return [row[at] if at < len(row) else None for row in rows]


def per_cell(function: Callable[[Value], T], cells: Sequence[Value]) -> list[T]:
    """What the function gives for each cell, asked once per different cell.

    The type counts as well where there are others than text, because 1, 1.0 and True are equal.
    """
    if _ONLY_TEXT.issuperset(map(type, cells)):
        of_text = {cell: function(cell) for cell in dict.fromkeys(cells)}
        return list(map(of_text.__getitem__, cells))
    keys = list(zip(map(type, cells), cells, strict=True))
    told = {key: function(key[1]) for key in dict.fromkeys(keys)}
    return list(map(told.__getitem__, keys))
