"""Comparability is decided by one rule; kpi_value holds what it says about the period before."""

import pytest

from data.calendar import KWARTAAL
from kpi.figure import results
from kpi.figure.comparable import Counted, counted_otherwise, why_not


@pytest.mark.parametrize("level", ["swv", "bestuur", "locatie"])
def test_kpi_value_says_the_same_of_every_figure_and_the_one_before(demo, level):
    compared, found = 0, set()
    for kpi in demo.kpis.values():
        for measure in kpi.measures.values():
            for kind in measure.periods:
                every = results.trends_by_organisation(demo, kpi.id, level, measure.id, "", kind)
                for series in every.values():
                    for before, now in zip([None, *series], series, strict=False):
                        assert why_not(now, before) == (now.not_comparable or ""), now.key
                        compared, found = compared + 1, found | {now.not_comparable}
    assert compared > 100 and None in found


def test_a_difference_bridges_nothing_and_a_test_five_percent():
    now = Counted(version=1, other_source=0, locations=35)
    cases = {
        Counted(1, 0, 35): ("", ""),
        Counted(1, 0, 34): ("organisations", ""),
        Counted(1, 1, 35): ("source", ""),
        Counted(1, 0, 33): ("organisations", "organisations"),
        Counted(1, 2, 35): ("source", "source"),
        Counted(2, 0, 35): ("definition", "definition"),
        Counted(2, 2, 30): ("definition", "definition"),
    }
    for then, (difference, test) in cases.items():
        assert counted_otherwise(now, then) == difference
        assert counted_otherwise(now, then, 0.05) == test


def test_a_pair_of_figures_has_one_first_reason(demo):
    quarters = results.trend(demo, "thuiszitters", "SWV", "new", "", KWARTAAL)
    assert why_not(quarters[-1], None) in ("no_previous", "no_value")
    assert {why_not(now, then) for now in quarters for then in quarters} > {"", "organisations"}
