"""What applies after the term of a target: asked once, decided by the bureau, printed in papers.

A new target on the same figure is an answer too: it takes over from its own first day.
"""

from dataclasses import dataclass
from datetime import date

from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.meaning.target import AfterTerm, Target, TargetKey
from kpi.record.checks import Checks
from kpi.record.commitments import BODIES
from kpi.register import Lines, Record

LONGEST_REASON = 300
CHOICES = (AfterTerm.STAYS, AfterTerm.LAPSES)
NOTHING_OVER = "Van het doel op dit cijfer is geen looptijd voorbij. Er valt niets te besluiten."


@dataclass(frozen=True)
class TermDecision:
    """What a body decided about a target, known by its figure and its first day.

    organisation_id "" is the SWV. recorded_on is the day on which `author` put it on record.
    """

    kpi: str
    measure: str
    segment: str
    organisation_id: str
    valid_from: date | None
    choice: AfterTerm
    body: str
    decided_on: date
    reason: str = ""
    author: str = ""
    recorded_on: date | None = None

    @property
    def series(self) -> TargetKey:
        """Which figure it is about."""
        return (self.kpi, self.measure, self.segment)

    @property
    def text(self) -> str:
        """ "het doel vervalt (ALV, 12 juni 2026: het pact is afgelopen)"."""
        why = f": {self.reason}" if self.reason else ""
        return f"{self.choice.label} ({self.body}, {formatting.date_text(self.decided_on)}{why})"

    @property
    def full_text(self) -> str:
        """The same with who put it on record, and when."""
        on = formatting.date_text(self.recorded_on) if self.recorded_on else ""
        return f"{self.text}. Vastgelegd door {self.author}, {on}"


LINES = Lines(Record.AFTER_TERM, TermDecision)


def term_decisions(monitor: Monitor) -> list[TermDecision]:
    """Every decision that was not taken back, in the order of the ledger."""
    return monitor.remember(
        ("term decisions", monitor.store.last_line), lambda: LINES.standing(monitor.store)
    )


def term_decision_for(monitor: Monitor, rule: Target) -> TermDecision | None:
    """What was decided about the time after the term of an agreement; None when nothing was."""
    about = (*rule.about, _own(monitor, rule.organisation_id), rule.valid_from)
    found = [
        item
        for item in term_decisions(monitor)
        if (*item.series, item.organisation_id, item.valid_from) == about
    ]
    return found[-1] if found else None


def rule_to_decide(result: KpiResult) -> Target | None:
    """The agreement on a figure of which the term is over, also when it was decided upon."""
    if result.ended:
        return result.ended.rule
    rule = result.target_rule
    return rule if rule and rule.after is not AfterTerm.UNDECIDED else None


def decide_after_term(
    monitor: Monitor,
    about: KpiResult,
    choice: AfterTerm | str,
    body: str,
    decided_on: date | str | None,
    reason: str = "",
    author: str = "",
) -> TermDecision:
    """Put on record what applies after the term; deciding again takes the place of it.

    Refused with everything that is wrong, names of persons included.
    """
    checks = Checks(monitor)
    rule = rule_to_decide(about)
    checks.need(rule is not None, NOTHING_OVER)
    known = formatting.enumeration([item.label for item in CHOICES])
    checks.need(choice in CHOICES, f"Kies wat nu geldt: {known}.")
    checks.need(body in BODIES, f"Kies wie het besloot: {formatting.enumeration(BODIES)}.")
    day = checks.day(decided_on, "Zeg op welke dag het is besloten.")
    why = checks.text(reason, "", LONGEST_REASON)
    checks.without_persons(why)
    who = checks.author(author)
    checks.done()
    assert rule is not None and day is not None  # or done() would have refused
    place = _own(monitor, rule.organisation_id)
    made = TermDecision(*rule.about, place, rule.valid_from, AfterTerm(choice), body, day, why)
    return LINES.record(monitor.store, made, who)


def withdraw_term_decision(
    monitor: Monitor, decision: TermDecision, author: str = "", reason: str = ""
) -> None:
    """Take it back: what applies after the term is asked again."""
    LINES.withdraw(monitor.store, decision, author, reason)


def _own(monitor: Monitor, organisation_id: str) -> str:
    """The organisation as it is recorded: the SWV is "", because its code may still change."""
    return "" if organisation_id == monitor.swv.organisation_id else organisation_id
