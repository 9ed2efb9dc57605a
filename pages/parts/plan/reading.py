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
from pages.shared import table
from pages.shared.recording import author_field, remember_author
from pages.shared.text import lines, plain, remark

TYPES = ["docx", "xlsx"]
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
    done = st.session_state.pop(DONE, "")
    if done:
        st.success(plain(done), icon=":material/check:")
    st.markdown(remark(INTRODUCTION))
    given = st.file_uploader("Kies het jaarplan (docx of xlsx)", type=TYPES)
    if given is None:
        return
    try:
        found = _read(monitor, given.name, given.getvalue(), school_year)
    except Unreadable as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    st.markdown(plain(f"{count(len(found.activities), 'activiteiten')} gelezen."))
    if found.problems:
        st.error(lines(*map(plain, found.problems), plain(REPAIR)), icon=":material/error:")
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
    with st.expander("Bekijk wat is gelezen"):
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
    with st.form("jaarplan_inlezen", border=False, enter_to_submit=False):
        author = author_field("jaarplan_inlezen")
        checked = st.checkbox("De namen in dit plan zijn geen personen, maar scholen of projecten")
        if not st.form_submit_button("Zet in het jaarplan", icon=":material/upload_file:"):
            return
    refused = put_activities(monitor, found.activities, author, names_checked=checked)
    if refused:
        said = [f"{item.place}: {text}" for item in refused for text in item.errors]
        st.error(lines(*map(plain, said)), icon=":material/error:")
        return
    remember_author(author)
    st.session_state[DONE] = f"Vastgelegd: {count(len(found.activities), 'activiteiten')}."
    st.rerun()
