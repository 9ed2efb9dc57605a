"""How the orders of an improvement plan stand on a day, in words that page and paper share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kpi import formatting
from kpi.plans.moment import moment
from kpi.plans.order import Colour, Due, ImprovementPlan, OrderStatus, RecoveryOrder

NONE = "–"
NOT_REPORTED = "– nog niet gemeld"
PASSED_MEANS = "Voorbij: deze datum is geweest en niemand heeft gemeld dat zij is gehaald."
STATUS_HEADERS = ("Opdracht", "Artikel", "Stand", "Klaar", "Bewijs", "Wie")


class DueState(StrEnum):
    """Whether a due date is met, as was reported, or has passed without that."""

    MET = "gehaald"
    PASSED = "voorbij"
    AHEAD = ""


class DueLine(NamedTuple):
    """A due date with how it stands."""

    due: Due
    state: DueState

    @property
    def text(self) -> str:
        """ "februari 2023: het handboek (gehaald)"; what is still ahead has no word."""
        return f"{self.due.text} ({self.state})" if self.state else self.due.text


@dataclass(frozen=True)
class OrderLine:
    """One row of the status table. is_old: reported earlier than the last report of the plan."""

    order: RecoveryOrder
    status: OrderStatus | None
    dues: tuple[DueLine, ...]
    is_old: bool

    @property
    def status_text(self) -> str:
        """ "● op schema (groen)", with the month when others were reported later."""
        if self.status is None:
            return NOT_REPORTED
        text = self.status.colour.text
        return f"{text}, gemeld {self.status.reported_text}" if self.is_old else text

    @property
    def evidence_text(self) -> str:
        """ "3 bijlagen: 1a, 1b en 2"."""
        numbers = self.order.all_evidence
        if not numbers:
            return "geen"
        return f"{formatting.count(len(numbers), 'bijlagen')}: {formatting.enumeration(numbers)}"

    @property
    def needs_attention(self) -> bool:
        """Whether the order is behind or does not move."""
        return self.status is not None and self.status.colour in (Colour.ORANGE, Colour.RED)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row under STATUS_HEADERS; due dates stand on a line each."""
        return (
            self.order.name,
            self.order.article or NONE,
            self.status_text,
            "\n".join(item.text for item in self.dues) or NONE,
            self.evidence_text,
            ", ".join(self.order.who) or NONE,
        )


class Intended(NamedTuple):
    """What must be there by a moment: per order the results."""

    by: str
    is_past: bool
    results: tuple[tuple[RecoveryOrder, tuple[str, ...]], ...]

    @property
    def heading(self) -> str:
        """ "voorjaar 2024", or "voorjaar 2024 (voorbij)"."""
        return f"{self.by} ({DueState.PASSED})" if self.is_past else self.by


def status_table(plan: ImprovementPlan, on: date) -> list[OrderLine]:
    """One row per order in the order of the plan, as it stands on a day."""
    days = plan.report_days(on)
    return [
        OrderLine(order, status, due_lines(order, on), bool(status and status.on < days[-1]))
        for order in plan.orders
        for status in [order.status(on)]
    ]


def due_lines(order: RecoveryOrder, on: date) -> tuple[DueLine, ...]:
    """Every due date of an order with how it stands on a day, in the order of the plan."""
    met = {name for item in order.statuses if item.on <= on for name in item.met}
    return tuple(DueLine(item, _state(item, met, on)) for item in order.due)


def intended_results(plan: ImprovementPlan, on: date) -> list[Intended]:
    """What is intended, by moment: first what is still to come, nearest first, then what passed."""
    moments = {order.intended_by: moment(order.intended_by) for order in _with_intended(plan)}
    found = [
        Intended(
            when.text,
            when.last < on,
            tuple((item, item.intended) for item in _with_intended(plan) if item.intended_by == by),
        )
        for by, when in sorted(moments.items(), key=lambda pair: pair[1].last)
    ]
    return sorted(found, key=lambda item: item.is_past)


def legend(plan: ImprovementPlan) -> list[str]:
    """What the signs mean, and what the plan itself says of its colours."""
    used = {status.colour for order in plan.orders for status in order.statuses}
    colours = [item for item in Colour if item is not Colour.UNREAD or item in used]
    said = [f"Legenda van het plan: {plan.legend}"] if plan.legend else []
    return [f"{'; '.join(item.text for item in colours)}.", PASSED_MEANS, *said]


def facts(line: OrderLine) -> list[tuple[str, str]]:
    """What the plan says of an order, as label and text, in the order inspectors know.

    Actions, due dates and references stand on a line each.
    """
    order = line.order
    article = f"\n({order.article})" if order.article else ""
    changes = {True: "ja", False: "nee", None: "niet genoemd"}[order.support_plan_change]
    return [
        ("Herstelopdracht", order.finding + article),
        ("Wat verwacht de Inspectie?", order.expected),
        ("Acties", _listed(order.actions)),
        ("Resultaat", order.result),
        ("Wie", ", ".join(order.who) or NONE),
        ("Klaar en stand", "\n".join((*(item.text for item in line.dues), line.status_text))),
        ("Verwijzingen", _listed(order.references)),
        ("Wijziging ondersteuningsplan", changes),
        ("Bijzonderheden", order.remark or NONE),
    ]


def named_by(plan: ImprovementPlan, number: str) -> str:
    """The orders that name a piece of evidence: "RPO1 Dekkend netwerk …"; a dash without any."""
    names = [order.name for order in plan.orders if number in order.all_evidence]
    return "\n".join(names) or NONE


def _listed(texts: Sequence[str]) -> str:
    return "\n".join(f"– {text}" for text in texts) if len(texts) > 1 else "".join(texts) or NONE


def _with_intended(plan: ImprovementPlan) -> Iterator[RecoveryOrder]:
    return (order for order in plan.orders if order.intended and order.intended_by)


def _state(due: Due, met: set[str], on: date) -> DueState:
    if due.by in met:
        return DueState.MET
    return DueState.PASSED if due.on < on else DueState.AHEAD
