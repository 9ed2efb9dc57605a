"""Data of persons in the places beside the cells: nowhere in the store, and not in what is told."""

import json
import os

import pytest
from handing_in import hand_in_example, whole
from openpyxl import Workbook

from data.database import read_rows
from data.deliveries.line import body_of
from data.deliveries.store import Store, StoreError
from data.gate.claim import OWN, Answers
from data.gate.importing import import_file
from data.personal import named_without_persons, without_persons

HEADER = ["Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum"]
ROW = ["L-1", "90AA00", "AV", "04-09-2023", None]
BSN, NAME, MAIL = "123456782", "Kevin Bakker", "kevin.bakker@school.nl"
CANARIES = (BSN, "Kevin", "kevin.bakker")


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "store")
    hand_in_example(store, "locaties")
    return store


def handed_in(store, folder, rows, header=HEADER, sheet="Blad1", name="verzuim.xlsx", **more):
    book = Workbook()
    book.active.title = sheet
    for row in (header, *rows):
        book.active.append(row)
    path = folder / "kopie.xlsx"
    book.save(path)
    more.setdefault("answers", whole("verzuim"))
    more.setdefault("period", "2023-2024-k1")
    return import_file(store, path, file_name=name, isolated=False, **more)


def leaks(store, result):
    """Where a canary is found: in the files of the store, or in what is told about the file."""
    places = {str(path): path.read_bytes() for path in store.path.rglob("*") if path.is_file()}
    for path in store.path.rglob("*.parquet"):  # what is packed cannot be searched
        places[str(path)] = repr(read_rows(path)).encode()
    places["result"] = json.dumps(body_of(result), default=str, ensure_ascii=False).encode()
    return [(where, canary) for where, content in places.items() for canary in CANARIES
            if canary.encode() in content]  # fmt: skip


@pytest.mark.parametrize("planted", [BSN, f"{NAME}", MAIL, f"verzuim_{BSN}_k1", f"van {NAME} (3)"])
def test_in_the_name_of_the_file(store, tmp_path, planted):
    result = handed_in(store, tmp_path, [ROW], name=f"{planted}.xlsx")
    assert result.accepted
    assert any("De naam" in note or "de naam" in note for note in result.notes)
    assert leaks(store, result) == []


@pytest.mark.parametrize(
    "planted",
    ["verzuim_bakker_kevin", "Kevin-Bakker_juni", "kevin verzuim k1", "verzuim leerling Kevin",
     "verzuim_Kevin_B", "KEVIN", "Verzuim bakker, k (Kevin)"],
)  # fmt: skip
def test_a_first_name_in_the_name_of_the_file_however_it_is_written(store, tmp_path, planted):
    result = handed_in(store, tmp_path, [ROW], name=f"{planted}.xlsx")
    assert result.accepted
    assert not [canary for canary in ("Kevin", "kevin", "KEVIN") if canary in repr(result)]
    assert leaks(store, result) == []


@pytest.mark.parametrize(
    "name",
    ["verzuim jan 2026", "verzuim_2023-2024_k1", "Anne Frank College verzuim", "max aantal",
     "Verzuim Maascollege", "verzuim mei", "lijst anne frank school", "Verzuim Per Leerling (2)"],
)  # fmt: skip
def test_other_words_in_the_name_of_a_file_stay(name):
    assert named_without_persons(name) == name


def test_the_number_itself_is_hidden_and_not_its_likeness_in_another():
    assert without_persons(f"lijst 7{BSN}01 en {BSN}") == f"lijst 7{BSN}01 en •••"


def test_a_name_of_a_file_that_is_no_text(store, tmp_path):
    """As a zip made on Windows gives it on Linux."""
    path = tmp_path / os.fsdecode(b"verzuim_\xff\xfe.csv")
    try:
        path.write_text(";".join(HEADER) + "\nL-1;90AA00;AV;04-09-2023;\n", encoding="utf-8")
    except OSError:
        pytest.skip("deze schijf kent zulke namen niet")
    said = {"period": "2023-2024-k1", "answers": whole("verzuim")}
    result = import_file(store, path, **said)
    assert result.accepted
    assert result.file_name.encode()
    gone = import_file(store, path.with_name(os.fsdecode(b"weg_\xff.csv")), **said)
    assert gone.problems[0].message.encode()


def test_in_a_title_above_the_table(store, tmp_path):
    title = [f"Verzuim van {NAME}, {BSN}, kwartaal 1 2023-2024", None, None, None, None]
    rows = [[None] * 5, HEADER, ROW]
    result = handed_in(store, tmp_path, rows, header=title, period=None)
    assert result.accepted
    assert any("gelezen uit" in note for note in result.notes)
    assert leaks(store, result) == []


@pytest.mark.parametrize("planted", [BSN, NAME, f"Leerling {NAME}", MAIL.replace("@", "(at)")])
def test_in_the_name_of_a_sheet(store, tmp_path, planted):
    result = handed_in(store, tmp_path, [ROW], sheet=planted[:31])
    assert result.accepted
    assert leaks(store, result) == []
    rows = store.sidecar(result.delivery.delivery_id)
    assert rows["rows"] == 1


@pytest.mark.parametrize("name", ["90AA00", "Jan", "Sept 2023", "Verzuim Per Leerling", "Blad1"])
def test_the_name_of_a_school_or_month_stays(store, tmp_path, name):
    result = handed_in(store, tmp_path, [ROW], sheet=name)
    assert not [note for note in result.notes if "van een persoon" in note]


@pytest.mark.parametrize("planted", [BSN, NAME, MAIL, f"gebeld met {NAME}"])
def test_in_the_header_of_a_column_that_is_dropped(store, tmp_path, planted):
    result = handed_in(store, tmp_path, [[*ROW, "x"]], header=[*HEADER, planted])
    assert result.accepted
    assert leaks(store, result) == []


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("planted", [BSN, NAME, MAIL, f"zie {BSN}"])
def test_in_a_cell_that_is_refused(store, tmp_path, at, planted):
    row = [planted if place == at else value for place, value in enumerate(ROW)]
    result = handed_in(store, tmp_path, [row])
    if at or planted == NAME:
        assert result.status == "geweigerd"
    assert leaks(store, result) == []


def test_numbers_that_could_be_a_bsn_are_asked_about_and_remembered(store, tmp_path):
    rows = [[number, *ROW[1:]] for number in (BSN, 111222333, "1112.22.333", "L-4")]
    asked = handed_in(store, tmp_path, rows)
    assert asked.status == "vraag"
    (doubt,) = asked.claim.doubts
    assert doubt.settled_by == "numbers"
    assert "regel 2, 3, 4." in doubt.text
    assert leaks(store, asked) == []
    said = Answers(**{**vars(whole("verzuim")), "numbers": OWN})
    stored = handed_in(store, tmp_path, rows[:1] + rows[3:], answers=said)
    assert stored.accepted, stored
    again = handed_in(store, tmp_path, [[111222333, *ROW[1:]]])
    assert again.status != "vraag" or again.claim.doubts[0].settled_by != "numbers"
    assert leaks(store, stored) == []


@pytest.mark.parametrize("number", [123456781, "123456789", 12345, "2023-2024", 20240901, 10000008])
def test_other_numbers_are_not_asked_about(store, tmp_path, number):
    assert handed_in(store, tmp_path, [[number, *ROW[1:]]]).accepted


@pytest.mark.parametrize("planted", [BSN, f"lijst van {NAME}", MAIL])
def test_in_the_reason_of_an_undo(store, planted):
    (delivery,) = store.deliveries()
    with pytest.raises(StoreError, match="zonder gegevens van personen"):
        store.undo(delivery.delivery_id, "", planted)
    assert store.undo(delivery.delivery_id, "", "verkeerde lijst").undone_reason
