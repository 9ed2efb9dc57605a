"""The empty workbook a user fills in: our headers, what each column holds, lists to choose."""

import csv
import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.source import Column, Source
from data.source_file import SOURCES

EXPLANATION = "Uitleg"
CHOICES = "Keuzes"
LAST_ROW = 10_000  # the lists to choose from work up to here
HEADER_FILL = PatternFill("solid", start_color="DCE6F1")
FORMATS = {"date": "DD-MM-YYYY", "birth_date": "DD-MM-YYYY", "euro": "#,##0.00", "integer": "0"}
AS_TEXT = "@"  # or Excel drops leading zeros and makes a date of 3/4
ALLOWED = {
    "text": "tekst",
    "integer": "een heel getal",
    "decimal": "een getal, met een komma als het nodig is",
    "percent": "een percentage, met een komma als het nodig is",
    "euro": "een bedrag in euro's",
    "date": "een datum: dag-maand-jaar",
    "birth_date": "een datum: dag-maand-jaar",
    "boolean": "ja of nee",
    "school_year": "een schooljaar: twee jaren met een streepje",
    "period": "een periode: schooljaar, kalenderjaar of kwartaal",
    "key": "een nummer of code, geen naam en geen BSN",
    "location_code": "een vestigingscode van 6 tekens",
    "brin": "een BRIN van 4 tekens",
    "branch": "het nummer van een vestiging",
    "board_code": "het nummer van een bestuur",
    "municipality_code": "het nummer van een gemeente",
}
CONTENT = {
    "all": "Zet steeds de hele lijst in het bestand. De nieuwste levering vervangt de vorige.",
    "school_year": "Zet alles van het schooljaar in het bestand, tot het einde van de periode. "
    "De nieuwste levering van een schooljaar vervangt de vorige.",
    "period": "Zet alles van de periode in het bestand. "
    "De nieuwste levering van een periode vervangt de vorige.",
}


def template_workbook(source: Source, folder: Path = SOURCES) -> bytes:
    """An xlsx file for this source: an empty sheet with the headers, "Uitleg", and "Keuzes" if any.

    `folder` holds the sources; their example files give the examples on the sheet "Uitleg".
    """
    book = Workbook()
    sheet = book.active
    sheet.title = source.title
    _explain(book.create_sheet(EXPLANATION), source, _examples(source, folder))
    choices = _list_choices(book.create_sheet(CHOICES), source)
    for position, column in enumerate(source.columns.values(), start=1):
        _lay_out(sheet, position, column, choices.get(column.name, ""))
    if not choices:
        book.remove(book[CHOICES])
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def choices_of(column: Column) -> tuple[str, ...]:
    """What a user may choose in this column; () when the cell is free."""
    if column.type == "boolean":
        return ("ja", "nee")
    return tuple(spellings[0] for spellings in column.values.values())


def _examples(source: Source, folder: Path) -> dict[str, str]:
    """The first filled cell per header of the example file."""
    with (folder / source.id / "example.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {
        header: next((row[header].strip() for row in rows if row[header].strip()), "")
        for header in (rows[0] if rows else ())
    }


def _lay_out(sheet: Worksheet, position: int, column: Column, choices: str) -> None:
    letter = get_column_letter(position)
    header = sheet.cell(1, position, column.label)
    header.font, header.fill = Font(bold=True), HEADER_FILL
    sheet.column_dimensions[letter].width = max(14, min(40, len(column.label) + 4))
    fallback = "General" if column.type in ("decimal", "percent") else AS_TEXT
    sheet.column_dimensions[letter].number_format = FORMATS.get(column.type, fallback)
    rule = DataValidation(
        type="list" if choices else None, formula1=choices or None, allow_blank=True
    )
    rule.promptTitle, rule.prompt = column.label[:32], column.note[:255]
    rule.errorTitle, rule.error = column.label[:32], f"Kies een waarde uit het blad {CHOICES}."
    rule.showInputMessage = rule.showErrorMessage = True
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _list_choices(sheet: Worksheet, source: Source) -> dict[str, str]:
    """Write the choices per column; the cells that hold them, as Excel names them, per column."""
    cells = {}
    chosen = [column for column in source.columns.values() if choices_of(column)]
    for position, column in enumerate(chosen, start=1):
        letter, choices = get_column_letter(position), choices_of(column)
        sheet.cell(1, position, column.label).font = Font(bold=True)
        for row, choice in enumerate(choices, start=2):
            sheet.cell(row, position, choice)
        sheet.column_dimensions[letter].width = max(map(len, (column.label, *choices))) + 3
        cells[column.name] = f"'{CHOICES}'!${letter}$2:${letter}${len(choices) + 1}"
    return cells


def _explain(sheet: Worksheet, source: Source, examples: dict[str, str]) -> None:
    lines = [
        (source.label,),
        (f"Van: {source.publisher}",),
        (f"Waarvoor: {source.purpose}",),
        (f"Bewaren: {source.retention_years} jaar",),
        (CONTENT[source.delivery.spans],),
        (),
        ("Kolom", "Verplicht", "Wat", "Wat mag erin", "Voorbeeld"),
    ]
    for line in lines:
        sheet.append(line)
    for column in source.columns.values():
        example = examples.get(column.label, "")
        sheet.append((column.label, _required(column), column.note, _allowed(column), example))
    for cell in (sheet["A1"], *sheet[len(lines)]):
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (30, 22, 70, 50, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=len(lines)):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.number_format = AS_TEXT


def _required(column: Column) -> str:
    if not column.required:
        return "nee"
    return "ja, maar een cel mag leeg" if column.optional_cell else "ja"


def _allowed(column: Column) -> str:
    text = ", ".join(choices_of(column)) or ALLOWED[column.type]
    if column.minimum is not None and column.maximum is not None:
        text += f", van {column.minimum} tot en met {column.maximum}"
    elif column.minimum is not None:
        text += f", {column.minimum} of meer"
    elif column.maximum is not None:
        text += f", hoogstens {column.maximum}"
    if column.max_length:
        text += f", hoogstens {column.max_length} tekens"
    return " of ".join((text, *column.marks))
