"""The register of events: those of the profile, and those the bureau added to the ledger."""

from collections.abc import Sequence
from datetime import date

from kpi.figure.monitor import Monitor
from kpi.meaning.event import FROM_BUREAU, Event, EventKind
from kpi.record.checks import Checks
from kpi.register import Lines, Record, Refused

LONGEST_NOTE = 300
LINES = Lines(Record.EVENT, Event, given={"origin": FROM_BUREAU})


def events(monitor: Monitor, kpi_id: str | None = None) -> list[Event]:
    """Every event, or those that touch one KPI, oldest first."""
    added = monitor.remember(
        ("events", monitor.store.last_line), lambda: LINES.standing(monitor.store)
    )
    found = [*monitor.profile.events, *added]
    return sorted(
        (event for event in found if kpi_id is None or event.touches(kpi_id)),
        key=lambda event: (event.on, event.label),
    )


def add_event(
    monitor: Monitor,
    on: date | str | None,
    label: str,
    kind: EventKind | str,
    *,
    until: date | str | None = None,
    kpis: Sequence[str] = (),
    note: str = "",
    author: str = "",
) -> Event:
    """Put an event in the register; the same day and label again corrects it.

    Refused with everything that is wrong, names of persons included.
    """
    checks = Checks(monitor)
    checks.choice(kind, EventKind, "Soort")
    for kpi_id in kpis:
        checks.choice(kpi_id, monitor.kpis, "KPI")
    first = checks.day(on, "Zeg op welke dag het was, of begon.")
    event = Event(
        on=first or date.min,
        label=" ".join(label.split()),
        kind=EventKind(kind) if kind in list(EventKind) else EventKind.OTHER,
        until=checks.day(until, ""),
        kpis=tuple(kpis),
        note=checks.text(note, "", LONGEST_NOTE),
        origin=FROM_BUREAU,
    )
    checks.errors += event.wrong_parts()
    checks.without_persons(event.label, event.note)
    checks.done()
    return LINES.record(monitor.store, event, author)


def remove_event(monitor: Monitor, event: Event, author: str = "", reason: str = "") -> None:
    """Take an event of the bureau out of the register; the ledger keeps that it was there."""
    if event.origin != FROM_BUREAU:
        raise Refused([f"“{event.label}” staat in het profiel en is hier niet weg te halen."])
    LINES.withdraw(monitor.store, event, author, reason)
