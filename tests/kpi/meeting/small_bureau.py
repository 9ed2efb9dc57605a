"""A bureau that holds meetings: some files of the made-up SWV, and a deviation that has lapsed."""

import tomllib
from pathlib import Path

from handing_in import hand_in

from data.deliveries.store import Store
from kpi.figure.monitor import Monitor
from kpi.opening.demo import FILES
from kpi.opening.opening import open_monitor
from kpi.record.deviations import agree_deviation

HERE = (
    "00-vestigingen.xlsx", "leerlingen-2025-2026.xlsx", "leerlingen-2026-2027.xlsx",
    "ect-tot-2026-09-30.xlsx", "tevredenheid-tot-2026-09-30.csv",
    "verzuim-2026-2027-k1-bestuur-90001.xlsx",
)  # fmt: skip


def opened(folder: Path, profile: str = "groningen_stad") -> Monitor:
    """The monitor as it is now: anew after every line that is recorded."""
    return open_monitor(store=folder, profile=profile, demo=False)


def fill(folder: Path) -> Path:
    """Deliver the files; a deviation on the satisfaction ended in June 2026."""
    files = tomllib.loads((FILES / "manifest.toml").read_text(encoding="utf-8"))["file"]
    for item in files:
        if item["name"] in HERE:
            hand_in(Store(folder), FILES / item["name"], item.get("period"), item["source"])
    agree_deviation(
        opened(folder), "tevredenheid", "Een vacature", "Directeur", "2025-08-01", "2026-06-30",
        author="Anna de Boer",
    )  # fmt: skip
    return folder
