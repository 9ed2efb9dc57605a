"""The same schools at two moments: the exact test, and what is said of one, few and many."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from made_series import means
from scipy import stats

from kpi.meaning.choices import Better, JudgedBy
from kpi.verdict import reasons
from kpi.verdict.paired import signed_rank
from kpi.verdict.router import judge
from kpi.verdict.series import Pair, Series
from kpi.verdict.verdict import Change, Method


def measured(steps, *, locations=30, better=Better.HIGHER, boards=()) -> Series:
    """Schools that moved by these steps, all from a 2.5; each of its own board if not given."""
    names = boards or [f"bestuur {place}" for place in range(len(steps))]
    series = means([[2.5] * 8, [2.6] * 8], better=better, judged_by=JudgedBy.PAIRED)
    points = tuple(replace(point, locations=locations) for point in series.points)
    before, after = points
    pairs = tuple(
        Pair(replace(before, value=2.5), replace(after, value=2.5 + step), board)
        for step, board in zip(steps, names, strict=True)
    )
    return replace(series, points=points, pairs=pairs)


def brute_force(steps, boards) -> float:
    """Every way the signs of whole boards could have been turned round, one by one."""
    moved = np.array(steps)
    ranks = stats.rankdata(np.abs(moved))
    centre, seen = ranks.sum() / 2, ranks[moved > 0].sum()
    names = sorted(set(boards))
    sums = []
    for turns in product((1, -1), repeat=len(names)):
        turn = dict(zip(names, turns, strict=True))
        signs = moved * np.array([turn[board] for board in boards])
        sums.append(ranks[signs > 0].sum())
    low, high = np.mean(np.array(sums) <= seen + 1e-9), np.mean(np.array(sums) >= seen - 1e-9)
    assert centre * 2 == ranks.sum()
    return min(1.0, 2 * float(min(low, high)))


STEPS = [
    (1, 2, 3, 4, 5, 6),
    (0.1, 0.1, -0.1, 0.2, 0.2, 0.3, -0.4, 0.5),
    (0.3, -0.2, 0.2, 0.2, -0.2, 0.1, 0.7),
    (-1, -1, -1, -1, -1, -1, -1),
    (0.5, -0.5, 0.5, -0.5, 0.5, -0.5),
]


@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("most", [3, 4, 99])
def test_the_test_counts_every_way_whole_boards_could_fall(steps, most):
    boards = [f"bestuur {place % most}" for place in range(len(steps))]
    assert signed_rank(steps, boards).probability == pytest.approx(brute_force(steps, boards))


def test_with_a_board_per_school_and_no_equal_steps_it_is_the_published_test():
    rng = np.random.default_rng(1)
    for _ in range(20):
        steps = rng.normal(0.3, 1, 25)
        expected = stats.wilcoxon(steps, method="exact").pvalue
        found = signed_rank(steps.tolist(), list(map(str, range(25))))
        assert found.probability == pytest.approx(expected)


def test_schools_of_one_board_count_as_one_voice():
    """Twelve that rise are six boards: once in 32 times by chance, and not once in 2048."""
    steps = [0.1 * place for place in range(1, 13)]
    boards = [f"bestuur {place % 6}" for place in range(12)]
    assert signed_rank(steps, boards).probability == pytest.approx(2 / 2**6)
    five = judge(measured(steps, boards=[f"bestuur {place % 5}" for place in range(12)]))
    assert (five.change, five.reason) == (Change.TOO_FEW, reasons.PAIRED_BOARDS)
    assert five.sentence == (
        "Van 12 scholen met twee metingen stegen er 12 en daalde er geen: "
        "te weinig voor een oordeel."
    )


def test_six_boards_are_enough_and_five_are_not():
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
    test = signed_rank(steps, list(map(str, range(31))))
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
