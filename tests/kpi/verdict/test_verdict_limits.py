"""Process limits: golden values, hand calculations and where limits are held or cut."""

from math import sqrt

import pytest

from kpi.verdict.limits import average_moving_range, laney, settled, xmr

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
    limits = xmr([10] * 20, counts=True)
    assert limits.upper[0] == pytest.approx(10 + 1.5 * sqrt(10))
    wide = [2, 18] * 10
    assert xmr(wide, counts=True) == xmr(wide)


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


def test_where_nothing_is_expected_a_case_or_three_is_still_chance():
    limits = laney([0, 0, 0], [10, 20, 30], share=True)
    assert limits.upper == pytest.approx((0.15, 0.075, 0.05))  # one and a half case
    season = laney([40, 0] * 8, [1] * 16, share=False, pattern=[2.0, 0.0] * 8)
    assert season.mean[:2] == (40.0, 0.0)
    assert season.upper[1] == pytest.approx(3 * 0.85 * sqrt(1 + 2 / 16))
    assert season.lower[1] == -season.upper[1]


def test_quarters_in_which_nothing_happens_do_not_make_the_others_look_calm():
    """Their ranges are zero; counted in, the limits of the quarter that matters would close."""
    tops = [100, 0, 0, 0, 124, 0, 0, 0, 88, 0, 0, 0, 112, 0, 0, 0, 96, 0, 0, 0]
    limits = laney(tops, [1] * 20, share=False, pattern=[4.0, 0.0, 0.0, 0.0] * 5)
    mean = sum(tops) / 5
    squares = sum((top - mean) ** 2 / mean for top in tops[::4])
    extra = sqrt((3 + squares) / (3 + 4)) * sqrt(1 + 2 / 20)
    assert limits.upper[0] == pytest.approx(mean + 3 * sqrt(mean) * extra)


def test_one_strange_point_has_no_say_in_the_limits():
    calm = [20, 23, 18, 21, 19, 22, 20, 17, 24, 20, 21, 19, 22, 18, 21, 20]
    with_one = [*calm[:5], 66, *calm[5:]]
    limits = settled(lambda kept: xmr(with_one, kept), len(with_one), apart=False)
    assert limits.mean[0] == pytest.approx(xmr(calm).mean[0])
    assert limits.upper[0] == pytest.approx(xmr(calm).upper[0])
    assert len(limits.values) == len(with_one)


def test_when_more_than_a_third_is_strange_nothing_is_left_out():
    values = [10, 11] * 6 + [40, 41] * 4
    assert settled(lambda kept: xmr(values, kept), 20, apart=False) == xmr(values)


def test_the_last_point_can_be_kept_out_of_its_own_limits():
    values = [10, 12, 11, 9, 10, 60]
    limits = settled(lambda kept: xmr(values, kept), 6, apart=True)
    assert limits.mean[0] == pytest.approx(sum(values[:5]) / 5)


def test_drawn_limits_are_cut_and_scaled():
    limits = laney([1, 3, 2, 4], [10] * 4, share=True).cut(1.0).times([100.0] * 4)
    assert limits.values == pytest.approx([10, 30, 20, 40])
    assert limits.lower[0] == 0.0
    assert limits.upper[0] <= 100.0
