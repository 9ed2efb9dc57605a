"""What was typed wrong can be taken back on screen; the ledger keeps that it was there."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi.meaning.target import Target, TargetKind
from kpi.record.deviations import agree_deviation, deviations
from kpi.record.events import add_event, events
from kpi.record.taken_back import on_record, take_back
from kpi.record.targets import recorded_targets, set_target
from kpi.register import Record, Refused

DAY, END = date(2023, 9, 1), date(2024, 7, 31)


@pytest.fixture
def monitor(monitor_of):
    """With one agreement of each kind about "proef", and an event of another KPI."""
    ceiling = Target("proef", "amount", TargetKind.AT_MOST, amount=Decimal(5), origin="ALV")
    made = monitor_of([], [], [replace(ceiling, organisation_id="SWV")])
    agree_deviation(made, "proef", "Verbouwing", "Directeur", DAY, END, author="Bureau")
    set_target(made, replace(ceiling, amount=Decimal(3), valid_from=DAY), "Bureau")
    add_event(made, DAY, "Ander systeem", "beleid", kpis=["proef"], author="Bureau")
    return made


def about(monitor):
    return on_record(monitor, monitor.kpis["proef"])


def test_each_kind_is_listed_in_words(monitor):
    deviation, target, event = (item.text for item in about(monitor))
    assert "bewust niet gehaald tot en met 31 juli 2024: Verbouwing (Directeur)" in deviation
    assert target.startswith("doel, ") and target.endswith("vanaf 1 september 2023")
    assert event == "gebeurtenis: Ander systeem, 1 september 2023"


def test_what_is_taken_back_no_longer_counts_and_stays_in_the_ledger(monitor):
    for item in about(monitor):
        assert take_back(monitor, item, "Vergissing", "Bureau") == f"Teruggenomen: {item.text}."
    assert about(monitor) == []
    assert deviations(monitor) == recorded_targets(monitor) == events(monitor, "proef") == []
    for kind in (Record.DEVIATION, Record.TARGET, Record.EVENT):
        first, last = monitor.store.entries(kind)
        assert not first.body.get("withdrawn")
        assert (last.body["reason"], last.author) == ("Vergissing", "Bureau")


@pytest.mark.parametrize("reason", ["", "  ", "Gezegd door mevrouw De Vries"])
def test_a_reason_is_needed_and_names_nobody(monitor, reason):
    first, *_ = about(monitor)
    with pytest.raises(Refused):
        take_back(monitor, first, reason, "Bureau")
    assert len(about(monitor)) == 3
