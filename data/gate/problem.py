"""What is wrong with a cell, a column or a file, said so that the reader can repair it."""

from dataclasses import dataclass

from data.gate.read.facts import column_letters

ERROR = "fout"
REMARK = "let op"
LONGEST_VALUE = 80


@dataclass(frozen=True)
class Problem:
    """One thing the user must repair ("fout") or should know ("let op").

    `row` is the row number in the spreadsheet, `column` the header with its letter. Both are empty
    for a problem of the whole column or file. `expected` and `advice` are Dutch: what the cell may
    hold, and what to do.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    expected: str
    advice: str
    severity: str = ERROR

    @property
    def place(self) -> str:
        """Where it is, in Dutch: sheet, row and column."""
        parts = [f"tabblad “{self.sheet}”" if self.sheet else ""]
        parts += [f"regel {self.row}" if self.row else ""]
        parts += [f"kolom {self.column}" if self.column else ""]
        return ", ".join(part for part in parts if part) or "bestand"

    @property
    def message(self) -> str:
        """The whole problem in Dutch: where, what, what was expected, what to do."""
        found = f"er staat “{self.value}”" if self.value else "de cel is leeg"
        if not self.column:
            found = self.value
        place = self.place[0].upper() + self.place[1:]
        parts = (found, f"Verwacht: {self.expected}" if self.expected else "", self.advice)
        return f"{place}: " + " ".join(map(_sentence, filter(None, parts)))


def shown(value: object) -> str:
    """A cell's value as text for a problem, cut off when it is long."""
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def column_letter(index: int) -> str:
    """The letter of a column: 0 becomes A."""
    return column_letters(index + 1)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
