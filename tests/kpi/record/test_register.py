"""What stands in the register: the last line per subject, as known at a line, until withdrawn."""

import tempfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from data.deliveries.ledger import StoreKind
from data.deliveries.store import Store
from kpi.register import NOTES, Record, Refused, standing, target_rows, withdraw


def line(label="Begin", note="", **more):
    return {"on": "2026-01-01", "label": label, "note": note, **more}


def notes(store):
    return [entry.body["note"] for entry in standing(store, Record.EVENT)]


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def test_a_later_line_on_the_same_subject_takes_its_place_and_the_older_stays(store):
    store.record(Record.EVENT, line(note="een"), "A")
    store.record(Record.EVENT, line("Ander", note="twee"), "A")
    store.record(Record.EVENT, line(note="drie"), "B")
    assert notes(store) == ["twee", "drie"]
    assert [entry.body["note"] for entry in store.entries("gebeurtenis")] == ["een", "twee", "drie"]


def test_what_is_withdrawn_is_gone_with_its_earlier_versions_and_can_come_back(store):
    store.record(Record.EVENT, line(note="een"), "A")
    store.record(Record.EVENT, line(note="twee"), "A")
    gone = withdraw(store, Record.EVENT, line(), "B", "dubbel")
    assert (gone.author, gone.body["reason"]) == ("B", "dubbel")
    assert notes(store) == []
    with pytest.raises(Refused, match="al eerder ingetrokken"):
        withdraw(store, Record.EVENT, line(), "B", "")
    store.record(Record.EVENT, line(note="drie"), "A")
    assert notes(store) == ["drie"]


def test_a_kind_without_a_subject_keeps_every_line(store):
    for text in ("een", "twee"):
        store.record(Record.CORRECTION, {"text": text}, "A")
    assert [entry.body["text"] for entry in standing(store, Record.CORRECTION)] == ["een", "twee"]


def test_every_kind_of_line_has_one_name_and_a_seal_holds_what_people_wrote(store):
    assert not set(Record) & set(StoreKind)
    assert sorted(NOTES) == [
        "activiteit", "afwijking", "besluit", "bewijsstuk", "doelbesluit", "duiding",
        "gebeurtenis", "herstelnotitie", "herstelstatus", "streefwaarde", "toezegging", "voortgang",
    ], "another one would break every seal that was ever made"  # fmt: skip


def test_one_kind_does_not_touch_another(store):
    store.record(Record.EVENT, line(note="een"), "A")
    assert standing(store, Record.DEVIATION) == []


def test_the_lines_of_the_store_itself_cannot_be_written_this_way(store):
    for kind in ("delivery", "undo", "mapping", "setting", "zegel"):
        with pytest.raises(ValueError, match="function of its own"):
            store.record(kind, {}, "A")
    assert store.version == ""


def test_numbers_of_a_target_come_back_exact_and_a_damaged_one_is_left_out(store):
    store.record(Record.TARGET, {"kpi": "a", "amount": "12.10", "valid_from": "2026-08-01"}, "A")
    store.record(Record.TARGET, {"kpi": "b", "amount": "veel", "valid_from": "2026-08-01"}, "A")
    store.record(Record.TARGET, {"kpi": "c", "amount": "1", "valid_from": "ooit"}, "A")
    (row,) = target_rows(store)
    assert (str(row["amount"]), row["valid_from"]) == ("12.10", date(2026, 8, 1))


moves = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=8)


@effort(deadline=None, max_examples=30)
@given(moves)
def test_as_known_at_a_line_is_what_stood_then(moves):
    """Whatever is recorded and withdrawn, every earlier state can be asked for again."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        stands: dict[str, str] = {}
        known = [(0, [])]
        for number, (label, leaves) in enumerate(moves):
            stands_there = stands.pop(label, None) is not None
            if leaves and stands_there:
                withdraw(store, Record.EVENT, line(label), "A", "")
            elif leaves:
                with pytest.raises(Refused):
                    withdraw(store, Record.EVENT, line(label), "A", "")
            else:
                store.record(Record.EVENT, line(label, note=f"{label}{number}"), "A")
                stands[label] = f"{label}{number}"
            known.append((len(store.lines()), list(stands.values())))
        for seq, expected in known:
            assert notes(store.as_known(seq)) == expected
        assert notes(store) == known[-1][1]
