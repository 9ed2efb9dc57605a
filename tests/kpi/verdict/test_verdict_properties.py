"""What no verdict ever does, whatever the series."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_series import points_of

from kpi.meaning.choices import Better, JudgedBy, PeriodType, Shows
from kpi.verdict.goal import Asked, judge_goal, next_count
from kpi.verdict.router import judge
from kpi.verdict.rules import Rule
from kpi.verdict.series import Pair, Series
from kpi.verdict.verdict import Change, Goal, Method

LIMITS = (Method.XMR, Method.P_PRIME)
UNTESTED = (Method.NONE, Method.THRESHOLD)


@st.composite
def any_series(draw):
    """Any series: every kind of figure and unit, with breaks, gaps and unusable periods."""
    period = draw(st.sampled_from(list(PeriodType)))
    shows = draw(st.sampled_from(list(Shows)))
    number = draw(st.integers(1, 26))
    high = draw(st.sampled_from([2, 12, 60, 400]))
    whole = draw(st.integers(0, 9)) > 0
    number_of_cases = (
        st.integers(0, high) if whole else st.floats(0, high).map(lambda x: round(x, 2))
    )
    tops = draw(st.lists(number_of_cases, min_size=number, max_size=number))
    more = draw(st.lists(st.integers(0, high), min_size=number, max_size=number))
    sizes = None
    if shows.factor:
        sizes = [max(1, int(top) + extra) for top, extra in zip(tops, more, strict=True)]
    known = draw(st.booleans())
    squares = [
        top**2 / (sizes or tops)[i] + more[i] if sizes and known else 0
        for i, top in enumerate(tops)
    ]
    groups = [(squares[i], sizes[i] * draw(st.integers(1, 3))) for i in range(number)] if (
        sizes and known
    ) else None  # fmt: skip
    points = list(points_of(tops, sizes, shows, period, squares if groups else None, groups))
    version = 1
    skipped = 0
    for place, point in enumerate(points):
        event = draw(st.integers(0, 24))
        version += event == 0
        skipped += event == 1
        points[place] = replace(
            point, version=version, position=place + skipped, usable=event != 2,
            value=None if event == 3 else point.value, locations=40 - 4 * (event == 4),
            other_source=9 * (event == 5),
            why_not="er is niet geleverd" if event in (2, 3) else "",
        )  # fmt: skip
    unit = "percent" if shows is Shows.SHARE else draw(
        st.sampled_from(["leerlingen", "klachten", "uren", "euro", "dagen", "OPP's"])
    )  # fmt: skip
    measured = [point for point in points if point.value is not None]
    schools = tuple(
        Pair(*two, board=f"bestuur {place % 8}")
        for place, two in enumerate(zip(measured[:9], reversed(measured), strict=False))
    )
    return Series(
        shows, unit, draw(st.sampled_from(list(Better))), period, tuple(points),
        draw(st.integers(0, 2)), draw(st.booleans()),
        draw(st.sampled_from([JudgedBy.ROUTER] * 6 + list(JudgedBy))),
        schools,
    )  # fmt: skip


ANY_ASKED = st.builds(
    Asked, st.one_of(st.none(), st.floats(0, 100)), st.floats(0, 100),
    st.integers(0, 8), st.just("schooljaar 2025-2026"), st.booleans(),
)  # fmt: skip
MANY = settings(max_examples=400, deadline=None)


def outside(series: Series) -> list[int]:
    """Places of the points that may have no say."""
    inside = {point.position for point in series.run}
    return [place for place, one in enumerate(series.points) if one.position not in inside]


@MANY
@given(any_series(), ANY_ASKED, st.integers(0, 10**6))
def test_what_is_outside_the_run_has_no_say(series, asked, seed):
    """Other figures before a break or in a gap never change verdict, goal, limits or forecast."""
    rng = np.random.default_rng(seed)
    points = list(series.points)
    for place in outside(series)[: -1 if not series.run else None]:
        if points[place].value is not None:
            other = float(rng.integers(0, 99))
            points[place] = replace(points[place], value=other, numerator=other)
    other = replace(series, points=tuple(points))
    assert [one.position for one in other.run] == [one.position for one in series.run]
    assert judge(other) == judge(series)
    assert judge_goal(other, asked) == judge_goal(series, asked)
    mine, its = next_count(series), next_count(other)
    assert (mine is None) == (its is None)
    assert mine is None or mine.interval() == its.interval()


@MANY
@given(any_series())
def test_the_run_holds_what_is_counted_alike_and_no_sentence_names_a_period_outside_it(series):
    run = series.run
    widest = 5 if series.per_year == 4 else 2
    for earlier, later in zip(run, run[1:], strict=False):
        assert 1 <= later.position - earlier.position <= widest
        assert later.version == earlier.version
        assert earlier.locations == later.locations
        assert earlier.other_source == later.other_source
    assert all(point.usable and point.value is not None for point in run)
    steps = [
        b.position - a.position for a, b in zip(series.unbroken, series.unbroken[1:], strict=False)
    ]
    assert set(steps) <= {1}
    assert not run or series.unbroken[-1] is run[-1]
    sentence = judge(series).sentence
    for place in outside(series):
        if series.points[place] is not series.last:
            label = series.points[place].label
            assert label not in sentence or sentence.endswith("is te lang geleden.")


@MANY
@given(any_series(), ANY_ASKED)
def test_no_percentage_when_a_count_in_it_is_below_ten(series, asked):
    if series.judged_by == JudgedBy.THRESHOLD or not series.run:
        return
    if series.last.numerator < 10 or all(point.numerator < 10 for point in series.run):
        for sentence in (judge(series).sentence, judge_goal(series, asked).sentence):
            assert "%" not in sentence
            assert "procent" not in sentence
    if "(+" in judge(series).sentence or "(−" in judge(series).sentence:
        assert min(point.numerator for point in series.run[-2:]) >= 10


@MANY
@given(any_series(), ANY_ASKED)
def test_no_goal_is_judged_on_a_mean_of_fewer_than_ten_forms(series, asked):
    few = series.shows is Shows.MEAN and series.last.denominator < 10
    if few and series.judged_by == JudgedBy.ROUTER:
        assert judge_goal(series, asked).goal is Goal.NOT_TESTABLE


@MANY
@given(any_series())
def test_what_may_not_be_tested_never_is(series):
    found = judge(series)
    if series.judged_by == JudgedBy.PAIRED:
        moved = len({pair.board for pair in series.pairs if pair.step})
        assert found.method is (Method.PAIRED if series.last.value is not None else Method.NONE)
        assert moved >= 6 or found.change in (Change.TOO_FEW, Change.NOT_TESTED)
        return
    if not series.run:
        assert (found.method, found.change) == (Method.NONE, Change.TOO_FEW)
        return
    same_pupils = series.standing or series.shows in (Shows.STOCK, Shows.PERSONS)
    amounts = series.unit in ("uren", "euro") or any(
        point.numerator != int(point.numerator) for point in series.run
    )
    untested = series.shows is not Shows.MEAN and amounts
    if series.judged_by != JudgedBy.ROUTER or same_pupils or untested:
        assert found.change is Change.NOT_TESTED
    elif series.shows is Shows.MEAN:
        last = series.last
        if last.denominator < 10:
            assert found.change is Change.TOO_FEW
        elif last.group_squares is None:
            assert found.change is Change.NOT_TESTED
    if found.change.is_signal:
        assert found.method not in UNTESTED
        assert len(series.run) >= 2


@MANY
@given(any_series(), ANY_ASKED)
def test_limits_fit_the_run_and_numbers_are_plain(series, asked):
    """No numpy numbers: they print differently and cannot be formatted."""
    found = judge(series)
    by_course = Rule.COURSE in found.rules
    assert (found.limits is not None) == (found.method in LIMITS and not by_course)
    if found.limits:
        assert found.limits.values == pytest.approx([point.value for point in series.run])
        assert {type(number) for number in found.limits.values + found.limits.upper} == {float}
        low, high = found.limits.lower[-1], found.limits.upper[-1]
        assert 0 <= low <= found.limits.mean[-1] + 1e-9 and found.limits.mean[-1] <= high + 1e-9
    odds = judge_goal(series, asked).odds
    assert odds is None or (type(odds) is float and -1e-9 <= odds <= 1 + 1e-9)
    later = next_count(series)
    if later:
        low, high = later.interval()
        assert type(low) is type(high) is int
        assert 0 <= low <= high


@MANY
@given(any_series())
def test_numpy_numbers_in_a_point_change_nothing(series):
    points = tuple(
        replace(
            point,
            value=None if point.value is None else np.float64(point.value),
            numerator=np.float64(point.numerator),
            denominator=np.float64(point.denominator),
            group_squares=(
                None if point.group_squares is None else np.float64(point.group_squares)
            ),
        )
        for point in series.points
    )
    other = judge(replace(series, points=points))
    mine = judge(series)
    assert (other.method, other.change, other.sentence) == (mine.method, mine.change, mine.sentence)
