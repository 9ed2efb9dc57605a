"""The table of the overview: one row per KPI, from the figure to how sure we are of it."""

from datetime import date

from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.span import known_by, recent
from kpi.formatting import short_date
from kpi.view.overview import Line, Overview, overview
from pages.shared import commentary, commitments
from pages.shared.figure_cells import coverage_cell, line, target_cell, value_cell
from pages.shared.table import Row
from pages.shared.text import lines, link, soft, together
from pages.shared.verdicts import change_cell, confidence_cell, goal_cell, small
from pages.shared.view import View


def filled(monitor: Monitor, view: View) -> tuple[Overview, list[Row]]:
    """What the overview says, and its rows."""
    found = overview(monitor, view.organisation.organisation_id, view.quarter)
    on = view.meeting_day(monitor)
    return found, [_row(monitor, item, view, on) for item in found.lines]


def _row(monitor: Monitor, item: Line, view: View, on: date) -> Row:
    result, kpi = item.result, item.result.kpi
    series = results.trend(monitor, kpi.id, view.organisation.organisation_id)
    until = f"tot {short_date(result.as_of)}" if result.as_of else ""
    return {
        "KPI": lines(
            link(f"{kpi.number} {kpi.label}", view.link("kpi", kpi.id)), small(result.measure.label)
        ),
        "Nu": lines(value_cell(result), together(small(result.when_short))),
        "Doelpad en verschil": _target(item),
        "Verloop, 3 jaar": line(kpi.label, recent(known_by(series, view.quarter))),
        "Verandering": change_cell(item),
        "Doel haalbaar?": goal_cell(item),
        "Duiding": lines(
            commentary.cell(monitor, item, view.quarter.period_id),
            commitments.cell(monitor, on, kpi.id),
        ),
        "Zeker?": confidence_cell(item.verdict.confidence),
        "Compleet": together(lines(coverage_cell(result), small(until))),
    }


def _target(item: Line) -> str:
    """The target of this measure, or that there are some on other measures of the KPI."""
    if item.result.target is not None or not item.targeted:
        return target_cell(item.result)
    return soft("op andere maten")
