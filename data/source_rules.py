"""What a source definition may say: the allowed words, and the rules between them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from data.plain import plain, plain_value
from data.toml_table import one_of

if TYPE_CHECKING:
    from data.source import Column, DeliveryRules, Source

NUMBERS = ("integer", "decimal", "percent", "euro")
DATES = ("date", "birth_date")
PERIOD_CHOICES = ("kwartaal", "schooljaar", "kalenderjaar", "none")
SPANS = ("period", "school_year", "all")
SCOPES = ("swv", "boards", "locations")
DECIMAL_SIGNS = (",", ".")
THOUSANDS_SIGNS = ("", ".", ",", " ", "'")
KNOWN = ("", "location", "board")
RESERVED = ("delivery_id", "sheet", "row_number", "row_id")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def delivery_errors(rules: "DeliveryRules") -> Iterator[str]:
    """What is wrong with [delivery]."""
    if rules.period == "none" and rules.period_required:
        yield 'period_required = true does not go with period = "none"'
    if rules.counted_on and not re.fullmatch(r"(0[1-9]|1[0-2])-[0-3]\d", rules.counted_on):
        yield f'counted_on is "{rules.counted_on}"; give a day as "10-01"'
    if rules.counted_on and rules.period != "schooljaar":
        yield 'counted_on goes with period = "schooljaar" only'
    for month in rules.expected:
        if not re.fullmatch(r"0[1-9]|1[0-2]", month):
            yield f'expected holds "{month}"; give months as "01" to "12"'


def column_errors(column: "Column") -> Iterator[str]:
    """What is wrong with one column."""
    if not NAME.fullmatch(column.name) or column.name in RESERVED:
        yield f'"{column.name}" cannot be the name of a column'
    if not plain(column.label):
        yield f'label "{column.label}" holds no letter or digit'
    if (column.type == "category") != bool(column.values):
        yield '[values] belongs to type = "category", and only to that'
    if column.marks and column.type not in NUMBERS:
        yield f"marks go with {', '.join(NUMBERS)} only, not with {column.type}"
    if column.type in NUMBERS and column.decimal == column.thousands:
        yield f'"{column.decimal}" cannot be both the decimal and the thousands sign'
    for key, value in (("pattern", column.pattern), ("max_length", column.max_length)):
        if value and column.type != "text":
            yield f'{key} goes with type = "text" only'
    if column.optional_cell and not column.required:
        yield "optional_cell goes with required = true only"
    yield from _limit_errors(column)
    yield from _spelling_errors(column)
    try:
        re.compile(column.pattern)
    except re.error as error:
        yield f'pattern "{column.pattern}" is not a regular expression: {error}'


def source_errors(source: "Source") -> Iterator[str]:
    """What is wrong with a source as a whole: between its columns, [delivery] and [rows]."""
    if not NAME.fullmatch(source.id):
        yield f'folder name "{source.id}" must be lower case letters, digits and _'
    if not any(column.required for column in source.columns.values()):
        yield "at least one column must be required, or nothing recognises the source"
    for key, name in _mentioned(source):
        if name and name not in source.columns:
            yield f'{key} names column "{name}", which {one_of(name, source.columns)}'
    for pair in source.after:
        types = {source.columns[name].type for name in pair if name in source.columns}
        if len(pair) != 2 or not types <= {"date"}:
            yield f"[rows] after must hold pairs of date columns: {list(pair)}"
    yield from _shared_names(source)


def _mentioned(source: "Source") -> Iterator[tuple[str, str]]:
    yield "[delivery] period_column", source.delivery.period_column
    yield "[delivery] covers_by", source.delivery.covers_by
    for name in source.one_row_per:
        yield "[rows] one_row_per", name
    for pair in source.after:
        for name in pair:
            yield "[rows] after", name


def _shared_names(source: "Source") -> Iterator[str]:
    """Two columns must not claim the same header, nor the same stored name."""
    headers: dict[str, str] = {}
    stored: dict[str, str] = {}
    for name, column in source.columns.items():
        for header in column.headers:
            first = headers.setdefault(plain(header), name)
            if first != name:
                yield f'header "{header}" belongs to both {first} and {name}'
        for stored_name, _ in column.stored:
            first = stored.setdefault(stored_name, name)
            if first != name:
                yield f'stored column "{stored_name}" comes from both {first} and {name}'


def _limit_errors(column: "Column") -> Iterator[str]:
    wanted: tuple[type, ...] = ()
    if column.type in NUMBERS:
        wanted = (int, Decimal)
    elif column.type in DATES:
        wanted = (date,)
    low: Any = column.minimum
    high: Any = column.maximum
    for key, limit in (("minimum", low), ("maximum", high)):
        if limit is not None and type(limit) not in wanted:
            yield f"{key} = {limit} does not go with type {column.type}"
            return
    if low is not None and high is not None and low > high:
        yield f"minimum {low} is above maximum {high}"


def _spelling_errors(column: "Column") -> Iterator[str]:
    taken: dict[str, str] = {}
    for code, spellings in column.values.items():
        for spelling in spellings:
            first = taken.setdefault(plain_value(spelling), code)
            if first != code:
                yield f'spelling "{spelling}" stands for both {first} and {code}'
