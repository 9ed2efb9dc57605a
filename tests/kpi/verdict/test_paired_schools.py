"""Schools held against themselves: the pairs counted again from the delivered scores."""

import re

import pytest

from kpi.figure import results
from kpi.meaning.choices import State
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Change, Method

KPI, NOW, BEFORE = "basisondersteuning", "2025-2026", "2021-2022"


def moved(monitor, parent: str) -> tuple[int, int, int]:
    """(schools with both measurements, that rose, that fell) under a parent, straight from SQL."""
    (row,) = monitor.database.rows(
        """
        with mean as (
            select location_id, school_year, round(avg(score), 9) as score, count(*) as parts
            from basic_support_score
            where location_id in (
                select organisation_id from membership
                where ancestor_id = ? and period_id = ?
            ) and location_id in (
                select organisation_id from organisation where school_type in ('vo', 'pro')
            )
            group by all
        )
        select
            count(*) as schools,
            count(*) filter (where now.score > before.score) as rose,
            count(*) filter (where now.score < before.score) as fell
        from mean as now
        inner join mean as before
            on now.location_id = before.location_id
            and now.parts = before.parts
        where now.school_year = ? and before.school_year = ?
        """,
        [parent, NOW, NOW, BEFORE],
    )
    return row["schools"], row["rose"], row["fell"]


def judged(monitor, organisation: str, segment: str = ""):
    return verdict(monitor, results.figure(monitor, KPI, organisation, NOW, "score", segment))


@pytest.mark.parametrize("level", ["swv", "bestuur"])
def test_every_school_is_held_against_itself(demo, level):
    places = [o for o in demo.organisations.values() if o.organisation_type == level]
    told = 0
    for place in places:
        schools, rose, fell = moved(demo, place.organisation_id)
        if results.figure(demo, KPI, place.organisation_id, NOW, "score").expected <= 1:
            continue
        found = judged(demo, place.organisation_id).finding
        assert found.method is Method.PAIRED
        numbers = [int(digits) for digits in re.findall(r"\d+", found.sentence)]
        assert numbers == [number for number in (schools, rose, fell) if number]
        if level == "bestuur":  # who assesses one board is often one person
            assert found.change is Change.TOO_FEW
        told += found.change is not Change.TOO_FEW
    assert told == (level == "swv")


def test_a_year_in_which_not_everyone_was_measured_is_still_compared(demo):
    """The same schools twice: who is missing says nothing about who is there."""
    figure = results.figure(demo, KPI, "SWV", NOW, "score")
    assert not figure.is_complete
    assert judged(demo, "SWV").finding.change is not Change.TOO_FEW


def test_a_school_shows_its_own_difference_and_no_test(demo):
    trends = results.trends_by_organisation(demo, KPI, "locatie", "score")
    for place, trend in trends.items():
        first, last = trend[0], next(r for r in trend if r.period.period_id == NOW)
        if first.period.period_id == BEFORE and last.state is State.VALUE:
            found = judged(demo, place).finding
            assert found.change is Change.NOT_TESTED
            assert found.sentence.endswith(f"{BEFORE}.")


def test_a_part_is_compared_by_itself(demo):
    whole, part = judged(demo, "SWV").finding, judged(demo, "SWV", "part=p4").finding
    assert part.method is Method.PAIRED
    assert part.sentence != whole.sentence


def test_what_was_measured_is_not_compared_by_school(demo):
    """The share of schools that were measured in time is not a score."""
    found = verdict(demo, results.figure(demo, KPI, "SWV", NOW, "measured")).finding
    assert (found.method, found.change) == (Method.NONE, Change.NOT_TESTED)
