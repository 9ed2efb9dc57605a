"""Amounts in the unit that the sheet states: multiplied and said, or asked about."""

from decimal import Decimal

import pytest
from small_sources import file, sheet

from data.gate.recognise import recognise
from data.gate.validate import validate
from data.source_file import load_sources

SOURCES = load_sources()
HEADER = ["Jaar", "Soort bedrag", "Totale bruto baten", "Publiek eigen vermogen"]


def of(*rows, header=HEADER):
    above = [row for row in rows if len(row) == 1]
    below = [row for row in rows if len(row) != 1]
    read = file(sheet(*above, header, *below, name="Vermogen"))
    return validate(read, recognise(read, {"balans": SOURCES["balans"]}), secret=b"x")


@pytest.mark.parametrize(
    ("title", "factor"),
    [
        ("Bedragen in duizenden euro's", 1000),
        ("(x € 1.000)", 1000),
        ("bedragen × 1000", 1000),
        ("Balans 2023, in duizend euro", 1000),
        ("bedragen in miljoenen", 1_000_000),
        ("x 1.000.000", 1_000_000),
        ("Bedragen in hele euro's", 1),
        ("max 1000 leerlingen", 1),
        ("Subsidie van 2 miljoen", 1),
    ],
)
def test_the_line_above_the_table_says_the_unit(title, factor):
    result = of([title], [2023, "realisatie", "14,2", 0.5])
    assert (result.doubted, result.error_count) == (False, 0)
    assert result.columns["gross_income"] == [Decimal("14.2") * factor]
    assert result.columns["public_equity"] == [Decimal("0.5") * factor]
    told = [note for note in result.notes if title in note]
    assert len(told) == (2 if factor > 1 else 0)


def test_what_was_multiplied_is_said_with_the_amount():
    result = of(["Bedragen in duizenden euro's"], [2023, "realisatie", "14.250", 499])
    assert result.columns["public_equity"] == [Decimal(499_000)]
    assert "dus het eerste telt als € 499.000." in result.notes[-1]


def test_a_footnote_and_a_row_of_units_count_too():
    rows = [[2023, "realisatie", 14250, 499], ["* bedragen x € 1.000", None, None, None]]
    assert of(*rows).columns["public_equity"] == [Decimal(499_000)]
    result = of([None, None, "x € 1.000", "x € 1.000"], [2023, "realisatie", 14250, 499])
    assert result.columns["public_equity"] == [Decimal(499_000)]


@pytest.mark.parametrize(
    "rows",
    [
        [["Bedragen in duizenden euro's"], [2023, "realisatie", "14.250.000", 499]],
        [["Bedragen in duizenden"], ["bedragen in miljoenen"], [2023, "realisatie", 14, 1]],
    ],
)
def test_a_unit_that_contradicts_the_amounts_is_asked_about(rows):
    result = of(*rows)
    assert result.doubted
    assert not result.row_numbers
    assert "lever opnieuw aan" in result.problems[0].advice


def test_small_excel_numbers_under_thousands_are_what_they_say():
    result = of(["x € 1.000"], [2023, "realisatie", 14250.125, 1.234])
    assert not result.doubted
    assert result.columns["public_equity"] == [Decimal("1234")]
    assert of([2023, "realisatie", 14250000, 1.234]).doubted


def test_two_units_above_an_empty_table_are_no_problem():
    assert not of(["Bedragen in duizenden"], ["bedragen in miljoenen"]).problem_count
