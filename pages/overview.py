"""Overzicht: every KPI of the SWV on one screen, one row each, in the order of their numbers."""

import streamlit as st

from kpi import results
from kpi.formatting import short_date
from kpi.goals import met_text
from kpi.monitor import Monitor
from kpi.result import KpiResult
from kpi.span import known_by, recent
from pages.shared import table
from pages.shared.choices import TitleRow
from pages.shared.figures import change_cell, coverage_cell, line, target_cell, value_cell
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, link, plain, soft
from pages.shared.view import View, choose_view


def overview() -> None:
    """One row per KPI: where it stands, how it changed, what was agreed, and how complete it is."""
    monitor = current_monitor()
    row = TitleRow("Overzicht")
    view = choose_view(row, monitor)
    row.caption(f"{view.organisation.name} · {view.quarter.label}")
    if view.quarter.period_id not in monitor.periods:
        there = link("Gegevens", view.link("gegevens"))
        st.info(f"Er zijn nog geen cijfers. Lees uw bestanden in bij {there}.")
        return
    rows = monitor.remember(("overview page", view), lambda: _rows(monitor, view))
    table.show(rows, alt="Alle KPI’s: nu, verandering, doel, verloop en volledigheid")


def _rows(monitor: Monitor, view: View) -> list[dict[str, str]]:
    found = results.overview(monitor, view.organisation.organisation_id, view.quarter.period_id)
    return [_row(monitor, result, view) for result in found]


def _row(monitor: Monitor, result: KpiResult, view: View) -> dict[str, str]:
    kpi, organisation = result.kpi, view.organisation.organisation_id
    series = recent(known_by(results.trend(monitor, kpi.id, organisation), view.quarter))
    until = f"gegevens tot {short_date(result.as_of)}" if result.as_of else ""
    return {
        "KPI": lines(
            link(f"{kpi.number} {kpi.label}", view.link("kpi", kpi.id)), soft(result.measure.label)
        ),
        "Nu": lines(value_cell(result), soft(result.when_short)),
        "Verandering": change_cell(result),
        "Doel en verschil": _target(monitor, result, view),
        "Verloop, 3 jaar": line(kpi.label, series),
        "Compleet": lines(coverage_cell(result), soft(until)),
    }


def _target(monitor: Monitor, result: KpiResult, view: View) -> str:
    """The target of this measure, or how many there are on other measures of the KPI."""
    if result.target is not None:
        return target_cell(result)
    organisation, quarter = view.organisation.organisation_id, view.quarter.period_id
    found = results.targeted(monitor, result.kpi.id, organisation, quarter)
    if not found:
        return soft("geen doel")
    return lines(plain(met_text(found)), soft("op andere maten"))
