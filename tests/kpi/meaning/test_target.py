"""Target paths: the worked figures of the Thuiszitterspact, every kind, and what always holds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import Calendar
from kpi.meaning.choices import Shows
from kpi.meaning.target import (
    PathMethod,
    Rounding,
    Target,
    TargetKind,
    gap_in_units,
    path_value,
    reached,
    target_for,
)

CALENDAR = Calendar()
PERIOD = CALENDAR.parse
LINEAR = [3525.3, 3133.6, 2741.9, 2350.2, 1958.5]
COMPOUND = [3525.3, 3172.77, 2855.493, 2569.9437, 2312.94933]


def lrv(**changes):
    defaults = {
        "kpi": "thuiszitters",
        "measure": "stock",
        "segment": "kind=lrv",
        "kind": TargetKind.REDUCE_PER_YEAR,
        "amount": Decimal(10),
        "base_period": "2019",
    }
    return Target(**{**defaults, **changes})


def path(target, base, base_value, periods):
    return [path_value(target, PERIOD(p), PERIOD(base), base_value) for p in periods]


@pytest.mark.parametrize(
    ("method", "expected"), [(PathMethod.LINEAR, LINEAR), (PathMethod.COMPOUND, COMPOUND)]
)
def test_the_two_readings_of_ten_percent_a_year_from_3917(method, expected):
    years = ["2020", "2021", "2022", "2023", "2024"]
    assert path(lrv(method=method), "2019", 3917, years) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("method", PathMethod)
def test_half_in_four_years_ends_at_half_whatever_the_method(method):
    target = lrv(
        kind=TargetKind.REDUCE_BY, amount=Decimal(50), method=method, valid_to=date(2024, 7, 31)
    )
    years = ["2019-2020", "2020-2021", "2021-2022", "2022-2023", "2023-2024", "2024-2025"]
    values = path(target, "2019-2020", 48, years)
    assert values[0] == 48
    assert values[-2:] == [24, 24]
    if method is PathMethod.LINEAR:
        assert values[1:4] == [42, 36, 30]
    else:
        assert values[1] == pytest.approx(48 * 0.5**0.25, abs=1e-6)


def test_four_steps_and_five_steps_part_in_the_fifth_year():
    assert path(lrv(steps=4), "2019", 3917, ["2023", "2024"]) == [2350.2, 2350.2]
    assert path(lrv(steps=5), "2019", 3917, ["2023", "2024"]) == [2350.2, 1958.5]


def test_quarters_walk_the_path_in_equal_parts():
    quarters = ["2018-2019-k4", "2019-2020-k1", "2019-2020-k2", "2019-2020-k3", "2019-2020-k4"]
    assert path(lrv(), "2018-2019-k4", 40, quarters) == [40, 39, 38, 37, 36]


def test_thirty_less_three_times_ten_percent_is_exactly_21():
    value = path_value(lrv(), PERIOD("2022"), PERIOD("2019"), 30)
    assert value == 21.0
    assert reached(lrv(), 21, value)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(Rounding.NONE, 26.1), (Rounding.DOWN, 26), (Rounding.NEAREST, 26), (Rounding.UP, 27)],
)
def test_rounding_of_the_path(rounding, expected):
    assert path_value(lrv(rounding=rounding), PERIOD("2020"), PERIOD("2019"), 29) == expected


def test_there_is_no_path_before_the_base_or_without_a_base_value():
    assert path(lrv(), "2019", 100, ["2018", "2019"]) == [None, 100]
    assert path_value(lrv(), PERIOD("2020"), PERIOD("2019"), None) is None


def test_zero_after_a_date_says_nothing_before_it():
    nobody = lrv(kind=TargetKind.ZERO_AFTER, amount=None, valid_from=date(2024, 8, 1))
    assert not nobody.has_begun(PERIOD("2023-2024-k4"))
    assert nobody.has_begun(PERIOD("2024-2025-k1"))
    assert path_value(nobody, PERIOD("2024-2025-k1")) == 0


def test_not_above_previous_follows_the_previous_value():
    target = lrv(kind=TargetKind.NOT_ABOVE_PREVIOUS, amount=None)
    assert path_value(target, PERIOD("2023-2024"), previous=1.9) == 1.9
    assert path_value(target, PERIOD("2023-2024")) is None


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (TargetKind.AT_MOST, 3.4, True),
        (TargetKind.AT_MOST, 3.5, True),
        (TargetKind.AT_MOST, 3.6, False),
        (TargetKind.AT_LEAST, 3.4, False),
        (TargetKind.AT_LEAST, 3.5, True),
        (TargetKind.AT_LEAST, 3.6, True),
    ],
)
def test_a_fixed_value_is_reached_on_the_value_itself(kind, value, expected):
    target = lrv(kind=kind, amount=Decimal("3.5"))
    assert reached(target, value, path_value(target, PERIOD("2023"))) is expected


def standing(order, period, about=("thuiszitters", "stock", "kind=lrv"), place=""):
    day = PERIOD(period)
    return target_for(order, about, place, day, lambda rule: rule.has_ended(day))


def test_a_local_agreement_replaces_the_profile_from_its_date():
    profile = lrv(kind=TargetKind.AT_MOST, amount=Decimal(20))
    local = lrv(kind=TargetKind.AT_MOST, amount=Decimal(12), valid_from=date(2023, 8, 1))
    order = [profile, local]
    assert standing(order, "2022-2023-k4") == (profile, None)
    assert standing(order, "2023-2024-k1") == (local, None)
    assert standing(order, "2023-2024-k1", place="L1") == (None, None)
    assert standing(order, "2023-2024-k1", ("thuiszitters", "new", "")) == (None, None)


def test_after_a_term_there_is_what_ended_or_what_a_fixed_value_replaced():
    bound = lrv(kind=TargetKind.AT_MOST, amount=Decimal(20), valid_to=date(2023, 7, 31))
    path = lrv(valid_to=date(2023, 7, 31))
    always = lrv(kind=TargetKind.AT_MOST, amount=Decimal(30))
    for rule in (bound, path):
        assert standing([rule], "2022-2023-k4") == (rule, None)
        assert standing([rule], "2023-2024-k1") == (None, rule)
    assert standing([always, bound], "2023-2024-k1") == (always, None)
    assert standing([always, path], "2023-2024-k1") == (None, path)
    assert standing([path, always], "2023-2024-k1") == (always, None)


@pytest.mark.parametrize(
    ("shows", "value", "numerator", "denominator", "asked", "expected"),
    [
        (Shows.STOCK, 43, 43, 0, 31.4, 12),
        (Shows.TOTAL, 8, 8, 0, 10, -2),
        (Shows.SHARE, 2.5, 25, 1000, 1.9, 6),
        (Shows.PER_100, 5.0, 50, 1000, 6.0, -10),
        (Shows.PER_1000, 5.0, 50, 10000, 4.0, 10),
        (Shows.MEAN, 7.8, 780, 100, 8.0, None),
    ],
)
def test_the_distance_in_pupils(shows, value, numerator, denominator, asked, expected):
    assert gap_in_units(shows, value, numerator, denominator, asked) == expected


def test_what_a_kind_cannot_do_without_is_named():
    assert lrv(amount=None, base_period="").missing_parts() == ["value of percent", "base_period"]
    assert lrv(kind=TargetKind.REDUCE_BY).missing_parts() == ["until of steps"]
    assert lrv(kind=TargetKind.ZERO_AFTER).missing_parts() == ["from"]
    assert lrv(kind=TargetKind.NOT_ABOVE_PREVIOUS, amount=None).missing_parts() == []


percents = st.decimals(0, 100, places=1)
bases = st.integers(0, 10_000)


@given(
    percents, bases, st.sampled_from(PathMethod), st.sampled_from(["reduce_by", "reduce_per_year"])
)
def test_a_reduction_never_rises_never_goes_below_zero_and_starts_at_its_base(
    percent, base_value, method, kind
):
    target = lrv(kind=TargetKind(kind), amount=percent, method=method, steps=4)
    quarters = [
        CALENDAR.quarter(year, number) for year in range(2019, 2026) for number in range(1, 5)
    ]
    values = [path_value(target, q, quarters[0], base_value) for q in quarters]
    assert values[0] == base_value
    assert all(later <= earlier for earlier, later in zip(values, values[1:], strict=False))
    assert min(values) >= 0


@given(st.decimals(0, 25, places=1), bases)
def test_compound_never_asks_more_than_linear(percent, base_value):
    year, base = PERIOD("2023"), PERIOD("2019")
    linear = path_value(lrv(amount=percent), year, base, base_value)
    compound = path_value(lrv(amount=percent, method=PathMethod.COMPOUND), year, base, base_value)
    assert compound >= linear - 1e-6


@given(st.integers(0, 500), st.integers(1, 20_000), st.decimals(0, 10, places=2))
def test_closing_the_gap_in_pupils_brings_a_share_to_its_path(numerator, denominator, asked):
    value = 100 * numerator / denominator
    gap = gap_in_units(Shows.SHARE, value, numerator, denominator, float(asked))
    assert abs(100 * (numerator - gap) / denominator - float(asked)) <= 50 / denominator + 1e-9


@pytest.mark.parametrize(
    ("kind", "more", "missing"),
    [
        (TargetKind.AGREED, {"amount": Decimal(45)}, ["margin"]),
        (TargetKind.AGREED, {"amount": Decimal(45), "margin": Decimal(0)}, []),
        (TargetKind.AGREED, {"margin": Decimal(2)}, ["value of percent"]),
        (TargetKind.NOT_ABOVE_MEASURE, {}, ["bound"]),
        (TargetKind.NOT_ABOVE_MEASURE, {"bound": "signal_share"}, []),
    ],
)
def test_a_key_needs_a_margin_and_a_bound_the_measure_it_follows(kind, more, missing):
    assert Target("proef", "share", kind, **more).missing_parts() == missing


@pytest.mark.parametrize(("value", "met"), [(42.9, False), (43, True), (47, True), (47.1, False)])
def test_an_agreed_value_has_two_sides(value, met):
    key = Target("proef", "share", TargetKind.AGREED, amount=Decimal(45), margin=Decimal(2))
    assert reached(key, value, 45.0) is met
    assert not key.wants_more


def test_a_level_for_everyone_counts_where_nothing_of_its_own_was_agreed():
    level = Target("proef", "score", TargetKind.AT_LEAST, organisation_id="alle", amount=Decimal(3))
    own = Target("proef", "score", TargetKind.AT_LEAST, organisation_id="L1", amount=Decimal(2))
    about, year = ("proef", "score", ""), PERIOD("2023-2024")
    for targets in ([level, own], [own, level]):
        for place, counts in (("L1", own), ("L2", level)):
            found = target_for(targets, about, place, year, lambda rule: rule.has_ended(year))
            assert found.in_force is counts
    path_for_all = lrv(organisation_id="alle", base_value=Decimal(10))
    assert path_for_all.missing_parts() == ["at_least, at_most of agreed (bij alle)"]
