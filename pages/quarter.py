"""Kwartaal: from concept to closed, what still stands in the way, and the papers."""

import streamlit as st

from data.deliveries.store import StoreError
from kpi.cycle.quarter import state_of
from pages.parts.quarter import closing, papers
from pages.parts.quarter import parts as quarter_parts
from pages.parts.quarter.inspectie import inspectie_block
from pages.shared import commitments
from pages.shared.blocks import wrong
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.view import View, choose_quarter, has_figures


def quarter() -> None:
    """Where the quarter stands and the next step; below it everything that step asks for."""
    monitor = current_monitor()
    row = TitleRow("Kwartaal")
    view = View(monitor.swv, choose_quarter(row, monitor))
    row.caption(f"{monitor.swv.name} · {view.quarter.label}")
    if not has_figures(monitor, view):
        return
    state = state_of(monitor, view.quarter)
    closing.steps(state)
    closing.next_step(monitor, state)
    quarter_parts.contents()
    quarter_parts.delivered(state, view)
    quarter_parts.changed(monitor, state)
    quarter_parts.two_sources(monitor, state)
    quarter_parts.words(monitor, state, view)
    st.header("Toezeggingen en besluiten", anchor="toezeggingen")
    commitments.show(monitor, view.meeting_day(monitor))
    try:
        papers.show(monitor, state)
        inspectie_block(monitor, view.quarter)
    except StoreError as error:  # what was sealed cannot be opened: damaged, or other software
        wrong(error)
