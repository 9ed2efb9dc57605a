"""Quarters beside each other: no difference where the two may not be compared."""

import pytest

from kpi.figure import results
from kpi.view.quarterly import beside, latest_complete, year_before

LAST, COMPLETE = "2026-2027-k1", "2025-2026-k4"


def figure(monitor, kpi, measure, period, organisation="SWV"):
    return results.figure(monitor, kpi, organisation, period, measure, "")


def test_the_same_quarter_a_year_ago_with_the_difference(demo):
    now, then = (figure(demo, "ect", "new", f"{y}-k1") for y in ("2026-2027", "2025-2026"))
    found = beside(demo, now)
    assert found.then.value == then.value
    assert found.change == now.value - then.value
    assert found.change_text == f"+{found.change:.0f} dossiers sinds sept 2025"
    assert found.note == found.change_text


def test_an_incomplete_quarter_has_no_difference_and_says_why(demo):
    found = beside(demo, figure(demo, "thuiszitters", "stock", LAST))
    assert found.change is None
    assert found.why_not == "nog niet compleet"
    assert found.note == "nog niet compleet · sept 2025: 24"


def test_another_number_of_locations_is_not_compared(demo):
    found = beside(demo, figure(demo, "ect", "new", "2023-2024-k2"))
    assert found.now.expected != found.then.expected
    assert found.change is None
    assert found.why_not == "ander aantal locaties"


def test_before_the_first_year_there_is_nothing_beside(demo):
    found = beside(demo, figure(demo, "ect", "new", "2019-2020-k1"))
    assert found.then is None
    assert found.then_text == ""
    assert found.change is None


@pytest.mark.parametrize("kpi", ["thuiszitters", "ect", "maatwerk", "verwijzingen_vso"])
def test_a_difference_is_only_told_between_complete_figures_of_one_definition(demo, kpi):
    told = 0
    for measure in demo.kpis[kpi].measures.values():
        if "kwartaal" not in measure.periods:
            continue
        for result in results.trend(demo, kpi, "SWV", measure.id, "", "kwartaal"):
            found = beside(demo, result)
            if found.change is None:
                continue
            told += 1
            assert result.is_complete and found.then.is_complete
            assert result.expected == found.then.expected
            assert result.definition_version == found.then.definition_version
            assert not (result.partial or found.then.partial)
    assert told


def test_the_latest_complete_figure_leaves_a_late_quarter_out(demo):
    series = results.trend(demo, "thuiszitters", "SWV", "new", "", "kwartaal")
    assert series[-1].period.period_id == LAST
    assert latest_complete(series).period.period_id == COMPLETE
    assert latest_complete(series[-1:]) is None


def test_the_year_before_stands_at_the_same_place(demo):
    series = results.trend(demo, "ect", "SWV", "new", "", "kwartaal")
    for now, then in zip(series, year_before(series), strict=True):
        if then is None:
            assert now.period.school_year == "2019-2020"
        else:
            assert then.period.position == now.period.position - 4
