"""What an import file must look like: the folders under data/sources/ as frozen dataclasses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from data.plain import plain
from data.strict import DERIVED, NAMED, nearest

SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,6)",
    "percent": "DECIMAL(18,6)",
    "euro": "DECIMAL(18,2)",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "category": "VARCHAR",
    "school_year": "VARCHAR",
    "period": "VARCHAR",
    "key": "VARCHAR",
    "birth_date": "DATE",
    "location_code": "VARCHAR",
    "brin": "VARCHAR",
    "branch": "VARCHAR",
    "board_code": "VARCHAR",
    "municipality_code": "VARCHAR",
}
NUMBERS = ("integer", "decimal", "percent", "euro")
Sign = Literal[",", "."]
Thousands = Literal["", ".", ",", " ", "'"]


# The only mark there can be for a number that is not told, and the most that can stand behind it;
# the tables count with the same four.
FEW, MOST_OF_FEW = "<5", 4


@dataclass(frozen=True)
class Column:
    """One column of a source: how it is recognised, what a cell may hold, how it is stored.

    `headers` are the accepted headers in order of preference, the label first. `decimal` and
    `thousands` are the signs in text cells. `values` maps the code of a category to its accepted
    spellings, the preferred one first and the code itself last. `marks` are signs kept in a column
    of their own; `missing` signs mean "not known". `years` are the first and the last year that a
    date can fall in, counted from the year in which the period of the delivery ends. `steady` are
    two numbers: from how much on a number is held against the ones before of the same thing, and
    how many times as much or as little is usual; more when its own history shows more.
    """

    name: str = field(metadata=NAMED)
    label: str
    type: str
    headers: tuple[str, ...] = ()
    required: bool = False
    optional_cell: bool = False
    decimal: Sign = ","
    thousands: Thousands = ""
    minimum: int | Decimal | date | None = None
    maximum: int | Decimal | date | None = None
    years: tuple[int, ...] = ()
    steady: tuple[int, ...] = ()
    pattern: str = ""
    max_length: int | None = None
    marks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    known: Literal["", "location", "board"] = ""
    note: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wrong_parts(self) -> Iterator[str]:
        """Whether its type exists; the rest, which leans on that, is in data.source_rules."""
        if self.type not in SQL_TYPES:
            yield f"type '{self.type}' bestaat niet.{nearest(self.type, SQL_TYPES)}"

    @cached_property
    def plain_headers(self) -> tuple[str, ...]:
        """The accepted headers as they are compared."""
        return tuple(dict.fromkeys(map(plain, self.headers)))

    @property
    def filled(self) -> bool:
        """Every cell must hold something."""
        return self.required and not self.optional_cell

    @property
    def stored(self) -> tuple[tuple[str, str], ...]:
        """The columns this becomes in a delivery: (name, SQL type)."""
        sql_type = SQL_TYPES[self.type]
        if self.type == "birth_date":
            return (
                (f"{self.name}_compulsory_until", sql_type),
                (f"{self.name}_qualification_until", sql_type),
            )
        if self.marks:
            return ((self.name, sql_type), (f"{self.name}_mark", "VARCHAR"))
        return ((self.name, sql_type),)


@dataclass(frozen=True)
class DeliveryRules:
    """What one delivery of a source covers; see the keys of [delivery] in source.toml.

    dated_by: the date column that says when a row came about; no row can be from after the period.
    school_types: the kinds of school it can speak of, empty is all.
    counted_on ("mm-dd"): the publisher names a file after the year of this count day, so a bare
    year in a file name means the school year that holds it.
    """

    period: Literal["kwartaal", "schooljaar", "kalenderjaar", "none"]
    period_required: bool = False
    period_column: str = ""
    counted_on: str = ""
    spans: Literal["period", "school_year", "all"] = "period"
    covers_by: str = ""
    dated_by: str = ""
    school_types: tuple[str, ...] = ()
    scope: Literal["swv", "boards", "locations"] = "swv"
    expected: tuple[str, ...] = ()

    def wrong_parts(self) -> Iterator[str]:
        """What cannot be right, as Dutch sentences."""
        if self.period == "none" and self.period_required:
            yield "period_required = true past niet bij period = 'none'."
        if self.counted_on and not re.fullmatch(r"(0[1-9]|1[0-2])-[0-3]\d", self.counted_on):
            yield f"counted_on is '{self.counted_on}'; schrijf een dag zo: 10-01."
        if self.counted_on and self.period != "schooljaar":
            yield "counted_on hoort alleen bij period = 'schooljaar'."
        for month in self.expected:
            if not re.fullmatch(r"0[1-9]|1[0-2]", month):
                yield f"expected noemt '{month}'; schrijf een maand als 01 tot en met 12."


@dataclass(frozen=True)
class FileRules:
    """[file]: the name of the sheet ("" is the label of the source), and the signs in numbers."""

    title: str = ""
    decimal: Sign = ","
    thousands: Thousands = ""


@dataclass(frozen=True)
class OneAtATime:
    """Rows of the same `of` whose days overlap: with `question` (Dutch) it is asked which counts.

    differs: only rows that differ in this column; last_day_counts: who stops on the day another
    row starts is there twice; open_start: without a first day it was always so; refused: not
    stored until it is solved, and then `question` is what to do. either: a column and two of its
    codes that cannot both be true of one person at once: that is a question of its own, and the
    other one is only about rows that are alike in this column.
    """

    of: str
    start: str
    end: str
    question: str
    differs: str = ""
    last_day_counts: bool = False
    open_start: bool = False
    refused: bool = False
    either: tuple[str, ...] = ()


@dataclass(frozen=True)
class Younger:
    """On the day `on` a person is younger `than` this many years, when `when` holds a value."""

    birth: str
    on: str
    than: int
    when: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class OneName:
    """What has the same code in column `of` has one `name`; told when a list gives it two.

    The name counts of the row that lasts longest (`end`), then of the one that began last
    (`start`), then of the first in order of `then`.
    """

    of: str
    name: str
    start: str
    end: str
    then: str


@dataclass(frozen=True)
class Merger:
    """A school (column `of`) that ended on the day `end` and goes on as the school named in `into`.

    What is named must be in the same list or in the newest one before it, be open by then, and lead
    back to no school on the way.
    """

    of: str
    into: str
    end: str


@dataclass(frozen=True)
class RowRules:
    """[rows]. What holds between the cells of a row.

    one_row_per: columns that together name a row; after: (later, earlier) dates; part_of: (part,
    whole) counts; flow: (stock at the end, new, ended), where nobody can start below zero.
    complete: the category of which a location must have a row for every code, also when it is 0;
    without one of them its numbers do not count. ends_by: the date column that says a row has
    ended; a row without it is still open, so it must be on the next list too.
    empty_when: (column, other column, code): the cell may be empty in rows of that code, and in no
    other row. beside: the category of which every code has figures of its own (provisional and
    final): a list with another code does not replace them. A row without one has the first.
    """

    one_row_per: tuple[str, ...] = ()
    ends_by: str = ""
    complete: str = ""
    after: tuple[tuple[str, str], ...] = ()
    part_of: tuple[tuple[str, str], ...] = ()
    flow: tuple[str, ...] = ()
    one_at_a_time: OneAtATime | None = None
    merger: Merger | None = None
    one_name: OneName | None = None
    younger: Younger | None = None
    empty_when: tuple[tuple[str, str, str], ...] = ()
    beside: str = ""
    ignore_totals: bool = True

    @property
    def either(self) -> OneAtATime | None:
        """The rule about two kinds that exclude each other, if there is one."""
        return self.one_at_a_time if self.one_at_a_time and self.one_at_a_time.either else None

    @property
    def asked_which(self) -> OneAtATime | None:
        """The rule by which it is asked which of two rows counts, when there is one."""
        return None if self.one_at_a_time and self.one_at_a_time.refused else self.one_at_a_time


@dataclass(frozen=True)
class Source:
    """A kind of file that can be imported: one folder under data/sources/."""

    id: str = field(metadata=DERIVED)
    label: str
    publisher: str
    topic: str
    purpose: str
    retention_years: int
    version: int
    delivery: DeliveryRules
    columns: Mapping[str, Column] = field(metadata=DERIVED)
    file: FileRules = FileRules()
    rows: RowRules = RowRules()

    @property
    def title(self) -> str:
        """The name of the sheet in the template, by which a sheet is recognised."""
        return self.file.title or self.label

    @cached_property
    def plain_headers(self) -> frozenset[str]:
        """Every header that one of the columns accepts, as they are compared."""
        return frozenset(name for column in self.columns.values() for name in column.plain_headers)

    @property
    def stored_keys(self) -> tuple[str, ...]:
        """The stored columns that together name a row."""
        return tuple(name for key in self.rows.one_row_per for name, _ in self.columns[key].stored)

    @cached_property
    def steady(self) -> tuple[Column, ...]:
        """The numbers that are held against the ones before."""
        return tuple(column for column in self.columns.values() if column.steady)

    @property
    def told_at(self) -> str:
        """Of what names a row, the column that says over which moment or period it is; or ""."""
        dated = (name for name in self.rows.one_row_per if self.columns[name].type == "date")
        return self.delivery.period_column or next(dated, "")

    @property
    def stored(self) -> dict[str, str]:
        """The columns of a delivery of this source, in order: name → SQL type."""
        return {name: kind for column in self.columns.values() for name, kind in column.stored}
