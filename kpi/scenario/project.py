"""The model: from the measured start and assumptions to the years ahead. No data, no chance.

Year t is school year (t−1)-t for pupils and calendar year t for euros:

    pupils(t)       = pupils(t−1) × (1 + pupil growth)
    referrals(t)    = pupils(t) × referral share
    entrants(t)     = entrants per referral × referrals(t − lag), between two years in proportion
    places(t)       = places(t−1) × (1 − outflow) + entrants(t)
    income(t)       = income(t−1) × pupils(t) ÷ pupils(t−1) × (1 + index + extra change)
    contribution(t) = places(t − count lag) × amount × (1 + index)^(years since start) × mix
    usual(t)        = income(t) × what the contribution was of the income in the last outcome
    result(t)       = income(t) × result share − (1 − absorbed) × (contribution(t) − usual(t))
    spent(t)        = income(t) − contribution(t) − result(t) = schools + expertise + overhead
    equity(t)       = equity(t−1) + result(t)
    signal(t)       = the larger of signal share × income(t) and the floor

mix is how much dearer a VSO pupil is than now when other parts are in categories midden and hoog.
What is measured is never projected again: school years that are known are used as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor

from kpi.scenario.assumption import Assumptions
from kpi.scenario.history import History


@dataclass(frozen=True)
class ProjectedYear:
    """One year: pupils and places as numbers of pupils, everything else in euro.

    pupils_measured: whether its school year is known, so that only the euros are projected.
    """

    year: int
    pupils_measured: bool
    pupils: float
    referrals: float
    places: float
    contribution: float
    income: float
    schools: float
    expertise: float
    overhead: float
    equity_before: float
    signal: float

    @property
    def left(self) -> float:
        """What is left of the income after the contribution."""
        return self.income - self.contribution

    @property
    def spent(self) -> float:
        """Spent on schools, expertise and overhead."""
        return self.schools + self.expertise + self.overhead

    @property
    def result(self) -> float:
        """What goes to the reserve; below nought it comes out of it."""
        return self.left - self.spent

    @property
    def equity(self) -> float:
        """Public equity on 31 December."""
        return self.equity_before + self.result

    @property
    def above(self) -> float:
        """Equity minus the signalling value."""
        return self.equity - self.signal

    @property
    def school_year(self) -> str:
        """The school year of the pupils: "2026-2027"."""
        return f"{self.year - 1}-{self.year}"


@dataclass(frozen=True)
class Projection:
    """The calendar years after the last outcome, in order."""

    start: History
    assumptions: Assumptions
    years: tuple[ProjectedYear, ...]


def project(start: History, assumptions: Assumptions, years: int) -> Projection:
    """The `years` calendar years after the last outcome, with the school years that belong to them.

    `start` holds every year that is known; it must reach back `count_lag` years before its last
    outcome, and one school year before that of its last referrals.
    """
    last = start.last_money + years
    pupils, referrals, places = _flow(start, assumptions, last)
    money = _money(start, assumptions, pupils, places, last)
    rows = tuple(
        ProjectedYear(
            year=year,
            pupils_measured=year in start.pupils,
            pupils=pupils[year],
            referrals=referrals[year],
            places=places[year],
            **euros,
        )
        for year, euros in money
    )
    return Projection(start, assumptions, rows)


def lagged(by_year: Mapping[int, float], year: int, lag: float) -> float:
    """The value `lag` years before; between two years in proportion. KeyError before the first."""
    whole = floor(lag)
    part = lag - whole
    nearest = by_year[year - whole]
    return nearest + part * (by_year[year - whole - 1] - nearest) if part else nearest


Years = dict[int, float]


def _flow(start: History, given: Assumptions, last: int) -> tuple[Years, Years, Years]:
    """Pupils, referrals and places by year: measured, and then projected."""
    pupils = {year: row.pupils for year, row in start.pupils.items()}
    referrals = {year: row.referrals for year, row in start.pupils.items()}
    places = {year: row.places.numerator for year, row in start.pupils.items()}
    for year in range(start.last_pupils + 1, last + 1):
        pupils[year] = pupils[year - 1] * (1 + given.pupil_growth / 100)
        referrals[year] = pupils[year] * given.referral_share / 100
        entrants = given.entrants_per_referral * lagged(referrals, year, given.lag)
        places[year] = places[year - 1] * (1 - given.outflow / 100) + entrants
    return pupils, referrals, places


def _money(
    start: History, given: Assumptions, pupils: Years, places: Years, last: int
) -> Iterator[tuple[int, dict[str, float]]]:
    before = start.money[start.last_money]
    income, equity = before.income, before.equity.numerator
    for year in range(start.last_money + 1, last + 1):
        grown = 1 + (given.index + given.income_change) / 100
        income *= pupils[year] / pupils[year - 1] * grown
        counted = year - round(given.count_lag)
        amount = given.amount * (1 + given.index / 100) ** (year - start.last_money)
        mix = _mix(start, given) if counted > start.last_pupils else 1.0
        contribution = places[counted] * amount * mix
        euros = {"income": income, "contribution": contribution, "equity_before": equity}
        usual = income * before.vso.numerator / before.income
        result = income * given.result_share / 100
        result -= (1 - given.absorbed / 100) * (contribution - usual)
        spent = income - contribution - result
        euros["expertise"] = spent * given.expertise_share / 100
        euros["overhead"] = spent * given.overhead_share / 100
        euros["schools"] = spent - euros["expertise"] - euros["overhead"]
        euros["signal"] = max(income * given.signal_share / 100, given.signal_floor)
        equity += result
        yield year, euros


def _mix(start: History, given: Assumptions) -> float:
    """How much dearer a VSO pupil is by other parts of the categories than those measured last."""
    last = start.pupils[start.last_pupils]
    number = last.places.numerator
    measured = _weight(given, last.midden.numerator / number, last.hoog.numerator / number)
    return _weight(given, given.share_midden / 100, given.share_hoog / 100) / measured


def _weight(given: Assumptions, midden: float, hoog: float) -> float:
    return 1 + midden * (given.factor_midden - 1) + hoog * (given.factor_hoog - 1)
