"""What is looked at on the page of the plan: month, plan, theme, KPI, state, who, and grouping."""

from collections.abc import Sequence
from datetime import date

from kpi.figure.monitor import Monitor
from kpi.plans.activity import Activity, ActivityState, Plan
from kpi.plans.groups import GroupBy
from kpi.plans.moment import Moment, moment
from kpi.plans.school_year import Choice, month_now, months_of, school_years
from pages.shared.choices import TitleRow
from pages.shared.view import kpi_names

ALL = ""


def month(row: TitleRow, every: tuple[Activity, ...]) -> tuple[str, Moment]:
    """The school year of the plan, and the month at whose end is looked."""
    years = school_years(every)
    year = row.choose(
        "Schooljaar", "planjaar", {item: item for item in years}, years[0], 130, resets=("maand",)
    )
    names = {f"{item.first:%Y-%m}": item.text for item in months_of(year)}
    now = f"{month_now(year, date.today()).first:%Y-%m}"
    return year, moment(row.choose("Maand", "maand", names, now, 180))


def group() -> GroupBy:
    """How all activities are grouped; on a heading of its own."""
    row = TitleRow()
    row.heading("Alle activiteiten", "activiteiten")
    names = {str(item): str(item) for item in GroupBy}
    return GroupBy(row.choose("Groepeer op", "groep", names, str(GroupBy.THEME), 150))


def narrowed(row: TitleRow, monitor: Monitor, of_year: Sequence[Activity]) -> Choice:
    """Which of the activities of a year are looked at."""
    row.next_row()
    plans = {ALL: "kalender en plan"} | {str(item): str(item) for item in Plan}
    themes = {ALL: "alle thema’s"} | {str(i.theme_number): i.theme_text for i in of_year}
    kpis = {ALL: "alle KPI’s"} | kpi_names(monitor)
    states = {ALL: "elke stand"} | {str(item): str(item) for item in ActivityState}
    chosen_plan = row.choose("Plan", "plan", plans, ALL, 180)
    theme = row.choose("Thema", "thema", themes, ALL, 290)
    kpi = row.choose("KPI", "plankpi", kpis, ALL, 250)
    state = row.choose("Stand", "stand", states, ALL, 150)
    who = row.search("Wie", "wie", 170)
    return Choice(chosen_plan, int(theme) if theme else None, kpi, state, who)
