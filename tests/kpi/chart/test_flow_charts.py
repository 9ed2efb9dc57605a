"""What the drawings of stock and flow show is what the figures say, and nothing else."""

import pytest

from kpi.chart import flow as flow_charts
from kpi.formatting import number, signed
from kpi.record.events import events
from kpi.view.absence import THUISZITTERS
from kpi.view.caseload import ECT
from kpi.view.flow_analysis import FlowQuarter

LAST, COMPLETE, BY_COUNTS = "2026-2027-k1", "2025-2026-k4", "2021-2022-k1"


def asked(analysis, monitor, period):
    return FlowQuarter(analysis, monitor, "SWV", monitor.periods[period])


def numbers_on(figure):
    return [
        note.text.removeprefix("<b>").removesuffix("</b>") for note in figure.layout.annotations
    ]


@pytest.mark.parametrize("period", [LAST, COMPLETE, BY_COUNTS])
def test_a_waterfall_ends_where_the_figures_end(demo, period):
    for bridge in asked(THUISZITTERS, demo, period).bridges:
        before, new, ended, rest, now = bridge.amounts
        figure = flow_charts.waterfall(bridge, 40)
        first, came, went, *between, last = figure.data
        assert (first.base[0], first.y[0]) == (0, before)
        assert (came.base[0], came.y[0]) == (before, new)
        assert (went.base[0], went.y[0]) == (before + new - ended, ended)
        assert (last.base[0], last.y[0]) == (0, now)
        assert len(between) == (1 if rest else 0)
        told = [number(before), signed(new), signed(-ended), number(now)]
        told[3:3] = [signed(rest)] if rest else []
        assert numbers_on(figure) == told


def test_what_cannot_be_followed_is_hatched_and_reaches_the_last_column(demo):
    whole = asked(THUISZITTERS, demo, LAST).bridges[0]
    *_, gap, last = flow_charts.waterfall(whole, 40).data
    assert gap.marker.pattern.shape
    assert gap.base[0] == last.y[0]  # one down: its foot is where the stock ends


def test_bridges_side_by_side_have_one_scale(demo):
    found = asked(THUISZITTERS, demo, COMPLETE).bridges
    top = flow_charts.highest(found)
    assert top == max(bridge.amounts[0] + bridge.amounts[1] for bridge in found)
    ranges = {flow_charts.waterfall(bridge, top).layout.yaxis.range for bridge in found}
    assert len(ranges) == 1
    assert ranges.pop()[1] > top


def test_what_came_goes_up_and_what_went_goes_down(demo):
    new, ended, stock = asked(THUISZITTERS, demo, LAST).series
    figure = flow_charts.flows(new, ended, stock)
    came, went, stood = figure.data
    assert list(came.y) == [item.value for item in new[-12:]]
    assert list(went.y) == [-item.value for item in ended[-12:]]
    assert list(stood.y) == [item.value for item in stock[-12:]]
    assert stood.marker.color[-1] == "#FFFFFF"  # not complete: an open point
    assert stood.marker.color[-2] != "#FFFFFF"
    assert "31 van 34 locaties" in stood.text[-1]


def test_an_event_stands_on_its_day_and_only_within_the_chart(demo):
    new, ended, stock = asked(THUISZITTERS, demo, LAST).series
    happened = events(demo, "thuiszitters")
    figure = flow_charts.flows(new, ended, stock, happened)
    assert {"Start thuiszitterstafel"} == {note.text for note in figure.layout.annotations}
    quarter = next(item.period for item in stock if item.period.period_id == "2024-2025-k1")
    x = figure.layout.shapes[0].x0
    assert quarter.position - 0.5 < x < quarter.position  # 1 August lies in its first half
    assert len(happened) > 1


def test_the_year_before_lies_behind_the_same_quarter(demo):
    for series in asked(ECT, demo, LAST).series:
        earlier, now = flow_charts.with_year_before(series).data
        assert list(now.x) == list(earlier.x)
        assert list(now.y) == [item.value for item in series[-12:]]
        assert list(earlier.y) == [item.value for item in series[-16:-4]]


def test_where_there_is_no_year_before_the_line_has_a_gap(demo):
    series = asked(ECT, demo, "2020-2021-k1").series[0]
    earlier, _ = flow_charts.with_year_before(series).data
    assert list(earlier.y)[:4] == [None] * 4
    assert earlier.y[4] == series[0].value
    assert earlier.connectgaps is False
