"""Vergadering: one screen per part, promises of last time first, decisions put on record live."""

from datetime import date

import streamlit as st

from data.calendar import Period
from kpi.figure.monitor import Monitor
from kpi.formatting import date_text
from kpi.meeting.meetings import meetings
from kpi.meeting.order import bodies
from kpi.paper.agenda import Agenda, agenda
from pages.parts.meeting import forms, steps, summary
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.view import View, choose_quarter, has_figures

NEW, REPORT = "nieuw", "verslag"


def meeting() -> None:
    """Who meets, about which quarter and when; then the agenda, one part at a time."""
    monitor = current_monitor()
    row = TitleRow("Vergadering")
    labels = {body.id: body.label for body in bodies().values()}
    body = row.choose("Overleg", "overleg", labels, next(iter(labels)), 270, remembered=True,
                      resets=("datum", "onderdeel"))  # fmt: skip
    on, quarter = _choose_moment(row, monitor, body)
    if not has_figures(monitor, View(monitor.swv, quarter)):
        return
    found = monitor.remember(
        ("agenda", body, quarter.period_id, on), lambda: agenda(monitor, body, quarter, on)
    )
    row.caption(f"{monitor.swv.name} · {quarter.label} · {date_text(on)}")
    chosen = _choose_step(row, found)
    forms.begin(monitor, found)
    with st.container(key="vergadering"):  # large type for a projector, see style.css
        if chosen == REPORT:
            summary.show(monitor, found)
        else:
            step = next(step for step in found.steps if step.id == chosen)
            steps.show(monitor, found, step)


def _choose_moment(row: TitleRow, monitor: Monitor, body: str) -> tuple[date, Period]:
    """A meeting that was opened, with its quarter; or a new one about a quarter to choose."""
    held = {item.on.isoformat(): item for item in reversed(meetings(monitor.store, body))}
    today = date.today()
    names = {NEW: "nieuwe vergadering"} | {day: date_text(held[day].on) for day in held}
    now = today.isoformat() if today.isoformat() in held else NEW
    chosen = row.choose("Vergadering", "datum", names, now, 200, resets=("onderdeel",))
    if chosen == NEW or held[chosen].quarter not in monitor.periods:
        return today, choose_quarter(row, monitor)
    return held[chosen].on, monitor.periods[held[chosen].quarter]


def _choose_step(row: TitleRow, found: Agenda) -> str:
    """The part on screen; from one to the next by button, key, or the keys of a pointer."""
    row.next_row()
    names = {step.id: step.title for step in found.steps} | {REPORT: "Verslag"}
    ids = list(names)
    numbered = {name: f"{n} van {len(ids)}: {names[name]}" for n, name in enumerate(ids, 1)}
    chosen = row.choose("Onderdeel", "onderdeel", numbered, ids[0], 380)
    place = ids.index(chosen)
    before, after = ids[place - 1] if place else None, (*ids, None)[place + 1]
    row.button("Vorige", "onderdeel", before, "PageUp", ":material/arrow_back:")
    row.button("Volgende", "onderdeel", after, "PageDown", ":material/arrow_forward:")
    return chosen
