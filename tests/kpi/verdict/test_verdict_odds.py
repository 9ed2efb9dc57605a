"""The forecast against direct numerical integration, and what it does with little."""

import numpy as np
import pytest
from made_series import counts, shares
from scipy import stats

from kpi.meaning.choices import PeriodType
from kpi.verdict.extra import EXTRA
from kpi.verdict.goal import next_count, next_figure, odds_of
from kpi.verdict.odds import DRIFT, NO_DRIFT, forecast


def integrated(counts, exposure, ahead, later, per_year=1, part=0.0):
    """Distribution of the later count by summing over a fine grid of drifts and levels.

    Quasi-likelihood as documented: gamma level and negative binomial count, both divided by the
    dispersion; here with hundreds of drifts, and the level integrated numerically.
    """
    counts, exposure = np.asarray(counts, float), np.asarray(exposure, float)
    years = (np.arange(len(counts)) - (len(counts) - 1)) / per_year
    drifts = np.concatenate([[0.0], np.linspace(-0.6, 0.6, 481)])
    bell = stats.norm.pdf(drifts[1:], 0, DRIFT)
    prior = np.concatenate([[NO_DRIFT], (1 - NO_DRIFT) * bell / bell.sum()])
    shape = 0.5 + counts.sum()

    def weights(spread):
        rates = np.exp(np.outer(drifts, years)) @ exposure
        logs = (drifts * (counts @ years) - shape * np.log(rates)) / spread
        found = prior * np.exp(logs - logs.max())
        return found / found.sum(), rates

    least = 1 - part
    assumed = least + EXTRA**2 * counts.mean()
    weight, rates = weights(assumed)
    if len(counts) > 2:
        likeliest = drifts[1:][np.argmax(weight[1:])]
        fitted = exposure * np.exp(likeliest * years)
        fitted *= counts.sum() / fitted.sum()
        shown = ((counts - fitted) ** 2 / fitted).sum()
        assumed = max(least, (3 * assumed + shown) / (3 + len(counts) - 2))
        weight, rates = weights(assumed)

    levels = stats.gamma.ppf((np.arange(1000) + 0.5) / 1000, shape / assumed)
    kept = weight > 1e-7
    growth = later * np.exp(drifts[kept] * ahead) / rates[kept]
    means = np.outer(growth, levels)

    def at_most(count):
        # P(Poisson(mean) <= x) for real x is the regularised upper gamma function
        below = stats.gamma.sf(means, (count + 0.5) / assumed + 0.5).mean(axis=1)
        return float(weight[kept] @ below)

    return at_most


@pytest.mark.parametrize(
    ("counts", "exposure", "ahead", "part"),
    [
        ((12, 9), (1, 1), 1, 0.0),
        ((40, 36, 41, 30, 28), (1, 1, 1, 1, 1), 3, 0.0),
        ((3, 0, 2, 5), (100, 110, 90, 95), 1, 0.0),
        ((210, 190, 260, 170), (1, 1, 1, 1), 2, 0.0),
        ((30, 25, 40), (100, 90, 110), 1, 0.32),
    ],
)
def test_against_numerical_integration(counts, exposure, ahead, part):
    later = forecast(counts, ahead, exposure, part=part)
    exact = integrated(counts, exposure, ahead, exposure[-1], part=part)
    for count in (0, round(later.mean * 0.7), round(later.mean), round(later.mean * 1.4)):
        assert later.at_most(count) == pytest.approx(exact(count), abs=0.004)


def test_a_long_history_of_large_counts():
    counts = [900 + 40 * place for place in range(10)]
    later = forecast(counts, 1)
    exact = integrated(counts, [1] * 10, 1, 1)
    for count in (1150, 1300, 1450):
        assert later.at_most(count) == pytest.approx(exact(count), abs=0.004)


def test_without_drift_or_extra_it_is_the_negative_binomial(monkeypatch):
    monkeypatch.setattr("kpi.verdict.odds.EXTRA", 0.0)
    monkeypatch.setattr("kpi.verdict.odds.NO_DRIFT", 1 - 1e-12)
    later = forecast([10, 14], 1)
    exact = stats.nbinom(24.5, 2 / 3)
    for count in (0, 5, 12, 20):
        assert later.at_most(count) == pytest.approx(exact.cdf(count))
        assert later.at_least(count) == pytest.approx(exact.sf(count - 1))


def test_the_base_year_is_part_of_the_luck():
    """A lucky base year makes the same target harder than an unlucky one."""
    lucky, unlucky = forecast([30, 40, 41], 1), forecast([50, 40, 41], 1)
    assert lucky.at_most(0.8 * 30) < 0.1
    assert unlucky.at_most(0.8 * 50) > 0.4


def test_further_away_is_less_sure():
    near, far = forecast([40, 38, 41, 39], 1), forecast([40, 38, 41, 39], 4)
    widths = [high - low for low, high in (near.interval(), far.interval())]
    assert widths[1] > widths[0]


def test_more_scatter_than_chance_widens_the_interval():
    calm, wild = forecast([100, 102, 98, 101], 1), forecast([60, 140, 70, 131], 1)
    assert wild.interval()[1] - wild.interval()[0] > 1.8 * (calm.interval()[1] - calm.interval()[0])


def test_nothing_counted_so_far():
    later = forecast([0, 0, 0], 1)
    assert later.at_most(0) > 0.7
    assert later.interval() == (0, 0)
    assert later.at_most(-1) == 0.0


def test_the_interval_holds_what_it_says():
    later = forecast([40, 38, 41, 39], 1)
    low, high = later.interval(0.8)
    assert 0.75 < later.at_most(high) - later.at_most(low - 1) < 0.87
    wide = later.interval(0.95)
    assert wide[0] < low < high < wide[1]


def test_the_other_part_of_a_group():
    """95 of 100 is asked as 5 of 100: at least 94 is at most 6."""
    rest = forecast([5, 6, 4], 1, [100, 100, 100], part=0.05)
    whole = forecast([5, 6, 4], 1, [100, 100, 100], part=0.05, total=100.0)
    assert whole.at_least(94) == pytest.approx(rest.at_most(6))
    assert whole.at_most(93) == pytest.approx(1 - rest.at_most(6))
    low, high = rest.interval()
    assert whole.interval() == (100 - high, 100 - low)


def test_a_season_lies_in_the_exposure():
    high = forecast(
        [10, 20] * 8, 0.25, [1.0, 2.0] * 8, 1.0, years=[(p - 15) / 4 for p in range(16)]
    )
    assert high.mean == pytest.approx(10, abs=1)


def test_a_season_that_is_not_sure_widens_the_interval():
    sure, unsure = (forecast([40, 38, 41, 39], 1, unsure=part) for part in (0.0, 0.04))
    assert unsure.mean == pytest.approx(sure.mean)
    assert unsure.interval()[0] < sure.interval()[0] < sure.interval()[1] < unsure.interval()[1]


def test_parts_of_a_case_are_rounded_the_safe_way():
    later = forecast([40, 38, 41], 1)
    assert later.at_most(35.9) == later.at_most(35)
    assert later.at_least(35.1) == later.at_least(36)
    assert later.at_most(35) + later.at_least(36) == pytest.approx(1.0)


def test_a_quiet_last_quarter_does_not_make_every_share_possible():
    """Of two decisions every share is possible; the coming quarter has as many as lately."""
    calm = shares([16, 15, 18, 17] * 3, [20] * 12)
    quiet = shares([16, 15, 18, 17] * 2 + [16, 15, 18, 2], [20] * 11 + [2])
    (low, high), (least, most) = (next_figure(series) for series in (calm, quiet))
    assert most - least < 1.5 * (high - low)


def test_no_forecast_of_a_share_lies_above_a_hundred_percent():
    rising = shares([20, 20, 20, 40, 100], [100] * 5, period=PeriodType.SCHOOLJAAR)
    assert next_count(rising).interval()[1] > 100
    low, high = next_figure(rising)
    assert low < 100 == high


def test_of_a_quarter_in_which_hardly_anything_happens_there_are_no_odds():
    series = counts([100, 1, 0, 1] * 4)
    assert odds_of(series, 1, 1, wants_more=False) is not None
    assert [odds_of(series, 1, ahead, wants_more=False) for ahead in (2, 3, 4)] == [None] * 3
