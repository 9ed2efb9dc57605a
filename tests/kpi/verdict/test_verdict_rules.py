"""Each of the four rules at its exact edge, ties included."""

import pytest

from kpi.verdict.limits import Limits
from kpi.verdict.rules import Flag, Rule, flags_of_last

MEAN, LOW, HIGH = 50.0, 20.0, 80.0  # near limits at 30 and 70


def flags(values, mean=MEAN, low=LOW, high=HIGH):
    count = len(values)
    return flags_of_last(
        Limits(tuple(map(float, values)), (mean,) * count, (low,) * count, (high,) * count)
    )


def rules(values):
    return [flag.rule for flag in flags(values)]


@pytest.mark.parametrize(
    ("value", "side"), [(80.0, 0), (80.001, 1), (20.0, 0), (19.999, -1), (50.0, 0)]
)
def test_outside_begins_beyond_the_limit(value, side):
    expected = [Flag(Rule.OUTSIDE, side, 1)] if side else []
    assert flags([50, value]) == expected


def test_seven_points_that_rise_are_a_trend_and_six_are_not():
    assert rules([60, 41, 43, 45, 47, 49, 51, 53]) == [Rule.TREND]
    assert rules([60, 43, 43, 45, 47, 49, 51, 53]) == []


def test_a_tie_breaks_a_trend():
    assert rules([41, 43, 45, 45, 47, 49, 51, 53]) == []


def test_a_trend_tells_its_own_direction_below_the_mean():
    assert flags([56, 41, 42, 43, 44, 45, 46, 47])[0] == Flag(Rule.TREND, 1, 7)
    assert flags([44, 59, 58, 57, 56, 55, 54, 53])[0] == Flag(Rule.TREND, -1, 7)


def test_a_longer_trend_tells_its_whole_length():
    assert flags([60, 40, 42, 44, 46, 48, 51, 53, 55])[0] == Flag(Rule.TREND, 1, 8)


def test_a_trend_is_relative_to_the_expected_season():
    mean = (40.0, 60.0) * 4
    values = tuple(
        one * level
        for one, level in zip([0.9, 0.92, 0.94, 0.96, 0.98, 1.0, 1.02, 1.04], mean, strict=True)
    )
    found = flags_of_last(Limits(values, mean, (0.0,) * 8, (200.0,) * 8))
    assert found == [Flag(Rule.TREND, 1, 8)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([70.001, 51, 70.001], True),  # two of three beyond the near limit, all above the mean
        ([70.0, 51, 70.001], False),  # on the near limit is not beyond it
        ([70.001, 49, 70.001], False),  # the third lies on the other side
        ([70.001, 50, 70.001], False),  # the third lies on the mean
        ([70.001, 70.001, 51], False),  # the last point takes no part
        ([80.001, 51, 70.001], False),  # beyond the limit is not near it
        ([29.999, 49, 29.999], True),
        ([30.0, 49, 29.999], False),
    ],
)
def test_two_of_three_near_a_limit(values, found):
    assert (Rule.NEAR_LIMIT in rules(values)) is found


def test_seven_on_one_side_are_a_shift_and_six_are_not():
    assert flags([49, 51, 52, 51, 52, 51, 52, 51]) == [Flag(Rule.SHIFT, 1, 7)]
    assert flags([51, 49, 51, 52, 51, 52, 51, 52]) == []


def test_a_point_on_the_mean_breaks_a_shift():
    assert flags([51, 52, 51, 50, 51, 52, 51, 52]) == []


def test_priority_when_several_rules_hold():
    assert rules([52, 54, 56, 58, 71, 72, 81]) == [Rule.OUTSIDE, Rule.TREND, Rule.SHIFT]
    assert rules([52, 54, 56, 58, 71, 72, 73]) == [Rule.TREND, Rule.NEAR_LIMIT, Rule.SHIFT]


def test_fewer_points_than_a_rule_needs():
    assert flags([71, 72]) == []
    assert flags([50]) == []
