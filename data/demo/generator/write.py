"""Writes spreadsheets whose content depends on nothing but the cells: no clock, no user name."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

Cell = str | int | float | bool | date | None
Row = Sequence[Cell]
STAMP = datetime(2026, 10, 1, 9, 0)


def write(path: Path, rows: Sequence[Row], sheet: str, encoding: str = "cp1252") -> None:
    """Write rows to an xlsx, ods or csv file, by the name of the file."""
    {".xlsx": _xlsx, ".ods": _ods, ".csv": _csv}[path.suffix](path, rows, sheet, encoding)


def _csv(path: Path, rows: Sequence[Row], _sheet: str, encoding: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([[as_text(cell) for cell in row] for row in rows])
    path.write_bytes(text.getvalue().encode(encoding))


def as_text(cell: Cell) -> str:
    """A cell the Dutch way: 31-12-2023 and 7,5."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def _xlsx(path: Path, rows: Sequence[Row], sheet: str, _encoding: str) -> None:
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell.value, date):
                cell.number_format = "DD-MM-YYYY"
    for column in range(1, max(map(len, rows)) + 1):
        page.column_dimensions[get_column_letter(column)].width = 18
    book.properties.creator = "SWV VO Voorbeeldstad (verzonnen)"
    book.properties.created = STAMP
    memory = io.BytesIO()
    book.save(memory)
    path.write_bytes(_without_clock(memory.getvalue()))


def _without_clock(content: bytes) -> bytes:
    """The same zip file with one fixed time everywhere, so that equal cells give equal files."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                start, rest = data.split(b"<dcterms:modified", 1)
                tag, rest = rest.split(b">", 1)
                stamp = f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
                data = start + b"<dcterms:modified" + tag + b">" + stamp + rest[rest.index(b"<") :]
            new.writestr(_entry(name), data)
    return result.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=STAMP.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def _ods(path: Path, rows: Sequence[Row], sheet: str, _encoding: str) -> None:
    """The smallest OpenDocument workbook that office programs open."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} '
        'office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", STAMP.timetuple()[:6]), ODS_TYPE)  # not packed
        book.writestr(_entry("content.xml"), content)
        book.writestr(_entry("META-INF/manifest.xml"), manifest)


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        value = f'office:value-type="date" office:date-value="{cell:%Y-%m-%d}"'
    elif isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    text = escape(as_text(cell))
    return f"<table:table-cell {value}><text:p>{text}</text:p></table:table-cell>"
