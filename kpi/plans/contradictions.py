"""What an improvement plan says that cannot all be so: green without evidence, late but green, …"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi import formatting
from kpi.plans.order import ANNEX, Colour, ImprovementPlan, RecoveryOrder

_ANNEXES = re.compile(rf"\bbijlagen?\s+({ANNEX}(?:\s*(?:,|\+|/|&|en)\s*{ANNEX})*)\b", re.IGNORECASE)


class BrokenRule(StrEnum):
    """Which rule it breaks."""

    NO_EVIDENCE = "groen zonder bewijs"
    LATE_BUT_GREEN = "groen na de datum"
    NO_NOTE = "geen notitie"
    NOT_LISTED = "bewijs niet in de lijst"

    @property
    def repair(self) -> str:
        """What takes it away, in Dutch."""
        return {
            BrokenRule.NO_EVIDENCE: "Noem een bewijsstuk in een notitie, of meld een andere kleur.",
            BrokenRule.LATE_BUT_GREEN: "Meld dat de datum is gehaald, of meld een andere kleur.",
            BrokenRule.NO_NOTE: "Schrijf in een notitie op wat er is gebeurd.",
            BrokenRule.NOT_LISTED: "Zet het bewijsstuk in de lijst.",
        }[self]


@dataclass(frozen=True)
class Contradiction:
    """One thing that cannot be so, about which order (id and name), in Dutch."""

    order_id: str
    order: str
    kind: BrokenRule
    text: str

    @property
    def message(self) -> str:
        """ "BKA1 Visie, ambities en doelen: er is geen notitie."."""
        return f"{self.order}: {self.text}"


def contradictions(plan: ImprovementPlan, on: date) -> list[Contradiction]:
    """Everything in the plan that contradicts itself in the report of a day, per order.

    A colour that cannot be read from the source is not green. A date that is met, as some status
    says, is not late. A note is new when its month ends after the report before this one.
    """
    since = plan.report_before(on)
    listed = {item.number for item in plan.evidence}
    return [
        Contradiction(order.id, order.name, kind, sentence)
        for order in plan.orders
        for kind, sentence in _of_order(order, listed, since, on)
    ]


def _of_order(
    order: RecoveryOrder, listed: set[str], since: date | None, on: date
) -> Iterator[tuple[BrokenRule, str]]:
    status = order.status(on)
    if status and status.colour is Colour.GREEN:
        if not order.all_evidence:
            yield BrokenRule.NO_EVIDENCE, "staat op groen, maar er is geen bewijsstuk bij genoemd."
        for due in order.overdue(on):
            yield (
                BrokenRule.LATE_BUT_GREEN,
                f"staat op groen, maar {due.text} is voorbij en niet als gehaald gemeld.",
            )
    if not _has_news(order, since, on):
        period = f" sinds het rapport van {formatting.date_text(since)}" if since else ""
        yield BrokenRule.NO_NOTE, f"er is geen notitie{period}."
    for number in _named_evidence(order):
        if number not in listed:
            yield (
                BrokenRule.NOT_LISTED,
                f"bijlage {number} wordt genoemd, maar staat niet in de lijst.",
            )


def _has_news(order: RecoveryOrder, since: date | None, on: date) -> bool:
    """Whether something was noted since the report before; in a first report any note is news."""
    if since is None:
        return bool(order.notes)
    return any(note.is_between(since, on) for note in order.notes)


def _named_evidence(order: RecoveryOrder) -> tuple[str, ...]:
    """The annexes of an order: those that are linked, and those its texts speak of."""
    texts = [order.remark, order.result, *order.actions, *order.references, *order.intended]
    for note in order.notes:
        texts += [note.text, note.result]
    texts += [status.note for status in order.statuses]
    spoken = [
        number.lower()
        for text in texts
        for numbers in _ANNEXES.findall(text)
        for number in re.findall(ANNEX, numbers)
    ]
    return tuple(dict.fromkeys([*order.all_evidence, *spoken]))
