"""Figures for others: JSON with every column, and CSV that a Dutch Excel opens safely."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from kpi.figure.result import KpiResult

# A cell that starts like this is run as a formula by Excel.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def figure_dict(result: KpiResult, is_demo: bool = False) -> dict[str, Any]:
    """All columns of kpi_value with the texts that go with them; demo says it is made up."""
    return {
        "demo": is_demo,
        "kpi_id": result.kpi.id,
        "kpi_label": result.kpi.label,
        "measure": result.measure.id,
        "measure_label": result.measure.label,
        "organisation_id": result.organisation.organisation_id,
        "organisation_name": result.organisation.name,
        "organisation_type": result.organisation.organisation_type,
        "period_id": result.period.period_id,
        "period_type": result.period.period_type,
        "period_label": result.period.label,
        "segment": result.segment,
        "segment_label": result.segment_label,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "denominator_more": result.denominator_more,
        "numerator_more": result.numerator_more,
        "squares": result.squares,
        "group_squares": result.group_squares,
        "group_sizes": result.group_sizes,
        "value": result.value,
        "unit": result.unit,
        "value_text": result.value_text,
        "state": result.state.value,
        "observed": result.observed,
        "expected": result.expected,
        "coverage_text": result.coverage_text,
        "provisional": result.provisional,
        "partial": result.partial,
        "definition_version": result.definition_version,
        "is_break": result.is_break,
        "other_source": result.other_source,
        "previous_period_id": result.previous_period and result.previous_period.period_id,
        "previous_value": result.previous,
        "comparable": result.comparable,
        "not_comparable_reason": result.not_comparable_reason,
        "change": result.change,
        "change_text": result.change_text,
        "target": result.target,
        "target_text": result.target_text,
        "target_kind": result.target_rule and result.target_rule.kind.value,
        "gap": result.gap,
        "gap_units": result.gap_units,
        "gap_text": result.gap_text,
        "reached": result.reached,
        "as_of": result.as_of,
        "delivered_on": result.delivered_on,
        "late": result.late,
        "deliveries": list(result.deliveries),
    }


def figures_csv(results: Iterable[KpiResult], is_demo: bool = False) -> str:
    """Semicolons, decimal commas, one line per figure; texts can never start a formula."""
    return table_csv([figure_dict(result, is_demo) for result in results])


def table_csv(rows: list[dict[str, Any]]) -> str:
    """Rows with the same keys as CSV text. Write a file of it as utf-8-sig, for Excel."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0].keys())
    writer.writerows([csv_cell(value) for value in row.values()] for row in rows)
    return output.getvalue()


def csv_cell(value: object) -> str:
    """One value as a cell of a Dutch CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | float):
        # In full and exact: never 1e+16, never a rounded figure.
        return format(Decimal(repr(value)), "f").replace(".", ",")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return csv_cell(" ".join(map(str, value)))
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
