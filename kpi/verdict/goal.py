"""Will the target be met? Odds from the series itself, in words and a number."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy import special

from kpi import formatting as fmt
from kpi.choices import Shows
from kpi.verdict.odds import Forecast, forecast
from kpi.verdict.series import Series
from kpi.verdict.verdict import Goal, GoalFinding

LIKELY, UNLIKELY = 0.8, 0.2
FEWEST_YEARS = 2
LONGEST_AHEAD = 5
SPREAD_OF_MARKS = 1.2
FEWEST_FORMS = 10


@dataclass(frozen=True)
class Asked:
    """What the agreement asks: now, and at the end of its path.

    at_end: the value in the last period of the path; ahead: periods from the last figure to it
    (0 = this is that period). wants_more: higher is better.
    """

    now: float | None
    at_end: float | None
    ahead: int
    end_label: str
    wants_more: bool = False

    def met(self, value: float, asked: float) -> bool:
        """The bare comparison."""
        return value >= asked if self.wants_more else value <= asked


def judge_goal(series: Series, asked: Asked | None) -> GoalFinding:
    """The answer to "will the target be met?" for the last figure of the series."""
    if asked is None or asked.at_end is None:
        return GoalFinding(Goal.NONE, "Voor dit cijfer is geen streefwaarde afgesproken.")
    if not series.run:
        return GoalFinding(Goal.UNKNOWN, "Over het doel is niets te zeggen zonder volledig cijfer.")
    value = series.last.value or 0.0
    if asked.ahead <= 0:
        return _at_the_end(series, asked, value)
    if asked.ahead > LONGEST_AHEAD:
        return GoalFinding(Goal.UNKNOWN, f"{asked.end_label} is te ver weg om iets over het doel te zeggen.")
    odds = _odds(series, asked)
    if odds is None:
        return _bare(series, asked, value)
    goal = Goal.LIKELY if odds >= LIKELY else Goal.UNLIKELY if odds < UNLIKELY else Goal.UNCERTAIN
    words = {
        Goal.LIKELY: "wordt het doel voor {end} waarschijnlijk gehaald",
        Goal.UNCERTAIN: "kan het doel voor {end} gehaald worden, of net niet",
        Goal.UNLIKELY: "wordt het doel voor {end} waarschijnlijk niet gehaald",
    }[goal].format(end=asked.end_label)
    return GoalFinding(goal, f"Met de huidige werkwijze {words} (kans {odds_text(odds)}).", odds)


def odds_text(odds: float) -> str:
    """A chance in words a board knows: "ongeveer 7 op 10"."""
    if odds < 0.05:
        return "minder dan 1 op 20"
    if odds > 0.95:
        return "meer dan 19 op 20"
    if odds < 0.15:
        return f"ongeveer 1 op {round(1 / odds)}"
    return f"ongeveer {round(odds * 10)} op 10"


def next_count(series: Series) -> Forecast | None:
    """What the next figure may be, for counts and shares that are not standing."""
    if series.standing or series.judged_by != "router" or len(series.run) < FEWEST_YEARS:
        return None
    if series.shows is Shows.MEAN or series.per_year != 1:
        return None
    counts = [round(point.numerator) for point in series.run]
    exposure = None if series.is_count else [point.denominator for point in series.run]
    if exposure and min(exposure) <= 0:
        return None
    return forecast(counts, 1, exposure)


def _odds(series: Series, asked: Asked) -> float | None:
    assert asked.at_end is not None
    if series.standing or series.judged_by != "router":
        return None
    if series.shows is Shows.MEAN:
        return _odds_of_mean(series, asked.at_end)
    if series.per_year != 1 or len(series.run) < FEWEST_YEARS:
        return None
    counts = [round(point.numerator) for point in series.run]
    exposure, limit = None, asked.at_end
    if not series.is_count:
        exposure = [point.denominator for point in series.run]
        limit = asked.at_end * exposure[-1] / (series.shows.factor or 1)
    later = forecast(counts, asked.ahead, exposure)
    if asked.wants_more:
        return 1 - later.at_most(_just_below(limit))
    return later.at_most(limit)


def _odds_of_mean(series: Series, limit: float) -> float | None:
    """Chance that the next mean reaches the limit, with as many forms as last time."""
    last = series.last
    if last.denominator < FEWEST_FORMS:
        return None
    spread = SPREAD_OF_MARKS * sqrt(2 / last.denominator)
    return float(special.ndtr(((last.value or 0.0) - limit) / spread))


def _just_below(limit: float) -> float:
    return -(-limit // 1) - 1


def _at_the_end(series: Series, asked: Asked, value: float) -> GoalFinding:
    assert asked.at_end is not None
    wanted = _amount(series, asked.at_end)
    if asked.met(value, asked.at_end):
        return GoalFinding(Goal.REACHED, f"Het doel is gehaald: gevraagd was {wanted}.")
    return GoalFinding(
        Goal.UNLIKELY, f"Het doel is in deze periode niet gehaald: gevraagd was {wanted}."
    )


def _bare(series: Series, asked: Asked, value: float) -> GoalFinding:
    """No odds can be given; say only where the figure stands against the path now."""
    if asked.now is None:
        return GoalFinding(Goal.UNKNOWN, "Over het doel is met deze gegevens nog niets te zeggen.")
    place = "op of onder" if not asked.wants_more else "op of boven"
    if not asked.met(value, asked.now):
        place = "boven" if not asked.wants_more else "onder"
    return GoalFinding(
        Goal.UNKNOWN,
        f"Nu {place} het pad ({_amount(series, asked.now)}); een kans is bij dit cijfer niet te geven.",
    )


def _amount(series: Series, value: float) -> str:
    return fmt.quantity(value, series.unit, series.decimals)
