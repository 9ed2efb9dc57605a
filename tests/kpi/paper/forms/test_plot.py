"""Where lines lie: round numbers on the axis, gaps where nothing is known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import euro_chart, mark_chart, thuiszitters_chart

from kpi.paper.document import Chart, ChartLine, Table
from kpi.paper.forms.plot import plot


def chart(*values, kind="value", number_format="#,##0", **more):
    names = tuple(str(n) for n in range(len(values)))
    lines = (ChartLine("lijn", tuple(values), kind),)
    return Chart("T", "A", "", number_format, names, lines, Table("T", ("a",), ()), **more)


def ticks(drawn):
    return [tick.text for tick in drawn.ticks]


def test_the_axis_has_round_numbers_in_dutch():
    assert ticks(plot(thuiszitters_chart())) == ["0", "20", "40", "60", "80"]
    assert ticks(plot(euro_chart()))[:4] == ["−€\xa0200.000", "−€\xa0100.000", "€\xa00",
                                             "€\xa0100.000"]  # fmt: skip
    assert ticks(plot(mark_chart()))[0] == "7,4"
    assert ticks(plot(chart(12.5, 40, number_format='#,##0.0"%"'))) == [
        "0%", "10%", "20%", "30%", "40%",
    ]  # fmt: skip


def test_counts_have_no_halves_on_their_axis():
    assert ticks(plot(chart(0, 1))) == ["0", "1"]
    assert ticks(plot(chart(1, 3))) == ["0", "1", "2", "3"]


def test_an_axis_that_need_not_start_at_zero_has_no_zero():
    drawn = plot(mark_chart())
    assert drawn.zero is None
    assert plot(replace(mark_chart(), wants_zero=True)).zero == 0


def test_below_zero_the_zero_line_lies_between():
    assert plot(chart(-10, 10)).zero == pytest.approx(0.5)


def test_a_line_is_not_drawn_over_a_missing_number():
    (line,) = plot(chart(1, 2, None, 3, None, 4, 5)).lines
    assert [[point.category for point in stretch] for stretch in line.stretches] == [
        [0, 1], [3], [5, 6],
    ]  # fmt: skip


def test_a_line_is_not_drawn_over_another_way_of_counting():
    (line,) = plot(chart(1, 2, 3, breaks=(2,))).lines
    assert [len(stretch) for stretch in line.stretches] == [2, 1]
    (path,) = plot(chart(1, 2, 3, breaks=(2,), kind="path")).lines
    assert [len(stretch) for stretch in path.stretches] == [3]


def test_the_last_point_says_its_number_as_the_figure_does():
    assert plot(euro_chart()).lines[0].stretches[-1][-1].text == "−€\xa0120.775"
    assert plot(mark_chart()).lines[0].stretches[-1][-1].text == "7,9"


def test_without_numbers_there_is_nothing_to_draw():
    assert plot(chart()) is None
    assert plot(chart(None, None)) is None


NUMBERS = st.floats(-1e9, 1e9) | st.integers(-1000, 1000) | st.none()


@given(
    st.lists(NUMBERS, min_size=1, max_size=12),
    st.booleans(),
    st.sampled_from(["#,##0", "#,##0.0", '"€ "#,##0', '#,##0.00"%"']),
)
def test_every_point_lies_on_the_axis(values, wants_zero, number_format):
    drawn = plot(chart(*values, wants_zero=wants_zero, number_format=number_format))
    if drawn is None:
        assert all(value is None for value in values)
        return
    places = [tick.at for tick in drawn.ticks]
    assert places[0] == 0 and places[-1] == 1 and places == sorted(places)
    assert 2 <= len(places) <= 10 and len(set(ticks(drawn))) == len(places)
    points = [point for line in drawn.lines for stretch in line.stretches for point in stretch]
    assert len(points) == sum(value is not None for value in values)
    assert all(-1e-9 <= point.at <= 1 + 1e-9 for point in points)
    order = sorted(points, key=lambda point: values[point.category])
    assert [point.at for point in order] == sorted(point.at for point in points)
