"""A year plan of the bureau itself, read from Word or Excel and stored when all of it is right."""

import tempfile
from pathlib import Path

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import count
from kpi.plans.activities import put_activities
from kpi.plans.activity import Plan
from kpi.plans.columns import NAMES
from kpi.plans.read_plan import PlanFile, Unreadable, read_plan
from kpi.register import Refused
from pages.shared import table
from pages.shared.blocks import wrong
from pages.shared.recording import form, tell
from pages.shared.text import plain, remark

DONE = "jaarplan_ingelezen"
INTRODUCTION = (
    "Een Word-bestand of Excel-bestand met een tabel per pagina of blad. De koppen zijn: "
    + ", ".join(NAMES.values())
    + ". Een rij als ‘3. Kwaliteit’ is een thema. Een rij met een nummer dat er al is, vervangt "
    "die activiteit; de oude blijft bewaard."
)
REPAIR = "Verbeter dit in het bestand en kies het opnieuw. Er is niets opgeslagen."


def show(monitor: Monitor, school_year: str) -> None:
    """Choose a file, see what is read and what is wrong, and store it."""
    st.header("Jaarplan inlezen", anchor="inlezen")
    tell(DONE)
    st.markdown(remark(INTRODUCTION))
    given = st.file_uploader("Kies het jaarplan (docx of xlsx)")
    if given is None:
        return
    try:
        found = _read(monitor, given.name, given.getvalue(), school_year)
    except Unreadable as error:
        wrong(error.message)
        return
    st.markdown(plain(f"{count(len(found.activities), 'activiteiten')} gelezen."))
    if found.problems:
        wrong(*found.problems, REPAIR)
        return
    _store(monitor, found)


def _read(monitor: Monitor, name: str, content: bytes, school_year: str) -> PlanFile:
    """What is in the file. The copy on disk is gone when this returns."""
    with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
        path = Path(folder) / f"jaarplan{Path(name).suffix.lower()}"
        path.write_bytes(content)
        first_year = int(school_year.partition("-")[0])
        return read_plan(path, monitor.kpis, first_year=first_year, plan=Plan.YEAR_PLAN)


def _store(monitor: Monitor, found: PlanFile) -> None:
    """What was read, to look over, and the button that puts it on record."""
    with st.expander("Bekijk wat is gelezen", key="plan_gelezen"):
        table.show(
            [
                {
                    "Activiteit": plain(item.short),
                    "Wanneer": plain(item.period),
                    "KPI’s": plain(", ".join(str(monitor.kpis[name].number) for name in item.kpis)),
                    "Bedragen": plain(", ".join(one.text for one in item.money)),
                }
                for item in found.activities
            ],
            alt="Gelezen activiteiten",
        )
    with form("jaarplan_inlezen", "Zet in het jaarplan", ":material/upload_file:") as asked:
        asked.ask_author()
        checked = st.checkbox("De namen in dit plan zijn geen personen, maar scholen of projecten")

    def put(author: str) -> str:
        refused = put_activities(monitor, found.activities, author, names_checked=checked)
        if refused:
            raise Refused(f"{item.place}: {text}" for item in refused for text in item.errors)
        return f"Vastgelegd: {count(len(found.activities), 'activiteiten')}."

    asked.record(put, place=DONE)
