"""Duiding: every version kept, words of before wait until confirmed, and as known at a line."""

from datetime import UTC, datetime
from itertools import product

import pytest

from kpi.record.commentary import LONGEST_FIELD, commentary, confirm, last_text, versions, write
from kpi.record.text_checks import findings
from kpi.register import Record, Refused, standing
from kpi.view.overview import overview

K3, K4, K1, K2 = "2022-2023-k3", "2022-2023-k4", "2023-2024-k1", "2023-2024-k2"
BEGIN = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def monitor(monitor_of):
    """8 things at every quarter, 12 at the last."""
    counts = {K3: 8, K4: 8, K1: 8, K2: 12}
    things = [("amount", "L1", quarter, None, None, count, 0, None, False)
              for quarter, count in counts.items()]  # fmt: skip
    return monitor_of(things, [("things", *pair) for pair in product(("L1", "L2", "L3"), counts)])


@pytest.fixture
def clock(monkeypatch):
    """The ledger writes everything at BEGIN."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return BEGIN

    monkeypatch.setattr("data.deliveries.ledger.datetime", Clock)


def said(found):
    return found and (found.what_we_see, found.why, found.what_we_do)


def put(monitor, period=K4, organisation="SWV", author="A. de Vries", **texts):
    return write(monitor, "proef", period, organisation, texts, author)


def test_what_was_written_is_there_with_its_author_and_date(monitor, clock):
    put(monitor, what_we_see="Veel", why="Ziekte", what_we_do="Praten")
    found = commentary(monitor.store, "proef", K4, "SWV")
    assert said(found) == ("Veel", "Ziekte", "Praten")
    assert found.by == "A. de Vries, 1 oktober 2026"
    assert found.fields == [
        ("Wat zien we", "Veel"),
        ("Waarom", "Ziekte"),
        ("Wat doen we", "Praten"),
    ]
    assert commentary(monitor.store, "proef", K4, "B1") is None
    assert commentary(monitor.store, "proef", K1, "SWV") is None


def test_the_last_version_counts_and_the_others_stay(monitor):
    for number in ("een", "twee", "drie"):
        put(monitor, why=number)
    put(monitor, period=K1, why="ander kwartaal")
    assert commentary(monitor.store, "proef", K4, "SWV").why == "drie"
    assert [item.why for item in versions(monitor.store, "proef", K4, "SWV")] == [
        "een", "twee", "drie",
    ]  # fmt: skip


def test_words_of_the_quarter_before_wait_until_they_are_confirmed(monitor):
    put(monitor, period=K4, why="Ziekte", what_we_do="Praten")
    assert commentary(monitor.store, "proef", K1, "SWV") is None
    assert last_text(monitor.store, "proef", K1, "SWV").why == "Ziekte"
    confirm(monitor, "proef", K1, "SWV", "B. Smit")
    found = commentary(monitor.store, "proef", K1, "SWV")
    assert said(found) == ("", "Ziekte", "Praten")
    assert (found.author, found.confirmed_from) == ("B. Smit", K4)
    assert last_text(monitor.store, "proef", K1, "SWV") is None
    assert commentary(monitor.store, "proef", K4, "SWV").author == "A. de Vries"


def test_a_chain_of_confirmations_remembers_where_the_words_began(monitor):
    put(monitor, period=K3, why="Ziekte")
    for quarter in (K4, K1, K2):
        confirm(monitor, "proef", quarter, "SWV", "B")
    assert commentary(monitor.store, "proef", K2, "SWV").confirmed_from == K3
    put(monitor, period=K2, why="Iets anders")
    assert commentary(monitor.store, "proef", K2, "SWV").confirmed_from == ""


def test_a_quarter_that_was_skipped_still_shows_the_last_words(monitor):
    put(monitor, period=K3, why="Oud")
    put(monitor, period=K1, why="Later")
    assert last_text(monitor.store, "proef", K2, "SWV").why == "Later"
    assert last_text(monitor.store, "proef", K4, "SWV").why == "Oud"
    assert last_text(monitor.store, "proef", K3, "SWV") is None
    assert last_text(monitor.store, "proef", K2, "L1") is None


def test_there_is_nothing_to_confirm_without_earlier_words_or_over_own_ones(monitor):
    with pytest.raises(Refused, match="geen eerdere duiding"):
        confirm(monitor, "proef", K1, "SWV", "B")
    put(monitor, period=K4, why="Oud")
    put(monitor, period=K1, why="Nieuw")
    with pytest.raises(Refused, match="geen eerdere duiding"):
        confirm(monitor, "proef", K1, "SWV", "B")


def test_as_known_at_a_line_is_what_stood_there_then(monitor):
    put(monitor, why="een")
    put(monitor, why="twee")
    confirm(monitor, "proef", K1, "SWV", "B")
    before, first, second = (monitor.store.as_known(seq) for seq in (1, 2, 3))
    assert commentary(before, "proef", K4, "SWV") is None
    assert commentary(first, "proef", K4, "SWV").why == "een"
    assert commentary(second, "proef", K4, "SWV").why == "twee"
    assert len(versions(first, "proef", K4, "SWV")) == 1
    assert last_text(first, "proef", K1, "SWV").why == "een"
    assert last_text(second, "proef", K1, "SWV").why == "twee"
    assert last_text(monitor.store, "proef", K1, "SWV") is None


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_stored(monitor):
    with pytest.raises(Refused) as refused:
        write(monitor, "proev", "2031-2032-k1", "XX", {"why": "x" * (LONGEST_FIELD + 1)}, " ")
    text = "\n".join(refused.value.errors)
    for part in ("te lang", "wie dit schrijft", "'proev' bestaat niet"):
        assert part in text
    for texts in ({}, {"why": "  "}):
        with pytest.raises(Refused, match="ten minste een van de drie"):
            write(monitor, "proef", K4, "SWV", texts, "A")
    assert standing(monitor.store, Record.COMMENTARY) == []


@pytest.mark.parametrize("field", ["what_we_see", "why", "what_we_do"])
def test_a_person_in_any_field_is_refused(monitor, field):
    with pytest.raises(Refused, match="Kevin de Vries"):
        put(monitor, **{"why": "Ziekte", field: "Kevin de Vries zit thuis."})
    assert monitor.store.entries(Record.COMMENTARY) == ()


def test_words_belong_to_a_quarter(monitor_of):
    things = [("amount", "L1", K1, None, None, 8, 0, None, False)]
    monitor = monitor_of(things, [("things", "L1", K1), ("things", "L1", "2023-2024")])
    monitor.periods["2023-2024"] = monitor.calendar.schooljaar(2023)
    with pytest.raises(Refused, match="schrijft u bij een kwartaal"):
        put(monitor, period="2023-2024", why="Ziekte")


def test_a_number_that_is_not_so_is_told_and_may_be_kept(monitor):
    texts = {"what_we_see": "Het ging van 9 naar 12 leerlingen."}
    (found,) = findings(monitor, "proef", K2, "SWV", texts)
    assert found.words == "van 9 naar 12"
    assert not found.refuses
    assert findings(monitor, "proef", K2, "SWV", {"what_we_see": "Het ging van 8 naar 12."}) == []
    assert put(monitor, period=K2, **texts).what_we_see == texts["what_we_see"]


def test_words_that_held_before_are_held_against_the_new_figure(monitor):
    put(monitor, period=K1, what_we_see="Het zijn 8 leerlingen.")
    old = last_text(monitor.store, "proef", K2, "SWV").texts
    assert findings(monitor, "proef", K1, "SWV", old) == []
    # 8 is now the figure of the quarter before, which may be named; 9 never was a figure
    assert findings(monitor, "proef", K2, "SWV", old) == []
    assert findings(monitor, "proef", K2, "SWV", {"why": "Het zijn 9 leerlingen."})


def test_first_words_are_eight_and_say_why(monitor):
    found = put(monitor, what_we_see="Veel", why="een twee drie vier vijf zes zeven acht negen")
    assert found.first_words == "een twee drie vier vijf zes zeven acht …"
    assert put(monitor, what_we_see="Veel").first_words == "Veel"


def test_a_line_that_was_withdrawn_or_written_otherwise_is_left_out(monitor):
    put(monitor, why="Ziekte")
    about = {"kpi": "proef", "period_id": K4, "organisation_id": "SWV"}
    monitor.store.record(Record.COMMENTARY, {"kpi": "proef"}, "later versie")
    assert commentary(monitor.store, "proef", K4, "SWV").why == "Ziekte"
    monitor.store.record(Record.COMMENTARY, {**about, "withdrawn": True}, "A")
    assert commentary(monitor.store, "proef", K4, "SWV") is None
    assert [item.why for item in versions(monitor.store, "proef", K4, "SWV")] == ["Ziekte"]


@pytest.mark.xdist_group("demo")
def test_the_made_up_words_name_nobody_and_hold_the_right_numbers(demo):
    entries = standing(demo.store, Record.COMMENTARY)
    assert len(entries) >= 6
    for entry in entries:
        body = entry.body
        texts = {name: body[name] for name in ("what_we_see", "why", "what_we_do")}
        found = findings(demo, body["kpi"], body["period_id"], body["organisation_id"], texts)
        assert found == [], [item.message for item in found]


@pytest.mark.xdist_group("demo")
def test_in_the_demo_something_is_written_to_write_and_to_confirm(demo):
    quarter = demo.periods["2026-2027-k1"]
    states = set()
    for line in overview(demo, "SWV", quarter).lines:
        about = (line.result.kpi.id, quarter.period_id, "SWV")
        if commentary(demo.store, *about):
            states.add("written")
        elif line.needs_word:
            states.add("to write")
        elif last_text(demo.store, *about):
            states.add("to confirm")
    assert states == {"written", "to write", "to confirm"}
