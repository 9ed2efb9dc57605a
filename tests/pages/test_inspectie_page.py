"""The part about the Inspectie on the page Kwartaal: numbers to type over, and the form."""

import io

import pytest
from inspectie_world import NORTH, QUARTERS, World, spell
from openpyxl import load_workbook
from reading import PATIENCE, ROOT, shown
from received_form import HEADER_ROW, SHEET, received_form
from streamlit.testing.v1 import AppTest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCRIPT = f"""
from kpi.opening.opening import open_monitor
from pages.parts.quarter.inspectie import inspectie_block
monitor = open_monitor()
inspectie_block(monitor, monitor.periods["{QUARTERS[0]}"])
"""


@pytest.fixture
def world(tmp_path, monkeypatch) -> World:
    world = World(tmp_path)
    rows = [spell(str(n), NORTH, ("AV", "LRV")[n % 2], "2023-08-14") for n in range(1, 8)]
    world.deliver("verzuim", QUARTERS[0], rows)
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("KPI_PROFILE", "groningen_stad")
    return world


def opened() -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=PATIENCE).run()


def texts(app: AppTest) -> str:
    return " ".join(shown(item.value) for item in app.markdown)


def given(app: AppTest, content: bytes) -> AppTest:
    return app.file_uploader[0].upload("Formulier.xlsx", content, XLSX).run()


def test_the_numbers_for_isd_stand_ready_to_be_copied(world):
    app = opened()
    assert not app.exception
    assert [item.value for item in app.code] == ["3", "4", "7", "0", "0", "niet geleverd", "7", "0"]
    assert "Absoluut verzuim (AV) op de peildatum" in texts(app)


def test_a_form_is_recognised_and_comes_back_filled_in(world):
    app = given(opened(), received_form())
    assert not app.exception
    assert "Gevonden: blad “Thuiszitters”, kop op rij 6. De kolommen zijn herkend" in texts(app)
    boxes = {item.label: item.value for item in app.selectbox}
    assert boxes["E: Startdatum"] == "start_on"
    assert boxes["I: Eigen kolom"] == ""
    button = next(item for item in app.button if item.label == "Vul het formulier in")
    app = button.click().run()
    assert not app.exception
    _, content, _ = app.session_state["gevuld_formulier"]
    sheet = load_workbook(io.BytesIO(content))[SHEET]
    assert sheet.cell(HEADER_ROW + 7, 2).value.startswith("L-")
    assert sheet.cell(HEADER_ROW + 8, 2).value is None
    (entry,) = world.store.entries("uitgave")
    assert entry.body["period_id"] == QUARTERS[0]


def test_a_column_is_pointed_out_by_hand_with_a_fixed_text(world):
    app = given(opened(), received_form())
    assert [item.label for item in app.text_input if "Vaste tekst" in item.label] == [
        "Vaste tekst in kolom I", "Vaste tekst in kolom J",
    ]  # fmt: skip
    next(item for item in app.text_input if item.label == "Vaste tekst in kolom I").set_value(
        "SWV Proef"
    )
    app = next(item for item in app.button if item.label == "Vul het formulier in").click().run()
    _, content, _ = app.session_state["gevuld_formulier"]
    assert load_workbook(io.BytesIO(content))[SHEET].cell(HEADER_ROW + 1, 9).value == "SWV Proef"


def test_a_file_that_cannot_be_used_is_refused_in_words(world):
    bad = (ROOT / "tests" / "bad_files" / "zip_bomb.xlsx").read_bytes()
    app = given(opened(), bad)
    assert not app.exception
    assert "niet geopend" in shown(app.error[0].value)


def test_another_row_can_be_pointed_out_as_the_header(world):
    app = given(opened(), received_form())
    app.number_input[0].set_value(4)
    app = next(item for item in app.button if item.label == "Zoek daar").click().run()
    assert "staat geen kop" in shown(app.error[0].value)
