"""Kwartaal: from concept to closed, what still stands in the way, and the papers."""

from datetime import date

import streamlit as st

from data.store import StoreError
from kpi.cycle.commitments import meeting_day
from kpi.cycle.quarter import QuarterState, state_of
from kpi.monitor import Monitor
from pages.shared import closing, commitments, papers, quarter_parts
from pages.shared.choices import TitleRow
from pages.shared.inspectie import inspectie_block
from pages.shared.monitor import current_monitor
from pages.shared.text import link, plain
from pages.shared.view import View, choose_quarter

PLACES = {
    "binnen": "wat er binnen is",
    "bronnen": "twee bronnen",
    "duiding": "duiding",
    "toezeggingen": "toezeggingen",
    "stukken": "stukken",
}


def quarter() -> None:
    """Where the quarter stands and the next step; below it everything that step asks for."""
    monitor = current_monitor()
    row = TitleRow("Kwartaal")
    view = View(monitor.swv, choose_quarter(row, monitor))
    row.caption(f"{monitor.swv.name} · {view.quarter.label}")
    if view.quarter.period_id not in monitor.periods:
        there = link("Gegevens", view.link("gegevens"))
        st.info(f"Er zijn nog geen cijfers. Lees uw bestanden in bij {there}.")
        return
    state = state_of(monitor, view.quarter)
    closing.steps(state)
    closing.next_step(monitor, state)
    st.markdown("Ga naar: " + " · ".join(f"[{name}](#{there})" for there, name in PLACES.items()))
    parts(monitor, state, view)
    try:
        papers.show(monitor, state)
        inspectie_block(monitor, view.quarter)
    except StoreError as error:  # what was sealed cannot be opened: damaged, or other software
        st.error(plain(error), icon=":material/error:")


def parts(monitor: Monitor, state: QuarterState, view: View) -> None:
    """What the quarter rests on, in the order in which it is worked through."""
    st.header("Wat is er binnen?", anchor="binnen")
    quarter_parts.delivered(state, view)
    quarter_parts.changed(monitor, state)
    st.header("Twee bronnen naast elkaar", anchor="bronnen")
    quarter_parts.two_sources(monitor, state)
    st.header("Duiding", anchor="duiding")
    quarter_parts.words(monitor, state, view)
    st.header("Toezeggingen en besluiten", anchor="toezeggingen")
    commitments.show(monitor, meeting_day(monitor.calendar, view.quarter, date.today()))
