"""How often the check of an effect is wrong: what is promised, held against made-up series.

KPI_SIMULATIONS sets how many series each world makes (300 by default).
"""

import os
from math import sqrt

import numpy as np
import pytest
from effect_worlds import LOOKS, WORLDS, answers

from kpi.verdict.before_after import GOOD_CHANCE, Seen
from kpi.verdict.promises import FALSELY_NOT_SEEN, FALSELY_SEEN

NUMBER = int(os.environ.get("KPI_SIMULATIONS", "300"))


def room(rate):
    return 3 * sqrt(rate * (1 - rate) / NUMBER)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_where_nothing_changes_an_effect_is_rarely_seen(world):
    """Also by who looks twice: after one year and after two."""
    said = answers(world, np.random.default_rng(11), NUMBER)
    assert said["ever"][Seen.YES] <= FALSELY_SEEN + room(FALSELY_SEEN)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_an_effect_as_large_as_stated_is_rarely_said_not_to_be_there(world):
    said = answers(world, np.random.default_rng(12), NUMBER, real=1.0)
    for look in LOOKS:
        assert said[look][Seen.NO] <= FALSELY_NOT_SEEN + room(FALSELY_NOT_SEEN)


@pytest.mark.parametrize("world", [world for world in WORLDS if world.clear],
                         ids=lambda world: world.name)  # fmt: skip
def test_a_planted_effect_is_found_and_a_planted_null_is_said_not_to_be_visible(world):
    """In worlds where the stated effect is large beside chance, after two years."""
    nothing = answers(world, np.random.default_rng(13), NUMBER)[2]
    planted = answers(world, np.random.default_rng(14), NUMBER, real=1.0)[2]
    assert planted[Seen.YES] >= GOOD_CHANCE
    assert nothing[Seen.NO] >= 0.9


def test_a_larger_effect_is_seen_more_often():
    world = WORLDS[0]
    rates = [answers(world, np.random.default_rng(15), NUMBER, real)[1][Seen.YES]
             for real in (0.0, 0.5, 1.0)]  # fmt: skip
    assert rates[0] < 0.1 < rates[1] < rates[2]
