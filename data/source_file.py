"""Loading the folders under data/sources/: every error of every folder at once."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from data.source import SQL_TYPES, Column, DeliveryRules, Source
from data.source_rules import (
    DECIMAL_SIGNS,
    KNOWN,
    PERIOD_CHOICES,
    SCOPES,
    SPANS,
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
