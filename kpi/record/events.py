"""The register of events: those of the profile, and those the bureau added to the ledger."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from data.deliveries.ledger import Entry
from data.deliveries.store import Store
from data.strict import nearest
from kpi.figure.monitor import Monitor
from kpi.meaning.event import FROM_BUREAU, Event, EventKind
from kpi.record.persons import about_persons
from kpi.register import Checks, Record, Refused, standing, withdraw

LONGEST_NOTE = 300


def events(
    monitor: Monitor, kpi_id: str | None = None, as_of: date | datetime | None = None
) -> list[Event]:
    """Every event, or those that touch one KPI, oldest first."""
    added = monitor.remember(
        ("events", monitor.store.version, as_of), lambda: _added(monitor.store, as_of)
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
    checks = Checks()
    known = {choice.value for choice in EventKind}
    checks.need(kind in known, f"Soort '{kind}' bestaat niet.{nearest(str(kind), known)}")
    for kpi_id in kpis:
        hint = nearest(kpi_id, monitor.kpis)
        checks.need(kpi_id in monitor.kpis, f"KPI '{kpi_id}' bestaat niet.{hint}")
    first = checks.day(on, "Zeg op welke dag het was, of begon.")
    event = Event(
        on=first or date.min,
        label=" ".join(label.split()),
        kind=EventKind(kind) if kind in known else EventKind.OTHER,
        until=checks.day(until, ""),
        kpis=tuple(kpis),
        note=checks.text(note, "", LONGEST_NOTE),
        origin=FROM_BUREAU,
    )
    checks.errors += event.wrong_parts()
    checks.errors += about_persons(monitor, [event.label, event.note])
    checks.done()
    monitor.store.record(Record.EVENT, _body(event), author)
    return event


def remove_event(monitor: Monitor, event: Event, author: str = "", reason: str = "") -> None:
    """Take an event of the bureau out of the register; the ledger keeps that it was there."""
    if event.origin != FROM_BUREAU:
        raise Refused([f"“{event.label}” staat in het profiel en is hier niet weg te halen."])
    withdraw(monitor.store, Record.EVENT, _body(event), author, reason)


def _added(store: Store, as_of: date | datetime | None) -> list[Event]:
    entries = standing(store, Record.EVENT, as_of)
    return [event for entry in entries if (event := _event(entry))]


def _event(entry: Entry) -> Event | None:
    """The line as an event; None for one that a later version wrote in another way."""
    body = entry.body
    try:
        event = Event(
            on=date.fromisoformat(body["on"]),
            label=body["label"],
            kind=EventKind(body["kind"]),
            until=date.fromisoformat(body["until"]) if body.get("until") else None,
            kpis=tuple(body.get("kpis", ())),
            note=body.get("note", ""),
        )
    except (KeyError, TypeError, ValueError):
        return None
    return replace(event, origin=FROM_BUREAU)


def _body(event: Event) -> dict[str, object]:
    return {
        "on": event.on.isoformat(),
        "label": event.label,
        "kind": event.kind.value,
        "until": event.until.isoformat() if event.until else None,
        "kpis": list(event.kpis),
        "note": event.note,
    }
