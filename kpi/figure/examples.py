"""Run a worked example (example.toml) through the real tables and the real roll-up.

The same run is the test of a KPI and what its page shows. An example gets an SWV of its own: board
B1 with locations L1 and L2, board B2 with L3, school years 2022-2023 and 2023-2024 with their
quarters and calendar years, and everything delivered unless `given.delivered` says otherwise.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.build import COUNTING, TABLES, Swv, build
from data.calendar import PERIOD_TYPES, Calendar, Period
from data.database import Database, quoted
from data.deliveries.store import Store
from data.source import Source
from data.source_file import load_sources
from data.strict import Findings, key, nearest, read_rows
from kpi.figure.calculate import calculate
from kpi.meaning.load import DefinitionError, Kpi

SWV = Swv("SWV", "Voorbeeld-SWV")
LOCATIONS = {"L1": "B1", "L2": "B1", "L3": "B2"}
FIRST_DAY, LAST_DAY = date(2022, 8, 1), date(2024, 12, 31)
TOLERANCE = 1e-9
# the tables that follow from the given ones, in this order
FOLLOWING = (
    (TABLES, "organisation"),
    (TABLES, "organisation_tree"),
    (COUNTING, "goes_on"),
    (TABLES, "board_of"),
    (TABLES, "stands_at"),
    (TABLES, "absence_stretch"),
    (TABLES, "absence_kind"),
    (TABLES, "absence_piece"),
    (TABLES, "absence_stay"),
    (COUNTING, "membership"),
    (COUNTING, "period_day"),
)


@dataclass(frozen=True)
class Expectation:
    """One [[expect]]: what must come out. None = not compared."""

    measure: str
    organisation_id: str = key("organisation")
    period_id: str = key("period")
    segment: str = ""
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    state: str | None = None
    provisional: bool | None = None


@dataclass(frozen=True)
class Outcome:
    """What was expected of one figure, and the row of kpi_value that came out (None: no row)."""

    expected: Expectation
    found: Mapping[str, Any] | None

    @property
    def differences(self) -> list[str]:
        """Every part that is not as expected, in Dutch."""
        found = self.found or {"state": "not_applicable"}
        messages = []
        for name in ("numerator", "denominator", "value"):
            wanted, got = getattr(self.expected, name), found.get(name)
            if wanted is not None and (got is None or abs(float(got) - wanted) > TOLERANCE):
                messages.append(f"{name} is {got}; verwacht {wanted}")
        for name in ("state", "provisional"):
            wanted, got = getattr(self.expected, name), found.get(name)
            if wanted is not None and got != wanted:
                messages.append(f"{name} is {got}; verwacht {wanted}")
        return messages


@dataclass(frozen=True)
class Example:
    """A worked example after it has run. given: rows per table, as written."""

    title: str
    text: str
    given: Mapping[str, list[dict[str, Any]]]
    outcomes: tuple[Outcome, ...]

    @property
    def holds(self) -> bool:
        """Whether everything came out as written."""
        return not any(outcome.differences for outcome in self.outcomes)


def run_example(kpi: Kpi, sources: Mapping[str, Source] | None = None) -> Example:
    """The worked example of a KPI with what came out. DefinitionError when it cannot be run."""
    table = dict(kpi.example)
    where, findings = f"{kpi.id}/example.toml", Findings()
    expected = read_rows(Expectation, table.pop("expect", []), f"{where} expect", findings)
    given = table.pop("given", {})
    title, text = table.pop("title", ""), table.pop("text", "")
    for name in table:
        findings.add(where, f"onbekende sleutel '{name}'.{nearest(name, ['given', 'expect'])}")
    findings.checked(table)
    with TemporaryDirectory() as folder:
        database = build(Store(Path(folder)), sources or load_sources(), Calendar(), SWV)
    try:
        _fill(database, kpi, given, where)
        calculate(database, {kpi.id: kpi})
        outcomes = tuple(Outcome(item, _found(database, item)) for item in expected.values())
    finally:
        database.close()
    return Example(title, text, given, outcomes)


def _fill(
    database: Database, kpi: Kpi, given: Mapping[str, list[dict[str, Any]]], where: str
) -> None:
    """The rows that are given, and for the tables around them what every example has."""
    known = {row["table_name"] for row in database.rows("select table_name from duckdb_tables()")}
    wrong = [name for name in given if name not in known]
    if wrong:
        raise DefinitionError(
            [f"{where}: tabel '{name}' bestaat niet.{nearest(name, known)}" for name in wrong]
        )
    for name, rows in given.items():
        for row in rows:
            _insert(database, name, row)
    if "period" not in given:
        _insert_periods(database)
    if "location" not in given:
        for location, board in LOCATIONS.items():
            names = {"name": f"Locatie {location}", "board_name": f"Bestuur {board}"}
            place = {"location_id": location, "board_id": board, "school_type": "vo"}
            _insert(database, "location", place | names)
    for folder, name in FOLLOWING:
        if name not in given:
            query = (folder / f"{name}.sql").read_text(encoding="utf-8")
            database.execute(f"delete from {name}; insert into {name} {query}")
    if "delivered" not in given:
        _deliver_everything(database, kpi)


def _insert(database: Database, table: str, row: Mapping[str, Any]) -> None:
    columns = ", ".join(map(quoted, row))
    marks = ", ".join("?" for _ in row)
    database.execute(
        f"insert into {quoted(table)} ({columns}) values ({marks})", list(row.values())
    )


def _insert_periods(database: Database) -> None:
    covers = [(period_type, FIRST_DAY, LAST_DAY) for period_type in PERIOD_TYPES]
    periods = Calendar().periods(covers)
    known = {period.period_id for period in periods}
    names = [field.name for field in fields(Period)]
    for period in periods:
        row = dict(zip(names, astuple(period), strict=True))
        for name in ("previous_period_id", "year_ago_period_id"):
            row[name] = row[name] if row[name] in known else None
        _insert(database, "period", row)


def _deliver_everything(database: Database, kpi: Kpi) -> None:
    needs = {need for measure in kpi.measures.values() for need in measure.needs}
    for topic in sorted({topic for need in needs for topic in need.split("|")}):
        database.execute(
            """
            insert into delivered (topic, organisation_id, period_id, delivery_id, partial)
            select ?, organisation_id, period_id, 'voorbeeld-' || ?, false
            from organisation
            cross join period
            """,
            [topic, topic],
        )


def _found(database: Database, item: Expectation) -> dict[str, Any] | None:
    rows = database.rows(
        """
        select * from kpi_value
        where measure = ? and organisation_id = ? and period_id = ? and segment = ?
        """,
        [item.measure, item.organisation_id, item.period_id, item.segment],
    )
    return rows[0] if rows else None
