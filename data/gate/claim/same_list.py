"""The list of another period handed in once more: every row is the same, so nothing happened?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from data.calendar import Calendar
from data.database import read_rows
from data.deliveries.delivery import Delivery
from data.deliveries.store import Store
from data.gate.claim.said import ClaimDoubt, ListHistory
from data.source import Source

SHORT = 1  # of a list with so few rows it is no wonder that nothing changed
YEAR = timedelta(days=365)
# What happens three times a quarter by chance happens not at all in one quarter of twenty.
BUSY = 12


def same_rows(
    store: Store,
    source: Source,
    period: str,
    columns: Mapping[str, Sequence[Any]],
    earlier: Sequence[Delivery],
) -> Delivery | None:
    """The last of the `earlier` deliveries for another period that has exactly these rows."""
    rules = source.delivery
    count = len(next(iter(columns.values()), ()))
    if not period or rules.period_column or count <= SHORT:
        return None  # rows that name their own period say nothing about another one
    rows = Counter(zip(*(columns[name] for name in source.stored), strict=True))
    for found in reversed(earlier):
        if found.period == period or found.rows != count:
            continue
        held = read_rows(store.rows_path(found.delivery_id))
        if Counter(tuple(row.get(name) for name in source.stored) for row in held) == rows:
            return found
    return None


def same_list(
    source: Source, history: ListHistory, columns: Mapping[str, Sequence[Any]], calendar: Calendar
) -> Iterator[ClaimDoubt]:
    """The same rows as for another period, of a list in which something should have happened."""
    same = history.same
    if not same or (source.delivery.spans == "all" and not _busy(source, columns, same)):
        return
    nothing = "geen enkele regel is anders"
    if source.rows.ends_by:
        nothing = "niets begon en niets eindigde"
    elif source.delivery.dated_by:
        nothing = "er kwam niets bij"
    yield ClaimDoubt(
        "sure",
        f"Deze lijst is precies dezelfde als die van {calendar.parse(same.period).label} "
        f"(“{same.file_name}”): {nothing}. Klopt dat? Is dit een vergissing, lees dan het goede "
        "bestand in.",
    )


def _busy(source: Source, columns: Mapping[str, Sequence[Any]], same: Delivery) -> bool:
    """Whether so much began or ended in the year before that a quarter of nothing is strange.

    A register is handed in whole every time; of a small one it is normal that nothing changed.
    """
    last = same.covers_to
    names = {source.delivery.dated_by, source.rows.ends_by} - {""}
    days: list[date] = [day for name in names for day in columns[name] if day]
    return last is not None and sum(last - YEAR < day <= last for day in days) >= BUSY
