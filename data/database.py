"""The only place that talks to DuckDB: a database in memory, one kept in a file, and Parquet."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property, lru_cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any
from weakref import WeakValueDictionary

import duckdb

# No extension is ever fetched, and no SQL can reach a Python variable by its name. One thread: what
# a bureau has is small, and a second thread takes more than it gives (made-up SWV, two cores: the
# same time, a fifth more of the processor, and memory of its own). Memory that a table leaves goes
# back to the system from 8 MB on; of itself DuckDB keeps up to 512 MB (a tenth more at its peak).
CONFIG = {
    "allocator_bulk_deallocation_flush_threshold": "8MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "threads": "1",
}
# What `lock` sets, from the first moment on.
LOCKED = CONFIG | {"enable_external_access": "false", "lock_configuration": "true"}
VERSION: str = duckdb.__version__
CHUNK, BATCH = 10_000, 100_000  # rows
# bytes: every table takes at least one block, and there are some hundred small ones
BLOCK = 16_384
PARQUET = "format parquet, compression zstd"


class DatabaseError(ValueError):
    """DuckDB refused a statement. The text is DuckDB's own, meant for developers."""


COPY = "copy_in_file"  # what the file is called while it is filled
# Opened files: DuckDB shares a file within a process, but not with other settings.
_KEPT: "WeakValueDictionary[str, Database]" = WeakValueDictionary()
_opening = Lock()
TEXTS = 1000  # of SQL, that are known as statements: those of a build and of every page


@contextmanager
def _our_error() -> Iterator[None]:
    """Nobody outside this module needs to know DuckDB's exceptions."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error
    except duckdb.Error as error:
        raise DatabaseError(str(error)) from error


@lru_cache(TEXTS)
def _statements(sql: str) -> tuple[duckdb.Statement, ...]:
    """What a text says. With few rows a fifth of the work of a query is reading it."""
    return tuple(duckdb.extract_statements(sql))


def _run(
    cursor: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any] | Mapping[str, Any]
) -> None:
    """Run every statement of a text; params are of the last one."""
    *before, last = _statements(sql)
    for statement in before:
        cursor.execute(statement)
    cursor.execute(last, params or None)


class Database:
    """A DuckDB in memory. Every call gets its own cursor, so threads may share one Database.

    copy: a file that does not exist yet, into which `write_copy` puts all that was made. It is
    opened here, because `lock` closes every other way out; nothing goes wrong yet when it cannot.
    """

    def __init__(self, copy: Path | None = None) -> None:
        self._connection = duckdb.connect(":memory:", config=dict(CONFIG))
        self._has_copy = False
        if copy:
            with suppress(DatabaseError):
                self.execute(f"attach {literal(str(copy))} as {COPY} (block_size {BLOCK})")
                self._has_copy = True

    @classmethod
    def kept(cls, path: Path) -> "Database":
        """The database in a file, only to be read, and locked; shared by all who ask for it here.

        Raises DatabaseError when the file is not there or not a database of this version.
        """
        with _opening:
            found = _KEPT.get(str(path))
            if found is None:
                found = cls.__new__(cls)
                found._has_copy = False
                with _our_error():
                    found._connection = duckdb.connect(
                        str(path), read_only=True, config=dict(LOCKED)
                    )
                _KEPT[str(path)] = found
            return found

    def write_copy(self) -> bool:
        """Put everything in the file of `copy`, once, and let go of it; False when it is not whole.

        A full or broken disk is no reason to stop: what is in memory stays as it is.
        """
        if not self._has_copy:
            return False
        self._has_copy = False
        try:
            self.execute(f"copy from database memory to {COPY}; detach {COPY}")
        except DatabaseError:
            with suppress(DatabaseError):
                self.execute(f"detach {COPY}")
            return False
        return True

    def execute(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> None:
        """Run one or more statements and forget their result."""
        with _our_error(), self._connection.cursor() as cursor:
            _run(cursor, sql, params)

    def rows(
        self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[dict[str, Any]]:
        """The result as one dict per row, with Python values: str, int, Decimal, date, bool."""
        with _our_error(), self._connection.cursor() as cursor:
            _run(cursor, sql, params)
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
            _run(cursor, sql, params)
            while chunk := cursor.fetchmany(CHUNK):
                yield from chunk

    def take_in(
        self,
        name: str,
        columns: Mapping[str, str],
        giver: "Database",
        sql: str,
        params: Sequence[Any] | Mapping[str, Any] = (),
    ) -> int:
        """Make table `name` with `columns`, filled with what a query gives in another database.

        Whole columns cross at once: that costs a sixth of rows as Python values. How many rows.
        """
        with (
            _our_error(),
            giver._connection.cursor() as asked,
            self._connection.cursor() as cursor,
        ):
            found = asked.sql(sql, params=params or None)
            cursor.execute(f"create table {quoted(name)} ({_defined(columns)})")
            cursor.register("given", found.to_arrow_reader(BATCH))
            cursor.execute(f"insert into {quoted(name)} select * from given")
            cursor.unregister("given")
            count = cursor.execute(f"select count(*) from {quoted(name)}").fetchone()
        return int(count[0]) if count else 0

    def save(self, name: str, path: Path) -> None:
        """Write a table to a Parquet file."""
        with _our_error(), self._connection.cursor() as cursor:
            cursor.execute(f"copy {quoted(name)} to {literal(str(path))} ({PARQUET})")

    def create(
        self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]] = ()
    ) -> None:
        """Make table `name` with `columns` {name: SQL type} and fill it with `rows`."""
        filled = list(rows)
        with _our_error(), self._connection.cursor() as cursor:
            _run(cursor, f"create table {quoted(name)} ({_defined(columns)})", ())
            if filled:
                with cursor.appender(name) as appender:
                    appender.append_rows(filled)

    def lock(self) -> None:
        """From here on no file, network or setting can be reached through SQL."""
        self.execute("set enable_external_access = false; set lock_configuration = true")

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


@lru_cache(TEXTS)
def tables_in(sql: str) -> frozenset[str]:
    """The tables a query reads, without running it; they need not exist."""
    parsed = json.loads(_files().rows("select json_serialize_sql(?) as tree", [sql])[0]["tree"])
    if parsed["error"]:
        raise DatabaseError(parsed["error_message"])
    nodes = list(_nodes(parsed))
    steps = {step["key"] for node in nodes for step in node.get("cte_map", {}).get("map", ())}
    return (
        frozenset(node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE") - steps
    )


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


class HeldRows:
    """Rows to be written to Parquet, maybe more than once: they go into DuckDB the first time.

    columns: name → SQL type, of all that is written. values: per column its values, in the order of
    the rows; not of those that `write` makes.
    """

    def __init__(self, columns: Mapping[str, str], values: Mapping[str, Sequence[Any]]) -> None:
        self._columns = columns
        self._values = values

    def write(self, path: Path, made: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write all to a file; `made` are columns as SQL on the others."""
        with _our_error():
            cursor, same = self._table
            told = {**same, **made}
            shown = ", ".join(
                f"cast({told.get(name, quoted(name))} as {kind}) as {quoted(name)}"
                for name, kind in self._columns.items()
            )
            cursor.execute(f"copy (select {shown} from held) to {literal(str(path))} ({PARQUET})")

    @cached_property
    def _table(self) -> tuple[duckdb.DuckDBPyConnection, dict[str, str]]:
        """What has a table of the columns that differ, and the one value of the others as SQL."""
        alike = {name: set(of) for name, of in self._values.items()}
        differ = [name for name, of in alike.items() if len(of) > 1] or list(alike)[:1]
        columns = {name: self._columns[name] for name in differ}
        cursor = _files()._connection.cursor()
        cursor.execute(f"create temp table held ({_defined(columns)})")
        with cursor.appender("held") as appender:
            appender.append_rows(zip(*(self._values[name] for name in differ), strict=True))
        one = {name: next(iter(of), None) for name, of in alike.items() if name not in columns}
        return cursor, {
            name: "null" if value is None else literal(str(value)) for name, value in one.items()
        }


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
