"""Will the target be met? Odds from the series itself, in words and a number."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.meaning.choices import JudgedBy, Shows
from kpi.meaning.target import within
from kpi.verdict import goal_sentences as say
from kpi.verdict.goal_sentences import odds_text
from kpi.verdict.means import has_few_forms, odds_of_mean
from kpi.verdict.odds import Forecast
from kpi.verdict.outlook import forecast_of
from kpi.verdict.sentences import few_forms
from kpi.verdict.series import Series
from kpi.verdict.verdict import Goal, GoalFinding

__all__ = ["Asked", "judge_goal", "next_count", "odds_text"]

LIKELY, UNLIKELY = 0.8, 0.2
YEARS_AHEAD = 5


@dataclass(frozen=True)
class Asked:
    """What the agreement asks: now, and at the end of its path.

    at_end: the value in the last period of the path; ahead: periods from the last figure to it
    (0 = this is that period). wants_more: higher is better. agreed: the values themselves were
    agreed; those of a path are calculated. margin: how far the value may be off on either side, of
    an agreed value; None for a bound.
    """

    now: float | None
    at_end: float | None
    ahead: int
    end_label: str
    wants_more: bool = False
    agreed: bool = False
    margin: float | None = None

    def met(self, value: float, asked: float) -> bool:
        """The bare comparison."""
        if self.margin is not None:
            return within(value, asked, self.margin)
        return value >= asked if self.wants_more else value <= asked


def judge_goal(series: Series, asked: Asked | None) -> GoalFinding:
    """The answer to "will the target be met?" for the last figure of the series."""
    if asked is None or asked.at_end is None:
        return GoalFinding(Goal.NONE, say.NO_TARGET)
    if not series.run:
        return GoalFinding(Goal.UNKNOWN, say.NO_FIGURE)
    if has_few_forms(series):
        return GoalFinding(Goal.UNKNOWN, few_forms(series))
    value = float(series.last.value or 0.0)
    if asked.ahead <= 0:
        met = asked.met(value, asked.at_end)
        told = (say.reached if met else say.missed)(
            series, asked.at_end, asked.wants_more, agreed=asked.agreed, margin=asked.margin
        )
        return GoalFinding(Goal.REACHED if met else Goal.MISSED, told)
    if asked.ahead > YEARS_AHEAD * series.per_year:
        return GoalFinding(Goal.UNKNOWN, say.too_far(asked.end_label))
    odds = None  # a chance to end within a margin is not one to end on one side of a bound
    if asked.margin is None:
        odds = odds_of(series, asked.at_end, asked.ahead, wants_more=asked.wants_more)
    if odds is None:
        return _without_odds(series, asked, value)
    goal = Goal.LIKELY if odds >= LIKELY else Goal.UNLIKELY if odds < UNLIKELY else Goal.UNCERTAIN
    return GoalFinding(goal, say.expected(goal, asked.end_label, odds), odds)


def odds_of(series: Series, bound: float, ahead: int, *, wants_more: bool) -> float | None:
    """Chance that the figure `ahead` periods from now is on the right side of the bound."""
    if series.shows is Shows.MEAN:
        if series.standing or series.judged_by != JudgedBy.ROUTER:
            return None
        return odds_of_mean(series, bound, ahead, wants_more=wants_more)
    later = forecast_of(series, ahead)
    if later is None:
        return None
    factor = series.shows.factor
    count = bound if factor is None else bound * series.last.denominator / factor
    return later.at_least(count) if wants_more else later.at_most(count)


def next_count(series: Series) -> Forecast | None:
    """What the next figure may be, as a count; None when nothing can be said."""
    return forecast_of(series) if series.run else None


def _without_odds(series: Series, asked: Asked, value: float) -> GoalFinding:
    if asked.now is None:
        return GoalFinding(Goal.UNKNOWN, say.NOTHING_KNOWN)
    met = asked.met(value, asked.now)
    told = say.on_path(
        series, asked.now, asked.wants_more, met=met, agreed=asked.agreed, margin=asked.margin
    )
    return GoalFinding(Goal.UNKNOWN, told)
