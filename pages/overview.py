"""Overzicht: every KPI of the SWV on one screen, what needs a word first."""

from datetime import date

import streamlit as st

from kpi import results
from kpi.cycle.commitments import meeting_day
from kpi.formatting import short_date
from kpi.monitor import Monitor
from kpi.overview import Line, Overview
from kpi.overview import overview as in_words
from kpi.result import KpiResult
from kpi.span import known_by, recent
from pages.shared import commentary, commitments, table
from pages.shared.choices import TitleRow
from pages.shared.figures import coverage_cell, line, target_cell, value_cell
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, link, soft, strong, together
from pages.shared.verdicts import change_cell, confidence_cell, goal_cell, small
from pages.shared.view import View, choose_view


def overview() -> None:
    """What changed and what needs a word in one sentence, then one row per KPI."""
    monitor = current_monitor()
    row = TitleRow("Overzicht")
    view = choose_view(row, monitor)
    row.caption(f"{view.organisation.name} · {view.quarter.label}")
    if view.quarter.period_id not in monitor.periods:
        there = link("Gegevens", view.link("gegevens"))
        st.info(f"Er zijn nog geen cijfers. Lees uw bestanden in bij {there}.")
        return
    page, rows = monitor.remember(("overview page", view), lambda: _page(monitor, view))
    st.markdown(lines(strong(page.sentence), soft(page.missing)))
    with st.container(key="overzicht_tabel"):  # its columns have widths of their own, see style.css
        table.show(rows, alt=page.sentence)


def _page(monitor: Monitor, view: View) -> tuple[Overview, list[dict[str, str]]]:
    page = in_words(monitor, view.organisation.organisation_id, view.quarter)
    on = meeting_day(monitor.calendar, view.quarter, date.today())
    return page, [_row(monitor, item, view, on) for item in page.lines]


def _row(monitor: Monitor, item: Line, view: View, on: date) -> dict[str, str]:
    result, kpi = item.result, item.result.kpi
    series = recent(
        known_by(results.trend(monitor, kpi.id, view.organisation.organisation_id), view.quarter)
    )
    return {
        "KPI": lines(
            link(f"{kpi.number} {kpi.label}", view.link("kpi", kpi.id)), small(result.measure.label)
        ),
        "Nu": lines(value_cell(result), together(small(result.when_short))),
        "Doelpad en verschil": _target(result, item),
        "Verloop, 3 jaar": line(kpi.label, series),
        "Verandering": change_cell(item),
        "Doel haalbaar?": goal_cell(item),
        "Duiding": lines(
            commentary.cell(monitor, item, view.quarter.period_id),
            commitments.cell(monitor, on, kpi.id),
        ),
        "Zeker?": confidence_cell(item.verdict.confidence),
        "Compleet": together(lines(coverage_cell(result), small(_until(result)))),
    }


def _target(result: KpiResult, item: Line) -> str:
    """The target of this measure, or that there are some on other measures of the KPI."""
    if result.target is not None or not item.targeted:
        return target_cell(result)
    return soft("op andere maten")


def _until(result: KpiResult) -> str:
    return f"tot {short_date(result.as_of)}" if result.as_of else ""
