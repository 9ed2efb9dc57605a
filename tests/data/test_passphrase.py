"""A backup behind a passphrase: without it nothing can be read or changed, and none is guessed."""

import os
import random
import subprocess
import sys
from datetime import date

import pytest
from small_store import World

from data.deliveries.backup import read_backup, write_backup
from data.deliveries.passphrase import SHORTEST, NeedsPassphrase
from data.deliveries.restore import restore
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError
from kpi.cli.main import main

PHRASE = "paard batterij nietje juist"
ROW = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": 1}


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    return world


@pytest.fixture
def locked(world):
    path = world.folder / "reserve.zip.age"
    write_backup(world.store, path, passphrase=PHRASE)
    return path


def test_with_the_passphrase_it_is_the_same_backup(world, locked, tmp_path):
    restore(tmp_path / "nieuw", read_backup(locked, PHRASE))
    assert Store(tmp_path / "nieuw").deliveries() == world.store.deliveries()
    assert status_of(tmp_path / "nieuw").remarks == ()


def test_nothing_of_it_stands_there_in_the_clear(world, locked):
    content = locked.read_bytes()
    for told in (b"00AA00", b"deliveries", b"ledger", b"PK\x03\x04", world.store.secret):
        assert told not in content
    assert not [path for path in world.folder.iterdir() if path.suffix == ".zip"]


@pytest.mark.parametrize("phrase", [PHRASE.title(), PHRASE + " ", "een heel andere zin"])
def test_another_passphrase_does_not_open_it(locked, phrase):
    with pytest.raises(StoreError, match="gaat met deze wachtwoordzin niet open"):
        read_backup(locked, phrase)


def test_without_one_it_is_asked_for(locked):
    with pytest.raises(NeedsPassphrase, match="op slot met een wachtwoordzin"):
        read_backup(locked)


@pytest.mark.parametrize("phrase", ["kort", " " * 40, "a" * (SHORTEST - 1)])
def test_a_short_one_is_refused_and_nothing_is_written(world, phrase):
    with pytest.raises(StoreError, match=f"ten minste {SHORTEST} tekens"):
        write_backup(world.store, world.folder / "kort.age", passphrase=phrase)
    assert not list(world.folder.glob("*kort*"))


def test_whatever_is_changed_or_cut_off_does_not_open(locked):
    content, dice = locked.read_bytes(), random.Random(7)
    for _ in range(12):
        at = dice.randrange(len(content))
        spoilt = bytearray(content)
        spoilt[at] ^= 1 << dice.randrange(8)
        locked.write_bytes(spoilt if dice.random() < 0.5 else content[:at])
        with pytest.raises(StoreError):
            read_backup(locked, PHRASE)


def test_a_file_that_asks_for_years_of_work_is_refused_at_once(locked):
    salt = "44GcWNbHJbF7X1uWLc3rHA"
    locked.write_text(f"age-encryption.org/v1\n-> scrypt {salt} 60\n{'A' * 43}\n--- {'A' * 43}\n")
    with pytest.raises(StoreError, match="niet open"):
        read_backup(locked, PHRASE)


def test_commands_take_it_from_the_setting(world, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KPI_STORE", str(world.store.path))
    monkeypatch.setenv("KPI_PASSPHRASE", PHRASE)
    path = tmp_path / "reserve.age"
    assert main(["backup", str(path), "--passphrase"]) == 0
    assert "zonder die zin kan niemand hem openen" in capsys.readouterr().out
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "nieuw"))
    assert main(["restore", str(path)]) == 0
    assert Store(tmp_path / "nieuw").deliveries() == world.store.deliveries()


def test_a_script_without_the_setting_is_told_where_to_put_it(world, locked, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "kpi", "restore", str(locked)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
        env=os.environ | {"KPI_STORE": str(tmp_path / "nieuw")},
    )  # fmt: skip
    assert done.returncode != 0
    assert "KPI_PASSPHRASE" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "nieuw" / "ledger.jsonl").exists()


def test_an_empty_one_is_refused_too(world, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KPI_STORE", str(world.store.path))
    monkeypatch.setenv("KPI_PASSPHRASE", "")
    assert main(["backup", str(tmp_path / "leeg.zip.age"), "--passphrase"]) != 0
    assert f"ten minste {SHORTEST} tekens" in capsys.readouterr().err
    assert not (tmp_path / "leeg.zip.age").exists()


def test_where_nobody_can_type_that_is_said(world, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "kpi", "backup", str(tmp_path / "x.age"), "--passphrase"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
        env={**os.environ, "KPI_STORE": str(world.store.path)},
    )  # fmt: skip
    assert done.returncode != 0
    assert "Hier kan niemand een wachtwoordzin typen" in done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
