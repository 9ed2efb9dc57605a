"""How the targets of a KPI stand: each by the figure it was agreed on, and what it asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.calendar import Period
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.path import agreements
from kpi.figure.result import Ended, KpiResult
from kpi.record.after_term import TermDecision, term_decision_for
from kpi.record.deviations import Deviation, day_of, deviation_for
from kpi.verdict.goal import odds_text
from kpi.verdict.judged import verdict
from kpi.verdict.verdict import Goal, GoalFinding

# The target that asks most for a word stands for all targets of a KPI.
FIRST_NAMED = (
    Goal.MISSED, Goal.ENDED_MISSED, Goal.UNLIKELY, Goal.UNCERTAIN, Goal.UNKNOWN, Goal.NOT_TESTABLE,
    Goal.LIKELY, Goal.REACHED, Goal.ENDED_REACHED, Goal.HIDDEN, Goal.NONE,
)  # fmt: skip
# What is counted in one line, in this order.
KINDS = (
    ("gehaald", (Goal.REACHED, Goal.ENDED_REACHED)),
    ("niet gehaald", (Goal.MISSED, Goal.ENDED_MISSED)),
    ("nog open", (Goal.LIKELY, Goal.UNCERTAIN, Goal.UNLIKELY, Goal.UNKNOWN)),
    (str(Goal.NOT_TESTABLE), (Goal.NOT_TESTABLE,)),
    (str(Goal.HIDDEN), (Goal.HIDDEN,)),
)
UNSAID = (Goal.NOT_TESTABLE, Goal.HIDDEN)

CODE = re.compile(r"\((\w+)\)$")


@dataclass(frozen=True)
class Standing:
    """One target: the figure it is about, how it stands, and what was agreed about missing it.

    over: its term, when that has ended by the quarter that is told about; decision: what the
    bureau said about the time after it.
    """

    result: KpiResult
    goal: GoalFinding
    deviation: Deviation | None
    over: Ended | None
    decision: TermDecision | None = None

    @property
    def name(self) -> str:
        """The measure and the part the target is about."""
        return ", ".join(filter(None, (self.result.measure.label, self.result.segment_label)))

    def short_name(self, most: int) -> str:
        """The same in at most so many signs: the measure whole, of the part what fits.

        "Leerlingen in de periode, LRV" for a part called "Langdurig relatief verzuim (LRV)".
        """
        if len(self.name) <= most:
            return self.name
        measure, part = self.result.measure.label, self.result.segment_label
        code = CODE.search(part)
        if code:
            return f"{measure}, {code[1]}"
        fits = part[: max(most - len(f"{measure},  …"), 0) + 1].rpartition(" ")[0].rstrip(",")
        return f"{measure}, {fits} …" if fits else measure + " …" * bool(part)

    @property
    def figure_text(self) -> str:
        """Its own value and when: "38 leerlingen, 2025-2026"; after its term "nu 38 leerlingen"."""
        now = "nu " if self.result.ended else ""
        return f"{now}{self.result.value_text}, {self.result.when_short}"

    @property
    def asked_text(self) -> str:
        """ "hoogstens 15 leerlingen", "liep tot juli 2024", or why neither can be said."""
        return self._asked(self.result.target_text)

    @property
    def asked_short(self) -> str:
        """The same where room is short: "45,5% ± 2 procentpunt"."""
        return self._asked(self.result.target_short)

    def _asked(self, text: str) -> str:
        if self.goal.goal is Goal.HIDDEN and not self.result.has_target:
            return str(Goal.HIDDEN)  # what was asked would tell a number
        over = "" if self.result.ended or not self.over else self.over.text
        return ", ".join(filter(None, (text, over)))

    @property
    def is_open(self) -> bool:
        """Whether its term is over and the bureau has not said what applies now."""
        return self.over is not None and self.over.is_open

    @property
    def has_lapsed(self) -> bool:
        """Whether the time of an agreed deviation is over."""
        return self.deviation is not None and self.deviation.lapsed_on(day_of(self.result))

    @property
    def is_excused(self) -> bool:
        """Whether it is knowingly not met, for a time that is not over."""
        return self.deviation is not None and not self.has_lapsed

    @property
    def is_missed(self) -> bool:
        """Whether it counts as not met: a target that lapsed by decision does no longer."""
        return self.goal.goal.is_missed and (self.over is None or self.is_open)

    @property
    def asks_change(self) -> bool:
        """Whether it needs a word: it is missed or will be, and nobody agreed to that."""
        asks = self.is_missed or self.goal.goal is Goal.UNLIKELY
        return asks and not self.is_excused

    @property
    def odds_text(self) -> str:
        """ "kans ongeveer 7 op 10"; "" when there are no odds."""
        return "" if self.goal.odds is None else f"kans {odds_text(self.goal.odds)}"


def standings(
    monitor: Monitor, targeted: Sequence[KpiResult], quarter: Period
) -> tuple[Standing, ...]:
    """How each of these figures stands beside its target, what asks most for a word first."""
    found = [
        Standing(
            result,
            verdict(monitor, result).goal,
            deviation_for(monitor, result),
            over := result.ended or _ended_since(monitor, result, quarter),
            _decision(monitor, result, over),
        )
        for result in targeted
    ]
    return in_order(found)


def _decision(monitor: Monitor, result: KpiResult, over: Ended | None) -> TermDecision | None:
    rule = over.rule if over else result.target_rule
    return term_decision_for(monitor, rule) if rule else None


def _ended_since(monitor: Monitor, result: KpiResult, quarter: Period) -> Ended | None:
    """The term that ended with this figure: there is no later one yet, but the time is over."""
    rule = result.target_rule
    is_over = rule is not None and agreements(monitor, result.subject, quarter).ended == rule
    return Ended(rule, result.period) if rule and is_over else None


def in_order(found: Sequence[Standing]) -> tuple[Standing, ...]:
    """What asks most for a word first."""
    return tuple(sorted(found, key=_weight))


def counts_text(found: Sequence[Standing]) -> str:
    """ "3 doelen: 1 gehaald, 2 niet gehaald"; "" without any that asks something now."""
    counted = {name: sum(item.goal.goal in goals for item in found) for name, goals in KINDS}
    parts = [f"{formatting.number(number)} {name}" for name, number in counted.items() if number]
    if not parts:
        return ""
    return f"{formatting.count(sum(counted.values()), 'doelen')}: {', '.join(parts)}"


def counts_short(found: Sequence[Standing]) -> str:
    """ "3 doelen, 1 gehaald"; "1 van 2 gehaald" when of others nothing can be said.

    Just "8 doelen" when of none anything can be said: the word beside it tells why.
    """
    every = formatting.count(len(found), "doelen")
    said = [item.goal.goal for item in found if item.goal.goal not in UNSAID]
    if not said:
        return every
    met = formatting.number(sum(goal.is_reached for goal in said))
    if len(said) < len(found):
        return f"{met} van {formatting.number(len(said))} gehaald"
    return f"{every}, {met} gehaald"


def _weight(item: Standing) -> tuple[bool, int]:
    return not item.asks_change, FIRST_NAMED.index(item.goal.goal)
