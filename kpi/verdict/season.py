"""Season and dependence in quarterly counts."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np
from scipy import stats

SEASON_LEVEL = 0.01
YEARS_FOR_SEASON = 3


def without_season(values: Sequence[float], per_year: int) -> list[float]:
    """The values divided by the pattern of their quarter, when that pattern is clear.

    Clear means: at least three years and a Kruskal-Wallis test below 1 %. Otherwise the values
    come back unchanged: taking out a season that is not there hides real change.
    """
    plain = list(values)
    if per_year < 2 or len(plain) < YEARS_FOR_SEASON * per_year:
        return plain
    by_quarter = [plain[start::per_year] for start in range(per_year)]
    if len(set(plain)) < 2 or stats.kruskal(*by_quarter).pvalue >= SEASON_LEVEL:
        return plain
    centre = fmean(plain)
    pattern = [fmean(quarter) / centre for quarter in by_quarter]
    if min(pattern) <= 0:
        return plain
    return [value / pattern[place % per_year] for place, value in enumerate(plain)]


def dependence(values: Sequence[float]) -> float:
    """Correlation of neighbours (lag 1), 0 when there is nothing to correlate."""
    series = np.asarray(values, float) - fmean(values)
    total = float(series @ series)
    return float(series[1:] @ series[:-1]) / total if total else 0.0
