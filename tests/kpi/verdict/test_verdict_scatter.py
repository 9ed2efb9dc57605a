"""How much quarterly counts scatter: by hand, and by what does not count as scatter."""

from dataclasses import replace

import numpy as np
import pytest
from made_series import counts, shares

from kpi.meaning.choices import PeriodType
from kpi.verdict.interval import rates_differ
from kpi.verdict.router import judge
from kpi.verdict.scatter import LEAST, Scatter, scatter_of


def test_chi_square_within_each_year():
    years = ((1, 9, 5, 5), (2, 2, 8, 0), (7, 4, 1, 4))
    squares = [sum((one - sum(y) / 4) ** 2 for one in y) / (sum(y) / 4) for y in years]
    whole = counts([one for year in years for one in year])
    assert scatter_of(whole) == Scatter(pytest.approx(sum(squares) / 9), 9)
    one_year = counts(years[0])
    assert scatter_of(one_year) == Scatter(pytest.approx(squares[0] / 3), 3)


def test_a_part_of_a_year_at_the_start_does_not_count():
    assert scatter_of(counts([50, 1, 9, 5, 5, 2, 2, 8, 0])) == scatter_of(
        counts([1, 9, 5, 5, 2, 2, 8, 0])
    )


def test_a_change_from_year_to_year_is_no_scatter():
    assert scatter_of(counts([20, 20, 20, 20, 4, 4, 4, 4])) == Scatter(LEAST, 6)


def test_a_pattern_that_returns_is_no_scatter():
    values = [2, 12, 10, 8] * 6
    found = scatter_of(counts(values))
    assert found == Scatter(LEAST, 3 * 6 - 3)


def test_nothing_counted_tells_nothing():
    assert scatter_of(counts([0] * 8)) is None
    assert scatter_of(counts([0] * 4 + [1, 0, 2, 1])) is None
    assert scatter_of(counts([0] * 8 + [1, 0, 2, 1])).freedom == 3


def test_years_and_short_series_have_none():
    assert scatter_of(counts([5] * 8, period=PeriodType.SCHOOLJAAR)) is None
    assert scatter_of(counts([5] * 3)) is None


def test_only_quarters_in_a_row_count():
    points = [replace(p, usable=p.position != 3) for p in counts([1, 9, 5, 5, 2, 2, 8, 0]).points]
    series = replace(counts([0]), points=tuple(points))
    assert scatter_of(series).freedom == 3


def test_of_a_share_chance_varies_less():
    tops, sizes = [30, 50, 40, 40], [100] * 4
    found = scatter_of(shares(tops, sizes))
    assert found.factor == pytest.approx(sum((top - 40) ** 2 / 24 for top in tops) / 3)


def test_it_comes_out_at_what_it_was_made_of():
    rng = np.random.default_rng(1)
    found = [
        scatter_of(counts(rng.poisson(rng.gamma(6, 1, 24)).tolist())).factor for _ in range(400)
    ]
    assert np.mean(found) == pytest.approx(2.0, abs=0.1)


def test_more_scatter_asks_for_a_larger_difference():
    calm, wild = Scatter(1.0, 15), Scatter(3.0, 15)
    assert rates_differ(40, 20, scatter=calm) == -1
    assert rates_differ(40, 20, scatter=wild) == 0
    assert rates_differ(60, 20, scatter=wild) == -1
    few = Scatter(1.0, 3)
    assert rates_differ(40, 20, scatter=few) == 0


def test_a_year_scatters_as_its_quarters_do():
    quarters = counts([1, 19, 8, 3, 2, 3, 8, 2, 4, 9, 3, 4])
    years = counts([31, 15, 20], period=PeriodType.SCHOOLJAAR)
    assert scatter_of(years) is None
    assert scatter_of(replace(years, quarters=quarters.points)) == scatter_of(quarters)


def test_of_two_years_the_pattern_is_taken_out_and_the_rest_drawn_to_chance():
    quarters = counts([8, 2, 2, 0, 16, 6, 2, 0])  # parts 24, 8, 4, 0 of 36
    squares = sum(
        (one - level * part) ** 2 / (level * part)
        for level, year in ((12, (8, 2, 2)), (24, (16, 6, 2)))
        for one, part in zip(year, (24 / 36, 8 / 36, 4 / 36), strict=True)
    )
    assert scatter_of(quarters) == Scatter(pytest.approx((3 + squares) / 4), 4)
    first = counts([8], period=PeriodType.SCHOOLJAAR, quarters=quarters.points[:4])
    assert scatter_of(first) is None


def test_four_times_as_many_in_a_quarter_of_the_year_is_seen():
    quarters = counts([4, 0, 0, 0, 20, 0, 0, 0])
    years = counts([4, 20], period=PeriodType.SCHOOLJAAR, quarters=quarters.points)
    assert judge(quarters).change.is_signal and judge(years).change.is_signal


@pytest.mark.parametrize("seed", range(40))
def test_four_quarters_and_the_year_they_make_get_one_verdict(seed):
    rng = np.random.default_rng(seed)
    quarters = counts(rng.poisson(rng.gamma(3, 1, 16) * np.repeat([1, 1, 1.5, 0.5], 4)).tolist())
    tops = np.array([point.numerator for point in quarters.points]).reshape(4, 4).sum(axis=1)
    years = counts(tops.tolist(), period=PeriodType.SCHOOLJAAR, quarters=quarters.points)
    assert judge(years).change.is_signal == judge(quarters).change.is_signal
