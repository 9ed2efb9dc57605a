"""A workbook as sheets: calamine reads the cells, the facts add what it does not tell."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.gate.read import ods, xls, xlsx
from data.gate.read.cells import CellError, Range, ReadFile, ReadLimits, Sheet, Value
from data.gate.read.clean import clean_rows
from data.gate.read.facts import SheetFacts
from data.gate.read.package import Package
from data.gate.read.refusal import damaged, not_a_table, password, save_as_xlsx, too_many

_MOST_NAMED = 10  # sheets in one sentence
_SPREADSHEET_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def read_zip(path: Path, limits: ReadLimits) -> ReadFile:
    """An xlsx, xlsm or ods file."""
    package = Package(path, limits)
    try:
        name, facts, notes = _inspect(package, limits)
        package.check_rest()
    finally:
        package.close()
    return _read(path, name, facts, notes, limits)


def read_ole(path: Path, limits: ReadLimits) -> ReadFile:
    """An xls file."""
    return _read(path, "xls", xls.sheet_facts(path.read_bytes(), limits), [], limits)


def _inspect(package: Package, limits: ReadLimits) -> tuple[str, list[SheetFacts], list[str]]:
    if "mimetype" in package and package.read("mimetype").startswith(_SPREADSHEET_ODS):
        return "ods", ods.sheet_facts(package, limits), []
    for part, what in (
        ("word/document.xml", "een Word-bestand"),
        ("ppt/presentation.xml", "een PowerPoint-bestand"),
    ):
        if part in package:
            raise not_a_table(what)
    if "xl/workbook.bin" in package:
        raise save_as_xlsx("een binaire werkmap (.xlsb)")
    if "[content_types].xml" not in package:
        raise not_a_table("een zip-bestand")
    facts, notes = xlsx.sheet_facts(package, limits)
    macros = any(name.endswith("vbaproject.bin") for name in package.names())
    return "xlsm" if macros else "xlsx", facts, notes


def _read(
    path: Path, name: str, facts: list[SheetFacts], notes: list[str], limits: ReadLimits
) -> ReadFile:
    try:
        with CalamineWorkbook.from_path(path) as book:
            found = book.sheets_metadata
            if len({sheet.name for sheet in found}) != len(facts) or len(found) != len(facts):
                raise damaged()
            pairs = [
                (meta, fact)
                for meta, fact in zip(found, facts, strict=True)
                if fact.is_table and meta.typ == SheetTypeEnum.WorkSheet
            ]
            names = _names([fact.name for _, fact in pairs])
            sheets = tuple(
                _sheet(book, meta, fact, names[at], limits) for at, (meta, fact) in enumerate(pairs)
            )
    except PasswordError as error:
        raise password() from error
    except (CalamineError, OSError) as error:
        raise damaged() from error
    if not sheets:
        raise damaged()
    return ReadFile(path.name, name, None, None, sheets, (*notes, *_notes(pairs)))


def _names(names: list[str]) -> list[str]:
    """The names of the sheets, each one only once: those that were cut off may be the same."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def _sheet(
    book: CalamineWorkbook,
    meta: SheetMetadata,
    facts: SheetFacts,
    name: str,
    limits: ReadLimits,
) -> Sheet:
    cells = book.get_sheet_by_name(meta.name)
    rows = clean_rows(cells.to_python(skip_empty_area=False))
    _put_errors(rows, facts)
    struck = frozenset(facts.struck)
    return Sheet(name, _is_hidden(meta), rows, _merged(cells, facts, rows, limits), struck)


def _is_hidden(meta: SheetMetadata) -> bool:
    return bool(meta.visible != SheetVisibleEnum.Visible)


def _merged(
    cells: CalamineSheet, facts: SheetFacts, rows: list[list[Value]], limits: ReadLimits
) -> tuple[Range, ...]:
    """The merged cells as far as something is filled: a range may run to the end of the sheet."""
    found = cells.merged_cell_ranges or []
    ranges = [(*first, *last) for first, last in found] or facts.merged
    if len(ranges) > limits.merged:
        raise too_many(len(ranges), "samengevoegde cellen", limits.merged)
    height, width = len(rows), max(map(len, rows), default=0)
    used = (
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in ranges
        if top < height and left < width
    )
    return tuple(one for one in used if one[:2] != one[2:])


def _put_errors(rows: list[list[Value]], facts: SheetFacts) -> None:
    width = max(map(len, rows), default=0)
    for (row, column), code in facts.errors.items():
        while len(rows) <= row:
            rows.append([None] * width)
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = CellError(code)


def _notes(pairs: list[tuple[SheetMetadata, SheetFacts]]) -> list[str]:
    notes = []
    hidden = [facts.name for meta, facts in pairs if _is_hidden(meta)]
    if hidden:
        notes.append(f"Verborgen in dit bestand: blad {_listed(hidden)}.")
    partly = [facts.name for _, facts in pairs if facts.hidden_parts]
    if partly:
        notes.append(
            f"Op blad {_listed(partly)} zijn rijen of kolommen verborgen; die zijn meegelezen."
        )
    return notes


def _listed(names: list[str]) -> str:
    quoted = [f"‘{name}’" for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        quoted.append(f"nog {len(names) - _MOST_NAMED}")
    return " en ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
