"""Locaties: one figure for all boards and locations side by side, by name and on one scale."""

from functools import partial

import streamlit as st

from kpi.view.side_by_side import groups, why_none
from pages.parts import locations as side_by_side
from pages.shared.blocks import twins
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import plain, soft
from pages.shared.view import View, choose_kpi, choose_part, choose_period_type, choose_quarter

FAIR = (
    "Op volgorde van naam, allemaal op dezelfde schaal. Het is geen ranglijst: bij een kleine "
    "locatie is één leerling al een groot verschil."
)


def locations() -> None:
    """Small panels side by side: to talk about, not to rank."""
    monitor = current_monitor()
    row = TitleRow("Locaties")
    view = View(monitor.swv, choose_quarter(row, monitor))
    row.next_row()
    kpi, measure = choose_kpi(row, monitor)
    part = choose_part(row, kpi, measure)
    kind = choose_period_type(row, kpi, measure)
    row.caption(f"{kpi.label}: {measure.label.lower()}")
    st.markdown(soft(FAIR))
    asked = (monitor, kpi, measure, part, kind, view.quarter)
    found = groups(*asked)
    if found:
        drawn, listed = side_by_side.panels, side_by_side.rows
        twins("locaties", partial(drawn, found, view), partial(listed, found, view))
    else:
        st.info(plain(why_none(*asked)), icon=":material/info:")
