"""A small store of a bureau that is about to close a quarter: three files of the made-up SWV."""

import shutil
from pathlib import Path

from handing_in import hand_in

from data.deliveries.store import Store
from kpi.cycle.closing import close
from kpi.cycle.quarter import close_without_late, state_of
from kpi.cycle.status import offer, second_reading
from kpi.figure.monitor import Monitor
from kpi.opening.demo import FILES
from kpi.opening.opening import open_monitor
from kpi.record import commentary

QUARTER, NEXT = "2023-2024-k4", "2024-2025-k1"
MAKER, READER = "Anna de Boer", "Bert Visser"
FIRST = (
    ("00-vestigingen.xlsx", None),
    ("leerlingen-2023-2024.xlsx", "2023-2024"),
    ("verzuim-2023-2024.xlsx", QUARTER),
)
LATER = (("leerlingen-2024-2025.xlsx", "2024-2025"), ("verzuim-2024-2025.xlsx", "2024-2025-k4"))


def deliver(folder: Path, *files: tuple[str, str | None]) -> None:
    """Hand in files of the demo."""
    for name, period in files:
        hand_in(Store(folder), FILES / name, period)


def deliver_text(folder: Path, source: str, period: str | None, text: str) -> None:
    """Hand in a csv that is written here."""
    path = folder.parent / f"{source}.csv"
    path.write_text(text, encoding="utf-8")
    hand_in(Store(folder), path, period, source)


def opened(folder: Path, **more: Path) -> Monitor:
    """The monitor on the store as it is now."""
    return open_monitor(store=folder, profile="groningen_stad", demo=False, **more)


def write_words(folder: Path, quarter: str = QUARTER) -> None:
    """Words for thuiszitters, and for every KPI that needs them."""
    monitor = opened(folder)
    for words in state_of(monitor, monitor.periods[quarter]).words:
        kpi = words.line.result.kpi.id
        if words.is_missing or kpi == "thuiszitters":
            swv = monitor.swv.organisation_id
            commentary.write(monitor, kpi, quarter, swv, {"why": "Dat weten wij niet"}, MAKER)


def make_ready(folder: Path, quarter: str = QUARTER) -> None:
    """Everything but the closing itself."""
    monitor = opened(folder)
    close_without_late(monitor, monitor.periods[quarter], "De rest hoort niet bij de proef", MAKER)
    write_words(folder, quarter)
    offer(opened(folder), monitor.periods[quarter], MAKER)
    second_reading(opened(folder), monitor.periods[quarter], READER)


def close_it(folder: Path, quarter: str = QUARTER):
    """Close the quarter; the seal."""
    monitor = opened(folder)
    return close(monitor, monitor.periods[quarter], MAKER)


def copy_of(folder: Path, to: Path) -> Path:
    """The same store elsewhere."""
    return Path(shutil.copytree(folder, to))
