"""The same schools at two moments: every school is held against itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kpi.verdict import paired_sentences as say
from kpi.verdict import reasons
from kpi.verdict.findings import direction, no_verdict
from kpi.verdict.interval import LEVEL
from kpi.verdict.sentences import not_usable
from kpi.verdict.series import Series
from kpi.verdict.verdict import Change, Finding, Method

FEWEST_BOARDS = 6  # five that all move the same way still do so by chance once in sixteen times


class SignedRank(NamedTuple):
    """Two-sided chance of steps at least this lopsided when nothing changes; +1, 0 or -1."""

    probability: float
    direction: int


def judge_paired(series: Series) -> Finding:
    """Several schools: did they move together? One school: only the difference with itself."""
    if series.last.value is None or not (series.pairs or series.run):
        return no_verdict(Change.TOO_FEW, not_usable(series), reasons.NOT_USABLE)
    if series.last.locations <= 1:
        told = say.one_school(series)
        return no_verdict(Change.NOT_TESTED, told, reasons.PAIRED_ONE, Method.PAIRED)
    steps = [pair.step for pair in series.pairs]
    rose, fell = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    moved = [pair for pair in series.pairs if pair.step]
    if len({pair.board for pair in moved}) < FEWEST_BOARDS:
        reason = reasons.PAIRED if len(moved) < FEWEST_BOARDS else reasons.PAIRED_BOARDS
        told = say.few_schools(len(steps), rose, fell)
        return no_verdict(Change.TOO_FEW, told, reason, Method.PAIRED)
    test = signed_rank([pair.step for pair in moved], [pair.board for pair in moved])
    # Most schools must have moved that way too, or the sentence would contradict itself.
    if test.probability >= LEVEL or (rose - fell) * test.direction <= 0:
        told = say.same_schools(len(steps), rose, fell)
        return Finding(Method.PAIRED, Change.ORDINARY, told, reasons.PAIRED)
    told = say.schools_moved(series, len(steps), rose, fell, test.direction)
    return Finding(Method.PAIRED, direction(series, test.direction), told, reasons.PAIRED)


def signed_rank(steps: Sequence[float], boards: Sequence[str]) -> SignedRank:
    """Exact signed-rank test, also with equal steps; none of the steps is zero.

    Schools of one board are often assessed by one person, so that they move together: given the
    sizes of the steps the signs of a whole board are as likely as they are as turned round. The
    distribution of the sum of the ranks that go up is made board by board. Twice the smaller
    tail. Source: Wilcoxon 1945; with groups Datta and Satten 2008.
    """
    moved = np.array(steps)
    # twice the rank is whole, also the shared rank of equal steps
    _, size, equal = np.unique(np.abs(moved), return_inverse=True, return_counts=True)
    ranks = (2 * np.cumsum(equal) - equal + 1)[size]
    up, whole = int(ranks[moved > 0].sum()), int(ranks.sum())
    chances = np.ones(1)
    for board in dict.fromkeys(boards):
        own = np.array([board == one for one in boards])
        rise, fall = int(ranks[own & (moved > 0)].sum()), int(ranks[own & (moved < 0)].sum())
        turned = np.zeros(len(chances) + rise + fall)
        for step in (rise, fall):
            turned[step : step + len(chances)] += chances / 2
        chances = turned
    tail = min(float(chances[: up + 1].sum()), float(chances[up:].sum()))
    side = int(2 * up > whole) - int(2 * up < whole)
    return SignedRank(min(1.0, 2 * tail), side)
