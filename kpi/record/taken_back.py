"""Taking back what people put on record about a KPI: a deviation, a target of their own, an event.

The line stays in the ledger, with a line after it that says who took it back and why.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.formatting import date_text
from kpi.meaning.event import FROM_BUREAU
from kpi.meaning.kpi import Kpi
from kpi.record.after_term import term_decisions, withdraw_term_decision
from kpi.record.checks import Checks
from kpi.record.deviations import deviations, withdraw_deviation
from kpi.record.events import events, remove_event
from kpi.record.targets import recorded_targets, withdraw_target

LONGEST_REASON = 300


class OnRecord(NamedTuple):
    """Something that stands on record: what it says in one line, and how to take it back."""

    text: str
    withdraw: Callable[[str, str], None]  # author, reason


def on_record(monitor: Monitor, kpi: Kpi) -> list[OnRecord]:
    """Everything people put on record about a KPI that still counts."""
    return [
        *_deviations(monitor, kpi), *_targets(monitor, kpi), *_after_terms(monitor, kpi),
        *_events(monitor, kpi),
    ]  # fmt: skip


def take_back(monitor: Monitor, item: OnRecord, reason: str, author: str) -> str:
    """Take it back. What was done, in words; Refused without a reason or with a name in it."""
    checks = Checks(monitor)
    why = checks.text(reason, "Schrijf op waarom u dit terugneemt.", LONGEST_REASON)
    checks.without_persons(why)
    checks.done()
    item.withdraw(author, why)
    return f"Teruggenomen: {item.text}."


def _deviations(monitor: Monitor, kpi: Kpi) -> Iterator[OnRecord]:
    for found in deviations(monitor):
        if found.kpi == kpi.id:
            label = kpi.measures[found.measure].label
            text = f"afwijking, {label}: {found.text_on(found.from_on)}"
            yield OnRecord(text, partial(withdraw_deviation, monitor, found))


def _targets(monitor: Monitor, kpi: Kpi) -> Iterator[OnRecord]:
    for found in recorded_targets(monitor):
        if found.kpi == kpi.id:
            since = f" vanaf {date_text(found.valid_from)}" if found.valid_from else ""
            text = f"doel, {kpi.measures[found.measure].label}: {found.kind.label}{since}"
            yield OnRecord(text, partial(withdraw_target, monitor, found))


def _after_terms(monitor: Monitor, kpi: Kpi) -> Iterator[OnRecord]:
    for found in term_decisions(monitor):
        if found.kpi == kpi.id:
            text = f"na de looptijd, {kpi.measures[found.measure].label}: {found.text}"
            yield OnRecord(text, partial(withdraw_term_decision, monitor, found))


def _events(monitor: Monitor, kpi: Kpi) -> Iterator[OnRecord]:
    for found in events(monitor, kpi.id):
        if found.origin == FROM_BUREAU:
            text = f"gebeurtenis: {found.label}, {found.when_text}"
            yield OnRecord(text, partial(remove_event, monitor, found))
