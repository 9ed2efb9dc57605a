"""The first page comes before everything is judged, and says so when somebody has to wait."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.calendar import KWARTAAL
from data.deliveries.store import Store
from data.gate.importing import import_file
from data.progress import heard_by
from kpi.figure.naming import periods_of
from kpi.guard.kept import kept_together
from kpi.opening.demo import FILES
from kpi.paper.publication import QUARTERS, agreed_in, publication
from kpi.record.events import add_event
from kpi.verdict.judged import every_verdict
from pages.shared import monitor as shared

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = str(ROOT / "pages" / "app" / "script.py")
PATIENCE = 300
END = """
from pages.shared import monitor as shared

shared.LONGEST = 300.0
with shared.goes_first():
    shared.current_monitor()
    (work,) = shared._at_work
    shared._end()
    print(work.is_alive())
"""


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


def test_what_papers_hide_is_decided_before_somebody_asks(new):
    monitor = shared.current_monitor()
    until_judged(monitor)
    quarters = periods_of(monitor, KWARTAAL)[-QUARTERS:]
    assert quarters
    end = time.monotonic() + PATIENCE
    while not all(is_kept(monitor, quarter) for quarter in quarters) and time.monotonic() < end:
        time.sleep(0.05)
    heard = []
    with heard_by(lambda part, text: heard.append(text)):
        for quarter in quarters:
            publication(monitor, quarter)
    assert heard == []


def is_kept(monitor, quarter):
    return kept_together(monitor, quarter.period_id, agreed_in(monitor, quarter)) is not None


def test_nothing_is_prepared_of_figures_that_no_page_shows_any_more(new):
    monitor = shared.current_monitor()
    until_judged(monitor)
    assert shared._goes_on(monitor)
    add_event(monitor, "2024-02-01", "Nieuwe route", "beleid", author="Bureau")
    shared.judged_monitor()
    assert not shared._goes_on(monitor)


def test_the_program_ends_without_what_goes_on_in_the_background(new):
    """A thread that is killed while it calculates takes the program along, with an error."""
    ended = subprocess.run(
        [sys.executable, "-c", END], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "False"
