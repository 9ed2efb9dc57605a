"""What is drawn around a figure: limits on its own scale, and none where the method has none."""

from dataclasses import replace

import pytest

from kpi.chart import trend as charts
from kpi.figure import results
from kpi.formatting import sort_key_nl
from kpi.meaning.choices import Better, Shows
from kpi.verdict.judged import verdict
from kpi.verdict.router import judge
from kpi.verdict.series import Point, Series
from kpi.verdict.verdict import Method
from kpi.view.comparison import TOO_SMALL, comparisons
from kpi.view.drawing import drawing
from kpi.view.story import story


def complete(demo, kpi, measure, kind):
    """A trend up to the last figure that is complete and final."""
    series = list(results.trend(demo, kpi, "SWV", measure, "", kind))
    while not series[-1].is_complete or series[-1].provisional:
        series.pop()
    return series


def drawn(demo, kpi, measure, kind="kwartaal"):
    series = complete(demo, kpi, measure, kind)
    return series, drawing(demo, series, verdict(demo, series[-1]))


def names(figure):
    return {trace.name for trace in figure.data}


def test_limits_are_drawn_exactly_when_the_method_has_them(demo):
    with_limits = 0
    for kpi in demo.kpis.values():
        for measure in kpi.measures.values():
            for kind in measure.periods:
                series = results.trend(demo, kpi.id, "SWV", measure.id, "", kind)
                if not series:
                    continue
                found = verdict(demo, series[-1])
                beside = drawing(demo, series, found)
                expected = found.finding.limits is not None
                assert bool(beside.limits) is expected
                assert (
                    "gewone schommeling" in names(charts.trend(series, beside=beside))
                ) is expected
                with_limits += expected
    assert with_limits


def test_a_stock_has_no_limits(demo):
    series, beside = drawn(demo, "thuiszitters", "stock")
    assert not beside.limits
    assert "gewone schommeling" not in names(charts.trend(series, beside=beside))


def test_limits_of_a_count_are_those_of_the_finding(demo):
    series, beside = drawn(demo, "thuiszitters", "new")
    limits = verdict(demo, series[-1]).finding.limits
    last = beside.limits[series[-1].period.period_id]
    assert last.upper == limits.upper[-1]
    assert last.mean == limits.mean[-1]
    assert last.lower == max(0, limits.lower[-1])


def test_a_percentage_has_limits_in_percent():
    shares = [20, 22, 18, 21, 19, 22, 20, 18, 21, 20, 19, 22, 20, 21]
    points = tuple(
        Point(str(place), str(place), place, top / 4, top, 400.0)
        for place, top in enumerate(map(float, shares))
    )
    found = judge(Series(Shows.SHARE, "percent", Better.LOWER, "kwartaal", points))
    assert found.method is Method.P_PRIME
    assert found.limits.mean[0] == pytest.approx(100 * sum(shares) / 400 / len(shares))
    assert found.limits.upper[0] < 100


def test_the_season_is_in_the_limits(demo):
    series, beside = drawn(demo, "maatwerk", "referrals")
    finding = verdict(demo, series[-1]).finding
    assert beside.limits_note
    shown = [
        beside.limits[result.period.period_id]
        for result in series
        if result.period.period_id in beside.limits
    ]
    assert [limit.mean for limit in shown] == list(finding.limits.mean)
    assert shown[0].mean == pytest.approx(shown[4].mean)
    assert shown[0].mean != pytest.approx(shown[1].mean)


def test_where_a_quarter_is_missing_the_others_keep_their_own_limits(demo):
    """Limits hang on periods, not on places in the line."""
    series, beside = drawn(demo, "thuiszitters", "new")
    found = verdict(demo, series[-1])
    periods = found.finding.periods[::2]
    limits = type(found.finding.limits)(
        *(line[::2] for line in (
            found.finding.limits.values, found.finding.limits.mean,
            found.finding.limits.lower, found.finding.limits.upper,
        ))
    )  # fmt: skip
    finding = replace(found.finding, limits=limits, periods=periods)
    fewer = drawing(demo, series, replace(found, finding=finding)).limits
    assert fewer == {period: beside.limits[period] for period in periods}


def test_what_is_expected_stands_one_period_ahead(demo):
    series, beside = drawn(demo, "vsv", "vsv_share", "schooljaar")
    low, high = verdict(demo, series[-1]).expected_next
    assert beside.expected.period.position == series[-1].period.position + 1
    figure = charts.trend(series, beside=beside)
    block = next(trace for trace in figure.data if trace.name == "verwacht")
    assert (min(block.y), max(block.y)) == (low, high)
    assert figure.layout.xaxis.ticktext[-1] == beside.expected.period.label


def test_events_have_a_letter_in_the_chart_and_words_in_the_table(demo):
    series, beside = drawn(demo, "thuiszitters", "stock")
    letters = {note.text for note in charts.trend(series, beside=beside).layout.annotations}
    assert {mark.letter for mark in beside.marks} <= set(" ".join(letters).split())
    mark = beside.marks[0]
    touched = next(result for result in series if result.period in mark.periods)
    assert mark.event.label in beside.marks_text(touched)
    assert mark.event.falls_in(touched.period)


def test_an_event_of_another_kpi_is_not_drawn(demo):
    _, absence = drawn(demo, "thuiszitters", "stock")
    _, caseload = drawn(demo, "ect", "new")
    labels = {mark.event.label for mark in absence.marks}
    assert "Start thuiszitterstafel" in labels
    assert "Start thuiszitterstafel" not in {mark.event.label for mark in caseload.marks}


def test_published_figures_are_drawn_where_they_match_and_explained_where_not(demo):
    series, beside = drawn(demo, "deelname_vso", "participation_inspectie", "schooljaar")
    assert [item.label for item in beside.references] == ["VSO, heel Nederland"]
    assert "VSO, heel Nederland" in names(charts.trend(series, beside=beside))
    _, absence = drawn(demo, "thuiszitters", "stock")
    assert not absence.references
    assert absence.not_drawn


def test_a_comparison_has_no_rank_and_no_word_on_the_small(demo):
    series = complete(demo, "opp", "parent_consent_share", "schooljaar")
    (found,) = comparisons(demo, series[-1])
    assert [place.organisation.name for place in found.places] == sorted(
        (place.organisation.name for place in found.places), key=sort_key_nl
    )
    small = [place for place in found.places if place.unit.too_small]
    assert small
    assert {place.word for place in small} == {TOO_SMALL}
    assert "Dit is geen oordeel over de kwaliteit van een school." in found.caution
    assert len({place.organisation.school_type for place in found.places}) == 1
    for place in found.places:
        ends = sorted((place.share, found.centre))
        assert ends[0] - 1e-9 <= place.shrunken <= ends[1] + 1e-9


def test_a_period_that_still_runs_is_not_compared(demo):
    series = results.trend(demo, "verwijzingen_vso", "SWV", "referral_share", "", "schooljaar")
    assert series[-1].partial
    assert not comparisons(demo, series[-1])


def test_a_story_says_who_came_and_who_went(demo):
    told = story(demo, complete(demo, "thuiszitters", "stock", "kwartaal"))
    assert told.flows.new.measure.id == "new"
    assert told.flows.ended.measure.id == "ended"
    assert told.flows.text == (
        f"{told.flows.new.short_text} nieuw, {told.flows.ended.short_text} eraf"
    )
    assert told.judged.measure.id == "new"
    assert told.targets == "Op andere maten 4 doelen: 1 gehaald, 2 niet gehaald, 1 niet te toetsen."


def test_a_story_without_flows_has_none(demo):
    assert story(demo, complete(demo, "reserve", "ratio", "kalenderjaar")).flows is None
