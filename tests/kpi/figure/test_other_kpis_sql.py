"""The boundaries of KPI 2 to 15: what counts, on which day, in which status and for whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hand_made_tables import periods_of, rows_of, total


def test_a_renewal_is_no_referral_and_a_school_from_outside_counts_for_the_swv_only():
    decision = {"kind": "vso", "decided_on": date(2023, 11, 1), "result": "toegekend"}
    rows = rows_of(
        "verwijzingen_vso",
        tlv=[
            {**decision, "location_id": "98XX00", "first": True},
            {**decision, "location_id": None, "first": False},
            {**decision, "location_id": "L1", "first": True, "kind": "pro"},
        ],
    )
    found = [row for row in rows if row["period_id"] == "2023-2024" and row["numerator"]]
    assert {row["organisation_id"] for row in found} == {"SWV"}
    assert total(found, "referrals", "2023-2024") == 1
    assert total(found, "renewals", "2023-2024") == 1
    assert total(found, "granted_share", "2023-2024", "denominator") == 2


def test_an_entrant_counts_at_the_school_that_asked_the_last_tlv_before_the_first_day():
    tlv = {"kind": "vso", "pupil_id": "p1", "result": "toegekend", "first": True}
    entrant = {"location_id": "V1", "start_on": date(2023, 11, 1), "came_from": "vo"}
    rows = rows_of(
        "verwijzingen_vso",
        tlv=[
            {**tlv, "location_id": "L1", "decided_on": date(2022, 10, 1)},
            {**tlv, "location_id": "L2", "decided_on": date(2023, 10, 1)},
            {**tlv, "location_id": "L3", "decided_on": date(2023, 11, 2)},
            {**tlv, "location_id": "L3", "decided_on": date(2023, 10, 2), "result": "afgewezen"},
            {**tlv, "location_id": "98XX00", "decided_on": date(2023, 10, 3), "pupil_id": "p2"},
        ],
        vso_enrolment=[
            {**entrant, "row_id": "1", "pupil_id": "p1"},
            {**entrant, "row_id": "2", "pupil_id": "p2", "came_from": "po"},
            {**entrant, "row_id": "3", "pupil_id": "p3", "came_from": "vso_elders"},
        ],
    )
    found = {
        row["organisation_id"]: row["origin"]
        for row in rows
        if (row["measure"], row["period_id"]) == ("entrants_by_school", "2023-2024")
    }
    assert found == {"L2": "zij_instroom", "SWV": "po"}
    assert total(rows, "entrant_share", "2023-2024") == 2


def test_granted_is_divided_by_the_decisions_of_the_same_part():
    decision = {"kind": "vso", "decided_on": date(2023, 11, 1), "location_id": "L1", "first": True}
    rows = rows_of(
        "verwijzingen_vso",
        tlv=[
            {**decision, "result": "toegekend", "cluster": "3", "origin": "po"},
            {**decision, "result": "afgewezen", "cluster": "3", "origin": None},
            {**decision, "result": "toegekend", "cluster": "4", "origin": "po"},
        ],
    )
    asked = (rows, "granted_share", "2023-2024")
    assert [total(*asked, own_cluster=code) for code in ("3", "4")] == [1, 1]
    assert total(*asked, "denominator", own_cluster="3") == 2
    assert total(*asked, "denominator", own_origin="onbekend") == 1


@pytest.mark.parametrize(
    ("period_id", "count_on"),
    [("2021-2022", date(2021, 10, 1)), ("2022-2023", date(2023, 2, 1))],
)
def test_vso_pupils_are_counted_on_the_count_date_of_the_school_year(period_id, count_on):
    enrolment = {"location_id": "L1", "cluster": "4", "start_on": count_on}
    rows = rows_of(
        "deelname_vso",
        period=periods_of(count_on.year - (count_on.month < 8)),
        vso_enrolment=[
            {**enrolment, "row_id": "1"},
            {**enrolment, "row_id": "2", "start_on": count_on + timedelta(days=1)},
            {**enrolment, "row_id": "3", "start_on": date(2020, 8, 1), "end_on": count_on},
        ],
    )
    assert total(rows, "pupils", period_id) == 1


def test_a_calendar_year_is_counted_on_its_last_day_as_its_last_quarter():
    last = date(2023, 12, 31)
    lasting = {"start_on": date(2023, 2, 1), "location_id": "L1"}
    rows = [
        {**lasting, "row_id": "1"},
        {**lasting, "row_id": "2", "end_on": last},
        {**lasting, "row_id": "3", "end_on": last + timedelta(days=1)},
        {**lasting, "row_id": "4", "start_on": last},
        {**lasting, "row_id": "5", "start_on": last + timedelta(days=1)},
    ]
    vso, opp = rows_of("deelname_vso", vso_enrolment=rows), rows_of("opp", opp=rows)
    for period in ("2023", "2023-2024-k2"):
        assert total(vso, "pupils", period) == 3
        assert total(opp, "opps", period) == 3
    assert (total(vso, "entered", "2023"), total(vso, "left", "2023")) == (4, 1)


def test_back_to_regular_is_leaving_for_vo_and_tab_a_part_of_that():
    leaver = {"location_id": "L1", "start_on": date(2021, 8, 1), "end_on": date(2023, 11, 1)}
    rows = rows_of(
        "deelname_vso",
        vso_enrolment=[
            {**leaver, "went_to": "vo", "tab": True},
            {**leaver, "went_to": "vo", "tab": None},
            {**leaver, "went_to": "mbo", "tab": True},
        ],
    )
    measures = ("left", "back_to_regular", "tab")
    assert [total(rows, measure, "2023-2024") for measure in measures] == [3, 2, 1]


def test_opp_per_100_takes_all_pupils_of_the_location_under_one_school_type():
    rows = rows_of(
        "opp",
        opp=[{"location_id": "L1", "start_on": date(2023, 9, 1), "row_id": "1"}],
        pupils_in_period=[
            {"period_id": "2023-2024", "location_id": "L1", "school_type": kind, "pupils": number}
            for kind, number in (("vo", 90), ("pro", 10))
        ],
    )
    assert total(rows, "opp_per_100", "2023-2024", "denominator", school_type="vo") == 100
    assert total(rows, "pupil_consent_share", "2023-2024") == 0
    assert total(rows, "pupil_consent_share", "2023-2024", "denominator") == 1


@pytest.mark.parametrize(
    ("kpi_id", "measure"),
    [
        ("verwijzingen_vso", "referral_share"),
        ("verwijzingen_vso", "entrant_share"),
        ("deelname_vso", "participation_dpo"),
        ("opp", "opp_per_100"),
    ],
)
def test_a_share_of_a_provisional_number_of_pupils_is_provisional(kpi_id, measure):
    pupils = {"period_id": "2023-2024", "location_id": "L1", "school_type": "vo", "pupils": 90}
    for provisional in (True, False):
        rows = rows_of(kpi_id, pupils_in_period=[{**pupils, "provisional": provisional}])
        found = {row["provisional"] for row in rows if row["measure"] == measure}
        assert found == {provisional}


def test_objections_are_no_complaints_whatever_their_route():
    received = {"received_on": date(2023, 11, 1)}
    rows = rows_of(
        "klachten",
        complaint=[
            {**received, "route": "lbt", "kind": "beroep"},
            {**received, "route": "bestuur", "kind": "bezwaar_tlv"},
            {**received, "route": "rechter"},
        ],
    )
    assert total(rows, "objections", "2023-2024") == 2
    assert total(rows, "complaints", "2023-2024", kind="onbekend") == 1


@pytest.mark.parametrize(
    ("route", "kind", "objections"),
    [("lbt", None, 1), ("bestuur", "bezwaar_tlv", 1), ("bestuur", "klacht", 0)],
)
def test_an_objection_is_known_by_its_route_or_its_kind(route, kind, objections):
    received = {"received_on": date(2023, 11, 1), "route": route, "kind": kind}
    rows = rows_of("bezwaar_tlv", complaint=[received])
    assert total(rows, "objections", "2023-2024") == objections


@pytest.mark.parametrize(
    ("kpi_id", "table", "period_id", "row", "provisional"),
    [
        ("vsv", "vsv", "2022-2023", {"status": "voorlopig"}, True),
        ("vsv", "vsv", "2022-2023", {"status": "definitief"}, False),
        ("vsv", "vsv", "2022-2023", {"status": None}, True),
        ("reserve", "finance_balance", "2023", {"status": "realisatie"}, False),
        ("reserve", "finance_balance", "2023", {"status": "prognose"}, True),
        ("reserve", "finance_balance", "2023", {"status": "begroting"}, True),
    ],
)
def test_only_what_is_final_is_not_provisional(kpi_id, table, period_id, row, provisional):
    numbers = {
        "vsv": {"organisation_id": "L1", "school_year": period_id, "leavers": 1, "pupils": 9},
        "finance_balance": {"year": 2023, "gross_income": 9, "public_equity": 1},
    }
    rows = rows_of(kpi_id, **{table: [{**numbers[table], **row}]})
    main = {"vsv": "vsv_share", "reserve": "ratio"}[kpi_id]
    assert {found["provisional"] for found in rows if found["measure"] == main} == {provisional}


def finance(status, amount, year=2023):
    return {"year": year, "status": status, "post": "vso", "amount": amount}


def test_a_year_is_shown_in_one_status_and_compared_only_when_it_has_both():
    rows = rows_of(
        "verdeling_middelen",
        finance_post=[
            finance("begroting", 100),
            finance("prognose", 90),
            finance("realisatie", 80),
            finance("begroting", 70, 2024),
            finance("prognose", 60, 2024),
        ],
    )
    assert total(rows, "amount", "2023") == 80
    assert total(rows, "amount", "2024") == 60
    provisional = {
        row["period_id"]: row["provisional"] for row in rows if row["measure"] == "amount"
    }
    assert provisional == {"2023": False, "2024": True}
    assert total(rows, "realised_share", "2023") == 80
    assert total(rows, "realised_share", "2023", "denominator") == 100
    assert "2024" not in {row["period_id"] for row in rows if row["measure"] == "realised_share"}


def test_budget_forecast_and_outcome_are_three_series_that_never_fill_in_for_each_other():
    rows = rows_of(
        "verdeling_middelen",
        finance_post=[
            finance("begroting", 100),
            {**finance("begroting", 300), "post": "overhead"},
            finance("prognose", 90),
            finance("realisatie", 80),
            finance("begroting", 70, 2024),
        ],
    )
    series = ("budget", "forecast", "actual")
    assert [total(rows, name, "2023") for name in series] == [400, 90, 80]
    assert total(rows, "budget_share", "2023", "denominator") == 400
    assert {row["measure"] for row in rows if row["period_id"] == "2024"} == {
        "amount", "share", "budget", "budget_share",
    }  # fmt: skip
    assert not any(row["provisional"] for row in rows if row["measure"] in series)


def test_the_reserve_of_every_status_is_held_against_the_signalling_value_of_that_status():
    balance = {"year": 2023, "gross_income": 20_000_000, "public_equity": 900_000}
    rows = rows_of(
        "reserve",
        finance_balance=[
            {**balance, "status": "begroting", "gross_income": 6_000_000},
            {**balance, "status": "prognose"},
        ],
    )
    assert total(rows, "above_signal_budget", "2023") == 650_000
    assert total(rows, "above_signal_forecast", "2023") == 200_000
    assert total(rows, "equity_forecast", "2023") == 900_000
    assert "equity_actual" not in {row["measure"] for row in rows}


@pytest.mark.parametrize(
    ("income", "signal"), [(7_142_857, 250_000), (7_142_858, Decimal("250000.03")), (0, 250_000)]
)
def test_the_signal_value_never_drops_below_250_000(income, signal):
    balance = {"year": 2023, "status": "realisatie", "gross_income": income, "public_equity": 1}
    rows = rows_of("reserve", finance_balance=[balance])
    assert total(rows, "signal_value", "2023") == signal
    assert total(rows, "above_signal", "2023") == 1 - signal


def test_every_cluster_keeps_its_own_last_count():
    count = {"location_id": "L1", "provision": "vso", "places": 10, "occupied": 9}
    rows = rows_of(
        "wachtlijst",
        places=[
            {**count, "cluster": "3", "count_on": date(2023, 10, 1), "waiting": 5},
            {**count, "cluster": "4", "count_on": date(2023, 10, 1), "waiting": 7},
            {**count, "cluster": "4", "count_on": date(2023, 12, 1), "waiting": 1},
        ],
    )
    assert total(rows, "waiting", "2023-2024-k2") == 6


@pytest.mark.parametrize(("scored", "measured"), [(2020, 1), (2019, 0), (2024, None)])
def test_a_score_counts_for_four_school_years(scored, measured):
    rows = rows_of(
        "basisondersteuning",
        basic_support_score=[
            {"location_id": "L1", "school_year": f"{scored}-{scored + 1}", "part": "p1", "score": 3}
        ],
    )
    found = [
        row["numerator"]
        for row in rows
        if row["measure"] == "measured"
        and row["period_id"] == "2023-2024"
        and row["organisation_id"] == "L1"
    ]
    assert found == ([] if measured is None else [measured])


def test_a_closed_location_need_not_be_measured():
    organisation = [
        {"organisation_id": "L1", "organisation_type": "locatie", "school_type": "vo"},
        {
            "organisation_id": "L2",
            "organisation_type": "locatie",
            "school_type": "vo",
            "to_on": date(2024, 7, 30),
        },
        {"organisation_id": "V1", "organisation_type": "locatie", "school_type": "vso"},
    ]
    tree = [
        {
            "organisation_id": place["organisation_id"],
            "ancestor_id": place["organisation_id"],
            "ancestor_type": "locatie",
            "to_on": place.get("to_on"),
        }
        for place in organisation
    ]
    rows = rows_of(
        "basisondersteuning",
        organisation=organisation,
        organisation_tree=tree,
        basic_support_score=[
            {"location_id": "L1", "school_year": "2022-2023", "part": "p1", "score": 3}
        ],
    )
    measured = [row for row in rows if row["measure"] == "measured"]
    in_year = {row["organisation_id"] for row in measured if row["period_id"] == "2023-2024"}
    assert in_year == {"L1"}


def forms(told_until, *sent, until_of="SWV"):
    """What kpi.sql says of these forms (day sent, and more) when a register told up to a day."""
    delivered = {"topic": "satisfaction", "period_id": "2023-2024-k2", "delivery_id": "lijst"}
    return rows_of(
        "tevredenheid",
        satisfaction_form=[
            {"row_id": str(place), "sent_on": day, "respondent": "ouders", **more}
            for place, (day, more) in enumerate(sent)
        ],
        delivered=[{**delivered, "organisation_id": until_of}],
        delivery=[{"delivery_id": "lijst", "covers_to": told_until}],
    )


def early(rows, period_id):
    return {row["provisional"] for row in rows if row["period_id"] == period_id}


SENT = date(2023, 11, 1)
EIGHT_WEEKS = timedelta(days=56)
BACK = {"answered_on": SENT, "mark": 8}


@pytest.mark.parametrize(
    ("told_until", "last", "provisional"),
    [
        (SENT + EIGHT_WEEKS, {}, False),
        (SENT + EIGHT_WEEKS - timedelta(days=1), {}, True),
        (SENT, BACK, False),
        (SENT, {"mark": 8}, False),  # a mark without a day is an answer
        (SENT, {"answered_on": SENT}, False),  # and so is a day without a mark
    ],
)
def test_a_period_is_provisional_while_a_form_can_come_back(told_until, last, provisional):
    rows = forms(told_until, (date(2023, 10, 2), BACK), (SENT, last))
    for period_id in ("2023-2024-k2", "2023-2024", "2023"):
        assert early(rows, period_id) == {provisional}


def test_a_period_without_such_a_form_is_final_beside_one_that_is_not():
    rows = forms(date(2024, 1, 31), (SENT, {}), (date(2024, 1, 8), {}), (SENT, BACK))
    assert early(rows, "2023-2024-k2") == {False}
    assert early(rows, "2023-2024-k3") == early(rows, "2023-2024") == {True}


def test_a_number_of_forms_of_which_none_came_back_yet_is_provisional_too():
    rows = forms(SENT, (SENT, {}))
    assert {row["measure"] for row in rows if row["provisional"]} == {"forms", "response"}
    assert total(rows, "forms", "2023-2024-k2") == 0


def test_a_register_of_one_school_does_not_tell_up_to_when_all_forms_came_back():
    assert early(forms(SENT, (SENT, {}), until_of="L1"), "2023-2024-k2") == {False}
