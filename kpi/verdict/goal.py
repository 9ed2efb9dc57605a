"""How a target stands: decided by a final figure, and where it is not, odds from the series."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

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

__all__ = ["Asked", "judge_goal", "next_count", "next_figure", "odds_text"]

LIKELY, UNLIKELY = 0.8, 0.2
FEWEST_EXPECTED = 3.0  # cases
YEARS_AHEAD = 5


@dataclass(frozen=True)
class Asked:
    """What the agreement asks: now, and at the end of its path.

    at_end: the value in the last period of the path; ahead: periods from the last figure to it
    (0 = this is that period). wants_more: higher is better. agreed: the values themselves were
    agreed; those of a path are calculated. is_norm: every period by itself must meet it. why_not:
    why nothing is asked of this period, as a Dutch clause. ended: the position of the last period
    of a term that is over, of which at_end is the value; end_label is then its last month.
    margin: how far the value may be off on either side, of an agreed value; None for a bound.
    """

    now: float | None
    at_end: float | None
    ahead: int
    end_label: str
    wants_more: bool = False
    agreed: bool = False
    margin: float | None = None
    is_norm: bool = False
    why_not: str = ""
    ended: int | None = None

    def met(self, value: float, asked: float) -> bool:
        """The bare comparison."""
        if self.margin is not None:
            return within(value, asked, self.margin)
        return value >= asked if self.wants_more else value <= asked


def judge_goal(series: Series, asked: Asked | None) -> GoalFinding:
    """The answer to "will the target be met?" for the last figure of the series."""
    if asked is None:
        return GoalFinding(Goal.NONE, say.NO_TARGET)
    if asked.ended is not None:
        return _ended(series, asked, asked.ended)
    if asked.why_not:
        return GoalFinding(Goal.NOT_TESTABLE, say.not_asked(asked.why_not))
    if asked.at_end is None and not (asked.is_norm and asked.now is not None):
        return GoalFinding(Goal.NONE, say.NO_TARGET)
    if not series.run:
        return GoalFinding(Goal.NOT_TESTABLE, say.no_figure(series.last.why_not))
    if has_few_forms(series):
        return GoalFinding(Goal.NOT_TESTABLE, few_forms(series))
    if asked.is_norm and asked.now is not None:
        return _of_norm(series, asked, asked.now)
    value = float(series.last.value or 0.0)
    assert asked.at_end is not None  # or there would be no target
    if asked.ahead <= 0:
        return _decided(series, asked, asked.at_end)
    if asked.ahead > YEARS_AHEAD * series.per_year:
        return GoalFinding(Goal.UNKNOWN, say.too_far(asked.end_label))
    odds = None  # a chance to end within a margin is not one to end on one side of a bound
    if asked.margin is None:
        odds = odds_of(series, asked.at_end, asked.ahead, wants_more=asked.wants_more)
    if odds is None:
        return _without_odds(series, asked, value)
    goal = Goal.LIKELY if odds >= LIKELY else Goal.UNLIKELY if odds < UNLIKELY else Goal.UNCERTAIN
    return GoalFinding(goal, say.expected(goal, asked.end_label, odds), odds)


def _decided(series: Series, asked: Asked, bound: float) -> GoalFinding:
    """A final figure is held against what was asked of it."""
    met = asked.met(float(series.last.value or 0.0), bound)
    told = (say.reached if met else say.missed)(
        series, bound, asked.wants_more, agreed=asked.agreed, margin=asked.margin
    )
    return GoalFinding(Goal.REACHED if met else Goal.MISSED, told)


def _of_norm(series: Series, asked: Asked, bound: float) -> GoalFinding:
    """A norm is decided in every period; the odds are about the next one."""
    found = _decided(series, asked, bound)
    if asked.at_end is None or asked.ahead <= 0 or asked.margin is not None:
        return found
    odds = odds_of(series, asked.at_end, asked.ahead, wants_more=asked.wants_more)
    later = "" if odds is None else f" {say.later(asked.end_label, odds)}"
    return GoalFinding(found.goal, found.sentence + later)


def _ended(series: Series, asked: Asked, position: int) -> GoalFinding:
    """The figure of the last period of the term decides, whatever came after it."""
    upto = tuple(point for point in series.points if point.position <= position)
    point = upto[-1] if upto and upto[-1].position == position else None
    if point is None or not point.is_figure or asked.at_end is None:
        why = asked.why_not or (point.why_not if point else "") or say.NOT_DELIVERED
        return GoalFinding(Goal.NOT_TESTABLE, say.ended_unknown(asked.end_label, why))
    then = replace(series, points=upto)
    if has_few_forms(then):
        told = say.ended_unknown(asked.end_label, say.FEW)
        return GoalFinding(Goal.NOT_TESTABLE, told)
    met = asked.met(float(point.value or 0.0), asked.at_end)
    told = say.ended(
        then,
        asked.end_label,
        asked.at_end,
        asked.wants_more,
        met=met,
        agreed=asked.agreed,
        margin=asked.margin,
    )
    now = "" if point is series.last else say.now(series)
    return GoalFinding(Goal.ENDED_REACHED if met else Goal.ENDED_MISSED, told + now)


def odds_of(series: Series, bound: float, ahead: int, *, wants_more: bool) -> float | None:
    """Chance that the figure `ahead` periods from now is on the right side of the bound.

    None when nothing can be said, and of a quarter in which hardly anything is expected: there the
    other quarters decide what is expected more than its own few cases do.
    """
    if series.shows is Shows.MEAN:
        if series.standing or series.judged_by != JudgedBy.ROUTER:
            return None
        return odds_of_mean(series, bound, ahead, wants_more=wants_more)
    later = forecast_of(series, ahead)
    if later is None or (series.per_year > 1 and later.mean < FEWEST_EXPECTED):
        return None
    factor = series.shows.factor
    count = bound if factor is None else bound * series.size_ahead / factor
    return later.at_least(count) if wants_more else later.at_most(count)


def next_count(series: Series) -> Forecast | None:
    """What the next figure may be, as a count; None when nothing can be said."""
    return forecast_of(series) if series.run else None


def next_figure(series: Series) -> tuple[float, float] | None:
    """Between what the next figure will be (80 %), in its own unit; None when nothing can be said.

    A share is at most a hundred percent.
    """
    later = next_count(series)
    if later is None:
        return None
    low, high = later.interval()
    if series.is_count:
        return low, high
    size, most = series.size_ahead, series.size_ahead if series.is_share else inf
    scale = (series.shows.factor or 1) / size
    return min(low, most) * scale, min(high, most) * scale


def _without_odds(series: Series, asked: Asked, value: float) -> GoalFinding:
    if asked.now is None:
        return GoalFinding(Goal.UNKNOWN, say.NOTHING_KNOWN)
    met = asked.met(value, asked.now)
    told = say.on_path(
        series, asked.now, asked.wants_more, met=met, agreed=asked.agreed, margin=asked.margin
    )
    return GoalFinding(Goal.UNKNOWN, told)
