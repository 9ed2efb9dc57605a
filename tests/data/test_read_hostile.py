"""A file that is broken, hostile or no table gives one Dutch sentence, and leaves us standing."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from make import FOLDER, HOSTILE
from openpyxl import Workbook

from data.gate.read import ReadLimits, Unreadable, read_file
from data.gate.read.wire import packed, unpacked

ROOT = Path(__file__).parents[2]
# Only the limits of the child process stop these: they cannot be read here.
CHILD_ONLY = {"far_cell_in_the_first_row.xlsx", "promised_strings.xlsx"}
ENGLISH = ("error", "exception", "traceback", "invalid", "failed", "not found")


def refusal(path, **options):
    with pytest.raises(Unreadable) as caught:
        read_file(path, **options)
    return caught.value.message


def test_every_file_of_the_list_is_in_the_folder():
    assert {name for name in HOSTILE if not (FOLDER / name).exists()} == set()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_one_dutch_sentence(name):
    if name in CHILD_ONLY and os.name == "nt":
        pytest.skip("Windows kent geen geheugenlimiet per proces")
    started = time.monotonic()
    message = refusal(FOLDER / name)
    assert HOSTILE[name][1] in message
    assert message.endswith(".") and message.count(". ") == 0 and len(message) < 260
    assert ":" in message, "what is wrong, and after the colon what to do"
    assert not [word for word in ENGLISH if word in message.lower()]
    assert time.monotonic() - started < ReadLimits().timeout_s


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - CHILD_ONLY))
def test_the_checks_do_not_depend_on_the_child(name):
    assert refusal(FOLDER / name, isolated=False) == refusal(FOLDER / name)


def test_a_file_that_takes_too_long_is_stopped():
    message = refusal(FOLDER / "numbers.xlsx", limits=ReadLimits(timeout_s=0.001))
    assert "langer dan 0.001 seconden" in message


@pytest.mark.skipif(os.name == "nt", reason="Windows kent geen geheugenlimiet per proces")
def test_a_file_that_wants_too_much_memory_is_stopped(tmp_path):
    path = tmp_path / "lang.csv"
    path.write_text("school;aantal\n" + "Anker;1\n" * 900_000)
    assert "te veel geheugen" in refusal(path, limits=ReadLimits(memory_mb=80))


@pytest.mark.parametrize(
    ("limits", "piece"),
    [
        (ReadLimits(file_mb=0), "hoogstens 0 MB"),
        (ReadLimits(unzipped_mb=0), "uitpakken"),
        (ReadLimits(cells=3), "miljoen cellen"),
    ],
)
def test_the_limits_are_limits(limits, piece):
    assert piece in refusal(FOLDER / "wrong_dimension.xlsx", limits=limits)


def test_too_many_cells_in_a_text_file(tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_text("a;b\n" * 50)
    assert "miljoen cellen" in refusal(path, limits=ReadLimits(cells=99))
    assert len(read_file(path, limits=ReadLimits(cells=100)).sheets[0].rows) == 50


def test_cells_are_counted_over_all_sheets(tmp_path):
    book = Workbook()
    for name in ("a", "b", "c"):
        sheet = book.create_sheet(name)
        for _ in range(10):
            sheet.append([1] * 10)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert "miljoen cellen" in refusal(path, limits=ReadLimits(cells=299))
    assert len(read_file(path, limits=ReadLimits(cells=300)).sheets) == 4


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "‘weg.xlsx’ is er niet" in refusal(tmp_path / "weg.xlsx")
    assert "is een map" in refusal(tmp_path)


def test_the_child_loads_no_more_than_it_needs():
    """Its start is paid for every file."""
    heavy = (
        "import sys, data.gate.read.child; print({'duckdb', 'pandas', 'numpy'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "set()"


def test_reading_works_from_any_folder(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "__init__.py").write_text("raise SystemExit('the wrong package')")
    path = tmp_path / "één lijst (1).csv"
    path.write_text("school;aantal\nAnker;1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_file(Path(path.name)).sheets[0].rows[1] == ["Anker", "1"]


def test_what_the_child_sends_is_what_it_read():
    for name in ("numbers.xlsx", "dates.xlsx", "errors_and_repeats.ods", "merged_and_hidden.xlsx"):
        read = read_file(FOLDER / name, isolated=False)
        assert unpacked(packed(read)) == read
        assert read_file(FOLDER / name) == read
