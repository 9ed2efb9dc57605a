"""What goes wrong with a disk is told in Dutch, with what to do; never in words of the system."""

import errno
import os

import pytest
from small_store import World

from data.deliveries.failures import BY_CAUSE, told
from data.deliveries.lock import locked
from data.deliveries.store import Store
from kpi.cli.main import main

ENGLISH = (
    "Errno",
    "denied",
    "No such",
    "space left",
    "Read-only",
    "directory",
    "too long",
    "Error",
)


@pytest.mark.parametrize("cause", [*BY_CAUSE, errno.EPIPE, 99_999])
def test_every_cause_has_a_sentence_with_what_to_do(cause):
    text = told(OSError(cause, os.strerror(cause), "/map/bestand"))
    assert not [word for word in ENGLISH if word in text]
    assert "/map/bestand" in text
    assert text.count(". ") >= 1
    assert text.endswith(".")


@pytest.fixture
def command(monkeypatch, capsys):
    def run(store, *arguments):
        monkeypatch.setenv("KPI_STORE", str(store))
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


COMMANDS = (["status"], ["undo", "x"], ["backup", "reserve.zip"], ["repair"])


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda found: found[0])
def test_a_store_that_is_a_file(command, tmp_path, arguments):
    (tmp_path / "store").write_text("hallo")
    code, text = command(tmp_path / "store", *arguments)
    assert code == 1
    assert "Waar een map hoort te staan, staat een bestand" in text or "is geen opslag" in text


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda found: found[0])
def test_a_name_that_is_too_long(command, tmp_path, arguments):
    code, text = command(tmp_path / ("x" * 300), *arguments)
    assert code == 1
    assert "te lang" in text
    assert not [word for word in ENGLISH if word in text]


def test_a_backup_that_is_not_there(command, tmp_path):
    code, text = command(tmp_path / "store", "restore", str(tmp_path / "weg.zip"))
    assert code == 1
    assert "weg.zip" in text
    assert "Kijk of de naam klopt" in text


@pytest.mark.parametrize(
    ("cause", "word"),
    [(errno.ENOSPC, "schijf is vol"), (errno.EACCES, "rechten"), (errno.EROFS, "niet worden ges")],
)
def test_a_disk_that_refuses(command, tmp_path, monkeypatch, cause, word):
    world = World(tmp_path)
    world.store.set("demo", False, "x")
    before = (world.store.path / "ledger.jsonl").read_bytes()

    def refuse(path, *_arguments, **_more):
        raise OSError(cause, os.strerror(cause), str(path))

    delivery = world.deliver("balans", "2023", [{"amount": 1}])
    before = (world.store.path / "ledger.jsonl").read_bytes()
    monkeypatch.setattr(os, "open", refuse)
    code, text = command(world.store.path, "undo", delivery.delivery_id)
    monkeypatch.undo()
    assert code == 1
    assert word in text
    assert not [english for english in ENGLISH if english in text]
    assert (world.store.path / "ledger.jsonl").read_bytes() == before
    assert Store(world.store.path).deliveries() == (delivery,)


def test_a_store_that_another_program_is_writing_in(command, tmp_path, monkeypatch):
    world = World(tmp_path)
    delivery = world.deliver("balans", "2023", [{"amount": 1}])
    monkeypatch.setattr("data.deliveries.lock.PATIENCE", 0.05)
    with locked(world.store.path / "lock"):
        code, text = command(world.store.path, "undo", delivery.delivery_id)
    assert code == 1
    assert "al bezig met opslaan" in text
