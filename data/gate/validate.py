"""Typed rows, or everything that is wrong with them at once; what is not declared is left out."""

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import itemgetter
from typing import Any

from data.gate.branches import joined
from data.gate.columns import column_of
from data.gate.convert import CellFinding, ColumnConverter, KnownCodes, as_text
from data.gate.doubt import Doubt, doubts
from data.gate.groups import as_above
from data.gate.merger_rules import merger_findings
from data.gate.name_rules import name_findings
from data.gate.nobody import name_nobodies
from data.gate.person_rules import person_findings
from data.gate.problem import ERROR, Problem, shown
from data.gate.read import ReadFile, Value
from data.gate.recognise import Recognised
from data.gate.remarks import remarks, school_notes
from data.gate.row_rules import row_findings
from data.gate.rows import Block, IgnoredRow, data_block, passed_over
from data.gate.units import units
from data.personal import without_persons
from data.source import NUMBERS, Column, Source

__all__ = ["Validated", "IgnoredRow", "KnownCodes", "validate"]

MOST_SHOWN = 1000
LOOSE_TEXT = CellFinding(
    "", "een regel met gegevens", "Haal de losse tekst weg, of zet die in een eigen kolom."
)
SIDEWAYS = CellFinding("", "één waarde per cel", "Hef het samenvoegen van deze cellen op.")
SHARED_NUMBER = CellFinding(
    "", "één getal per regel", "Dit getal geldt voor meer regels. Hef het samenvoegen op."
)
Found = tuple[int, str, CellFinding]  # place of the row, column of the source or "", what is wrong


@dataclass(frozen=True)
class Validated:
    """What a file holds after validation.

    `columns` has per stored column the values of the rows without errors, in the order of
    `row_numbers` (of the sheet named at that place in `sheets`). `quarantined` are the numbers of
    the rows with an error (of `quarantined_sheets`), `ignored` the rows that are knowingly passed
    over; together they are all `rows_read`. `problems` are the first 1 000, in the order of the
    sheets; `problem_count` and `error_count` count all. `doubted`: a column can be read in two
    ways, so nothing may be stored. `sums` adds up every number column over the rows that may be
    stored. `dropped` are the columns that were left out; `notes` are Dutch.
    """

    source: Source
    sheets: tuple[str, ...]
    columns: Mapping[str, list[Any]]
    row_numbers: tuple[int, ...]
    quarantined: tuple[int, ...]
    quarantined_sheets: tuple[str, ...]
    ignored: tuple[IgnoredRow, ...]
    rows_read: int
    problems: tuple[Problem, ...]
    problem_count: int
    error_count: int
    doubted: bool
    dropped: tuple[str, ...]
    notes: tuple[str, ...]
    sums: Mapping[str, Decimal]


@dataclass(frozen=True)
class _CellRules:
    """What the cells of every column are held against."""

    secret: bytes
    known: KnownCodes | None
    period_end: date | None
    factors: Mapping[str, int]

    def converter(self, column: Column) -> ColumnConverter:
        """What turns the cells of this column into values."""
        factor = self.factors.get(column.name, 1)
        return ColumnConverter(column, self.secret, self.known, self.period_end, factor)


@dataclass(frozen=True)
class _SheetRows:
    """One sheet: its rows with data, by their row number, and what its own cells say.

    `found` and `doubts` tell the place of a row within this sheet.
    """

    recognised: Recognised
    block: Block
    numbers: list[int]
    ignored: list[IgnoredRow]
    cells: Mapping[str, Sequence[Value]]
    columns: dict[str, list[Any]]
    found: list[Found]
    doubts: list[Doubt]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _SheetRow:
    """A row of one of several sheets, as a sentence names it."""

    row: int
    sheet: str

    def __str__(self) -> str:
        return f"{self.row} (tabblad “{self.sheet}”)"


def validate(
    read: ReadFile,
    recognised: Recognised,
    *,
    secret: bytes,
    known: KnownCodes | None = None,
    period_end: date | None = None,
) -> Validated:
    """Convert the rows of a recognised file and collect all problems.

    `secret` turns pupil numbers into codes; `known` are the codes that exist, empty = not checked.
    `period_end` is the last day of the period that was chosen; dates far from it are refused.
    """
    parts = [_part(read, one, secret, known, period_end) for one in recognised.sheets]
    of_row = [(part, number) for part in parts for number in part.numbers]
    schools = known.locations if known else frozenset[str]()
    columns, found = _together(recognised.source, parts, secret, schools)
    uncertain = [doubt for part in parts for doubt in part.doubts]
    shifted = [_shifted(doubt, start) for doubt, start in _starting(parts)]
    found = _told_once(found, shifted)
    wrong = {place for place, _, finding in found if finding.severity == ERROR}
    if uncertain:
        wrong = set(range(len(of_row)))
    good = [place for place in range(len(of_row)) if place not in wrong]
    stored = columns
    if wrong:
        stored = {name: [values[at] for at in good] for name, values in columns.items()}
    bad = [of_row[at] for at in sorted(wrong)]
    return Validated(
        source=recognised.source,
        sheets=tuple(of_row[at][0].recognised.sheet for at in good),
        columns=stored,
        row_numbers=tuple(of_row[at][1] for at in good),
        quarantined=tuple(number for _, number in bad),
        quarantined_sheets=tuple(part.recognised.sheet for part, _ in bad),
        ignored=tuple(row for part in parts for row in part.ignored),
        rows_read=sum(len(part.block.rows) for part in parts),
        problems=_problems(read.name, found, of_row),
        problem_count=len(found),
        error_count=sum(finding.severity == ERROR for _, _, finding in found),
        doubted=bool(uncertain),
        dropped=tuple(dict.fromkeys(name for one in recognised.sheets for name in one.dropped)),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        sums=_sums(recognised.source, stored),
    )


def _part(
    read: ReadFile,
    recognised: Recognised,
    secret: bytes,
    known: KnownCodes | None,
    period_end: date | None,
) -> _SheetRows:
    """The rows of one sheet, converted by what that sheet says of its dates, signs and units."""
    sheet, source = read.sheets[recognised.sheet_index], recognised.source
    several = sheet.name if len(read.sheets) > 1 else ""
    block = data_block(sheet, recognised)
    reasons = list(passed_over(block, sheet, recognised))
    block = as_above(block, reasons, recognised)
    kept = [place for place, reason in enumerate(reasons) if not reason]
    numbers = [block.start + place + 1 for place in kept]
    rows = [block.rows[place] for place in kept]
    cells, notes = joined(recognised, rows, _cells(rows, recognised))
    beside = (cell for at, reason in enumerate(reasons) if reason for cell in block.rows[at])
    unit = units(recognised, cells, beside)
    named = school_notes(source, cells, known or KnownCodes())
    rules = _CellRules(secret, known, period_end, unit.factors)
    columns, found = _converted(source, cells, len(kept), rules)
    merged = _merged(block, kept, recognised)
    written = {name: held for name, held in cells.items() if name != recognised.of_tab}
    passed = [(block.start + at + 1, reason) for at, reason in enumerate(reasons) if reason]
    return _SheetRows(
        recognised, block, numbers,
        [IgnoredRow(sheet.name, number, reason) for number, reason in passed],
        cells, columns, [*merged, *_without_loose_text(_beside(found, merged), written)],
        [*doubts(source, cells, numbers, unit.factors), *unit.doubts(source, columns)],
        (*remarks(recognised, block, several), *notes, *named, *unit.notes(source, columns)),
    )  # fmt: skip


def _together(
    source: Source, parts: Sequence[_SheetRows], secret: bytes, schools: Collection[str]
) -> tuple[dict[str, list[Any]], list[Found]]:
    """The values of all sheets by stored column, and everything found in and between their rows.

    `schools` are the codes of schools that were known already.
    """
    cells = {
        name: [value for part in parts for value in _of_part(part, name)]
        for name in source.columns
        if any(name in part.cells for part in parts)
    }
    columns = {
        name: [value for part in parts for value in part.columns[name]] for name in parts[0].columns
    }
    found = [
        (start + place, name, finding)
        for part, start in zip(parts, _starts(parts), strict=True)
        for place, name, finding in part.found
    ]
    numbers: list[object] = [
        _SheetRow(number, part.recognised.sheet) if len(parts) > 1 else number
        for part in parts
        for number in part.numbers
    ]
    nobodies = list(name_nobodies(source, columns, cells, secret, numbers))
    refused = {(place, name) for place, name, finding in found if not finding.values}
    return columns, [
        *nobodies,
        *found,
        *row_findings(source, columns, cells, numbers, refused),
        *person_findings(source, columns, cells, numbers),
        *merger_findings(source, columns, numbers, schools, refused),
        *name_findings(source, columns, numbers),
    ]


def _of_part(part: _SheetRows, name: str) -> Sequence[Value]:
    return part.cells.get(name) or [None] * len(part.numbers)


def _starts(parts: Sequence[_SheetRows]) -> list[int]:
    """The place of the first row of every sheet among the rows of all."""
    return [0, *accumulate(len(part.numbers) for part in parts)][: len(parts)]


def _starting(parts: Sequence[_SheetRows]) -> Iterator[tuple[Doubt, int]]:
    for part, start in zip(parts, _starts(parts), strict=True):
        yield from ((doubt, start) for doubt in part.doubts)


def _shifted(doubt: Doubt, start: int) -> Doubt:
    place, name = doubt.proof
    cells = frozenset((start + at, column) for at, column in doubt.cells)
    return replace(doubt, proof=(start + place, name), cells=cells)


def _told_once(found: list[Found], uncertain: Sequence[Doubt]) -> list[Found]:
    """A doubt about a column instead of what is wrong with each of its cells."""
    doubted = {cell for doubt in uncertain for cell in doubt.cells}
    rest = [item for item in found if (item[0], item[1]) not in doubted]
    return [*rest, *((*doubt.proof, doubt.finding) for doubt in uncertain)]


def _cells(rows: Sequence[Sequence[Value]], recognised: Recognised) -> dict[str, list[Value]]:
    cells = {name: column_of(rows, at) for name, at in recognised.mapping.items()}
    if recognised.of_tab:
        cells[recognised.of_tab] = [recognised.sheet] * len(rows)
    return cells


def _converted(
    source: Source,
    cells: Mapping[str, Sequence[Value]],
    count: int,
    rules: _CellRules,
) -> tuple[dict[str, list[Any]], list[Found]]:
    """The values by stored column, None where a cell was refused; and the findings."""
    columns: dict[str, list[Any]] = {}
    found: list[Found] = []
    for name, column in source.columns.items():
        stored = [stored_name for stored_name, _ in column.stored]
        if name not in cells:
            columns |= {stored_name: [None] * count for stored_name in stored}
            continue
        results = rules.converter(column).convert(cells[name])
        if CellFinding in set(map(type, results)):
            nothing = (None,) * len(stored)
            for place, result in enumerate(results):
                if isinstance(result, CellFinding):
                    found.append((place, name, result))
                    results[place] = result.values or nothing
        for at, stored_name in enumerate(stored):
            columns[stored_name] = list(map(itemgetter(at), results))  # type: ignore[arg-type]
    return columns, found


def _beside(found: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    """The findings about cells that the others say nothing about."""
    cells = {(place, name) for place, name, _ in others}
    return [item for item in found if (item[0], item[1]) not in cells]


def _without_loose_text(found: list[Found], cells: Mapping[str, Sequence[Value]]) -> list[Found]:
    """One problem for a row with a single cell (a heading, a remark) instead of one per column."""
    per_row: dict[int, int] = {}
    for place, _, _ in found:
        per_row[place] = per_row.get(place, 0) + 1
    loose = {}
    for place in (place for place, count in per_row.items() if count > 1):
        filled = [(name, at[place]) for name, at in cells.items() if at[place] is not None]
        if len(filled) == 1 and isinstance(filled[0][1], str):
            loose[place] = filled[0]
    rest = [item for item in found if item[0] not in loose]
    shown = [(place, name, _showing(LOOSE_TEXT, text)) for place, (name, text) in loose.items()]
    return rest + shown


def _merged(block: Block, kept: Sequence[int], recognised: Recognised) -> list[Found]:
    """Merged cells among the data that cannot be read as one value per row."""
    names = {at: name for name, at in recognised.mapping.items()}
    places = {place: at for at, place in enumerate(kept)}
    found = []
    for cell in block.merged:
        finding = SIDEWAYS if cell.sideways else SHARED_NUMBER
        text = as_text(cell.value)
        for place in range(cell.top - block.start, cell.bottom - block.start + 1):
            if place in places:
                found.append((places[place], names[cell.column], _showing(finding, text)))
    return found


def _showing(finding: CellFinding, text: Value) -> CellFinding:
    return replace(finding, found=shown(text))


def _problems(
    file: str, found: Sequence[Found], of_row: Sequence[tuple[_SheetRows, int]]
) -> tuple[Problem, ...]:
    """The first findings, in the order in which one reads the sheets."""

    def order(item: Found) -> tuple[int, int, str]:
        place, name, finding = item
        return place, of_row[place][0].recognised.mapping.get(name, -1), finding.expected

    return tuple(
        Problem(
            file=file,
            sheet=of_row[place][0].recognised.sheet,
            row=of_row[place][1],
            column=_column_name(of_row[place][0].recognised, name),
            value=without_persons(finding.found),
            expected=finding.expected,
            advice=finding.advice,
            severity=finding.severity,
        )
        for place, name, finding in heapq.nsmallest(MOST_SHOWN, found, key=order)
    )


def _column_name(recognised: Recognised, name: str) -> str:
    at = recognised.mapping.get(name)
    return recognised.header.name_of(at) if at is not None else ""


def _sums(source: Source, stored: Mapping[str, Sequence[Any]]) -> dict[str, Decimal]:
    return {
        name: sum((Decimal(value) for value in stored[name] if value is not None), Decimal(0))
        for name, column in source.columns.items()
        if column.type in NUMBERS
    }
