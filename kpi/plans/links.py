"""The KPIs that a text names by number: "KPI 1 t/m 6" is six of them."""

import re
from collections.abc import Mapping

from kpi.meaning.kpi import Kpi

_BETWEEN = r"t/m|tot en met|[-–]"
_ALSO = r",\s*(?:en|&)?|;|en|&|/|\+"
_NAMED = re.compile(
    rf"\bKPI(?:['’]?s)?\s*((?:\d{{1,2}})(?:\s*(?:{_BETWEEN}|{_ALSO})\s*(?:KPI\s*)?\d{{1,2}}\b)*)",
    re.IGNORECASE,
)
_STEP = re.compile(rf"({_BETWEEN})|(\d{{1,2}})", re.IGNORECASE)


def kpi_numbers(text: str) -> tuple[int, ...]:
    """The numbers after the word KPI, in order and once: "KPI 1 t/m 3 en 6" → 1, 2, 3, 6."""
    found: list[int] = []
    for named in _NAMED.findall(text):
        from_there = False
        for between, digits in _STEP.findall(named):
            if digits:
                number = int(digits)
                found += range(found[-1] + 1, number + 1) if from_there and found else [number]
            from_there = bool(between)
    return tuple(sorted(set(found)))


def linked_kpis(text: str, kpis: Mapping[str, Kpi]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The ids of the KPIs that a text names, and the numbers that none of them has."""
    ids = {kpi.number: kpi.id for kpi in kpis.values()}
    numbers = kpi_numbers(text)
    known = tuple(ids[number] for number in numbers if number in ids)
    return known, tuple(number for number in numbers if number not in ids)
