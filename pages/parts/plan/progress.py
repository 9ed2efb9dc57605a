"""The form that says how far an activity is."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import short_date
from kpi.plans.activities import LONGEST_NOTE, report_progress
from kpi.plans.activity import Activity, ActivityState
from pages.shared import recording
from pages.shared.recording import DAY
from pages.shared.text import soft

HINT = "Schrijf zonder namen van personen. Stopt iets? Schrijf dan waarom."
DONE = "voortgang_vastgelegd"


def form(monitor: Monitor, found: Sequence[Activity]) -> None:
    """Choose one of these activities, say how far it is and since when; several fields at once."""
    recording.tell(DONE)
    if not found:
        st.markdown(soft("Kies eerst activiteiten om bij te werken."))
        return
    names = {item.id: item.short for item in found}
    with recording.form("voortgang", "Werk bij", ":material/task_alt:", note=HINT) as asked:
        left, right = st.columns([3, 1])
        chosen = left.selectbox("Welke activiteit?", list(names), format_func=names.__getitem__)
        state = right.selectbox("Hoe ver is het?", [str(item) for item in ActivityState], index=1)
        left, middle, right = st.columns([2, 1, 1])
        note = left.text_input("Toelichting", max_chars=LONGEST_NOTE)
        on = middle.text_input("Op welke dag?", short_date(date.today()), max_chars=len(DAY))
        with right:
            asked.ask_author()
        checked = st.checkbox("De namen in de toelichting zijn geen personen")
    asked.record(
        lambda author: report_progress(
            monitor, chosen, state, note, on=on, author=author, names_checked=checked
        ),
        f"Bijgewerkt: {names[chosen]}: {state}.",
        DONE,
    )
