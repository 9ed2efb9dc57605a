"""A power cut at any call: what was acknowledged is there, nothing is there by half.

A model of a disk, not a real one: of every file and folder the state at its last fsync survives,
and by chance something of what came after it. KPI_POWER_CUTS=500 does the full number.
"""

import os
import random
import sys
from collections import Counter
from datetime import date

import pytest
from small_store import World

from data.deliveries.status import status_of
from data.deliveries.store import Store

CUTS = int(os.environ.get("KPI_POWER_CUTS", "150"))
CALLS = ("fsync", "mkdir", "rename", "replace", "unlink", "truncate")
PER_CALL = 0.3  # how often a cut is tried at a call
QUARTERS = ("2023-2024-k1", "2023-2024-k2")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="het model leest /proc")


class Disk:
    """What of a folder is on the disk for good, and what is only promised."""

    def __init__(self, root, chance):
        self.root = root
        self.chance = chance
        self.held_open = {}  # or the system would give a number out again
        self.synced = {root.stat().st_ino: {}}  # by inode: names in a folder, or what a file holds

    def sync(self, handle):
        found = os.fstat(handle)
        path = os.readlink(f"/proc/self/fd/{handle}")
        if path.startswith(str(self.root)):
            self.synced[found.st_ino] = self.held(path)

    def hold(self):
        """Keep the number of every file and folder to itself."""
        for path in self.root.rglob("*"):
            if (inode := self.inode(path)) not in self.held_open:
                self.held_open[inode] = os.open(path, os.O_RDONLY)

    def let_go(self):
        for handle in self.held_open.values():
            os.close(handle)

    def held(self, path):
        if os.path.isdir(path):
            return {name: self.inode(os.path.join(path, name)) for name in os.listdir(path)}
        with open(path, "rb") as file:
            return file.read()

    def inode(self, path):
        return os.stat(path).st_ino

    def survives(self, to):
        """Write what is left after a cut now in another folder."""
        live = {self.inode(path): path for path in [self.root, *self.root.rglob("*")]}
        self._write(self.inode(self.root), live, to)

    def _write(self, inode, live, to):
        now = self.held(live[inode]) if inode in live else None
        kept = self.synced.get(inode)
        if kept is None:
            kept = {} if isinstance(now, dict) else b""
        if now is not None and self.chance.random() < 0.4:
            kept = now if isinstance(now, dict) else self._partly(now, kept)
        if isinstance(kept, dict):
            to.mkdir(exist_ok=True)
            for name, child in kept.items():
                if child in live or child in self.synced:
                    self._write(child, live, to / name)
        else:
            to.write_bytes(kept)

    def _partly(self, now, synced):
        """A write that was not waited for may have come on the disk for a part."""
        at_least = len(synced) if now.startswith(synced) else 0
        return now[: self.chance.randint(at_least, len(now))]


def work(world, acknowledge):
    """Deliver, note and undo, and say after each how many lines are now promised."""
    for number, quarter in enumerate(QUARTERS):
        row = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": number}
        acknowledge(world.deliver("verzuim", quarter, [row]).seq)
        acknowledge(world.store.record("duiding", {"tekst": quarter}, "x").seq)
    first = world.store.deliveries()[0]
    world.store.undo(first.delivery_id, "x", "fout")
    acknowledge(len(world.store.lines()))


def cuts(world, folder, patch, chance):
    """Per cut: the store that was left, and how many lines of it were acknowledged."""
    left, promised, cutting = [], [0], []
    (folder / "schijf").mkdir(parents=True)
    disk = Disk(folder / "schijf", chance)
    world.store = Store(folder / "schijf" / "store")

    def cut():
        cutting.append(True)  # what the model itself writes is no call of the store
        place = folder / f"na-{len(left)}"
        disk.survives(place)
        left.append((place / "store", promised[-1]))
        cutting.clear()

    def heard(name, call):
        def counted(*arguments, **more):
            if not cutting and chance.random() < PER_CALL:
                cut()
            disk.hold()
            given = call(*arguments, **more)
            if name == "fsync" and not cutting:
                disk.sync(arguments[0])
            return given

        return counted

    for name in CALLS:
        patch.setattr(os, name, heard(name, getattr(os, name)))
    work(world, promised.append)
    disk.let_go()
    return left


def test_power_cuts(tmp_path):
    chance = random.Random(2026)
    world = World(tmp_path / "bron")
    counts = Counter()
    while counts["cuts"] < CUTS:
        counts["runs"] += 1
        with pytest.MonkeyPatch.context() as patch:
            left = cuts(world, tmp_path / str(counts["runs"]), patch, chance)
        for path, acknowledged in left:
            store = world.store = Store(path)
            assert len(store.lines()) >= acknowledged, "an acknowledged line is lost"
            assert status_of(path).damaged == (), "a delivery is there by half"
            counts["more than was acknowledged"] += len(store.lines()) > acknowledged
            counts["torn lines"] += bool(store.ledger.torn())
            counts["cuts"] += 1
            world.deliver("verzuim", "2022-2023-k4", [{"location_id": "00AA00"}])
            assert status_of(path).damaged == ()
    print(f"\n{dict(counts)}")
