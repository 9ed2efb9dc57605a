"""KPI 1 to the day: when a spell counts, how long, for whom, and that the stocks add up."""

import re
from datetime import date, timedelta

import pytest
from hand_made_tables import TABLES, a_period, default_tables, rows_of, total
from hypothesis import given, settings
from hypothesis import strategies as st
from small_swv import EXAMPLES

from kpi.meaning.load import DEFINITIONS
from kpi.paper.inspectie.row import LONGER_THAN
from kpi.paper.inspectie.values import LONG_MONTHS


def spell(kind="lrv", **values):
    defaults = {"pupil_id": "p", "location_id": "L1", "row_id": "1", "start_on": date(2023, 10, 2)}
    return {**defaults, "kind": kind, **values}


def test_each_border_stands_once_in_the_sql_and_the_registration_follows_it():
    stays = (TABLES / "absence_stretch.sql").read_text(encoding="utf-8")
    figures = (DEFINITIONS / "thuiszitters" / "kpi.sql").read_text(encoding="utf-8")
    border = r"interval '(\d+) (days|months)'"
    assert re.findall(border, stays) == [(str(LONGER_THAN.days), "days")]
    assert re.findall(border, figures) == [(str(LONG_MONTHS), "months")]


def absent(*spells):
    """(measure, kind) of every row of KPI 14 of the second quarter that counts for the SWV."""
    rows = rows_of("geoorloofd_verzuim", absence_spell=list(spells))
    return sorted(
        (row["measure"], row["kind"])
        for row in rows
        if row["period_id"] == "2023-2024-k2" and row["up_to"] == "swv"
    )


def test_a_pupil_is_absent_once_whatever_the_lists_hold():
    ill = spell("ziek", row_id="2", start_on=date(2023, 11, 1))
    away = spell(row_id="1", start_on=date(2023, 10, 2))
    assert absent(ill) == [("new", "ziek"), ("stock", "ziek")]
    # at home since 31 October as LRV, and before that away as LRV: one kind all along
    assert absent(away, ill) == [("new", "lrv"), ("stock", "lrv")]
    # ill before day 29: ill until he is at home, and then LRV again
    early = {**ill, "start_on": date(2023, 10, 9)}
    assert absent(away, early) == [
        ("new", "lrv"), ("new", "lrv"), ("new", "ziek"), ("stock", "lrv")
    ]  # fmt: skip
    there = {**away, "row_id": "3", "location_id": "L3", "start_on": date(2023, 11, 6)}
    assert absent(away, there) == [("new", "lrv"), ("stock", "lrv")]


def thuiszitters(*spells):
    return rows_of("thuiszitters", absence_spell=list(spells))


@pytest.mark.parametrize(
    ("days_away", "standing"), [(28, 0), (29, 1)], ids=["day 28: not yet", "day 29: counts"]
)
def test_lrv_counts_when_it_lasts_longer_than_28_days(days_away, standing):
    started = date(2023, 12, 31) - timedelta(days=days_away)
    rows = thuiszitters(spell(start_on=started))
    assert total(rows, "stock", "2023-2024-k2") == standing
    assert total(rows, "new", "2023-2024-k2") == standing
    assert total(rows, "stock", "2023-2024-k3") == 1


@pytest.mark.parametrize(("days", "seen"), [(28, 0), (29, 0), (30, 1)])
def test_lrv_that_stops_before_it_ever_stood_is_in_no_figure(days, seen):
    end = date(2023, 10, 2) + timedelta(days=days)
    rows = thuiszitters(spell(end_on=end))
    found = {measure: total(rows, measure, "2023-2024-k2") for measure in ("new", "ended")}
    assert found == {"new": seen, "ended": seen}
    assert total(rows, "persons", "2023-2024") == seen


def test_av_counts_from_the_first_day_and_not_on_the_day_it_ends():
    rows = thuiszitters(
        spell("av", row_id="1", start_on=date(2023, 12, 31)),
        spell("av", row_id="2", pupil_id="q", end_on=date(2023, 12, 31)),
    )
    assert total(rows, "stock", "2023-2024-k2") == 1
    assert total(rows, "ended", "2023-2024-k2") == 1


def test_other_kinds_of_absence_are_not_thuiszitters_but_do_count_as_absence():
    spells = [spell("ziek", permitted=True), spell("overig", row_id="2", pupil_id="q")]
    assert thuiszitters(*spells) == []
    rows = rows_of("geoorloofd_verzuim", absence_spell=spells)
    assert total(rows, "stock", "2023-2024-k2") == 2
    assert total(rows, "stock", "2023-2024-k2", permitted="onbekend") == 1


@pytest.mark.parametrize(
    ("start", "over"),
    [(date(2023, 9, 30), 1), (date(2023, 10, 1), 0), (date(2023, 7, 3), 1)],
    ids=["three months and a day", "three months", "long"],
)
def test_longer_than_three_months_runs_from_the_first_day_of_absence(start, over):
    rows = rows_of(
        "thuiszitters",
        absence_spell=[spell(start_on=start)],
        period=[
            a_period("p", "kwartaal", date(2023, 10, 1), date(2024, 1, 1), date(2024, 1, 1), "x")
        ],
    )
    assert total(rows, "over_3_months", "p") == over
    assert total(rows, "over_3_months_no_offer", "p") == over
    assert total(rows, "stock", "p", duration="langer_dan_3_maanden") == over


@pytest.mark.parametrize(
    ("offer", "offer_on", "without"),
    [
        (True, None, 0),
        (True, date(2023, 12, 31), 0),
        (True, date(2024, 1, 1), 1),
        (False, None, 1),
        (None, None, 1),
    ],
)
def test_an_offer_counts_from_its_day_and_an_unknown_offer_is_none(offer, offer_on, without):
    long = spell("av", start_on=date(2023, 8, 28), offer=offer, offer_on=offer_on)
    assert total(thuiszitters(long), "over_3_months_no_offer", "2023-2024-k2") == without


@pytest.mark.parametrize(
    ("until", "young"),
    [(date(2024, 1, 31), 1), (date(2024, 6, 30), 1), (date(2023, 12, 31), 0), (None, 1)],
)
def test_the_pact_is_about_pupils_under_18_and_whose_age_nobody_knows_is_one(until, young):
    long = spell("av", start_on=date(2023, 8, 28), qualification_until=until)
    rows = thuiszitters(long)
    about = ("over_3_months_no_offer", "2023-2024-k2")
    assert total(rows, *about) == 1
    assert total(rows, *about, under_18="ja") == young
    assert total(rows, *about, under_18="nee") == 1 - young
    assert total(rows, "over_3_months", "2023-2024-k2", under_18="ja") == 0


@pytest.mark.parametrize(
    ("until", "age"),
    [
        ((date(2023, 12, 31), date(2025, 5, 31)), "leerplichtig"),
        ((date(2023, 7, 31), date(2024, 1, 31)), "kwalificatieplichtig"),
        ((date(2022, 7, 31), date(2023, 12, 31)), "ouder"),  # 18 somewhere in December
        ((None, None), "onbekend"),
    ],
)
def test_age_is_read_on_the_count_date(until, age):
    compulsory, qualification = until
    rows = thuiszitters(spell("av", compulsory_until=compulsory, qualification_until=qualification))
    assert total(rows, "stock", "2023-2024-k2", age=age) == 1


def test_a_pupil_with_two_spells_at_two_schools_is_one_person():
    rows = thuiszitters(
        spell("av", row_id="1", end_on=date(2023, 10, 20)),
        spell("av", row_id="2", location_id="L2", start_on=date(2023, 11, 6)),
    )
    assert total(rows, "persons", "2023-2024") == 1
    assert total(rows, "new", "2023-2024") == 2
    in_l2 = [row for row in rows if row["organisation_id"] == "L2"]
    assert total(in_l2, "persons", "2023-2024") == 1


def school_counts(**values):
    numbers = {"stock": 4, "new": 3, "ended": 2, "over_3_months": 1, "over_3_months_no_offer": 0}
    where = {"location_id": "L3", "period_id": "2023-2024-k2", "kind": "av"}
    return [{**where, **numbers, "row_id": "1", "delivery_id": "counts", **values}]


def covered(topic, delivery_id):
    where = {"organisation_id": "L3", "period_id": "2023-2024-k2"}
    return {"topic": topic, "delivery_id": delivery_id, **where}


@pytest.mark.parametrize(
    ("delivered", "stock"),
    [
        ([("absence_count", "counts")], 4),
        ([("absence_count", "counts"), ("absence", "spells")], 0),
    ],
    ids=["counts only", "a list of spells too"],
)
def test_counts_stand_in_only_where_no_list_of_spells_was_delivered(delivered, stock):
    rows = rows_of(
        "thuiszitters",
        absence_count=school_counts(),
        delivered=[covered(*pair) for pair in delivered],
    )
    assert total(rows, "stock", "2023-2024-k2") == stock
    assert total(rows, "stock", "2023-2024-k2", kind="av") == stock
    assert not [row for row in rows if row["measure"] == "persons"]


def test_spells_on_a_later_list_do_not_count_in_a_period_without_a_list():
    """The spells that run on stand in the next list too; beside the counts they would be double."""
    rows = rows_of(
        "thuiszitters",
        absence_spell=[spell("av", location_id="L3", start_on=date(2023, 10, 2))],
        absence_count=school_counts(),
        delivered=[
            covered("absence_count", "counts"),
            {**covered("absence", "spells"), "period_id": "2023-2024-k3"},
        ],
    )
    assert total(rows, "stock", "2023-2024-k2") == 4
    assert total(rows, "stock", "2023-2024-k3") == 1


def test_an_empty_cell_in_the_counts_is_not_a_zero():
    counts = school_counts(over_3_months=None)
    rows = rows_of("thuiszitters", absence_count=counts, delivered=[])
    assert "over_3_months" not in {row["measure"] for row in rows}


def test_exemptions_count_for_the_swv_and_a_stock_on_31_july_misses_most():
    exempt = {"pupil_id": "p", "article": "art5_a", "row_id": "1"}
    rows = rows_of(
        "thuiszitters",
        exemption=[
            {**exempt, "start_on": date(2022, 8, 1), "end_on": date(2023, 7, 31)},
            {**exempt, "start_on": date(2023, 8, 1), "end_on": date(2024, 7, 31)},
        ],
    )
    assert {row["organisation_id"] for row in rows} == {"SWV"}
    assert total(rows, "exemption_stock", "2023-2024-k4", article="art5_a") == 1
    assert total(rows, "exemption_stock", "2022-2023") == 0
    assert total(rows, "exemption_persons", "2022-2023") == 1
    assert total(rows, "exemption_new", "2023-2024") == 1


def test_a_pupil_with_two_exemptions_at_once_is_one_pupil_in_the_stock():
    both = [
        {"pupil_id": "p", "article": article, "row_id": row, "start_on": start}
        for article, row, start in (
            ("art5_a", "1", date(2022, 8, 1)), ("art15", "2", date(2023, 9, 1)),
        )
    ]  # fmt: skip
    rows = rows_of("thuiszitters", exemption=[*both, {**both[0], "pupil_id": "q", "row_id": "3"}])
    found = [total(rows, "exemption_stock", "2023-2024-k2", **part)
             for part in ({}, {"article": "art15"}, {"article": "art5_a"})]  # fmt: skip
    assert found == [2, 1, 1]
    assert total(rows, "exemption_stock", "2022-2023-k4") == 2


DAYS = st.dates(date(2022, 6, 1), date(2025, 6, 30))
SPELLS = st.lists(
    st.builds(
        lambda kind, start, length: spell(
            kind,
            start_on=start,
            end_on=None if length is None else start + timedelta(days=length),
        ),
        st.sampled_from(["av", "lrv", "ziek"]),
        DAYS,
        st.none() | st.integers(0, 500),
    ),
    max_size=12,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SPELLS)
def test_quarters_follow_on_each_other_and_make_a_calendar_year(spells):
    rows = thuiszitters(*spells)
    previous_stock_plus_new_minus_ended_is_stock(rows)
    four_quarters_make_a_calendar_year(rows)


def previous_stock_plus_new_minus_ended_is_stock(rows):
    quarters = [row for row in default_tables()["period"] if row["period_type"] == "kwartaal"]
    quarters.sort(key=lambda row: row["end_on"])
    stock = [total(rows, "stock", quarter["period_id"]) for quarter in quarters]
    for number, quarter in enumerate(quarters[1:], start=1):
        change = total(rows, "new", quarter["period_id"]) - total(
            rows, "ended", quarter["period_id"]
        )
        assert stock[number - 1] + change == stock[number]


def four_quarters_make_a_calendar_year(rows):
    quarters = ("2022-2023-k3", "2022-2023-k4", "2023-2024-k1", "2023-2024-k2")
    for measure in ("new", "ended"):
        parts = sum(total(rows, measure, quarter) for quarter in quarters)
        assert parts == total(rows, measure, "2023")
    assert total(rows, "stock", "2023") == total(rows, "stock", "2023-2024-k2")


def number(**more):
    counts = {"location_id": "V1", "period_id": "2023-2024-k2", "kind": "av", "stock": 7, "new": 2,
              "ended": 1, "over_3_months": 4, "over_3_months_no_offer": 3}  # fmt: skip
    return {**counts, **more}


def test_numbers_of_a_school_have_its_school_type_and_as_much_of_the_offer_as_they_say():
    rows = rows_of("thuiszitters", absence_count=[number(location_id="L1")], delivered=[])
    types = {row["school_type"] for row in rows if row["period_id"] == "2023-2024-k2"}
    assert types == {"vo"}
    assert total(rows, "stock", "2023-2024-k2") == 7
    long = (rows, "over_3_months", "2023-2024-k2")
    assert (total(*long), total(*long, has_offer="nee"), total(*long, has_offer="ja")) == (4, 3, 1)


@pytest.mark.parametrize(
    ("missing", "stock", "long", "bare"),
    [
        ("over_3_months", 7, 0, 3),
        ("over_3_months_no_offer", 7, 4, 0),
        ("stock", 0, 4, 3),
    ],
)
def test_a_number_that_was_not_given_takes_no_other_number_away(missing, stock, long, bare):
    rows = rows_of("thuiszitters", absence_count=[number(**{missing: None})])
    measures = ("stock", "over_3_months", "over_3_months_no_offer")
    assert [total(rows, name, "2023-2024-k2") for name in measures] == [stock, long, bare]
    assert None not in [row["numerator"] for row in rows]


def test_exemptions_in_less_those_that_ended_are_what_stands():
    exemption = {"article": "art5_a", "start_on": date(2023, 8, 1)}
    rows = rows_of(
        "thuiszitters",
        exemption=[
            {**exemption, "row_id": "1", "pupil_id": "p", "municipality_code": "0014"},
            {
                **exemption,
                "row_id": "2",
                "pupil_id": "q",
                "end_on": date(2023, 12, 31),
                "municipality_code": "0018",
            },
            {**exemption, "row_id": "3", "pupil_id": "r", "end_on": date(2024, 1, 1)},
        ],
    )
    before, new, ended, after = (
        total(rows, measure, period)
        for measure, period in (
            ("exemption_stock", "2023-2024-k1"), ("exemption_new", "2023-2024-k2"),
            ("exemption_ended", "2023-2024-k2"), ("exemption_stock", "2023-2024-k2"),
        )
    )  # fmt: skip
    assert (before, new, ended, after) == (3, 0, 1, 2)
    ended_at = {row["municipality"] for row in rows if row["measure"] == "exemption_ended"}
    assert ended_at == {"0018", "onbekend"}
