"""How a figure came about: its definition, its SQL, the deliveries and the very rows counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.database import literal, quoted
from data.source import Source
from kpi.figure.calculate import day_sql, inner_sql, observation_columns, up_to_sql
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.meaning.choices import SplitDenominator

# What the import makes of a column, and what we call it; "" takes the name of the column.
MADE_OF = {
    "_compulsory_until": "Leerplichtig tot en met",
    "_qualification_until": "Kwalificatieplichtig tot en met",
    "_mark": "",
}
ROW_COLUMNS = ("row_id", "delivery_id", "sheet", "row_number", "_slot")


@dataclass(frozen=True)
class UsedDelivery:
    """A delivery behind a figure; rows: how many of its rows the figure counts."""

    delivery_id: str
    file_name: str
    source: str
    source_label: str
    delivered_on: date
    author: str
    rows: int


@dataclass(frozen=True)
class CountedRow:
    """One row of a file and what it adds to numerator and denominator.

    numerator_more: how much more it can be, because the row holds only a mark (<5).

    row is the row number in the spreadsheet; values are the stored columns by their Dutch label.
    row_id, file_name, sheet and row are empty when it is not one row of one file.
    """

    row_id: str
    file_name: str
    sheet: str
    row: int | None
    organisation_id: str
    numerator: float
    numerator_more: float
    denominator: float
    values: dict[str, Any]


@dataclass(frozen=True)
class Explanation:
    """A figure with everything it rests on. Without `row_id` in kpi.sql there are no rows."""

    result: KpiResult
    sql: str
    deliveries: tuple[UsedDelivery, ...]
    rows: tuple[CountedRow, ...]

    @property
    def definition(self) -> dict[str, str]:
        """What was counted, in words: Dutch heading → text."""
        kpi, measure = self.result.kpi, self.result.measure
        texts = {
            "Vraag": kpi.question,
            "Teller": measure.numerator,
            "Noemer": measure.denominator,
            "Telt mee": kpi.counts,
            "Telt niet mee": kpi.not_counts,
            "Bron": kpi.source_note,
        }
        return {heading: text for heading, text in texts.items() if text}


def explain(monitor: Monitor, result: KpiResult) -> Explanation:
    """Everything behind one figure."""
    counted = _observations(monitor, result)
    rows = _with_their_cells(monitor, counted)
    per_delivery: dict[str, int] = {}
    for row_id in {row.row_id for row in rows}:
        name = row_id.partition("#")[0]
        per_delivery[name] = per_delivery.get(name, 0) + 1
    used = [
        UsedDelivery(
            delivery_id=name,
            file_name=delivery.file_name,
            source=delivery.source,
            source_label=monitor.sources[delivery.source].label,
            delivered_on=delivery.received_on,
            author=delivery.author,
            rows=per_delivery.get(name, 0),
        )
        for name in dict.fromkeys([*result.deliveries, *per_delivery])
        if (delivery := monitor.deliveries.get(name))
    ]
    return Explanation(result, result.kpi.sql, tuple(used), rows)


def _observations(monitor: Monitor, result: KpiResult) -> list[dict[str, Any]]:
    """The rows of kpi.sql that the roll-up added up for this figure."""
    kpi = result.kpi
    columns = observation_columns(monitor.database, kpi)
    if "row_id" not in columns:
        return []
    parts = kpi.segment_parts(result.segment)
    more = "numerator_more" if "numerator_more" in columns else "0"
    divided = {
        name: code
        for name, code in parts.items()
        if kpi.segments[name].denominator is SplitDenominator.SEGMENT
    }
    return monitor.database.rows(
        f"""
        select
            observation.row_id,
            observation.organisation_id,
            case when {_fits(parts)} then observation.numerator else 0 end as numerator,
            case when {_fits(parts)} then observation.more else 0 end as numerator_more,
            observation.denominator
        from (
            select *, {more} as more, {day_sql(columns)} as board_day,
                {up_to_sql(columns)} as highest
            from {inner_sql(kpi)} as observed
        ) as observation
        inner join kpi_upward as member
            on observation.period_id = member.period_id
            and observation.organisation_id = member.organisation_id
            and observation.board_day is not distinct from member.day
            and case member.ancestor_type
                when 'swv' then coalesce(observation.highest, 'swv') = 'swv'
                when 'bestuur' then coalesce(observation.highest, 'swv') <> 'locatie'
                else coalesce(observation.highest, 'swv') <> 'alleen_bestuur'
            end
        inner join kpi_coverage as coverage
            on coverage.kpi_id = ?
            and observation.measure = coverage.measure
            and observation.organisation_id = coverage.organisation_id
            and observation.period_id = coverage.period_id
            and coverage.observed > 0
        where observation.measure = ?
            and observation.period_id = ?
            and member.ancestor_id = ?
            and ({_fits(parts)} or (observation.denominator <> 0 and {_fits(divided)}))
        order by
            observation.organisation_id,
            observation.row_id
        """,
        [
            kpi.id,
            result.measure.id,
            result.period.period_id,
            result.organisation.organisation_id,
        ],
    )


def _fits(parts: dict[str, str]) -> str:
    """SQL that holds for the rows of these segments."""
    conditions = [f"observation.{quoted(name)} = {literal(code)}" for name, code in parts.items()]
    return f"({' and '.join(conditions)})" if conditions else "true"


def _with_their_cells(monitor: Monitor, counted: list[dict[str, Any]]) -> tuple[CountedRow, ...]:
    cells = _cells(monitor, {row["row_id"] for row in counted if row["row_id"]})
    rows = []
    for row in counted:
        row_id = row["row_id"] or ""
        found = cells.get(row_id, {})
        delivery = monitor.deliveries.get(found.get("delivery_id", ""))
        rows.append(
            CountedRow(
                row_id=row_id,
                file_name=delivery.file_name if delivery else "",
                sheet=found.get("sheet") or "",
                row=found.get("row_number"),
                organisation_id=row["organisation_id"],
                numerator=float(row["numerator"]),
                numerator_more=float(row["numerator_more"] or 0),
                denominator=float(row["denominator"]),
                values=found.get("values", {}),
            )
        )
    return tuple(rows)


def _cells(monitor: Monitor, row_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Per row id its place in the file and its stored columns, looked up once per source."""
    by_source: dict[str, list[str]] = {}
    for row_id in row_ids:
        delivery = monitor.deliveries.get(row_id.partition("#")[0])
        if delivery:
            by_source.setdefault(delivery.source, []).append(row_id)
    found = {}
    for name, wanted in by_source.items():
        source = monitor.sources[name]
        for row in monitor.database.rows(
            f"select * from {quoted('stg_' + name)} where list_contains(?, row_id)", [wanted]
        ):
            values = {
                _label(source, column): value
                for column, value in row.items()
                if column not in ROW_COLUMNS and value is not None
            }
            found[row["row_id"]] = {**row, "values": values}
    return found


def _label(source: Source, column: str) -> str:
    """The Dutch name of a stored column, also of one that was made of another."""
    for ending, text in MADE_OF.items():
        whole = column.removesuffix(ending)
        if whole != column and whole in source.columns:
            return text or f"{source.columns[whole].label} (teken)"
    return source.columns[column].label if column in source.columns else column
