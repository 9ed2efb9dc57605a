"""The only place that talks to DuckDB: an in-memory database, and Parquet files in and out."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

# No extension is ever fetched, and no SQL can reach a Python variable by its name.
CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
CHUNK = 10_000  # rows


class DatabaseError(ValueError):
    """DuckDB refused a statement. The text is DuckDB's own, meant for developers."""


# What the tables and definitions read: texts of ours, the same at every build.
_READ: dict[str, frozenset[str]] = {}


@contextmanager
def _our_error() -> Iterator[None]:
    """Nobody outside this module needs to know DuckDB's exceptions."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error
    except duckdb.Error as error:
        raise DatabaseError(str(error)) from error


class Database:
    """An in-memory DuckDB. Every call gets its own cursor, so threads may share one Database."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:", config=dict(CONFIG))

    def execute(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> None:
        """Run one or more statements and forget their result."""
        with _our_error(), self._connection.cursor() as cursor:
            cursor.execute(sql, params or None)

    def rows(
        self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[dict[str, Any]]:
        """The result as one dict per row, with Python values: str, int, Decimal, date, bool."""
        with _our_error(), self._connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def has(self, table: str) -> bool:
        """Whether there is such a table: an earlier seal brings fewer."""
        return bool(self.rows("from duckdb_tables() where table_name = ?", [table]))

    def stream(
        self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, for a result that is too big to hold."""
        with _our_error(), self._connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            while chunk := cursor.fetchmany(CHUNK):
                yield from chunk

    def create(
        self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]] = ()
    ) -> None:
        """Make table `name` with `columns` {name: SQL type} and fill it with `rows`."""
        with _our_error(), self._connection.cursor() as cursor:
            cursor.execute(f"create table {quoted(name)} ({_defined(columns)})")
            with cursor.appender(name) as appender:
                appender.append_rows(rows)

    def write(self, path: Path, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Write `rows` to a Parquet file, by way of a table that only this cursor knows."""
        with _our_error(), self._connection.cursor() as cursor:
            cursor.execute(f"create temp table delivery_rows ({_defined(columns)})")
            with cursor.appender("delivery_rows") as appender:
                appender.append_rows(rows)
            cursor.execute(
                f"copy delivery_rows to {literal(str(path))} (format parquet, compression zstd)"
            )

    def tables_in(self, sql: str) -> set[str]:
        """The tables a query reads, without running it; they need not exist."""
        if sql not in _READ:
            _READ[sql] = frozenset(self._tables_in(sql))
        return set(_READ[sql])

    def _tables_in(self, sql: str) -> set[str]:
        parsed = json.loads(self.rows("select json_serialize_sql(?) as tree", [sql])[0]["tree"])
        if parsed["error"]:
            raise DatabaseError(parsed["error_message"])
        nodes = list(_nodes(parsed))
        steps = {step["key"] for node in nodes for step in node.get("cte_map", {}).get("map", ())}
        read = {node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"}
        return read - steps

    def lock(self) -> None:
        """From here on no file, network or setting can be reached through SQL."""
        self.execute("set enable_external_access = false; set lock_configuration = true")

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    """Every object in a parsed query."""
    if isinstance(tree, dict):
        yield tree
    for branch in tree.values() if isinstance(tree, dict) else tree:  # type: ignore[attr-defined]
        if isinstance(branch, dict | list):
            yield from _nodes(branch)


def _defined(columns: Mapping[str, str]) -> str:
    """Columns as `create table` takes them."""
    return ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())


def quoted(identifier: str) -> str:
    """An identifier as SQL text."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL literal, for the places where DuckDB takes no parameter."""
    return "'" + text.replace("'", "''") + "'"


def write_parquet(path: Path, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Write `rows` to a Parquet file with `columns` {name: SQL type}."""
    _files().write(path, columns, rows)


def read_columns(path: Path, columns: Sequence[str]) -> dict[str, list[Any]]:
    """Some columns of a Parquet file, by name, without the empty values."""
    return {
        column: [
            row[column]
            for row in _files().rows(
                f"select {quoted(column)} from read_parquet(?) where {quoted(column)} is not null",
                [str(path)],
            )
        ]
        for column in columns
    }


def read_rows(path: Path) -> list[dict[str, Any]]:
    """All rows of a Parquet file, in its order."""
    return _files().rows("select * from read_parquet(?)", [str(path)])


@cache
def _files() -> Database:
    """One database for all files: opening one takes longer than reading or writing a delivery."""
    database = Database()
    database.execute("set enable_external_file_cache = false")  # a file may have been replaced
    return database
