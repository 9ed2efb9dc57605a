"""A backup is whole or is not made; putting it back never costs what it does not hold."""

import os
import shutil
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest
from small_store import World

from data.deliveries.backup import MANIFEST, read_backup, write_backup
from data.deliveries.repair import repair
from data.deliveries.restore import restore, restore_delivery, would_lose
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError
from kpi.cli.main import main

ROW = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": 1}


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    world.store.record("duiding", {"tekst": "een zin"}, "x")
    return world


def backup(world, **parts):
    path = world.folder / f"reserve-{len(list(world.folder.glob('reserve*')))}.zip"
    write_backup(world.store, path, **parts)
    return read_backup(path)


def test_an_empty_folder_becomes_the_store(world, tmp_path):
    path = tmp_path / "nieuw" / "store"
    restore(path, backup(world))
    assert Store(path).deliveries() == world.store.deliveries()
    assert Store(path).secret == world.store.secret
    assert status_of(path).remarks == ()


def test_key_and_rows_can_be_kept_apart(world, tmp_path):
    path = tmp_path / "nieuw"
    rows, key = backup(world, key=False), backup(world, rows=False)
    assert "secret.key" not in rows.files
    assert [*key.files] == ["secret.key"]
    restore(path, rows)
    assert "sleutel" in status_of(path).damaged[0]
    with pytest.raises(StoreError, match="ontbreekt"):
        Store(path).set("demo", True, "x")
    restore(path, key)
    assert status_of(path).remarks == ()


def test_the_key_of_another_store_is_refused(world, tmp_path):
    other = World(tmp_path / "ander")
    other.store.set("demo", True, "x")
    with pytest.raises(StoreError, match="niet die van deze opslag"):
        restore(world.store.path, backup(other, rows=False))


def test_a_key_may_lie_elsewhere(tmp_path):
    path, key = tmp_path / "store", tmp_path / "kluis" / "sleutel"
    store = Store(path, key=key)
    store.set("demo", True, "x")
    assert key.exists() and not (path / "secret.key").exists()
    assert status_of(path, key).remarks == ()
    assert "ontbreekt" in status_of(path).damaged[0]
    assert Store(path, key=key).as_known(1).secret == store.secret
    write_backup(store, tmp_path / "reserve.zip")
    key.write_bytes(b"f" * 64)
    restore(path, read_backup(tmp_path / "reserve.zip"), key)
    assert status_of(path, key).remarks == ()
    assert list(tmp_path.glob("kluis/terzijde/*/sleutel"))
    assert not list(path.glob("terzijde/*/sleutel"))


def test_what_the_backup_does_not_hold_is_not_lost_unasked(world):
    made = backup(world)
    later = world.deliver("verzuim", "2023-2024-k2", [ROW])
    with pytest.raises(StoreError, match="meer dan de reservekopie: 1 levering"):
        restore(world.store.path, made)
    assert Store(world.store.path).deliveries()[-1] == later
    aside = restore(world.store.path, made, sure=True)
    assert later.delivery_id not in {f.delivery_id for f in Store(world.store.path).deliveries()}
    assert (aside / "deliveries" / later.delivery_id / "rows.parquet").exists()
    found = status_of(world.store.path)
    assert found.damaged == ()
    assert later.delivery_id in found.notes[0] and "niet meetellen" in found.notes[0]


def test_the_line_of_a_key_is_nothing_that_people_caused(world, tmp_path, monkeypatch, capsys):
    """As there is after a file was only checked on a computer that is new."""
    store = Store(tmp_path / "nieuw")
    _ = store.secret
    assert [line.kind for line in store.lines()] == ["sleutel"]
    made = backup(world)
    assert would_lose(store.path, made) == ""
    restore(store.path, made)
    assert Store(store.path).deliveries() == world.store.deliveries()
    monkeypatch.setenv("KPI_STORE", str(world.store.path))
    assert main(["backup", str(tmp_path / "telt.zip")]) == 0
    assert "Hierin: 1 levering, 1 andere regel (" in capsys.readouterr().out


def test_a_newer_backup_may_be_put_over_an_older_store(world, tmp_path):
    old = Path(shutil.copytree(world.store.path, tmp_path / "oud"))
    later = world.deliver("verzuim", "2023-2024-k2", [ROW])
    restore(old, backup(world))
    assert Store(old).deliveries()[-1] == later


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_backup_that_is_not_whole_is_refused(world, place):
    path = world.folder / "reserve.zip"
    write_backup(world.store, path)
    content = path.read_bytes()
    at = len(content) * place // 100
    path.write_bytes(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])
    before = world.store.path.stat().st_mtime_ns
    try:
        found = read_backup(path)
    except StoreError as error:
        assert "reserve.zip is geen reservekopie" in str(error)
    else:
        path.write_bytes(content)
        assert found.files == read_backup(path).files, "a byte of the zip that says nothing"
    assert world.store.path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "name", ["../uit.txt", "/etc/uit", "deliveries/../../uit", "deliveries/a\\b/c", "los.txt"]
)
def test_a_backup_cannot_write_outside_the_store(world, name):
    path = world.folder / "reserve.zip"
    write_backup(world.store, path)
    with zipfile.ZipFile(path) as archive:
        stated = archive.read(MANIFEST)
        files = {item: archive.read(item) for item in archive.namelist()}
    import hashlib
    import json

    told = json.loads(stated)
    told["files"][name] = hashlib.sha256(b"x").hexdigest()
    with zipfile.ZipFile(path, "w") as archive:
        for item, content in (files | {MANIFEST: json.dumps(told).encode(), name: b"x"}).items():
            archive.writestr(item, content)
    with pytest.raises(StoreError, match="geen reservekopie"):
        read_backup(path)


def test_a_text_is_no_backup_and_an_earlier_one_is_never_replaced(world):
    path = world.folder / "reserve.zip"
    path.write_text("hallo", encoding="utf-8")
    with pytest.raises(StoreError, match="geen reservekopie"):
        read_backup(path)
    with pytest.raises(StoreError, match="bestaat al"):
        write_backup(world.store, path)
    assert path.read_text(encoding="utf-8") == "hallo"


def test_of_a_store_that_does_not_add_up_no_backup_is_made(world):
    (world.store.path / "ledger.head").unlink()
    with pytest.raises(StoreError, match="geen reservekopie gemaakt"):
        write_backup(Store(world.store.path), world.folder / "reserve.zip")
    assert not list(world.folder.glob("*reserve*"))


def test_one_delivery_comes_back_from_a_backup(world):
    made = backup(world)
    (found,) = world.store.deliveries()
    rows = world.store.rows_path(found.delivery_id)
    rows.write_bytes(b"stuk")
    assert list(world.store.damaged) == [found.delivery_id]
    spoiled = backup(world)
    with pytest.raises(StoreError, match="ook beschadigd"):
        restore_delivery(world.store, spoiled, found.delivery_id)
    restore_delivery(world.store, made, found.delivery_id)
    assert world.store.damaged == {}
    assert status_of(world.store.path).remarks == ()
    assert next(world.store.path.glob("terzijde/*/*/rows.parquet")).read_bytes() == b"stuk"


def test_what_a_version_of_before_moved_aside_is_found_again(world):
    (found,) = world.store.deliveries()
    home = world.store.rows_path(found.delivery_id).parent
    loose = world.store.path / "losse-leveringen" / f"{found.delivery_id}-12ab34cd"
    loose.parent.mkdir()
    home.rename(loose)
    assert "niet meer compleet" in status_of(world.store.path).damaged[0]
    assert "teruggevonden" in repair(world.store.path).done[0]
    assert status_of(world.store.path).remarks == ()


def test_repair_tells_what_it_costs(world):
    world.deliver("verzuim", "2023-2024-k2", [ROW])
    path = world.store.path / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1] + lines[2].replace(b"zin", b"xin") + lines[3])
    found = repair(world.store.path, sure=True)
    assert "eindigt nu bij regel 2: regel 3 is achteraf veranderd" in found.done[0]
    assert "1 levering, 1 andere regel" in found.costs[0]
    assert (found.aside / "ledger.jsonl").exists()
    again = World(world.folder)
    assert len(again.store.deliveries()) == 1
    again.deliver("verzuim", "2023-2024-k2", [ROW])
    assert len(Store(world.store.path).deliveries()) == 2


def test_a_new_key_is_only_made_when_asked_for(world):
    old = world.store.secret
    (world.store.path / "secret.key").unlink()
    found = repair(world.store.path, sure=True)
    assert "--new-key" in found.remains[-1]
    assert not (world.store.path / "secret.key").exists()
    assert "lijken anderen" in repair(world.store.path, new_key=True).costs[0]
    assert Store(world.store.path).secret != old
    assert status_of(world.store.path).remarks == ()
    world.deliver("verzuim", "2023-2024-k2", [ROW])


@pytest.mark.skipif(os.name == "nt", reason="Windows heeft andere rechten")
def test_only_the_owner_may_look(world):
    os.umask(0)
    try:
        world.deliver("verzuim", "2023-2024-k2", [ROW])
        paths = [world.store.path, *world.store.path.rglob("*")]
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in paths}
    finally:
        os.umask(0o022)
    expected = {path: 0o700 if path.is_dir() else 0o600 for path in paths}
    assert modes == expected
