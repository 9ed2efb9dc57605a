"""Killed while closing: the quarter is closed with a whole seal, or it is not closed at all.

KPI_CRASH_RUNS=200 does more random kills; `pytest -s` shows the counts.
"""

import os
import random
import signal
from collections import Counter

import pytest
from killing import READY, killed
from small_quarter import MAKER, QUARTER, copy_of, opened

from data.deliveries.ledger import StoreKind
from data.deliveries.seals import seal_folder, write_seal
from data.deliveries.store import Store
from kpi.cycle import closing
from kpi.cycle.seal import seal_of
from kpi.cycle.verify import verify

RUNS = int(os.environ.get("KPI_CRASH_RUNS", "20"))
MOST_CALLS = 30
# Every call with which something comes on the disk for good, or under its own name.
CALLS = ("fsync", "mkdir", "rename", "replace")
CLOSED = "closed"

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="Windows kent geen signaal dat niet te vangen is"
)


class Handed(Exception):  # noqa: N818
    """Everything was handed over to be written."""


def counting(folder, patch, at_call):
    """Let `at_call` hear the number of every call that writes in the store."""
    count = 0

    def is_new(made):
        """Not what is there, nor the folders in which texts are unpacked to build the figures."""
        return str(made).startswith(str(folder)) and not os.path.isdir(made)

    def heard(call):
        def counted(*arguments, **more):
            nonlocal count
            if call.__name__ != "mkdir" or is_new(arguments[0]):
                count += 1
                at_call(count)
            return call(*arguments, **more)

        return counted

    for name in CALLS:
        patch(os, name, heard(getattr(os, name)))


@pytest.fixture(scope="module")
def handed(ready_store, tmp_path_factory):
    """What closing hands to `write_seal`, behind the store; it wrote nothing before that."""
    folder = copy_of(ready_store, tmp_path_factory.mktemp("voorbereid") / "store")
    monitor = opened(folder)
    found, written = [], []

    def keep(store, *arguments):
        found.append(arguments)
        raise Handed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closing, "write_seal", keep)
        counting(folder, patch.setattr, written.append)
        with pytest.raises(Handed):
            closing.close(monitor, monitor.periods[QUARTER], MAKER)
    assert written == []
    return found[0]


def victim(folder, arguments, number, speaking):
    """Write the seal, and die before writing call `number` (0: never)."""

    def deadly(count):
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    store = Store(folder)
    counting(folder, setattr, deadly)
    speaking.send(READY)
    write_seal(store, *arguments)
    speaking.send(CLOSED)


def is_closed(folder, acknowledged):
    """Whether the quarter is closed; what was acknowledged is."""
    found = seal_of(Store(folder), QUARTER) is not None
    assert found or not acknowledged, "an acknowledged seal is lost"
    return found


def assert_only_seal(folder, files):
    """One seal, with every byte that was handed over, and nothing beside it."""
    store = Store(folder)
    assert [path.name for path in (folder / "seals").iterdir()] == [QUARTER]
    assert len(store.entries(StoreKind.SEAL)) == 1
    kept = seal_folder(store, QUARTER).iterdir()
    assert {path.name: path.read_bytes() for path in kept} == files


def close_in_one_go(folder, handed):
    """What was not closed is closed as if nothing had happened."""
    write_seal(Store(folder), *handed)


def test_kill_before_every_write(handed, ready_store, tmp_path):
    counts = Counter()
    files = handed[2]
    for number in range(1, MOST_CALLS):
        folder = copy_of(ready_store, tmp_path / str(number))
        acknowledged = CLOSED in killed(victim, (folder, handed, number))
        closed = is_closed(folder, acknowledged)
        counts["closed" if closed else "not closed"] += 1
        if not closed:
            close_in_one_go(folder, handed)
        assert_only_seal(folder, files)
        if acknowledged:
            break
    print(f"\nkilled before each of {number - 1} writes:", dict(counts))
    assert acknowledged, "it never came to the end"
    assert counts["not closed"] > 5
    assert number > 8
    assert verify(QUARTER, folder).is_whole


def test_kill_at_random_moments(handed, ready_store, tmp_path):
    chance = random.Random(2026)
    counts = Counter()
    duration = 0.05
    for run in range(RUNS):
        folder = copy_of(ready_store, tmp_path / str(run))
        acknowledged = CLOSED in killed(victim, (folder, handed, 0), chance.uniform(0, duration))
        # Aim at the moments in which it is busy.
        duration = duration * 0.7 if acknowledged else duration * 1.2
        closed = is_closed(folder, acknowledged)
        counts["closed" if closed else "not closed"] += 1
        if not closed:
            close_in_one_go(folder, handed)
        assert_only_seal(folder, handed[2])
    print(f"\n{RUNS} random kills:", dict(counts))
