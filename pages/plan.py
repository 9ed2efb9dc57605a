"""Jaarplan: what was agreed for the school year, what is due this month and what is late."""

from datetime import date

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import count, date_text
from kpi.plans.activities import activities, plan_document
from kpi.plans.activity import Activity, ActivityState, Plan
from kpi.plans.groups import GroupBy
from kpi.plans.moment import Moment, moment
from kpi.plans.school_year import Choice, month_now, months_of, school_years
from kpi.plans.texts import origin
from pages.parts.plan import form, progress, reading, tables
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import plain, remark

ALL = ""
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
    year, month = _choose_month(row, every)
    of_year = [item for item in every if item.school_year == year]
    choice = _choose(row, monitor, of_year)
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
    group = _choose_group()
    tables.grouped(monitor, found, group, month)
    st.header("Voortgang bijwerken", anchor="voortgang")
    progress.form(monitor, found)
    st.header("Activiteit toevoegen of wijzigen", anchor="wijzigen")
    form.form(monitor, of_year, year)
    reading.show(monitor, year)


def _choose_month(row: TitleRow, every: tuple[Activity, ...]) -> tuple[str, Moment]:
    """The school year of the plan, and the month at whose end is looked."""
    years = school_years(every)
    year = row.choose(
        "Schooljaar", "planjaar", {item: item for item in years}, years[0], 130, resets=("maand",)
    )
    names = {f"{item.first:%Y-%m}": item.text for item in months_of(year)}
    now = f"{month_now(year, date.today()).first:%Y-%m}"
    return year, moment(row.choose("Maand", "maand", names, now, 180))


def _choose_group() -> GroupBy:
    row = TitleRow()
    row.heading("Alle activiteiten", "activiteiten")
    names = {str(item): str(item) for item in GroupBy}
    return GroupBy(row.choose("Groepeer op", "groep", names, str(GroupBy.THEME), 150))


def _choose(row: TitleRow, monitor: Monitor, of_year: list[Activity]) -> Choice:
    row.next_row()
    plans = {ALL: "kalender en plan"} | {str(item): str(item) for item in Plan}
    themes = {ALL: "alle thema’s"} | {str(i.theme_number): i.theme_text for i in of_year}
    kpis = {ALL: "alle KPI’s"}
    kpis |= {kpi.id: f"{kpi.number} {kpi.label}" for kpi in monitor.kpis.values()}
    states = {ALL: "elke stand"} | {str(item): str(item) for item in ActivityState}
    chosen_plan = row.choose("Plan", "plan", plans, ALL, 180)
    theme = row.choose("Thema", "thema", themes, ALL, 290)
    kpi = row.choose("KPI", "plankpi", kpis, ALL, 250)
    state = row.choose("Stand", "stand", states, ALL, 150)
    who = row.search("Wie", "wie", 170)
    return Choice(chosen_plan, int(theme) if theme else None, kpi, state, who)
