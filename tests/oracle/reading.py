"""Reads the demo files on its own: xlsx with openpyxl, ods as XML, csv with the csv module."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FEWER = "<5"  # a number that is not told
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def told(cell: Any) -> tuple[int, int]:
    """(the least a number can be, how much more): what is not told is none to four."""
    return (0, 4) if cell == FEWER else (int(cell), 0)


def manifest(folder: Path) -> list[dict[str, Any]]:
    """The files in order of delivery."""
    return tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))["file"]


def records(path: Path, headers: dict[str, str]) -> list[dict]:
    """The rows below the header row, as {our name: cell}; `headers` says their header → our name.

    Title rows above and total rows below do not count. A header that is not in `headers` is not
    needed; at least the first two of the file must be.
    """
    rows = cells(path)
    place = next(i for i, row in enumerate(rows) if sum(cell in headers for cell in row) >= 2)
    names = [headers.get(cell) for cell in rows[place]]
    found = []
    for row in rows[place + 1 :]:
        if any(cell not in (None, "") for cell in row) and not str(row[0]).lower().startswith(
            "totaal"
        ):
            found.append({name: row[i] for i, name in enumerate(names) if name and i < len(row)})
    return found


def cells(path: Path) -> list[list]:
    """Every row of the first sheet; empty cells are None."""
    return {".xlsx": _xlsx, ".ods": _ods, ".csv": _csv}[path.suffix](path)


def _xlsx(path: Path) -> list[list]:
    book = load_workbook(path, data_only=True)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _csv(path: Path) -> list[list]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    rows = csv.reader(io.StringIO(text), delimiter=";")
    return [[cell if cell != "" else None for cell in row] for row in rows]


def _ods(path: Path) -> list[list]:
    with zipfile.ZipFile(path) as book:
        tree = ElementTree.fromstring(book.read("content.xml"))
    rows = []
    for line in tree.iter(f"{TABLE}table-row"):
        rows.append([_ods_cell(cell) for cell in line.iter(f"{TABLE}table-cell")])
    return rows


def _ods_cell(cell: ElementTree.Element) -> str | None:
    day = cell.get(f"{OFFICE}date-value")
    if day:
        year, month, number = day.split("-")
        return f"{number}-{month}-{year}"
    return cell.get(f"{OFFICE}value") or "".join(cell.itertext()) or None


def day(cell: object) -> date | None:
    """A date from a real date or from 31-12-2023."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    number, month, year = str(cell).split("-")
    return date(int(year), int(month), int(number))


def text(cell: object) -> str | None:
    """A cell as lower-case text, None when empty."""
    return None if cell is None or str(cell).strip() == "" else str(cell).strip().lower()


def truth(cell: object) -> bool | None:
    """ja or nee."""
    return {None: None, "ja": True, "nee": False}[text(cell)]
