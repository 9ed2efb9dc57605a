"""The rows of the registration: every spell and exemption since the start, as on a count date.

Rows come from the tables the figures come from. The Inspectie wants them to stay, also when a later
list of the same school year no longer has them; those come from the earlier deliveries themselves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data.calendar import Period
from data.database import read_rows
from data.delivery import Delivery
from kpi.formatting import short_date
from kpi.monitor import Monitor
from kpi.report.inspectie.layout import Layout

LONGER_THAN = timedelta(days=29)  # LRV counts from 29 days after its first day, as in kpi.sql
ARTICLES = {"onder_a": "art5_a", "onder_b": "art5_b", "onder_c": "art5_c"}
SPELLS = ("av", "lrv")
SOURCES = ("verzuim", "vrijstellingen")
DROPPED = "Laatst op de lijst van {day}"
DERIVED = "Einddatum afgeleid"


@dataclass(frozen=True)
class Row:
    """One spell (AV, LRV) or exemption, as it stood on the count date.

    `pupil` is the stored code; it never leaves, see kpi.report.inspectie.keys. Dates after the
    count date are not known yet: None. counted: whether its school handed in a list of this
    quarter, so that the row is in the figures. dropped: no longer on the list that counts now.
    """

    pupil: str
    kind: str
    start_on: date
    counts_from: date
    end_on: date | None = None
    sub_kind: str | None = None
    permitted: bool | None = None
    offer: bool | None = None
    offer_on: date | None = None
    end_reason: str | None = None
    location_id: str | None = None
    school_type: str | None = None
    municipality: str | None = None
    compulsory_until: date | None = None
    qualification_until: date | None = None
    counted: bool = True
    dropped: bool = False
    remark: str = ""

    @property
    def is_spell(self) -> bool:
        """A spell of absence, not an exemption."""
        return self.kind in SPELLS

    def overlaps(self, other: "Row") -> bool:
        """Whether both can be the same pupil at home at the same time, written down twice."""
        return (
            self.pupil == other.pupil
            and (self.kind == other.kind or (self.is_spell and other.is_spell))
            and (self.end_on is None or other.start_on <= self.end_on)
            and (other.end_on is None or self.start_on <= other.end_on)
        )


def registration(monitor: Monitor, quarter: Period, layout: Layout) -> list[Row]:
    """Every row that is in the registration on the last day of a quarter, in no set order."""
    # a quarter that closes in September holds days of before the school year
    first = monitor.calendar.quarter(int(layout.first_school_year[:4]), 1).start_on
    listed = _listed(monitor, quarter)
    found = [
        replace(row, counted=row.location_id in listed) if row.is_spell and not row.dropped else row
        for row in _ever(monitor, layout.exemptions)
    ]
    return [_as_on(row, quarter.end_on) for row in found if _belongs(row, first, quarter.end_on)]


def _ever(monitor: Monitor, articles: tuple[str, ...]) -> list[Row]:
    """Every row of every quarter; read once, because the files do not change."""

    def read() -> list[Row]:
        present = [*_spells(monitor), *_exemptions(monitor, articles)]
        return [*present, *_dropped(monitor, present, articles)]

    return monitor.remember_figures(("registration", articles), read)


def _belongs(row: Row, first: date, last: date) -> bool:
    if row.kind == "lrv" and row.end_on and row.end_on <= row.counts_from:
        return False  # back within four weeks
    return row.counts_from <= last and (row.end_on is None or row.end_on >= first)


def _as_on(row: Row, day: date) -> Row:
    """What is known on a day: what ends later goes on, an offer of later is not there yet."""
    if row.end_on and row.end_on > day:
        row = replace(row, end_on=None, end_reason=None, remark=row.remark.replace(DERIVED, ""))
    if row.offer and row.offer_on and row.offer_on > (row.end_on or day):
        row = replace(row, offer=False, offer_on=None)
    return row


def _listed(monitor: Monitor, quarter: Period) -> set[str]:
    """The locations of the SWV that handed in a list of pupils for this quarter."""
    found = monitor.database.rows(
        """
        select distinct delivered.organisation_id
        from delivered
        inner join kpi_membership as member
            on delivered.organisation_id = member.organisation_id
            and delivered.period_id = member.period_id
        where delivered.topic = 'absence' and delivered.period_id = ? and member.ancestor_id = ?
        """,
        [quarter.period_id, monitor.swv.organisation_id],
    )
    return {row["organisation_id"] for row in found}


def _spells(monitor: Monitor) -> Iterator[Row]:
    rows = monitor.database.rows(
        """
        select spell.*, staged.end_on as own_end_on
        from absence_spell as spell
        inner join stg_verzuim as staged on spell.row_id = staged.row_id
        where spell.kind in ('av', 'lrv')
        """
    )
    for row in rows:
        derived = row["end_on"] and not row["own_end_on"]
        yield _spell(row, row["permitted"], remark=DERIVED if derived else "")


def _spell(row: dict[str, Any], permitted: bool | None, **more: Any) -> Row:  # noqa: ANN401
    wait = LONGER_THAN if row["kind"] == "lrv" else timedelta()
    return Row(
        pupil=row["pupil_id"],
        kind=row["kind"],
        start_on=row["start_on"],
        counts_from=row["start_on"] + wait,
        end_on=row["end_on"],
        sub_kind=row["sub_kind"],
        permitted=permitted,
        offer=row["offer"],
        offer_on=row["offer_on"],
        end_reason=row["end_reason"],
        location_id=row["location_id"],
        school_type=row.get("school_type"),
        compulsory_until=row.get("compulsory_until"),
        qualification_until=row.get("qualification_until"),
        **more,
    )


def _exemptions(monitor: Monitor, articles: Iterable[str]) -> Iterator[Row]:
    rows = monitor.database.rows(
        "select * from exemption where list_contains(?, article)", [list(articles)]
    )
    for row in rows:
        yield _exemption(row, row["article"])


def _exemption(row: dict[str, Any], article: str, **more: Any) -> Row:  # noqa: ANN401
    return Row(
        pupil=row["pupil_id"],
        kind=article,
        start_on=row["start_on"],
        counts_from=row["start_on"],
        end_on=row["end_on"],
        municipality=row["municipality_code"],
        **more,
    )


# What a later list of the same school year no longer has


def _dropped(monitor: Monitor, present: list[Row], articles: tuple[str, ...]) -> list[Row]:
    """Rows of earlier deliveries that no row of now stands for.

    A pupil who now stands there with another date, kind or school at the same time was corrected,
    not dropped. A delivery that was wrong as a whole is undone, and then its rows are gone.
    """
    by_pupil: dict[str, list[Row]] = {}
    for row in present:
        by_pupil.setdefault(row.pupil, []).append(row)
    schools = {item.organisation_id: item.school_type for item in monitor.organisations.values()}
    kept = []
    for row, last in _delivered(monitor, articles):
        seen = replace(row, end_on=row.end_on or last)  # what came after that is another spell
        same = by_pupil.setdefault(row.pupil, [])
        if not any(seen.overlaps(other) for other in same):
            same.append(seen)
            kept.append(replace(row, school_type=schools.get(row.location_id or "")))
    return kept


def _delivered(monitor: Monitor, articles: tuple[str, ...]) -> Iterator[tuple[Row, date]]:
    """Every row of every delivery with the last day it speaks of; the newest, which knows most,
    first."""
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
                found = _spell(row, permitted, **more)
            elif ARTICLES.get(row.get("article") or "") in articles:
                found = _exemption(row, ARTICLES[row["article"]], **more)
            else:
                continue
            if found.counts_from <= last:  # or it did not count yet when it was last seen
                yield found, last


def _rows_of(monitor: Monitor, delivery: Delivery) -> Iterator[dict[str, Any]]:
    for row in read_rows(monitor.store.rows_path(delivery.delivery_id)):
        yield {name.removeprefix("birth_date_"): value for name, value in row.items()}
