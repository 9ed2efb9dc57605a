"""What may be said about a figure: the result types and their words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpi import formatting
from kpi.verdict.limits import Limits
from kpi.verdict.rules import Rule

ALL_WELL = "compleet, op tijd, definitief, op dezelfde manier geteld en geen kleine aantallen"


class Method(StrEnum):
    """How the verdict was reached; the text is shown."""

    XMR = "procesgrenzen (XmR)"
    P_PRIME = "procesgrenzen voor percentages (p′)"
    TREND = "trendtoets op vijf jaren"
    INTERVAL = "vergelijking met marge"
    MEAN = "gemiddelde met marge"
    THRESHOLD = "grenswaarde"
    PAIRED = "vergelijking per school"
    NONE = "geen oordeel"


class Change(StrEnum):
    """First question: is something really changing? The text is the word that is shown."""

    BETTER = "aantoonbaar beter"
    WORSE = "signaal: slechter"
    UP = "aantoonbaar hoger"
    DOWN = "aantoonbaar lager"
    ORDINARY = "gewone schommeling"
    SMALL = "kleine aantallen"
    TOO_FEW = "nog geen oordeel"
    NOT_TESTED = "niet te toetsen"
    HIDDEN = "niet getoond"

    @property
    def icon(self) -> str:
        """A sign that differs in shape, so colour is never needed to read it."""
        return CHANGE_ICONS[self]

    @property
    def is_signal(self) -> bool:
        """Whether something needs a word in the meeting."""
        return self in (Change.BETTER, Change.WORSE, Change.UP, Change.DOWN)


class Goal(StrEnum):
    """Second question: how does the target stand? The text is the word that is shown.

    Decided by a final figure: reached, missed. Decided by the last figure of a term that is over:
    ended. Not decided yet: the odds, or unknown when there are none. Not to be said: not testable,
    hidden. Everything that tells how a target stands reads this.
    """

    REACHED = "gehaald"
    MISSED = "niet gehaald"
    ENDED_REACHED = "afgelopen, gehaald"
    ENDED_MISSED = "afgelopen, niet gehaald"
    LIKELY = "haalbaar"
    UNCERTAIN = "wisselend"
    UNLIKELY = "niet zonder verandering"
    UNKNOWN = "niet te zeggen"
    NOT_TESTABLE = "niet te toetsen"
    HIDDEN = "niet getoond"
    NONE = "geen streefwaarde"

    @property
    def is_reached(self) -> bool:
        """Whether it is decided, and good."""
        return self in (Goal.REACHED, Goal.ENDED_REACHED)

    @property
    def is_missed(self) -> bool:
        """Whether it is decided, and not good."""
        return self in (Goal.MISSED, Goal.ENDED_MISSED)

    @property
    def asks_change(self) -> bool:
        """Whether going on in the same way is no answer to it."""
        return self.is_missed or self is Goal.UNLIKELY

    @property
    def icon(self) -> str:
        """A sign that differs in shape."""
        return GOAL_ICONS[self]


CHANGE_ICONS = {
    Change.BETTER: "▲",
    Change.WORSE: "◆",
    Change.UP: "△",
    Change.DOWN: "▽",
    Change.ORDINARY: "≈",
    Change.SMALL: "·",
    Change.TOO_FEW: "…",
    Change.NOT_TESTED: "–",
    Change.HIDDEN: "•",
}
GOAL_ICONS = {
    Goal.REACHED: "●",
    Goal.MISSED: "✕",
    Goal.ENDED_REACHED: "■",
    Goal.ENDED_MISSED: "⊗",
    Goal.LIKELY: "◕",
    Goal.UNCERTAIN: "◑",
    Goal.UNLIKELY: "○",
    Goal.UNKNOWN: "?",
    Goal.NOT_TESTABLE: "…",
    Goal.HIDDEN: "•",
    Goal.NONE: "–",
}


@dataclass(frozen=True)
class Finding:
    """Answer to the first question, with why this method (`reason`) and what it drew.

    limits: mean and limits to draw, in the unit of the figure; None when there are none. periods:
    the period of each point of the limits.
    """

    method: Method
    change: Change
    sentence: str
    reason: str
    rules: tuple[Rule, ...] = ()
    limits: Limits | None = None
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoalFinding:
    """Answer to the second question; odds is the chance 0–1, None when it is decided or unknown."""

    goal: Goal
    sentence: str
    odds: float | None = None


@dataclass(frozen=True)
class Confidence:
    """How solid the figure is, A (very) to D (hardly), with the reasons for each step down."""

    label: str
    reasons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reasons in words, or that there are none."""
        return formatting.enumeration(self.reasons or [ALL_WELL])
