"""The page Jaarplan on the made-up SWV, which shows the plan of its profile."""

import io
from decimal import Decimal
from functools import partial

import docx
import pytest
from reading import opened, shown

from kpi.opening.opening import open_monitor
from kpi.plans.activities import activities, take_back
from kpi.plans.activity import ActivityState, Direction, Effect

ROUTE = "jaarplan-2023-2024-1.1"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JANUARY = {"planjaar": "2023-2024", "maand": "2024-01"}


@pytest.fixture
def visit_plan(monitor):
    """Open the page with these choices in its address; the figures are there before it begins."""
    return partial(opened, "jaarplan")


def tables(app):
    return [table.value for table in app.table]


def words_of(app):
    blocks = [*app.markdown, *app.error, *app.info, *app.success, *app.header]
    return " ".join(shown(block.value) for block in blocks)


def test_what_is_late_and_what_is_due_in_a_month(visit_plan):
    app = visit_plan(**JANUARY)
    assert not app.exception
    assert "57 van 57 activiteiten · stand op 31 januari 2024" in words_of(app)
    late, due, calendar = tables(app)[:3]
    assert len(late) == 14  # until the end of December: 2 + 2 + 3 + 5, and two of a year before
    assert [shown(name).split(" ")[1] for name in due.index] == ["2.1c", "1.8", "1.14"]
    assert len(calendar) == 12
    assert "niet gestart" in shown(late["Stand"].iloc[0])
    assert "Niet in dit schooljaar" in words_of(app)


def test_choices_leave_out_what_does_not_fit_and_say_when_nothing_does(visit_plan):
    app = visit_plan(**JANUARY, plankpi="opp", plan="jaarplan", thema="1")
    assert "van 57 activiteiten" in words_of(app)
    rows = [table for table in tables(app) if "Middelen" in table]
    assert rows and all("4" in shown(cell) for table in rows for cell in table["KPI’s"])
    app = visit_plan(**JANUARY, wie="niemand die er is")
    assert not app.exception
    assert "0 van 57 activiteiten" in words_of(app)
    assert "Geen activiteit past bij deze keuze" in words_of(app)


@pytest.mark.parametrize(
    ("group", "labels"),
    [
        ("thema", ["Jaarkalender · 1. Onderwijs & ondersteuning · 8"]),
        ("KPI", ["KPI 1 Thuiszitters · 14", "Zonder KPI · 31"]),
        ("wie", ["CvA · 5", "ECT · 26", "Niemand genoemd · 1"]),
    ],
)
def test_activities_are_grouped_by_what_the_address_says(visit_plan, group, labels):
    app = visit_plan(**JANUARY, groep=group)
    assert not app.exception
    found = [shown(item.label) for item in app.expander]
    assert [label for label in labels if label in found] == labels, found
    app.session_state[f"groep_{labels[-1].rpartition(' · ')[0]}"] = True
    app.run()
    assert len(tables(app)[-1]) == int(labels[-1].rpartition(" · ")[2])


def test_every_row_of_the_plan_stands_on_the_page_with_its_links_and_amounts(visit_plan, monitor):
    """Once each; tests/kpi/plans holds these rows against the document itself."""
    app = visit_plan(**JANUARY)
    for name in (item.label.rpartition(" · ")[0] for item in app.expander):
        app.session_state[f"groep_{shown(name)}"] = True
    app.run()
    rows = [(shown(name), row) for table in tables(app) if "Middelen" in table
            for name, row in table.iterrows()]  # fmt: skip
    every = activities(monitor)
    assert len(rows) == len(every) == 57
    for (name, row), item in zip(rows, every, strict=True):
        assert name.startswith(f"{item.place} {item.what}")
        numbers = ", ".join(str(monitor.kpis[kpi].number) for kpi in item.kpis)
        assert shown(row["KPI’s"]) == (numbers or "–")
        assert all(amount.text in shown(row["Middelen"]) for amount in item.money)
        assert item.period in shown(row["Wanneer"])


def test_progress_that_is_filled_in_is_on_record_and_shown(visit_plan):
    app = visit_plan(**JANUARY, thema="1", plan="jaarplan")
    next(box for box in app.selectbox if box.label == "Welke activiteit?").select(ROUTE)
    texts = {box.label: box for box in app.text_input if box.form_id == "voortgang"}
    texts["Toelichting"].input("Eerste ronde gehouden.")
    texts["Op welke dag?"].input("15-01-2024")
    texts["Uw naam"].input("Bureau")
    next(button for button in app.button if button.label == "Werk bij").click().run()
    assert not app.exception
    assert "Bijgewerkt: jaarplan 1.1" in words_of(app)
    (item,) = (one for one in activities(open_monitor()) if one.id == ROUTE)
    assert [(one.state, one.note) for one in item.progress] == [
        (ActivityState.RUNNING, "Eerste ronde gehouden.")
    ]
    cells = [shown(cell) for table in tables(app)[3:] for cell in table["Stand"]]
    assert "loopt  \n15 januari 2024: Eerste ronde gehouden." in cells


def test_a_name_in_a_note_is_refused_until_somebody_looked(visit_plan):
    app = visit_plan(**JANUARY, plan="jaarplan")
    texts = {box.label: box for box in app.text_input if box.form_id == "voortgang"}
    texts["Toelichting"].input("Besproken met Jan Jansen.")
    texts["Uw naam"].input("Bureau")
    next(button for button in app.button if button.label == "Werk bij").click().run()
    assert "lijkt op een naam van een persoon" in words_of(app)


def test_a_profile_without_a_plan_says_so(visit_plan, monkeypatch):
    monkeypatch.setenv("KPI_PROFILE", "dordrecht")
    app = visit_plan()
    assert not app.exception
    assert "Er is nog geen jaarplan" in words_of(app)


def word_plan(*rows):
    """A Word file as a bureau makes it, with one theme."""
    document = docx.Document()
    document.add_paragraph("Jaarplan schooljaar 2025 - 2026")
    table = document.add_table(0, 4)
    headings = ("", "Periode (wanneer)", "Activiteiten (wat)", "Middelen (financieel)")
    for row in (headings, ("3. Kwaliteit", "", "", ""), *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def upload(app, content):
    return app.file_uploader[0].upload("plan.docx", content, WORD).run()


def test_a_plan_from_word_is_stored_whole_and_shown(visit_plan):
    app = upload(visit_plan(**JANUARY), word_plan(("1", "mei 2026", "Meten (KPI 1 t/m 3)", "€ 5")))
    assert not app.exception
    assert "1 activiteit gelezen." in words_of(app)
    button = next(item for item in app.button if item.label == "Zet in het jaarplan")
    next(box for box in app.text_input if box.form_id == button.form_id).input("Bureau")
    button.click().run()
    assert "Vastgelegd: 1 activiteit." in words_of(app)
    new = next(item for item in activities(open_monitor()) if item.school_year == "2025-2026")
    assert (new.place, len(new.kpis), new.money[0].text) == ("3.1", 3, "€ 5")
    take_back(open_monitor(), new.id, "Bureau", "proef")


def test_what_is_wrong_in_a_plan_from_word_is_said_and_nothing_is_stored(visit_plan):
    app = upload(visit_plan(**JANUARY), word_plan(("1", "ooit", "Meten (KPI 13)", "")))
    assert "‘ooit’ is niet te lezen" in words_of(app)
    assert "KPI 13 is geen KPI van dit profiel" in words_of(app)
    assert not [item for item in app.button if item.label == "Zet in het jaarplan"]
    app = upload(visit_plan(**JANUARY), b"%PDF-1.7")
    assert "een PDF" in words_of(app)


def test_an_activity_is_added_and_changed_in_the_form(visit_plan):
    app = visit_plan(**JANUARY)
    filled = {"Nummer": "9", "Wanneer?": "mei 2024", "Hoeveel geld?": "€ 100"}
    for label, text in filled.items():
        next(box for box in app.text_input if box.label == label).input(text)
    next(box for box in app.text_area if box.label == "Wat gebeurt er?").input("Een proef doen.")
    button = next(item for item in app.button if item.label == "Leg vast")
    boxes = [box for box in app.text_input if box.form_id == button.form_id]
    next(box for box in boxes if box.label == "Uw naam").input("Bureau")
    button.click().run()
    assert not app.exception
    assert "Vastgelegd: jaarplan 1.9 Een proef doen" not in words_of(app)  # 1.9 is taken
    assert "jaarplan 1.9 bestaat al" in words_of(app)
    next(box for box in app.text_input if box.label == "Nummer").input("20")
    next(item for item in app.button if item.label == "Leg vast").click().run()
    assert "Vastgelegd: jaarplan 1.20 Een proef doen" in words_of(app)
    new = next(item for item in activities(open_monitor()) if item.place == "1.20")
    assert (new.money[0].text, new.author) == ("€ 100", "Bureau")
    take_back(open_monitor(), new.id, "Bureau", "proef")


def test_an_expected_effect_is_filled_in_and_checked(visit_plan):
    app = visit_plan(**JANUARY, thema="1", plan="jaarplan")
    box = next(item for item in app.selectbox if item.label == "Wat wilt u toevoegen of wijzigen?")
    app = box.select(ROUTE).run()
    next(item for item in app.selectbox if item.label == "Welk cijfer verandert?").select(
        "thuiszitters"
    )
    next(item for item in app.text_input if item.label == "Hoeveel?").input("5")
    button = next(item for item in app.button if item.label == "Leg vast")
    boxes = [item for item in app.text_input if item.form_id == button.form_id]
    next(item for item in boxes if item.label == "Uw naam").input("Bureau")
    app = button.click().run()
    assert "Vul bij een verwacht effect de KPI, hoeveel en vanaf welke maand in" in words_of(app)
    next(item for item in app.text_input if item.label == "Vanaf welke maand?").input("juni 2024")
    app = next(item for item in app.button if item.label == "Leg vast").click().run()
    assert not app.exception
    assert "Vastgelegd: jaarplan 1.1" in words_of(app)
    item = next(one for one in activities(open_monitor()) if one.id == ROUTE)
    assert item.effect == Effect("thuiszitters", Direction.DOWN, Decimal(5), "2024-06")
    told = shown(tables(app)[-1].loc[:, "Effect"].iloc[0])
    assert told.startswith("○ niet zichtbaar")
    assert "Nieuwe thuiszitters: 5 leerlingen minder per kwartaal, vanaf juni 2024." in told
    assert "Andere oorzaken zijn ook mogelijk." in told
    take_back(open_monitor(), ROUTE, "Bureau", "proef")
