"""Rows that were accepted and are in no figure: nothing that was handed in may vanish unseen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.database import quoted
from kpi.figure.calculate import inner_sql, observation_columns
from kpi.figure.monitor import Monitor
from kpi.meaning.load import Kpi

UNKNOWN = "Deze vestiging staat niet in de lijst van vestigingen."
UNTIMELY = (
    "Op deze dagen was de vestiging er niet, over die periode is niets geleverd, of het liep op "
    "geen enkele peildatum."
)
OTHER_KIND = "Dit soort school telt bij deze KPI niet mee."
WITHOUT = "Er staat geen vestiging bij."
OTHER_ROW = "Deze leerling telt in deze tijd met een andere regel."
NOT_WHOLE = "Niet elke soort staat erbij, dus het geheel van deze vestiging is niet bekend."


@dataclass(frozen=True)
class UncountedRow:
    """One row of a file that a KPI counts, at a place or time for which there is no figure.

    row is the row number in the spreadsheet; topic is the KPI that would count it, or the source;
    place is the name or code of the location; why is a
    Dutch sentence.
    """

    row_id: str
    file_name: str
    sheet: str
    row: int | None
    topic: str
    place: str
    why: str


def uncounted(monitor: Monitor) -> list[UncountedRow]:
    """Every such row, by file and row. A row that some figure of some KPI counts is not there."""
    return monitor.remember_figures(("uncounted",), lambda: _uncounted(monitor))


def _uncounted(monitor: Monitor) -> list[UncountedRow]:
    counted: set[str] = set()
    lost: dict[str, tuple[Kpi, str]] = {}
    for kpi in monitor.kpis.values():
        for row in _seen(monitor, kpi):
            if row["counted"]:
                counted.add(row["row_id"])
            else:
                lost.setdefault(row["row_id"], (kpi, row["organisation_id"] or ""))
    found = {
        row_id: _row(monitor, row_id, kpi.label, place, _why(monitor, kpi, place))
        for row_id, (kpi, place) in lost.items()
    }
    found_by = (
        _nowhere,
        _after_closing,
        _other_row_counts,
        _without_the_rest,
        _absent,
        _out_of_time,
    )
    for label, row, why in (one for find in found_by for one in find(monitor)):
        place = row["location_id"] or ""
        found.setdefault(row["row_id"], _row(monitor, row["row_id"], label, place, why))
    rest = (one for row_id, one in found.items() if row_id not in counted)
    return sorted(rest, key=lambda one: (one.file_name, one.sheet, one.row or 0))


def _seen(monitor: Monitor, kpi: Kpi) -> list[dict[str, Any]]:
    """Per row of a file that the KPI counts: whether any figure admits it, by coverage.sql."""
    if "row_id" not in observation_columns(monitor.database, kpi):
        return []
    return monitor.database.rows(
        f"""
        select
            observation.row_id,
            min(observation.organisation_id) as organisation_id,
            bool_or(coverage.observed > 0 and member.organisation_id is not null)
            -- what only divides waits for what it divides
            or (
                max(observation.numerator) = 0
                and min(observation.denominator) > 0
                and bool_or(member.organisation_id is not null)
            ) as counted
        from {inner_sql(kpi)} as observation
        left join kpi_coverage as coverage
            on coverage.kpi_id = ?
            and observation.measure = coverage.measure
            and observation.organisation_id = coverage.organisation_id
            and observation.period_id = coverage.period_id
        left join membership as member
            on observation.organisation_id = member.ancestor_id
            and observation.organisation_id = member.organisation_id
            and observation.period_id = member.period_id
        where observation.row_id is not null
        group by observation.row_id
        """,
        [kpi.id],
    )


def _nowhere(monitor: Monitor) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(source, row, why) of a location that has to be known and is not."""
    for source in monitor.sources.values():
        if "location_id" in source.columns and source.columns["location_id"].known:
            for row in monitor.database.rows(
                f"""
                select staged.row_id, staged.location_id
                from {quoted("stg_" + source.id)} as staged
                anti join organisation on staged.location_id = organisation.organisation_id
                where staged.location_id is not null
                """
            ):
                yield source.label, row, UNKNOWN


def _after_closing(monitor: Monitor) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(source, row, why) of what began after its location had closed and went up in nothing."""
    for source in monitor.sources.values():
        if not source.rows.ends_by or "location_id" not in source.columns:
            continue
        start = "start_on" if "start_on" in source.columns else source.delivery.dated_by
        for row in monitor.database.rows(
            f"""
            select staged.row_id, staged.location_id
            from {quoted("stg_" + source.id)} as staged
            inner join goes_on on staged.location_id = goes_on.location_id
            group by staged.row_id, staged.location_id, staged.{quoted(start)}
            having bool_and(coalesce(staged.{quoted(start)} > goes_on.to_on, false))
            """
        ):
            yield source.label, row, UNTIMELY


def _other_row_counts(monitor: Monitor) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(source, row, why) of which was said that another row of the same person counts."""
    for source in monitor.sources.values():
        if source.rows.asked_which:
            for row in monitor.database.rows(
                f"""
                select staged.row_id, staged.location_id
                from {quoted("stg_" + source.id)} as staged
                inner join two_rows on staged.row_id = two_rows.row_id
                where two_rows.from_on is null
                """
            ):
                yield source.label, row, OTHER_ROW


def _without_the_rest(monitor: Monitor) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(source, row, why) of numbers of a location of which another kind is not in the file.

    What a later list tells of the same location and time comes in their place.
    """
    for row in monitor.database.rows(
        """
        select row_thing.source, row_thing.row_id, row_thing.location_id
        from row_thing
        inner join delivery on row_thing.delivery_id = delivery.delivery_id
        anti join claim
            on row_thing.source = claim.source
            and row_thing.slot = claim.slot
            and row_thing.location_id = claim.location_id
            and delivery.seq <= claim.seq
        """
    ):
        yield monitor.sources[row["source"]].label, row, NOT_WHOLE


def _absent(monitor: Monitor) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(source, row, why not, if not) of every pupil at home: a KPI sees those in time only.

    One without a place falls wholly within another row of the same pupil.
    """
    if monitor.database.has("absence_piece"):
        for row in monitor.database.rows(
            """
            select distinct
                spell.row_id,
                spell.location_id,
                piece.row_id is not null as is_placed
            from absence_spell as spell
            left join absence_piece as piece on spell.row_id = piece.row_id
            where piece.row_id is null or piece.at_home
            """
        ):
            why = UNTIMELY if row["is_placed"] else OTHER_ROW
            yield monitor.sources["verzuim"].label, row, why


def _out_of_time(monitor: Monitor) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(KPI, row, why, if no figure counts it) of what is from before or after all that is known.

    A register goes back as far as its ends do: what never began, as a referral, may be older. And
    one about too early a quarter holds what left the lists before it began.
    """
    for kpi in monitor.kpis.values():
        topics = {topic for need in kpi.needs for topic in need.split("|")}
        for source in monitor.sources.values():
            register = source.delivery.spans == "all" and source.delivery.dated_by
            if not register or source.topic not in topics or "location_id" not in source.columns:
                continue
            for row in monitor.database.rows(
                f"""
                select staged.row_id, staged.location_id
                from {quoted("stg_" + source.id)} as staged
                inner join last_row on staged.row_id = last_row.row_id
                where staged.{quoted(source.delivery.dated_by)} > last_row.gone_on
                    or staged.{quoted(source.delivery.dated_by)} not in (select day from period_day)
                """
            ):
                yield kpi.label, row, UNTIMELY


def _row(monitor: Monitor, row_id: str, topic: str, place: str, why: str) -> UncountedRow:
    name, _, where = row_id.partition("#")
    sheet, _, number = where.rpartition("!")
    delivery, known = monitor.deliveries.get(name), monitor.organisations.get(place)
    return UncountedRow(
        row_id=row_id,
        file_name=delivery.file_name if delivery else "",
        sheet=sheet,
        row=int(number) if number.isdigit() else None,
        topic=topic,
        place=known.name if known else place,
        why=why,
    )


def _why(monitor: Monitor, kpi: Kpi, place: str) -> str:
    known = monitor.organisations.get(place)
    if not known:
        return UNKNOWN if place else WITHOUT
    kinds = {kind for measure in kpi.measures.values() for kind in measure.school_types}
    return OTHER_KIND if known.school_type and known.school_type not in kinds else UNTIMELY
