"""What a look at the raw file tells about a sheet, before and beside the reader of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from data.gate.read.cells import Range, ReadLimits, Unreadable, short_name
from data.gate.read.refusal import too_many, too_many_cells


@dataclass
class SheetFacts:
    """Size of the box that holds all cells, and what the reader of cells does not tell.

    `errors` maps (row, column), counted from 0, to the code of a cell without usable value;
    `struck` holds the places of filled cells that are struck through.
    """

    name: str
    rows: int = 0
    columns: int = 0
    cells: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    hidden_parts: bool = False
    merged: list[Range] = field(default_factory=list)
    is_table: bool = True

    def __post_init__(self) -> None:
        self.name = short_name(self.name)

    def saw(self, row: int, column: int, cells: int = 1) -> None:
        """Stretch the box to a filled cell, counted from 0."""
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1
        self.cells += cells


def check_box(sheets: Sequence[SheetFacts], limits: ReadLimits) -> None:
    """Refuse what would take too much memory: a reader makes room for the whole box."""
    if len(sheets) > limits.sheets:
        raise too_many(len(sheets), "bladen", limits.sheets)
    room = limits.cells
    for sheet in sheets:
        box = sheet.rows * sheet.columns
        room -= box
        if room >= 0:
            continue
        if sheet.cells < limits.cells // 2 and sheet.cells * 4 < box:
            raise Unreadable(
                f"Op blad ‘{sheet.name}’ staat een gevulde cel ver buiten de tabel (het blad "
                f"loopt tot kolom {column_letters(sheet.columns)} en rij {sheet.rows}): "
                "haal die cel weg en sla het bestand opnieuw op."
            )
        raise too_many_cells(limits.cells)
    widest = max((sheet.columns for sheet in sheets), default=0)
    if widest > limits.columns:
        raise too_many(widest, "kolommen", limits.columns)


@cache
def column_number(letters: str) -> int:
    """Column `A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The reverse of `column_number`."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
