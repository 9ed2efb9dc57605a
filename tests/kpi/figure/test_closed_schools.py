"""What is open at a school that closes goes on at its successor, or ends as locatie gesloten."""

from datetime import date, timedelta

import pytest
from closing_schools import CLOSED, board_on, counted, organisations, place_on, tree
from hand_made_tables import default_tables, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from list_worlds import World
from small_swv import EXAMPLES

LONG_AGO = date(2022, 7, 1)


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """World D: 90AA01 goes into 90AA00, 90CC00 into 90CC01 of another board; 90BB00, 90DD00 close.

    All that is open in the last list (31 December 2023) was open before they closed.
    """
    files = [("locaties", None)]
    files += [(name, "2023-2024-k2") for name in ("ect", "maatwerk", "opp", "vso")]
    return World(tmp_path_factory.mktemp("d"), "d", files)


STOCKS = [("ect", "open"), ("maatwerk", "running"), ("opp", "opps")]


@pytest.mark.parametrize(("kpi", "stock"), STOCKS)
def test_a_quarter_and_a_year_that_end_on_one_day_have_the_same_stock(closed, kpi, stock):
    """On 31 December only the first of the four is left, at the successor of its school."""
    for place, right in (("SWV", 1), ("99901", 1), ("90AA00", 1), ("99902", 0)):
        assert closed.value(kpi, stock, place, "2023-2024-k2") == right, place
        assert closed.value(kpi, stock, place, "2023") == right, place


@pytest.mark.parametrize(("kpi", "stock"), STOCKS)
def test_before_they_closed_everything_stood_at_its_own_school(closed, kpi, stock):
    found = [
        closed.value(kpi, stock, place, "2022-2023-k4")
        for place in ("SWV", "99901", "99902", "90AA00", "90AA01")
    ]
    assert found == [3, 2, 1, 0, 2]
    assert closed.value(kpi, stock, "SWV", "2023-2024-k1") == 3
    assert closed.value(kpi, stock, "90AA00", "2023-2024-k1") == 2


def test_a_case_of_a_closed_school_is_shown_as_that(closed):
    """E2 stops with 90BB00 on 31 October; E3 is closed by the ECT on 11 December."""
    quarter, why = "2023-2024-k2", "end_reason={}"
    for place, gone, done in (("SWV", 1, 1), ("99902", 1, None), ("99901", None, 1)):
        assert closed.value("ect", "closed", place, quarter, why.format("locatie_gesloten")) == gone
        assert (closed.value("ect", "closed", place, quarter, why.format("gesloten")) or 0) == (
            done or 0
        )
    # from 1 March to 11 December, and nothing of a case that nobody closed
    days = (date(2023, 12, 11) - date(2023, 3, 1)).days
    assert closed.value("ect", "days_to_close", "SWV", quarter) == days
    assert closed.value("ect", "hours", "SWV", quarter) == 4


def test_a_merger_is_seen_by_the_schools_and_not_above_them(closed):
    quarter = "2023-2024-k1"
    assert closed.value("ect", "new", "90AA00", quarter) == 2
    assert closed.value("ect", "new", "99901", quarter) == 0
    assert closed.value("ect", "closed", "SWV", quarter) == 0


@pytest.mark.parametrize(
    ("kpi", "stock", "ended", "share"),
    [
        ("ect", "open", "closed", "closed_share"),
        ("maatwerk", "running", "ended", "ended_share"),
        ("deelname_vso", "pupils", "left", "left_share"),
    ],
)
def test_the_share_that_goes_counts_at_the_places_where_going_counts(
    closed, kpi, stock, ended, share
):
    """At a school that merged, at its old and new board, and not above what only moved."""
    seen = 0
    for quarter in ("2022-2023-k4", "2023-2024-k1", "2023-2024-k2"):
        for place in ("SWV", "99901", "99902", "99903", "90AA00", "90AA01", "90CC00", "90CC01"):
            there, gone = (closed.value(kpi, one, place, quarter) for one in (stock, ended))
            if there is None or gone is None:
                continue
            whole = there + gone
            found = closed.value(kpi, share, place, quarter)
            assert found == (pytest.approx(100 * gone / whole) if whole else None), (place, quarter)
            seen += bool(gone)
    assert seen > 2


def test_a_trajectory_of_a_closed_school_is_no_return(closed):
    quarter = "2023-2024-k2"
    assert closed.value("maatwerk", "ended", "SWV", quarter) == 2
    assert closed.value("maatwerk", "ended", "SWV", quarter, "outcome=locatie_gesloten") == 1
    assert closed.value("maatwerk", "returned_share", "SWV", quarter) == 100  # 1003, the only one
    assert closed.value("maatwerk", "ended", "90AA00", quarter) == 1


def test_pupils_of_a_vso_school_go_on_at_another_board(closed):
    """2001 and 2003 go to 90CC01 of 99903 on 16 November; 2002 ends with 90DD00."""
    quarter = "2023-2024-k2"

    def of(measure, place, segment=""):
        return closed.value("deelname_vso", measure, place, quarter, segment) or 0

    assert [of("pupils", place) for place in ("SWV", "99903", "90CC01", "99902")] == [1, 1, 1, 0]
    assert [of("entered", place) for place in ("SWV", "99903", "90CC01")] == [0, 2, 2]
    assert [of("left", place) for place in ("SWV", "99902", "90CC00", "99903")] == [2, 2, 2, 1]
    assert of("left", "SWV", "end_reason=locatie_gesloten") == 1
    assert of("left", "99902", "end_reason=elders") == 2
    assert of("back_to_regular", "SWV") == of("tab", "90CC01") == 1
    assert closed.value("deelname_vso", "pupils", "SWV", "2023") == 1


DAYS = st.dates(date(2022, 9, 1), date(2024, 5, 30))
THING = st.builds(
    lambda place, start, days: {
        "location_id": place,
        "start_on": start,
        "end_on": None if days is None else start + timedelta(days=days),
    },
    st.sampled_from(["L1", "L2", "L3"]), DAYS, st.none() | st.integers(0, 400),
)  # fmt: skip


def standing(one, day, name):
    """Whether it stands under an organisation on a day."""
    place = place_on(one["location_id"], day)
    return bool(
        one["start_on"] <= day < (one["end_on"] or date.max)
        and place
        and name in ("SWV", place, board_on(place, day))
    )


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(st.lists(THING, max_size=6))
def test_comings_and_goings_explain_every_stock_at_every_level(things):
    # a school that has closed opens nothing any more
    things = [
        {**one, "row_id": str(number)}
        for number, one in enumerate(things)
        if one["location_id"] == "L1" or one["start_on"] < date(2023, 8, 1)
    ]
    cases = [
        {"case_id": one["row_id"], "row_id": one["row_id"], "location_id": one["location_id"],
         "opened_on": one["start_on"], "closed_on": one["end_on"]}
        for one in things
    ]  # fmt: skip
    around = {"organisation": organisations(), "organisation_tree": tree()}
    # who ended on the day his school closed left with the school as well
    found = {
        ("open", "new", "closed"): rows_of("ect", ect_case=cases, **around),
        ("pupils", "entered", "left"): rows_of("deelname_vso", vso_enrolment=things, **around),
    }
    running = rows_of("maatwerk", maatwerk=things, **around)
    opps = rows_of("opp", opp=things, **around)
    quarters = [row for row in default_tables()["period"] if row["period_type"] == "kwartaal"]
    quarters.sort(key=lambda row: row["end_on"])
    for name, level in (("SWV", "swv"), ("B1", "bestuur"), ("B2", "bestuur"), ("L1", "locatie")):
        before = 0
        for quarter in quarters:
            period, day = quarter["period_id"], quarter["end_on"]
            right = sum(standing(one, day, name) for one in things)
            for (stock, came, went), rows in found.items():
                numbers = [counted(rows, one, name, level, period) for one in (stock, came, went)]
                assert numbers[0] == right == before + numbers[1] - numbers[2], (name, period)
            assert counted(running, "running", name, level, period) == right
            assert counted(opps, "opps", name, level, period) == right
            before = right


SCHOOLS = """\
Vestiging;Naam vestiging;Soort onderwijs;Bestuursnummer;Naam bestuur;Vanaf;Tot en met;Opgegaan in
90AA00;A;vo;99901;Bestuur A;;30-09-2023;90BB00
90BB00;B;vo;99902;Bestuur B;;;
"""
OPEN = [
    ("maatwerk", "running", "ended", "Leerlingnummer;Vestiging;Voorziening;Datum verwijzing;"
     "Begindatum;Einddatum\n1;90AA00;Rebound;06-02-2023;06-02-2023;{end}\n"),
    ("ect", "open", "closed", "Casusnummer;Vestiging;Soort inzet;Geopend op;Gesloten op\n"
     "1;90AA00;Advies;06-02-2023;{end}\n"),
    *(("thuiszitters", "stock", "ended", "Leerlingnummer;Vestiging;Soort verzuim;Begindatum;"
       f"Einddatum\n1;90AA00;{kind};21-08-2023;{{end}}\n") for kind in ("AV", "LRV")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kpi", "stock", "ended", "text"), OPEN, ids=["maatwerk", "ect", "AV", "LRV"]
)
def test_who_stops_the_day_after_his_school_closed_was_there_on_its_last_day(
    tmp_path, kpi, stock, ended, text
):
    """It closed on 30 September, a count date, and went up in a school of another board."""
    world = World(tmp_path / "store", "d", [])
    files = [("locaties", SCHOOLS, None)]
    files += [(kpi, text.format(end=""), "2023-2024-k1")]
    files += [(kpi, text.format(end="01-10-2023"), "2023-2024-k2")]
    for name, content, period in files:
        path = tmp_path / f"{name}.csv"
        path.write_text(content, "utf-8")
        world.hand_in(path, period)
    world.database = world.counted()
    first, second = "2023-2024-k1", "2023-2024-k2"
    for place in ("SWV", "99901", "90AA00"):
        assert world.value(kpi, stock, place, first) == 1, place
        assert world.value(kpi, ended, place, first) == 0, place
    for place in ("SWV", "99902", "90BB00"):
        assert world.value(kpi, stock, place, second) == 0, place
        assert world.value(kpi, ended, place, second) == 1, place
    assert not world.value(kpi, ended, "SWV", second, "outcome=locatie_gesloten")
    assert not world.value(kpi, ended, "SWV", second, "end_reason=locatie_gesloten")


def test_a_school_that_hands_in_nothing_any_more_leaves_with_its_board_and_the_swv():
    """L3 closes in the third quarter; only its list of the second one came."""
    case = {"case_id": "1", "row_id": "1", "location_id": "L3", "opened_on": date(2023, 11, 1)}
    delivered = [
        {"topic": "ect", "organisation_id": place, "period_id": f"2023-2024-k{number}"}
        for place, number in (("L1", 2), ("L3", 2), ("L1", 3))
    ]
    before = {"2023-2024-k3": "2023-2024-k2"}
    periods = [
        {**row, "previous_period_id": before.get(row["period_id"])}
        for row in default_tables()["period"]
    ]
    rows = rows_of(
        "ect", ect_case=[case], delivered=delivered, period=periods,
        organisation=organisations(), organisation_tree=tree(),
    )  # fmt: skip
    gone = {
        (row["organisation_id"], row["up_to"], row["end_reason"], row["day"])
        for row in rows
        if row["measure"] == "closed" and row["period_id"] == "2023-2024-k3"
    }
    last = CLOSED - timedelta(days=1)
    assert gone == {
        ("B2", "bestuur", "locatie_gesloten", last), ("SWV", "swv", "locatie_gesloten", last)
    }  # fmt: skip
