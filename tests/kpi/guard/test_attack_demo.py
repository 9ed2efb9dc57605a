"""A school year of the made-up SWV, attacked by somebody who shares no code with the guard."""

import os
from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest
from attacker import Attacker, Truth

from kpi.figure import results
from kpi.figure.naming import organisations_of, segments_of
from kpi.guard.guard import Audience, Guarded, guard
from kpi.guard.rules import exposes, place_of
from kpi.paper.publication import published

pytestmark = pytest.mark.xdist_group("attack")  # so that what the store holds is read once
STRIDE = int(os.environ.get("KPI_EVERY_SCHOOL", "4"))
YEAR = "2024-2025"
QUARTERS = [f"{YEAR}-k{number}" for number in range(1, 5)]
LEVELS = ("swv", "bestuur", "locatie")
FLOWS = ("new", "ended")
KINDS = ("", "kind=av", "kind=lrv")


@pytest.fixture(scope="module")
def truth(demo):
    return Truth(demo)


def table(monitor, kpi_id, measures, periods, segments=("",)):
    """Every organisation at every level."""
    kpi = monitor.kpis[kpi_id]
    return [
        result
        for measure, period, segment, level in product(measures, periods, segments, LEVELS)
        if monitor.periods[period].period_type in kpi.measures[measure].periods
        for result in results.by_organisation(monitor, kpi_id, period, level, measure, segment)
    ]


def split_by(monitor, kpi_id, measure, *names):
    kpi = monitor.kpis[kpi_id]
    codes = [code for name in names for code in segments_of(kpi, kpi.measures[measure], name)]
    return ("", *codes)


def trends(monitor, organisation_id, splits=True):
    """Every measure over the last years, with its single splits."""
    found = []
    for kpi in monitor.kpis.values():
        for measure in kpi.measures.values():
            kind = kpi.main_period if kpi.main_period in measure.periods else measure.periods[0]
            names = [name for name, *more in kpi.splits(measure) if splits and not more]
            for segment in split_by(monitor, kpi.id, measure.id, *names):
                series = results.trend(monitor, kpi.id, organisation_id, measure.id, segment, kind)
                found += [r for r in series if r.period.school_year <= YEAR][-5:]
    return [result for result in found if result.expected]


def pack(monitor):
    """The figures of the SWV as the ALV gets them."""
    return trends(monitor, monitor.swv.organisation_id)


def schools(monitor):
    """Every measure of every school in one quarter and the year."""
    return [
        result
        for kpi in monitor.kpis.values()
        for result in table(monitor, kpi.id, kpi.measures, [QUARTERS[1], YEAR])
    ]


def quarters(monitor):
    """Thuiszitters and referrals of every school: four quarters beside the year."""
    return [
        *table(monitor, "thuiszitters", [*FLOWS, "stock", "persons"], [*QUARTERS, YEAR], KINDS),
        *table(monitor, "verwijzingen_vso", ["referrals", "decisions"], [*QUARTERS, YEAR]),
    ]


def kinds(monitor):
    """Kind beside duration, with totals both ways."""
    split = split_by(monitor, "thuiszitters", "stock", "kind", "duration", "kind+duration")
    return table(monitor, "thuiszitters", ["stock", "over_3_months", "new"], QUARTERS[1:2], split)


def recovered(truth, found, shown):
    """How many small numbers the document tells exactly, within 3, and not with 0 to 5 open."""
    bounds = Attacker(truth, [shown(result) for result in found]).bounds()
    return {
        "small": len(bounds),
        "exact": sum(one.is_exact for one in bounds.values()),
        "narrow": sum(one.is_narrow for one in bounds.values()),
        "open": sum(bool(one.is_protected) for one in bounds.values()),
    }


def papers(monitor):
    """All papers of one quarter laid beside each other."""
    return published(monitor, monitor.periods[QUARTERS[3]])


@pytest.mark.parametrize("document", [pack, schools, quarters, kinds, papers])
def test_nothing_small_can_be_calculated_from_a_document(demo, truth, document):
    found = document(demo)
    guarded = guard(demo, found, Audience.BUITEN)
    told = recovered(truth, found, guarded.of)
    print(document.__name__, len(found), "figures,", guarded.hidden_count, "hidden,", told)
    assert told["small"] > 50
    assert told == {"small": told["small"], "exact": 0, "narrow": 0, "open": told["small"]}


def test_nothing_small_can_be_calculated_from_the_sheet_of_a_school(demo, truth):
    """Of one school in four; KPI_EVERY_SCHOOL=1 takes them all."""
    totals = defaultdict(int)
    for school in organisations_of(demo, "locatie", None)[::STRIDE]:
        found = [
            *trends(demo, school.organisation_id, splits=False),
            *trends(demo, demo.swv.organisation_id, splits=False),
        ]
        guarded = guard(demo, found, Audience.BUITEN)
        for name, number in recovered(truth, found, guarded.of).items():
            totals[name] += number
    print("sheets", dict(totals))
    assert totals["small"] > 500 / STRIDE
    assert totals["exact"] == totals["narrow"] == 0
    assert totals["open"] == totals["small"]


def test_hiding_only_the_small_numbers_is_not_enough(demo, truth):
    """The attacker must be able to find something, or the tests above prove nothing."""
    for document in (pack, kinds):
        found = document(demo)
        small = {place_of(r) for r in found if exposes(r.measure, r.numerator, r.denominator, 5)}
        shown = Guarded(Audience.BUITEN, demo, frozenset(map(place_of, found)), frozenset(small))
        told = recovered(
            truth, found, lambda one, shown=shown: replace(shown.of(one), previous=None)
        )
        print(document.__name__, "only the small ones:", told)
        assert told["exact"] > 10


def test_what_the_definitions_say_is_true(demo, truth):
    """Every number that is the same in the whole store is declared to be, or is a split."""
    declared = " ".join(text for kpi in demo.kpis.values() for text in kpi.relations)
    for one, other in truth.equal:
        if one[:2] == other[:2]:
            continue  # the one part of a split in which everything falls
        assert all(name in declared for name in (one[1], other[1])), (one, other)
