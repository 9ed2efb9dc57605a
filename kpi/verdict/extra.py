"""Ordinary differences between years, on top of chance.

Pure chance (Poisson, binomial) is the least a count can vary. Real counts of one samenwerkings-
verband vary a little more: a larger year group, a municipality that registers better. Where a
method cannot learn that from the series itself, the spread between years is taken to be five
percent. For small counts it hardly matters (a count of 20 varies 5 % more than chance); it keeps
a test on hundreds of cases from calling every difference a signal. A trend over five years reckons
with more (`trend`): there one odd year weighs heavily.
"""

from __future__ import annotations

from math import sqrt

from scipy import special

EXTRA = 0.05


def dispersion(count: float, chance: float = 1.0) -> float:
    """How many times larger the variance of a count is than chance alone gives.

    chance: the variance that chance gives, in counts: 1 for a count, 1 − p for a share p.
    """
    return 1 + EXTRA**2 * count / chance


def widened(probability: float, factor: float) -> float:
    """A two-sided chance, when the variance is `factor` times that of chance alone."""
    if factor <= 1 or probability >= 1:
        return probability
    return float(2 * special.ndtr(special.ndtri(probability / 2) / sqrt(factor)))
