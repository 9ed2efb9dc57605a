"""Killed while closing: the quarter is closed with a whole seal, or it is not closed at all.

KPI_CRASH_RUNS=200 does more random kills; `pytest -s` shows the counts.
"""

import multiprocessing
import os
import random
import signal
from collections import Counter

import pytest
from small_quarter import QUARTER, close_it, copy_of, opened

from data.seals import KIND
from data.store import Store
from kpi.cycle.quarter import state_of
from kpi.cycle.seal import seal_of
from kpi.cycle.verify import verify

RUNS = int(os.environ.get("KPI_CRASH_RUNS", "10"))
MOST_CALLS = 30
# Every call with which something comes on the disk for good, or under its own name.
CALLS = ("fsync", "mkdir", "rename")


def victim(folder, number, speaking):
    """Close the quarter, and die by the hand of the system before call `number` (0: never)."""
    count = 0

    def deadly(call):
        def counted(*arguments, **more):
            nonlocal count
            # Not the folders in which texts are unpacked to build the figures.
            count += call.__name__ != "mkdir" or str(arguments[0]).startswith(str(folder))
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **more)

        return counted

    monitor = opened(folder)
    state_of(monitor, monitor.periods[QUARTER])
    for name in CALLS:
        setattr(os, name, deadly(getattr(os, name)))
    speaking.send("ready")
    close_it(folder)
    speaking.send("closed")


def context():
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload(["kpi.cycle.closing"])
    return chosen


def killed(folder, number=0, delay=None):
    """Let a process close the quarter and die; whether it said that it had closed."""
    listening, speaking = context().Pipe(duplex=False)
    process = context().Process(target=victim, args=(folder, number, speaking))
    process.start()
    speaking.close()
    assert listening.poll(60) and listening.recv() == "ready"
    process.join(delay)
    process.kill()
    process.join()
    try:
        return listening.poll() and listening.recv() == "closed"
    except EOFError:
        return False


def check(folder, acknowledged):
    """Closed with a whole seal, or not closed."""
    is_closed = seal_of(Store(folder), QUARTER) is not None
    assert is_closed or not acknowledged, "an acknowledged seal is lost"
    if is_closed:
        found = verify(QUARTER, folder)
        assert found.is_whole, found.problems
    return "closed" if is_closed else "not closed"


def close_after_all(folder):
    """What was not closed can be closed as if nothing happened."""
    if seal_of(Store(folder), QUARTER) is None:
        close_it(folder)
    assert verify(QUARTER, folder).is_whole
    assert len(Store(folder).entries(KIND)) == 1
    assert [path.name for path in (folder / "seals").iterdir()] == [QUARTER]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_kill_before_every_write(ready_store, tmp_path):
    counts = Counter()
    for number in range(1, MOST_CALLS):
        folder = copy_of(ready_store, tmp_path / str(number))
        acknowledged = killed(folder, number)
        counts[check(folder, acknowledged)] += 1
        close_after_all(folder)
        if acknowledged:
            break
    print(f"\nkilled before each of {number - 1} writes:", dict(counts))
    assert acknowledged, "it never came to the end"
    assert counts["not closed"] > 5
    assert number > 8


def test_kill_at_random_moments(ready_store, tmp_path):
    chance = random.Random(2026)
    counts = Counter()
    duration = 1.0
    for run in range(RUNS):
        folder = copy_of(ready_store, tmp_path / str(run))
        acknowledged = killed(folder, delay=chance.uniform(0, duration))
        # Aim at the moments in which it is busy.
        duration = duration * 0.7 if acknowledged else duration * 1.2
        counts[check(folder, acknowledged)] += 1
    print(f"\n{RUNS} random kills:", dict(counts))
