"""The meetings that were held: one line of the ledger per body and day, so "last time" is known."""

from dataclasses import dataclass
from datetime import date

from data.calendar import KWARTAAL, Period
from data.deliveries.store import Store
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.meeting.order import bodies
from kpi.record.checks import Checks
from kpi.register import Lines, Record

LONGEST_REASON = 300


@dataclass(frozen=True)
class Meeting:
    """A meeting of a body on a day about a quarter (its period_id), and who opened it.

    written_at: the moment (UTC, ISO 8601) at which it was put on record.
    """

    body: str
    on: date
    quarter: str
    author: str = ""
    written_at: str = ""

    @property
    def text(self) -> str:
        """ "ALV, 12 juni 2026"."""
        return f"{self.body}, {formatting.date_text(self.on)}"


LINES = Lines(Record.MEETING, Meeting)


def meetings(store: Store, body: str) -> list[Meeting]:
    """The meetings of a body, oldest first; of one on the same day the last line counts."""
    found = [meeting for meeting in LINES.standing(store) if meeting.body == body]
    return sorted(found, key=lambda meeting: meeting.on)


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
    checks = Checks(monitor)
    known = formatting.enumeration([*bodies()])
    checks.need(body in bodies(), f"Overleg '{body}' bestaat niet. Kies uit: {known}.")
    is_quarter = quarter.period_type == KWARTAAL
    checks.need(is_quarter, f"{quarter.label} is geen kwartaal.")
    day = checks.day(on, "Zeg op welke dag de vergadering is.")
    checks.need(
        day is None or day >= quarter.start_on,
        f"De vergadering is voor het begin van {quarter.label}. Kies een eerder kwartaal.",
    )
    who = checks.author(author)
    checks.done()
    assert day is not None  # or done() would have refused
    return LINES.record(monitor.store, Meeting(body, day, quarter.period_id), who)


def call_off(monitor: Monitor, meeting: Meeting, reason: str, author: str) -> None:
    """Say that a meeting was not held after all; what was recorded in it stays on its own list."""
    checks = Checks(monitor)
    why = checks.text(reason, "Schrijf op waarom de vergadering niet doorging.", LONGEST_REASON)
    checks.without_persons(why)
    who = checks.author(author)
    checks.done()
    LINES.withdraw(monitor.store, meeting, who, why)
