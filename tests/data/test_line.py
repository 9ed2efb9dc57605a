"""A line of the ledger and the dataclass it is: there and back, and what an older line lacks."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from data.deliveries.line import body_of, from_body


class Way(StrEnum):
    UP = "omhoog"


@dataclass(frozen=True)
class Part:
    size: Decimal
    until: date | None = None


@dataclass(frozen=True)
class Whole:
    name: str
    begun_on: date
    way: Way
    parts: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
    main: Part | None = None
    steps: int | None = None
    author: str = ""


NAMES = {"begun_on": "from"}
WHOLE = Whole(
    "é", date(2026, 1, 31), Way.UP, (Part(Decimal("1.50")),), ("a", "b"),
    Part(Decimal(2), date(2026, 2, 1)), 3, "A",
)  # fmt: skip
BODY = {
    "name": "é", "from": "2026-01-31", "way": "omhoog",
    "parts": [{"size": "1.50", "until": None}], "words": ["a", "b"],
    "main": {"size": "2", "until": "2026-02-01"}, "steps": 3,
}  # fmt: skip
LEAST = {"name": "x", "from": "2026-01-01", "way": "omhoog"}


def test_what_is_written_is_plain_json_and_comes_back_the_same():
    body = body_of(WHOLE, NAMES, leave_out=("author",))
    assert body == BODY
    assert from_body(Whole, json.loads(json.dumps(body)), NAMES, author="A") == WHOLE


def test_an_older_line_lacks_keys_and_a_later_one_has_more():
    found = from_body(Whole, {**LEAST, "colour": "groen", "main": "", "steps": None}, NAMES)
    assert found == Whole("x", date(2026, 1, 1), Way.UP)


@pytest.mark.parametrize(
    "other", [{"from": "ooit"}, {"way": "opzij"}, {"name": ["x"]}, {"parts": [{}]}, {"steps": "x"}]
)
def test_what_was_written_in_another_way_is_an_error(other):
    with pytest.raises((KeyError, TypeError, ValueError, ArithmeticError)):
        from_body(Whole, {**LEAST, **other}, NAMES)
    with pytest.raises(TypeError):
        from_body(Whole, {"name": "x"}, NAMES)
