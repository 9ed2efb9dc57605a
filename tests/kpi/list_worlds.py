"""Small worlds of files made by hand (folder lists), imported as a bureau would, and counted."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from handing_in import WHOLE, hand_in

from data.build import Swv, build
from data.calendar import Calendar
from data.database import Database
from data.deliveries.delivery import Missing
from data.deliveries.store import Store
from data.source_file import load_sources
from kpi.figure.calculate import calculate
from kpi.meaning.load import load_kpis

LISTS = Path(__file__).parent / "figure" / "lists"


class World:
    """A store with some of the files of one world, and every figure that follows from them."""

    def __init__(self, store: Path, world: str, files: Iterable[tuple[str, str | None]]) -> None:
        """`files` are names in the folder of the world, in order, each with its period."""
        self.store = Store(store)
        for name, period in files:
            self.hand_in(LISTS / world / f"{name}.csv", period)

    @cached_property
    def database(self) -> Database:
        """Every figure of what was handed in when they were first asked for."""
        return self.counted()

    def hand_in(self, path: Path, period: str | None, missing: str = Missing.UNKNOWN) -> None:
        hand_in(
            self.store, path, period, answers=replace(WHOLE, second="vult_aan", missing=missing)
        )

    def counted(self) -> Database:
        """Every figure of what was handed in so far."""
        database = build(self.store, load_sources(), Calendar(), Swv("SWV", "Voorbeeldstad"))
        calculate(database, load_kpis())
        return database

    def value(
        self, kpi: str, measure: str, organisation: str, period: str, segment: str = ""
    ) -> float | None:
        """One figure; None when there is no such figure or nothing was delivered."""
        rows = self.database.rows(
            "select value from kpi_value where kpi_id = ? and measure = ?"
            " and organisation_id = ? and period_id = ? and segment = ?",
            [kpi, measure, organisation, period, segment],
        )
        return rows[0]["value"] if rows else None

    def at_home(
        self, measure: str, organisation: str, period: str, segment: str = ""
    ) -> float | None:
        """One figure of KPI 1."""
        return self.value("thuiszitters", measure, organisation, period, segment)
