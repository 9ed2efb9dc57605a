"""Two names for one code in the same list: figures show one of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from data.gate.convert import CellFinding
from data.gate.problem import REMARK
from data.gate.row_rules import Columns
from data.source import OneName, Source


def name_findings(
    source: Source, columns: Columns, row_numbers: Sequence[object]
) -> Iterator[tuple[int, str, CellFinding]]:
    """The first row of every other name, with the name that counts: (place, column, finding)."""
    rule = source.rows.one_name
    if not rule:
        return
    rows: dict[str, list[int]] = {}
    for place, (code, name) in enumerate(zip(columns[rule.of], columns[rule.name], strict=True)):
        if code is not None and name is not None:
            rows.setdefault(code, []).append(place)
    for code, places in rows.items():
        counts = _that_counts(rule, columns, places)
        used = columns[rule.name][counts]
        told = {used}
        for place in places:
            name = columns[rule.name][place]
            if name not in told:
                told.add(name)
                expected = f"“{used}”, de naam van {code} op regel {row_numbers[counts]}"
                advice = f"De monitor gebruikt “{used}”. Is dat niet goed, verbeter dan die naam."
                yield place, rule.name, CellFinding(name, expected, advice, REMARK)


def _that_counts(rule: OneName, columns: Columns, places: Sequence[int]) -> int:
    """The row whose name the table of organisations has."""
    by_then = sorted(places, key=lambda place: str(columns[rule.then][place]))
    return max(
        by_then,
        key=lambda place: (
            columns[rule.end][place] or date.max,
            columns[rule.start][place] or date.min,
        ),
    )
