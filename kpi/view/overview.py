"""The overview in words: per KPI one line with its verdict, and one sentence for all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from data.calendar import Period
from kpi import formatting
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.guard.shown import Shown
from kpi.record.deviations import Deviation, day_of, deviation_for
from kpi.verdict.assess import Verdict
from kpi.verdict.goal import odds_text
from kpi.verdict.judged import tested, verdict
from kpi.verdict.verdict import Change, Goal, GoalFinding
from kpi.view.goals import met_text
from kpi.view.intake import intake

MOST_WORDS = 25
INFLOW = "Instroom"
# The goal that asks most for a word stands for all goals of a KPI.
FIRST_NAMED = (
    Goal.MISSED, Goal.UNLIKELY, Goal.UNCERTAIN, Goal.UNKNOWN, Goal.LIKELY, Goal.REACHED,
    Goal.NONE,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One KPI on the overview.

    judged: the figure that is tested, the result itself or its inflow; change what was found.
    targeted: the figures of the KPI that have a target, the result itself when it has one.
    goal: the finding on the target that asks most for a word; deviation: see kpi.record.deviations.
    """

    result: KpiResult
    verdict: Verdict
    judged: KpiResult
    change: Verdict
    targeted: tuple[KpiResult, ...]
    goal: GoalFinding
    deviation: Deviation | None

    @property
    def name(self) -> str:
        """How the KPI is called."""
        return self.result.kpi.label

    @property
    def is_signal(self) -> bool:
        """Whether the change needs a word in the meeting."""
        return self.change.finding.change.is_signal

    @property
    def deviation_text(self) -> str:
        """ "bewust, tot en met 31 dec 2026", "afwijking verlopen op 30 juni 2026", or ""."""
        return self.deviation.short_text_on(day_of(self.result)) if self.deviation else ""

    @property
    def has_lapsed(self) -> bool:
        """Whether the time of an agreed deviation is over."""
        return self.deviation is not None and self.deviation.lapsed_on(day_of(self.result))

    @property
    def needs_word(self) -> bool:
        """Whether someone must write what is going on before the quarter can be closed."""
        return self.is_signal or self.has_lapsed

    @property
    def is_due(self) -> bool:
        """Whether not everyone who should deliver did."""
        return self.result.expected > 0 and not self.result.is_complete

    @property
    def change_text(self) -> str:
        """ "signaal: slechter", or "Instroom: gewone schommeling" when that is what is tested."""
        return change_text(self.result, self.judged, self.change.finding.change)

    @property
    def change_note(self) -> str:
        """The sentence about the change, without the figure or the word that the row shows too."""
        said = self.change.finding.sentence
        head, colon, rest = said.partition(": ")
        shown = (str(self.change.finding.change), self.judged.value_text)
        if colon and head.lower().endswith(tuple(text.lower() for text in shown)):
            return rest[:1].upper() + rest[1:]
        return said

    @property
    def odds_text(self) -> str:
        """ "kans ongeveer 7 op 10"; "" when there are no odds."""
        return "" if self.goal.odds is None else f"kans {odds_text(self.goal.odds)}"

    @property
    def others_text(self) -> str:
        """ "3 doelen, 1 gehaald" when the targets are on other measures, else ""."""
        return "" if self.result.target is not None else met_text(self.targeted)


@dataclass(frozen=True)
class Overview:
    """Everything the overview says about one organisation and quarter."""

    lines: tuple[Line, ...]
    sentence: str
    missing: str


def overview(monitor: Monitor, organisation_id: str, quarter: Period) -> Overview:
    """The lines in the order in which they need a word, with what they say together."""
    lines = tuple(
        _line(monitor, result, judged, quarter)
        for result, judged in overview_verdicts(monitor, organisation_id, quarter.period_id)
    )
    return Overview(lines, headline(lines), missing_text(monitor, quarter))


def change_text(result: KpiResult, judged: KpiResult, change: Change) -> str:
    """The word for a change, with whose it is when it is not the figure itself."""
    return str(change) if judged.measure is result.measure else f"{INFLOW}: {change}"


def headline(lines: Sequence[Line]) -> str:
    """What changed and what needs a word, in at most 25 words."""
    for with_coverage, most in ((True, 9), (False, 9), (False, 3), (False, 1), (False, 0)):
        sentence = " ".join(_parts(lines, with_coverage, most))
        if len(sentence.split()) <= MOST_WORDS:
            break
    return sentence


def most_urgent(goals: Sequence[GoalFinding]) -> GoalFinding:
    """The goal that asks most for a word, of one or more."""
    return min(goals, key=lambda finding: FIRST_NAMED.index(finding.goal))


def missing_text(monitor: Monitor, quarter: Period) -> str:
    """ "Over sept 2026 mist nog: Verzuim per leerling (31 van 34 locaties)."."""
    owed = [item for item in intake(monitor, quarter) if item.by_quarter]
    late = [f"{item.label} ({item.text})" for item in owed if not item.is_complete]
    if late:
        return f"Over {quarter.label} mist nog: {formatting.enumeration(late)}."
    return f"Alles over {quarter.label} is binnen." if owed else ""


def _line(monitor: Monitor, result: KpiResult, own: Verdict, quarter: Period) -> Line:
    judged, change = tested(monitor, result)
    targeted = (result,) if result.target is not None else _targeted(monitor, result, quarter)
    goal = most_urgent([verdict(monitor, item).goal for item in targeted] or [own.goal])
    deviations = [item for found in targeted if (item := deviation_for(monitor, found))]
    return Line(result, own, judged, change, targeted, goal, next(iter(deviations), None))


def _targeted(monitor: Monitor, result: KpiResult, quarter: Period) -> tuple[KpiResult, ...]:
    organisation = result.organisation.organisation_id
    return tuple(results.targeted(monitor, result.kpi.id, organisation, quarter.period_id))


def _parts(lines: Sequence[Line], with_coverage: bool, most: int) -> Iterator[str]:
    signals = [line for line in lines if line.is_signal]
    if signals:
        word = formatting.count(len(signals), "signalen")
        yield f"{word}: {_names(signals, _with_lapse, most)}." if most else f"{word}."
    else:
        yield "Geen signalen."
    for heading, chosen, said in (
        (
            "Afwijking verlopen",
            [line for line in lines if line.has_lapsed and line not in signals],
            _name,
        ),
        (
            "Nog niet compleet",
            [line for line in lines if line.is_due],
            _with_coverage if with_coverage else _name,
        ),
    ):
        if chosen:
            yield f"{heading}: {_names(chosen, said, most)}."


def _names(lines: Sequence[Line], said: Callable[[Line], str], most: int) -> str:
    """The first ones by name, the others counted."""
    if not most:
        return formatting.count(len(lines), "KPI’s")
    named = [said(line) for line in lines[:most]]
    rest = len(lines) - len(named)
    return formatting.enumeration([*named, f"{rest} andere"] if rest else named)


def _name(line: Line) -> str:
    return line.name


def _with_lapse(line: Line) -> str:
    return f"{line.name} (afwijking verlopen)" if line.has_lapsed else line.name


def _with_coverage(line: Line) -> str:
    return f"{line.name} ({line.result.coverage_text})"


def line_shown(line: Line, shown: Shown) -> Line:
    """A line of the overview as the reader may see it."""
    targeted = line.targeted or (line.result,)
    return replace(
        line,
        result=shown.of(line.result),
        verdict=shown.verdict(line.result),
        judged=shown.of(line.judged),
        change=shown.verdict(line.judged),
        targeted=tuple(map(shown.of, line.targeted)),
        goal=most_urgent([shown.verdict(item).goal for item in targeted]),
    )


def overview_verdicts(
    monitor: Monitor, organisation_id: str, period_id: str
) -> list[tuple[KpiResult, Verdict]]:
    """The overview with its verdicts: signals first, then lapsed deviations, then by number.

    Whether a row is a signal is told by the figure that is tested, see `tested`.
    """
    found = [
        (result, verdict(monitor, result))
        for result in results.overview(monitor, organisation_id, period_id)
    ]
    return sorted(found, key=lambda pair: _weight(monitor, pair[0]))


def _weight(monitor: Monitor, result: KpiResult) -> int:
    """0 for a signal, 1 for a deviation whose time is over, 2 for the rest."""
    if tested(monitor, result)[1].finding.change.is_signal:
        return 0
    deviation = deviation_for(monitor, result)
    return 1 if deviation and deviation.lapsed_on(day_of(result)) else 2
