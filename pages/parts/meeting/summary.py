"""The last screen of a meeting: what was agreed, and the summary to download."""

from functools import partial

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.meeting.meetings import Meeting
from kpi.paper.agenda import Agenda
from kpi.paper.make import File, files_of
from kpi.paper.meeting import meeting_summary
from pages.parts.meeting import forms as meeting_forms
from pages.shared import papers
from pages.shared.text import plain, remark, strong

FORMS = ("pdf", "docx")
WHO_SEES = "In de regel één bladzijde. Mag het bureau uit: kleine aantallen zijn niet te zien."
NOT_OPEN = "Deze vergadering is nog niet geopend. Een verslag is er daarna."


def show(monitor: Monitor, agenda: Agenda) -> None:
    """What was recorded, and the summary as PDF and Word."""
    st.header("Verslag", anchor="onderdeel")
    held = agenda.meeting
    if held is None:
        st.info(NOT_OPEN, icon=":material/info:")
        return
    st.markdown(f"{strong(held.text)}. {plain(f'Geopend door {held.author}.')}")
    meeting_forms.listed(monitor, agenda.made, agenda.on)
    st.markdown(remark(WHO_SEES))
    papers.offer(monitor, f"verslag_{held.text}", partial(_summary, monitor, held))
    meeting_forms.calling_off(monitor, held)


def _summary(monitor: Monitor, held: Meeting) -> list[File]:
    return files_of(partial(meeting_summary, monitor, held), FORMS)
