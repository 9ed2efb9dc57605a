"""Killed at any moment: what was acknowledged is there, and nothing is there by half.

KPI_CRASH_RUNS=200 does the full number; `pytest -s` shows the counts.
"""

import os
import random
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from killing import READY, killed
from small_store import World

from data.deliveries.status import status_of
from data.deliveries.store import Store
from data.gate.import_result import ImportResult
from data.gate.importing import import_file

RUNS = int(os.environ.get("KPI_CRASH_RUNS", "20"))
ROWS = 20
IMPORTS = 4
HEADER = "Vestiging;Begin;Aantal\n"


def content(run: int, number: int) -> str:
    rows = (f"00AA{row:02};01-09-2023;{run * IMPORTS + number}\n" for row in range(ROWS))
    return HEADER + "".join(rows)


def handed_in(world: World, path: Path) -> ImportResult:
    return import_file(
        world.store, path, source="plaatsen", period="2023-2024-k1", isolated=False,
        sources=world.sources,
    )  # fmt: skip


def victim(folder: Path, run: int, acknowledge: Connection) -> None:
    """Import files one after another and say after each that it is safe."""
    world = World(folder)
    acknowledge.send(READY)
    for number in range(IMPORTS):
        path = folder / f"{run}-{number}.csv"
        path.write_text(content(run, number), encoding="utf-8")
        acknowledge.send(handed_in(world, path).delivery.delivery_id)


@pytest.fixture
def folder(tmp_path):
    World(tmp_path)  # before the processes, that only read the sources
    return tmp_path


def test_kill_at_random_moments(folder):
    chance = random.Random(2026)
    acknowledged: list[str] = []
    counts = Counter()
    duration = 0.3
    for run in range(RUNS):
        heard = killed(victim, (folder, run), chance.uniform(0, duration))
        acknowledged += heard
        # Aim at the moments in which it is busy: as long as about four imports take.
        duration = duration * 1.1 if len(heard) < IMPORTS else duration * 0.8
        counts[f"killed after {len(heard)} imports"] += 1
        store = Store(folder / "store")
        status = status_of(store.path)
        stored = {delivery.delivery_id: delivery for delivery in store.deliveries()}
        assert set(acknowledged) <= set(stored), "an acknowledged delivery is lost"
        assert status.damaged == (), "a delivery is there by half"
        assert {delivery.rows for delivery in stored.values()} <= {ROWS}
        counts["half-written folders left"] += sum("half" in note for note in status.notes)
        counts["stored, not acknowledged"] = len(stored) - len(acknowledged)
    notes = status_of(folder / "store").notes
    counts["whole folders without a line"] = sum("niet in het logboek" in note for note in notes)
    counts["cut-off lines set aside"] = sum("apart gezet" in note for note in notes)
    print(f"\n{RUNS} kills, {len(acknowledged)} acknowledged deliveries:", dict(counts))
    killed(victim, (folder, RUNS))  # left alone, so that something is stored on any machine
    world = World(folder)
    newest = world.store.deliveries()[-1]
    rows = world.build().rows(
        "select distinct delivery_id, count(*) as rows from places group by 1"
    )
    assert rows == [{"delivery_id": newest.delivery_id, "rows": ROWS}]


def test_trying_again_after_a_kill_stores_it_once(folder):
    chance = random.Random(7)
    for run in range(5):
        killed(victim, (folder, run), chance.uniform(0, 0.1))
        world = World(folder)
        path = folder / "again.csv"
        path.write_text(content(run, 0), encoding="utf-8")
        for _ in range(2):
            result = handed_in(world, path)
            assert result.status in ("opgeslagen", "al aanwezig")
        same = [f for f in world.store.deliveries() if f.sha256 == result.delivery.sha256]
        assert len(same) == 1
