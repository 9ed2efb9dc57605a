"""Vergadering: one screen per part, promises of last time first, decisions put on record live."""

import streamlit as st

from kpi.formatting import date_text
from kpi.paper.agenda import Agenda, agenda
from pages.parts.meeting import choices, forms, steps, summary
from pages.shared.blocks import progress
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.view import View, has_figures


def meeting() -> None:
    """Who meets, about which quarter and when; then the agenda, one part at a time."""
    monitor = current_monitor()
    row = TitleRow("Vergadering")
    body = choices.body(row)
    on, quarter = choices.moment(row, monitor, body)
    if not has_figures(monitor, View(monitor.swv, quarter)):
        return

    def made() -> Agenda:
        with progress("De vergadering wordt klaargezet."):
            return agenda(monitor, body, quarter, on)

    found = monitor.remember(("agenda", body, quarter.period_id, on), made)
    row.caption(f"{monitor.swv.name} · {quarter.label} · {date_text(on)}")
    chosen = choices.step(row, found)
    forms.begin(monitor, found)
    with st.container(key="vergadering"):  # large type for a projector, see style.css
        if chosen == choices.REPORT:
            summary.show(monitor, found)
        else:
            step = next(step for step in found.steps if step.id == chosen)
            steps.show(monitor, found, step)
