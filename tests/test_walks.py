"""The walks of ARCHITECTURE.md: these functions are passed, for the first time in this order."""

import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_quarter import FIRST as FILES
from small_quarter import QUARTER, close_it, copy_of, deliver, make_ready
from streamlit.testing.v1 import AppTest

from data.deliveries.store import Store
from data.gate.importing import import_file
from kpi.cycle.verify import verify
from kpi.opening.opening import forget

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600
PAPERS = f"""
from kpi.cycle.quarter import state_of
from kpi.opening.opening import open_monitor
from pages.parts.quarter.papers import show

monitor = open_monitor()
show(monitor, state_of(monitor, monitor.periods["{QUARTER}"]))
"""


def walks() -> dict[str, list[str]]:
    """The functions of each walk, by its title."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Walks", 1)[1]
    parts = re.findall(r"\*\*(.+?)\*\*\n((?:\d+\. .*\n)+)", text.split("\n## ")[0])
    return {title: re.findall(r"^\d+\. `([\w.]+)`", lines, re.M) for title, lines in parts}


@contextmanager
def watched() -> Iterator[list[str]]:
    """Every function of ours that is called meanwhile, in the order of its first call."""
    passed: dict[str, None] = {}

    def look(frame, event, argument) -> None:
        path = frame.f_code.co_filename
        if event == "call" and path.startswith(str(ROOT)):
            module = ".".join(Path(path).relative_to(ROOT).with_suffix("").parts)
            passed[f"{module.removesuffix('.__init__')}.{frame.f_code.co_qualname}"] = None

    found: list[str] = []
    threading.setprofile(look)
    sys.setprofile(look)
    try:
        yield found
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    found += passed


def a_file_to_overzicht(folder: Path) -> None:
    """Hand in two examples and look at the page."""
    store = Store(folder / "store")
    for source, period in (("locaties", None), ("klachten", "2023-2024-k1")):
        path = next((ROOT / "data" / "sources" / source).glob("example.*"))
        # here, or the child would make the trip unseen
        assert import_file(store, path, source=source, period=period, isolated=False).accepted
    script = str(ROOT / "pages" / "app" / "script.py")
    assert AppTest.from_file(script, default_timeout=PATIENCE).run().title[0].value == "Overzicht"


def close_and_verify(folder: Path) -> None:
    """Close a quarter and look whether its seal holds."""
    close_it(folder / "store")
    assert verify(QUARTER, folder / "store").is_whole


def click_for_a_pdf(folder: Path) -> None:
    """Press *Maak* at the paper for the ALV."""
    app = AppTest.from_string(PAPERS, default_timeout=PATIENCE).run()
    next(item for item in app.button if item.key.startswith("maak_alv")).click().run()
    assert any(name.endswith(".pdf") for name in names(app))


def names(app: AppTest) -> list[str]:
    return [item.label for item in app.get("download_button")]


TRIPS = {
    "From a file to a figure on *Overzicht*": a_file_to_overzicht,
    "From *Stel vast* to `verify`": close_and_verify,
    "From a click on *Maak* to a PDF": click_for_a_pdf,
}


@pytest.mark.parametrize("title", TRIPS)
def test_the_way_is_as_it_is_told(title, tmp_path, monkeypatch):
    trip: Callable[[Path], None] = TRIPS[title]
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("KPI_DEMO", raising=False)
    if trip is not a_file_to_overzicht:
        deliver(tmp_path / "ready", *FILES)
        make_ready(tmp_path / "ready")
        copy_of(tmp_path / "ready", tmp_path / "store")
    with watched() as passed:
        trip(tmp_path)
    forget(tmp_path)
    told = walks()[title]
    missing = [name for name in told if name not in passed]
    assert not missing
    assert told == sorted(told, key=passed.index)
