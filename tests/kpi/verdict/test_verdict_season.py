"""Season and dependence: seen when clear, left alone when not."""

import numpy as np
import pytest
from scipy import stats

from kpi.verdict.process import MOST_DEPENDENCE
from kpi.verdict.season import dependence, kruskal_wallis, season_of, shrunken_season

PATTERN = np.array([0.6, 1.0, 1.1, 1.3])


@pytest.mark.parametrize("seed", range(5))
def test_kruskal_wallis_against_scipy_with_ties(seed):
    rng = np.random.default_rng(seed)
    groups = [rng.poisson(4, size).tolist() for size in (5, 6, 5, 4)]
    assert kruskal_wallis(groups) == pytest.approx(stats.kruskal(*groups).pvalue)


def test_all_equal_is_no_season():
    assert kruskal_wallis([[3, 3], [3, 3]]) == 1.0
    assert season_of([5.0] * 16, range(16), 4) == ()


def test_a_clear_season_is_found_and_taken_out():
    values = [40 * PATTERN[place % 4] + (place * 7) % 5 - 2 for place in range(20)]
    season = season_of(values, range(20), 4)
    assert len(season) == 20
    assert season[:4] == pytest.approx(PATTERN / PATTERN.mean(), abs=0.03)
    assert sum(season[:4]) == pytest.approx(4.0)
    flat = [value / part for value, part in zip(values, season, strict=True)]
    assert np.std(flat) < 0.3 * np.std(values)


def test_a_season_needs_three_years_and_no_year_has_one():
    values = [40 * PATTERN[place % 4] for place in range(20)]
    assert season_of(values[:11], range(11), 4) == ()
    assert season_of(values, range(20), 1) == ()


def test_a_quarter_that_is_always_empty_is_part_of_the_pattern():
    season = season_of([0.0, 10.0, 12.0, 11.0] * 5, range(20), 4)
    assert season[:4] == pytest.approx([0.0, 40 / 33, 48 / 33, 44 / 33])


def test_a_missing_quarter_does_not_shift_the_pattern():
    values = [40 * PATTERN[place % 4] + (place * 7) % 5 for place in range(20)]
    left = [place for place in range(20) if place not in (5, 6)]
    season = season_of([values[place] for place in left], left, 4)
    assert season[left.index(8)] == pytest.approx(PATTERN[0] / PATTERN.mean(), abs=0.05)


def test_a_pattern_of_a_forecast_is_drawn_to_none_as_far_as_chance_explains_it():
    calm = shrunken_season([20, 21, 19, 20] * 3, [1.0] * 12, range(12), 4)
    assert calm == ((1.0,) * 4, (0.0,) * 4)
    clear = shrunken_season([10, 20, 22, 28] * 5, [1.0] * 20, range(20), 4)
    bare = np.array([10, 20, 22, 28]) / 20
    for part, own in zip(clear.parts, bare, strict=True):
        assert min(1, own) <= part <= max(1, own)
    assert clear.parts[0] == pytest.approx(bare[0], abs=0.04)
    assert clear.unsure[0] > clear.unsure[3] > 0


def test_chance_is_rarely_taken_for_a_season():
    rng = np.random.default_rng(1)
    found = [bool(season_of(rng.poisson(20, 20).tolist(), range(20), 4)) for _ in range(2000)]
    assert np.mean(found) < 0.06


def test_a_step_is_not_dependence():
    rng = np.random.default_rng(2)
    stepped = [rng.poisson([40] * 12 + [27] * 8).tolist() for _ in range(1000)]
    assert np.mean([dependence(values) > MOST_DEPENDENCE for values in stepped]) < 0.1
    # Without the step taken out the same series look dependent most of the time.
    assert np.mean([np.corrcoef(v[1:], v[:-1])[0, 1] > 0.4 for v in stepped]) > 0.5


def test_what_stays_is_dependence():
    rng = np.random.default_rng(3)

    def standing():
        values = [20]
        for _ in range(50):
            values.append(rng.binomial(values[-1], 0.8) + rng.poisson(4))
        return values[-28:]

    assert np.mean([dependence(standing()) > MOST_DEPENDENCE for _ in range(1000)]) > 0.6


def test_dependence_of_nothing_is_zero():
    assert dependence([5.0] * 13) == 0.0
    assert dependence([1.0, 2.0]) != 0.0
