"""A year between two that were delivered is seen as a gap: no zero, no total, nothing around."""

from datetime import date

import pytest

from kpi.chart import trend as charts
from kpi.figure import results
from kpi.figure.export import figure_dict, figures_csv
from kpi.meaning.choices import State
from kpi.opening.opening import open_monitor
from tests.data.claim_world import NORTH, Bureau, spell

GAP = ["2022-2023-k1", "2022-2023-k2", "2022-2023-k3", "2022-2023-k4"]


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    bureau = Bureau(tmp_path_factory.mktemp("gat"))
    old, new = spell(1, start="06-09-2021", end="01-03-2022"), spell(2, start="04-09-2023")
    assert bureau.absence([old], "2021-2022-k4", speaks_for="swv", sure=True).accepted
    assert bureau.absence([new], "2023-2024-k4", speaks_for="swv", sure=True).accepted
    return open_monitor(store=bureau.store.path, profile="groningen_stad", demo=False)


def series(monitor, organisation, period_type="kwartaal", measure="new"):
    return results.trend(monitor, "thuiszitters", organisation, measure, period_type=period_type)


@pytest.mark.parametrize("organisation", ["SWV", "99901", NORTH])
def test_the_gap_is_there_without_a_number(monitor, organisation):
    top = monitor.swv.organisation_id if organisation == "SWV" else organisation
    found = {result.period.period_id: result for result in series(monitor, top)}
    assert [found[period].state for period in GAP] == [State.MISSING] * 4
    assert {found[period].value for period in GAP} == {None}
    assert {found[period].value_text for period in GAP} == {"niet geleverd"}
    assert found["2021-2022-k2"].value == 0 and found["2023-2024-k1"].value == 1


def test_before_the_first_and_after_the_last_list_there_is_nothing(monitor):
    found = series(monitor, monitor.swv.organisation_id)
    assert found[0].period.period_id == "2021-2022-k1"
    assert found[-1].period.period_id == "2023-2024-k4"
    assert min(p.start_on for p in monitor.periods.values()) >= date(2021, 1, 1)
    assert max(p.period_id for p in monitor.periods.values()) < "2024-2025"


def test_a_year_that_was_told_of_for_a_part_is_no_whole_year(monitor):
    for period_type, gone in (("schooljaar", "2022-2023"), ("kalenderjaar", "2022")):
        found = {r.period.period_id: r for r in series(monitor, "99901", period_type)}
        assert found[gone].value is None or found[gone].partial, gone
    of_year = {r.period.period_id: r for r in series(monitor, "99901", "schooljaar")}
    assert of_year["2022-2023"].state is State.MISSING


def test_the_drawing_has_a_gap_and_says_so(monitor):
    found = series(monitor, monitor.swv.organisation_id)
    lines = [trace for trace in charts.trend(found).data if trace.name == "cijfer"]
    assert all(trace.connectgaps is False for trace in lines)
    assert any(None in trace.y for trace in lines)
    assert "Zonder cijfer: 4 periodes." in charts.describe("Nieuw", found)


def test_an_export_holds_no_number_for_the_gap(monitor):
    found = series(monitor, "99901")
    told = {one["period_id"]: one for one in map(figure_dict, found)}
    assert (told["2022-2023-k2"]["value"], told["2022-2023-k2"]["state"]) == (None, "missing")
    lines = [line for line in figures_csv(found).splitlines() if "niet geleverd" in line]
    assert len(lines) == len(GAP)
