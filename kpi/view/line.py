"""One KPI on the overview, and the one rule that says whether it needs a word."""

from dataclasses import dataclass, replace
from enum import StrEnum

from kpi import formatting
from kpi.figure.result import KpiResult
from kpi.guard.shown import Shown
from kpi.meaning import choices
from kpi.meaning.choices import State
from kpi.record.deviations import Deviation, day_of
from kpi.verdict.assess import Verdict
from kpi.verdict.verdict import Finding, Goal
from kpi.view.standing import Standing, counts_short, counts_text, in_order

INFLOW, AS_SHARE = "Instroom", "Als deel"
NO_LETTER = "–"


class WordReason(StrEnum):
    """Why a KPI needs a word, what is spoken about first on top; the text is shown."""

    SIGNAL = "signaal"
    LAPSED = "afwijking verlopen"
    MISSED = "doel niet gehaald"
    UNLIKELY = "doel niet zonder verandering"


@dataclass(frozen=True)
class Line:
    """One KPI on the overview.

    judged: the figure that is tested, the result itself or what its definition names (its inflow,
    the share that went); change what was found.
    targets: every target of the KPI, on whatever measure and part, what asks for a word first.
    """

    result: KpiResult
    verdict: Verdict
    judged: KpiResult
    change: Verdict
    targets: tuple[Standing, ...]

    @property
    def name(self) -> str:
        """How the KPI is called."""
        return self.result.kpi.label

    @property
    def is_signal(self) -> bool:
        """Whether the change is more than chance."""
        return self.change.finding.change.is_signal

    @property
    def why(self) -> tuple[WordReason, ...]:
        """Why it needs a word; () when it does not. Screen, meeting, quarter, papers read this.

        A target that is knowingly not met asks for no word until the time of that is over.
        """
        asking = [item for item in self.targets if item.asks_change and not item.has_lapsed]
        found = {
            WordReason.SIGNAL: self.is_signal,
            WordReason.LAPSED: self.has_lapsed,
            WordReason.MISSED: any(item.is_missed for item in asking),
            WordReason.UNLIKELY: any(item.goal.goal is Goal.UNLIKELY for item in asking),
        }
        return tuple(why for why, holds in found.items() if holds)

    @property
    def why_text(self) -> str:
        """The reasons in words: "signaal en doel niet gehaald"; "" without any."""
        return formatting.enumeration(self.why) if self.why else ""

    @property
    def needs_word(self) -> bool:
        """Whether someone must write what is going on before the quarter can be closed."""
        return bool(self.why)

    @property
    def weight(self) -> int:
        """What is spoken about first: 0 for a signal, and so on."""
        return [*WordReason].index(self.why[0]) if self.why else len(WordReason)

    @property
    def target(self) -> Standing | None:
        """The target that asks most for a word; None when nothing was agreed."""
        return self.targets[0] if self.targets else None

    @property
    def is_own_target(self) -> bool:
        """Whether that target is about the very figure of this line."""
        return self.target is not None and self.target.result.series == self.result.series

    @property
    def deviation(self) -> Deviation | None:
        """The deviation to be named: one whose time is over before one in force."""
        return self._deviating.deviation if self._deviating else None

    @property
    def deviation_text(self) -> str:
        """ "bewust, t/m 31 dec 2026", "afwijking verlopen op 30 juni 2026", or ""."""
        found = self._deviating
        if found is None or found.deviation is None:
            return ""
        return found.deviation.short_text_on(day_of(found.result))

    @property
    def _deviating(self) -> Standing | None:
        agreed = [item for item in self.targets if item.deviation]
        lapsed = [item for item in agreed if item.has_lapsed]
        return next(iter((*lapsed, *agreed)), None)

    @property
    def has_lapsed(self) -> bool:
        """Whether the time of an agreed deviation is over."""
        return any(item.has_lapsed for item in self.targets)

    @property
    def is_due(self) -> bool:
        """Whether not everyone who should deliver did."""
        return self.result.expected > 0 and not self.result.is_complete

    @property
    def change_text(self) -> str:
        """ "signaal: slechter", or "Instroom: gewone schommeling" when that is what is tested."""
        return change_text(self.result, self.judged, self.change.finding)

    @property
    def change_words(self) -> str:
        """The same with its sign."""
        return change_words(self.result, self.judged, self.change.finding)

    @property
    def letter(self) -> str:
        """How solid the figure is."""
        return letter_of(self.result, self.verdict)

    @property
    def change_note(self) -> str:
        """The sentence about the change, without the figure or the word that the row shows too."""
        said = self.change.finding.sentence if is_here(self.result) else ""
        head, colon, rest = said.partition(": ")
        shown = (str(self.change.finding.change), self.judged.value_text)
        if colon and head.lower().endswith(tuple(text.lower() for text in shown)):
            return rest[:1].upper() + rest[1:]
        return said

    @property
    def counts_short(self) -> str:
        """The same where room is short, see `counts_short`; "" when `counts_text` is."""
        return counts_short(self.targets) if self.counts_text else ""

    @property
    def counts_text(self) -> str:
        """ "3 doelen: 1 gehaald, 2 niet gehaald"; "" for the one target on this figure itself."""
        is_all = len(self.targets) == 1 and self.is_own_target
        return "" if is_all else counts_text(self.targets)


def change_words(result: KpiResult, judged: KpiResult, finding: Finding) -> str:
    """The sign of a change with its word: "≈ gewone schommeling"."""
    sign = finding.change.icon if is_here(result) else Goal.NONE.icon
    return f"{sign} {change_text(result, judged, finding)}"


def change_text(result: KpiResult, judged: KpiResult, finding: Finding) -> str:
    """The word for a change, with whose it is when it is not the figure itself."""
    if not is_here(result):
        return choices.NO_NUMBER[State.NOT_APPLICABLE]
    said = str(finding.change)
    if judged.measure is result.measure:
        return said
    return f"{INFLOW if result.measure.counts_again else AS_SHARE}: {said}"


def is_here(result: KpiResult) -> bool:
    """Whether the figure exists for this organisation: of one that does not, nothing is said."""
    return result.state is not State.NOT_APPLICABLE


def letter_of(result: KpiResult, found: Verdict) -> str:
    """How solid the figure is, A to D; a figure that does not exist here has no letter."""
    return found.confidence.label if is_here(result) else NO_LETTER


def line_shown(line: Line, shown: Shown) -> Line:
    """A line of the overview as the reader may see it.

    What needs a word is decided by what may be seen, or a page about a KPI would tell why.
    """
    targets = [
        replace(item, result=shown.of(item.result), goal=shown.verdict(item.result).goal)
        for item in line.targets
    ]
    return replace(
        line,
        result=shown.of(line.result),
        verdict=shown.verdict(line.result),
        judged=shown.of(line.judged),
        change=shown.verdict(line.judged),
        targets=in_order(targets),
    )
