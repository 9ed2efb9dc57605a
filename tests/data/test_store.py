"""The store: whole deliveries, once, that can be taken back; also with several processes."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from small_store import World

from data.deliveries.ledger import LedgerDamaged, StoreKind
from data.deliveries.lock import Busy, locked
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError

ROOT = Path(__file__).parents[2]
ROW = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": 1}


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_a_new_store_is_empty(tmp_path):
    status = status_of(tmp_path / "een" / "map")
    assert status.deliveries == ()
    assert status.remarks == ()
    assert status.chain_ok


def test_a_delivery_comes_back_as_it_was(world):
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW], author="M. de Vries")
    again = Store(world.store.path).deliveries()
    assert again == (delivery,)
    assert again[0].author == "M. de Vries"
    assert again[0].covers_from == date(2023, 8, 1)
    assert again[0].covers_to == date(2023, 9, 30)
    assert again[0].slot == "2023-2024"
    assert again[0].seq == 2, "after the line of the key"


def test_the_folder_holds_rows_and_a_readable_sidecar(world):
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW])
    folder = world.store.path / "deliveries" / delivery.delivery_id
    assert sorted(path.name for path in folder.iterdir()) == ["delivery.json", "rows.parquet"]
    content = json.loads((folder / "delivery.json").read_text(encoding="utf-8"))
    assert content == world.store.sidecar(delivery.delivery_id)
    assert content["rows_sha256"] == delivery.rows_sha256


def test_the_same_twice_is_one_delivery(world):
    first = world.deliver("verzuim", "2023-2024-k1", [ROW])
    assert world.deliver("verzuim", "2023-2024-k1", [ROW]) == first
    assert world.store.deliveries() == (first,)


def test_undone_is_not_deleted_and_can_be_delivered_again(world):
    first = world.deliver("verzuim", "2023-2024-k1", [ROW])
    undone = world.store.undo(first.delivery_id, "J. Jansen", "verkeerde map")
    assert (undone.undone_by, undone.undone_reason) == ("J. Jansen", "verkeerde map")
    assert world.store.deliveries() == ()
    assert world.store.history() == (undone,)
    assert world.store.rows_path(first.delivery_id).exists()
    again = world.deliver("verzuim", "2023-2024-k1", [ROW])
    assert again.delivery_id == f"{first.delivery_id}-2"
    assert world.store.deliveries() == (again,)


def test_undo_says_what_is_wrong(world):
    with pytest.raises(StoreError, match="“onbekend” bestaat niet"):
        world.store.undo("onbekend", "x", "")
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW])
    world.store.undo(delivery.delivery_id, "x", "")
    with pytest.raises(StoreError, match="al eerder"):
        world.store.undo(delivery.delivery_id, "x", "")


def test_the_order_of_the_ledger_counts_not_the_clock(world, monkeypatch):
    """A clock that was set back must not make an old file the newest one."""
    first = world.deliver("verzuim", "2023-2024-k1", [ROW])

    class Past:
        @staticmethod
        def now(zone):
            return datetime(2001, 1, 1, tzinfo=zone)

    monkeypatch.setattr("data.deliveries.ledger.datetime", Past)
    second = world.deliver("verzuim", "2023-2024-k1", [ROW | {"pupils": 2}])
    assert second.imported_at < first.imported_at
    assert second.seq > first.seq
    total = world.build().rows("select sum(pupils) as total from spell")
    assert int(total[0]["total"]) == 2


def test_settings_and_mappings_keep_their_latest_value(world):
    store = world.store
    store.set("demo", True, "x")
    store.set("demo", False, "x")
    store.remember_mapping("kop", "verzuim", {"location_id": "School"}, "x")
    store.remember_mapping("kop", "verzuim", {"location_id": "School"}, "x")
    store.remember_mapping("kop", "tlv", {"location_id": "B"}, "x")
    assert store.entries(StoreKind.SETTING)[-1].body == {"name": "demo", "value": False}
    assert store.mappings() == {"kop": {"source": "tlv", "columns": {"location_id": "B"}}}
    assert len(store.entries("mapping")) == 2


def test_the_version_changes_with_every_line(world):
    seen = {world.store.version}
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    seen.add(world.store.version)
    world.store.set("demo", True, "x")
    seen.add(world.store.version)
    assert len(seen) == 3
    assert Store(world.store.path).version == world.store.version


def test_the_figures_version_changes_only_with_what_figures_follow_from(world):
    assert world.store.figures_version == ""
    first = world.deliver("verzuim", "2023-2024-k1", [ROW])
    seen = [world.store.figures_version]
    world.store.record("duiding", {"tekst": "een zin"}, "x")
    world.store.remember_mapping("indeling", "verzuim", {}, "x")
    assert world.store.figures_version == seen[-1] != world.store.version
    world.store.undo(first.delivery_id, "x", "fout")
    seen.append(world.store.figures_version)
    world.store.set("demo", True, "x")
    seen.append(world.store.figures_version)
    assert len(set(seen)) == 3
    assert Store(world.store.path).figures_version == seen[-1]


def test_as_known_at_a_line_nothing_of_later_is_there(world):
    first = world.deliver("verzuim", "2023-2024-k1", [ROW])
    world.store.record("duiding", {"tekst": "een zin"}, "x")
    then = world.store.version
    second = world.deliver("verzuim", "2023-2024-k2", [ROW])
    world.store.undo(first.delivery_id, "x", "fout")
    world.store.record("duiding", {"tekst": "nog een zin"}, "x")
    earlier = world.store.as_known(3)
    assert earlier.version == then
    assert [found.delivery_id for found in earlier.deliveries()] == [first.delivery_id]
    assert [entry.body["tekst"] for entry in earlier.entries("duiding")] == ["een zin"]
    assert world.store.as_known(0).version == ""
    assert world.store.deliveries() == (second,)
    assert status_of(world.store.path).remarks == (), "what came in later is left where it is"


def test_an_earlier_state_can_only_be_read(world):
    first = world.deliver("verzuim", "2023-2024-k1", [ROW])
    earlier = world.store.as_known(2)
    with pytest.raises(StoreError, match="alleen te lezen"):
        earlier.record("duiding", {}, "x")
    with pytest.raises(StoreError, match="alleen te lezen"):
        earlier.undo(first.delivery_id, "x", "fout")
    assert len(world.store.lines()) == 2
    for seq in (-1, 3):
        with pytest.raises(StoreError, match="staat niet in het logboek"):
            world.store.as_known(seq)


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(world):
    secret = world.store.secret
    assert len(secret) >= 32
    assert Store(world.store.path).secret == secret
    if os.name != "nt":
        assert (world.store.path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_lost_secret_is_never_replaced_in_silence(world):
    assert world.store.secret
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    path = world.store.path / "secret.key"
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="beschadigd"):
        _ = world.store.secret
    path.unlink()
    with pytest.raises(StoreError, match="ontbreekt"):
        _ = world.store.secret
    assert not path.exists()
    with pytest.raises(StoreError, match="ontbreekt"):
        world.store.set("demo", True, "x")


def half(world, name):
    folder = world.store.path / "deliveries" / name
    folder.mkdir()
    (folder / "rows.parquet").write_bytes(b"half")


def everything(folder):
    """Every path in a folder, with what is in it and when that was written."""
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


def test_reading_makes_nothing(tmp_path):
    store = Store(tmp_path / "een" / "map")
    assert (store.deliveries(), store.version, store.damaged) == ((), "", {})
    assert status_of(store.path).remarks == ()
    assert not (tmp_path / "een").exists()


def test_reading_changes_nothing_whatever_lies_there(world):
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW])
    half(world, ".nieuw-verzuim-x")
    half(world, "verzuim-zonder-regel")
    with (world.store.path / "ledger.jsonl").open("ab") as file:
        file.write(b'{"at": "2026')
    before = everything(world.store.path)
    again = Store(world.store.path)
    assert again.deliveries() == (delivery,)
    assert again.damaged == {}
    told = "\n".join(status_of(again.path).notes)
    assert all(word in told for word in (".nieuw-verzuim-x", "zonder-regel", "niet af"))
    assert everything(world.store.path) == before


def test_what_was_half_written_is_cleaned_up_by_the_next_who_writes(world):
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    half(world, ".nieuw-verzuim-x")
    assert "half opgeslagen" in status_of(world.store.path).notes[0]
    world.deliver("verzuim", "2023-2024-k2", [ROW])
    assert status_of(world.store.path).remarks == ()


def test_a_ledger_that_was_gone_for_a_moment_costs_nothing(world):
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW])
    path = world.store.path / "ledger.jsonl"
    kept = path.read_bytes()
    path.unlink()
    with pytest.raises(LedgerDamaged, match="leeg of ontbreekt"):
        Store(world.store.path)
    (world.store.path / "ledger.head").rename(world.store.path / "elders")
    gone = Store(world.store.path)
    assert gone.deliveries() == ()
    assert "Het logboek" in status_of(gone.path).damaged[0]
    with pytest.raises(StoreError, match="ontbreekt, terwijl er leveringen staan"):
        gone.set("demo", True, "x")
    path.write_bytes(kept)
    (world.store.path / "elders").rename(world.store.path / "ledger.head")
    assert Store(world.store.path).deliveries() == (delivery,)
    assert status_of(world.store.path).remarks == ()


def test_a_stray_file_is_left_alone(world):
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    (world.store.path / "deliveries" / "desktop.ini").write_text("", encoding="utf-8")
    assert status_of(world.store.path).remarks == ()


def test_what_another_program_left_behind_is_not_in_the_way(world):
    first = world.deliver("verzuim", "2023-2024-k1", [ROW])
    world.store.undo(first.delivery_id, "x", "")
    half(world, f".nieuw-{first.delivery_id}-2")
    half(world, f"{first.delivery_id}-2")
    again = world.deliver("verzuim", "2023-2024-k1", [ROW])
    assert again.delivery_id == f"{first.delivery_id}-3"
    assert world.store.damage(again) == ""
    assert Store(world.store.path).deliveries() == (again,)
    assert (
        world.store.folders.path / f"{first.delivery_id}-2" / "rows.parquet"
    ).read_bytes() == b"half"


def test_a_cut_line_is_set_aside_by_the_next_who_writes_and_said(world):
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW])
    with (world.store.path / "ledger.jsonl").open("ab") as file:
        file.write(b'{"at": "2026')
    assert Store(world.store.path).deliveries() == (delivery,)
    world.store.set("demo", False, "x")
    (torn,) = world.store.path.glob("ledger-afgebroken-*")
    assert torn.read_bytes() == b'{"at": "2026'
    assert torn.name in status_of(world.store.path).notes[0]


def test_a_changed_ledger_is_refused(world):
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    path = world.store.path / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"rows":1', b'"rows":2'))
    with pytest.raises(LedgerDamaged, match="reservekopie"):
        Store(world.store.path)


def test_status_reads_the_rows(world):
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW])
    assert status_of(world.store.path).damaged == ()
    path = world.store.rows_path(delivery.delivery_id)
    path.write_bytes(path.read_bytes() + b"x")
    assert delivery.delivery_id in status_of(world.store.path).damaged[0]


def test_when_writing_fails_nothing_is_stored(world, monkeypatch):
    def full_disk(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.deliveries.ledger.append_line", full_disk)
    with pytest.raises(OSError, match="space"):
        world.deliver("verzuim", "2023-2024-k1", [ROW])
    monkeypatch.undo()
    assert world.store.deliveries() == ()
    delivery = world.deliver("verzuim", "2023-2024-k1", [ROW])
    assert Store(world.store.path).deliveries() == (delivery,)


def test_only_one_at_a_time(tmp_path):
    path = tmp_path / "lock"
    with locked(path), pytest.raises(Busy, match="al bezig"), locked(path, patience=0.05):
        pass
    with locked(path, patience=0.05):
        pass


WORKER = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {kit!r})
from small_store import World
world = World(Path(sys.argv[1]))
for number in range(5):
    pupils = (int(sys.argv[2]) + 1) * 100 + number
    world.deliver("plaatsen", "2023-2024-k1", [
        {{"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": pupils}}])
    world.deliver("plaatsen", "2023-2024-k1", [
        {{"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": 1}}])
"""


def test_several_processes_deliver_at_once(world):
    """Every delivery lands, each once, and the chain stays whole."""
    code = WORKER.format(kit=str(Path(__file__).parent))
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(world.folder), str(number)],
            cwd=ROOT,
        )
        for number in range(3)
    ]
    assert [worker.wait(timeout=600) for worker in workers] == [0, 0, 0]
    store = Store(world.store.path)
    assert len(store.deliveries()) == 3 * 5 + 1
    assert len({delivery.delivery_id for delivery in store.deliveries()}) == 16
    assert status_of(store.path).remarks == ()
