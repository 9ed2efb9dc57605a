"""No pattern of the product takes more than a moment for any text, however long or odd."""

import os
import re

import pytest
from patterns import EVERY, Used, patterns, slow_on

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows telt geen rekentijd per proces")
FEWEST = 100  # or they are no longer found


@pytest.mark.parametrize("part", range(4))
def test_every_pattern_is_linear(part):
    found = list(patterns())
    assert len(found) > FEWEST
    slow = {used.place: slow_on(used) for used in found[part::4]}
    assert {place: text for place, text in slow.items() if text} == {}


@pytest.mark.parametrize(
    "text", [r"[^\s@]+@[^\s@]+\.[a-z]{2,}", r"\s*,", r"(a+)+b", r"<x[^>]*>", r"\d+(\.\d+)?%"]
)
def test_a_pattern_that_is_not_linear_is_found(text):
    assert slow_on(Used("here", re.compile(text), EVERY))


@pytest.mark.parametrize("text", [r"(?<!\d)\d{1,9}%", r"\ba{2,4}\b", r"[^x]"])
def test_a_pattern_that_is_linear_is_not(text):
    assert not slow_on(Used("here", re.compile(text), EVERY))
