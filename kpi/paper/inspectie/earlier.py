"""Rows that a later list no longer has: they are read from the earlier deliveries themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from data.database import read_rows
from data.deliveries.delivery import Delivery, Missing
from kpi.figure.monitor import Monitor
from kpi.formatting import short_date
from kpi.paper.inspectie.row import SPELLS, Key, RegistrationRow, exemption_row, spell_row

ARTICLES = {"onder_a": "art5_a", "onder_b": "art5_b", "onder_c": "art5_c"}
SOURCES = ("verzuim", "vrijstellingen")
DROPPED = "Laatst op de lijst van {day}"


class SeenRow(NamedTuple):
    """A row of a delivery, the last day that delivery speaks of, and its line in the ledger."""

    row: RegistrationRow
    last: date
    seq: int
    row_id: str


def dropped(
    monitor: Monitor, present: list[RegistrationRow], articles: tuple[str, ...]
) -> list[RegistrationRow]:
    """Rows of earlier deliveries that no row of now stands for.

    A row was corrected, not dropped, when its pupil stands in a later delivery for the same time
    with another date, kind or school that was not there before. A delivery that was wrong as a
    whole is undone, and then its rows are gone.
    """
    delivered = list(_delivered(monitor, articles))
    said = (row for delivery in monitor.deliveries.values() for row in delivery.missing)
    wrong = {row.row_id for row in said if row.answer == Missing.WRONG} | _another_counts(monitor)
    never = {seen.row.key for seen in delivered if seen.row_id in wrong}
    first: dict[Key, int] = {}
    for seen in delivered:
        first[seen.row.key] = min(first.get(seen.row.key, seen.seq), seen.seq)
    by_pupil: dict[str, list[RegistrationRow]] = {}
    for row in present:
        by_pupil.setdefault(row.pupil, []).append(row)
    schools = {item.organisation_id: item.school_type for item in monitor.organisations.values()}
    kept = []
    for row, last, seq, _ in delivered:
        same = by_pupil.setdefault(row.pupil, [])
        until_then = replace(row, end_on=row.end_on or last)  # what came after is another spell
        stands = any(
            other.key == row.key or (first[other.key] > seq and until_then.may_be(other))
            for other in same
        )
        if row.key in never:
            continue
        if not stands and row.counts_from <= last:  # or it did not count yet when it was last seen
            same.append(until_then)
            kept.append(replace(row, school_type=schools.get(row.location_id or "")))
    return kept


def _another_counts(monitor: Monitor) -> set[str]:
    """Rows of which was said that another row of the same pupil counts in their time."""
    if not monitor.database.has("two_rows"):
        return set()  # the tables of an earlier seal
    rows = monitor.database.rows("select row_id from two_rows where from_on is null")
    return {row["row_id"] for row in rows}


def _delivered(monitor: Monitor, articles: tuple[str, ...]) -> Iterator[SeenRow]:
    """Every row of every delivery; of the newest first, which knows most."""
    deliveries = sorted(
        (item for item in monitor.deliveries.values() if item.source in SOURCES),
        key=lambda item: (item.covers_to or date.max, item.seq),
        reverse=True,
    )
    for delivery in deliveries:
        for row in _rows_of(monitor, delivery):
            last = delivery.covers_to or row["start_on"]
            more = {"counted": False, "dropped": True,
                    "remark": DROPPED.format(day=short_date(last))}  # fmt: skip
            if delivery.source == "verzuim" and row["kind"] in SPELLS:
                permitted = {"ja": True, "nee": False}.get(row["permitted"] or "")
                yield SeenRow(spell_row(row, permitted, **more), last, delivery.seq, row["row_id"])
            elif ARTICLES.get(row.get("article") or "") in articles:
                found = exemption_row(row, ARTICLES[row["article"]], **more)
                yield SeenRow(found, last, delivery.seq, row["row_id"])


def _rows_of(monitor: Monitor, delivery: Delivery) -> Iterator[dict[str, Any]]:
    for row in read_rows(monitor.store.rows_path(delivery.delivery_id)):
        yield {name.removeprefix("birth_date_"): value for name, value in row.items()}
