"""Places in a spreadsheet as it writes them: "B12", "A1:H20", "'Blad 1'!$A$1:$H$20"."""

import re
from typing import NamedTuple

from data.gate.problem import column_letter

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


class Area(NamedTuple):
    """A range of cells: rows from 1 as the spreadsheet counts, columns from 0; all inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def column_number(letters: str) -> int:
    """ "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """ "B12"."""
    return f"{column_letter(column)}{row}"


def areas(text: str) -> list[Area]:
    """Every range in a text such as an sqref; whole rows and whole columns are left out."""
    found = []
    for match in _RANGE.finditer(text):
        left, top, right, bottom = match.groups()
        last = (int(bottom), column_number(right)) if bottom else (int(top), column_number(left))
        found.append(Area(int(top), column_number(left), *last))
    return found


def lengthened(text: str, first_row: int, last_row: int) -> str:
    """The same text, in which every range that holds `first_row` runs to `last_row` at least."""

    def longer(match: re.Match[str]) -> str:
        left, top, right, bottom = match.groups()
        ends = int(bottom or top)
        if not int(top) <= first_row <= ends < last_row:
            return match.group()
        if not bottom:
            return f"{match.group()}:{left}{last_row}"
        return match.group()[: -len(bottom)] + str(last_row)

    return _RANGE.sub(longer, text)
