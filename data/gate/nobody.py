"""Rows with a number that is nobody's: each its own, unknown person."""

from collections import Counter
from collections.abc import Iterator, Sequence

from data.gate.convert import NOBODY, CellFinding
from data.gate.convert.refused import as_text
from data.gate.doubt.doubt import Cells, rows_text
from data.gate.problem import REMARK, shown
from data.gate.row_rules import Columns
from data.privacy import nobody_in_particular
from data.source import Source


def name_nobodies(
    source: Source, columns: Columns, cells: Cells, secret: bytes, row_numbers: Sequence[object]
) -> Iterator[tuple[int, str, CellFinding]]:
    """Give each of these rows a key of its own in `columns`, and say so in one remark per column.

    The key follows from what every row of the source must have (school, kind, first day), so that
    the next list has the same unknown person again; equal rows are numbered.
    """
    unknown = {
        name: [place for place, key in enumerate(columns[name]) if key == NOBODY]
        for name, column in source.columns.items()
        if column.type == "key" and name in cells
    }
    for name, places in unknown.items():
        seen: Counter[tuple[str, ...]] = Counter()
        others = [
            stored
            for other, column in source.columns.items()
            if (column.filled or other in source.rows.one_row_per) and other not in unknown
            for stored, _ in column.stored
        ]
        keys = [other for other in unknown if other != name]
        named = {other: frozenset(unknown[other]) for other in keys}
        for place in places:
            own = tuple(str(columns[other][place]) for other in others)
            own += tuple("" if place in named[o] else str(columns[o][place]) for o in keys)
            seen[own] += 1
            parts = (source.id, name, *own, str(seen[own]))
            columns[name][place] = nobody_in_particular(parts, secret)  # type: ignore[index]
        if places:
            yield places[0], name, _remark(source, name, cells, places, row_numbers)


def _remark(
    source: Source, name: str, cells: Cells, places: Sequence[int], row_numbers: Sequence[object]
) -> CellFinding:
    found = as_text(cells[name][places[0]])
    hidden = " Maak in Excel de kolom breder en bewaar opnieuw." if found.startswith("##") else ""
    advice = (
        f"Dit is niemand in het bijzonder. Het gaat om {rows_text(places, row_numbers)}; elke "
        f"regel telt als een eigen onbekende, ook in de volgende lijst.{hidden} Vul het nummer in "
        "als u het weet."
    )
    return CellFinding(shown(found), f"een eigen “{source.columns[name].label}”", advice, REMARK)
