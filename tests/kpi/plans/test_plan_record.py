"""Changes and progress on record: merged with the plan by id, as known at a line, refused whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from groningen_rows import ROWS

from kpi.plans.activities import (
    activities,
    history,
    put_activities,
    put_activity,
    report_progress,
    take_back,
)
from kpi.plans.activity import Activity, ActivityState, Direction, Effect, Plan
from kpi.plans.amount import Amount
from kpi.plans.contradictions import BrokenRule, contradictions
from kpi.plans.order import Colour
from kpi.plans.orders import add_note, improvement_plan, list_evidence, report_status
from kpi.register import Record, Refused, withdraw

ROUTE = "jaarplan-2023-2024-1.1"
MAY = date(2024, 5, 31)


@pytest.fixture
def groningen(with_profile):
    return with_profile("groningen_stad")


@pytest.fixture
def dordrecht(with_profile):
    return with_profile("dordrecht")


def found(monitor, activity_id):
    return next((item for item in activities(monitor) if item.id == activity_id), None)


def as_known(monitor, seq):
    return replace(monitor, store=monitor.store.as_known(seq))


def new(**changes):
    activity = Activity(
        "16", Plan.YEAR_PLAN, 1, "mei 2024", "Een proef met een rustruimte op school.",
        ("ECT", "scholen"), "Minder verzuim.", "ECT", "p.m.",
    )  # fmt: skip
    usual = {"from_on": date(2024, 5, 1), "until_on": MAY, "school_year": "2023-2024",
             "theme": "Onderwijs & ondersteuning"}  # fmt: skip
    return replace(activity, **{**usual, **changes})


def test_without_records_the_plan_is_that_of_the_profile(groningen):
    shown = activities(groningen)
    assert [(str(item.plan), item.place) for item in shown] == [
        (row.plan, row.place) for row in ROWS
    ]
    assert not any(item.progress or item.author for item in shown)


def test_a_new_activity_comes_back_whole_in_its_place(groningen):
    effect = Effect("thuiszitters", Direction.DOWN, Decimal("2.5"), "2024-09")
    money = (Amount(Decimal("0.08"), "€ per leerling", "SWV", "Dashboard", about=True),)
    put = put_activity(
        groningen, new(effect=effect, money=money, kpis=("thuiszitters", "vsv")), "Bureau"
    )
    shown = activities(groningen)
    assert shown[shown.index(found(groningen, put.id)) - 1].id == "jaarplan-2023-2024-1.15"
    assert found(groningen, put.id) == replace(
        new(effect=effect, money=money, kpis=("thuiszitters", "vsv")), id=put.id, author="Bureau"
    )


def test_a_change_takes_the_place_of_the_row_until_it_is_withdrawn(groningen):
    row = found(groningen, ROUTE)
    put_activity(groningen, replace(row, what="Iets anders.", kpis=("vsv",)), "Bureau")
    assert (found(groningen, ROUTE).what, len(activities(groningen))) == ("Iets anders.", len(ROWS))
    assert [item.what for item in history(groningen, ROUTE)] == [row.what, "Iets anders."]
    take_back(groningen, ROUTE, "Bureau", "vergissing")
    assert found(groningen, ROUTE) == row


def test_progress_tells_how_far_it_is_on_a_day_and_what_is_late(groningen):
    report_progress(groningen, ROUTE, "loopt", "Eerste ronde.", on="2024-01-15", author="ECT")
    report_progress(groningen, ROUTE, ActivityState.DONE, "", on="01-08-2024", author="ECT")
    report_progress(groningen, ROUTE, "loopt", "Beter gezegd.", on="2024-01-15", author="ECT")
    item = found(groningen, ROUTE)
    assert [(one.on.isoformat(), one.note) for one in item.progress] == [
        ("2024-01-15", "Beter gezegd."), ("2024-08-01", ""),
    ]  # fmt: skip
    states = [item.state(date(2023, 12, 1)), item.state(MAY), item.state(date(2024, 9, 1))]
    assert states == [ActivityState.NOT_STARTED, ActivityState.RUNNING, ActivityState.DONE]
    assert not item.is_late(date(2024, 7, 31)) and not item.is_late(date(2024, 8, 1))
    other = found(groningen, "jaarplan-2023-2024-1.2")
    assert not other.is_late(date(2024, 7, 31)) and other.is_late(date(2024, 8, 1))


def test_everything_is_as_known_at_a_line(groningen):
    put_activity(groningen, new(id="a"), "Bureau")
    report_progress(groningen, "a", "loopt", "", on="2024-05-02", author="ECT")
    assert found(as_known(groningen, 0), "a") is None
    assert found(as_known(groningen, 2), "a").progress == ()
    assert found(groningen, "a").state(MAY) is ActivityState.RUNNING


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": " "}, "Schrijf op wat er gebeurt"),
        ({"period": ""}, "Schrijf op wanneer"),
        ({"theme": ""}, "Kies een thema"),
        ({"kpis": ("vsw",)}, "KPI 'vsw' bestaat niet. Bedoelde u 'vsv'"),
        ({"until_on": date(2024, 4, 1)}, "ligt voor de eerste"),
        ({"money": (Amount(Decimal(-1), "€"),)}, "niet kleiner dan nul"),
        ({"effect": Effect("vsv", Direction.UP, Decimal(1), "mei")}, "'mei' is geen maand"),
        ({"result": "Bel 06-12345678."}, "lijkt op een telefoonnummer"),
        ({"what": "Overleg met Jan Jansen."}, "bevestig dat dit geen persoon is"),
    ],
)
def test_what_is_not_right_is_refused_and_leaves_nothing_behind(groningen, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        put_activity(groningen, new(**changes), "Bureau")
    assert len(activities(groningen)) == len(ROWS)


def test_a_name_may_stay_when_somebody_looked_and_a_phone_number_never(groningen):
    school = new(who=("Anne Frank School", "W.A. van Liefland"))
    with pytest.raises(Refused, match="geen persoon"):
        put_activity(groningen, school, "Bureau")
    put_activity(groningen, school, "Bureau", names_checked=True)
    with pytest.raises(Refused, match="telefoonnummer"):
        put_activity(groningen, new(what="Bel 06-12345678"), "Bureau", names_checked=True)


def test_progress_needs_an_activity_a_state_a_day_and_a_reason_to_stop(groningen):
    with pytest.raises(Refused) as refused:
        report_progress(groningen, "weg", "klaar", "", on="", author="")
    assert len(refused.value.errors) == 4
    with pytest.raises(Refused, match="waarom de activiteit stopt"):
        report_progress(groningen, ROUTE, ActivityState.STOPPED, "", on="2024-01-15", author="ECT")


def test_what_is_read_from_a_file_is_stored_whole_or_not_at_all(groningen):
    rows = [new(id="a"), new(id="b", what=""), new(id="c", kpis=("weg",))]
    refused = put_activities(groningen, rows, "Bureau")
    assert [len(item.errors) for item in refused] == [1, 1]
    assert found(groningen, "a") is None
    assert put_activities(groningen, rows[:1], "Bureau") == []
    assert found(groningen, "a") is not None


def test_an_expected_effect_outlives_the_next_file_because_files_hold_none(groningen):
    effect = Effect("vsv", Direction.DOWN, Decimal("0.1"), "2024-06")
    put_activity(groningen, new(id="a", effect=effect), "Bureau")
    assert put_activities(groningen, [new(id="a", what="Anders.")], "Bureau") == []
    assert (found(groningen, "a").what, found(groningen, "a").effect) == ("Anders.", effect)


def test_a_damaged_line_does_not_take_down_the_plan(groningen):
    groningen.store.record(Record.ACTIVITY, {"id": "x", "plan": "jaarboek"}, "A")
    groningen.store.record(Record.PROGRESS, {"activity": ROUTE, "on": "ooit"}, "A")
    assert len(activities(groningen)) == len(ROWS)


def test_a_profile_without_plans_has_none(groningen, dordrecht):
    assert activities(dordrecht) == ()
    assert improvement_plan(groningen) is None


def status_of(monitor, order_id, on=MAY):
    plan = improvement_plan(monitor)
    return next(order for order in plan.orders if order.id == order_id).status(on)


def test_a_later_report_comes_after_that_of_the_profile_and_changes_nothing_before(dordrecht):
    report_status(dordrecht, "bka3-opr", "groen", reported="2024-05", met=["2023-02"], author="B")
    assert status_of(dordrecht, "bka3-opr").colour is Colour.GREEN
    assert status_of(dordrecht, "bka3-opr", date(2024, 4, 1)).colour is Colour.UNREAD
    assert status_of(as_known(dordrecht, 0), "bka3-opr").colour is Colour.UNREAD
    # Someone who has the paper can fill in the colour that could not be read.
    report_status(dordrecht, "bka3-opr", "geel", reported="2023-11", author="B")
    assert status_of(dordrecht, "bka3-opr", date(2024, 4, 1)).colour is Colour.YELLOW
    withdraw(dordrecht.store, Record.ORDER_STATUS, {"order": "bka3-opr", "on": "2023-11"}, "B", "")
    assert status_of(dordrecht, "bka3-opr", date(2024, 4, 1)).colour is Colour.UNREAD


def test_notes_and_evidence_are_added_and_settle_what_contradicts(dordrecht):
    report_status(dordrecht, "bka3-overleg", "groen", reported="2024-05", met=["2022-12"],
                  author="B")  # fmt: skip

    def kinds():
        said = contradictions(improvement_plan(dordrecht), MAY)
        return [item.kind for item in said if item.order_id == "bka3-overleg"]

    assert kinds() == [BrokenRule.NO_EVIDENCE, BrokenRule.NO_NOTE]
    note = add_note(dordrecht, "bka3-overleg", "Tweede overleg gehouden.", month="2024-03",
                    evidence=["13"], author="B")  # fmt: skip
    assert kinds() == [BrokenRule.NOT_LISTED]
    list_evidence(dordrecht, "13", "Verslag overleg ALV en OPR", "B")
    assert kinds() == []
    plan = improvement_plan(dordrecht)
    assert [item.number for item in plan.evidence][-2:] == ["12", "13"]
    (order,) = (order for order in plan.orders if order.id == "bka3-overleg")
    assert order.notes[-1] == note


def test_evidence_with_a_known_number_gets_another_title(dordrecht):
    list_evidence(dordrecht, "6B", "Verslag OOGO", "B")
    plan = improvement_plan(dordrecht)
    titles = {item.number: item.title for item in plan.evidence}
    assert (titles["6b"], len(titles)) == ("Verslag OOGO", 18)


def test_evidence_stands_in_the_order_of_its_numbers(dordrecht):
    list_evidence(dordrecht, "2c", "Begroting", "B")
    numbers = [item.number for item in improvement_plan(dordrecht).evidence]
    assert numbers[2:6] == ["2a", "2b", "2c", "3"] and numbers[-2:] == ["11b", "12"]


def test_a_note_is_recorded_once_however_often_the_form_is_sent(dordrecht):
    add_note(dordrecht, "bka3-opr", "Klaar.", month="2024-03", author="B")
    with pytest.raises(Refused, match="staat er al"):
        add_note(dordrecht, "bka3-opr", " Klaar. ", month="2024-03", author="B")
    add_note(dordrecht, "bka3-opr", "Klaar.", month="2024-04", author="B")


def test_an_annex_has_a_number_and_no_name(dordrecht):
    with pytest.raises(Refused, match="geen nummer van een bijlage"):
        list_evidence(dordrecht, "Jan Jansen", "Verslag", "B")
    with pytest.raises(Refused, match="geen nummer van een bijlage"):
        add_note(dordrecht, "bka3-opr", "Klaar.", month="2024-03", evidence=["zes"], author="B")


def test_what_is_wrong_about_an_order_is_said_at_once(dordrecht):
    with pytest.raises(Refused) as refused:
        report_status(dordrecht, "bka3-opr", "paars", reported="mei", met=["2023-03"], author="")
    assert len(refused.value.errors) == 4
    with pytest.raises(Refused, match="herstelopdracht bestaat niet"):
        add_note(dordrecht, "weg", "Iets.", month="2024-03", author="B")
    with pytest.raises(Refused) as refused:
        add_note(dordrecht, "bka3-opr", "", month="gisteren", author="B")
    assert len(refused.value.errors) == 2
