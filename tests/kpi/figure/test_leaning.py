"""How far a mean leans on groups that share something: forms of one school, cases of one place."""

import random
from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_swv import EXAMPLES, KPI_TOML, small_world, write_kpi

from kpi.figure.calculate import calculate
from kpi.meaning.load import load_kpis

PERIOD = "2022-2023-k4"
MEAN = """
[[measures]]
id = "mark"
label = "Cijfer"
shows = "mean"
unit = "cijfer"
decimals = 1
numerator = "Som"
denominator = "Formulieren"

[[segments]]
id = "kind\""""
SHARED = """
select measure, organisation_id, period_id, kind, result, numerator, denominator,
    person_id as shared_by
from thing
"""
NOTHING = SHARED.replace(",\n    person_id as shared_by", "")


def a_mark(location, mark, shared_by, kind="a", measure="mark"):
    return (measure, location, PERIOD, kind, None, mark, 1, shared_by, False)


@pytest.fixture(scope="module")
def kpis(tmp_path_factory):
    """The test KPI with a mean, by the text of its kpi.sql."""

    def load(sql):
        folder = tmp_path_factory.mktemp("definitions")
        write_kpi(folder / "proef", KPI_TOML.replace('\n[[segments]]\nid = "kind"', MEAN), sql)
        return load_kpis(folder)

    return {sql: load(sql) for sql in (SHARED, NOTHING)}


@pytest.fixture(scope="module")
def leaning(kpis):
    """A function: rows → {(organisation, segment): (group_squares, group_sizes)} of one measure."""

    def calculated(rows, sql=SHARED, measure="mark"):
        delivered = [("things", location, PERIOD) for location in ("L1", "L2", "L3", "L4")]
        database = small_world(rows, delivered)
        calculate(database, kpis[sql])
        found = database.rows(
            "select * from kpi_value where measure = ? and period_id = ?", [measure, PERIOD]
        )
        return {
            (row["organisation_id"], row["segment"]): (row["group_squares"], row["group_sizes"])
            for row in found
        }

    return calculated


def test_what_a_group_is_off_from_the_mean_is_squared(leaning):
    """Two schools, of 8 and 10 and of 6: the mean is 8. Off: 18 − 16 = 2 and 6 − 8 = −2."""
    found = leaning([a_mark("L1", 8, "x"), a_mark("L1", 10, "x"), a_mark("L2", 6, "y")])
    assert found["SWV", ""] == (8, 5)
    assert found["L1", ""] == (0, 4)
    assert found["L3", ""] == (None, None)


def test_a_group_is_held_against_the_mean_of_the_figure_itself(leaning):
    """In segment b the mean is 5, of one form of each school."""
    found = leaning([a_mark("L1", 9, "x"), a_mark("L1", 6, "x", "b"), a_mark("L1", 4, "y", "b")])
    assert found["SWV", "kind=b"] == (2, 2)


def test_what_is_not_known_to_be_shared_is_one_group(leaning):
    found = leaning([a_mark("L1", 8, None), a_mark("L3", 6, None), a_mark("L3", 4, "x")])
    assert found["SWV", ""] == (8, 5)


def test_only_a_mean_whose_kpi_says_what_is_shared_has_groups(leaning):
    rows = [a_mark("L1", 8, "x"), a_mark("L2", 6, "y"), a_mark("L1", 3, "x", measure="part")]
    assert set(leaning(rows, NOTHING).values()) == {(None, None)}
    assert set(leaning(rows, measure="part").values()) == {(None, None)}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["L1", "L2", "L3"]),
            st.integers(1, 10),
            st.sampled_from([None, "x", "y", "z"]),
            st.sampled_from(["a", "b", None]),
        ),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=EXAMPLES)
def test_it_is_what_plain_python_makes_of_it_in_whatever_order(leaning, marks):
    rows = [a_mark(location, mark, shared, kind) for location, mark, shared, kind in marks]
    found = leaning(rows)
    for (organisation, segment), told in found.items():
        above = {"SWV": {"L1", "L2", "L3"}, "B1": {"L1", "L2"}, "B2": {"L3", "L4"}}
        groups = defaultdict(list)
        for location, mark, shared, kind in marks:
            here = location in above.get(organisation, {organisation})
            if here and segment in ("", f"kind={kind}"):
                groups[shared].append(mark)
        assert told == (pytest.approx(by_hand(groups), abs=1e-6) if groups else (None, None))
    random.Random(1).shuffle(rows)
    assert leaning(rows) == found


def by_hand(groups):
    """Σ(sum − size × mean)² and Σsize² over groups of marks."""
    every = [mark for group in groups.values() for mark in group]
    mean = Fraction(sum(every), len(every))
    off = sum((sum(group) - len(group) * mean) ** 2 for group in groups.values())
    return float(off), float(sum(len(group) ** 2 for group in groups.values()))
