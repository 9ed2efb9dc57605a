"""Duiding and promises on screen: written, confirmed, refused, asked about, and on the overview."""

from reading import said, shown

from data.deliveries.store import Store
from kpi.record.commentary import commentary, last_text, versions
from kpi.record.commitments import CommitmentStatus, commitments
from kpi.register import Record

K1 = "2026-2027-k1"
SEPT = {"schooljaar": "2026-2027", "kwartaal": "k1"}


def box(app, label):
    return next(item for item in app.text_area if item.label == label)


def named(app, name):
    for item in app.text_input:
        if item.label == "Uw naam":
            item.set_value(name)


def press(app, label):
    next(item for item in app.button if item.label == label).click()
    return app.run()


def cell_of(app, kpi):
    rows = {shown(name): cells for name, cells in app.table[0].value.to_dict("index").items()}
    return next(shown(cells["Duiding"]) for name, cells in rows.items() if kpi in name)


def test_words_are_shown_with_who_and_when(own, visit):
    app = visit("kpi", kpi="ect", **SEPT)
    text = said(app)
    assert text.count("Over deze KPI, kwartaal sept 2026") == 3
    assert "Na de zomer starten veel leerlingen op een nieuwe school." in text
    assert "Duiding bij sept 2026: Bureau SWV (demo)" in text
    places = [text.index(part) for part in ("Waarom dit telt", "Wat zien we", "\nWaarom\n",
                                            "Wat doen we", "Verder kijken")]  # fmt: skip
    assert places == sorted(places)


def test_words_of_before_are_crossed_out_and_say_so(own, visit):
    app = visit("kpi", kpi="thuiszitters", **SEPT)
    raw = "\n".join(item.value for item in app.markdown)
    assert raw.count("~~") == 2 * 3
    assert said(app).count("Over deze KPI, kwartaal juni 2026, nog niet bevestigd") == 3
    assert "~~" not in "\n".join(item.value for item in visit("kpi", kpi="ect", **SEPT).markdown)


def test_one_click_confirms_them(own, visit):
    app = visit("kpi", kpi="reserve", **SEPT)
    assert last_text(own(), "reserve", K1, "SWV")
    named(app, "B. Smit")
    app = press(app, "Klopt nog")
    assert not app.exception
    assert "De duiding is bewaard" in shown(app.success[0].value)
    found = commentary(own(), "reserve", K1, "SWV")
    assert (found.author, found.confirmed_from) == ("B. Smit", "2025-2026-k3")
    assert "~~" not in "\n".join(item.value for item in app.markdown)
    assert "ongewijzigd sinds mrt 2026" in said(app)


def test_new_words_take_their_place_and_every_version_stays(own, visit):
    app = visit("kpi", kpi="maatwerk", **SEPT)
    box(app, "Waarom").set_value("Er zijn minder plaatsen vrij.")
    named(app, "C. Bos")
    app = press(app, "Bewaar")
    assert not app.exception
    assert commentary(own(), "maatwerk", K1, "SWV").why == "Er zijn minder plaatsen vrij."
    assert len(versions(own(), "maatwerk", K1, "SWV")) == 2
    assert "Er zijn minder plaatsen vrij." in said(app)
    assert any("Alle versies (2)" in item.label for item in app.expander)
    assert {item.value for item in app.text_input if item.label == "Uw naam"} == {"C. Bos"}


def test_a_name_is_refused_and_the_words_stay_in_the_form(own, visit):
    app = visit("kpi", kpi="vsv", **SEPT)
    box(app, "Waarom").set_value("Kevin de Vries is gestopt.")
    named(app, "A")
    app = press(app, "Bewaar")
    assert "“Kevin de Vries” lijkt op een naam van een persoon" in shown(app.error[0].value)
    assert box(app, "Waarom").value == "Kevin de Vries is gestopt."
    assert commentary(own(), "vsv", K1, "SWV") is None


def test_a_number_that_is_not_so_is_stored_at_the_second_click(own, visit):
    app = visit("kpi", kpi="klachten", **SEPT)
    box(app, "Wat zien we").set_value("Er waren 14 klachten.")
    named(app, "A")
    app = press(app, "Bewaar")
    assert "“14 klachten” staat niet bij" in shown(app.warning[0].value)
    assert commentary(own(), "klachten", K1, "SWV") is None
    box(app, "Wat zien we").set_value("Er waren 15 klachten.")
    app = press(app, "Bewaar")
    assert "“15 klachten”" in shown(app.warning[0].value)
    app = press(app, "Bewaar")
    assert not app.warning
    assert commentary(own(), "klachten", K1, "SWV").what_we_see == "Er waren 15 klachten."


def test_a_name_and_a_number_are_told_together(own, visit):
    app = visit("kpi", kpi="opp", **SEPT)
    box(app, "Wat zien we").set_value("Mevrouw Jansen telde 99 OPP's.")
    named(app, "A")
    app = press(app, "Bewaar")
    assert "Jansen" in shown(app.error[0].value)
    assert "99 OPP's" in shown(app.warning[0].value)


def test_markup_in_words_is_text(own, visit):
    app = visit("kpi", kpi="verwijzingen_vso", **SEPT)
    box(app, "Waarom").set_value("![x](https://example.org/x.png) ~~weg~~ [a](b)")
    named(app, "[klik](https://example.org)")
    app = press(app, "Bewaar")
    raw = "\n".join(item.value for item in app.markdown)
    assert r"example\.org" in raw
    assert "](https" not in raw


def test_the_overview_says_what_is_written_and_what_is_not(own, visit):
    app = visit("overzicht", **SEPT)
    ect = cell_of(app, "Casussen van het ECT")
    assert "Na de zomer starten veel leerlingen op een …" in ect
    assert "1 toezegging, 1 te laat" in ect
    assert cell_of(app, "Tevredenheid").startswith("nog te schrijven")
    assert cell_of(app, "1 Thuiszitters").startswith("nog te schrijven")
    earlier = visit("overzicht", schooljaar="2025-2026", kwartaal="k2")
    assert cell_of(earlier, "1 Thuiszitters") == "nog te schrijven"
    assert cell_of(earlier, "Casussen van het ECT") == "nog te schrijven"


def fill(app, **texts):
    for label, text in texts.items():
        next(item for item in app.text_input if item.label == label).set_value(text)


def with_promises(visit, kpi):
    """The page with the fold-out of the promises open."""
    app = visit("kpi", kpi=kpi, **SEPT)
    app.session_state["toezeggingen"] = True
    return app.run()


def test_a_promise_is_put_on_the_list_and_crossed_off(own, visit):
    app = with_promises(visit, "deelname_vso")
    fill(app, **{
        "Wat is er afgesproken?": "Een gesprek met de VSO-scholen",
        "Wie doet het? (een rol of organisatie)": "Directeur",
        "Klaar op": "01-12-2026",
        "Op welke dag?": "15-09-2026",
    })  # fmt: skip
    named(app, "A")
    app = press(app, "Zet op de lijst")
    assert not app.exception and not app.error
    (item,) = commitments(own(), "deelname_vso")
    assert (item.kind, item.body, item.kpi) == (Record.PROMISE, "ALV", "deelname_vso")
    assert "Een gesprek met de VSO-scholen (Directeur): open, uiterlijk 1 december 2026" in said(
        app
    )
    fill(app, **{"Toelichting": "Gesproken"})
    [day for day in app.text_input if day.label == "Op welke dag?"][1].set_value("20-10-2026")
    app = press(app, "Werk bij")
    assert not app.error
    assert commitments(own(), "deelname_vso")[0].status is CommitmentStatus.DONE
    assert "(Directeur): open" not in said(app)


def test_what_is_missing_or_personal_in_a_promise_is_said_at_once(own, visit):
    app = with_promises(visit, "basisondersteuning")
    fill(app, **{"Wat is er afgesproken?": "Kevin de Vries krijgt een plek"})
    errors = shown(press(app, "Zet op de lijst").error[0].value)
    for part in ("Kevin de Vries", "welke rol", "wanneer het klaar is", "op welke dag"):
        assert part in errors
    assert commitments(own(), "basisondersteuning") == []


def test_a_note_is_not_put_in_the_store_of_the_bureau(own, visit, written):
    """The demonstration has a store of its own."""
    assert not Store(written).entries(Record.COMMENTARY)


def test_two_who_write_at_once_both_keep_their_words(own, visit):
    first, second = (visit("kpi", kpi="ect", **SEPT) for _ in range(2))
    for app, words in ((first, "De eerste schrijft dit."), (second, "De tweede schrijft iets.")):
        box(app, "Wat zien we").set_value(words)
        named(app, "B. Smit")
    press(first, "Bewaar")
    assert commentary(own(), "ect", K1, "SWV").texts["what_we_see"] == "De eerste schrijft dit."
    app = press(second, "Bewaar")
    assert "Intussen is een andere duiding bewaard: B. Smit" in shown(app.warning[0].value)
    assert box(app, "Wat zien we").value == "De tweede schrijft iets."
    assert commentary(own(), "ect", K1, "SWV").texts["what_we_see"] == "De eerste schrijft dit."
    app = press(app.run(), "Bewaar")
    assert commentary(own(), "ect", K1, "SWV").texts["what_we_see"] == "De tweede schrijft iets."
    assert not [item for item in app.warning if "Intussen" in item.value]
    box(app, "Wat zien we").set_value(" Met een spatie erachter. ")
    app = press(app, "Bewaar")
    assert commentary(own(), "ect", K1, "SWV").texts["what_we_see"] == "Met een spatie erachter."
    assert not [item for item in app.warning if "Intussen" in item.value]
