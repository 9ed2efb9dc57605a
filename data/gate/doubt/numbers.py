"""Decimal points among decimal commas, thousands that Excel read as decimals, shares as parts."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from data.gate.columns import per_cell
from data.gate.convert import CellFinding
from data.gate.doubt.doubt import NOTHING_STORED, Cells, Doubt, Place, in_columns, rows_text
from data.gate.problem import shown
from data.gate.read import Value
from data.source import Column, Source

THOUSAND = 1000
PROOF, EITHER = "proof", "either"
# 1,234.50 and 0.5 have a point before the part behind the whole; 1,234 in euros must be thousands.
POINT_DECIMAL = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+)"
)
COMMA_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
EITHER_NUMBER = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
SMALL_PART = Decimal("0.1")  # 0,0193 (1,93%) is a usual share, 0,0193% is not
MOST_PERCENT = 2


def sign_doubts(
    source: Source, columns: Sequence[Column], cells: Cells, row_numbers: Sequence[object]
) -> Iterator[Doubt]:
    """The point as decimal sign in one cell, and "1,234" or "1.234" in another."""
    proofs: list[Place] = []
    either: list[Place] = []
    for column in columns:
        if column.decimal != ",":
            continue
        signs = per_cell(partial(_sign_in, column), cells[column.name])
        proofs += [(at, column.name) for at, sign in enumerate(signs) if sign == PROOF]
        either += [(at, column.name) for at, sign in enumerate(signs) if sign == EITHER]
    if not proofs or not either:
        return
    place, name = min(proofs)
    other, other_name = min(either)
    rows = sorted({at for at, _ in either})
    advice = (
        "Hier is de punt het decimaalteken of de komma het duizendtalteken. Dan is "
        f"“{shown(cells[other_name][other])}” op regel {row_numbers[other]} ook op twee manieren "
        f"te lezen. Dat geldt voor {rows_text(rows, row_numbers)}{in_columns(source, either)}. "
        f"Schrijf alle getallen zoals 1234,50 en lever opnieuw aan. {NOTHING_STORED}."
    )
    expected = "alle getallen van dit tabblad met een komma voor de decimalen"
    found = shown(cells[name][place])
    yield Doubt((place, name), CellFinding(found, expected, advice), frozenset((*proofs, *either)))


def _sign_in(column: Column, value: Value) -> str:
    """Whether a cell proves what its point or comma is, or can be read either way."""
    if not isinstance(value, str):
        return ""
    text = value.removesuffix("%").removeprefix("€").strip()
    whole = column.type in ("integer", "euro")
    if POINT_DECIMAL.fullmatch(text) or (whole and COMMA_THOUSANDS.fullmatch(text)):
        return PROOF
    return EITHER if EITHER_NUMBER.fullmatch(text) else ""


def thousand_doubts(
    column: Column, values: Sequence[Value], row_numbers: Sequence[object]
) -> Iterator[Doubt]:
    """1.234 as a number: Excel with a decimal point read "1.234" so, and "12.000" as 12."""
    if column.type not in ("integer", "euro"):
        return
    small = {
        place: value
        for place, value in enumerate(values)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 != abs(value) < 1000
    }
    behind = 1 if column.type == "integer" else 3  # a count has no decimals, so 1.2 was 1.200
    form = re.compile(rf"-?[1-9][0-9]{{0,2}}\.[0-9]{{{behind},3}}")
    proofs = [place for place, value in small.items() if form.fullmatch(repr(value))]
    if not proofs:
        return
    value = small[proofs[0]]
    one = f"{Decimal(repr(value)).normalize():f}".replace(".", ",")
    advice = (
        f"Is dit {round(value * THOUSAND)} of {one}? Excel kan de punt van de duizendtallen als "
        f"decimaalteken hebben gelezen; dan zijn ook de andere kleine getallen in deze kolom te "
        f"klein. Het gaat om {rows_text(list(small), row_numbers)}. Zet de kolom op Tekst, typ "
        f"de getallen zonder punt en lever opnieuw aan. {NOTHING_STORED}."
    )
    finding = CellFinding(one, "een getal dat maar één ding kan betekenen", advice)
    yield Doubt(
        (proofs[0], column.name), finding, frozenset((place, column.name) for place in small)
    )


def fraction_doubts(
    column: Column, values: Sequence[Value], row_numbers: Sequence[object]
) -> Iterator[Doubt]:
    """0.0193 beside 3.1: one column with shares that Excel shows as 1,93% and typed percentages."""
    if column.type != "percent":
        return
    numbers = {
        place: abs(Decimal(repr(value)))
        for place, value in enumerate(values)
        if isinstance(value, int | float) and not isinstance(value, bool) and value
    }
    parts = [place for place, number in numbers.items() if number <= 1]
    proofs = [at for at in parts if numbers[at] < SMALL_PART and numbers[at].as_tuple()[2] < -2]  # type: ignore[operator]  # a finite number
    if not proofs or max(numbers.values()) <= MOST_PERCENT:
        return
    number = numbers[proofs[0]]
    one, other = (f"{n.normalize():f}".replace(".", ",") for n in (number, number * 100))
    advice = (
        f"Is dit {one}% of {other}%? In deze kolom staan ook getallen boven de {MOST_PERCENT}, "
        f"dus het kan allebei. Het gaat om {rows_text(parts, row_numbers)}. Zet de kolom op Tekst, "
        f"typ de percentages zoals 1,93 en lever opnieuw aan. {NOTHING_STORED}."
    )
    finding = CellFinding(
        one, "percentages die allemaal op dezelfde manier zijn opgeslagen", advice
    )
    yield Doubt(
        (proofs[0], column.name), finding, frozenset((place, column.name) for place in parts)
    )
