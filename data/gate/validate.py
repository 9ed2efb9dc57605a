"""Typed rows, or everything that is wrong with them at once; what is not declared is left out."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from data.gate.branches import joined
from data.gate.convert import CellFinding, ColumnConverter, KnownCodes, as_text
from data.gate.doubt import Doubt, doubts
from data.gate.nobody import name_nobodies
from data.gate.person_rules import person_findings
from data.gate.problem import ERROR, Problem, shown
from data.gate.read import ReadFile, Value
from data.gate.recognise import Recognised
from data.gate.remarks import remarks
from data.gate.row_rules import row_findings
from data.gate.rows import Block, IgnoredRow, Row, data_block, passed_over
from data.gate.units import units
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
    `row_numbers` (row numbers of the sheet). `quarantined` are the numbers of the rows with an
    error, `ignored` the rows that are knowingly passed over; together they are all `rows_read`.
    `problems` are the first 1 000, in the order of the sheet; `problem_count` and `error_count`
    count all. `doubted`: a column can be read in two ways, so nothing may be stored. `sums` adds up
    every number column over the rows that may be stored. `dropped` are the columns that were left
    out; `notes` are Dutch.
    """

    source: Source
    sheet: str
    columns: Mapping[str, list[Any]]
    row_numbers: tuple[int, ...]
    quarantined: tuple[int, ...]
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
    sheet = read.sheets[recognised.sheet_index]
    block = data_block(sheet, recognised)
    reasons = list(passed_over(block, sheet, recognised))
    kept = [place for place, reason in enumerate(reasons) if not reason]
    numbers = [block.start + place + 1 for place in kept]
    rows = [block.rows[place] for place in kept]
    cells, notes = joined(recognised, rows, _cells(rows, recognised))
    beside = (cell for at, reason in enumerate(reasons) if reason for cell in block.rows[at])
    unit = units(recognised, cells, beside)
    cell_rules = _CellRules(secret, known, period_end, unit.factors)
    columns, found = _columns(block, kept, recognised, cells, cell_rules)
    uncertain = [
        *doubts(recognised.source, cells, numbers, unit.factors),
        *unit.doubts(recognised.source, columns),
    ]
    found = _told_once(found, uncertain)
    wrong = {place for place, _, finding in found if finding.severity == ERROR}
    if uncertain:
        wrong = set(range(len(kept)))
    good = [place for place in range(len(kept)) if place not in wrong]
    stored = {name: [values[at] for at in good] for name, values in columns.items()}
    passed = [(block.start + at + 1, reason) for at, reason in enumerate(reasons) if reason]
    return Validated(
        source=recognised.source,
        sheet=sheet.name,
        columns=stored,
        row_numbers=tuple(numbers[at] for at in good),
        quarantined=tuple(numbers[at] for at in sorted(wrong)),
        ignored=tuple(IgnoredRow(sheet.name, number, reason) for number, reason in passed),
        rows_read=len(block.rows),
        problems=_problems(read.name, recognised, found, numbers),
        problem_count=len(found),
        error_count=sum(finding.severity == ERROR for _, _, finding in found),
        doubted=bool(uncertain),
        dropped=recognised.dropped,
        notes=(*remarks(recognised, block), *notes, *unit.notes(recognised.source, columns)),
        sums=_sums(recognised.source, stored),
    )


def _columns(
    block: Block,
    kept: Sequence[int],
    recognised: Recognised,
    cells: Mapping[str, Sequence[Value]],
    rules: _CellRules,
) -> tuple[dict[str, list[Any]], list[Found]]:
    """The values of the rows that were kept, by stored column, and everything found in them."""
    source = recognised.source
    columns, found = _converted(source, cells, len(kept), rules)
    numbers = [block.start + place + 1 for place in kept]
    nobodies = list(name_nobodies(source, columns, cells, rules.secret, numbers))
    refused = {(place, name) for place, name, finding in found if not finding.values}
    merged = _merged(block, kept, recognised)
    return columns, [
        *merged,
        *nobodies,
        *_without_loose_text(_beside(found, merged), cells),
        *row_findings(source, columns, cells, numbers, refused),
        *person_findings(source, columns, cells, numbers),
    ]


def _told_once(found: list[Found], uncertain: Sequence[Doubt]) -> list[Found]:
    """A doubt about a column instead of what is wrong with each of its cells."""
    doubted = {cell for doubt in uncertain for cell in doubt.cells}
    rest = [item for item in found if (item[0], item[1]) not in doubted]
    return [*rest, *((*doubt.proof, doubt.finding) for doubt in uncertain)]


def _cells(rows: Sequence[Row], recognised: Recognised) -> dict[str, list[Value]]:
    return {
        name: [row[at] if at < len(row) else None for row in rows]
        for name, at in recognised.mapping.items()
    }


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
        converter = rules.converter(column)
        results = converter.convert(cells[name])
        if any(isinstance(result, CellFinding) for result in converter.values()):
            nothing = (None,) * len(stored)
            for place, result in enumerate(results):
                if isinstance(result, CellFinding):
                    found.append((place, name, result))
                    results[place] = result.values or nothing
        for at, stored_name in enumerate(stored):
            columns[stored_name] = [result[at] for result in results]  # type: ignore[index]
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
    file: str, recognised: Recognised, found: Sequence[Found], numbers: Sequence[int]
) -> tuple[Problem, ...]:
    """The first findings, in the order in which one reads the sheet."""
    places = recognised.mapping
    first = heapq.nsmallest(
        MOST_SHOWN, found, key=lambda item: (item[0], places.get(item[1], -1), item[2].expected)
    )
    return tuple(
        Problem(
            file=file,
            sheet=recognised.sheet,
            row=numbers[place],
            column=recognised.header.name_of(places[name]) if name else "",
            value=finding.found,
            expected=finding.expected,
            advice=finding.advice,
            severity=finding.severity,
        )
        for place, name, finding in first
    )


def _sums(source: Source, stored: Mapping[str, Sequence[Any]]) -> dict[str, Decimal]:
    return {
        name: sum((Decimal(value) for value in stored[name] if value is not None), Decimal(0))
        for name, column in source.columns.items()
        if column.type in NUMBERS
    }
