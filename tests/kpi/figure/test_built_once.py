"""What was built is kept beside the store: opened again it says the same, and never anything else.

A file that was built anew is another file on the disk (its inode); that is how these tests see
whether the figures were read or made.
"""

import os
import shutil
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data import kept
from data.database import Database, DatabaseError
from data.deliveries.disk import BEING_WRITTEN
from data.deliveries.store import Store
from data.gate.importing import import_file
from kpi.figure.figures import KIND
from kpi.meaning.target import Target, TargetKind
from kpi.opening.demo import FILES
from kpi.opening.opening import forget, open_as_known, open_monitor
from kpi.record.targets import set_target

ROOT = Path(__file__).resolve().parents[3]
EVERY = "select * from kpi_value order by all"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A store with locations and some years of reserves, and its figures as built in memory."""
    path = tmp_path_factory.mktemp("built") / "store"
    store = Store(path)
    assert import_file(store, FILES / "00-vestigingen.xlsx", isolated=False).accepted
    for year in (2022, 2023, 2024):
        file = FILES / f"vermogen-{year}.xlsx"
        assert import_file(store, file, period=str(year), isolated=False).accepted
    (path / kept.FOLDER).touch()  # a folder that cannot be made: nothing is kept
    figures = opened(path).database.rows(EVERY)
    (path / kept.FOLDER).unlink()
    forget(path)
    assert figures
    return path, figures


@pytest.fixture
def store(filled, tmp_path):
    """A copy of that store that was opened once, and so has a file with what was built."""
    path = Path(shutil.copytree(filled[0], tmp_path / "store"))
    opened(path)
    forget(path)
    assert len(files(path)) == 1
    return path


def opened(path, **more):
    return open_monitor(store=path, profile="groningen_stad", demo=False, **more)


def again(path, **more):
    """Opened as another process would."""
    forget(path)
    return opened(path, **more)


def files(path):
    """Per kept file its inode: another one is another file."""
    found = (path / kept.FOLDER).glob(f"{KIND}-*")
    return {file.name: file.stat().st_ino for file in found}


def only(path):
    (name,) = files(path)
    return path / kept.FOLDER / name


def test_the_second_time_the_figures_are_read_and_the_same(store, filled):
    before = files(store)
    assert again(store).database.rows(EVERY) == filled[1]
    assert files(store) == before


def test_what_was_built_is_read_from_the_file_at_once(store, filled):
    only(store).unlink()
    monitor = again(store)
    assert monitor.database.rows(EVERY) == filled[1]
    with pytest.raises(DatabaseError):
        monitor.database.execute("create table proef as select 1")
    with pytest.raises(DatabaseError):
        monitor.database.rows(f"from read_csv('{ROOT / 'pyproject.toml'}')")


def test_a_note_or_a_target_builds_nothing(store):
    before = files(store)
    monitor = again(store)
    monitor.store.record("duiding", {}, "Proef")
    set_target(opened(store), Target("reserve", "ratio", TargetKind.AT_MOST, amount=Decimal(1),
               origin="ALV", valid_from=date(2020, 1, 1)))  # fmt: skip
    assert again(store).targets[("reserve", "ratio", "")]
    assert files(store) == before


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage", [flipped, lambda content: content[:-1], lambda content: b""],
    ids=["one bit", "one byte short", "empty"],
)  # fmt: skip
def test_a_file_that_is_not_as_it_was_written_is_not_read(store, filled, damage):
    path = only(store)
    path.write_bytes(damage(path.read_bytes()))
    assert kept.opened(path.parent, KIND, path.stem.split("-")[1]) is None
    assert again(store).database.rows(EVERY) == filled[1]
    assert kept.opened(store / kept.FOLDER, KIND, opened(store).fingerprint)


def test_a_file_of_something_else_is_not_read_under_this_name(store, filled):
    path = only(store)
    kind, _, digest = path.stem.split("-")
    other = path.with_name(f"{kind}-{'0' * 32}-{digest}{path.suffix}")
    path.rename(other)
    assert kept.opened(path.parent, kind, "0" * 32) is None
    assert not other.exists()
    assert again(store).database.rows(EVERY) == filled[1]


def test_what_a_stopped_program_left_is_not_read_and_goes_later(store, filled):
    path = only(store)
    left = path.with_name(f"{BEING_WRITTEN}0{kept.ENDING}")
    left.write_bytes(path.read_bytes()[: 1 << 16])
    path.unlink()
    assert again(store).database.rows(EVERY) == filled[1]
    assert left.exists(), "another process may be writing it"
    long_ago = time.time() - 2 * kept.LEFT_BEHIND
    os.utime(left, (long_ago, long_ago))
    only(store).unlink()
    again(store)
    assert not left.exists()


def test_another_delivery_an_undo_and_other_definitions_are_other_figures(store, filled, tmp_path):
    own = Store(store)
    own.undo(own.deliveries()[-1].delivery_id, "Proef", "fout")
    fewer = again(store).database.rows(EVERY)
    assert fewer != filled[1]
    file = FILES / "vermogen-2024.xlsx"
    assert import_file(own, file, period="2024", isolated=False).accepted
    assert again(store).database.rows(EVERY) == filled[1]
    definitions = Path(shutil.copytree(ROOT / "kpi" / "definitions", tmp_path / "definities"))
    changed = definitions / "reserve" / "kpi.sql"
    text = changed.read_text(encoding="utf-8").replace("0.035", "0.045")
    assert text != changed.read_text(encoding="utf-8")
    changed.write_text(text, encoding="utf-8")
    assert again(store, definitions=definitions).database.rows(EVERY) != filled[1]
    assert again(store).database.rows(EVERY) == filled[1]


def test_a_few_states_are_kept_and_the_oldest_go(store):
    own = Store(store)
    for number in range(kept.MOST + 2):
        own.set("iets", number, "Proef")
        again(store)
        assert len(files(store)) <= kept.MOST


def test_an_earlier_state_is_kept_too(store, filled):
    own = Store(store)
    last = len(own.lines())
    own.undo(own.deliveries()[-1].delivery_id, "Proef", "fout")
    assert open_as_known(again(store), last).database.rows(EVERY) == filled[1]
    before = files(store)
    assert len(before) == 2
    assert open_as_known(again(store), last).database.rows(EVERY) == filled[1]
    assert files(store) == before


def test_a_damaged_delivery_is_not_hidden_by_what_was_kept(store, filled):
    own = Store(store)
    rows = own.rows_path(own.deliveries()[-1].delivery_id)
    rows.write_bytes(flipped(rows.read_bytes()))
    found = again(store)
    assert found.store.doubts, "every page says it"
    assert found.database.rows(EVERY) != filled[1], "it does not count"


def test_only_this_user_may_read_it(store):
    assert (store / kept.FOLDER).stat().st_mode & 0o777 == 0o700
    assert only(store).stat().st_mode & 0o777 == 0o600


def test_without_a_place_to_keep_it_everything_works(store, filled):
    shutil.rmtree(store / kept.FOLDER)
    (store / kept.FOLDER).touch()
    names = sorted(path.name for path in store.iterdir())
    assert again(store).database.rows(EVERY) == filled[1]
    assert sorted(path.name for path in store.iterdir()) == names


def test_a_folder_is_only_made_in_a_store_that_is_there(tmp_path):
    made = kept.keep(tmp_path / "weg" / kept.FOLDER, KIND, "0", Database)
    assert made.rows("select 1 as one") == [{"one": 1}]
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from kpi.opening.opening import open_monitor

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, 1 << 18))  # bytes; then the disk is full
monitor = open_monitor(store=Path(sys.argv[1]), profile="groningen_stad", demo=False)
print(monitor.database.rows("select count(*) as figures from kpi_value"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kent zo'n grens niet")
def test_a_full_disk_leaves_the_figures_in_memory(store, filled):
    only(store).unlink()
    command = [sys.executable, "-c", FULL, str(store)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert told.stdout.strip() == str([{"figures": len(filled[1])}]), told.stderr
    assert list((store / kept.FOLDER).iterdir()) == []


def test_many_processes_open_and_build_at_once(store):
    shutil.rmtree(store / kept.FOLDER)
    command = [sys.executable, "-m", "kpi", "figures", "--csv", "--kpi", "reserve"]
    chosen = {"KPI_STORE": str(store), "KPI_PROFILE": "groningen_stad", "KPI_DEMO": "0"}
    for _ in range(2):  # first nobody finds it, then everybody does
        running = [
            subprocess.Popen(command, cwd=ROOT, env=os.environ | chosen, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, encoding="utf-8")
            for _ in range(3)
        ]  # fmt: skip
        told = {process.communicate(timeout=300) for process in running}
        assert [process.returncode for process in running] == [0, 0, 0]
        assert len(told) == 1
        ((figures, errors),) = told
        assert errors == ""
        assert figures.count("\n") > 20
    assert kept.opened(store / kept.FOLDER, KIND, opened(store).fingerprint)
