"""What an import file must look like: the folders under data/sources/, loaded and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from data.plain import plain
from data.source_rules import (
    DECIMAL_SIGNS,
    KNOWN,
    PERIOD_CHOICES,
    SCOPES,
    SPANS,
    SQL_TYPES,
    THOUSANDS_SIGNS,
    column_errors,
    delivery_errors,
    source_errors,
)
from data.toml_table import TomlTable

SOURCES = Path(__file__).parent / "sources"


class SourceError(ValueError):
    """The definitions of sources hold errors; `errors` lists all of them, for all folders."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("Errors in the source definitions:\n" + "\n".join(errors))
        self.errors = tuple(errors)


@dataclass(frozen=True)
class Column:
    """One column of a source: how it is recognised, what a cell may hold, how it is stored.

    `headers` are the accepted headers in order of preference, the label first. `decimal` and
    `thousands` are the signs in text cells. `values` maps the code of a category to its accepted
    spellings, the preferred one first and the code itself last. `marks` are signs kept in a column
    of their own; `missing` signs mean "not known".
    """

    name: str
    label: str
    type: str
    headers: tuple[str, ...]
    required: bool = False
    optional_cell: bool = False
    decimal: str = ","
    thousands: str = ""
    minimum: int | Decimal | date | None = None
    maximum: int | Decimal | date | None = None
    pattern: str = ""
    max_length: int | None = None
    marks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    known: str = ""
    note: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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

    counted_on ("mm-dd"): the publisher names a file after the year of this count day, so a bare
    year in a file name means the school year that holds it.
    """

    period: str = "none"
    period_required: bool = False
    period_column: str = ""
    counted_on: str = ""
    spans: str = "period"
    covers_by: str = ""
    scope: str = "swv"
    expected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A kind of file that can be imported: one folder under data/sources/."""

    id: str
    label: str
    publisher: str
    topic: str
    purpose: str
    retention_years: int
    version: int
    delivery: DeliveryRules
    title: str
    columns: Mapping[str, Column]
    one_row_per: tuple[str, ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    ignore_totals: bool = True

    @cached_property
    def plain_headers(self) -> frozenset[str]:
        """Every header that one of the columns accepts, as they are compared."""
        return frozenset(name for column in self.columns.values() for name in column.plain_headers)

    @property
    def stored(self) -> dict[str, str]:
        """The columns of a delivery of this source, in order: name → SQL type."""
        return {name: kind for column in self.columns.values() for name, kind in column.stored}


def load_sources(folder: Path = SOURCES) -> dict[str, Source]:
    """All sources, by id, in alphabetical order.

    Raises SourceError with the errors of all folders together.
    """
    errors: list[str] = []
    sources = {}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "_")):
            source = _load(path, errors)
            if source:
                sources[source.id] = source
    if errors:
        raise SourceError(errors)
    return sources


def _load(folder: Path, errors: list[str]) -> Source | None:
    where = f"{folder.name}/source.toml"
    try:
        content = tomllib.loads(
            (folder / "source.toml").read_text(encoding="utf-8"), parse_float=Decimal
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        errors.append(f"{where}: cannot be read: {error}")
        return None
    return _source(folder.name, TomlTable(content, where, errors))


def _source(source_id: str, table: TomlTable) -> Source:
    file, rows = table.table("file"), table.table("rows")
    decimal = file.text("decimal", ",", DECIMAL_SIGNS)
    thousands = file.text("thousands", "", THOUSANDS_SIGNS)
    label = table.text("label")
    columns = {
        name: _column(name, column, decimal, thousands)
        for name, column in table.table("columns", required=True).tables().items()
    }
    source = Source(
        id=source_id,
        label=label,
        publisher=table.text("publisher"),
        topic=table.text("topic"),
        purpose=table.text("purpose"),
        retention_years=table.whole("retention_years"),
        version=table.whole("version"),
        delivery=_delivery(table.table("delivery", required=True)),
        title=file.text("title", label),
        columns=columns,
        one_row_per=rows.texts("one_row_per"),
        after=rows.lists("after"),  # type: ignore[arg-type]  # pairs, checked below
        ignore_totals=rows.yes_no("ignore_totals", True),
    )
    for part in (file, rows, table):
        part.close()
    table.errors_found(source_errors(source))
    return source


def _delivery(table: TomlTable) -> DeliveryRules:
    period = table.text("period", choices=PERIOD_CHOICES)
    rules = DeliveryRules(
        period=period,
        period_required=table.yes_no("period_required", period != "none"),
        period_column=table.text("period_column", ""),
        counted_on=table.text("counted_on", ""),
        spans=table.text("spans", "period", SPANS),
        covers_by=table.text("covers_by", ""),
        scope=table.text("scope", "swv", SCOPES),
        expected=table.texts("expected"),
    )
    table.errors_found(delivery_errors(rules))
    table.close()
    return rules


def _column(name: str, table: TomlTable, decimal: str, thousands: str) -> Column:
    label = table.text("label")
    limits = (int, Decimal, date)
    column = Column(
        name=name,
        label=label,
        type=table.text("type", choices=SQL_TYPES),
        headers=tuple(dict.fromkeys((label, *table.texts("headers")))),
        required=table.yes_no("required", False),
        optional_cell=table.yes_no("optional_cell", False),
        decimal=table.text("decimal", decimal, DECIMAL_SIGNS),
        thousands=table.text("thousands", thousands, THOUSANDS_SIGNS),
        minimum=table.any_of("minimum", limits),
        maximum=table.any_of("maximum", limits),
        pattern=table.text("pattern", ""),
        max_length=table.whole("max_length", None),
        marks=table.texts("marks"),
        missing=table.texts("missing"),
        known=table.text("known", "", KNOWN),
        note=table.text("note", ""),
        values=_values(table.table("values")),
    )
    table.close()
    table.errors_found(column_errors(column))
    return column


def _values(table: TomlTable) -> dict[str, tuple[str, ...]]:
    return {code: tuple(dict.fromkeys((*table.texts(code), code))) for code in table.content}
