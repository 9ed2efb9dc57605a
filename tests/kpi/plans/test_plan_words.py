"""Periods, links to KPIs, amounts and moments as people write them."""

from datetime import date

import pytest
from groningen_rows import ROWS

from kpi.plans.amount import amounts_in
from kpi.plans.links import kpi_numbers
from kpi.plans.moment import moment
from kpi.plans.period import period_days


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.plan}-{row.place}")
def test_the_words_of_every_row_are_understood(row):
    assert period_days(row.period, 2023) == row.days
    assert kpi_numbers(f"Iets doen ({row.kpi_text})") == row.kpi_numbers
    found = tuple((item.amount, item.unit, item.about) for item in amounts_in(row.money_text))
    assert found == row.amounts


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("feb-apr", "2024-02-01", "2024-04-30"),
        ("sept t/m jan", "2023-09-01", "2024-01-31"),
        ("mrt '24", "2024-03-01", "2024-03-31"),
        ("15 maart 2024", "2024-03-15", "2024-03-15"),
        ("28 september 2023 en januari 2024", "2023-09-28", "2024-01-31"),
        ("tweede helft 2024", "2024-07-01", "2024-12-31"),
        ("2e helft schooljaar", "2024-02-01", "2024-07-31"),
        ("voorjaar 2024", "2024-03-01", "2024-05-31"),
        ("najaar", "2023-09-01", "2023-11-30"),
        ("feb 2024", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("schooljaar 2023/24", "2023-08-01", "2024-07-31"),
    ],
)
def test_other_ways_to_write_a_period(text, first, last):
    assert period_days(text, 2023) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "n.t.b.", "31 juni 2024", "volgt", "zie 1.12"])
def test_a_text_without_a_period_has_none(text):
    assert period_days(text, 2023) is None


def test_numbers_that_are_no_kpis_are_left_alone():
    assert kpi_numbers("De set KPI's van 2023 geldt voor 3 scholen") == ()
    assert kpi_numbers("KPI 1 en 2 (in 2024), en KPI's 4-6") == (1, 2, 4, 5, 6)
    assert kpi_numbers("kpi 1 tot en met 3 & 5") == (1, 2, 3, 5)


def test_an_amount_reads_as_in_the_plan():
    texts = [item.text for item in amounts_in("ca. €7.500 p/j, €0,08 per lln, 0,6 fte, €1.250,50")]
    assert texts == ["ca. € 7.500 per jaar", "€ 0,08 per leerling", "0,6 fte", "€ 1.250,50"]
    # Twice the same for two things is two amounts; a sum and its parts is one.
    assert len(amounts_in("0,1 fte lid en 0,1 fte secretaris")) == 2
    assert len(amounts_in("0,6 fte (2 x 0,3 fte)")) == 1


@pytest.mark.parametrize(
    ("text", "last", "shown"),
    [
        ("2023-02", "2023-02-28", "februari 2023"),
        ("2024", "2024-12-31", "2024"),
        ("2023-09-19", "2023-09-19", "19 september 2023"),
        ("Voorjaar 2024", "2024-05-31", "voorjaar 2024"),
        ("najaar 2024", "2024-11-30", "najaar 2024"),
    ],
)
def test_a_moment_is_late_after_its_last_day(text, last, shown):
    assert (moment(text).last, moment(text).text) == (date.fromisoformat(last), shown)


@pytest.mark.parametrize("text", ["", "2023-13", "2023-02-30", "lente 2024", "feb 2023", "20234"])
def test_another_text_is_no_moment(text):
    with pytest.raises(ValueError, match="Schrijf het zo"):
        moment(text)
