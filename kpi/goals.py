"""Several agreements on one KPI in a few words, for a row that has room for one line."""

from collections.abc import Sequence

from kpi import formatting
from kpi.result import KpiResult


def met_text(found: Sequence[KpiResult]) -> str:
    """ "3 doelen op onderdelen, 1 gehaald"; what cannot be compared yet is not counted as met."""
    if not found:
        return ""
    met = sum(result.reached is True for result in found)
    return f"{formatting.count(len(found), 'doelen')}, {formatting.number(met)} gehaald"
