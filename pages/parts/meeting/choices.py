"""Which meeting is on screen: of which body, when, about which quarter, and which part of it."""

from datetime import date

from data.calendar import Period
from kpi.figure.monitor import Monitor
from kpi.formatting import date_text
from kpi.meeting.meetings import meetings
from kpi.meeting.order import bodies
from kpi.paper.agenda import Agenda
from pages.shared.choices import TitleRow
from pages.shared.view import choose_quarter

NEW, REPORT = "nieuw", "verslag"


def body(row: TitleRow) -> str:
    """Who meets, by its id."""
    labels = {item.id: item.label for item in bodies().values()}
    return row.choose(
        "Overleg", "overleg", labels, next(iter(labels)), 270,
        remembered=True, resets=("datum", "onderdeel"),
    )  # fmt: skip


def moment(row: TitleRow, monitor: Monitor, body_id: str) -> tuple[date, Period]:
    """A meeting that was opened, with its quarter; or a new one about a quarter to choose."""
    held = {item.on.isoformat(): item for item in reversed(meetings(monitor.store, body_id))}
    today = date.today()
    names = {NEW: "nieuwe vergadering"} | {day: date_text(held[day].on) for day in held}
    now = today.isoformat() if today.isoformat() in held else NEW
    chosen = row.choose("Vergadering", "datum", names, now, 200, resets=("onderdeel",))
    if chosen == NEW or held[chosen].quarter not in monitor.periods:
        return today, choose_quarter(row, monitor)
    return held[chosen].on, monitor.periods[held[chosen].quarter]


def step(row: TitleRow, found: Agenda) -> str:
    """The part on screen; from one to the next by button, key, or the keys of a pointer."""
    row.next_row()
    names = {item.id: item.title for item in found.steps} | {REPORT: "Verslag"}
    ids = list(names)
    numbered = {name: f"{n} van {len(ids)}: {names[name]}" for n, name in enumerate(ids, 1)}
    chosen = row.choose("Onderdeel", "onderdeel", numbered, ids[0], 380)
    place = ids.index(chosen)
    before, after = ids[place - 1] if place else None, (*ids, None)[place + 1]
    row.button("Vorige", "onderdeel", before, "PageUp", ":material/arrow_back:")
    row.button("Volgende", "onderdeel", after, "PageDown", ":material/arrow_forward:")
    return chosen
