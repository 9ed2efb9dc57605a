"""Turn the cells of one column into values, by what the source declares and never by guessing."""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from data.gate.columns import per_cell
from data.gate.convert.code import (
    BOARD,
    BRANCH,
    BRIN,
    LOCATION,
    MUNICIPALITY,
    read_board,
    read_branch,
    read_brin,
    read_known_location,
    read_location,
    read_municipality,
    school_name,
)
from data.gate.convert.day import EXPECTED as DAY
from data.gate.convert.day import read_day
from data.gate.convert.nearest import Nearest
from data.gate.convert.nobody import is_nobody
from data.gate.convert.number import EXPECTED as NUMBER
from data.gate.convert.number import fraction_advice, may_be_fractions, read_number
from data.gate.convert.period import (
    PERIOD,
    SCHOOL_YEAR,
    days_in_text,
    periods_in_text,
    read_period,
    read_school_year,
)
from data.gate.convert.quarter import half_said
from data.gate.convert.refused import RefusedCell, as_text, dutch_date
from data.gate.convert.word import (
    BOOLEAN,
    KEY,
    TEXT,
    category_codes,
    read_boolean,
    read_category,
    read_key,
    read_text,
)
from data.gate.problem import ERROR, REMARK, shown
from data.gate.read import CellError, Value
from data.privacy import (
    PLAIN_KEY,
    compulsory_until,
    masked,
    pseudonym_of_plain,
    qualification_until,
)
from data.source import Column

__all__ = [
    "ColumnConverter",
    "CellFinding",
    "KnownCodes",
    "NOBODY",
    "as_text",
    "days_in_text",
    "half_said",
    "meant",
    "periods_in_text",
    "school_name",
]

EXPECTED = NUMBER | {
    "text": TEXT,
    "date": DAY,
    "birth_date": DAY,
    "boolean": BOOLEAN,
    "category": "een van de afgesproken waarden",
    "school_year": SCHOOL_YEAR,
    "period": PERIOD,
    "key": KEY,
    "location_code": LOCATION,
    "brin": BRIN,
    "branch": BRANCH,
    "board_code": BOARD,
    "municipality_code": MUNICIPALITY,
}
READERS: dict[str, Callable[[Value], Any]] = {
    "date": read_day,
    "birth_date": read_day,
    "boolean": read_boolean,
    "school_year": read_school_year,
    "period": read_period,
    "location_code": read_location,
    "brin": read_brin,
    "branch": read_branch,
    "board_code": read_board,
    "municipality_code": read_municipality,
}
# What Excel writes in a csv file for a formula without an outcome, in Dutch and in English.
ERROR_TEXT = re.compile(
    r"#(?:N/A|N/B|REF!|VERW!|WAARDE!|VALUE!|DIV/0!|DEEL/0!|NAAM\?|NAME\?|GETAL!|NUM!|NULL!|LEEG!)"
)
LONGEST_CELL = 1_000  # signs; no name or remark that is asked for is longer
SHORTER = "hoogstens 1.000 tekens"
NOBODY = ""  # the row says who it is: see data.gate.nobody


@dataclass(frozen=True)
class KnownCodes:
    """Codes that exist; a column that declares `known` holds one of these. Empty: not checked.

    `named` gives per name of a location (as `school_name` writes it) the codes that have it.
    `keys` gives the codes of persons and cases in earlier deliveries; rarely asked, so read late.
    """

    locations: frozenset[str] = frozenset()
    boards: frozenset[str] = frozenset()
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    keys: Callable[[], Collection[str]] = frozenset

    def codes(self, kind: str) -> frozenset[str]:
        """The codes for a column's `known`: "location", "board" or "" (none)."""
        return {"location": self.locations, "board": self.boards}.get(kind, frozenset())

    def school(self, text: str) -> str:
        """The code of the one known location with this code or name; "" when there is not one."""
        try:
            code = read_known_location(text, self.named)
        except RefusedCell:
            return ""
        return code if code in self.locations else ""


@dataclass(frozen=True)
class CellFinding:
    """What is wrong with a cell. A remark ("let op") has values all the same."""

    found: str
    expected: str
    advice: str
    severity: str = ERROR
    values: tuple[Any, ...] = ()


class ColumnConverter:
    """Converts the cells of one column; each different cell once."""

    def __init__(
        self,
        column: Column,
        secret: bytes,
        known: KnownCodes | None = None,
        period_end: date | None = None,
        factor: int = 1,
    ) -> None:
        self._years = plausible_years(column, period_end)
        self.column = column
        codes = known or KnownCodes()
        self._read = _reader(column, secret, factor, codes)
        self._missing = {_sign(sign) for sign in column.missing}
        self._marks = {_sign(mark): mark for mark in column.marks}
        self._known = codes.codes(column.known)
        self._nearest = Nearest(self._known, 0.8)
        self._fractions = False
        # most keys are plain, and every row has another one: those take the short way
        self._plain_secret = secret if column.type == "key" and not column.missing else b""

    def convert(self, cells: Sequence[Value]) -> list[tuple[Any, ...] | CellFinding]:
        """The cells of the whole column, each as its stored values or as a Finding.

        The values are in the order of `column.stored`.
        """
        self._fractions = self.column.type == "percent" and may_be_fractions(cells)
        return per_cell(self._converted, cells)

    def _converted(self, value: Value) -> tuple[Any, ...] | CellFinding:
        if self._plain_secret and isinstance(value, str) and PLAIN_KEY.fullmatch(value):
            return (pseudonym_of_plain(value, self._plain_secret),)
        try:
            return self._values(value)
        except RefusedCell as refused:
            text = as_text(value) if value is not None else ""
            found = masked(text) if refused.personal else shown(text)
            return CellFinding(found, refused.expected, refused.advice)

    def _values(self, value: Value) -> tuple[Any, ...] | CellFinding:
        column = self.column
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            advice = "Kort de tekst in, of laat de cel leeg als dat mag."
            raise RefusedCell(SHORTER, advice, personal=column.type == "key")
        if column.type == "key" and is_nobody(value):
            return (NOBODY,)
        if _is_error(value):
            advice = "Deze formule geeft geen uitkomst. Herstel de formule of vul de waarde in."
            raise RefusedCell(EXPECTED[column.type], advice)
        signs = self._missing or self._marks
        sign = _sign(as_text(value)) if signs and value is not None else ""
        if value is None or sign in self._missing:
            if column.filled:
                raise RefusedCell(EXPECTED[column.type], _empty_advice(column))
            return (None,) * len(column.stored)
        if sign in self._marks:
            return (None, self._marks[sign])
        if self._fractions and isinstance(value, int | float) and value:
            raise RefusedCell(EXPECTED["percent"], fraction_advice(value))
        return self._finish(self._checked(self._read(value)))

    def _checked(self, value: Any) -> Any:  # noqa: ANN401 the type depends on the column
        column = self.column
        low, high = column.minimum, column.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise RefusedCell(_between(low, high), _outside_advice(low, value))
        if self._years and value.year not in self._years:
            raise RefusedCell(*self._implausible())
        if self._known and value not in self._known:
            raise RefusedCell("een code die in de lijst van locaties staat", self._meant(value))
        return value

    def _implausible(self) -> tuple[str, str]:
        expected = f"een datum in de jaren {self._years[0]} tot en met {self._years[-1]}"
        if self.column.optional_cell:
            return expected, "Kijk het jaar na. Laat de cel leeg als er nog geen einde is."
        return expected, "Kijk het jaar na, en of de gekozen periode klopt."

    def _finish(self, value: Any) -> tuple[Any, ...] | CellFinding:  # noqa: ANN401
        if self.column.type == "birth_date":
            return (compulsory_until(value), qualification_until(value))
        values = (value, None) if self.column.marks else (value,)
        if self.column.type == "text" and "\ufffd" in value:
            advice = "Er is een letter verloren gegaan. Kijk hoe de tekst in de bron staat."
            return CellFinding(shown(value), "een leesbare tekst", advice, REMARK, values)
        return values

    def _meant(self, value: str) -> str:
        advice = "Verbeter de code, of lever eerst een nieuwe lijst van locaties aan."
        return f"{meant(value, self._nearest)}{advice}"


def meant(code: str, nearest: Callable[[str], str]) -> str:
    """The question whether the nearest known code was meant; "" when none is near."""
    near = nearest(code)
    return f"Bedoelt u {near}? " if near else ""


def _empty_advice(column: Column) -> str:
    above = " Betekent leeg “zoals erboven”, herhaal dat dan op elke regel."
    unknown = " Weet u het nummer niet, vul dan onbekend in."
    return (
        f"Vul deze cel in.{above if column.type in ('key', 'location_code') else ''}"
        f"{unknown if column.type == 'key' else ''}"
    )


def plausible_years(column: Column, period_end: date | None) -> range:
    """The years a date of this column can fall in; empty when nothing is known about that."""
    if not column.years or period_end is None:
        return range(0)
    first, last = column.years
    return range(period_end.year + first, period_end.year + last + 1)


def _reader(
    column: Column, secret: bytes, factor: int, known: KnownCodes
) -> Callable[[Value], Any]:
    if column.type in NUMBER:
        return partial(read_number, column=column, factor=factor)
    if column.type == "text":
        return partial(read_text, column=column)
    if column.type == "category":
        codes = category_codes(column)
        return partial(read_category, column=column, codes=codes, nearest=Nearest(codes, 0.6))
    if column.type == "key":
        return partial(read_key, secret=secret, stored=known.keys)
    if column.type == "location_code" and column.known == "location":
        return partial(read_known_location, named=known.named)
    return READERS[column.type]


def _is_error(value: Value) -> bool:
    """A formula without an outcome, as a cell or as the text a csv file has for it."""
    if isinstance(value, str):
        return value.startswith("#") and bool(ERROR_TEXT.fullmatch(value))
    return isinstance(value, CellError) or (isinstance(value, float) and not math.isfinite(value))


def _sign(text: str) -> str:
    """A mark or sign without spaces and capitals: "< 5" is "<5"."""
    return "".join(text.split()).casefold()


def _outside_advice(low: Any, value: Any) -> str:  # noqa: ANN401 numbers or dates
    if low == 0 and value < 0:
        return "Een minteken kan hier niet. Kijk na hoe het bedrag of aantal bedoeld is."
    return "Kijk de waarde na."


def _between(low: Any, high: Any) -> str:  # noqa: ANN401 numbers or dates
    kind = "een datum" if isinstance(low if low is not None else high, date) else "een getal"
    if low is None:
        return f"{kind} van hoogstens {_dutch(high)}"
    if high is None:
        return f"{kind} van minstens {_dutch(low)}"
    return f"{kind} van {_dutch(low)} tot en met {_dutch(high)}"


def _dutch(limit: Any) -> str:  # noqa: ANN401 numbers or dates
    return dutch_date(limit) if isinstance(limit, date) else str(limit).replace(".", ",")
