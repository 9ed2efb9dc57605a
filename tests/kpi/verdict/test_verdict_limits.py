"""Process limits: golden values, hand calculations and where limits are held or cut."""

from math import inf, sqrt

import pytest

from kpi.verdict.limits import (
    LIMIT,
    average_moving_range,
    from_t,
    g_chart,
    laney,
    t_chart,
    xmr,
    xmr_of_counts,
)

GOLDEN = [1, 2, 1, 2, 10] + [1, 2] * 6 + [1]


def test_golden_series_screened():
    limits = xmr(GOLDEN)
    assert len(GOLDEN) == 18
    assert round(limits.mean[0], 2) == 1.94
    assert (round(limits.lower[0], 2), round(limits.upper[0], 2)) == (-0.72, 4.60)


def test_golden_series_unscreened():
    limits = xmr(GOLDEN, screened=False)
    assert round(limits.mean[0], 2) == 1.94
    assert (round(limits.lower[0], 2), round(limits.upper[0], 2)) == (-3.06, 6.95)


def test_a_range_exactly_on_the_screen_stays():
    # Ranges 1, 1, …, and one of x: the average is (n - 1 + x) / n; x = 3.267 times that.
    ranges = 30
    largest = 3.267 * (ranges - 1) / (ranges - 3.267)
    steps = [1.0] * (ranges - 1) + [largest]
    values = [0.0]
    for place, step in enumerate(steps):
        values.append(values[-1] + (step if place % 2 else -step))
    assert average_moving_range(values) == pytest.approx(sum(steps) / ranges)
    values[-1] += 0.5 if values[-1] > values[-2] else -0.5
    assert average_moving_range(values) == pytest.approx(1.0)


def test_screening_happens_once():
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 20, 0, 4, 0]
    # The ranges of 20 go out; of those that are left, 4 is again far above the average but stays.
    assert average_moving_range(values) == pytest.approx((8 * 1 + 2 * 4) / 10)


def test_one_value_has_no_range():
    assert xmr([5]).lower == (5.0,)


def test_limits_of_counts_are_never_narrower_than_half_of_chance():
    limits = xmr_of_counts([10] * 20)
    assert limits.upper[0] == pytest.approx(10 + 1.5 * sqrt(10))
    wide = [2, 18] * 10
    assert xmr_of_counts(wide) == xmr(wide)


def test_laney_p_against_a_hand_calculation():
    # 30 of 100, 20 of 100, 45 of 150, 10 of 50: p = 105 / 400 = 0.2625.
    limits = laney([30, 20, 45, 10], [100, 100, 150, 50], share=True)
    sigma = [0.0439993, 0.0439993, 0.0359253, 0.0622244]
    # z: 0.852286, −1.420476, 1.043833, −1.004429, so the ranges are:
    extra = (2.272762 + 2.464309 + 2.048262) / 3 / 1.128
    assert limits.mean == pytest.approx([0.2625] * 4)
    assert limits.upper == pytest.approx([0.2625 + 3 * one * extra for one in sigma], abs=1e-6)
    lowest = pytest.approx(0.2625 - 3 * sigma[2] * extra, abs=1e-6)
    assert limits.cut(1.0).lower == (0.0, 0.0, lowest, 0.0)


def test_laney_u_against_a_hand_calculation():
    # 4, 10 and 7 cases among 1000, 2000 and 1000 pupils: u = 21 / 4000 = 0.00525.
    limits = laney([4, 10, 7], [1000, 2000, 1000], share=False)
    sigma = [0.00229129, 0.00162019, 0.00229129]
    scores = [-0.545545, -0.154303, 0.763763]
    extra = (abs(scores[1] - scores[0]) + abs(scores[2] - scores[1])) / 2 / 1.128
    assert extra == pytest.approx(0.580367, abs=1e-5)
    assert limits.upper[1] == pytest.approx(0.00525 + 3 * sigma[1] * extra, abs=1e-7)


def test_laney_is_never_narrower_than_half_of_chance():
    limits = laney([10, 10, 10, 10], [100, 100, 100, 100], share=True)
    assert limits.upper[0] == pytest.approx(0.1 + 1.5 * sqrt(0.09 / 100))


def test_laney_with_a_season_goes_up_and_down():
    limits = laney([5, 15, 5, 15], [100] * 4, share=False, pattern=[0.5, 1.5, 0.5, 1.5])
    assert limits.mean == pytest.approx([0.05, 0.15, 0.05, 0.15])
    assert limits.upper[1] - limits.mean[1] == pytest.approx(
        sqrt(3) * (limits.upper[0] - limits.mean[0])
    )


def test_nothing_counted_at_all():
    assert laney([0, 0, 0], [10, 20, 30], share=True).upper == (0.0, 0.0, 0.0)


def test_t_chart_is_xmr_of_the_power():
    days = [12.0, 40.0, 3.0, 90.0]
    powers = [value ** (1 / 3.6) for value in days]
    mean = sum(powers) / 4
    half = LIMIT * sum(abs(b - a) for a, b in zip(powers, powers[1:], strict=False)) / 3
    limits = t_chart(days)
    assert limits.values == pytest.approx(powers)
    assert limits.upper[0] == pytest.approx(mean + half)
    assert from_t(limits.upper[0]) == pytest.approx((mean + half) ** 3.6)
    assert limits.lower[0] < 0
    assert from_t(limits.lower[0]) == 0.0


def test_two_events_on_one_day_are_half_a_day_apart():
    assert t_chart([0.0, 5.0]).values[0] == pytest.approx(0.5 ** (1 / 3.6))


def test_g_chart_formula():
    limits = g_chart([100, 300, 200])
    assert limits.mean[0] == pytest.approx(0.693 * 200)
    assert limits.upper[0] == pytest.approx(200 + 3 * sqrt(200 * 201))
    assert limits.lower[0] == -inf
    assert limits.cut().lower[0] == 0.0


def test_drawn_limits_are_cut_and_scaled():
    limits = laney([1, 3, 2, 4], [10] * 4, share=True).cut(1.0).times([100.0] * 4)
    assert limits.values == pytest.approx([10, 30, 20, 40])
    assert limits.lower[0] == 0.0
    assert limits.upper[0] <= 100.0
