"""What people read: Dutch numbers, signs, dates and names, and five kinds of no number."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi import formatting
from kpi.meaning import choices
from kpi.meaning.choices import State


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234.5, 1, "1.234,5"),
        (1234567, 0, "1.234.567"),
        (0, 0, "0"),
        (0, 2, "0,00"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (-1234.5, 1, "−1.234,5"),
        (-0.04, 1, "0,0"),
        (Decimal("3.45"), 1, "3,5"),
    ],
)
def test_numbers(value, decimals, expected):
    assert formatting.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (43, "leerlingen", 0, "43 leerlingen"),
        (1, "leerlingen", 0, "1 leerling"),
        (1001, "leerlingen", 0, "1.001 leerlingen"),
        (4.25, "percent", 1, "4,3%"),
        (250000, "euro", 0, "€\u00a0250.000"),
        (-1200, "euro", 0, "−€\u00a01.200"),
        (7.94, "cijfer", 1, "7,9"),
        (1, "OPP's", 0, "1 OPP"),
    ],
)
def test_values_with_their_unit(value, unit, decimals, expected):
    assert formatting.quantity(value, unit, decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (3, "leerlingen", 0, "+3 leerlingen"),
        (-1, "leerlingen", 0, "−1 leerling"),
        (0, "leerlingen", 0, "gelijk"),
        (0.001, "percent", 1, "vrijwel gelijk"),
        (-1.25, "percent", 1, "−1,3 procentpunt"),
        (0.2, "cijfer", 1, "+0,2 punt"),
        (1500, "euro", 0, "+€\u00a01.500"),
        (-1500, "euro", 0, "−€\u00a01.500"),
    ],
)
def test_a_change_in_percent_is_in_percentage_points(value, unit, decimals, expected):
    assert formatting.change(value, unit, decimals) == expected


def test_the_kinds_of_no_number_cannot_be_confused():
    texts = [*choices.NO_NUMBER.values(), choices.PROVISIONAL, formatting.number(0)]
    assert len(set(texts)) == len(texts) == 5
    assert choices.NO_NUMBER[State.MISSING] == "niet geleverd"


def test_dates():
    assert formatting.date_text(date(2025, 9, 30)) == "30 september 2025"
    assert formatting.short_date(date(2025, 3, 1)) == "01-03-2025"


def test_coverage_is_said_in_full():
    assert formatting.coverage(31, 34) == "31 van 34 locaties"
    assert formatting.coverage(0, 1) == "0 van 1 locatie"


def test_names_are_sorted_as_a_dutch_reader_expects():
    names = ["Zuid", "école", "'t Hooge", "Locatie 10", "locatie 2", "De Akker", "Eikel"]
    expected = ["De Akker", "école", "Eikel", "'t Hooge", "locatie 2", "Locatie 10", "Zuid"]
    assert sorted(names, key=formatting.sort_key_nl) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.234,5", "1234.5"), ("81,5", "81.5"), ("−3", "-3"), ("€ 1.000", "1000"), ("4,2%", "4.2")],
)
def test_typed_numbers_are_read_the_dutch_way(text, expected):
    assert formatting.parse_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "12.5", "1,234.5", "1.23.4", "abc", "1 2", "--3", "1,"])
def test_a_typed_number_that_can_mean_two_things_is_refused(text):
    with pytest.raises(ValueError, match="geen getal"):
        formatting.parse_number(text)


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 6)), st.integers(0, 4))
def test_what_is_shown_can_be_typed_back(value, decimals):
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert formatting.parse_number(formatting.number(value, decimals)) == rounded


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_change_and_its_opposite_differ_in_sign_only(value):
    up, down = formatting.signed(value, 2), formatting.signed(-value, 2)
    assert up.lstrip("+−") == down.lstrip("+−")
    assert up == down == "0,00" or up[0] != down[0]


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_names_can_be_sorted(names):
    assert len(sorted(names, key=formatting.sort_key_nl)) == len(names)


@pytest.mark.parametrize(
    ("low", "high", "unit", "decimals", "said"),
    [
        (0, 3, "leerlingen", 0, "0 tot 3 leerlingen"),
        (0, 0, "leerlingen", 0, "0 leerlingen"),
        (0.1, 0.4, "leerlingen", 0, "0 leerlingen"),
        (0.6, 1.2, "leerlingen", 0, "1 leerling"),
        (0.31, 0.34, "percent", 1, "0,3%"),
        (0.31, 0.36, "percent", 1, "0,3% tot 0,4%"),
        (8.04, 8.01, "cijfer", 1, "8,0"),
    ],
)
def test_a_range_of_which_both_ends_read_the_same_is_one_number(low, high, unit, decimals, said):
    assert formatting.span(low, high, unit, decimals) == said
    first, last = (formatting.bare(end, unit, decimals) for end in (low, high))
    assert formatting.ends(first, last) == (first if first == last else f"{first} tot {last}")
