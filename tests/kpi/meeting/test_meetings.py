"""Meetings on record, and the declared order of each body."""

from datetime import date

import pytest
from small_bureau import opened

from kpi.meaning.load import DEFINITIONS, load_kpis
from kpi.meeting.meetings import (
    call_off,
    last_before,
    meeting_on,
    meetings,
    open_meeting,
)
from kpi.meeting.order import PartKind, bodies
from kpi.meeting.steps import Delivered, FiguresStep, Quiet, Split, Talk
from kpi.paper.agenda import agenda
from kpi.record.commitments import BODIES
from kpi.register import Record, Refused

GROUP = "werkgroep kwartaalverzuim"
K1, K2, SEPTEMBER = "2023-2024-k1", "2023-2024-k2", "2026-2027-k1"
ALV, LATER = date(2023, 10, 12), date(2023, 12, 14)
OCTOBER = date(2026, 10, 8)
AUTHOR = "Anna de Boer"


@pytest.fixture
def monitor(monitor_of):
    """A store to write in."""
    return monitor_of([], [("things", "L1", K1)])


def titles(found):
    return [step.title for step in found.steps]


def test_every_declared_order_can_be_made():
    """A wrong name would leave a part out without a word."""
    kpis = load_kpis(DEFINITIONS)
    assert set(bodies()) <= set(BODIES)
    for body in bodies().values():
        assert [part.kind for part in body.parts].count(PartKind.PROMISES) == 1
        assert body.parts[0].kind is PartKind.PROMISES
        assert body.parts[-1].kind is PartKind.DECISIONS
        for part in body.parts:
            assert set(part.kpis) <= set(kpis)
            assert bool(part.figures) is (part.kind is PartKind.FIGURES)
            for kpi, measure in part.measures:
                assert measure in kpis[kpi].measures
                assert not part.split or part.split in kpis[kpi].segments
            assert len({kpi for kpi, _ in part.measures}) == 1 or not part.split


def test_last_time_is_the_meeting_of_this_body_before_this_day(monitor):
    quarter, store = monitor.periods[K1], monitor.store
    assert last_before(store, "ALV", ALV) is None
    first = open_meeting(monitor, "ALV", quarter, ALV, AUTHOR)
    open_meeting(monitor, "ECT", quarter, "01-11-2023", AUTHOR)
    open_meeting(monitor, "ALV", quarter, LATER, AUTHOR)
    assert last_before(store, "ALV", ALV) is None
    assert last_before(store, "ALV", LATER) == first
    assert last_before(store, GROUP, LATER) is None
    assert [item.on for item in meetings(store, "ALV")] == [ALV, LATER]
    assert first.text == "ALV, 12 oktober 2023"


def test_opened_again_on_the_same_day_it_is_one_meeting(monitor):
    open_meeting(monitor, "ALV", monitor.periods[K1], LATER, AUTHOR)
    open_meeting(monitor, "ALV", monitor.periods[K2], LATER, "Bert Visser")
    (found,) = meetings(monitor.store, "ALV")
    assert (found.quarter, found.author) == (K2, "Bert Visser")


def test_a_meeting_that_was_not_held_is_no_last_time(monitor):
    quarter, store = monitor.periods[K1], monitor.store
    open_meeting(monitor, "ALV", quarter, ALV, AUTHOR)
    wrong = open_meeting(monitor, "ALV", quarter, LATER, AUTHOR)
    with pytest.raises(Refused, match="waarom de vergadering niet doorging"):
        call_off(monitor, wrong, " ", AUTHOR)
    with pytest.raises(Refused, match="lijkt op een naam"):
        call_off(monitor, wrong, "Kevin de Vries was ziek", AUTHOR)
    call_off(monitor, wrong, "Te weinig aanwezigen", AUTHOR)
    assert meeting_on(store, "ALV", LATER) is None
    assert last_before(store, "ALV", date(2024, 3, 1)).on == ALV
    with pytest.raises(Refused, match="al eerder ingetrokken"):
        call_off(monitor, wrong, "Nog eens", AUTHOR)


def test_everything_that_is_wrong_is_said_at_once(monitor):
    year = next(p for p in monitor.periods.values() if p.period_type == "schooljaar")
    with pytest.raises(Refused) as refused:
        open_meeting(monitor, "OPR", year, "ooit", " ")
    said = "\n".join(refused.value.errors)
    for part in ("'OPR' bestaat niet", "geen kwartaal", "geen datum", "wie dit vastlegt"):
        assert part in said
    with pytest.raises(Refused, match="voor het begin van dec 2023"):
        open_meeting(monitor, "ALV", monitor.periods[K2], "01-09-2023", AUTHOR)
    assert not monitor.store.entries(Record.MEETING)


def test_a_line_of_a_later_version_does_not_take_down_the_page(monitor):
    monitor.store.record(Record.MEETING, {"body": "ALV", "on": "ooit", "quarter": 3}, AUTHOR)
    assert meetings(monitor.store, "ALV") == []


def test_the_alv_talks_about_what_the_overview_calls_a_signal_and_nothing_else(met_before):
    monitor = opened(met_before)
    found = agenda(monitor, "ALV", monitor.periods[SEPTEMBER], OCTOBER)
    assert titles(found) == [
        "Wat is er toegezegd?",
        "8 Casussen van het ECT",
        "9 Tevredenheid na een traject van het ECT",
        "Dit vraagt geen gesprek",
        "Besluiten en nieuwe toezeggingen",
    ]
    ect, mark = (step for step in found.steps if isinstance(step, Talk))
    assert ect.line.is_signal and not ect.lapse
    assert (
        ect.headline
        == "Aantoonbaar hoger sinds juni 2024: tien metingen op rij boven hun gemiddelde."
    )
    assert mark.line.is_signal and mark.lapse == "afwijking verlopen op 30 juni 2026"
    assert [item.number for item in ect.activities] and not ect.words
    (rest,) = (step for step in found.steps if isinstance(step, Quiet))
    assert len(rest.names) == len(monitor.kpis) - 2
    assert not {"Casussen van het ECT", "Tevredenheid na een traject van het ECT"} & set(rest.names)


def test_the_ect_goes_through_its_caseload_first(met_before):
    monitor = opened(met_before)
    found = agenda(monitor, "ECT", monitor.periods[SEPTEMBER], OCTOBER)
    assert titles(found)[1:4] == ["Casussen", "Wachten en doorlooptijd", "Thema’s"]
    assert titles(found)[-1] == "Besluiten en nieuwe toezeggingen"
    caseload, waiting = (step for step in found.steps if isinstance(step, FiguresStep))
    assert [item.now.short_text for item in caseload.courses] == ["51", "49", "63"]
    assert [item.now.measure.id for item in waiting.courses] == ["days_to_close"]  # no waiting list
    (themes,) = (step for step in found.steps if isinstance(step, Split))
    assert themes.rows[0][0].value == caseload.courses[0].now.value
    parts = [row[0] for row in themes.rows[1:]]
    assert sum(part.numerator for part in parts) == themes.rows[0][0].numerator
    assert {"3", "2", "1"} <= {part.short_text for part in parts}  # the bureau itself sees all
    assert not found.note


def test_the_working_group_sees_who_is_at_home_and_who_did_not_deliver(met_before):
    monitor = opened(met_before, "dordrecht")
    found = agenda(monitor, GROUP, monitor.periods[SEPTEMBER], OCTOBER)
    assert titles(found) == [
        "Wat is er toegezegd?",
        "Thuiszitters",
        "Geoorloofd verzuim",
        "Dit vraagt geen gesprek",
        "Wie heeft nog niet geleverd?",
        "Besluiten en nieuwe toezeggingen",
    ]
    home, permitted = (step for step in found.steps if isinstance(step, Split))
    assert [measure.id for measure in home.measures] == [
        "stock", "new", "ended", "over_3_months_no_offer",
    ]  # fmt: skip
    assert [result.short_text for result in permitted.rows[0]] == ["10", "5"]
    hidden = [result for row in (*home.rows, *permitted.rows) for result in row]
    assert all(result.value is None or not 0 < result.numerator < 5 for result in hidden)
    assert "niet getoond" in found.note  # others than the bureau look at this screen
    (late,) = (step for step in found.steps if isinstance(step, Delivered))
    assert "5 van 34 locaties" in late.headline
    assert any(len(item.missing) == 29 for item in late.items)
