"""Activities by theme, by KPI and by who takes part."""

from dataclasses import replace

import pytest

from kpi.plans.activities import activities
from kpi.plans.activity import Activity, Plan
from kpi.plans.groups import NOBODY, REST, WITHOUT_KPI, GroupBy, groups


@pytest.fixture
def groningen(with_profile):
    return with_profile("groningen_stad")


def of(who, number):
    item = Activity(number, Plan.YEAR_PLAN, 1, "mei", "Doen", who=who)
    return replace(item, id=number)


def titles(found, by, kpis=()):
    return {group.title: [item.id for item in group.activities]
            for group in groups(found, by, dict(kpis))}  # fmt: skip


def test_parties_are_the_same_whatever_their_capitals_and_single_ones_stand_together():
    found = [of(("Scholen", "ECT"), "1"), of(("scholen", "GGD"), "2"), of((), "3")]
    assert titles(found, GroupBy.WHO) == {"Scholen": ["1", "2"], REST: ["1", "2"], NOBODY: ["3"]}


def test_every_activity_of_the_plan_stands_in_every_view(groningen):
    every = activities(groningen)
    for by in GroupBy:
        found = groups(every, by, groningen.kpis)
        assert {item.id for group in found for item in group.activities} == {
            item.id for item in every
        }
    by_theme = groups(every, GroupBy.THEME, groningen.kpis)
    assert sum(len(group.activities) for group in by_theme) == len(every)


def test_by_kpi_an_activity_stands_under_each_of_its_kpis(groningen):
    by_kpi = titles(activities(groningen), GroupBy.KPI, groningen.kpis)
    assert list(by_kpi)[0] == "KPI 1 Thuiszitters"
    assert list(by_kpi)[-1] == WITHOUT_KPI
    route = "jaarplan-2023-2024-1.1"  # for KPI 1 t/m 6
    assert sum(route in found for found in by_kpi.values()) == 6
