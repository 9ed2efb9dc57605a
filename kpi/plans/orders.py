"""The improvement plan as it stands: the content of the profile with what people reported."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from data.deliveries.ledger import Entry
from data.strict import nearest
from kpi.figure.monitor import Monitor
from kpi.formatting import sort_key_nl
from kpi.plans.improvement_plan import load_improvement_plan
from kpi.plans.moment import is_moment
from kpi.plans.order import (
    Colour,
    Evidence,
    ImprovementPlan,
    Note,
    OrderStatus,
    RecoveryOrder,
    is_annex,
)
from kpi.plans.texts import about_persons
from kpi.register import Checks, Record, Refused, standing

LONGEST_NOTE, LONGEST_TITLE, LONGEST_NAME = 600, 200, 80
MISSING_AUTHOR = "Vul in wie dit vastlegt."
NO_ANNEX = "‘{}’ is geen nummer van een bijlage. Schrijf het zo: 6 of 6a"
NO_MONTH = "'{}' is geen dag of maand. Schrijf het zo: 2024-03"
Item = TypeVar("Item", OrderStatus, Evidence)


def improvement_plan(
    monitor: Monitor, as_of: date | datetime | None = None
) -> ImprovementPlan | None:
    """The plan with every status, note and piece of evidence, as known on `as_of`.

    A status on record takes the place of that of the profile for the same report, and a piece of
    evidence that of the same number; notes come after those of the profile. None without a plan.
    """
    plan = _of_profile(monitor)
    if plan is None:
        return None
    statuses = _by_order(standing(monitor.store, Record.ORDER_STATUS, as_of))
    notes = _by_order(standing(monitor.store, Record.ORDER_NOTE, as_of))
    listed = [_evidence(entry) for entry in standing(monitor.store, Record.EVIDENCE, as_of)]
    orders = tuple(
        _complete(order, statuses.get(order.id, ()), notes.get(order.id, ()))
        for order in plan.orders
    )
    evidence = _latest((*plan.evidence, *(item for item in listed if item)), "number")
    numbered = sorted(evidence, key=lambda item: sort_key_nl(item.number))
    return replace(plan, orders=orders, evidence=tuple(numbered))


def report_status(
    monitor: Monitor,
    order_id: str,
    colour: Colour | str,
    *,
    reported: str,
    met: Iterable[str] = (),
    note: str = "",
    author: str,
    names_checked: bool = False,
) -> OrderStatus:
    """Say how an order stands at a report ("2024-03"), and which due moments are met by then."""
    checks = Checks()
    order = _order(monitor, order_id)
    colours = [str(item) for item in Colour]
    unknown = f"Kleur '{colour}' bestaat niet.{nearest(str(colour), colours)}"
    checks.need(colour in colours, unknown if colour else "Kies hoe het staat.")
    checks.need(is_moment(reported), NO_MONTH.format(reported))
    dues = [item.by for item in order.due]
    reached = tuple(met)
    for name in reached:
        checks.need(name in dues, f"'{name}' is geen datum van deze opdracht.")
    remark = checks.text(note, "", LONGEST_NOTE)
    checks.errors += about_persons(monitor, [remark], names_checked=names_checked)
    who = checks.text(author, MISSING_AUTHOR, LONGEST_NAME)
    checks.done()
    body = {
        "order": order_id, "on": reported, "colour": str(colour), "met": list(reached),
        "note": remark,
    }  # fmt: skip
    entry = monitor.store.record(Record.ORDER_STATUS, body, who)
    return OrderStatus(reported, Colour(colour), reached, remark, entry.author)


def add_note(
    monitor: Monitor,
    order_id: str,
    text: str,
    *,
    month: str,
    about: str = "",
    result: str = "",
    evidence: Iterable[str] = (),
    author: str,
    names_checked: bool = False,
) -> Note:
    """Write what happened in a month, with its result and annexes, at an order.

    An annex that is not in the list is kept: the report says that it is missing.
    """
    checks = Checks()
    order = _order(monitor, order_id)
    said = checks.text(text, "Schrijf op wat er is gebeurd.", LONGEST_NOTE)
    given = checks.text(result, "", LONGEST_NOTE)
    part = checks.text(about, "", LONGEST_TITLE)
    checks.need(is_moment(month), NO_MONTH.format(month))
    known = {(note.month, note.text) for note in order.notes}
    checks.need((month, said) not in known, "Deze notitie staat er al.")
    numbers = [number.strip().lower() for number in evidence]
    for number in numbers:
        checks.need(is_annex(number), NO_ANNEX.format(number))
    checks.errors += about_persons(monitor, [said, given, part], names_checked=names_checked)
    who = checks.text(author, MISSING_AUTHOR, LONGEST_NAME)
    checks.done()
    name = secrets.token_hex(6)
    body = {
        "id": name, "order": order_id, "month": month, "text": said, "about": part,
        "result": given, "evidence": numbers,
    }  # fmt: skip
    entry = monitor.store.record(Record.ORDER_NOTE, body, who)
    return Note(said, month, part, given, tuple(numbers), name, entry.author, _day(entry))


def list_evidence(
    monitor: Monitor, number: str, title: str, author: str, *, names_checked: bool = False
) -> Evidence:
    """Put a piece of evidence in the list, or give the one with this number another title."""
    checks = Checks()
    numbered = number.strip().lower()
    checks.need(is_annex(numbered), NO_ANNEX.format(numbered))
    called = checks.text(title, "Schrijf op welk bewijsstuk het is.", LONGEST_TITLE)
    checks.errors += about_persons(monitor, [called], names_checked=names_checked)
    who = checks.text(author, MISSING_AUTHOR, LONGEST_NAME)
    checks.done()
    entry = monitor.store.record(Record.EVIDENCE, {"number": numbered, "title": called}, who)
    return Evidence(numbered, called, entry.author, _day(entry))


def _of_profile(monitor: Monitor) -> ImprovementPlan | None:
    folder = monitor.opened_with.profiles / monitor.profile.id
    return monitor.remember(("verbeterplan",), lambda: load_improvement_plan(folder))


def _order(monitor: Monitor, order_id: str) -> RecoveryOrder:
    plan = improvement_plan(monitor)
    found = [order for order in plan.orders if order.id == order_id] if plan else []
    if not found:
        raise Refused(["Deze herstelopdracht bestaat niet."])
    return found[0]


def _by_order(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(str(entry.body.get("order")), []).append(entry)
    return found


def _complete(
    order: RecoveryOrder, statuses: Iterable[Entry], notes: Iterable[Entry]
) -> RecoveryOrder:
    reported = [item for entry in statuses if (item := _status(entry))]
    added = [note for entry in notes if (note := _note(entry))]
    every = _latest((*order.statuses, *reported), "reported")
    return replace(
        order,
        statuses=tuple(sorted(every, key=lambda item: item.on)),
        notes=(*order.notes, *added),
    )


def _latest(items: Iterable[Item], name: str) -> tuple[Item, ...]:
    """The last of those that have the same number or moment, in the order of the first."""
    return tuple({getattr(item, name): item for item in items}.values())


def _status(entry: Entry) -> OrderStatus | None:
    body = entry.body
    try:
        met = tuple(body.get("met", ()))
        status = OrderStatus(
            body["on"], Colour(body["colour"]), met, body.get("note", ""), entry.author
        )
    except (KeyError, TypeError, ValueError):
        return None
    return status if is_moment(status.reported) else None


def _note(entry: Entry) -> Note | None:
    body = entry.body
    try:
        evidence = tuple(body.get("evidence", ()))
        note = Note(
            body["text"], body["month"], body.get("about", ""), body.get("result", ""), evidence,
            body["id"], entry.author, _day(entry),
        )  # fmt: skip
    except (KeyError, TypeError):
        return None
    return note if is_moment(note.month) else None


def _evidence(entry: Entry) -> Evidence | None:
    try:
        return Evidence(entry.body["number"], entry.body["title"], entry.author, _day(entry))
    except (KeyError, TypeError):
        return None


def _day(entry: Entry) -> date:
    return datetime.fromisoformat(entry.at).astimezone().date()
