"""Promises (toezeggingen) and decisions (besluiten): carried to the next meeting until done."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from data.calendar import Calendar, Period
from data.deliveries.store import Store
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.record.checks import Checks
from kpi.record.commitment import LINES, Commitment, CommitmentStatus
from kpi.register import Record, Refused

__all__ = [
    "BODIES", "Commitment", "CommitmentStatus", "commitments", "count_text", "decide", "decisions",
    "meeting_day", "open_commitments", "promise", "settle",
]  # fmt: skip

BODIES = ("ALV", "ECT", "werkgroep kwartaalverzuim", "RvT", "bureau")
LONGEST_TEXT, LONGEST_OWNER, LONGEST_NOTE = 300, 80, 300
MISSING = {
    "text": "Schrijf op wat er is toegezegd.",
    "owner": "Zeg welke rol of organisatie het doet.",
    "due": "Zeg wanneer het klaar is.",
}


def commitments(store: Store, kpi: str | None = None) -> list[Commitment]:
    """All promises and decisions, or those of one KPI, in the order in which they were made."""
    found = [
        item
        for lines in LINES.values()
        for item in lines.standing(store)
        if kpi in (None, item.kpi)
    ]
    return sorted(found, key=lambda item: (item.made_on, item.written_at))


def open_commitments(store: Store, on: date, kpi: str | None = None) -> list[Commitment]:
    """The promises that were open on a day: late ones first, then by the day they are due.

    What is not done comes back at every next meeting.
    """
    found = [
        item for item in commitments(store, kpi) if item.kind is Record.PROMISE and item.is_open(on)
    ]
    return sorted(found, key=lambda item: item.due or date.max)


def decisions(
    store: Store,
    since: date | None = None,
    until: date | None = None,
    kpi: str | None = None,
) -> list[Commitment]:
    """The decisions that were made from `since` up to and including `until`, oldest first."""
    return [
        item
        for item in commitments(store, kpi)
        if item.kind is Record.DECISION
        and (since or date.min) <= item.made_on <= (until or date.max)
    ]


def count_text(found: Sequence[Commitment], on: date) -> str:
    """ "2 toezeggingen, 1 te laat" of promises that are open; "" when there are none."""
    late = sum(item.is_late(on) for item in found)
    open_now = formatting.count(len(found), "toezeggingen") if found else ""
    return f"{open_now}, {formatting.number(late)} te laat" if late else open_now


def meeting_day(calendar: Calendar, quarter: Period, today: date) -> date:
    """The day on which to look at promises while a quarter is talked about.

    That is today, but within the three months after the quarter: who looks back at an earlier
    quarter sees what was open then.
    """
    following = calendar.quarter_of(quarter.end_on + timedelta(days=1))
    return max(quarter.end_on, min(today, following.end_on))


def promise(
    monitor: Monitor,
    text: str,
    owner: str,
    due: date | str | None,
    *,
    made_on: date | str | None,
    body: str,
    kpi: str = "",
    author: str = "",
) -> Commitment:
    """Put a promise on record. Refused with everything that is wrong, names included."""
    return _make(monitor, Record.PROMISE, text, (owner, due, made_on, body, kpi), author)


def decide(
    monitor: Monitor,
    text: str,
    owner: str = "",
    due: date | str | None = None,
    *,
    made_on: date | str | None,
    body: str,
    kpi: str = "",
    author: str = "",
) -> Commitment:
    """Put a decision on record; who carries it out and until when may be left open."""
    return _make(monitor, Record.DECISION, text, (owner, due, made_on, body, kpi), author)


def settle(
    monitor: Monitor,
    commitment_id: str,
    status: CommitmentStatus | str,
    note: str,
    *,
    on: date | str | None,
    author: str = "",
) -> Commitment:
    """Say that it is done or dropped, on a day and with a note, or open again.

    What is dropped needs a note: the next meeting asks for it. Refused when it does not exist.
    """
    found = {item.id: item for item in commitments(monitor.store)}.get(commitment_id)
    if found is None:
        raise Refused(["Deze toezegging of dit besluit bestaat niet (meer)."])
    checks = Checks(monitor)
    checks.choice(status, CommitmentStatus, "Status")
    dropped = "Schrijf op waarom het vervalt." if status == CommitmentStatus.DROPPED else ""
    remark = checks.text(note, dropped, LONGEST_NOTE)
    day = checks.day(on, "Zeg op welke dag.")
    checks.need(
        day is None or day >= found.made_on,
        f"Dat is voor de dag waarop het is afgesproken ({formatting.date_text(found.made_on)}).",
    )
    checks.without_persons(remark)
    who = checks.author(author)
    checks.done()
    settled = replace(
        found,
        status=CommitmentStatus(status),
        note=remark,
        status_on=None if status == CommitmentStatus.OPEN else day,
    )
    return LINES[found.kind].record(monitor.store, settled, who)


def _make(
    monitor: Monitor,
    kind: Record,
    text: str,
    about: tuple[str, date | str | None, date | str | None, str, str],
    author: str,
) -> Commitment:
    owner, due, made_on, body, kpi = about
    checks = Checks(monitor)
    missing = MISSING if kind is Record.PROMISE else {"text": "Schrijf op wat er is besloten."}
    what = checks.text(text, missing["text"], LONGEST_TEXT)
    who = checks.text(owner, missing.get("owner", ""), LONGEST_OWNER)
    last = checks.day(due, missing.get("due", ""))
    made = checks.day(made_on, "Zeg op welke dag het is afgesproken.")
    checks.need(
        not (made and last and last < made),
        "De dag waarop het klaar moet zijn, ligt voor de dag van de afspraak.",
    )
    checks.need(body in BODIES, f"Kies waar het is afgesproken: {formatting.enumeration(BODIES)}.")
    if kpi:
        checks.choice(kpi, monitor.kpis, "KPI")
    checks.without_persons(what, who)
    writer = checks.author(author)
    checks.done()
    assert made is not None  # or done() would have refused
    new = Commitment(kind, secrets.token_hex(6), what, who, last, kpi, made, body)
    return LINES[kind].record(monitor.store, new, writer)
