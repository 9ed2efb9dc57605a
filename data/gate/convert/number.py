"""Numbers the Dutch way: a text that can mean two numbers is refused, never guessed."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from data.gate.convert.refused import MADE_A_DATE, RefusedCell
from data.gate.read import Value
from data.source import Column

DIGITS_BEHIND = {"integer": 0, "decimal": 6, "percent": 6, "euro": 2}
# What fits in BIGINT, DECIMAL(18,6) and DECIMAL(18,2).
LARGEST = {"integer": 2**63 - 1, "decimal": 10**12 - 1, "percent": 10**12 - 1, "euro": 10**16 - 1}
EXPECTED = {
    "integer": "een heel getal",
    "decimal": "een getal",
    "percent": "een percentage, zoals 1,93",
    "euro": "een bedrag in euro's met hoogstens twee cijfers achter de komma",
}
MOST_AS_FRACTION = 2  # 200 %
NOISE = Decimal("1e-9")


def read_number(value: Value, column: Column, factor: int = 1) -> int | Decimal:
    """A cell of an integer, decimal, percent or euro column.

    A number from Excel means what it is (rounded to what is stored). A text follows the signs that
    the column declares; "1.234,5" and "1.234.567" need no declaration, because they can mean one
    thing only. `factor` is 1000 for amounts in thousands. Raises Refused.
    """
    if isinstance(value, bool):
        raise RefusedCell(EXPECTED[column.type], "Vul een getal in.")
    if isinstance(value, date):
        raise RefusedCell(EXPECTED[column.type], MADE_A_DATE)
    if isinstance(value, int | float):
        return _stored(Decimal(repr(value)) * factor, column, exact=False)
    return _stored(_from_text(str(value), column) * factor, column, exact=True)


def may_be_fractions(cells: Iterable[Value]) -> bool:
    """Excel shows 0.0193 as 1,93% but stores the fraction; a reader cannot see which was meant.

    Numbers up to 2 in a column of percentages may be either, so the user is asked.
    """
    numbers = [abs(v) for v in cells if isinstance(v, int | float) and not isinstance(v, bool)]
    return 0 < max(numbers, default=0) <= MOST_AS_FRACTION


def fraction_advice(value: int | float) -> str:
    """The question what a small number in a column of percentages means."""
    number = Decimal(repr(value))
    as_is, times = (f"{part.normalize():f}".replace(".", ",") for part in (number, number * 100))
    return f"Bedoelt u {as_is}% of {times}%? Zet de kolom op Tekst en typ het zo."


def _from_text(text: str, column: Column) -> Decimal:
    number = text.replace("−", "-").replace("\u2007", " ").replace("\u202f", " ")
    if column.type == "percent":
        number = number.removesuffix("%").rstrip()
    if column.type == "euro":
        number = re.sub(r"^(-?)\s*(?:€|EUR)\s*", r"\1", number)
        number = re.sub(r",(?:-{1,2}|–|—)$", "", number)
    sign, other = column.decimal, "." if column.decimal == "," else ","
    if re.fullmatch(rf"[+-]?[0-9]+(?:{re.escape(sign)}[0-9]+)?", number):
        return Decimal(number.replace(sign, "."))
    thousands = column.thousands or other
    groups = rf"[+-]?[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}})"
    fraction = rf"(?:{re.escape(sign)}[0-9]+)"
    declared = column.thousands and re.fullmatch(rf"{groups}+{fraction}?", number)
    certain = re.fullmatch(rf"{groups}+{fraction}|{groups}{{2,}}", number)
    if declared or certain:
        return Decimal(number.replace(thousands, "").replace(sign, "."))
    raise RefusedCell(EXPECTED[column.type], _advice(number, column, other))


def _advice(number: str, column: Column, other: str) -> str:
    grouped = re.fullmatch(rf"[+-]?[1-9][0-9]{{0,2}}{re.escape(other)}[0-9]{{3}}", number)
    if grouped:
        whole, part = number.replace(other, ""), number.replace(other, column.decimal)
        return f"Bedoelt u {whole} of {part}? Schrijf het zo op."
    if re.fullmatch(rf"[+-]?[0-9]+{re.escape(other)}[0-9]+", number):
        return f"Schrijf {number.replace(other, column.decimal)}."
    if re.fullmatch(r"[<>≤≥]\s*[0-9]+", number):
        return "Vul het getal zelf in; dit teken is voor deze kolom niet afgesproken."
    if re.fullmatch(r"[0-9.,]+-|\([0-9.,]+\)", number):
        return "Zet een minteken vóór het getal."
    return "Vul alleen een getal in, zonder tekst erbij. Laat de cel leeg als u het niet weet."


def _stored(number: Decimal, column: Column, exact: bool) -> int | Decimal:
    """The number as it is stored. A text may not lose digits; a calculated Excel number may."""
    expected = EXPECTED[column.type]
    if not number.is_finite() or abs(number) > LARGEST[column.type]:
        raise RefusedCell(expected, "Het getal is te groot.")
    rounded = number.quantize(Decimal(1).scaleb(-DIGITS_BEHIND[column.type]), ROUND_HALF_UP)
    lost = abs(rounded - number)
    if lost and (exact or (column.type == "integer" and lost > NOISE)):
        few = "geen" if column.type == "integer" else f"hoogstens {DIGITS_BEHIND[column.type]}"
        raise RefusedCell(expected, f"Er mogen {few} cijfers achter de komma staan.")
    return int(rounded) if column.type == "integer" else rounded
