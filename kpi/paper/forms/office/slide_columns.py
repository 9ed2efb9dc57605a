"""How wide the columns of a table on a slide are: measured once, for every size of letter."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from kpi.paper.document import Table
from kpi.paper.forms.office import room
from kpi.paper.plain import plain

BESIDE = 5.0  # points between a text and the edges of its cell
EDGES = 2 * BESIDE + 2
AIR = 0.25  # how much wider a column may be than it asks: never a slide wide with a few words
BROKEN = 150.0  # points: a word that is longer may be broken
RAGGED = 1.08  # lines are not filled to the end, because words stay whole
STEPS = 80


class SlideColumn(NamedTuple):
    """A column for letters of one point: its longest word, and the width of each of its texts."""

    word: float
    texts: tuple[float, ...]

    def least(self, size: float) -> float:
        """The width at which no word is broken."""
        return min(self.word * size, BROKEN) + EDGES

    def whole(self, size: float) -> float:
        """The width at which every text stands on one line."""
        return max(self.texts) * size + EDGES


def measured(table: Table, places: Sequence[int], font: str) -> tuple[SlideColumn, ...]:
    """Some columns of a table, their header first."""
    return tuple(
        SlideColumn(
            max(room.longest_word(text, 1, bold, font) for text, bold in _texts(table, place)),
            tuple(_longest_line(text, bold, font) for text, bold in _texts(table, place)),
        )
        for place in places
    )


def widths(columns: Sequence[SlideColumn], size: float, wide: float) -> tuple[float, ...]:
    """Every text on one line and some air; else the room goes to what makes the rows high."""
    whole = [column.whole(size) for column in columns]
    spare = wide - sum(whole)
    if spare >= 0:
        return tuple(want + min(spare / len(whole), want * AIR) for want in whole)
    rooms = [column.least(size) for column in columns]
    step = (wide - sum(rooms)) / STEPS
    for _ in range(STEPS):
        rooms[_narrowest(columns, rooms, size)] += step
    return tuple(rooms)


def _narrowest(columns: Sequence[SlideColumn], rooms: Sequence[float], size: float) -> int:
    """Which column makes most rows high."""
    lines = [
        [ceil(text * size * RAGGED / (wide - EDGES)) for text in column.texts]
        for column, wide in zip(columns, rooms, strict=True)
    ]
    rows = [max(row) for row in zip(*lines, strict=True)]
    highest = [
        sum(count - 1 for count, row in zip(column, rows, strict=True) if count == row)
        for column in lines
    ]
    return highest.index(max(highest))


def _longest_line(text: str, bold: bool, font: str) -> float:
    return max(room.width(line, 1, bold, font) for line in text.split("\n"))


def _texts(table: Table, place: int) -> Iterator[tuple[str, bool]]:
    yield plain(table.headers[place]), True
    for row in table.rows:
        yield plain(row[place].text), False
