"""The forms of a meeting: to open it, to record in it, and to say that it was not held."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import short_date
from kpi.meeting.meetings import LONGEST_REASON, Meeting, call_off, open_meeting
from kpi.meeting.steps import Promises
from kpi.paper.agenda import Agenda
from kpi.record.commitment import Commitment
from kpi.register import Record
from pages.shared import choices, commitments, table
from pages.shared.recording import DEMO, form, tell
from pages.shared.text import lines, plain, remark, soft, strong

FIRST = "Zodra de vergadering open is, kunt u hier vastleggen wat u afspreekt."


def begin(monitor: Monitor, agenda: Agenda) -> None:
    """What was recorded a moment ago; and as long as the meeting is not open, how to open it."""
    tell()
    commitments.confirmation()
    if agenda.meeting is None:
        with st.expander("Vergadering openen", key="openen", icon=":material/play_circle:"):
            _opening(monitor, agenda)


def _opening(monitor: Monitor, agenda: Agenda) -> None:
    st.markdown(remark(f"U vergadert over {agenda.quarter.label}. {FIRST}"))
    if monitor.is_demo:
        st.markdown(remark(DEMO))
    with form(
        "vergadering_open", "Open de vergadering", icon=None, kind="primary", in_row=True
    ) as asked:
        on = st.text_input("Op welke dag?", short_date(date.today()), max_chars=10, width=160)
    asked.record(lambda author: _open(monitor, agenda, on, author), "De vergadering is open.")


def _open(monitor: Monitor, agenda: Agenda, on: str, author: str) -> None:
    opened = open_meeting(monitor, agenda.body.id, agenda.quarter, on, author)
    choices.put("datum", opened.on.isoformat())


def recording(monitor: Monitor, agenda: Agenda, kpi_id: str = "") -> None:
    """Put a decision or promise on record; below it what this meeting recorded (about a KPI)."""
    if agenda.meeting is None:
        st.markdown(remark(FIRST))
        return
    commitments.new_form(monitor, kpi_id, (agenda.body.id, agenda.on))
    made = [item for item in agenda.made if not kpi_id or item.kpi == kpi_id]
    if made:
        st.markdown(strong("Vastgelegd in deze vergadering"))
        listed(monitor, made, agenda.on)


def listed(monitor: Monitor, made: Sequence[Commitment], on: date) -> None:
    """What was recorded, in that order."""
    table.show(
        [
            {
                "Wat": lines(strong(item.text), commitments.about(monitor, item)),
                "Soort": plain(commitments.KINDS[item.kind]),
                "Wie": plain(item.owner) or soft("–"),
                "Stand": commitments.state(item, on)
                if item.kind is Record.PROMISE or item.due
                else soft("–"),
            }
            for item in made
        ],
        alt="Vastgelegd in deze vergadering",
        empty="Er is nog niets vastgelegd.",
    )


def settling(monitor: Monitor, agenda: Agenda, step: Promises) -> None:
    """Say of an earlier promise that it is done, dropped or carried on; also to correct that."""
    if agenda.meeting is None:
        st.markdown(remark(FIRST))
        return
    today = [item for item in step.settled if item.status_on == agenda.on]
    commitments.update_form(monitor, [*step.open, *today], agenda.on)


def calling_off(monitor: Monitor, meeting: Meeting) -> None:
    """Folded away: for a meeting that was opened by mistake."""
    with st.expander("Deze vergadering is niet gehouden", key="niet_gehouden"):
        with form("vergadering_niet", icon=":material/event_busy:") as asked:
            reason = st.text_input("Waarom niet?", max_chars=LONGEST_REASON)
        asked.record(
            lambda author: _call_off(monitor, meeting, reason, author),
            "Vastgelegd: deze vergadering is niet gehouden.",
        )


def _call_off(monitor: Monitor, meeting: Meeting, reason: str, author: str) -> None:
    call_off(monitor, meeting, reason, author)
    choices.put("datum", "", resets=("onderdeel",))
