"""The problems of a file as a workbook, to hand to whoever made the file."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from data.gate.problem import Problem

HEADINGS = ("Ernst", "Bestand", "Tabblad", "Regel", "Kolom", "Waarde", "Verwacht", "Wat te doen")
WIDTHS = (8, 28, 18, 8, 28, 28, 44, 60)


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


def _write_text(cell: Cell, value: str) -> None:
    """Text that stays text, also after the user edits the cell (quotePrefix)."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
