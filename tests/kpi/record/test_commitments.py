"""Promises and decisions: what is open on a day, what is late, and how it ended."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import Calendar
from kpi.record.commitments import (
    Commitment,
    CommitmentStatus,
    commitments,
    count_text,
    decide,
    decisions,
    meeting_day,
    open_commitments,
    promise,
    settle,
)
from kpi.register import Record, Refused

MADE, DUE = date(2026, 6, 11), date(2026, 9, 15)
NOW = date(2026, 8, 1)


@pytest.fixture
def monitor(monitor_of):
    """A store to write in."""
    return monitor_of([], [("things", "L1", "2023-2024-k1")])


def make(monitor, text="Een plan", **more):
    given = {"owner": "Directeur", "due": DUE, "made_on": MADE, "body": "ALV", "author": "A"}
    return promise(monitor, text, **{**given, **more})


def texts(found):
    return [item.text for item in found]


def test_a_promise_comes_back_until_it_is_done(monitor):
    item = make(monitor, kpi="proef")
    for day in (MADE, NOW, date(2028, 1, 1)):
        assert texts(open_commitments(monitor.store, day)) == ["Een plan"]
    assert open_commitments(monitor.store, MADE - timedelta(days=1)) == []
    settle(monitor, item.id, CommitmentStatus.DONE, "Het plan ligt er", on="01-09-2026", author="B")
    assert open_commitments(monitor.store, date(2026, 9, 1)) == []
    assert texts(open_commitments(monitor.store, date(2026, 8, 31))) == ["Een plan"]
    (found,) = commitments(monitor.store)
    assert (found.status, found.note, found.author) == (
        CommitmentStatus.DONE,
        "Het plan ligt er",
        "B",
    )
    assert (found.text, found.owner, found.due) == ("Een plan", "Directeur", DUE)


def test_it_is_late_from_the_day_after(monitor):
    item = make(monitor)
    assert not item.is_late(DUE)
    assert item.is_late(DUE + timedelta(days=1))
    assert item.status_text(DUE) == "open, uiterlijk 15 september 2026"
    assert item.status_text(DUE + timedelta(days=1)) == "te laat: uiterlijk 15 september 2026"
    done = settle(monitor, item.id, "gedaan", "", on=date(2026, 10, 1), author="A")
    assert done.is_late(date(2026, 9, 30)) and not done.is_late(date(2026, 10, 1))
    assert done.status_text(date(2026, 10, 1)) == "gedaan op 1 oktober 2026"


def test_late_ones_come_first_and_are_counted(monitor):
    make(monitor, "later", due=date(2027, 1, 1))
    make(monitor, "eerst", due=date(2026, 7, 1))
    found = open_commitments(monitor.store, NOW)
    assert texts(found) == ["eerst", "later"]
    assert count_text(found, NOW) == "2 toezeggingen, 1 te laat"
    assert count_text(found[1:], NOW) == "1 toezegging"
    assert count_text([], NOW) == ""


def test_what_is_dropped_needs_a_reason_and_may_open_again(monitor):
    item = make(monitor)
    with pytest.raises(Refused, match="waarom het vervalt"):
        settle(monitor, item.id, CommitmentStatus.DROPPED, " ", on=NOW, author="A")
    dropped = settle(monitor, item.id, CommitmentStatus.DROPPED, "Niet nodig", on=NOW, author="A")
    assert dropped.status_text(NOW) == "vervallen op 1 augustus 2026: Niet nodig"
    assert open_commitments(monitor.store, NOW) == []
    settle(monitor, item.id, CommitmentStatus.OPEN, "", on=NOW, author="A")
    assert texts(open_commitments(monitor.store, NOW)) == ["Een plan"]


def test_those_of_one_kpi(monitor):
    make(monitor, "over de proef", kpi="proef")
    make(monitor, "over niets")
    assert texts(open_commitments(monitor.store, NOW, "proef")) == ["over de proef"]
    assert len(open_commitments(monitor.store, NOW)) == 2
    assert texts(open_commitments(monitor.store, NOW, "")) == ["over niets"]


def test_a_decision_needs_no_owner_and_no_date_and_is_not_a_promise(monitor):
    decide(monitor, "De verdeling blijft", made_on=MADE, body="ALV", author="A")
    decide(monitor, "Nieuw doel", "Directeur", made_on="01-10-2026", body="RvT", author="A")
    assert open_commitments(monitor.store, date(2027, 1, 1)) == []
    assert texts(decisions(monitor.store)) == ["De verdeling blijft", "Nieuw doel"]
    assert texts(decisions(monitor.store, since=date(2026, 7, 1))) == ["Nieuw doel"]
    assert texts(decisions(monitor.store, until=MADE)) == ["De verdeling blijft"]
    assert decisions(monitor.store)[0].made_text == "ALV, 11 juni 2026"


def test_everything_that_is_wrong_is_said_at_once(monitor):
    with pytest.raises(Refused) as refused:
        promise(monitor, " ", "", "ooit", made_on="", body="Bestuur", kpi="proev", author="")
    said = "\n".join(refused.value.errors)
    for part in (
        "wat er is toegezegd", "welke rol", "“ooit” is geen datum", "op welke dag",
        "ALV, ECT, werkgroep kwartaalverzuim, RvT en bureau", "'proev' bestaat niet",
        "wie dit vastlegt",
    ):  # fmt: skip
        assert part.lower() in said.lower(), said
    with pytest.raises(Refused, match="ligt voor de dag van de afspraak"):
        make(monitor, due=MADE - timedelta(days=1))
    with pytest.raises(Refused, match="wat er is besloten"):
        decide(monitor, "", made_on=MADE, body="ALV", author="A")
    assert commitments(monitor.store) == []


@pytest.mark.parametrize(
    "field", [{"text": "Kevin de Vries krijgt een plek"}, {"owner": "mevrouw Jansen"}]
)
def test_a_person_is_refused_in_text_and_owner(monitor, field):
    with pytest.raises(Refused, match="lijkt op een naam"):
        make(monitor, **field)


def test_a_person_is_refused_in_the_note_too(monitor):
    item = make(monitor)
    with pytest.raises(Refused, match="lijkt op een naam"):
        settle(
            monitor,
            item.id,
            CommitmentStatus.DONE,
            "Kevin de Vries is geplaatst",
            on=NOW,
            author="A",
        )


def test_what_does_not_exist_or_is_before_its_time_cannot_be_settled(monitor):
    item = make(monitor)
    with pytest.raises(Refused, match="bestaat niet"):
        settle(monitor, "weg", CommitmentStatus.DONE, "", on=NOW, author="A")
    with pytest.raises(Refused) as refused:
        settle(monitor, item.id, "klaar", "", on=MADE - timedelta(days=1), author="")
    said = "\n".join(refused.value.errors)
    assert "'klaar' bestaat niet" in said and "11 juni 2026" in said and "wie dit" in said


def test_as_known_at_a_line(monitor):
    item = make(monitor)
    settle(monitor, item.id, CommitmentStatus.DONE, "", on=NOW, author="A")
    assert commitments(monitor.store.as_known(0)) == []
    # In September nobody had written down yet that it was done in August.
    assert texts(open_commitments(monitor.store.as_known(2), DUE)) == ["Een plan"]
    assert open_commitments(monitor.store, DUE) == []


def test_two_promises_with_the_same_words_are_two(monitor):
    first, second = make(monitor), make(monitor)
    assert first.id != second.id
    settle(monitor, first.id, CommitmentStatus.DONE, "", on=NOW, author="A")
    assert [item.id for item in open_commitments(monitor.store, NOW)] == [second.id]


def test_a_line_of_a_later_version_does_not_take_down_the_list(monitor):
    make(monitor)
    monitor.store.record(Record.PROMISE, {"id": "x", "text": "?", "made_on": "ooit"}, "A")
    monitor.store.record(Record.DECISION, {"id": "y"}, "A")
    assert texts(commitments(monitor.store)) == ["Een plan"]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_it_is_open_from_the_day_it_is_made_until_it_is_settled(made, length, later):
    settled, day = made + timedelta(days=length), made + timedelta(days=later)
    item = Commitment(Record.PROMISE, "1", "x", "y", made, "", made, "ALV", CommitmentStatus.DONE,
                      status_on=settled)  # fmt: skip
    assert item.is_open(day) is (day < settled)
    assert not item.is_open(made - timedelta(days=1))
    assert item.is_late(day) is (made < day < settled)


def test_the_day_to_look_at_promises_lies_in_the_quarter_after():
    calendar = Calendar()
    june = calendar.quarter(2025, 4)  # ends on 30 June 2026
    assert meeting_day(calendar, june, date(2026, 5, 1)) == date(2026, 6, 30)
    assert meeting_day(calendar, june, date(2026, 8, 1)) == date(2026, 8, 1)
    assert meeting_day(calendar, june, date(2027, 3, 1)) == date(2026, 9, 30)


@pytest.mark.xdist_group("demo")
def test_the_demo_has_one_that_is_late(demo):
    found = open_commitments(demo.store, date(2026, 9, 30))
    assert len(found) >= 2
    assert sum(item.is_late(date(2026, 9, 30)) for item in found) == 1
    assert decisions(demo.store)
