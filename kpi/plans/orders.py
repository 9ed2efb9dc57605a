"""The improvement plan as it stands: the content of the profile with what people reported."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

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
from kpi.record.checks import Checks
from kpi.register import Lines, Record, Refused

LONGEST_NOTE, LONGEST_TITLE = 600, 200
NO_ANNEX = "‘{}’ is geen nummer van een bijlage. Schrijf het zo: 6 of 6a"
NO_MONTH = "'{}' is geen dag of maand. Schrijf het zo: 2024-03"
STATUSES = Lines(Record.ORDER_STATUS, OrderStatus, names={"reported": "on"})
NOTES = Lines(Record.ORDER_NOTE, Note)
LISTED = Lines(Record.EVIDENCE, Evidence)
Item = TypeVar("Item", OrderStatus, Evidence)


def improvement_plan(monitor: Monitor) -> ImprovementPlan | None:
    """The plan with every status, note and piece of evidence.

    A status on record takes the place of that of the profile for the same report, and a piece of
    evidence that of the same number; notes come after those of the profile. None without a plan.
    """
    plan = _of_profile(monitor)
    if plan is None:
        return None
    statuses = STATUSES.by("order", monitor.store)
    notes = NOTES.by("order", monitor.store)
    listed = LISTED.standing(monitor.store)
    orders = tuple(
        _complete(order, statuses.get(order.id, ()), notes.get(order.id, ()))
        for order in plan.orders
    )
    evidence = _latest((*plan.evidence, *listed), "number")
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
    checks = Checks(monitor)
    order = _order(monitor, order_id)
    if colour:
        checks.choice(colour, Colour, "Kleur")
    else:
        checks.errors.append("Kies hoe het staat.")
    checks.need(is_moment(reported), NO_MONTH.format(reported))
    dues = [item.by for item in order.due]
    reached = tuple(met)
    for name in reached:
        checks.need(name in dues, f"'{name}' is geen datum van deze opdracht.")
    remark = checks.text(note, "", LONGEST_NOTE)
    checks.without_persons(remark, names_checked=names_checked)
    who = checks.author(author)
    checks.done()
    status = OrderStatus(reported, Colour(colour), reached, remark)
    return STATUSES.record(monitor.store, status, who, order=order_id)


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
    checks = Checks(monitor)
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
    checks.without_persons(said, given, part, names_checked=names_checked)
    who = checks.author(author)
    checks.done()
    new = Note(said, month, part, given, tuple(numbers), secrets.token_hex(6))
    return NOTES.record(monitor.store, new, who, order=order_id)


def list_evidence(
    monitor: Monitor, number: str, title: str, author: str, *, names_checked: bool = False
) -> Evidence:
    """Put a piece of evidence in the list, or give the one with this number another title."""
    checks = Checks(monitor)
    numbered = number.strip().lower()
    checks.need(is_annex(numbered), NO_ANNEX.format(numbered))
    called = checks.text(title, "Schrijf op welk bewijsstuk het is.", LONGEST_TITLE)
    checks.without_persons(called, names_checked=names_checked)
    who = checks.author(author)
    checks.done()
    return LISTED.record(monitor.store, Evidence(numbered, called), who)


def _of_profile(monitor: Monitor) -> ImprovementPlan | None:
    folder = monitor.opened_with.profiles / monitor.profile.id
    return monitor.remember(("verbeterplan",), lambda: load_improvement_plan(folder))


def _order(monitor: Monitor, order_id: str) -> RecoveryOrder:
    plan = improvement_plan(monitor)
    found = [order for order in plan.orders if order.id == order_id] if plan else []
    if not found:
        raise Refused(["Deze herstelopdracht bestaat niet."])
    return found[0]


def _complete(
    order: RecoveryOrder, statuses: Iterable[OrderStatus], notes: Iterable[Note]
) -> RecoveryOrder:
    reported = [status for status in statuses if is_moment(status.reported)]
    added = [note for note in notes if is_moment(note.month)]
    every = _latest((*order.statuses, *reported), "reported")
    return replace(
        order,
        statuses=tuple(sorted(every, key=lambda item: item.on)),
        notes=(*order.notes, *added),
    )


def _latest(items: Iterable[Item], name: str) -> tuple[Item, ...]:
    """The last of those that have the same number or moment, in the order of the first."""
    return tuple({getattr(item, name): item for item in items}.values())
