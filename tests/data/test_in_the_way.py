"""What is no regular file is never read: it is named, and restore moves it out of the way."""

import os
import signal
import socket
from datetime import date
from pathlib import Path

import pytest
from commands import commanded
from small_store import World

from data.deliveries import restore as restoring
from data.deliveries.backup import read_backup, write_backup
from data.deliveries.disk import NotAFile, write_file
from data.deliveries.restore import restore
from data.deliveries.seals import seal_folder, write_seal
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError
from kpi.cycle.contents import read_contents

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with a place")
ROW = {"location_id": "00AA00", "start_on": date(2023, 9, 1), "pupils": 1}
NAMED = "is geen gewoon bestand"
SEAL = "2023-2024-k1"
PATIENCE = 20  # seconds; a command takes well under one


def folder(path):
    path.mkdir()
    (path / "iets").write_text("x")


def listening(path):
    here = Path.cwd()
    os.chdir(path.parent)  # the place of a socket may be only 108 characters long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


KINDS = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": folder,
    "socket": listening,
    "broken link": lambda path: path.symlink_to(path.with_name("weg")),
    "link to itself": lambda path: path.symlink_to(path),
}
FILES = ("ledger.jsonl", "ledger.head", "secret.key", "lock")


@pytest.fixture(autouse=True)
def no_waiting():
    """A command that waits for a pipe or reads a device to its end, fails here."""

    def stop(*_):
        pytest.fail("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.deliver("verzuim", "2023-2024-k1", [ROW])
    write_backup(world.store, tmp_path / "reserve.zip")
    return world


@pytest.fixture
def command(world, monkeypatch, capsys):
    return commanded(world.store.path, monkeypatch, capsys)


def put_in_the_way(path, kind):
    path.unlink(missing_ok=True)
    KINDS[kind](path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FILES)
def test_every_command_names_it(world, command, tmp_path, name, kind):
    path = world.store.path / name
    (delivery,) = world.store.deliveries()
    put_in_the_way(path, kind)
    wanted = [["status"], ["undo", delivery.delivery_id], ["repair"]]
    if name != "lock":  # that is not needed to read
        wanted.append(["backup", str(tmp_path / "nieuw.zip")])
    for arguments in wanted:
        code, said = command(*arguments)
        assert code == 1, arguments
        assert f"{path} {NAMED}; haal het weg" in said, arguments
        assert "in orde" not in said
    assert not list(tmp_path.glob("*nieuw*"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FILES)
def test_restore_moves_it_aside_and_goes_on(world, command, tmp_path, name, kind):
    put_in_the_way(world.store.path / name, kind)
    code, said = command("restore", str(tmp_path / "reserve.zip"))
    assert code == 0, said
    assert "Kies het bestand zelf" not in said
    assert any(os.path.lexists(aside / name) for aside in world.store.path.glob("terzijde/*"))
    assert status_of(world.store.path).remarks == ()
    assert len(Store(world.store.path).deliveries()) == 1
    Store(world.store.path).set("demo", False, "x")


def test_several_are_all_named(world):
    for name in FILES:
        put_in_the_way(world.store.path / name, "folder")
    found = "\n".join(status_of(world.store.path).damaged)
    assert all(f"{world.store.path / name} {NAMED}" in found for name in FILES)


@pytest.mark.parametrize("kind", KINDS)
def test_so_is_a_file_of_a_seal(world, tmp_path, kind):
    lines = len(world.store.lines())
    write_seal(world.store, SEAL, lines, {"seal.json": b"{}"}, {"seal": "x"}, "x")
    path = seal_folder(world.store, SEAL) / "seal.json"
    put_in_the_way(path, kind)
    assert f"{path} {NAMED}" in "".join(status_of(world.store.path).damaged)
    write_backup(world.store, tmp_path / "nieuw.zip")
    with pytest.raises(NotAFile, match=NAMED):
        read_contents(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["rows.parquet", "delivery.json"])
def test_so_is_a_file_of_a_delivery(world, command, tmp_path, name, kind):
    path = world.store.rows_path(world.store.deliveries()[0].delivery_id).with_name(name)
    put_in_the_way(path, kind)
    code, said = command("status")
    assert code == 1
    assert f"{path} {NAMED}" in said
    command("repair")
    assert command("backup", str(tmp_path / "nieuw.zip"))[0] == 0
    assert name not in {Path(file).name for file in read_backup(tmp_path / "nieuw.zip").files}
    assert command("restore", str(tmp_path / "reserve.zip"))[0] == 0
    assert status_of(world.store.path).remarks == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_is_read_from_a_file_only(world, command, tmp_path, kind):
    KINDS[kind](tmp_path / "kopie.zip")
    code, said = command("restore", str(tmp_path / "kopie.zip"))
    assert code == 1
    assert f"kopie.zip {NAMED}. Kies het bestand van de reservekopie" in said
    code, said = command("backup", str(tmp_path / "kopie.zip"))
    assert code == 1
    assert "bestaat al" in said


def test_a_device_is_no_backup(command):
    assert NAMED in command("restore", "/dev/zero")[1]


@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_the_store_itself_is_a_folder(world, command, monkeypatch, tmp_path, kind):
    KINDS[kind](tmp_path / "opslag")
    with pytest.raises(NotADirectoryError):
        Store(tmp_path / "opslag")


def test_a_file_that_did_not_fit_leaves_no_half(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_file(tmp_path / "ledger.head.nieuw", b"x")
    assert not list(tmp_path.iterdir())


def test_a_restore_that_did_not_fit_leaves_no_half(world, monkeypatch, tmp_path):
    before = sorted(world.store.path.rglob("*"))

    def full(path, _content):
        if path.name == "delivery.json":
            raise OSError(28, "full")
        write_file(path, _content)

    monkeypatch.setattr(restoring, "write_file", full)
    with pytest.raises(OSError, match="full"):
        restore(world.store.path, read_backup(tmp_path / "reserve.zip"))
    assert sorted(world.store.path.rglob("*")) == before
    assert status_of(world.store.path).remarks == ()


def test_what_a_stopped_restore_left_is_named_and_removed_by_who_writes(world):
    left = world.store.path / ".nieuw-terugzetten"
    (left / "deliveries").mkdir(parents=True)
    (world.store.path / "ledger.head.nieuw").write_bytes(b"")
    (world.store.path / "ledger.jsonl.nieuw").write_bytes(b"")
    (world.store.path / "secret.key.nieuw").mkdir()
    (note,) = status_of(world.store.path).remarks
    assert str(left) in note and "half opgeslagen" in note
    world.store.set("demo", False, "x")
    assert not list(world.store.path.glob("*.nieuw")) and not left.exists()
    assert status_of(world.store.path).remarks == ()


def test_a_writer_that_is_refused_removes_nothing(world):
    left = world.store.path / ".nieuw-terugzetten"
    left.mkdir()
    (world.store.path / "secret.key").write_bytes(b"f" * 64)
    with pytest.raises(StoreError, match="een andere"):
        world.store.set("demo", False, "x")
    assert left.exists()
