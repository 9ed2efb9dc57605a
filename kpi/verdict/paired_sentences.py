"""Every sentence about the same schools at two moments: Dutch, at most 25 words."""

from __future__ import annotations

from kpi import formatting as fmt
from kpi.verdict import words
from kpi.verdict.sentences import difference_with
from kpi.verdict.series import Series


def one_school(series: Series) -> str:
    """One school has no others beside it: its difference is shown and not judged."""
    if series.pairs:
        return difference_with(series, series.pairs[0].before)
    return f"Nu {words.value(series, series.last)}; er is nog geen eerdere meting van deze school."


def few_schools(schools: int, rose: int, fell: int) -> str:
    """Too few schools moved for a test."""
    if not schools:
        return "Nog geen school heeft twee metingen om te vergelijken."
    return f"{_capital(_moved(schools, rose, fell))}: te weinig voor een oordeel."


def same_schools(schools: int, rose: int, fell: int) -> str:
    """They moved, but not together."""
    return f"Geen aantoonbare verandering: {_moved(schools, rose, fell)}."


def schools_moved(series: Series, schools: int, rose: int, fell: int, side: int) -> str:
    """Together they moved one way."""
    told = f"Aantoonbaar {words.than(side)}: {_moved(schools, rose, fell)}."
    return told + words.advice(series, side)


def _moved(schools: int, rose: int, fell: int) -> str:
    up, down = _some(rose, "steeg", "stegen"), _some(fell, "daalde", "daalden")
    return f"van {fmt.count(schools, 'scholen')} met twee metingen {up} en {down}"


def _some(count: int, one: str, many: str) -> str:
    if count > 1:
        return f"{many} er {fmt.number(count)}"
    return f"{one} er {count or 'geen'}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
