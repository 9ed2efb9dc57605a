"""The basics of the verdicts against well-kept packages of others.

statprocon makes XmR charts as Wheeler describes them, statsmodels does regression, rates and
proportions. Where one of ours has a rule of its own (a floor, a widening), the test says so and
builds it on the number of the package. Published series: the flow rate of the NIST/SEMATECH
e-Handbook (6.3.2.2), the Nile at Aswan (Cobb 1978), sunspots, employment (Longley 1967) and the
two rates of Gu, Ng, Tang and Schucany (2008), most of them as statsmodels carries them.
"""

from math import sqrt

import numpy as np
import pytest
import statsmodels.api as sm
from made_series import counts, group_sums, means, shares
from scipy import stats
from statprocon import XmR
from statsmodels.datasets import longley, nile, sunspots
from statsmodels.stats import rates
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW
from statsmodels.tsa.stattools import acf

from kpi.meaning.choices import Shows
from kpi.verdict.interval import (
    _rate_tails,
    _share_tails,
    rate_interval,
    rates_differ,
    shares_differ,
    wilson,
)
from kpi.verdict.limits import LIMIT, Limits, average_moving_range, xmr
from kpi.verdict.means import LEVEL, error, groups, margin_of_difference
from kpi.verdict.process import steepness
from kpi.verdict.rules import Rule, flags_of_last
from kpi.verdict.scatter import LEAST, Scatter, scatter_of
from kpi.verdict.trend import Yearly, line_course, step_course

NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
NILE = nile.load_pandas().data["volume"].tolist()
SUNSPOTS = sunspots.load_pandas().data["SUNACTIVITY"].tolist()
EMPLOYED = longley.load_pandas().data["TOTEMP"].tolist()
EMPLOYED_YEARS = [int(year) for year in longley.load_pandas().data["YEAR"]]
ROUNDED = 0.002  # statprocon rounds mean and limits to three decimals


def random_series(seed: int) -> list[float]:
    """Forty values around a level, with a step and a few that are far off."""
    rng = np.random.default_rng(seed)
    values = rng.normal(50, 6, 40)
    values[24:] += rng.choice([0, 8])
    values[rng.integers(0, 40, 2)] += rng.choice([-40, 40])
    return [round(float(value), 6) for value in values]


SERIES = [NIST, NILE, SUNSPOTS[-60:], *map(random_series, range(12))]


# Limits and rules


@pytest.mark.parametrize("values", SERIES)
def test_mean_and_limits_are_those_of_an_xmr_chart(values):
    ours, chart = xmr(values, screened=False), XmR(values)
    assert ours.mean[0] == pytest.approx(float(chart.x_central_line()[0]), abs=ROUNDED)
    upper, lower = chart.upper_natural_process_limit(), chart.lower_natural_process_limit()
    assert ours.upper[0] == pytest.approx(float(upper[0]), abs=ROUNDED)
    assert ours.lower[0] == pytest.approx(float(lower[0]), abs=ROUNDED)
    average = average_moving_range(values, screened=False)
    assert average == pytest.approx(float(chart.mr_central_line()[0]), abs=ROUNDED)


def test_the_example_of_nist_as_published():
    """NIST writes 3 / 1.128; the 2.66 of Wheeler is that number rounded."""
    ours = xmr(NIST, screened=False)
    assert ours.mean[0] == pytest.approx(50.81)
    exact = 3 / 1.128 / LIMIT * (ours.upper[0] - ours.mean[0])
    assert round(ours.mean[0] + exact, 4) == 55.8041
    assert round(ours.mean[0] - exact, 4) == 45.8159


@pytest.mark.parametrize("values", SERIES)
def test_what_is_screened_lies_above_the_upper_range_limit(values):
    """Wheeler rounds to 3.268 and Making Data Count to 3.267; no range lies between the two."""
    chart = XmR(values)
    flagged = chart.rule_1_mr_indices_beyond_limits()[1:]
    ranges = [float(one) for one in chart.moving_ranges()[1:]]
    kept = [one for one, out in zip(ranges, flagged, strict=True) if not out]
    assert average_moving_range(values) == pytest.approx(sum(kept) / len(kept))


def upto(limits: Limits, place: int) -> Limits:
    """The same limits with this point as the last."""
    lines = (limits.values, limits.mean, limits.lower, limits.upper)
    return Limits(*(line[: place + 1] for line in lines))


def test_outside_the_limits_is_rule_1():
    seen = 0
    for values in SERIES:
        limits, outside = xmr(values, screened=False), XmR(values).rule_1_x_indices_beyond_limits()
        ours = [
            any(flag.rule is Rule.OUTSIDE for flag in flags_of_last(upto(limits, place)))
            for place in range(len(values))
        ]
        assert ours == outside
        seen += sum(outside)
    assert seen > 20


def test_a_shift_of_eight_is_rule_2():
    """Wheeler asks eight on one side of the mean and Making Data Count seven; so we count."""
    seen = 0
    for values in SERIES:
        for end in range(8, len(values) + 1):
            flags = flags_of_last(xmr(values[:end], screened=False))
            eight = any(flag.rule is Rule.SHIFT and flag.length >= 8 for flag in flags)
            assert eight == XmR(values[:end]).rule_2_runs_about_central_line()[-1]
            seen += eight
    assert seen > 20


# Trend over years


def variances(counts, sizes, *, share):
    """What `trend` promises: chance, and ten percent of the figure that years always differ."""
    level = sum(counts) / sum(sizes)
    ordinary = min(0.1 * level, (1 - level) / 3) if share else 0.1 * level
    return [level * ((1 - level) if share else 1) / size + ordinary**2 for size in sizes]


def in_errors(values, variance, regressor):
    """Coefficient in standard errors, when the variances are known and not estimated."""
    model = sm.WLS(values, sm.add_constant(regressor), weights=1 / np.asarray(variance))
    fit = model.fit()
    return fit.params[1] / (fit.bse[1] / sqrt(fit.scale))


def yearly_series():
    """Counts, shares and rates of five to sixteen years: (data, variances)."""
    plain = Yearly(tuple(EMPLOYED_YEARS), tuple(EMPLOYED), (1.0,) * len(EMPLOYED))
    found = [plain, Yearly(tuple(range(1871, 1971)), tuple(NILE), (1.0,) * 100)]
    rng = np.random.default_rng(7)
    for number in range(20):
        years, share = (2018, 2019, 2021, 2022, 2023), number % 2 == 0
        sizes = tuple(float(one) for one in rng.integers(60, 900, 5))
        level = rng.uniform(0.05, 0.95) if share else rng.uniform(0.05, 2)
        tops = [
            rng.binomial(int(size), level) if share else rng.poisson(size * level) for size in sizes
        ]
        found.append(Yearly(years, tuple(map(float, tops)), sizes, share))
    return found


@pytest.mark.parametrize("data", yearly_series())
def test_the_straight_line_is_weighted_least_squares(data):
    expected = in_errors(
        data.values, variances(data.counts, data.sizes, share=data.share), data.years
    )
    assert line_course(data) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("data", yearly_series())
def test_the_step_is_weighted_least_squares_on_a_dummy(data):
    """Also with one of the last two years left out: the other one is the step by itself."""
    for part in (data, data.without(0), data.without(len(data.years) - 1)):
        late = np.asarray(part.years) > data.years[-3]
        known = variances(part.counts, part.sizes, share=part.share)
        expected = in_errors(part.values, known, late.astype(float))
        assert step_course(part, data.years) == pytest.approx(expected, rel=1e-9)


# Steepness of a whole series


@pytest.mark.parametrize("seed", range(12))
def test_steepness_is_the_t_value_made_smaller_by_what_hangs_together(seed):
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 1, 30)
    for place in range(1, 30):
        noise[place] += (seed % 4) * 0.2 * noise[place - 1]
    places = [place for place in range(31) if place != 11]
    values = 0.1 * np.asarray(places) + noise
    fit = sm.OLS(values, sm.add_constant(places)).fit()
    together = acf(fit.resid, nlags=1, adjusted=False)[1] + 1 / len(places)
    alike = min(0.9, max(0.0, together))
    expected = fit.tvalues[1] * sqrt((1 - alike) / (1 + alike))
    assert steepness(values.tolist(), places) == pytest.approx(expected)


def test_steepness_of_neighbours_that_differ_is_the_bare_t_value():
    values, places = [3, 9, 4, 11, 5, 12, 8, 13, 9, 15, 10, 18], range(12)
    fit = sm.OLS(values, sm.add_constant(list(places))).fit()
    assert acf(fit.resid, nlags=1)[1] < -0.5
    assert steepness(values, places) == pytest.approx(fit.tvalues[1])


# Intervals and differences


@pytest.mark.parametrize("count", [0, 1, 2, 5, 17, 60, 443])
@pytest.mark.parametrize("size", [1, 51.5, 900])
def test_the_interval_of_a_rate_is_the_exact_one(count, size):
    expected = rates.confint_poisson(count, size, method="exact-c")
    assert rate_interval(count, size) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("count", "size"), [(0, 8), (1, 8), (8, 8), (15, 148), (443, 1000)])
def test_wilson_is_that_of_statsmodels(count, size):
    assert wilson(count, size) == pytest.approx(
        proportion_confint(count, size, method="wilson"), abs=1e-12
    )


def rate_pairs():
    """(before, after, exposures): as published by Gu and others, and 300 random ones."""
    rng = np.random.default_rng(3)
    yield 30, 60, (543.087, 514.775)
    for _ in range(300):
        before = int(rng.poisson(rng.choice([2, 8, 40, 200])))
        after = int(rng.poisson(max(1, before) * rng.choice([0.5, 0.8, 1.2, 1.8])))
        if before + after:
            size = float(rng.choice([1.0, 300.0]))
            yield before, after, (size, size * float(rng.choice([1.0, 0.9, 1.3])))


def told(lower, higher, chance):
    """Which way, when the chance is below five percent."""
    return 0 if chance >= 0.05 else 1 if higher < lower else -1


def drawn_wider(chance, factor):
    """A two-sided chance when the variance is this many times larger."""
    return 2 * stats.norm.cdf(stats.norm.ppf(min(1.0, chance) / 2) / sqrt(factor))


def test_rates_differ_as_the_exact_conditional_test_says():
    """Ours is its one-sided tail, twice; widened with the five percent that years always differ."""
    signals = 0
    for before, after, sizes in rate_pairs():
        tails = [
            rates.test_poisson_2indep(
                after, sizes[1], before, sizes[0], method="exact-cond", alternative=side
            ).pvalue
            for side in ("smaller", "larger")
        ]
        assert _rate_tails(before, after, sizes) == pytest.approx(tails, rel=1e-6, abs=1e-14)
        chance = drawn_wider(2 * min(tails), 1 + 0.05**2 * (before + after) / 2)
        expected = told(*tails, chance)
        assert rates_differ(before, after, sizes) == expected
        signals += expected != 0
    assert 60 < signals < 240


def test_with_known_scatter_rates_differ_by_the_middle_of_the_chance():
    """The mid-p test of statsmodels, and a t for the degrees of freedom the scatter rests on."""
    signals = 0
    for scatter in (Scatter(0.8, 3), Scatter(1.0, 15), Scatter(2.4, 9)):
        for before, after, sizes in rate_pairs():
            tails = [
                rates.test_poisson_2indep(
                    after, sizes[1], before, sizes[0], method="cond-midp", alternative=side
                ).pvalue
                for side in ("smaller", "larger")
            ]
            factor = scatter.factor + 0.05**2 * (before + after) / 2
            far = stats.norm.ppf(min(1.0, 2 * min(tails)) / 2) / sqrt(factor)
            expected = told(*tails, 2 * stats.t.cdf(far, scatter.freedom))
            assert rates_differ(before, after, sizes, scatter) == expected
            signals += expected != 0
    assert signals > 60


def share_pairs():
    """(before, after, sizes): Fisher's lady who tastes tea, and 300 random ones."""
    rng = np.random.default_rng(4)
    yield 1, 3, (4, 4)
    for _ in range(300):
        sizes = tuple(int(one) for one in rng.integers(4, 400, 2))
        level = rng.uniform(0.02, 0.98)
        later = min(1.0, level * rng.choice([0.6, 1.0, 1.5]))
        yield int(rng.binomial(sizes[0], level)), int(rng.binomial(sizes[1], later)), sizes


def test_shares_differ_as_fishers_exact_test_says():
    signals = 0
    for before, after, sizes in share_pairs():
        table = [[after, sizes[1] - after], [before, sizes[0] - before]]
        tails = [stats.fisher_exact(table, side).pvalue for side in ("less", "greater")]
        assert _share_tails(before, after, sizes) == pytest.approx(tails, rel=1e-6, abs=1e-14)
        common = min(before + after, sum(sizes) - before - after) / sum(sizes)
        assumed = 1 + 0.05**2 * common * sum(sizes) / 2 / (1 - common)
        expected = told(*tails, drawn_wider(2 * min(tails), assumed))
        assert shares_differ(before, after, sizes) == expected
        same = stats.hypergeom.pmf(after, sum(sizes), before + after, sizes[1])
        for scatter in (Scatter(0.8, 3), Scatter(1.7, 12)):
            middle = min(1.0, 2 * min(tails) - same)
            far = stats.norm.ppf(middle / 2) / sqrt(scatter.factor + assumed - 1)
            chance = 2 * stats.t.cdf(far, scatter.freedom)
            assert shares_differ(before, after, sizes, scatter) == told(*tails, chance)
        signals += expected != 0
    assert 40 < signals < 240


# Means


def clustered(seed, sizes):
    """Marks of forms that lean together by school, and the school of each form."""
    rng = np.random.default_rng(seed)
    schools = np.repeat(np.arange(len(sizes)), sizes)
    marks = 7 + rng.normal(0, 0.7, len(sizes))[schools] + rng.normal(0, 1, len(schools))
    return marks.round(1).tolist(), schools.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_with_groups_of_equal_size_the_error_is_the_clustered_one_of_a_regression(seed):
    """statsmodels multiplies the sandwich by g / (g − 1) · (n − 1) / (n − k).

    With k = 1 only g / (g − 1) is left, and for g groups of one size ours is the same: the number
    of groups that they come down to (Kish) is g itself.
    """
    marks, schools = clustered(seed, [6] * (5 + seed))
    point = means([marks], groups=[schools]).points[0]
    fit = sm.OLS(marks, np.ones(len(marks))).fit(
        cov_type="cluster", cov_kwds={"groups": np.asarray(schools)}
    )
    assert groups(point) == pytest.approx(5 + seed)
    assert error(point) == pytest.approx(fit.bse[0] ** 2)


@pytest.mark.parametrize("seed", range(6))
def test_with_groups_of_other_sizes_only_the_factor_for_few_groups_differs(seed):
    """Ours reckons with fewer groups than there are, so it is the more careful of the two."""
    marks, schools = clustered(seed, [2, 5, 9, 3, 14, 6, 8 + seed])
    point = means([marks], groups=[schools]).points[0]
    fit = sm.OLS(marks, np.ones(len(marks))).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.asarray(schools), "use_correction": False},
    )
    many = groups(point)
    assert many < 7
    assert error(point) == pytest.approx(fit.bse[0] ** 2 * many / (many - 1))
    assert group_sums(marks, schools)[0] == pytest.approx(fit.bse[0] ** 2 * len(marks) ** 2)


@pytest.mark.parametrize("seed", range(8))
def test_the_margin_of_forms_that_share_nothing_is_the_wider_of_both_intervals(seed):
    rng = np.random.default_rng(seed)
    before = rng.normal(7, 1.5, 10 + 4 * seed).round(1).tolist()
    after = rng.normal(7, 0.8, 12 + 9 * (seed % 3)).round(1).tolist()
    both = CompareMeans(DescrStatsW(after), DescrStatsW(before))
    widths = []
    for kind in ("unequal", "pooled"):
        low, high = both.tconfint_diff(alpha=LEVEL, usevar=kind)
        widths.append((high - low) / 2)
    assert margin_of_difference(*means([before, after]).points) == pytest.approx(max(widths))


# Scatter


def dummies(years, *, quarters):
    """One level per year, and a fixed part for three of the quarters."""
    found = [[float(place // 4 == year) for place in range(4 * years)] for year in range(years)]
    if quarters:
        found += [[float(place % 4 == one) for place in range(4 * years)] for one in (1, 2, 3)]
    return np.asarray(found).T


@pytest.mark.parametrize("seed", range(8))
def test_scatter_is_that_of_a_poisson_regression_with_a_level_per_year(seed):
    rng = np.random.default_rng(seed)
    levels = np.repeat(rng.uniform(5, 40, 6), 4)
    tops = rng.poisson(levels * rng.gamma(10, 0.1, 24))
    fit = sm.GLM(tops, dummies(6, quarters=False), family=sm.families.Poisson()).fit()
    found = scatter_of(counts(tops.tolist()))
    assert found == Scatter(
        pytest.approx(max(LEAST, fit.pearson_chi2 / fit.df_resid), rel=1e-6), fit.df_resid
    )


@pytest.mark.parametrize("seed", range(4))
def test_with_a_season_there_is_a_level_per_quarter_too(seed):
    rng = np.random.default_rng(seed)
    levels = np.repeat(rng.uniform(20, 40, 6), 4) * np.tile([0.3, 1.0, 1.1, 1.6], 6)
    tops = rng.poisson(levels * rng.gamma(10, 0.1, 24))
    fit = sm.GLM(tops, dummies(6, quarters=True), family=sm.families.Poisson()).fit()
    found = scatter_of(counts(tops.tolist()))
    assert found == Scatter(
        pytest.approx(max(LEAST, fit.pearson_chi2 / fit.df_resid), rel=1e-6), fit.df_resid
    )


@pytest.mark.parametrize("seed", range(8))
def test_scatter_of_shares_and_rates_is_that_of_their_own_regression(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(40, 90, 16)
    levels = np.repeat(rng.uniform(0.1, 0.9, 4), 4)
    part = rng.binomial(sizes, np.clip(levels + rng.normal(0, 0.08, 16), 0.02, 0.98))
    fit = sm.GLM(
        np.column_stack([part, sizes - part]),
        dummies(4, quarters=False),
        family=sm.families.Binomial(),
    ).fit()
    found = scatter_of(shares(part.tolist(), sizes.tolist()))
    assert found.factor == pytest.approx(max(LEAST, fit.pearson_chi2 / fit.df_resid), rel=1e-6)
    tops = rng.poisson(2 * sizes * levels)
    rate = sm.GLM(
        tops, dummies(4, quarters=False), family=sm.families.Poisson(), offset=np.log(sizes)
    ).fit()
    found = scatter_of(shares(tops.tolist(), sizes.tolist(), shows=Shows.PER_1000))
    assert found.factor == pytest.approx(max(LEAST, rate.pearson_chi2 / rate.df_resid), rel=1e-6)
