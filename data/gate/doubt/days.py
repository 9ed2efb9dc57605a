"""Dates with the month first among dates with the day first."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from data.gate.convert import CellFinding
from data.gate.convert.day import NUMERIC_DAY, TIME
from data.gate.convert.refused import as_text, dutch_date
from data.gate.doubt.doubt import NOTHING_STORED, Cells, Doubt, Place, in_columns, rows_text
from data.gate.problem import shown
from data.gate.read import Value
from data.source import Source

SHORT_OR_LONG = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(?:\d{{4}}|\d{{2}}){TIME}")


def day_doubts(source: Source, cells: Cells, row_numbers: Sequence[object]) -> Iterator[Doubt]:
    """Month first, proven by a 13th month; or slashes while no day above 12 says what is first."""
    month_first: list[Place] = []
    either: list[Place] = []
    slashed: list[Place] = []
    proven = False
    if not any(_is_telling(value) for values in cells.values() for value in set(values)):
        return
    for name, values in cells.items():
        made = _made_by_excel(values)
        for place, value in enumerate(values):
            parts = _parts(value)
            first, second = parts[:2] if parts else (0, 0)
            if _is_month_first(value):
                month_first.append((place, name))
            elif first > 12:
                proven |= parts[2] == "/"
            elif first and first != second:
                either.append((place, name))
                slashed += [(place, name)] if parts[2] == "/" else []
            elif place in made:
                either.append((place, name))
    if month_first and either:
        texts = (
            "alle datums van dit tabblad met de dag eerst",
            "Hier staat de maand vooraan. Ook",
        )
        yield _doubt(source, cells, month_first, either, row_numbers, texts)
    elif slashed and not proven and not month_first:
        texts = (
            "een datum waarvan zeker is wat de dag is en wat de maand",
            "Met schuine strepen kan de maand vooraan staan, en geen datum in dit tabblad laat "
            "zien hoe het hier is:",
        )
        yield _doubt(source, cells, slashed[:1], slashed, row_numbers, texts)


def _is_telling(value: Value) -> bool:
    """A date by which others come in doubt; nearly every list has none."""
    return _is_month_first(value) or _parts(value)[2] == "/"


def _is_month_first(value: Value) -> bool:
    """A thirteenth month proves it, also in a date that is refused for its short year."""
    match = SHORT_OR_LONG.fullmatch(value.strip()) if isinstance(value, str) else None
    return bool(match) and 0 < int(match[1]) <= 12 < int(match[3]) <= 31  # type: ignore[index]


def _made_by_excel(values: Sequence[Value]) -> frozenset[int]:
    """Where a real date may be one that Excel swapped.

    Excel that expects the day first swaps 09/04 and leaves 09/13 a text, so among dates that it
    swapped no day is above 12.
    """
    days = {place: value for place, value in enumerate(values) if isinstance(value, date)}
    if any(day.day > 12 for day in days.values()):
        return frozenset()
    return frozenset(place for place, day in days.items() if day.day != day.month)


def _parts(value: Value) -> tuple[int, int, str]:
    match = NUMERIC_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return (int(match[1]), int(match[3]), match[2]) if match else (0, 0, "")


def _doubt(
    source: Source,
    cells: Cells,
    proofs: Sequence[Place],
    either: Sequence[Place],
    row_numbers: Sequence[object],
    texts: tuple[str, str],
) -> Doubt:
    """The doubt about days, told with the first cell that has two readings."""
    expected, why = texts
    rows = sorted({place for place, _ in either})
    place, name = min(either)
    advice = (
        f"{why} {_two_days(cells[name][place], row_numbers[place])}. Dat geldt voor "
        f"{rows_text(rows, row_numbers)}{in_columns(source, either)}. Schrijf alle datums zoals "
        f"04-09-2023 (dag-maand-jaar) en lever opnieuw aan. {NOTHING_STORED}."
    )
    proof = min(proofs)
    found = shown(as_text(cells[proof[1]][proof[0]]))
    return Doubt(proof, CellFinding(found, expected, advice), frozenset((*proofs, *either)))


def _two_days(value: Value, row: object) -> str:
    if isinstance(value, date):
        other = date(value.year, value.day, value.month)
        return f"{dutch_date(value)} (regel {row}) kan {dutch_date(other)} zijn"
    first, second, _ = _parts(value)
    year = NUMERIC_DAY.fullmatch(str(value).strip())[4]  # type: ignore[index]  # it matched before
    one, other_day = (f"{d:02}-{m:02}-{year}" for d, m in ((first, second), (second, first)))
    return f"“{shown(value)}” (regel {row}) kan {one} of {other_day} zijn"
