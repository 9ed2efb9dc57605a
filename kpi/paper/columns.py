"""How a table stands on paper: which columns hold numbers, how wide they are, in what print."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from kpi.paper.document import Section, Table

BETWEEN = 3  # letters between two columns
BESIDE_FIGURES = 2  # as many more before words that follow a column of figures
PRINT = 9.5  # points; with it stand UPRIGHT[0] letters across a page, or LYING[0] when it lies
# Letters across a page, from ordinary print to the smallest that reads well.
UPRIGHT = (92, 98, 104)
LYING = (140, 149, 158)
SMALLER = (180, 214)  # what is too wide for a page that lies has to be small
RAGGED = 1.1  # lines are not filled to the end, because words stay whole


class ColumnWidth(NamedTuple):
    """A column. least: letters it cannot do without, for no number or word is ever broken;
    lengths: letters of its cells, in the order of the rows; after_figures: words that follow a
    column of figures."""

    is_number: bool
    least: int
    lengths: tuple[int, ...]
    after_figures: bool

    @property
    def margin(self) -> int:
        """Letters that stay empty."""
        return BETWEEN + BESIDE_FIGURES * self.after_figures


class TableLayout(NamedTuple):
    """How a table is set: its print in points, and the part of the page for each column."""

    points: float
    shares: tuple[float, ...]


def columns(table: Table) -> tuple[ColumnWidth, ...]:
    """Every column; the first names the row, others with figures stand to the right."""
    found: list[ColumnWidth] = []
    for place, header in enumerate(table.headers):
        cells = [row[place] for row in table.rows]
        figures = [len(cell.text) for cell in cells if cell.value is not None] if place else []
        words = max(_longest_word(text) for text in (header, *(cell.text for cell in cells)))
        follows = not figures and bool(found) and found[-1].is_number
        lengths = tuple(len(cell.text) for cell in cells)
        found.append(ColumnWidth(bool(figures), max(words, *figures, 0), lengths, follows))
    return tuple(found)


def lies(section: Section) -> bool:
    """Whether a part needs a page on its side: one of its tables would be too small upright."""
    return any(_least(columns(table)) > UPRIGHT[-1] for table in section.every_table)


def layout(table: Table, lying: bool = False) -> TableLayout:
    """The widths with which the rows are short, and the largest print that does so.

    Print may be smaller when that saves a larger part of the lines.
    """
    found = columns(table)
    sizes = LYING if lying else UPRIGHT
    least = _least(found)
    fitting = [size for size in sizes if size >= least]
    fitting = fitting or [next((size for size in SMALLER if size >= least), least)]
    tried = [(letters, _rooms(found, letters)) for letters in fitting]
    letters, rooms = min(tried, key=lambda one: _lines(found, one[1]) * one[0])
    return TableLayout(PRINT * sizes[0] / letters, tuple(room / sum(rooms) for room in rooms))


def _least(found: Sequence[ColumnWidth]) -> int:
    return sum(column.least + column.margin for column in found)


def _rooms(found: Sequence[ColumnWidth], letters: int) -> list[int]:
    """Letters per column: what it needs, and the rest, one by one, to who makes rows longest."""
    rooms = [column.least for column in found]
    for _ in range(letters - _least(found)):
        heights = _heights(found, rooms)
        rows = [max(row) for row in zip(*heights, strict=True)]
        tallest = [
            sum(1 < height == row for height, row in zip(column, rows, strict=True))
            for column in heights
        ]
        if not any(tallest):
            break
        rooms[tallest.index(max(tallest))] += 1
    return [room + column.margin for room, column in zip(rooms, found, strict=True)]


def _lines(found: Sequence[ColumnWidth], rooms: Sequence[int]) -> int:
    """How many lines of print the rows take together."""
    inner = [room - column.margin for room, column in zip(rooms, found, strict=True)]
    return sum(max(row) for row in zip(*_heights(found, inner), strict=True))


def _heights(found: Sequence[ColumnWidth], rooms: Sequence[int]) -> list[list[int]]:
    """Per column the lines of each of its cells."""
    return [
        [1 if length <= room else ceil(length * RAGGED / room) for length in column.lengths]
        for column, room in zip(found, rooms, strict=True)
    ]


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.replace("\n", " ").split(" ")), default=0)
