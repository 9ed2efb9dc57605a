"""The rows that are in no figure, told per file and location instead of one by one."""

from dataclasses import dataclass
from itertools import groupby

from kpi.figure.monitor import Monitor
from kpi.figure.uncounted import UncountedRow, uncounted


@dataclass(frozen=True)
class UncountedLine:
    """Rows of one file that are counted nowhere for the same reason; rows: how many, first: where.

    place is the location, topic the KPI or source they belong to, why a Dutch sentence.
    """

    file: str
    topic: str
    place: str
    why: str
    rows: int
    first: str


def uncounted_lines(monitor: Monitor) -> list[UncountedLine]:
    """One line per file, location and reason."""

    def same(row: UncountedRow) -> tuple[str, str, str, str]:
        return (row.file_name, row.topic, row.place, row.why)

    every = sorted(uncounted(monitor), key=lambda row: (same(row), row.sheet, row.row or 0))
    found = []
    for told, group in groupby(every, key=same):
        rows = list(group)
        first = f"{rows[0].sheet}, rij {rows[0].row}" if rows[0].row else ""
        found.append(UncountedLine(*told, rows=len(rows), first=first))
    return found
