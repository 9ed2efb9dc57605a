"""A snapshot holds the figures that are asked for one by one, and only the last ones stay."""

import pytest

from kpi.figure import results
from kpi.figure.naming import UnknownName
from kpi.figure.snapshot import MOST_KEPT, snapshot

CASES = [
    ("thuiszitters", "stock", "2026-2027-k1"),
    ("thuiszitters", "over_3_months_no_offer", "2025-2026-k4"),
    ("ect", "days_to_close", "2022-2023-k1"),
    ("vsv", "vsv_share", "2025-2026"),
]


@pytest.mark.parametrize(("kpi", "measure", "period"), CASES)
def test_it_gives_the_same_results_as_asking_one_by_one(demo, kpi, measure, period):
    here = snapshot(demo, kpi, measure, period)
    for organisation in demo.organisations:
        assert here.of(organisation) == results.figure(demo, kpi, organisation, period, measure, "")
    for split in demo.kpis[kpi].splits(demo.kpis[kpi].measures[measure]):
        name = "+".join(split)
        for organisation in ("SWV", "90001"):
            found = [here.of(organisation, code) for code in here.codes(organisation, name)]
            assert found == results.by_segment(demo, kpi, organisation, period, name, measure)
    for kind in ("bestuur", "locatie"):
        assert here.below("SWV", kind) == results.by_organisation(
            demo, kpi, period, kind, measure, "", "SWV"
        )


def test_a_segment_that_never_occurred_is_a_zero_and_not_missing(demo):
    here = snapshot(demo, "thuiszitters", "stock", "2025-2026-k4")
    assert here.of("94KL01", "sub_kind=wachtlijst").value_text == "0 leerlingen"
    late = snapshot(demo, "thuiszitters", "stock", "2026-2027-k1")
    assert late.of("95MN00", "sub_kind=wachtlijst").value_text == "niet geleverd"


def test_only_the_last_ones_are_kept(demo):
    periods = [p.period_id for p in demo.periods.values() if p.period_type == "kwartaal"]
    for measure in ("new", "open", "closed"):
        for period in periods:
            snapshot(demo, "ect", measure, period)
    kept = demo.remember("snapshots", dict)
    assert len(kept) == MOST_KEPT
    assert list(kept)[-1] == ("ect", "closed", periods[-1])
    again = snapshot(demo, "ect", "closed", periods[-1])
    assert snapshot(demo, "ect", "closed", periods[-1]) is again


def test_what_does_not_exist_is_said(demo):
    with pytest.raises(UnknownName):
        snapshot(demo, "ect", "neww", "2025-2026-k4")
