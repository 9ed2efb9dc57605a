"""The same schools at two moments: the exact test, and what is said of one, few and many."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from made_series import means
from scipy import stats

from kpi.meaning.choices import Better, JudgedBy
from kpi.verdict.paired import signed_rank
from kpi.verdict.router import judge
from kpi.verdict.series import Pair, Series
from kpi.verdict.verdict import Change, Method


def measured(steps, *, locations=30, better=Better.HIGHER) -> Series:
    """Schools that moved by these steps, all from a 2.5."""
    series = means([[2.5] * 8, [2.6] * 8], better=better, judged_by=JudgedBy.PAIRED)
    points = tuple(replace(point, locations=locations) for point in series.points)
    before, after = points
    pairs = tuple(
        Pair(replace(before, value=2.5), replace(after, value=2.5 + step)) for step in steps
    )
    return replace(series, points=points, pairs=pairs)


def brute_force(steps) -> float:
    """Every way the signs could have fallen, one by one."""
    moved = np.array([step for step in steps if step])
    ranks = stats.rankdata(np.abs(moved))
    centre, seen = ranks.sum() / 2, ranks[moved > 0].sum()
    far = [
        abs(ranks @ np.array(ups) - centre) >= abs(seen - centre) - 1e-9
        for ups in product((0, 1), repeat=len(moved))
    ]
    return float(np.mean(far))


@pytest.mark.parametrize(
    "steps",
    [
        (1, 2, 3, 4, 5, 6),
        (0.1, 0.1, -0.1, 0.2, 0.2, 0.3, -0.4, 0.5),
        (0.3, 0.0, -0.2, 0.2, 0.2, -0.2, 0.1, 0.0, 0.7),
        (-1, -1, -1, -1, -1, -1, -1),
        (0.5, -0.5, 0.5, -0.5, 0.5, -0.5),
    ],
)
def test_the_test_counts_every_way_the_signs_could_fall(steps):
    assert signed_rank(steps).probability == pytest.approx(brute_force(steps))


def test_without_equal_steps_it_is_the_published_test():
    rng = np.random.default_rng(1)
    for _ in range(20):
        steps = rng.normal(0.3, 1, 25)
        expected = stats.wilcoxon(steps, method="exact").pvalue
        assert signed_rank(steps.tolist()).probability == pytest.approx(expected)


def test_nothing_moved():
    assert signed_rank([0.0, 0.0]) == (1.0, 0)


def test_six_schools_are_enough_and_five_are_not():
    """Five that all rise do so by chance once in sixteen times, six once in 32."""
    six = judge(measured([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]))
    assert (six.method, six.change) == (Method.PAIRED, Change.BETTER)
    assert six.sentence == (
        "Aantoonbaar hoger: van 6 scholen met twee metingen stegen er 6 en daalde er geen."
    )
    five = judge(measured([0.1, 0.2, 0.3, 0.4, 0.5, 0.0]))
    assert (five.method, five.change) == (Method.PAIRED, Change.TOO_FEW)
    assert five.sentence == (
        "Van 6 scholen met twee metingen stegen er 5 en daalde er geen: te weinig voor een oordeel."
    )


def test_bad_news_comes_with_advice():
    found = judge(measured([-0.1, -0.2, -0.3, -0.4, -0.5, -0.6, -0.7, 0.1]))
    assert found.change is Change.WORSE
    assert found.sentence == (
        "Aantoonbaar lager: van 8 scholen met twee metingen steeg er 1 en daalden er 7. "
        "Zoek eerst de oorzaak, dan de actie."
    )


def test_schools_that_move_both_ways_are_no_change():
    found = judge(measured([0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7]))
    assert (found.method, found.change) == (Method.PAIRED, Change.ORDINARY)
    assert found.sentence == (
        "Geen aantoonbare verandering: van 7 scholen met twee metingen stegen er 4 en daalden er 3."
    )


def test_large_steps_of_few_do_not_outvote_the_many():
    """A sentence that says lower while most rose would not be believed."""
    steps = [0.1] * 16 + [-1.0 - place for place in range(15)]
    test = signed_rank(steps)
    assert test.probability < 0.05 and test.direction == -1
    assert judge(measured(steps)).change is Change.ORDINARY


def test_what_differs_by_rounding_only_did_not_move():
    found = judge(measured([0.1 + 0.2 - 0.3] * 9))
    assert found.change is Change.TOO_FEW


def test_one_school_shows_its_difference_without_a_test():
    series = measured([0.3], locations=1)
    found = judge(series)
    assert (found.method, found.change) == (Method.PAIRED, Change.NOT_TESTED)
    assert found.sentence == "Nu 2,6: +0,1 punt ten opzichte van 2000-2001."
    alone = judge(replace(series, pairs=()))
    assert alone.sentence == "Nu 2,6; er is nog geen eerdere meting van deze school."


def test_without_pairs_nothing_is_said_of_several_schools():
    found = judge(measured([]))
    assert found.sentence == "Nog geen school heeft twee metingen om te vergelijken."
    missing = measured([])
    gone = replace(missing.points[1], value=None, usable=False, why_not="er is niet geleverd")
    silent = judge(replace(missing, points=(missing.points[0], gone)))
    assert silent.sentence == "Nog geen oordeel: er is niet geleverd."
