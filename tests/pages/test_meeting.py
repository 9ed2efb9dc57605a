"""The page Vergadering: a meeting held by clicking, on a copy of the made-up SWV."""

import pytest
from copies import copy_with_figures
from reading import shown

from kpi.meeting.meetings import meetings
from kpi.opening.opening import open_monitor
from kpi.record.commitments import commitments
from kpi.register import Record

SEPT = {"overleg": "ALV", "schooljaar": "2026-2027", "kwartaal": "k1"}
HELD = {"overleg": "ALV", "datum": "2026-10-08"}
LAST = "besluiten-3"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, demo):
    """One store for all tests here, in their order: the meeting goes on."""
    return copy_with_figures(demo, tmp_path_factory.mktemp("vergadering") / "store", demo=False)


@pytest.fixture
def own(folder, monkeypatch):
    """A store that may be written to; it shows the made-up SWV."""
    monkeypatch.setenv("KPI_STORE", str(folder))
    return lambda: open_monitor().store


def said(app):
    blocks = [*app.header, *app.markdown, *app.error, *app.info, *app.success]
    return "\n".join(shown(item.value) for item in blocks)


def fill(app, **texts):
    for label, text in texts.items():
        next(item for item in app.text_input if item.label == label).set_value(text)


def press(app, label):
    next(item for item in app.button if item.label == label).click()
    return app.run()


def names_of(app, place):
    return [shown(name) for name in app.table[place].value.index]


def test_it_begins_with_the_promises_of_last_time_the_late_one_on_top(own, visit):
    app = visit("vergadering", **SEPT)
    assert not app.exception
    assert app.header[0].value == r"Wat is er toegezegd\?"
    assert "2 toezeggingen open, 1 te laat." in said(app)
    assert "Vorige vergadering: 11 juni 2026." in said(app)
    late, other = names_of(app, 0)
    assert late.startswith("Scholen horen binnen een week") and "tussenplek" in other
    assert "Besluiten van de vorige keer" in said(app)
    assert "Werk bij" not in [item.label for item in app.button]  # not open yet


def test_the_buttons_go_from_part_to_part_and_stand_in_the_address(own, visit):
    app = visit("vergadering", **SEPT)
    seen = [app.header[0].value]
    assert next(item for item in app.button if item.label == "Vorige").disabled
    for _ in range(8):
        app = press(app, "Volgende")
        assert not app.exception
        seen.append(app.header[0].value)
    assert [shown(text) for text in seen] == [
        "Wat is er toegezegd?",
        "8 Casussen van het ECT",
        "9 Tevredenheid na een traject van het ECT",
        "10 Basisondersteuning",
        "1 Thuiszitters",
        "11 Verdeling van de middelen",
        "Dit vraagt geen gesprek",
        "Besluiten en nieuwe toezeggingen",
        "Verslag",
    ]
    assert app.query_params["onderdeel"] == "verslag"
    assert next(item for item in app.button if item.label == "Volgende").disabled
    assert shown(press(app, "Vorige").header[0].value) == "Besluiten en nieuwe toezeggingen"


def test_a_talk_shows_figure_sentence_words_and_activities(own, visit):
    app = visit("vergadering", onderdeel="kpi-tevredenheid", **SEPT)
    text = said(app)
    assert "Gemiddeld 7,9: aantoonbaar lager dan 8,2 in 2024-2025." in text
    assert "◆ signaal: slechter · Afwijking verlopen op 30 juni 2026." in text
    assert app.metric[0].value == "7,9"
    assert "Doel: minstens 8,0" in text
    assert "Van een eerder kwartaal, nog niet bevestigd." in text
    assert "Wat wij eraan doen volgens het jaarplan 2023-2024" in text
    assert len(app.table[0].value) == 3 and "Alle 5 activiteiten" in text


def test_what_needs_no_talk_is_named_only(own, visit):
    app = visit("vergadering", onderdeel="gesprek-2", **SEPT)
    text = said(app)
    assert "7 KPI’s zonder signaal, verlopen afwijking of gemist doel dat een woord vraagt." in text
    assert "- Thuiszitters" not in text and "- Reserve" in text and not app.table


def test_a_missed_target_is_talked_about_with_its_own_figure(own, visit):
    text = said(visit("vergadering", onderdeel="kpi-thuiszitters", **SEPT))
    assert "Het doel liep tot juli 2024 en is niet gehaald: 32 leerlingen" in text
    assert "Doel: Leerlingen in de periode, Langdurig relatief verzuim" in text
    assert "nu 38 leerlingen, 2025-2026; liep tot juli 2024." in text


def test_the_meeting_is_opened_on_a_day(own, visit):
    app = visit("vergadering", **SEPT)
    fill(app, **{"Op welke dag?": "8-10-2026", "Uw naam": ""})
    assert "Vul in wie dit vastlegt" in shown(press(app, "Open de vergadering").error[0].value)
    fill(app, **{"Uw naam": "Anna de Boer"})
    app = press(app, "Open de vergadering")
    assert not app.exception and not app.error
    assert "De vergadering is open." in said(app)
    assert [item.on.isoformat() for item in meetings(own(), "ALV")] == ["2026-06-11", "2026-10-08"]
    assert app.query_params["datum"] == "2026-10-08"


def test_a_promise_is_settled_and_shown_as_done(own, visit):
    app = visit("vergadering", **HELD)
    choice = next(item for item in app.selectbox if item.label == "Hoe liep het af?")
    assert choice.options == ["gedaan", "vervallen", "loopt door"]
    fill(app, **{"Toelichting": "Alle scholen hebben bericht", "Uw naam": "Anna de Boer"})
    app = press(app, "Werk bij")
    assert not app.exception and not app.error
    assert "1 toezegging open. 1 toezegging afgehandeld." in said(app)
    assert any("✓ Scholen horen" in name for name in names_of(app, 1))


def test_a_decision_is_recorded_live_and_listed_at_once(own, visit):
    app = visit("vergadering", onderdeel=LAST, **HELD)
    fill(app, **{"Wat is er afgesproken?": "Kevin de Vries krijgt een plek", "Uw naam": "Anna"})
    app = press(app, "Zet op de lijst")
    assert "“Kevin de Vries” lijkt op een naam van een persoon" in shown(app.error[0].value)
    assert not app.table
    fill(app, **{
        "Wat is er afgesproken?": "Het doel voor de tevredenheid blijft 8,0",
        "Wie doet het? (een rol of organisatie)": "Directeur",
        "Klaar op": "01-12-2026",
    })  # fmt: skip
    app = press(app, "Zet op de lijst")
    assert not app.exception and not app.error
    assert names_of(app, 0) == ["Het doel voor de tevredenheid blijft 8,0"]
    (found,) = (item for item in commitments(own()) if item.made_on.isoformat() == "2026-10-08")
    assert (found.kind, found.body, found.owner) == (Record.DECISION, "ALV", "Directeur")


def test_what_is_agreed_about_a_kpi_is_recorded_where_it_is_talked_about(own, visit):
    app = visit("vergadering", onderdeel="kpi-ect", **HELD)
    next(item for item in app.selectbox if item.label == "Wat is het?").select(Record.PROMISE)
    fill(app, **{
        "Wat is er afgesproken?": "Een spreekuur op drie scholen",
        "Wie doet het? (een rol of organisatie)": "Coördinator ECT",
        "Klaar op": "15-01-2027", "Uw naam": "Anna de Boer",
    })  # fmt: skip
    app = press(app, "Zet op de lijst")
    assert not app.exception and not app.error
    assert commitments(own(), "ect")[-1].text == "Een spreekuur op drie scholen"
    assert "Een spreekuur op drie scholen" in names_of(app, len(app.table) - 1)[0]
    app = visit("vergadering", onderdeel=LAST, **HELD)
    assert len(names_of(app, 0)) == 2


def test_the_summary_can_be_downloaded_as_pdf_and_word(own, visit):
    app = visit("vergadering", onderdeel="verslag", **HELD)
    assert "ALV, 8 oktober 2026" in said(app)
    app = press(app, "Maak")
    assert not app.exception
    labels = [shown(item.label) for item in app.get("download_button")]
    assert labels == [f"verslag-alv-2026-10-08-2026-2027-k1.{form}" for form in ("pdf", "docx")]


def test_the_ect_and_the_working_group_have_their_own_order(own, visit):
    app = visit("vergadering", **{**SEPT, "overleg": "ECT", "onderdeel": "cijfers-2"})
    assert list(app.table[0].value.columns) == ["Nu", "Een jaar eerder", "Verloop, 3 jaar"]
    app = visit("vergadering", **{**SEPT, "overleg": "ECT", "onderdeel": "cijfers-4"})
    assert "Terugschakelen naar VO" in names_of(app, 0)
    group = {**SEPT, "overleg": "werkgroep kwartaalverzuim"}
    app = visit("vergadering", **group, onderdeel="cijfers-2")
    rows = app.table[0].value
    assert [shown(name) for name in rows.index][:2] == ["Totaal", "een jaar eerder"]
    assert "•, niet getoond" in [shown(cell) for cell in rows.to_numpy().ravel()]
    assert "• betekent: niet getoond" in said(app)
    app = visit("vergadering", **group, onderdeel="binnen-5")
    assert "31 van 34 locaties" in said(app) and "mist nog" in said(app)


def test_a_meeting_that_was_not_held_is_taken_back(own, visit):
    app = visit("vergadering", onderdeel="verslag", **HELD)
    fill(app, **{"Waarom niet?": "Te weinig aanwezigen", "Uw naam": "Anna de Boer"})
    app = press(app, "Leg vast")
    assert not app.exception
    assert [item.on.isoformat() for item in meetings(own(), "ALV")] == ["2026-06-11"]
    assert "datum" not in app.query_params
