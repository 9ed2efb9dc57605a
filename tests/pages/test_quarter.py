"""The page Kwartaal on a small store: from concept to closed, and what changed afterwards."""

import pytest
from reading import shown
from small_quarter import FIRST, QUARTER, deliver

from data.deliveries.store import Store
from kpi.cycle.quarter import close_without_late, state_of
from kpi.cycle.seal import seal_of
from kpi.figure.monitor import Monitor
from kpi.opening.opening import open_monitor

CHOSEN = {"schooljaar": "2023-2024", "kwartaal": "k4"}


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "store"))
    deliver(tmp_path / "store", *FIRST)
    return Store(tmp_path / "store")


def accepted(store) -> Monitor:
    """Nothing is waited for any more."""
    monitor = open_monitor()
    close_without_late(monitor, monitor.periods[QUARTER], "Een proef", "Anna de Boer")
    return open_monitor()


def press(app, label, name):
    """Fill in the name beside a button and press it."""
    button = next(item for item in app.button if item.label == label)
    box = next(item for item in app.text_input if item.form_id == button.form_id)
    box.input(name)
    return button.click().run()


def words_of(app):
    blocks = [*app.markdown, *app.error, *app.warning, *app.info, *app.success]
    return " ".join(shown(block.value) for block in blocks)


def test_from_concept_to_closed_by_two_persons(store, visit):
    accepted(store)
    app = visit("kwartaal", **CHOSEN)
    assert not app.exception
    assert "Het concept is nog niet klaargezet" in words_of(app)
    press(app, "Zet klaar", "Anna de Boer")
    assert "Klaargezet door Anna de Boer" in words_of(app)
    press(app, "Ik heb het gelezen en ga akkoord", "anna  de boer")
    assert "iemand anders" in app.error[-1].value
    press(app, "Ik heb het gelezen en ga akkoord", "Bert Visser")
    assert "Alles is klaar om vast te stellen" in words_of(app)
    press(app, "Stel vast", "Anna de Boer")
    assert not app.exception
    seal = seal_of(Store(store.path), QUARTER)
    assert f"Zegel {seal.short}" in words_of(app)
    assert "Stel vast" not in [button.label for button in app.button]
    next(b for b in app.button if b.label == "Ga na of het zegel klopt").click().run()
    assert "opnieuw berekend en gelijk" in words_of(app)


def test_what_is_late_blocks_until_someone_says_why_not_to_wait(store, visit):
    app = visit("kwartaal", **CHOSEN)
    assert "Nog niet binnen" in app.warning[0].value
    reason = next(box for box in app.text_input if box.label == "Waarom wacht u er niet op?")
    reason.input("De scholen leveren pas na de zomer")
    next(
        b for b in app.button if b.label == "Leg vast" and b.form_id == reason.form_id
    ).click().run()
    assert not any("Nog niet binnen" in item.value for item in app.warning)
    assert "De scholen leveren pas na de zomer" in shown(app.info[0].value)


def test_a_change_after_closing_is_listed_and_a_correction_is_kept(store, visit):
    accepted(store)
    app = visit("kwartaal", **CHOSEN)
    press(app, "Zet klaar", "Anna de Boer")
    press(app, "Ik heb het gelezen en ga akkoord", "Bert Visser")
    press(app, "Stel vast", "Anna de Boer")
    assert "Geen enkel cijfer" in words_of(app)
    store.undo(store.deliveries()[-1].delivery_id, "Anna de Boer", "verkeerde lijst")
    app = visit("kwartaal", **CHOSEN)
    changed = next(t.value for t in app.table if "Bij het vaststellen" in t.value.columns)
    assert "niet geleverd" in {shown(cell) for cell in changed["Nu"]}
    text = next(box for box in app.text_area if box.label.startswith("Wat is er gewijzigd"))
    text.input("De lijst was van een ander jaar")
    button = next(b for b in app.button if b.form_id == text.form_id)
    button.click().run()
    assert "De lijst was van een ander jaar" in words_of(app)
    monitor = open_monitor()
    assert not state_of(monitor, monitor.periods[QUARTER]).asks_correction


def test_a_damaged_seal_says_so(store, visit):
    accepted(store)
    app = visit("kwartaal", **CHOSEN)
    press(app, "Zet klaar", "Anna de Boer")
    press(app, "Ik heb het gelezen en ga akkoord", "Bert Visser")
    press(app, "Stel vast", "Anna de Boer")
    path = store.path / "seals" / QUARTER / "figures.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    store.record("proef", {}, "Anna de Boer")  # or the page would still know how it was
    app = visit("kwartaal", **CHOSEN)
    assert "is beschadigd" in words_of(app)
    assert "Geen enkel cijfer" not in words_of(app)
    next(b for b in app.button if b.label == "Ga na of het zegel klopt").click().run()
    assert "figures.parquet is na het vaststellen veranderd" in words_of(app)
