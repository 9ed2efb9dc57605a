"""The page Verbeterplan for a profile that has a plan, and what it says when there is none."""

import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from handing_in import single_list
from reading import PATIENCE, opened, shown
from streamlit.testing.v1 import AppTest

from kpi.meaning.profile import PROFILES
from kpi.opening.opening import open_monitor
from kpi.paper.make import Paper, papers_of
from kpi.plans.improvement_plan import load_improvement_plan
from kpi.plans.moment import last_months, moment
from kpi.plans.order import Colour, OrderStatus
from kpi.plans.orders import improvement_plan

NOVEMBER = "2023-11-30"
BOARD = "bka3-overleg"
THIS_MONTH = next(iter(last_months(date.today())))


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """A store of a bureau with one list, so that it opens at once."""
    return single_list(tmp_path_factory.mktemp("begin") / "store").path


@pytest.fixture
def own(delivered, tmp_path, monkeypatch):
    """A copy of that store, to write in."""
    shutil.copytree(delivered, tmp_path / "store")
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))


@pytest.fixture
def visit_plan(own, monkeypatch):
    """Open the page with these choices in its address, for the profile that has a plan."""
    monkeypatch.setenv("KPI_PROFILE", "dordrecht")
    return partial(opened, "verbeterplan")


def words_of(app):
    blocks = [*app.markdown, *app.error, *app.info, *app.success, *app.header]
    return " ".join(shown(block.value) for block in blocks)


def rows_of(table):
    """A table as a reader sees it, the name of the row first; a blank is a blank."""
    return [
        [shown(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in (name, *cells)]
        for name, cells in zip(table.value.index, table.value.to_numpy(), strict=True)
    ]


def press(app, form):
    """Send the form with this key; fill in who writes."""
    button = next(item for item in app.button if item.form_id == form)
    next(b for b in app.text_input if b.form_id == form and b.label == "Uw naam").input("Bureau")
    return button.click().run()


def order_of(monitor, name):
    return next(order for order in improvement_plan(monitor).orders if order.id == name)


def test_the_plan_of_november_with_every_order_and_no_contradiction(visit_plan):
    app = visit_plan(rapport=NOVEMBER)
    assert not app.exception
    said = words_of(app)
    assert "11 opdrachten · stand op 30 november 2023" in said
    assert "Er zijn geen tegenspraken" in said
    assert "Dit is het eerste rapport" in said
    status, intended, annexes = map(rows_of, app.table)
    assert len(status) == 11 and len(annexes) == 18
    assert status[0] == [
        "RPO1 Dekkend netwerk van voorzieningen", "artikel 2.47, tweede lid, WVO 2020",
        "? kleur niet te lezen in de bron",
        "februari 2023 (voorbij)  \nseptember 2023 (voorbij)  \ndecember 2023",
        "7 bijlagen: 1a, 1b, 2a, 2b, 3, 4a en 4b",
        "ALV, Besturen PO en VO, Directeurenberaden, SBO/(V)SO- en PrO-overleg",
    ]  # fmt: skip
    assert [row[0] for row in intended] == ["voorjaar 2024"] * 6 + ["najaar 2024"]
    link = str(app.table[0].value.index[1])
    assert f"verbeterplan?rapport={NOVEMBER}&opdracht=bka1-ondersteuningsplan" in link


def test_one_order_shows_everything_the_plan_says_of_it(visit_plan):
    app = visit_plan(rapport=NOVEMBER, opdracht="bka3-opr")
    assert not app.exception
    facts, notes, evidence, history = map(rows_of, app.table)
    assert dict(facts)["Wijziging ondersteuningsplan"] == "nee"
    assert "artikel 4a WMS" in dict(facts)["Herstelopdracht"]
    assert [row[0] for row in notes] == ["mei 2023", "september 2023", "oktober 2023"]
    assert [row[0] for row in evidence] == ["9", "10"]
    assert [row[0] for row in history] == ["november 2023"]
    assert "Statuten en reglementen van de OPR" in words_of(app)


def tables_of(monitor, plan, on):
    """The overview of a plan, as the page shows it."""
    from pages.parts.improvement import tables as order_tables

    order_tables.show(monitor, plan, on, on.isoformat())


def planted(plan):
    """The plan of November with ten contradictions of all four kinds, and how many per order."""
    green = (OrderStatus("2023-11", Colour.GREEN),)
    wrong = {
        "rpo1-netwerk": ({"evidence": ("99",)}, 1),
        "bka1-ondersteuningsplan": ({"notes": ()}, 1),
        "bka1-kwaliteitszorg": ({"statuses": green}, 2),  # two due dates have passed
        "bka2-bestuur": ({"statuses": green}, 1),  # no evidence
        "bka2-toezicht": ({"notes": ()}, 1),
        "bka3-opr": ({"remark": "Zie bijlage 40."}, 1),
        BOARD: ({"statuses": green}, 2),  # no evidence, and a due date that has passed
        "bka3-jaarverslag": ({"statuses": green}, 1),
    }
    orders = tuple(replace(item, **wrong.get(item.id, ({}, 0))[0]) for item in plan.orders)
    return replace(plan, orders=orders), {name: count for name, (_, count) in wrong.items()}


def test_ten_planted_contradictions_are_on_the_page_with_a_link_to_their_order(own):
    plan, expected = planted(load_improvement_plan(PROFILES / "dordrecht"))
    on = date.fromisoformat(NOVEMBER)
    given = (open_monitor(), plan, on)
    app = AppTest.from_function(tables_of, default_timeout=PATIENCE, args=given)
    app.run()
    assert not app.exception
    links = [str(name) for name in app.table[0].value.index]
    assert len(links) == 10
    found = Counter(re.search(r"opdracht=([\w-]+)", link).group(1) for link in links)
    assert found == expected
    kinds = " ".join(row[1] for row in rows_of(app.table[0]))
    for said in ("geen bewijsstuk", "voorbij", "geen notitie", "Bijlage 99", "Bijlage 40"):
        assert said in kinds


def test_a_status_a_note_and_evidence_are_recorded_and_told_as_changes(visit_plan):
    app = visit_plan(opdracht=BOARD)
    assert "Er is geen notitie sinds het rapport van 30 november 2023" in str(
        [row for table in app.table for row in rows_of(table)]
    )
    boxes = {box.label: box for box in app.selectbox if box.form_id == f"stand_{BOARD}"}
    boxes["Hoe staat het?"].select("groen")
    next(box for box in app.multiselect if box.form_id == f"stand_{BOARD}").select("2022-12")
    app = press(app, f"stand_{BOARD}")
    assert not app.exception
    assert f"Vastgelegd: de stand van {moment(THIS_MONTH).text}" in words_of(app)
    # Green without evidence contradicts itself until a piece is listed and named.
    assert "geen bewijsstuk bij genoemd" in str(rows_of(app.table[0]))
    texts = {box.label: box for box in app.text_input if box.form_id == "bewijsstuk"}
    texts["Nummer"].input("13")
    texts["Welk stuk is het?"].input("Verslag van het overleg")
    app = press(app, "bewijsstuk")
    areas = {box.label: box for box in app.text_area if box.form_id == f"notitie_{BOARD}"}
    areas["Wat is er gebeurd?"].input("Het tweede overleg is gehouden.")
    next(box for box in app.multiselect if box.form_id == f"notitie_{BOARD}").select("13")
    app = press(app, f"notitie_{BOARD}")
    assert "Vastgelegd: notitie over" in words_of(app)
    order = order_of(open_monitor(), BOARD)
    assert order.statuses[-1].colour is Colour.GREEN and order.statuses[-1].met == ("2022-12",)
    assert (order.notes[-1].author, order.notes[-1].evidence) == ("Bureau", ("13",))
    app = visit_plan()
    changes = [row[1:] for row in rows_of(app.table[2]) if "overleg toezicht en OPR" in row[0]]
    assert [what for what, _ in changes] == [
        "stand", "datum gehaald", "nieuwe notitie", "nieuw bewijs",
    ]  # fmt: skip
    assert not [row for row in rows_of(app.table[0]) if "overleg toezicht en OPR" in row[0]]


def test_what_is_wrong_in_a_form_is_said_and_nothing_is_recorded(visit_plan):
    app = visit_plan(opdracht=BOARD)
    before = order_of(open_monitor(), BOARD)
    app = press(app, f"stand_{BOARD}")
    assert "Kies hoe het staat" in words_of(app)
    areas = {box.label: box for box in app.text_area if box.form_id == f"notitie_{BOARD}"}
    areas["Wat is er gebeurd?"].input("Besproken met Jan Jansen.")
    app = press(app, f"notitie_{BOARD}")
    assert "lijkt op een naam van een persoon" in words_of(app)
    texts = {box.label: box for box in app.text_input if box.form_id == "bewijsstuk"}
    texts["Nummer"].input("zes")
    app = press(app, "bewijsstuk")
    assert "geen nummer van een bijlage" in words_of(app)
    assert order_of(open_monitor(), BOARD) == before


def test_the_report_of_a_day_can_be_downloaded_in_word_and_pdf(visit_plan):
    app = visit_plan(rapport=NOVEMBER)
    app = next(item for item in app.button if item.label == "Maak").click().run()
    assert not app.exception
    names = [item.label for item in app.get("download_button")]
    assert [shown(name) for name in names] == [
        "verbeterplan-2023-11-30.docx", "verbeterplan-2023-11-30.pdf",
    ]  # fmt: skip


def test_a_profile_without_a_plan_says_what_it_is_and_how_to_add_one(own, visit):
    app = visit("verbeterplan")
    assert not app.exception and len(app.title) == 1
    said = words_of(app)
    assert "heeft geen verbeterplan" in said and "verbeterplan.toml" in said
    assert not app.table
    assert Paper.VERBETERPLAN not in papers_of(open_monitor())
