"""Small tables in which every possibility is tried: a protected number must keep all of them."""

from functools import cache
from itertools import product

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_swv import EXAMPLES

from kpi.figure import results
from kpi.guard.attack import Attack
from kpi.guard.guard import Audience, guard
from kpi.guard.system import System
from kpi.meaning.choices import State

QUARTER, KINDS = "2023-2024-k2", ("a", "b")
SCHOOLS = {"L1": "B1", "L2": "B1", "L3": "B2"}
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def two_way(inner):
    """A table with totals as a System, and per number the inner cells it is the sum of."""
    height, width = inner.shape
    system, covers = System(), []
    number = {
        (row, column): system.add((row, column), float(inner[row, column]))
        for row, column in product(range(height), range(width))
    }
    covers += [[row * width + column] for row, column in number]
    whole = []
    for row in range(height):
        whole.append(system.add(("row", row), float(inner[row].sum())))
        covers.append([row * width + column for column in range(width)])
        system.is_sum(whole[-1], [number[row, column] for column in range(width)])
    ends = []
    for column in range(width):
        ends.append(system.add(("column", column), float(inner[:, column].sum())))
        covers.append([row * width + column for row in range(height)])
        system.is_sum(ends[-1], [number[row, column] for row in range(height)])
    everything = system.add("all", float(inner.sum()))
    covers.append(list(range(inner.size)))
    system.is_sum(everything, whole)
    system.is_sum(everything, ends)
    return system, covers


@cache
def every_table(size, most):
    """All tables of so many whole numbers from zero to `most`: one row per table."""
    axes = np.meshgrid(*[np.arange(most + 1, dtype=np.int8)] * size, indexing="ij")
    return np.stack([axis.ravel() for axis in axes], axis=1)


def possible(covers, shown, size, most):
    """Every table that fits what is shown."""
    tables = every_table(size, most)
    for place, value in sorted(shown.items(), key=lambda item: len(covers[item[0]])):
        tables = tables[tables[:, covers[place]].sum(axis=1) == value]
    return tables


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 7), min_size=4, max_size=4),
    st.lists(st.sampled_from([1.0, 3.0, 10.0]), min_size=9, max_size=9),
)
def test_every_small_number_of_a_table_can_be_zero_and_five(cells, costs):
    inner = np.array(cells).reshape(2, 2)
    system, covers = two_way(inner)
    small = [n for n, value in enumerate(system.values) if 0 < value < 5]
    attack = Attack(system, small, costs, 5)
    for more in attack.protect(small):
        for number in more:
            attack.hidden[number] = True
    shown = {n: system.values[n] for n in range(9) if not attack.hidden[n]}
    tables = possible(covers, shown, 4, 16)
    for number in small:
        can_be = tables[:, covers[number]].sum(axis=1)
        assert can_be.min() == 0 and can_be.max() >= 5


def things_of(numbers):
    """Rows for the test KPI: so many pupils per school and kind."""
    return [
        ("amount", school, QUARTER, kind, None, number, 0, None, False)
        for (school, kind), number in numbers.items()
        if number
    ]


def covered(organisation, segment, cells):
    """The places in `cells` a figure is the sum of."""
    return [
        place
        for place, (school, kind) in enumerate(cells)
        if organisation in (school, SCHOOLS[school], "SWV") and segment in ("", f"kind={kind}")
    ]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SUPPRESSED)
@given(st.lists(st.integers(0, 5), min_size=6, max_size=6), st.data())
def test_no_document_of_a_small_swv_tells_a_small_number(monitor_of, numbers, data):
    """Any choice of schools, boards, kinds and totals; all tables of whole numbers are tried."""
    cells = list(product(SCHOOLS, KINDS))
    schools = {name: (board, None, None) for name, board in SCHOOLS.items()}
    monitor = monitor_of(
        things_of(dict(zip(cells, numbers, strict=True))),
        [("things", school, QUARTER) for school in SCHOOLS],
        locations=schools,
    )
    spots = list(product(("SWV", "B1", "B2", *SCHOOLS), ("", "kind=a", "kind=b")))
    left_out = data.draw(st.sets(st.sampled_from(spots), max_size=6))
    found = [
        results.figure(monitor, "proef", place, QUARTER, "amount", segment)
        for place, segment in spots
        if (place, segment) not in left_out
    ]
    shown = guard(monitor, found, Audience.BUITEN)
    covers, fixed = [], {}
    for result in found:
        covers.append(covered(result.organisation.organisation_id, result.segment, cells))
        if shown.of(result).state is not State.SUPPRESSED:
            fixed[len(covers) - 1] = result.numerator
    tables = possible(covers, fixed, 6, 10)
    assert len(tables)
    for result, cover in zip(found, covers, strict=True):
        if 0 < result.numerator < 5:
            can_be = tables[:, cover].sum(axis=1)
            assert can_be.min() == 0 and can_be.max() >= 5, (
                result.organisation.name,
                result.segment,
            )
    for place, segment in left_out:  # what is not in the document must not follow from it either
        cover = covered(place, segment, cells)
        can_be = tables[:, cover].sum(axis=1)
        assert not 0 < can_be.min() == can_be.max() < 5, (place, segment)


def test_totals_in_between_that_nobody_shows_are_used(monitor_of):
    """The whole SWV beside every kind at every school: neither totals of schools nor of kinds."""
    cells = list(product(SCHOOLS, KINDS))
    monitor = monitor_of(
        things_of(dict(zip(cells, [2, 7, 8, 9, 6, 7], strict=True))),
        [("things", school, QUARTER) for school in SCHOOLS],
        locations={name: (board, None, None) for name, board in SCHOOLS.items()},
    )
    spots = [("SWV", ""), *((school, f"kind={kind}") for school, kind in cells)]
    found = [results.figure(monitor, "proef", place, QUARTER, "amount", s) for place, s in spots]
    shown = guard(monitor, found, Audience.BUITEN)
    assert shown.is_hidden(found[1])
    assert shown.hidden_count == 2


def test_a_number_nobody_shows_is_no_step_to_one_that_is_hidden(monitor_of):
    """L1 tells its own 5 of kind b, these tell the 5 of its board, and those the 1 of the other."""
    cells = list(product(SCHOOLS, KINDS))
    monitor = monitor_of(
        things_of(dict(zip(cells, [0, 5, 0, 0, 0, 1], strict=True))),
        [("things", school, QUARTER) for school in SCHOOLS],
        locations={name: (board, None, None) for name, board in SCHOOLS.items()},
    )
    spots = [("SWV", "kind=b"), ("B2", "kind=b"), ("L1", ""), ("L1", "kind=a"), ("L2", "kind=b")]
    found = [results.figure(monitor, "proef", place, QUARTER, "amount", s) for place, s in spots]
    shown = guard(monitor, found, Audience.BUITEN)
    assert shown.is_hidden(found[1])
    assert shown.hidden_count > 1


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SUPPRESSED)
@given(st.integers(0, 12), st.integers(1, 12))
def test_a_share_of_a_group_everybody_knows(monitor_of, counted, group):
    """Percentages are turned back into numbers with the size of a school."""
    counted = min(counted, group)
    monitor = monitor_of(
        [("part", "L1", QUARTER, None, None, counted, group, None, False)],
        [("things", school, QUARTER) for school in SCHOOLS],
    )
    result = results.figure(monitor, "proef", "L1", QUARTER, "part")
    hidden = guard(monitor, [result], Audience.BUITEN).is_hidden(result)
    assert hidden is any(0 < number < 5 for number in (counted, group - counted, group))
