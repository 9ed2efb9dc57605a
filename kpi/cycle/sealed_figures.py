"""The figures of a seal: written as they stand, and compared with figures of later, row by row."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from data.database import Database, literal
from kpi.figure.monitor import Monitor

HERE = Path(__file__).parent
KEY = {
    "kpi_id": "varchar",
    "measure": "varchar",
    "organisation_id": "varchar",
    "period_id": "varchar",
    "segment": "varchar",
}
COLUMNS = KEY | {
    "numerator": "decimal(38, 4)",
    "denominator": "decimal(38, 4)",
    "squares": "double",
    "group_squares": "double",
    "group_sizes": "double",
    "value": "double",
    "unit": "varchar",
    "state": "varchar",
    "observed": "bigint",
    "expected": "bigint",
    "provisional": "boolean",
    "partial": "boolean",
    "definition_version": "integer",
    "is_break": "boolean",
    "previous_value": "double",
    "not_comparable": "varchar",
    "other_source": "bigint",
    "denominator_more": "decimal(38, 4)",
    "numerator_more": "decimal(38, 4)",
}

NUMBER = ("state", "value", "numerator", "denominator", "provisional")
SHOWN = """($shown is null or segment = ''
    or list_contains($shown, concat_ws('/', kpi_id, measure, segment)))"""


def write_figures(monitor: Monitor, until: date, path: Path) -> int:
    """Write every figure of a period that had begun on `until` as Parquet; how many there are."""
    with closing(Database()) as database:
        count = database.take_in("figures", COLUMNS, *_figures(monitor, until, COLUMNS, None))
        database.save("figures", path)
    return count


def differing(
    monitor: Monitor, until: date, path: Path, shown: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """The figures that are not exactly as in the file, each with what it was and is.

    The columns are those of compare.sql. shown: "kpi/measure/segment" of the segments that are
    compared beside the wholes; None compares everything.
    """
    with closing(Database()) as database:
        file = f"read_parquet({literal(str(path))})"
        # A seal of an earlier version of the monitor may know fewer columns.
        known = {row["column_name"] for row in database.rows(f"describe select * from {file}")}
        columns = {name: kind for name, kind in COLUMNS.items() if name in known}
        names = ", ".join(columns)
        kept = f"create table sealed as select {names} from {file} where {SHOWN}"
        database.execute(kept, _chosen(shown))
        database.take_in("now", columns, *_figures(monitor, until, columns, shown))
        return database.rows(_sql("compare.sql"))


def is_other_number(row: Mapping[str, Any]) -> bool:
    """Whether a row of `differing` holds another number, and not only another remark about it."""
    return any(row[f"was_{name}"] != row[f"is_{name}"] for name in NUMBER)


def _chosen(shown: Sequence[str] | None) -> dict[str, Any]:
    return {"shown": None if shown is None else list(shown)}


def _figures(
    monitor: Monitor, until: date, columns: Iterable[str], shown: Sequence[str] | None
) -> tuple[Database, str, dict[str, Any]]:
    """Where every figure of a seal is to be had, the query and its values."""
    query = f"select {', '.join(columns)} from ({_sql('figures.sql')}) where {SHOWN}"
    return monitor.database, query, {"until": until, **_chosen(shown)}


def _sql(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
