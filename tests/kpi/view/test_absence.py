"""The quarterly analysis of thuiszitters: durations, parts, reasons, places and cautions."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hand_made_tables import rows_of, total

from kpi import formatting
from kpi.view.absence import (
    COUNTS_ONLY,
    SEPTEMBER_TEXT,
    THUISZITTERS,
    cautions,
    durations,
    exemptions,
    reasons,
)
from kpi.view.flow_analysis import FlowQuarter, remainder

KPI = "thuiszitters"
LAST, COMPLETE, BY_COUNTS = "2026-2027-k1", "2025-2026-k4", "2020-2021-k4"
COLUMNS = tuple(THUISZITTERS.columns)
SPLITS = ("kind", "sub_kind", "permitted", "age", "school_type")


def quarters(monitor):
    return [p for p in monitor.periods.values() if p.period_type == "kwartaal"]


def asked(monitor, organisation, period):
    return FlowQuarter(THUISZITTERS, monitor, organisation, monitor.periods[period])


def stored(monitor, measure, organisation, period, segment=""):
    """The figure straight from the table; None when it was not delivered."""
    rows = monitor.database.rows(
        "select numerator, state from kpi_value where kpi_id = ? and measure = ? "
        "and organisation_id = ? and period_id = ? and segment = ?",
        [KPI, measure, organisation, period, segment],
    )
    known = rows and rows[0]["state"] in ("value", "zero")
    return int(rows[0]["numerator"]) if known else None


# Duration


def test_every_row_of_durations_adds_up_and_together_they_are_the_bridge(demo):
    for period in quarters(demo):
        rows = durations(asked(demo, "SWV", period.period_id))
        for row in rows:
            assert row.before + row.new + row.passed - row.ended + row.lost == row.now, row
        for whole in asked(demo, "SWV", period.period_id).bridges:
            own = [row for row in rows if row.kind == whole.subject]
            assert sum(row.passed for row in own) == 0
            assert (
                sum(row.before for row in own),
                sum(row.new for row in own),
                sum(row.ended for row in own),
                sum(row.lost for row in own),
                sum(row.now for row in own),
            ) == whole.amounts


def three_months_after(day):
    month = (day.month + 2) % 12 + 1
    year = day.year + (day.month + 2) // 12
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def spells_that_count(monitor):
    """(location, kind, start, first day that counts, end) of every thuiszitter, from the spells."""
    for row in monitor.database.rows("select * from absence_spell where kind in ('av', 'lrv')"):
        late = timedelta(days=29 if row["kind"] == "lrv" else 0)
        counts_from = row["start_on"] + late
        if row["kind"] == "av" or row["end_on"] is None or row["end_on"] > counts_from:
            yield row["location_id"], row["kind"], row["start_on"], counts_from, row["end_on"]


def passed_by_spells(monitor, period, kind, without=()):
    """How many went over the border: spell by spell, its class on the first and the last day."""
    before = period.start_on - timedelta(days=1)
    passed = 0
    for location, own, start, counts_from, end in spells_that_count(monitor):
        here = counts_from <= period.end_on and (end is None or end > before)
        if own == kind and here and location not in without:
            last = end if end is not None and end <= period.end_on else period.end_on
            passed += max(before, counts_from) <= three_months_after(start) < last
    return passed


def passed_on_page(monitor, period, kind):
    label = monitor.kpis[KPI].segments["kind"].values[kind]
    rows = durations(asked(monitor, "SWV", period.period_id))
    return next(r.passed for r in rows if (r.kind, r.label) == (label, "Langer dan 3 maanden"))


def test_who_went_over_three_months_is_counted_from_the_spells(demo):
    checked = 0
    for period in quarters(demo):
        whole = next(iter(asked(demo, "SWV", period.period_id).bridges), None)
        labels = {row.label for row in durations(asked(demo, "SWV", period.period_id))}
        if whole is None or not whole.closes or COUNTS_ONLY in labels:
            continue
        for kind in ("av", "lrv"):
            found = passed_on_page(demo, period, kind)
            assert found == passed_by_spells(demo, period, kind), (period.period_id, kind)
            checked += 1
    assert checked > 30


def test_a_board_that_goes_from_counts_to_lists_did_not_go_over_three_months(demo):
    period = demo.periods["2021-2022-k1"]
    rows = demo.database.rows(
        "select distinct location_id from absence_count where period_id = ?", [BY_COUNTS]
    )
    unknown = {row["location_id"] for row in rows}
    for kind in ("av", "lrv"):
        expected = passed_by_spells(demo, period, kind, without=unknown)
        assert passed_on_page(demo, period, kind) == expected


def test_a_board_with_counts_only_has_a_row_for_what_is_not_known(demo):
    rows = {(row.kind, row.label): row for row in durations(asked(demo, "SWV", BY_COUNTS))}
    unknown = rows["Totaal", COUNTS_ONLY]
    assert unknown.now == stored(demo, "stock", "90005", BY_COUNTS)
    assert unknown.passed == 0


# Parts


@pytest.mark.parametrize("period", [LAST, COMPLETE, BY_COUNTS])
@pytest.mark.parametrize("split", SPLITS)
def test_parts_are_the_figures_of_kpi_value_and_add_up(demo, period, split):
    kpi = demo.kpis[KPI]
    *every, whole = asked(demo, "SWV", period).parts(split)
    rest = [*remainder([part.numbers for part in every], whole.numbers)]
    assert whole.numbers == tuple(stored(demo, name, "SWV", period) for name in COLUMNS)
    for place, name in enumerate(COLUMNS):
        numbers = [*(part.numbers for part in every), *rest]
        assert sum(part[place] for part in numbers) == whole.numbers[place]
        assert all(left[place] >= 0 for left in rest)
        for part in every:
            code = next(c for c, t in kpi.segments[split].values.items() if t == part.label)
            known = stored(demo, name, "SWV", period, f"{split}={code}")
            assert part.numbers[place] == (known or 0), (name, code)


def test_only_a_board_with_counts_leaves_a_remainder(demo):
    def rest(period, split):
        *every, whole = asked(demo, "SWV", period).parts(split)
        return [*remainder([part.numbers for part in every], whole.numbers)]

    assert len(rest(BY_COUNTS, "age")) == 1
    assert not rest(BY_COUNTS, "kind")  # their counts do say the kind
    assert not rest(COMPLETE, "age")


def test_parts_of_who_did_not_deliver_are_unknown_and_not_zero(demo):
    whole = asked(demo, "90006", LAST).parts("age")[-1]
    assert whole.numbers == (None,) * len(COLUMNS)


# Reasons


def test_spells_without_a_reason_are_unknown_and_only_those_that_ended_have_one():
    spell = {"pupil_id": "p", "location_id": "L1", "kind": "av", "start_on": date(2023, 10, 2)}
    ended = {"end_on": date(2023, 11, 1)}
    rows = rows_of(
        KPI,
        absence_spell=[
            {**spell, "row_id": "1", **ended, "end_reason": "mbo"},
            {**spell, "pupil_id": "q", "row_id": "2", **ended},
            {**spell, "pupil_id": "r", "row_id": "3"},
        ],
    )
    period = "2023-2024-k2"
    assert total(rows, "ended", period, end_reason="mbo") == 1
    assert total(rows, "ended", period, end_reason="onbekend") == 1
    assert {row["end_reason"] for row in rows if row["measure"] != "ended"} == {None}


@pytest.mark.parametrize(
    ("measure", "split"), [("new", "sub_kind"), ("ended", "end_reason"), ("ended", "sub_kind")]
)
def test_four_quarters_up_to_december_are_the_calendar_year(demo, measure, split):
    *every, whole = reasons(asked(demo, "SWV", "2025-2026-k2"), measure, split)
    assert whole.year == stored(demo, measure, "SWV", "2025")
    assert whole.before == stored(demo, measure, "SWV", "2024")
    labels = demo.kpis[KPI].segments[split].values
    for item in every:
        code = next(code for code, label in labels.items() if label == item.label)
        segment = f"{split}={code}"
        assert item.year == stored(demo, measure, "SWV", "2025", segment)
        assert item.quarter == stored(demo, measure, "SWV", "2025-2026-k2", segment)
    for name in ("quarter", "year", "before"):
        assert sum(getattr(item, name) for item in every) == getattr(whole, name)
    assert whole.complete and whole.before_complete


def test_a_year_with_a_late_board_is_not_complete(demo):
    whole = reasons(asked(demo, "SWV", LAST), "ended", "end_reason")[-1]
    assert not whole.complete
    assert whole.before_complete


def test_a_year_before_the_first_quarter_is_unknown(demo):
    whole = reasons(asked(demo, "SWV", "2019-2020-k3"), "new", "sub_kind")[-1]
    assert whole.quarter is not None
    assert whole.year is None and whole.before is None


# Places and exemptions


def test_boards_and_locations_stand_by_name_and_who_is_late_has_no_number(demo):
    for kind in ("bestuur", "locatie"):
        found = asked(demo, "SWV", LAST).places(kind)
        names = [place.organisation.name for place in found]
        assert names == sorted(names, key=formatting.sort_key_nl)
        for place in found:
            own = [stored(demo, name, place.organisation.organisation_id, LAST) for name in COLUMNS]
            assert list(place.numbers) == own
    late = [
        place.organisation.name
        for place in asked(demo, "SWV", LAST).places("locatie")
        if place.numbers[0] is None
    ]
    assert late == ["Het Kompas", "Het Kompas Zuid", "De Noordster"]


def test_exemptions_stand_apart_with_the_last_school_year_that_was_over(demo):
    whole, *articles = exemptions(demo, demo.periods[COMPLETE])
    stock = stored(demo, "exemption_stock", "SWV", COMPLETE)
    assert whole.standing.now.numerator == stock
    assert sum(item.standing.now.numerator for item in articles) == stock
    assert {item.in_year.period.label for item in articles} == {"2025-2026"}
    assert whole.in_year.numerator == stored(demo, "exemption_persons", "SWV", "2025-2026")
    earlier = exemptions(demo, demo.periods["2025-2026-k3"])[0]
    assert earlier.in_year.period.label == "2024-2025"


# Cautions and flows


def test_september_is_warned_for_and_other_quarters_are_not(demo):
    for period in quarters(demo):
        warned = SEPTEMBER_TEXT in cautions(demo, "SWV", period)
        assert warned == (period.end_on.month == 9)


def test_late_and_counts_only_are_told_by_name(demo):
    late = cautions(demo, "SWV", demo.periods[LAST])[-1]
    assert late.startswith("Nog niet geleverd door 3 locaties: Het Kompas, Het Kompas Zuid,")
    counts = cautions(demo, "SWV", demo.periods[BY_COUNTS])
    assert len(counts) == 1 and counts[0].startswith("Alleen aantallen geleverd: Zilverberk")
    assert cautions(demo, "SWV", demo.periods[COMPLETE]) == []
    own = cautions(demo, "95MN00", demo.periods[LAST])
    assert own[-1].startswith("Nog niet geleverd door 1 locatie:")


def test_flows_go_up_to_the_chosen_quarter_together(demo):
    found = asked(demo, "SWV", "2023-2024-k4").series
    for series in found:
        assert series[-1].period.period_id == "2023-2024-k4"
    assert len({len(series) for series in found}) == 1
