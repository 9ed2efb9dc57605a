"""What the figures say about each assumption: the scenario "zoals nu".

Everything that moves rests on the last three years that are known (WINDOW), so that one rule holds
for all and none is chosen to fit; what is a level is that of the last year. Values are rounded to
what is printed: who has the print can recalculate.
"""

from collections.abc import Callable, Sequence
from math import isnan, nan

from kpi.scenario.assumption import Assumptions, load_assumptions
from kpi.scenario.history import APART, MONEY, PUPILS, History, NotEnough, PupilYear
from kpi.scenario.project import lagged

WINDOW = 3


def estimate(known: History) -> Assumptions:
    """Every assumption as the figures have it. NotEnough when one cannot be taken from them."""
    found = estimate_what_can_be(known)
    if isnan(found.amount):
        raise NotEnough(APART.format(pupils=PUPILS, money=MONEY))
    return found


def estimate_what_can_be(known: History) -> Assumptions:
    """The same, with no number (nan) for the contribution per pupil when its count is not known.

    Then euros that rest on it have none either, but what does not can still be projected.
    """
    known.check()
    every = load_assumptions().values()
    given = {item.id: item.default for item in every if item.default is not None}
    found = given | _pupils(known) | _money(known, round(given["count_lag"]))
    return Assumptions(**{item.id: round(float(found[item.id]), item.decimals) for item in every})


def _pupils(known: History) -> dict[str, float]:
    years = sorted(known.pupils)[-WINDOW:]
    rows = [known.pupils[year] for year in years]
    lag = _ratio(rows, lambda row: row.entered_in_summer.numerator, _entered)
    referrals = {year: row.referrals for year, row in known.pupils.items()}
    fed = [year for year in years if year - 1 in referrals]
    before = sum(lagged(referrals, year, lag) for year in fed)
    return {
        "referral_share": 100 * _ratio(rows, lambda row: row.referrals, lambda row: row.pupils),
        "pupil_growth": _growth({year: row.pupils for year, row in known.pupils.items()}),
        "lag": lag,
        "entrants_per_referral": sum(map(_entered, (known.pupils[y] for y in fed))) / before,
        "outflow": 100 * _ratio(rows, lambda row: row.left.numerator, _places),
        "share_midden": 100 * rows[-1].midden.numerator / _places(rows[-1]),
        "share_hoog": 100 * rows[-1].hoog.numerator / _places(rows[-1]),
    }


def _money(known: History, count_lag: int) -> dict[str, float]:
    last = known.last_money
    rows = [known.money[year] for year in sorted(known.money)[-WINDOW:]]
    counted = known.pupils.get(last - count_lag)
    income = 1 + _growth({year: row.income for year, row in known.money.items()}) / 100
    pupils = 1 + _growth({year: row.pupils for year, row in known.pupils.items()}) / 100
    spent = sum(row.spent for row in rows)
    return {
        "amount": rows[-1].vso.numerator / _places(counted) if counted else nan,
        "index": 100 * (income / pupils - 1),
        "result_share": 100 * sum(row.result for row in rows) / sum(row.income for row in rows),
        "expertise_share": 100 * sum(row.expertise.numerator for row in rows) / spent,
        "overhead_share": 100 * sum(row.overhead.numerator for row in rows) / spent,
    }


def _growth(values: dict[int, float]) -> float:
    """The mean yearly growth over the last WINDOW steps, in percent."""
    last = max(values)
    first = max(last - WINDOW, min(values))
    return 100 * float((values[last] / values[first]) ** (1 / (last - first)) - 1)


def _ratio(
    rows: Sequence[PupilYear],
    upper: Callable[[PupilYear], float],
    lower: Callable[[PupilYear], float],
) -> float:
    return sum(map(upper, rows)) / sum(map(lower, rows))


def _entered(row: PupilYear) -> float:
    return row.entered.numerator


def _places(row: PupilYear) -> float:
    return row.places.numerator
