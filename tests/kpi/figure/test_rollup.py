"""The roll-up on a hand-made SWV: sums first, coverage, persons, merged locations, segments."""

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_swv import EXAMPLES, KPI_TOML, small_world, write_kpi

from kpi.figure.calculate import calculate
from kpi.meaning.load import load_kpis

K3, K4, K1, K2 = "2022-2023-k3", "2022-2023-k4", "2023-2024-k1", "2023-2024-k2"
ALL = ("L1", "L2", "L3", "L4")
STAY = ("L1", "L2", "L3")


def thing(measure, organisation, period, numerator=1, denominator=0, **more):
    defaults = {"kind": None, "result": None, "person_id": None, "provisional": False, **more}
    kind, result, person, provisional = (
        defaults[name] for name in ("kind", "result", "person_id", "provisional")
    )
    return (
        measure, organisation, period, kind, result, numerator, denominator, person, provisional
    )  # fmt: skip


def delivery(locations, *periods):
    return [("things", location, period) for location, period in product(locations, periods)]


def value(figures, *key):
    row = figures[key if len(key) == 4 else (*key, "")]
    return row["value"], row["state"]


def test_percentages_are_never_averaged(rolled_up):
    things = [thing("part", "L1", K4, 5, 10), thing("part", "L2", K4, 5, 190)]
    figures = rolled_up(things, delivery(ALL, K4))
    assert value(figures, "part", "L1", K4) == (50, "value")
    assert value(figures, "part", "B1", K4) == (5, "value")
    assert value(figures, "part", "B2", K4) == (None, "not_applicable")


def test_nothing_counted_is_zero_where_delivered_and_missing_where_not(rolled_up):
    figures = rolled_up([thing("amount", "L1", K4, 3)], delivery(["L1", "L2"], K4))
    assert value(figures, "amount", "L1", K4) == (3, "value")
    assert value(figures, "amount", "L2", K4) == (0, "zero")
    assert value(figures, "amount", "L3", K4) == (None, "missing")
    assert value(figures, "amount", "B2", K4) == (None, "missing")
    swv = figures["amount", "SWV", K4, ""]
    assert (swv["value"], swv["observed"], swv["expected"]) == (3, 2, 4)


def test_rows_of_a_location_that_did_not_deliver_do_not_count(rolled_up):
    things = [thing("amount", "L1", K4, 3), thing("amount", "L3", K4, 7)]
    figures = rolled_up(things, delivery(["L1", "L2", "L4"], K4))
    assert value(figures, "amount", "SWV", K4) == (3, "value")
    assert value(figures, "amount", "L3", K4) == (None, "missing")


def test_what_no_location_owns_counts_for_the_swv_only(rolled_up):
    things = [thing("amount", "SWV", K4, 2), thing("amount", "L1", K4, 3)]
    figures = rolled_up(things, delivery(["L1"], K4))
    assert value(figures, "amount", "SWV", K4) == (5, "value")
    assert value(figures, "amount", "B1", K4) == (3, "value")


def test_a_person_counts_once_at_every_level(rolled_up):
    things = [
        thing("people", "L1", K4, person_id="p1", kind="a"),
        thing("people", "L1", K4, person_id="p1", kind="b"),
        thing("people", "L2", K4, person_id="p1", kind="a"),
        thing("people", "L3", K4, person_id="p1", kind="a"),
        thing("people", "L3", K4, person_id="p2", kind="a"),
    ]
    figures = rolled_up(things, delivery(ALL, K4))
    counts = {org: figures["people", org, K4, ""]["value"] for org in ("L1", "B1", "B2", "SWV")}
    assert counts == {"L1": 1, "B1": 1, "B2": 2, "SWV": 2}
    assert figures["people", "SWV", K4, "kind=a"]["value"] == 2
    assert figures["people", "SWV", K4, "kind=b"]["value"] == 1


def test_a_person_id_does_not_turn_another_measure_into_persons(rolled_up):
    things = [thing("amount", "L1", K4, 1, person_id="p1") for _ in range(3)]
    assert value(rolled_up(things, delivery(ALL, K4)), "amount", "SWV", K4) == (3, "value")


def test_a_location_that_merged_keeps_its_past_and_has_no_present(rolled_up):
    things = [
        thing("amount", "L4", K4, 4),
        thing("amount", "L3", K4, 1),
        thing("amount", "L3", K2, 5),
        thing("amount", "L4", K2, 9),
    ]
    figures = rolled_up(things, delivery(ALL, K4, K2))
    assert value(figures, "amount", "L4", K4) == (4, "value")
    assert value(figures, "amount", "B2", K4) == (5, "value")
    assert value(figures, "amount", "B2", K2) == (5, "value")
    assert ("amount", "L4", K2, "") not in figures
    assert figures["amount", "B2", K2, ""]["expected"] == 1


def test_a_location_that_closes_within_the_period_counts_but_is_not_missed(rolled_up):
    things = [thing("amount", "L4", "2023", 4), thing("amount", "L3", "2023", 1)]
    with_it = rolled_up(things, delivery(ALL, "2023"))
    assert value(with_it, "amount", "B2", "2023") == (5, "value")
    assert with_it["amount", "B2", "2023", ""]["expected"] == 2
    without = rolled_up(things, delivery(["L1", "L2", "L3"], "2023"))
    assert value(without, "amount", "B2", "2023") == (1, "value")
    assert (without["amount", "B2", "2023", ""]["expected"]) == 1


def test_a_location_that_changed_boards_counts_at_the_board_of_its_last_day(proef, rolled_up):
    locations = {"L1": ("B1", None, None), "L3": ("B2", None, None)}
    moved = {"L2": [("B1", None, date(2023, 7, 31)), ("B2", date(2023, 8, 1), None)]}
    database_rows = [thing("amount", "L2", K4, 2), thing("amount", "L2", K1, 3)]
    database = small_world(database_rows, delivery(["L1", "L2", "L3"], K4, K1), locations)
    for board, start, end in moved["L2"]:
        for ancestor, kind in (("L2", "locatie"), (board, "bestuur"), ("SWV", "swv")):
            database.execute(
                "insert into organisation_tree values ('L2', ?, ?, ?, ?)",
                (ancestor, kind, start, end),
            )
    database.execute(
        "insert into organisation values ('L2', 'locatie', 'Twee', 'vo', null, null, null)"
    )
    calculate(database, proef)
    found = {
        (row["organisation_id"], row["period_id"]): row["value"]
        for row in database.rows(
            "select * from kpi_value where measure = 'amount' and segment = '' and value > 0"
        )
    }
    expected = {("B1", K4): 2, ("L2", K4): 2, ("SWV", K4): 2}
    assert found == {**expected, ("B2", K1): 3, ("L2", K1): 3, ("SWV", K1): 3}


def test_a_measure_of_the_swv_is_known_at_the_swv_only(rolled_up):
    figures = rolled_up([thing("whole", "SWV", "2023", 500)], [("money", "SWV", "2023")])
    row = figures["whole", "SWV", "2023", ""]
    assert (row["value"], row["observed"], row["expected"]) == (500, 1, 1)
    assert value(figures, "whole", "SWV", "2024") == (None, "missing")
    assert ("whole", "B1", "2023", "") not in figures


def test_a_measure_of_the_swv_fed_by_locations_says_how_many_delivered(rolled_up):
    deliveries = [("money", location, "2023") for location in ("L1", "L2")]
    row = rolled_up([thing("whole", "SWV", "2023", 5)], deliveries)["whole", "SWV", "2023", ""]
    assert (row["value"], row["observed"], row["expected"]) == (5, 2, 3)


def test_a_split_denominator_follows_the_declaration(rolled_up):
    things = [
        thing("part", "L1", K4, 3, 0, kind="a", result="goed"),
        thing("part", "L1", K4, 1, 0, kind="a", result="fout"),
        thing("part", "L1", K4, 0, 20, kind="a"),
        thing("part", "L1", K4, 0, 30, kind="b"),
    ]
    figures = rolled_up(things, delivery(ALL, K4))
    assert value(figures, "part", "L1", K4) == (8, "value")
    assert value(figures, "part", "L1", K4, "kind=a") == (20, "value")
    assert value(figures, "part", "L1", K4, "kind=b") == (0, "zero")
    assert value(figures, "part", "L1", K4, "result=goed") == (6, "value")
    assert value(figures, "part", "L1", K4, "kind=a,result=goed") == (15, "value")


def test_a_segment_has_zeros_where_it_ever_occurs_and_is_absent_elsewhere(rolled_up):
    figures = rolled_up([thing("amount", "L1", K4, 3, kind="a")], delivery(ALL, K4, K1))
    assert value(figures, "amount", "L1", K1, "kind=a") == (0, "zero")
    assert value(figures, "amount", "SWV", K1, "kind=a") == (0, "zero")
    assert ("amount", "L2", K4, "kind=a") not in figures
    assert ("amount", "L1", K4, "kind=b") not in figures


def test_the_previous_period_is_a_lookup_and_not_the_row_before(rolled_up):
    things = [thing("amount", "L1", K3, 9), thing("amount", "L1", K1, 4)]
    figures = rolled_up(things, delivery(ALL, K3, K1))
    row = figures["amount", "L1", K1, ""]
    assert (row["previous_period_id"], row["previous_value"]) == (K4, None)
    assert not row["comparable"]


def test_two_complete_periods_can_be_compared(rolled_up):
    things = [thing("amount", "L1", K4, 9), thing("amount", "L1", K1, 4)]
    row = rolled_up(things, delivery(ALL, K4, K1))["amount", "L1", K1, ""]
    assert (row["previous_value"], row["comparable"], row["is_break"]) == (9, True, False)


@pytest.mark.parametrize(
    ("organisation", "deliveries"),
    [
        ("B1", delivery(["L1", "L2"], K4) + delivery(["L1"], K1)),
        ("B1", delivery(["L1"], K4) + delivery(["L1"], K1)),
        ("SWV", delivery(ALL, K4) + delivery(["L1", "L2", "L3"], K1)),
    ],
    ids=["now incomplete", "both incomplete", "another number of locations"],
)
def test_no_comparison_when_coverage_differs(rolled_up, organisation, deliveries):
    things = [thing("amount", "L1", K4, 9), thing("amount", "L1", K1, 4)]
    assert not rolled_up(things, deliveries)["amount", organisation, K1, ""]["comparable"]


def test_no_comparison_across_a_new_definition(rolled_up):
    things = [thing("amount", "L1", K2, 9), thing("amount", "L1", "2023-2024-k3", 4)]
    row = rolled_up(things, delivery(ALL, K2, "2023-2024-k3"))["amount", "L1", "2023-2024-k3", ""]
    assert (row["definition_version"], row["is_break"], row["comparable"]) == (2, True, False)


@pytest.fixture
def two_sources(tmp_path):
    """A function: things and deliveries → figures of a KPI that is met by a list or by numbers."""
    toml = KPI_TOML.replace('needs = ["things"]', 'needs = ["things|numbers"]')
    write_kpi(tmp_path / "two" / "proef", toml)

    def roll_up(things, delivered):
        database = small_world(things, delivered)
        calculate(database, load_kpis(tmp_path / "two"))
        rows = database.rows("select * from kpi_value where segment = '' and measure = 'amount'")
        return {(row["organisation_id"], row["period_id"]): row for row in rows}

    return roll_up


def test_no_comparison_with_another_source(two_sources):
    """Numbers of one school beside the list of the others: a break where it weighs."""
    things = [thing("amount", "L1", K4, 9), thing("amount", "L1", K1, 4)]
    lists = delivery(STAY, K4) + delivery(STAY[1:], K1)
    figures = two_sources(things, [*lists, ("numbers", "L1", K1)])
    for organisation, other in (("L1", 1), ("B1", 1), ("SWV", 1), ("L2", 0), ("B2", 0)):
        row = figures[organisation, K1]
        assert row["other_source"] == other
        assert row["is_break"] == (other == 1)
        assert (row["not_comparable"] == "source") == (other == 1)


def test_what_stands_in_does_not_count_where_the_usual_source_is_there_too(two_sources):
    things = [thing("amount", "L1", K4, 9), thing("amount", "L1", K1, 4)]
    figures = two_sources(things, [*delivery(STAY, K4, K1), ("numbers", "L1", K1)])
    assert figures["L1", K1]["comparable"] and not figures["L1", K1]["other_source"]


def test_provisional_and_final_are_not_compared(rolled_up):
    things = [thing("amount", "L1", K4, 9), thing("amount", "L1", K1, 4, provisional=True)]
    figures = rolled_up(things, delivery(ALL, K4, K1))
    assert figures["amount", "SWV", K1, ""]["provisional"]
    assert not figures["amount", "L2", K1, ""]["provisional"]
    assert not figures["amount", "L1", K1, ""]["comparable"]


RUNNING = [("things", name, "2022-2023") for name in ALL] + [
    ("things", name, "2023-2024", True) for name in ALL
]


def test_a_year_that_still_runs_is_provisional_and_not_compared(rolled_up):
    things = [thing("people", "L1", "2022-2023", person_id=str(n)) for n in range(9)]
    things += [thing("people", "L1", "2023-2024", person_id=str(n)) for n in range(4)]
    row = rolled_up(things, RUNNING)["people", "SWV", "2023-2024", ""]
    assert (row["value"], row["partial"], row["provisional"]) == (4, True, True)
    assert not row["comparable"]


def test_a_count_on_a_day_still_to_come_is_missing_and_not_a_projection(rolled_up):
    things = [thing("amount", "L1", "2023-2024", 4), thing("counted", "L1", "2023-2024", 5)]
    early = rolled_up(things, RUNNING, reaches=date(2023, 12, 31))
    assert value(early, "amount", "SWV", "2023-2024") == (None, "missing")
    assert value(early, "counted", "SWV", "2023-2024") == (None, "missing")
    later = rolled_up(things, RUNNING, reaches=date(2024, 3, 31))
    assert value(later, "amount", "SWV", "2023-2024") == (None, "missing")
    assert value(later, "counted", "SWV", "2023-2024") == (5, "value")
    assert not later["counted", "SWV", "2023-2024", ""]["provisional"]


def test_without_a_row_in_a_list_that_holds_the_zeros_a_figure_is_missing(rolled_up):
    things = [thing("listed", "L1", K4, 3), thing("listed", "L2", K4, 0)]
    figures = rolled_up(things, delivery(ALL, K4, K1))
    assert value(figures, "listed", "L2", K4) == (0, "zero")
    assert value(figures, "listed", "L3", K4) == (None, "missing")
    assert value(figures, "listed", "SWV", K1) == (None, "missing")
    assert figures["listed", "SWV", K4, ""]["observed"] == 2


locations = st.sampled_from(["L1", "L2", "L3"])
kinds = st.sampled_from([None, "a", "b"])


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(st.tuples(locations, st.integers(0, 9), st.integers(0, 50), kinds), max_size=12),
    delivered=st.sets(locations),
)
def test_every_level_is_the_sum_of_what_was_delivered(rolled_up, rows, delivered):
    """The same figures, recomputed in plain Python."""
    things = [thing("part", org, K2, n, d, kind=kind) for org, n, d, kind in rows]
    figures = rolled_up(things, delivery(delivered, K2))
    groups = {"SWV": {"L1", "L2", "L3"}, "B1": {"L1", "L2"}, "B2": {"L3"}}
    for name, members in {**groups, **{x: {x} for x in ("L1", "L2", "L3")}}.items():
        counted = [row for row in rows if row[0] in members & delivered]
        row = figures["part", name, K2, ""]
        numerator, denominator = sum(r[1] for r in counted), sum(r[2] for r in counted)
        assert (row["numerator"], row["denominator"]) == (numerator, denominator)
        assert (row["observed"], row["expected"]) == (len(members & delivered), len(members))
        if not members & delivered:
            assert (row["value"], row["state"]) == (None, "missing")
        elif not denominator:
            assert (row["value"], row["state"]) == (None, "not_applicable")
        else:
            assert row["value"] == 100 * numerator / denominator
