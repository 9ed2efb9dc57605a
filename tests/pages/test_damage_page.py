"""One damaged delivery leaves the pages usable: it is named, and set aside or put back there."""

import shutil

import pytest
from handing_in import hand_in_example
from reading import PAGES, said
from streamlit.testing.v1 import AppTest

from data.deliveries.backup import write_backup
from data.deliveries.restore import restore, restore_delivery
from data.deliveries.status import status_of
from data.deliveries.store import Store, StoreError
from kpi.cycle.quarter import state_of
from kpi.opening.opening import open_monitor
from kpi.paper.make import Paper, documents
from pages.parts.deliveries import keeping

FRAME = """
from pages.app import frame
from pages.shared.monitor import current_monitor
frame.damage_note(current_monitor())
"""
QUARTER, NEXT = "2023-2024-k1", "2023-2024-k2"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("heel")
    store = Store(folder / "store")
    hand_in_example(store, "locaties")
    hand_in_example(store, "klachten", QUARTER)
    hand_in_example(store, "klachten", NEXT)
    write_backup(store, folder / "reserve.zip")
    return folder


@pytest.fixture
def broken(sound, tmp_path, monkeypatch):
    """A store of which the rows of the complaints are damaged; with their id."""
    path = shutil.copytree(sound / "store", tmp_path / "store")
    monkeypatch.setenv("KPI_STORE", str(path))
    store = Store(path)
    name = store.deliveries()[-1].delivery_id
    store.rows_path(name).write_bytes(b"stuk")
    return store, name


def click(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def note():
    app = AppTest.from_string(FRAME, default_timeout=600).run()
    assert not app.exception
    return "\n".join(item.value for item in app.error)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(broken, visit, page):
    app = visit(page)
    assert not app.exception
    assert len(app.title) == 1


def test_it_is_named_at_the_top_until_it_no_longer_counts(broken, visit):
    _, name = broken
    assert name in note().replace("\\", "")
    assert "telt nu niet mee" in note()
    app = visit("gegevens")
    click(app, "Maak ongedaan")
    assert note() == ""


def test_it_comes_back_from_a_backup(broken, sound):
    store, name = broken
    made = keeping.handed_in((sound / "reserve.zip").read_bytes())
    restore_delivery(store, made, name)
    assert note() == ""
    assert status_of(store.path).remarks == ()


def test_meanwhile_nothing_is_closed_and_no_paper_is_made(broken):
    _, name = broken
    monitor = open_monitor()
    quarter = monitor.periods[QUARTER]
    assert name in " ".join(state_of(monitor, quarter).errors)
    for paper in (Paper.ALV, Paper.SCHOOL, Paper.JAARVERSLAG, Paper.INSPECTIE):
        with pytest.raises(StoreError, match=name):
            documents(monitor, paper, quarter)


def test_another_key_is_said_and_the_pages_still_open(broken, sound, visit):
    store, _ = broken
    restore(store.path, keeping.handed_in((sound / "reserve.zip").read_bytes()))
    (store.path / "secret.key").write_bytes(b"f" * 64)
    assert "een andere dan die in het logboek" in note()
    assert "telt nu niet mee" not in note()
    app = visit("overzicht")
    assert not app.exception
    assert said(app)
    with pytest.raises(AssertionError, match="een andere dan die in het logboek"):
        hand_in_example(store, "verzuim", QUARTER)
    assert len(Store(store.path).deliveries()) == 3


def test_a_backup_is_made_on_the_page(sound, tmp_path, monkeypatch, visit):
    path = shutil.copytree(sound / "store", tmp_path / "store")
    monkeypatch.setenv("KPI_STORE", str(path))
    app = visit("gegevens")
    click(app, "Maak een reservekopie")
    restore(tmp_path / "elders", keeping.handed_in(app.session_state["reservekopie"][1]))
    assert Store(tmp_path / "elders").deliveries() == Store(path).deliveries()


def test_a_backup_on_the_page_may_be_behind_a_passphrase(sound, tmp_path, monkeypatch, visit):
    path = shutil.copytree(sound / "store", tmp_path / "store")
    monkeypatch.setenv("KPI_STORE", str(path))
    app = visit("gegevens")
    app.text_input(key="zin_nieuw").set_value("te kort")
    click(app, "Maak een reservekopie")
    assert "ten minste 12 tekens" in app.error[0].value
    app.text_input(key="zin_nieuw").set_value("paard batterij nietje juist")
    click(app, "Maak een reservekopie")
    _, made, ending = app.session_state["reservekopie"]
    assert ending == ".zip.age"
    with pytest.raises(StoreError):
        keeping.handed_in(made)
    restore(tmp_path / "elders", keeping.handed_in(made, "paard batterij nietje juist"))
    assert Store(tmp_path / "elders").deliveries() == Store(path).deliveries()


def test_when_the_ledger_does_not_add_up_the_page_says_so_and_takes_a_backup(broken):
    store, _ = broken
    (store.path / "ledger.jsonl").unlink()
    app = AppTest.from_file("../../pages/app/script.py", default_timeout=600).run()
    assert not app.exception
    assert "het bestand is leeg of ontbreekt" in app.error[0].value.replace("\\", "")
    assert "Terugzetten maakt de opslag gelijk" in said(app)


def test_a_store_that_cannot_be_read_is_told_in_dutch(tmp_path, monkeypatch):
    (tmp_path / "store").write_text("hallo", encoding="utf-8")
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    app = AppTest.from_file("../../pages/app/script.py", default_timeout=600).run()
    assert not app.exception
    assert "Waar een map hoort te staan" in app.error[0].value
    assert "Errno" not in app.error[0].value


def handed_back(app, path):
    """The page after this backup was handed in to be put back."""
    label = "Reservekopie om terug te zetten"
    given = next(item for item in app.file_uploader if item.label == label)
    return given.upload("reserve.zip", path.read_bytes(), "application/zip").run()


def button(app):
    return next(item for item in app.button if item.label == "Zet alles terug")


def test_the_page_asks_in_its_own_words_what_may_be_dropped(broken, sound, visit):
    store, _ = broken
    store.record("duiding", {"tekst": "een zin"}, "x")
    app = handed_back(visit("gegevens"), sound / "reserve.zip")
    assert "meer dan de reservekopie: 1 andere regel" in app.warning[-1].value
    assert "--yes" not in said(app)
    assert button(app).disabled
    agree = next(item for item in app.checkbox if "mag vervallen" in item.label)
    app = agree.check().run()
    button(app).click().run()
    assert not app.exception
    assert status_of(store.path).remarks == ()
    assert not store.entries("duiding")


def test_after_a_file_was_only_checked_a_backup_is_put_back_unasked(
    sound, tmp_path, monkeypatch, visit
):
    store = Store(tmp_path / "nieuw")
    _ = store.secret
    monkeypatch.setenv("KPI_STORE", str(store.path))
    app = handed_back(visit("gegevens"), sound / "reserve.zip")
    assert not button(app).disabled
    button(app).click().run()
    assert len(Store(store.path).deliveries()) == 3


def test_a_text_is_no_backup_on_the_page(broken, sound, tmp_path, visit):
    (tmp_path / "reserve.zip").write_text("hallo", encoding="utf-8")
    app = handed_back(visit("gegevens"), tmp_path / "reserve.zip")
    assert not app.exception
    assert "is geen reservekopie" in " ".join(item.value for item in app.error)
