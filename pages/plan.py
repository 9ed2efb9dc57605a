"""Jaarplan: what was agreed for the school year, what is due this month and what is late."""

from datetime import date

import streamlit as st

from kpi.formatting import count, date_text
from kpi.plans.activities import activities, plan_document
from kpi.plans.texts import origin
from pages.parts.plan import choices, form, progress, reading, tables
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import plain, remark

SILENT = "Wat nog niemand heeft bijgewerkt, telt als niet gestart."


def plan() -> None:
    """What is late and what is due in a month; then the calendar, all activities and a form."""
    monitor = current_monitor()
    row = TitleRow("Jaarplan")
    every = activities(monitor)
    if not every:
        st.info("Er is nog geen jaarplan. Lees het uwe hieronder in.", icon=":material/info:")
        reading.show(monitor, monitor.calendar.school_year_of(date.today()))
        return
    year, month = choices.month(row, every)
    of_year = [item for item in every if item.school_year == year]
    choice = choices.narrowed(row, monitor, of_year)
    found = [item for item in of_year if choice.holds(item, month.last)]
    row.caption(
        f"{len(found)} van {count(len(of_year), 'activiteiten')} · stand op {date_text(month.last)}"
    )
    document = plan_document(monitor)
    st.markdown(remark(f"{SILENT} {origin(monitor, document) if document else ''}"))
    st.header("Te laat", anchor="te-laat")
    tables.late(monitor, found, month)
    st.header(f"Klaar in {plain(month.text)}", anchor="deze-maand")
    tables.due(monitor, found, month)
    st.header("Kalender van het schooljaar", anchor="kalender")
    tables.calendar(found, year)
    tables.grouped(monitor, found, choices.group(), month)
    st.header("Voortgang bijwerken", anchor="voortgang")
    progress.form(monitor, found)
    st.header("Activiteit toevoegen of wijzigen", anchor="wijzigen")
    form.form(monitor, of_year, year)
    reading.show(monitor, year)
