"""The first page comes before everything is judged, and says so when somebody has to wait."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.deliveries.store import Store
from data.gate.importing import import_file
from kpi.opening.demo import FILES
from kpi.verdict.judged import every_verdict
from pages.shared import monitor as shared

SCRIPT = str(Path(__file__).resolve().parents[2] / "pages" / "app" / "script.py")
PATIENCE = 300


@pytest.fixture
def new(tmp_path, monkeypatch):
    """A store that nobody opened yet."""
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("KPI_DEMO", raising=False)
    store = Store(tmp_path / "store")
    assert import_file(store, FILES / "00-vestigingen.xlsx", isolated=False).accepted
    for year in (2022, 2023, 2024):
        file = FILES / f"vermogen-{year}.xlsx"
        assert import_file(store, file, period=str(year), isolated=False).accepted
    return store


def until_judged(monitor):
    end = time.monotonic() + PATIENCE
    while shared.judging_text(monitor) and time.monotonic() < end:
        time.sleep(0.05)


def test_a_page_does_not_wait_for_the_verdicts_on_everything(new):
    with shared._lock:  # nothing is judged in the background meanwhile
        app = AppTest.from_file(SCRIPT, default_timeout=PATIENCE).run()
        assert not app.exception
        assert app.title[0].value == "Overzicht"
        monitor = shared.current_monitor()
        assert monitor.judged == set()
        assert monitor.verdicts, "of what the page shows"
        assert shared.judging_text(monitor) == (
            f"De cijfers worden beoordeeld: 0 van {len(monitor.kpis)} KPI's."
        )
    until_judged(monitor)
    assert shared.judging_text(monitor) == ""
    assert monitor.judged
    assert every_verdict(monitor) == monitor.verdicts


def test_while_a_page_is_made_the_judging_of_everything_waits(new, monkeypatch):
    monkeypatch.setattr(shared, "LONGEST", float(PATIENCE))
    with shared.goes_first():
        monitor = shared.current_monitor()
        time.sleep(4)  # longer than judging begins, or nothing is proven
        assert monitor.verdicts == {}
        assert shared.judging_text(monitor)
    until_judged(monitor)
    assert monitor.verdicts


def test_pages_that_never_end_do_not_stop_the_judging(new, monkeypatch):
    monkeypatch.setattr(shared, "LONGEST", 0.001)
    with shared.goes_first():
        monitor = shared.current_monitor()
        until_judged(monitor)
        assert monitor.verdicts
