"""No name, BSN or e-mail address gets into the registration, and no text becomes a formula."""

import io
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from inspectie_world import (
    ABSENCE,
    NORTH,
    PRO,
    QUARTERS,
    SCHOOLS,
    World,
    cells,
    exemption,
    raw,
    rows_of,
    spell,
)
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from received_form import HEADER_ROW, SHEET, received_form

from data.privacy import is_bsn
from kpi.meaning.profile import PROFILES
from kpi.paper.inspectie import inspectie_workbook
from kpi.paper.inspectie.form import FormMapping
from kpi.paper.inspectie.issue import round_of
from kpi.paper.inspectie.layout import ColumnRule
from kpi.register import Refused

FIRST_NAMES = ("Fenna", "Youssef", "Sjoerdtje", "Mehmet", "Chantal", "Wiebe", "Noor", "Abdellah",
               "Liselot", "Tjeerd")  # fmt: skip
LAST_NAMES = ("van der Ploeg", "Boukhari", "Hoekstra", "Yilmaz", "de Rooij", "Postma", "Zijlstra",
              "El Amrani", "Kloosterman", "Wagenaar")  # fmt: skip
NAMES = tuple(f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES)
ADDRESSES = tuple(f"{name.replace(' ', '.').lower()}@huispost.nl" for name in NAMES)
PUPILS = 100


def bsns():
    """A hundred numbers that pass the eleven test."""
    dice, found = random.Random(3), []
    while len(found) < PUPILS:
        number = f"{dice.randrange(10**8, 10**9)}"
        if is_bsn(number):
            found.append(number)
    return found


BSNS = tuple(bsns())
PLANTS = (*NAMES, *BSNS, *ADDRESSES)


def planted(path: Path):
    """A list of absence with everything in it that should never have been there."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Verzuim"
    sheet.append([f"Export gemaakt door {NAMES[0]} ({ADDRESSES[0]})"])
    sheet.append([*ABSENCE, "Naam leerling", "BSN", "E-mail ouders", "Opmerking"])
    for number in range(PUPILS):
        place, kind = ((NORTH, "AV"), (PRO, "LRV"))[number % 2]
        row = spell(f"V-{number:04d}", place, kind, "2023-08-14")
        sheet.append([
            *row.values(), NAMES[number], int(BSNS[number]), ADDRESSES[number],
            f"Gebeld met {NAMES[-number - 1]}, BSN {BSNS[-number - 1]}, {ADDRESSES[-number - 1]}",
        ])  # fmt: skip
    sheet["A3"].comment = Comment(f"{NAMES[5]} {BSNS[5]}", NAMES[6])
    other = book.create_sheet("Contact")
    for name, number, address in zip(NAMES, BSNS, ADDRESSES, strict=True):
        other.append([name, number, address])
    book.properties.creator, book.properties.title = NAMES[7], ADDRESSES[7]
    book.save(path)


@pytest.fixture(scope="module")
def planted_world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("persoonsgegevens")
    world = World(folder)
    planted(folder / f"verzuim van {NAMES[8]} {BSNS[8]}.xlsx")
    world.import_path(next(folder.glob("verzuim van *")), "verzuim", QUARTERS[0])
    world.deliver(
        "vrijstellingen", QUARTERS[0],
        [exemption("V-9000", "5 onder a", "2023-08-01") | {"Naam": NAMES[9], "BSN": BSNS[9]}],
    )  # fmt: skip
    return world


@pytest.mark.parametrize("form", [None, received_form()], ids=["eigen", "formulier"])
def test_300_plants_in_the_files_handed_in_and_none_in_the_workbook(planted_world, form):
    assert len(set(PLANTS)) == 300
    monitor = planted_world.monitor()
    content = inspectie_workbook(monitor, monitor.periods[QUARTERS[0]], form)
    everything = b"\n".join([content, *raw(content).values()]).lower()
    assert b"90aa00" in everything or form  # the reading works: what should be there is found
    assert not [plant for plant in PLANTS if plant.lower().encode() in everything]
    shown = "\n".join(str(cell.value) for cell in cells(content)).lower()
    assert not [plant for plant in PLANTS if plant.lower() in shown]
    assert shown.count("l-") >= PUPILS


def test_no_pupil_number_of_the_files_is_in_the_workbook(planted_world):
    monitor = planted_world.monitor()
    content = inspectie_workbook(monitor, monitor.periods[QUARTERS[0]])
    everything = b"".join(raw(content).values())
    assert not [n for n in range(PUPILS) if f"V-{n:04d}".encode() in everything]


def test_personal_data_in_a_text_stops_the_workbook_wherever_the_text_came_from(planted_world):
    monitor = planted_world.monitor()
    made = round_of(monitor, monitor.periods[QUARTERS[0]])
    for text in (ADDRESSES[0], f"BSN {BSNS[0]}"):
        columns = (*made.layout.columns, ColumnRule("Vast", text=text))
        with pytest.raises(Refused, match="Er staat een"):
            replace(made, layout=replace(made.layout, columns=columns)).document()


@pytest.mark.parametrize("text", ["Vraag Fenna van der Ploeg", ADDRESSES[0], f"BSN {BSNS[0]}"])
def test_personal_data_as_a_fixed_text_in_a_form_is_refused(planted_world, text):
    monitor = planted_world.monitor()
    columns = {"E": "start_on", "I": f"tekst:{text}"}
    mapping = FormMapping(SHEET, HEADER_ROW, columns)
    with pytest.raises(Refused, match="Haal dat weg"):
        inspectie_workbook(monitor, monitor.periods[QUARTERS[0]], received_form(), mapping=mapping)


# Formulas

PAYLOADS = (
    "=1+1", "=HYPERLINK(\"http://voorbeeld.nl\",\"klik\")", "=cmd|' /C calc'!A0", "+1+1",
    "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "@cmd",
    "\t=1+1", " =1+1", "'=1+1", "\"=1+1\"", ";=1+1", ",=1+1", "=A1&\"x\"", "=WEBSERVICE(\"x\")",
    "=IMPORTXML(\"x\",\"y\")", "=DDE(\"a\";\"b\";\"c\")", "%0A=1+1", "|calc", "{=1+1}",
    "=1+1;=2+2", "＝1+1", "<f>1+1</f>",
)  # fmt: skip


@pytest.fixture(scope="module")
def injected(tmp_path_factory):
    """A store and a profile in which every school and every text is a payload."""
    folder = tmp_path_factory.mktemp("ladingen")
    texts = [json.dumps(payload, ensure_ascii=False) for payload in PAYLOADS]
    profile = folder / "profielen" / "proef"
    profile.mkdir(parents=True)
    source = (PROFILES / "dordrecht" / "profile.toml").read_text(encoding="utf-8")
    profile.joinpath("profile.toml").write_text(
        source.replace('name = "SWV Passend VO Dordrecht"', f"name = {texts[0]}"), encoding="utf-8"
    )
    asked = (
        f"[[questions]]\ntext = {text}\nquarters = ['{QUARTERS[0]}']\n"
        f"answers = {{ '{QUARTERS[0]}' = {text} }}"
        for text in texts
    )
    fixed = (f"[[columns]]\nheader = {text}\ntext = {text}" for text in texts)
    profile.joinpath("inspectie.toml").write_text(
        "\n".join([LAYOUT.format(*texts[:6]), *fixed, *asked]), encoding="utf-8"
    )
    schools = [(f"90AA{n:02d}", name, *SCHOOLS[0][2:]) for n, name in enumerate(PAYLOADS)]
    world = World(folder, schools, folder / "profielen")
    kinds, offers = ("AV", "LRV"), ("ja", "nee")
    rows = [
        spell(str(n), f"90AA{n:02d}", kinds[n % 2], "2023-08-14", Aanbod=offers[n % 2])
        for n in range(len(PAYLOADS))
    ]
    world.deliver("verzuim", QUARTERS[0], rows)
    monitor = world.monitor()
    return monitor, monitor.periods[QUARTERS[0]]


LAYOUT = """
first_school_year = "2019-2020"
audience = {0}
[[columns]]
header = "Code"
field = "key"
[[columns]]
header = "Soort"
field = "kind"
words = {{ av = {1}, lrv = {2} }}
[[columns]]
header = "Aanbod"
field = "offer"
words = {{ ja = {3}, nee = {4}, onbekend = {5} }}
[[columns]]
header = "School"
field = "location"
"""


def test_25_payloads_in_every_text_stay_texts(injected):
    assert len(set(PAYLOADS)) == 25
    own = inspectie_workbook(*injected)
    found = [cell for cell in cells(own) if cell.value is not None]
    assert {cell.data_type for cell in found} <= {"s", "n", "d"}
    assert not any(b"<f>" in part or b"<f " in part for part in raw(own).values())
    texts = [str(cell.value).strip() for cell in found]
    for payload in PAYLOADS:  # school, header, 25 times a fixed text, question and answer
        assert texts.count(payload.strip()) >= 29, payload


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_makes_no_formula_in_a_received_form(injected, payload):
    columns = {"C": "location", "E": "start_on", "G": "offer", "I": f"tekst:{payload}"}
    mapping = FormMapping(SHEET, HEADER_ROW, columns)
    before = {cell.coordinate for cell in cells(received_form()) if cell.data_type == "f"}
    content = inspectie_workbook(*injected, received_form(), mapping=mapping)
    assert {cell.coordinate for cell in cells(content) if cell.data_type == "f"} == before
    rows = list(load_workbook(io.BytesIO(content))[SHEET].iter_rows(min_row=HEADER_ROW + 1))
    fixed = rows[0][8]
    assert str(fixed.value).strip() == payload.strip()
    assert {str(row[2].value).strip() for row in rows if row[4].value} == {
        text.strip() for text in PAYLOADS
    }
    if payload.startswith(("=", "+", "-", "@", "\t")):
        assert fixed.quotePrefix  # or it becomes a formula when somebody edits the cell


def test_a_registration_without_any_row_is_a_workbook_too(tmp_path):
    world = World(tmp_path)
    world.deliver("verzuim", QUARTERS[0], [spell("1", NORTH, "ziekgemeld", "2023-08-14")])
    monitor = world.monitor()
    content = inspectie_workbook(monitor, monitor.periods[QUARTERS[0]])
    assert rows_of(content) == []
