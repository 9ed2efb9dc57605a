"""A form as an inspectorate could send it: titles, lists to choose from, other sheets, formulas."""

import io
import zipfile
from functools import cache

from inspectie_world import workbook_bytes
from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

SHEET = "Thuiszitters"
HEADERS = (
    "Nr.", "Leerlingnummer (anoniem)", "Categorie thuiszitter", "Soort onderwijs", "Startdatum",
    "Datum einde", "Passend aanbod", "Uitkomst", "Eigen kolom", "Dagen thuis",
)  # fmt: skip
HEADER_ROW, PREPARED_TO = 6, 20
KINDS = ("AV", "LRV", "Vrijstelling artikel 5 onder a")


@cache
def received_form() -> bytes:
    """An empty form with 14 rows laid out."""
    book = Workbook()
    book.active.title = "Toelichting"
    book["Toelichting"]["A1"] = "Invulinstructie"
    book["Toelichting"]["A2"] = "Verwijder geen rijen."
    sheet = book.create_sheet(SHEET)
    words = book.create_sheet("Keuzelijsten")
    for row, word in enumerate(KINDS, start=2):
        words.cell(row, 1, word)
    words.sheet_state = "hidden"
    sums = book.create_sheet("Telling")
    sums["A1"] = "AV"
    sums["B1"] = f"=COUNTIF({SHEET}!$C$7:$C$20,A1)"
    _titles(sheet)
    _lay_out(sheet)
    _rules(sheet)
    book.defined_names["Soorten"] = DefinedName("Soorten", attr_text="Keuzelijsten!$A$2:$A$4")
    book.defined_names["Rijen"] = DefinedName("Rijen", attr_text=f"{SHEET}!$A$7:$J$20")
    return workbook_bytes(book)


def _titles(sheet):
    sheet["A1"] = "Registratieformulier thuiszitters"
    sheet["A1"].font = Font(bold=True, size=16, color="FF154273")
    sheet.merge_cells("A1:J1")
    sheet["A3"] = "Vul per leerling één rij in."


def _lay_out(sheet):
    thin = Side(style="thin", color="FF999999")
    for column, text in enumerate(HEADERS, start=1):
        head = sheet.cell(HEADER_ROW, column, text)
        head.font = Font(bold=True, color="FFFFFFFF")
        head.fill = PatternFill("solid", start_color="FF154273")
        head.alignment = Alignment(wrap_text=True, text_rotation=0)
        for row in range(HEADER_ROW + 1, PREPARED_TO + 1):
            cell = sheet.cell(row, column)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.fill = PatternFill("solid", start_color="FFF3F3F3")
            cell.protection = Protection(locked=False)
            if text == "Startdatum":
                cell.number_format = "dd/mm/yyyy"
            if text == "Dagen thuis":
                cell.value = f"=F{row}-E{row}"
    for row in range(HEADER_ROW + 1, PREPARED_TO + 1):
        sheet.row_dimensions[row].height = 18.5
    for letter, width in zip("ABCDEFGHIJ", (6, 22, 31, 17, 13, 13, 9, 25, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:J{PREPARED_TO}"
    sheet.print_area = f"A1:J{PREPARED_TO}"
    sheet.page_setup.orientation = "landscape"


def _rules(sheet):
    offer = DataValidation(type="list", formula1='"J,N"', allow_blank=True)
    offer.add(f"G{HEADER_ROW + 1}:G{PREPARED_TO}")
    kind = DataValidation(type="list", formula1="Soorten", allow_blank=False)
    kind.add(f"C{HEADER_ROW + 1}:C{PREPARED_TO}")
    day = DataValidation(type="date", operator="greaterThan", formula1="36526")
    day.add(f"E{HEADER_ROW + 1}:F{PREPARED_TO}")
    for rule in (offer, kind, day):
        sheet.add_data_validation(rule)
    red = CellIsRule(operator="equal", formula=['"N"'], fill=PatternFill(bgColor="FFFFC7CE"))
    sheet.conditional_formatting.add(f"G{HEADER_ROW + 1}:G{PREPARED_TO}", red)


LATER = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
    "<xm:f>Keuzelijsten!$B$2:$B$4</xm:f></x14:formula1><xm:sqref>D7:D20</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)


def with_newer_list(form: bytes) -> bytes:
    """The same form with a list as Excel has written them since 2010, which openpyxl loses."""
    source = zipfile.ZipFile(io.BytesIO(form))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "xl/worksheets/sheet2.xml":
                content = content.replace(b"</worksheet>", LATER.encode())
            file.writestr(item, content)
    return target.getvalue()
