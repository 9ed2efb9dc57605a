"""The trend test: both courses against plain least squares, and what one strange year does."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from made_series import counts, shares
from scipy import optimize

from kpi.meaning.choices import Better, PeriodType
from kpi.verdict.router import judge
from kpi.verdict.trend import ORDINARY, Yearly, leap_of, line_course, steady, step_course, trend_of
from kpi.verdict.verdict import Change


def yearly(counts, sizes=(), share=False) -> Yearly:
    years = tuple(range(2019, 2019 + len(counts)))
    return Yearly(years, tuple(counts), tuple(sizes or [1.0] * len(counts)), share)


EXAMPLES = [
    yearly((40, 36, 41, 30, 28)),
    yearly((12, 0, 7, 3, 9)),
    yearly((400, 380, 410, 350, 330), (9000, 9100, 8800, 9300, 9200)),
    yearly((30, 28, 20, 25, 15), (100, 110, 90, 105, 95), share=True),
    yearly((95, 104, 88, 99, 90), (100, 110, 90, 105, 95), share=True),
]


@pytest.mark.parametrize("data", EXAMPLES)
def test_the_line_is_weighted_least_squares(data):
    """Fitted by a numerical minimiser that knows nothing of our formula."""
    years = np.array(data.years) - 2019
    values, weights = np.array(data.values), np.array(data.weights)

    def distance(line):
        return float(weights @ (values - line[0] - line[1] * years) ** 2)

    precise = {"xatol": 1e-12, "fatol": 1e-14, "maxiter": 4000}
    fitted = optimize.minimize(
        distance, [values.mean(), 0.0], method="Nelder-Mead", options=precise
    )
    flat = optimize.minimize_scalar(lambda level: distance([level, 0.0]))
    # with known variances the fall in chi-square is the square of slope / standard error
    assert line_course(data) ** 2 == pytest.approx(flat.fun - fitted.fun, rel=1e-3, abs=1e-6)
    assert np.sign(line_course(data)) == np.sign(fitted.x[1])


def test_the_step_is_the_last_two_against_those_before():
    data = yearly((40, 36, 44, 20, 24))
    mean = 164 / 5
    variance = mean + ORDINARY**2 * mean**2
    assert step_course(data) == pytest.approx((22 - 40) / sqrt(variance * (1 / 2 + 1 / 3)))


def test_which_years_are_late_does_not_change_when_one_is_left_out():
    data = yearly((40, 36, 44, 20, 24))
    left = data.without(4)
    assert left.years == (2019, 2020, 2021, 2022)
    assert step_course(left, data.years) < step_course(left)  # 20 alone, not with 44


def test_the_direction_of_a_trend():
    assert trend_of(yearly((90, 70, 50, 30, 10))) == -1
    assert trend_of(yearly((10, 30, 50, 70, 90))) == 1
    assert trend_of(yearly((40, 40, 40, 40, 40))) == 0
    assert trend_of(yearly((0, 0, 0, 0, 0))) == 0
    assert trend_of(yearly((10,) * 5, (10,) * 5, share=True)) == 0


@pytest.mark.parametrize("times", [1.25, 1.5, 2, 3, 10, 0.5, 0.1])
@pytest.mark.parametrize("place", range(5))
def test_one_strange_year_is_never_a_trend_by_itself(times, place):
    """However strange: with that year left out nothing remains."""
    counts = [160.0] * 5
    counts[place] *= times
    assert trend_of(yearly(counts)) == 0


def test_a_trend_beside_a_strange_year_is_still_a_trend():
    assert trend_of(yearly((320, 130, 105, 80, 55))) == -1


def test_rising_with_the_number_of_pupils_is_no_trend():
    assert trend_of(yearly((10, 20, 30, 40, 50), (100, 200, 300, 400, 500))) == 0


def test_a_count_and_the_same_as_a_rate_agree():
    plain = yearly((40, 36, 41, 30, 28))
    rate = yearly(plain.counts, (1000.0,) * 5)
    for course in (line_course, step_course):
        assert course(plain) == pytest.approx(course(rate))


def test_years_of_a_high_share_may_differ_a_third_of_what_is_missing():
    """85 % that goes up and down by 4 points: 5 % of 85, but more than a quarter of 15."""
    shaky = yearly((546, 515, 525, 490, 483), (600,) * 5, share=True)
    assert trend_of(shaky) == 0
    assert trend_of(replace(shaky, counts=(546, 500, 455, 405, 360))) == -1


def test_a_missing_year_keeps_its_place():
    whole = yearly((90, 70, 50, 30, 10))
    assert line_course(whole.without(2)) == pytest.approx(
        line_course(Yearly((0, 1, 3, 4), (90, 70, 30, 10), (1.0,) * 4))
    )


def test_seven_years_that_all_rise_are_a_trend_and_six_are_not():
    """Each step alone may be chance; all of them the same way is not."""
    rising = [132, 163, 184, 202, 212, 225, 243]
    assert steady(rising) == 1
    assert steady(rising[::-1]) == -1
    assert steady(rising[1:]) == 0
    assert steady([*rising[:3], 184, *rising[4:]]) == 0
    found = judge(counts(rising, period=PeriodType.SCHOOLJAAR, better=Better.NEUTRAL))
    assert found.sentence == "Aantoonbare stijging in zeven jaar: van 132 naar 243 leerlingen."
    six = judge(counts(rising[1:], period=PeriodType.SCHOOLJAAR, better=Better.NEUTRAL))
    assert six.change is Change.ORDINARY


@pytest.mark.parametrize("values", [(0, 0, 0, 2, 1), (1, 2, 2, 0, 0), (2, 1, 3, 0, 0)])
def test_a_handful_of_cases_is_no_trend(values):
    """The curve of the courses does not fit so few: chance does this once in eight times."""
    assert trend_of(yearly(values)) != 0
    assert judge(counts(values, period=PeriodType.SCHOOLJAAR)).change is Change.SMALL


def test_few_cases_that_are_clearly_gone_are_a_trend():
    found = judge(counts((5, 6, 5, 0, 0), period=PeriodType.SCHOOLJAAR))
    assert found.change is Change.BETTER


def test_a_few_pupils_of_a_few_are_no_trend():
    none = shares([0, 0, 1, 1, 2], [2, 1, 1, 1, 2], period=PeriodType.SCHOOLJAAR)
    assert judge(none).change is Change.SMALL


@pytest.mark.parametrize("values", [(4, 4, 4, 4, 21), (0, 4, 4, 4, 21), (90, 94, 88, 92, 45)])
def test_a_last_year_unlike_the_others_is_told_as_that(values):
    side = 1 if values[-1] > values[0] else -1
    assert leap_of(yearly(values)) == side
    found = judge(counts(values, period=PeriodType.SCHOOLJAAR, better=Better.NEUTRAL))
    nearest = max(values[:-1]) if side > 0 else min(values[:-1])
    most = "hoogstens" if side > 0 else "minstens"
    assert found.sentence == (
        f"Het laatste jaar wijkt af: {values[-1]} leerlingen, de vier ervoor {most} {nearest}."
    )
    assert found.change.is_signal


@pytest.mark.parametrize(
    "values", [(2, 10, 20, 30, 40), (90, 94, 88, 92, 80), (21, 4, 4, 4, 21), (0, 0, 0, 1, 5)]
)
def test_a_trend_a_dip_or_a_handful_is_no_leap(values):
    told = judge(counts(values, period=PeriodType.SCHOOLJAAR)).sentence
    assert not told.startswith("Het laatste jaar wijkt af")


def test_a_year_that_is_missing_is_a_gap_and_two_end_the_run():
    whole = counts((88, 80, 69, 64, 52, 51, 38), period=PeriodType.SCHOOLJAAR)
    one, two = ({2, 5}, {4, 5})
    gaps = [replace(p, usable=False, value=None) if p.position in one else p for p in whole.points]
    found = judge(replace(whole, points=tuple(gaps)))
    assert found.sentence == "Aantoonbare daling in vijf gemeten jaren: van 88 naar 38 leerlingen."
    wide = [replace(p, usable=False, value=None) if p.position in two else p for p in whole.points]
    found = judge(replace(whole, points=tuple(wide)))
    assert found.sentence == "Nu 38 leerlingen; de meting ervoor (2003-2004) is te lang geleden."


def test_a_handful_is_not_seven_years_in_a_row_either():
    """One pupil of fewer and fewer: the share rises every year, and nothing happens."""
    ones = shares([1] * 7, [30, 28, 26, 24, 22, 20, 18], period=PeriodType.SCHOOLJAAR)
    assert steady([point.value for point in ones.points]) == 1
    assert judge(ones).change is Change.SMALL
