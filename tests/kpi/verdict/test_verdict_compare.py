"""Fair comparison of schools: funnel, spread, shrunken estimates; and how solid a figure is."""

from math import asin, sin, sqrt

import numpy as np
import pytest

from kpi.verdict.compare import Funnel, funnel
from kpi.verdict.confidence import Facts, confidence
from kpi.verdict.interval import rate_interval, wilson

SIZES = [60, 80, 110, 140, 180, 220, 260, 300, 350, 400, 450, 500]


def units(counts, sizes=SIZES):
    return [
        (f"L{place}", count, float(size))
        for place, (count, size) in enumerate(zip(counts, sizes, strict=True))
    ]


def different_schools():
    return units(
        [round(size * part) for size, part in zip(SIZES, np.linspace(0.04, 0.4, 12), strict=True)]
    )


def test_limits_without_extra_spread():
    found = funnel(units([round(0.2 * size) for size in SIZES]))
    assert found.between == 0.0
    centre = found.centre
    for unit in found.units:
        half = 3.09 / (2 * sqrt(unit.size))
        assert unit.upper == pytest.approx(sin(asin(sqrt(centre)) + half) ** 2)
        assert unit.lower <= centre <= unit.upper
        assert unit.stands_out == 0


def test_overdispersion_as_der_simonian_and_laird_with_winsorised_scores():
    data = different_schools()
    centre = sum(count for _, count, _ in data) / sum(size for *_, size in data)
    s = np.array([1 / (2 * sqrt(size)) for *_, size in data])
    z = np.array([(asin(sqrt(c / n)) - asin(sqrt(centre))) for _, c, n in data]) / s
    z = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    w = 1 / s**2
    tau2 = (len(z) * np.mean(z**2) - (len(z) - 1)) / (w.sum() - (w**2).sum() / w.sum())
    assert funnel(data).between == pytest.approx(tau2)
    assert tau2 > 0.005


def test_the_shrunken_share_lies_between_the_raw_and_the_common_one():
    found = funnel(different_schools())
    for unit in found.units:
        low, high = sorted((unit.share, found.centre))
        assert low <= unit.shrunken <= high
    smallest, largest = found.units[0], found.units[-1]
    weights = [
        (unit.shrunken - found.centre) / (unit.share - found.centre) for unit in (smallest, largest)
    ]
    assert weights[0] < weights[1] < 1


def test_no_overdispersion_shrinking_or_names_below_ten_units():
    found = funnel(different_schools()[:9])
    assert found.between == 0.0
    assert all(unit.shrunken is None and unit.stands_out == 0 for unit in found.units)
    assert funnel(different_schools()[:10]).between > 0


def test_own_intervals():
    unit = funnel(units([12] * 12)).units[3]
    assert (unit.low, unit.high) == wilson(12, 140)
    rate = funnel(units([200] * 12), rate=True).units[0]
    assert (rate.low, rate.high) == rate_interval(200, 60)


def test_one_school_far_from_the_others_stands_out():
    counts = [round(0.1 * size) for size in SIZES]
    counts[8] = 120
    assert [unit.stands_out for unit in funnel(units(counts)).units] == [0] * 8 + [1] + [0] * 3
    counts[8] = 1
    assert [unit.stands_out for unit in funnel(units(counts)).units] == [0] * 8 + [-1] + [0] * 3


def test_no_case_among_a_hundred_is_ordinary_at_four_percent():
    """The transformed scale puts it four deviations away; it happens once in sixty."""
    sizes = [100] + [500] * 11
    found = funnel(units([0] + [20] * 11, sizes)).units[0]
    assert (found.stands_out, found.lower) == (0, 0.0)
    assert funnel(units([0] + [40] * 11, sizes)).units[0].stands_out == -1


def test_a_very_small_school_never_stands_out():
    found = funnel(units([9] + [5] * 11, [9] + [100] * 11))
    assert (found.units[0].too_small, found.units[0].stands_out) == (True, 0)


def test_more_cases_than_pupils_is_a_rate():
    found = funnel(units([size * 2 for size in SIZES]), rate=True)
    assert found.centre == pytest.approx(2.0)
    assert all(unit.shrunken == pytest.approx(2.0) for unit in found.units)
    assert found.units[0].upper == pytest.approx((sqrt(2) + 3.09 / (2 * sqrt(60))) ** 2)


def test_nothing_to_compare():
    assert funnel([]) == Funnel(0.0, 0.0, ())
    assert funnel([("L1", 0, 0.0)]).units == ()
    assert funnel([("L1", 3, 30.0)]).centre == 0.1


def test_nobody_counted_anywhere():
    found = funnel(units([0] * 12))
    assert [unit.stands_out for unit in found.units] == [0] * 12


GOOD = Facts(
    observed=34, expected=34, provisional=False, partial=False, count=40, is_count=True,
    years_same_definition=4,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "label", "reason"),
    [
        ({}, "A", None),
        ({"observed": 33}, "B", "niet alle locaties hebben geleverd"),
        ({"observed": 16}, "D", "minder dan de helft van de locaties heeft geleverd"),
        ({"provisional": True}, "B", "het cijfer is voorlopig"),
        ({"partial": True, "provisional": True}, "B", "het cijfer is voorlopig"),
        ({"years_same_definition": 1}, "B", "nog geen twee jaar op dezelfde manier geteld"),
        ({"count": 9.0}, "B", "kleine aantallen"),
        ({"late": True}, "B", "de gegevens kwamen te laat"),
        ({"has_number": False}, "D", "er is geen cijfer"),
        ({"count": 3, "observed": 30}, "C", "kleine aantallen"),
        ({"count": 3, "observed": 30, "late": True}, "D", "kleine aantallen"),
        ({"count": 3, "observed": 30, "late": True, "partial": True}, "D", "kleine aantallen"),
    ],
)
def test_one_step_down_for_every_reason(changes, label, reason):
    found = confidence(Facts(**{**GOOD.__dict__, **changes}))
    assert found.label == label
    assert reason is None or reason in found.reasons
