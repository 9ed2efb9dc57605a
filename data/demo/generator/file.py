"""One file of the made-up SWV, and the stretch of time a list holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.demo.generator.world import (
    FIRST_YEAR,
    KNOWN_UNTIL,
    LAST_YEAR,
    label,
    quarter_ends,
    quarter_start,
)
from data.demo.generator.write import Row

Said = tuple[tuple[str, str | bool | date], ...]
WHOLE_SWV: Said = (("speaks_for", "swv"),)
WHOLE_BOARD: Said = (("speaks_for", "boards"),)
THESE_SCHOOLS: Said = (("speaks_for", "locations"),)
MORE: Said = (("second", "vult_aan"),)
SURE: Said = (("sure", True),)
FROM_THE_START: Said = (("since", date(FIRST_YEAR, 8, 1)),)
LATEST_KIND: Said = (("at_once", "laatste"),)
LATEST_ROW: Said = (("two_rows", "laatste"),)
BUREAU = "Bureau SWV (demo)"


@dataclass(frozen=True)
class DemoFile:
    """One file as handed in: what it is, for which period ("" = none) and by whom.

    says: what its giver answered when it was handed in, by field of `data.gate.claim.Answers`.
    """

    name: str
    source: str
    period: str
    rows: list[Row]
    author: str = BUREAU
    sheet: str = "Export"
    encoding: str = "cp1252"
    says: Said = ()


@dataclass(frozen=True)
class Window:
    """What one delivery of a register holds: from 1 July to the last known day."""

    year: int
    first: date
    last: date
    period: str


def windows() -> list[Window]:
    """A window per school year; of the running year only the first quarter."""
    found = [
        Window(year, date(year, 7, 1), date(year + 1, 6, 30), f"{label(year)}-k4")
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ]
    last = LAST_YEAR + 1
    return [*found, Window(last, date(last, 7, 1), KNOWN_UNTIL, f"{label(last)}-k1")]


def window_to(last: date) -> Window:
    """What is known of a school year on a count date in it."""
    period = next(name for name, _, end in quarters() if end == last)
    year = int(period[:4])
    return Window(year, date(year, 7, 1), last, period)


def gone(answer: str) -> Said:
    """What became of rows that stood on the list before and not on this one."""
    return (("missing", answer),)


def quarters() -> list[tuple[str, date, date]]:
    """(period id, first day, last day) of every quarter."""
    return [
        (_quarter_id(end), quarter_start(end), end) for end in quarter_ends()
    ]  # fmt: skip


def _quarter_id(end: date) -> str:
    """30 September closes k1 of the school year that has just begun."""
    number = {9: 1, 12: 2, 3: 3, 6: 4}[end.month]
    return f"{label(end.year if end.month >= 9 else end.year - 1)}-k{number}"
