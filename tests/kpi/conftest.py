"""What tests of figures start from; the small SWV itself is in small_swv.py."""

from dataclasses import replace
from datetime import date

import pytest
from small_swv import small_world, write_kpi

from data.calendar import Calendar, Period
from data.deliveries.delivery import Delivery, DeliveryPart
from data.deliveries.store import Store
from kpi.figure.calculate import calculate
from kpi.figure.monitor import Monitor
from kpi.figure.result import Organisation
from kpi.figure.settings import settings
from kpi.meaning.load import load_kpis
from kpi.meaning.profile import OwnOrganisation, Profile, load_profile


@pytest.fixture
def proef(tmp_path):
    """The test KPI as loaded from a folder."""
    write_kpi(tmp_path / "definitions" / "proef")
    return load_kpis(tmp_path / "definitions")


@pytest.fixture
def rolled_up(proef):
    """A function: things and deliveries → {(measure, organisation, period, segment): row}."""

    def roll_up(things, delivered, **world):
        database = small_world(things, delivered, **world)
        calculate(database, proef)
        return {
            (row["measure"], row["organisation_id"], row["period_id"], row["segment"]): row
            for row in database.rows("select * from kpi_value")
        }

    return roll_up


@pytest.fixture
def monitor_of(proef, tmp_path):
    """A function: things, deliveries and targets → a Monitor on a hand-made SWV."""

    def make(things, delivered, targets=(), **world):
        database = small_world(things, delivered, **world)
        calculate(database, proef)
        periods = {
            row["period_id"]: Period(**row)
            for row in database.rows("select * from period order by period_type, position")
        }
        organisations = {
            row["organisation_id"]: Organisation(**row)
            for row in database.rows("select * from organisation")
        }
        store = Store(tmp_path / "store")
        deliveries = {
            f"lev-{topic}": Delivery(
                f"lev-{topic}", "bron", topic, 1, "", "kwartaal", "swv",
                (DeliveryPart("", None, date(2024, 9, 30)),), f"{topic}.xlsx", "", "", 1,
                imported_at="2024-10-03T08:00:00+00:00",
            )
            for topic in ("things", "money")
        }  # fmt: skip
        by_series = {}
        for target in targets:
            by_series.setdefault((target.kpi, target.measure, target.segment), []).append(target)
        return Monitor(
            profile=Profile("Proef", "proef", OwnOrganisation("SWV", "Proef-SWV"),
                            Calendar(), tuple(targets), ("proef",)),
            kpis=proef, sources={}, calendar=Calendar(), database=database, store=store,
            own_store=store, is_demo=False, version="1", figures_version="1",
            swv=organisations["SWV"],
            organisations=organisations, periods=periods, deliveries=deliveries,
            targets=by_series, opened_with=settings(store=tmp_path / "store"),
        )  # fmt: skip

    return make


@pytest.fixture
def with_profile(monitor_of):
    """A function: id of a profile → a monitor with its KPIs and plans, on an empty store."""

    def make(name):
        known = load_kpis()
        profile = load_profile(name, known)
        kpis = {kpi: known[kpi] for kpi in profile.kpis}
        return replace(monitor_of([], []), profile=profile, kpis=kpis)

    return make
