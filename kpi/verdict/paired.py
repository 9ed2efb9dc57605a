"""The same schools at two moments: every school is held against itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from kpi.verdict import paired_sentences as say
from kpi.verdict import reasons
from kpi.verdict.findings import direction, no_verdict
from kpi.verdict.interval import LEVEL
from kpi.verdict.sentences import not_usable
from kpi.verdict.series import Series
from kpi.verdict.verdict import Change, Finding, Method

FEWEST_SCHOOLS = 6  # five that all move the same way still do so by chance once in sixteen times


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
    if rose + fell < FEWEST_SCHOOLS:
        told = say.few_schools(len(steps), rose, fell)
        return no_verdict(Change.TOO_FEW, told, reasons.PAIRED, Method.PAIRED)
    test = signed_rank(steps)
    # Most schools must have moved that way too, or the sentence would contradict itself.
    if test.probability >= LEVEL or (rose - fell) * test.direction <= 0:
        told = say.same_schools(len(steps), rose, fell)
        return Finding(Method.PAIRED, Change.ORDINARY, told, reasons.PAIRED)
    told = say.schools_moved(series, len(steps), rose, fell, test.direction)
    return Finding(Method.PAIRED, direction(series, test.direction), told, reasons.PAIRED)


def signed_rank(steps: Sequence[float]) -> SignedRank:
    """Exact signed-rank test, also with equal steps; schools that did not move take no part.

    Given the sizes of the steps every sign is as likely up as down; the distribution of the sum of
    the ranks that go up is made rank by rank. Twice the smaller tail. Source: Wilcoxon 1945.
    """
    moved = np.array([step for step in steps if step])
    # twice the rank is whole, also the shared rank of equal steps
    ranks = np.rint(2 * stats.rankdata(np.abs(moved))).astype(int)
    chances = np.ones(1)
    for rank in ranks:
        chances = (np.pad(chances, (0, rank)) + np.pad(chances, (rank, 0))) / 2
    up, whole = int(ranks[moved > 0].sum()), int(ranks.sum())
    tail = min(float(chances[: up + 1].sum()), float(chances[up:].sum()))
    side = int(2 * up > whole) - int(2 * up < whole)
    return SignedRank(min(1.0, 2 * tail), side)
