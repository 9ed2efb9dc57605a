"""The database: Python values in and out, threads, and no way out once it is locked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from data.database import Database, DatabaseError, HeldRows

COLUMNS = {"name": "varchar", "day": "date", "amount": "decimal(18,6)", "yes": "boolean"}
ROWS = [("O'Brien", date(2024, 1, 2), Decimal("1.500000"), True), (None, None, None, None)]


def test_values_come_back_as_they_went_in():
    database = Database()
    database.create("t", COLUMNS, ROWS)
    rows = database.rows("select * from t")
    assert [tuple(row.values()) for row in rows] == ROWS
    assert list(rows[0]) == list(COLUMNS)
    assert database.rows("select name from t where day = ?", [date(2024, 1, 2)]) == [
        {"name": "O'Brien"}
    ]


def test_parquet_keeps_the_values(tmp_path):
    path = tmp_path / "o'rows.parquet"
    rows = HeldRows(COLUMNS, dict(zip(COLUMNS, zip(*ROWS, strict=True), strict=True)))
    rows.write(path)
    database = Database()
    found = database.rows("select * from read_parquet(?)", [str(path)])
    assert [tuple(row.values()) for row in found] == ROWS


@pytest.mark.parametrize("rows", [ROWS[:1] * 3, ROWS[1:] * 3, []])
def test_parquet_keeps_columns_of_one_value_and_what_is_made_of_them(tmp_path, rows):
    columns = COLUMNS | {"made": "varchar"}
    held = HeldRows(columns, {name: [row[at] for row in rows] for at, name in enumerate(COLUMNS)})
    for made in ("one", "other"):
        held.write(tmp_path / "rows", {"made": f"concat('{made} ', name)"})
        found = Database().rows(f"select * from read_parquet('{tmp_path / 'rows'}')")
        told = [(*row, f"{made} {row[0] or ''}") for row in rows]
        assert [tuple(row.values()) for row in found] == told


def test_a_text_that_was_run_before_says_what_is_there_now():
    counted = "create table t as select n from given; select sum(n) as n from t where n > ?"
    for rows in ([(1,), (2,)], [(5,)]):
        database = Database()
        database.create("given", {"n": "integer"}, rows)
        assert database.rows(counted, [1]) == [{"n": rows[-1][0]}]
    database.execute("drop table t; create table t as select 'a' as n")
    assert database.rows("select n from t") == [{"n": "a"}]
    database.execute("drop table t; create table t as select 1.5 as n, 2 as m")
    assert database.rows("select n from t") == [{"n": Decimal("1.5")}]


def test_a_value_that_does_not_fit_is_refused():
    with pytest.raises(DatabaseError):
        Database().create("t", {"day": "date"}, [("2024-13-45",)])


def test_many_threads_share_one_database():
    database = Database()
    database.create("t", {"n": "integer"}, [(n,) for n in range(1000)])

    def total(limit: int) -> int:
        return database.rows("select sum(n) as total from t where n < ?", [limit])[0]["total"]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(total, range(1, 200)))
    assert found == [sum(range(limit)) for limit in range(1, 200)]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/hostname')",
        "copy (select 1) to '{folder}/out.csv'",
        "attach '{folder}/other.db'",
        "set enable_external_access = true",
        "set threads = 1",
        "install httpfs",
        "select * from ROWS",
    ],
)
def test_a_locked_database_reaches_nothing_outside(sql, tmp_path):
    database = Database()
    database.lock()
    with pytest.raises(DatabaseError):
        database.execute(sql.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []
    database.execute("create table mine as select 1 as n")
    assert database.rows("select n from mine") == [{"n": 1}]


def test_python_variables_are_out_of_reach_before_locking_too():
    hidden = pd.DataFrame({"n": [1]})
    with pytest.raises(DatabaseError):
        Database().rows("select * from hidden")
    assert len(hidden) == 1
