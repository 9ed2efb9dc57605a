"""Repair says what it would cost, exactly, and takes nothing away that nobody said may go."""

import json
from datetime import date

import pytest
from commands import commanded
from small_store import World

from data.deliveries.repair import repair
from data.deliveries.restore import WouldLose
from data.deliveries.status import status_of
from data.deliveries.store import Store

ROW = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": 1}


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    for quarter in ("2023-2024-k1", "2023-2024-k2"):
        world.deliver("verzuim", quarter, [ROW])
    return world


@pytest.fixture
def command(world, monkeypatch, capsys):
    return commanded(world.store.path, monkeypatch, capsys)


def state(world):
    files = (path for path in sorted(world.store.path.rglob("*")) if path.is_file())
    return {path: path.read_bytes() for path in files}


def changed(world, change):
    path = world.store.path / "ledger.jsonl"
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


def refused(world):
    """What repair says it would cost; nothing may be changed by asking."""
    before = state(world)
    with pytest.raises(WouldLose) as found:
        repair(world.store.path)
    assert state(world) == before
    return str(found.value)


def test_an_emptied_ledger_is_not_made_a_new_beginning_unasked(world, command):
    names = [found.delivery_id for found in world.store.deliveries()]
    changed(world, lambda _: [])
    cost = refused(world)
    assert "2 leveringen" in cost
    assert all(f"{name} (verzuim.csv)" in cost for name in names)
    assert "--yes" in command("repair")[1]
    assert command("repair", "--yes")[0] == 0
    code, said = command("status")
    assert code == 0
    assert "in orde" not in said
    assert "leveringen die niet meetellen" in said and all(name in said for name in names)


def test_without_ledger_and_head_too(world):
    for name in ("ledger.jsonl", "ledger.head"):
        (world.store.path / name).unlink()
    assert "2 leveringen" in refused(world)


def test_a_last_line_that_is_there_twice_costs_nothing(world):
    kept = world.store.deliveries()
    changed(world, lambda lines: [*lines, lines[-1]])
    found = repair(world.store.path)
    assert found.costs == []
    assert Store(world.store.path).deliveries() == kept
    assert status_of(world.store.path).remarks == ()


def test_a_delivery_of_which_the_line_is_gone_is_named_and_kept(world, command):
    *_, last = world.store.deliveries()
    changed(world, lambda lines: lines[:-1])
    cost = refused(world)
    assert "1 levering." in cost and last.delivery_id in cost
    assert "waarvan niet te zien is" not in cost
    repair(world.store.path, sure=True)
    said = command("status")[1]
    assert f"{last.delivery_id} staat niet in het logboek" in said
    assert "Bewaar deze map" in said and "Anders kan deze map weg" not in said
    assert world.store.rows_path(last.delivery_id).exists()


def test_a_line_of_which_nothing_is_left_is_counted(world):
    world.store.record("duiding", {"tekst": "een zin"}, "x")
    changed(world, lambda lines: lines[:-1])
    assert refused(world) == ("Regels van het logboek waarvan niet te zien is wat erin stond: 1.")


def test_a_delivery_that_was_undone_is_not_lost_again(world):
    *_, last = world.store.deliveries()
    world.store.undo(last.delivery_id, "x", "verkeerd")
    changed(
        world, lambda lines: [lines[0], lines[1].replace(b"verzuim.csv", b"verzuim.cs"), *lines[2:]]
    )
    cost = refused(world)
    assert "1 levering, 1 andere regel" in cost
    assert last.delivery_id not in cost


def test_a_damaged_delivery_is_undone_only_when_that_is_meant(world, command):
    *_, last = world.store.deliveries()
    world.store.rows_path(last.delivery_id).write_bytes(b"PAR1")
    cost = refused(world)
    assert cost == (
        f"Levering {last.delivery_id} (verzuim.csv) is beschadigd. Zij wordt ongedaan gemaakt."
    )
    code, said = command("repair", "--yes")
    assert code == 0
    assert "Er was niets te herstellen" not in said
    assert f"Levering {last.delivery_id} (verzuim.csv) is ongedaan gemaakt." in said


def test_a_sound_store_has_nothing_to_repair(world, command):
    before = state(world)
    code, said = command("repair")
    assert (code, said) == (0, "Er was niets te herstellen.\n")
    assert state(world) == before


def test_only_the_line_of_a_key_is_nothing_to_lose(tmp_path):
    store = Store(tmp_path / "store")
    _ = store.secret
    path = store.ledger.path
    line = json.loads(path.read_bytes())
    path.write_text(json.dumps({**line, "author": "x"}, sort_keys=True) + "\n")
    assert repair(store.path).costs == []
    assert status_of(store.path).damaged == ()
