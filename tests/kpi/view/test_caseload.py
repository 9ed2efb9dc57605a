"""The caseload of the ECT: every figure that of kpi_value, beside the same quarter a year ago."""

import pytest

from kpi import formatting
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Change
from kpi.view.bridge import Why
from kpi.view.caseload import COLUMNS, ECT, satisfaction, satisfaction_course
from kpi.view.flow_analysis import FlowQuarter, by_quarter

LAST = "2026-2027-k1"


def asked(monitor, organisation, period):
    return FlowQuarter(ECT, monitor, organisation, monitor.periods[period])


def stored(monitor, kpi, measure, organisation, period, segment=""):
    rows = monitor.database.rows(
        "select value from kpi_value where kpi_id = ? and measure = ? and organisation_id = ? "
        "and period_id = ? and segment = ?",
        [kpi, measure, organisation, period, segment],
    )
    return rows[0]["value"] if rows else None


def test_the_headline_and_the_year_ago_are_the_figures_of_kpi_value(demo):
    for organisation in ("SWV", "90001", "94KL01"):
        found = asked(demo, organisation, LAST).facts
        for name, item in zip(COLUMNS, found, strict=True):
            assert item.now.value == stored(demo, "ect", name, organisation, LAST)
            assert item.then.value == stored(demo, "ect", name, organisation, "2025-2026-k1")


@pytest.mark.parametrize("split", ["kind", "theme"])
@pytest.mark.parametrize("period", [LAST, "2025-2026-k2"])
def test_parts_add_up_to_the_total_except_the_mean(demo, split, period):
    *every, whole = asked(demo, "SWV", period).parts(split)
    assert whole.label == "Totaal"
    labels = list(demo.kpis["ect"].segments[split].values.values())
    assert [row.label for row in every] == sorted((r.label for r in every), key=labels.index)
    for place, name in enumerate(COLUMNS):
        numbers = [row.figures[place].now.numerator for row in every]
        assert sum(numbers) == whole.figures[place].now.numerator, name


def test_schools_stand_by_name_and_add_up_to_the_whole(demo):
    found = asked(demo, "SWV", LAST).places("locatie")
    names = [row.organisation.name for row in found]
    assert names == sorted(names, key=formatting.sort_key_nl)
    assert len(names) == 34
    for place, name in enumerate(list(COLUMNS)[:3]):
        total = sum(row.figures[place].now.numerator for row in found)
        assert total == stored(demo, "ect", name, "SWV", LAST), name


def test_open_cases_follow_from_new_and_closed(demo):
    for period in demo.periods.values():
        if period.period_type == "kwartaal":
            found = asked(demo, "SWV", period.period_id).bridges
            lost = [gap.why for bridge in found for gap in bridge.gaps]
            assert all(bridge.closes for bridge in found) or set(lost) == {Why.LOST}, period.label


def test_a_course_turned_over_keeps_every_quarter_with_its_year_before(demo):
    series = asked(demo, "SWV", LAST).series
    rows = by_quarter(series)
    assert rows[0][0].now.period.label == "sept 2026"
    assert len(rows) == 12
    for items in rows:
        for name, item in zip(COLUMNS, items, strict=True):
            assert item.now.measure.id == name
            assert item.now.period is items[0].now.period
            assert item.then.period.period_id == item.now.period.year_ago_period_id


def test_satisfaction_shows_the_weight_and_gives_no_verdict_below_ten_forms(demo):
    whole, *groups = satisfaction(demo, demo.periods[LAST])
    assert whole.mark.period.period_id == "2025-2026"
    assert sum(item.forms.value for item in groups) == whole.forms.value
    few = [item for item in groups if item.forms.value < 10]
    assert few
    for item in [whole, *groups]:
        judged = verdict(demo, item.mark).finding.change
        assert (judged is Change.TOO_FEW) == (item.forms.value < 10)
        assert item.mark.denominator == item.forms.value


def test_satisfaction_knows_no_year_that_is_still_to_come(demo):
    assert satisfaction_course(demo, demo.periods["2019-2020-k1"]) == []
    assert satisfaction(demo, demo.periods["2019-2020-k1"]) == []
