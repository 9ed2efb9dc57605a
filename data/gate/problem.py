"""What is wrong with a cell, a column or a file, said so that the reader can repair it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

ERROR = "fout"
REMARK = "let op"
LONGEST_VALUE = 80
HEADINGS = ("Ernst", "Bestand", "Tabblad", "Regel", "Kolom", "Waarde", "Verwacht", "Wat te doen")
WIDTHS = (8, 28, 18, 8, 28, 28, 44, 60)


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
    return get_column_letter(index + 1)


def problems_workbook(problems: Sequence[Problem]) -> bytes:
    """The problems as an Excel file with one row per problem.

    Every cell is text: what a stranger typed in a file must not come back as a formula.
    """
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Meldingen"
    for number, problem in enumerate(problems, start=2):
        values = (
            problem.severity,
            problem.file,
            problem.sheet,
            str(problem.row or ""),
            problem.column,
            problem.value,
            problem.expected,
            problem.advice,
        )
        for place, value in enumerate(values, start=1):
            _write_text(sheet.cell(number, place), value)
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        _write_text(sheet.cell(1, place), heading)
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _write_text(cell: Cell, value: str) -> None:
    """Text that stays text, also after the user edits the cell (quotePrefix)."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
