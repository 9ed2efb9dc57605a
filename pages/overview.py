"""Overzicht: every KPI of the SWV on one screen, what needs a word first."""

import streamlit as st

from pages.parts import overview as overview_table
from pages.shared import table
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, soft, strong
from pages.shared.view import choose_view, has_figures

NARROW = "In een smal venster staan verloop en duiding niet in de tabel. U ziet ze bij de KPI."


def overview() -> None:
    """What changed and what needs a word in one sentence, then one row per KPI."""
    monitor = current_monitor()
    row = TitleRow("Overzicht")
    view = choose_view(row, monitor)
    row.caption(f"{view.organisation.name} · {view.quarter.label}")
    if not has_figures(monitor, view):
        return
    key = ("overview page", view)
    found, rows = monitor.remember(key, lambda: overview_table.filled(monitor, view))
    st.markdown(lines(strong(found.sentence), soft(found.missing)))
    with st.container(key="overzicht_smal"):  # only seen where style.css leaves columns out
        st.markdown(soft(NARROW))
    with st.container(key="overzicht_tabel"):  # its columns have widths of their own, see style.css
        table.show(rows, alt=found.sentence)
