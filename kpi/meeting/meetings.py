"""The meetings that were held: one line of the ledger per body and day, so "last time" is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.calendar import KWARTAAL, Period
from data.deliveries.ledger import Entry
from data.deliveries.store import Store
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.meeting.order import bodies
from kpi.record.persons import about_persons
from kpi.register import WITHDRAWN, Checks, Refused

# Not one of kpi.register.Record: no paper of the quarter holds it, so it changes none.
KIND = "vergadering"
LONGEST_AUTHOR, LONGEST_REASON = 80, 300


@dataclass(frozen=True)
class Meeting:
    """A meeting of a body on a day about a quarter (its period_id), and who opened it.

    written_at: the moment (UTC, ISO 8601) at which it was put on record.
    """

    body: str
    on: date
    quarter: str
    author: str
    written_at: str

    @property
    def text(self) -> str:
        """ "ALV, 12 juni 2026"."""
        return f"{self.body}, {formatting.date_text(self.on)}"


def meetings(store: Store, body: str) -> list[Meeting]:
    """The meetings of a body, oldest first; of one on the same day the last line counts."""
    found = {meeting.on: meeting for meeting in _standing(store) if meeting.body == body}
    return [found[day] for day in sorted(found)]


def meeting_on(store: Store, body: str, on: date) -> Meeting | None:
    """The meeting of a body on a day; None when it was not opened."""
    return next((meeting for meeting in meetings(store, body) if meeting.on == on), None)


def last_before(store: Store, body: str, on: date) -> Meeting | None:
    """The last meeting of a body before a day: "last time"; None at the first one."""
    return next((item for item in reversed(meetings(store, body)) if item.on < on), None)


def open_meeting(
    monitor: Monitor, body: str, quarter: Period, on: date | str | None, author: str
) -> Meeting:
    """Put on record that a body meets. Again on the same day it is about another quarter.

    Refused with everything that is wrong.
    """
    checks = Checks()
    known = formatting.enumeration([*bodies()])
    checks.need(body in bodies(), f"Overleg '{body}' bestaat niet. Kies uit: {known}.")
    is_quarter = quarter.period_type == KWARTAAL
    checks.need(is_quarter, f"{quarter.label} is geen kwartaal.")
    day = checks.day(on, "Zeg op welke dag de vergadering is.")
    checks.need(
        day is None or day >= quarter.start_on,
        f"De vergadering is voor het begin van {quarter.label}. Kies een eerder kwartaal.",
    )
    who = checks.text(author, "Vul in wie dit vastlegt.", LONGEST_AUTHOR)
    checks.done()
    assert day is not None  # or done() would have refused
    about = {"body": body, "on": day.isoformat(), "quarter": quarter.period_id}
    entry = monitor.store.record(KIND, about, who)
    return Meeting(body, day, quarter.period_id, entry.author, entry.at)


def call_off(monitor: Monitor, meeting: Meeting, reason: str, author: str) -> None:
    """Say that a meeting was not held after all; what was recorded in it stays on its own list."""
    checks = Checks()
    why = checks.text(reason, "Schrijf op waarom de vergadering niet doorging.", LONGEST_REASON)
    checks.errors += about_persons(monitor, [why])
    who = checks.text(author, "Vul in wie dit vastlegt.", LONGEST_AUTHOR)
    checks.done()
    if meeting_on(monitor.store, meeting.body, meeting.on) is None:
        raise Refused(["Deze vergadering staat er niet, of is al eerder ingetrokken."])
    about = {"body": meeting.body, "on": meeting.on.isoformat()}
    monitor.store.record(KIND, {**about, WITHDRAWN: True, "reason": why}, who)


def _standing(store: Store) -> Iterator[Meeting]:
    """Per body and day the last line, unless it says that there was no meeting."""
    latest: dict[tuple[str, str], Entry] = {}
    for entry in store.entries(KIND):
        latest[(entry.body.get("body", ""), entry.body.get("on", ""))] = entry
    for entry in latest.values():
        if not entry.body.get(WITHDRAWN) and (meeting := _meeting(entry)):
            yield meeting


def _meeting(entry: Entry) -> Meeting | None:
    """The line as a meeting; None for what a later version wrote in another way."""
    try:
        day, quarter = date.fromisoformat(entry.body["on"]), entry.body["quarter"]
        return Meeting(entry.body["body"], day, quarter, entry.author, entry.at)
    except (KeyError, TypeError, ValueError):
        return None
