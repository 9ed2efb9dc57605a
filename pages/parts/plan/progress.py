"""The form that says how far an activity is."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import short_date
from kpi.plans.activities import LONGEST_NOTE, report_progress
from kpi.plans.activity import Activity, ActivityState
from kpi.register import Refused
from pages.shared.recording import author_field, remember_author
from pages.shared.text import lines, plain, remark, soft

DAY = "dd-mm-jjjj"
DONE = "voortgang_vastgelegd"


def form(monitor: Monitor, found: Sequence[Activity]) -> None:
    """Choose one of these activities, say how far it is and since when; several fields at once."""
    done = st.session_state.pop(DONE, "")
    if done:
        st.success(plain(done), icon=":material/check:")
    if not found:
        st.markdown(soft("Kies eerst activiteiten om bij te werken."))
        return
    names = {item.id: item.short for item in found}
    with st.form("voortgang", border=False, enter_to_submit=False):
        left, right = st.columns([3, 1])
        chosen = left.selectbox("Welke activiteit?", list(names), format_func=lambda i: names[i])
        state = right.selectbox("Hoe ver is het?", [str(item) for item in ActivityState], index=1)
        left, middle, right = st.columns([2, 1, 1])
        note = left.text_input("Toelichting", max_chars=LONGEST_NOTE)
        on = middle.text_input("Op welke dag?", short_date(date.today()), max_chars=len(DAY))
        with right:
            author = author_field("voortgang")
        checked = st.checkbox("De namen in de toelichting zijn geen personen")
        st.markdown(remark("Schrijf zonder namen van personen. Stopt iets? Schrijf dan waarom."))
        if not st.form_submit_button("Werk bij", icon=":material/task_alt:"):
            return
    try:
        report_progress(monitor, chosen, state, note, on=on, author=author, names_checked=checked)
    except Refused as refused:
        st.error(lines(*map(plain, refused.errors)), icon=":material/error:")
        return
    remember_author(author)
    st.session_state[DONE] = f"Bijgewerkt: {names[chosen]}: {state}."
    st.rerun()
