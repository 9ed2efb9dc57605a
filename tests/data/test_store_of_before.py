"""A store that an earlier version wrote, without head, fingerprint and hashes of sidecar and seal.

The files lie in store_of_before, as that version left them.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from small_store import World

from data.deliveries.backup import read_backup, write_backup
from data.deliveries.ledger import LedgerDamaged, StoreKind
from data.deliveries.restore import restore
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError

BEFORE = Path(__file__).with_name("store_of_before")
ROW = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": 3}


@pytest.fixture
def world(tmp_path):
    shutil.copytree(BEFORE, tmp_path / "store")
    return World(tmp_path)


def test_it_opens_and_nothing_is_wrong(world):
    assert status_of(world.store.path).remarks == ()
    assert [found.period for found in world.store.deliveries()] == ["2023-2024-k1"]
    assert world.store.secret == (BEFORE / "secret.key").read_bytes()
    assert not (world.store.path / "ledger.head").exists(), "reading changes nothing"


def test_the_first_write_gives_it_a_head_and_a_fingerprint(world):
    ledger = world.store.path / "ledger.jsonl"
    before = ledger.read_bytes()
    world.deliver("verzuim", "2023-2024-k3", [ROW])
    assert ledger.read_bytes().startswith(before)
    kinds = [line.kind for line in Store(world.store.path).lines()]
    assert kinds[-2:] == [StoreKind.KEY, StoreKind.DELIVERY]
    assert status_of(world.store.path).remarks == ()
    (world.store.path / "ledger.head").unlink()
    assert "ledger.head ontbreekt" in status_of(world.store.path).damaged[0]
    with pytest.raises(StoreError, match="ontbreekt"):
        world.store.set("demo", True, "x")


def test_its_last_line_is_torn_when_it_is_half(world):
    path = world.store.path / "ledger.jsonl"
    content = path.read_bytes()
    path.write_bytes(content[:-30])
    assert len(Store(world.store.path).lines()) == 4
    path.write_bytes(content[:-1])
    assert len(Store(world.store.path).lines()) == 5, "it is whole, only its end is not there"
    path.write_bytes(content.replace(b"een zin", b"een wijn"))
    with pytest.raises(LedgerDamaged, match="regel 4 is achteraf veranderd"):
        Store(world.store.path)


def test_its_sidecar_is_held_against_the_ledger(world):
    (found,) = world.store.deliveries()
    path = world.store.rows_path(found.delivery_id).with_name("delivery.json")
    told = json.loads(path.read_bytes())
    path.write_text(json.dumps(told | {"rows": 2}), encoding="utf-8")
    assert "delivery.json klopt niet" in status_of(world.store.path).damaged[0]


def test_a_lost_key_is_not_replaced_in_silence(world):
    (world.store.path / "secret.key").unlink()
    assert "ontbreekt" in status_of(world.store.path).damaged[0]
    with pytest.raises(StoreError, match="ontbreekt"):
        world.deliver("verzuim", "2023-2024-k3", [ROW])


def test_a_backup_of_it_can_be_put_back(world, tmp_path):
    write_backup(world.store, tmp_path / "reserve.zip")
    restore(tmp_path / "nieuw", read_backup(tmp_path / "reserve.zip"))
    assert status_of(tmp_path / "nieuw").remarks == ()
    assert Store(tmp_path / "nieuw").version == world.store.version
