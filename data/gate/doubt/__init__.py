"""Columns that can be read in two ways: one cell that proves it makes the others uncertain too.

An export writes all its dates and all its numbers in one way. So what one cell proves holds for the
whole sheet, and cells that could be read both ways must not be stored as if nothing was wrong.
"""

from collections.abc import Collection, Iterator, Sequence

from data.gate.doubt.days import day_doubts
from data.gate.doubt.doubt import Cells, Doubt
from data.gate.doubt.numbers import fraction_doubts, sign_doubts, thousand_doubts
from data.source import NUMBERS, Source

__all__ = ["Doubt", "doubts"]


def doubts(
    source: Source, cells: Cells, row_numbers: Sequence[object], in_thousands: Collection[str] = ()
) -> Iterator[Doubt]:
    """The doubts about the dates and the numbers of a sheet; mostly none.

    `in_thousands` are the columns of which the sheet says so; 1,234 is a usual number there.
    """
    columns = {name: source.columns[name] for name in cells}
    dates = [name for name, column in columns.items() if column.type in ("date", "birth_date")]
    numbers = [column for column in columns.values() if column.type in NUMBERS]
    yield from day_doubts(source, {name: cells[name] for name in dates}, row_numbers)
    yield from sign_doubts(source, numbers, cells, row_numbers)
    for column in numbers:
        if column.name not in in_thousands:
            yield from thousand_doubts(column, cells[column.name], row_numbers)
        yield from fraction_doubts(column, cells[column.name], row_numbers)
