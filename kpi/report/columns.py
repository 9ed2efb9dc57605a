"""How the columns of a table stand on paper: which hold numbers, and how wide they are."""

from typing import NamedTuple

from kpi.report.document import Table

BETWEEN = 3  # letters between two columns
LONGEST_LINE = 40  # letters of a text that still stand on one line, if there is room
SIZES = (92, 104, 118, 140)  # letters across the page: from ordinary print to the smallest


class Column(NamedTuple):
    """A column. least: letters it cannot do without, for no number or word is ever broken;
    most: letters with which nothing has to go to a next line."""

    is_number: bool
    least: int
    most: int


class Layout(NamedTuple):
    """How a table is set: the letters across the page, and the part of it for each column."""

    letters: int
    shares: tuple[float, ...]


def columns(table: Table) -> tuple[Column, ...]:
    """Every column; the first names the row, others with figures stand to the right."""
    found = []
    for place, header in enumerate(table.headers):
        cells = [row[place] for row in table.rows]
        is_number = place > 0 and any(cell.value is not None for cell in cells)
        word = max(_longest_word(text) for text in (header, *(cell.text for cell in cells)))
        text = max((len(cell.text) for cell in cells), default=0)
        most = max(word, min(text, LONGEST_LINE))
        figures = (len(cell.text) for cell in cells if is_number and cell.value is not None)
        least = max(word, *figures) if is_number else word
        found.append(Column(is_number, least + BETWEEN, max(most, least) + BETWEEN))
    return tuple(found)


def layout(table: Table) -> Layout:
    """The largest print in which every word fits, or one smaller if every row is one line then.

    What is left is for who needs it most.
    """
    found = columns(table)
    least = sum(column.least for column in found)
    fitting = [size for size in SIZES if size >= least] or [least]
    most = sum(column.most for column in found)
    letters = next((size for size in fitting if most <= size <= SIZES[1]), fitting[0])
    wishes = [column.most - column.least for column in found]
    left = letters - least
    spread = min(left / sum(wishes), 1) if sum(wishes) else 0
    rooms = [column.least + wish * spread for column, wish in zip(found, wishes, strict=True)]
    return Layout(letters, tuple(room / sum(rooms) for room in rooms))


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split(" ")), default=0)
