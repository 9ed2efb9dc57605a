"""What a drawing must not hide: gaps, breaks, provisional and incomplete figures."""

from base64 import b64decode

import pytest

from kpi.chart import trend as charts
from kpi.chart.frame import MOST_TICKS, hover
from kpi.chart.sparkline import runs, sparkline
from kpi.figure import results
from kpi.figure.span import scale_of
from kpi.meaning.choices import State


@pytest.fixture
def incomplete(monitor):
    """A series whose last quarter misses a board."""
    return results.trend(monitor, "thuiszitters", "SWV")


@pytest.fixture
def late(monitor):
    """A location of that board: nothing delivered in the last quarter."""
    names = results.by_organisation(monitor, "thuiszitters", "2026-2027-k1")
    missing = next(result for result in names if result.state is State.MISSING)
    return results.trend(monitor, "thuiszitters", missing.organisation.organisation_id)


def trace(figure, name):
    return next(item for item in figure.data if item.name == name)


def svg(series, **options):
    return b64decode(sparkline(series, **options).split(",", 1)[1]).decode()


def test_a_line_shows_every_value_and_nothing_else(incomplete):
    figure = charts.trend(incomplete)
    assert list(trace(figure, "cijfer").y) == [result.value for result in incomplete]


def test_what_was_not_delivered_is_a_gap_and_not_a_zero(late):
    drawn = trace(charts.trend(late), "cijfer")
    assert late[-1].state is State.MISSING
    assert drawn.y[-1] is None
    assert drawn.connectgaps is False
    assert runs(late)[-1][-1].period != late[-1].period
    assert "niet geleverd" in drawn.text[-1]


def test_incomplete_points_have_a_sign_of_their_own_and_no_change(incomplete):
    last = incomplete[-1]
    assert not last.is_complete and last.has_number
    assert trace(charts.trend(incomplete), "niet compleet").y[-1] == last.value
    assert last.change is None
    assert last.coverage_text in hover(last)


def test_provisional_points_are_open(monitor):
    series = [result for result in results.trend(monitor, "vsv", "SWV") if result.has_number]
    assert series[-1].provisional
    open_points = trace(charts.trend(series), "voorlopig")
    assert open_points.marker.color == "#FFFFFF"
    assert open_points.y[-1] == series[-1].value
    assert svg(series).count('fill="#FFFFFF"') == 1


def test_a_break_is_an_upright_with_words(monitor):
    series = results.trend(monitor, "deelname_vso", "SWV")
    breaks = [result for result in series if result.is_break]
    figure = charts.trend(series)
    assert breaks
    assert len(figure.layout.shapes) == len(breaks)
    assert {note.text for note in figure.layout.annotations} == {"andere telling"}
    assert figure.layout.shapes[0].x0 == breaks[0].period.position - 0.5


def test_numbers_and_months_are_dutch(incomplete):
    figure = charts.trend(incomplete)
    assert figure.layout.template.layout.separators == ",."
    assert figure.layout.xaxis.ticktext[-1] == incomplete[-1].period.label
    assert len(figure.layout.xaxis.ticktext) <= MOST_TICKS


def test_a_target_of_one_period_is_visible(monitor):
    series = results.trend(monitor, "vsv", "SWV")
    path = trace(charts.trend(series), "doel")
    assert "markers" in path.mode


def test_the_sentence_tells_first_last_lowest_and_highest(incomplete):
    sentence = charts.describe("Thuiszitters", incomplete)
    numbers = [result for result in incomplete if result.value is not None]
    highest = max(numbers, key=lambda result: result.value)
    assert numbers[0].value_text in sentence
    assert f"hoogste {highest.value_text}" in sentence


def test_a_small_drawing_always_starts_at_zero(incomplete):
    assert scale_of(incomplete)[0] == 0


def test_equal_values_have_equal_heights_on_a_shared_scale(incomplete):
    low, high = scale_of(incomplete)
    drawn = svg(incomplete, scale=(low, high * 2))
    tops = [float(pair.split(",")[1]) for pair in drawn.split('points="')[1].split('"')[0].split()]
    assert min(tops) >= 30 / 2 - 4


def test_a_series_without_figures_can_be_drawn():
    assert charts.describe("Niets", []) == "Niets: geen cijfers."
    assert sparkline([]).startswith("data:image/svg+xml;base64,")
    assert not charts.trend([]).data
