"""Short ways to make a `Finding`."""

from __future__ import annotations

from kpi.meaning.choices import Better
from kpi.verdict import reasons, words
from kpi.verdict import sentences as say
from kpi.verdict.series import Series
from kpi.verdict.verdict import Change, Finding, Method


def no_verdict(change: Change, sentence: str, reason: str, method: Method = Method.NONE) -> Finding:
    """No test was done: too few figures, or a figure that cannot be tested."""
    return Finding(method, change, sentence, reason)


def no_comparison(series: Series) -> Finding:
    """There is a figure, but nothing to hold it against."""
    return no_verdict(Change.TOO_FEW, say.no_comparison(series), reasons.NO_COMPARISON)


def direction(series: Series, side: float) -> Change:
    """The word for a real change: better or worse, or only up or down without a good side."""
    if series.better in (Better.NEUTRAL, Better.BAND):
        return Change.UP if side > 0 else Change.DOWN
    return Change.WORSE if words.is_bad(series, side) else Change.BETTER
