"""Since when a register is complete: what it never names is not zero unless somebody says so."""

from datetime import date

import pytest
from claim_world import NORTH, PRO, Bureau, asked, granted

from data.gate.claim import Answers

K1, K2 = "2023-2024-k1", "2023-2024-k2"
THIS_YEAR, YEAR_BEFORE = date(2023, 8, 1), date(2022, 8, 1)
COMPLAINTS = ["Klachtnummer", "Ontvangen op", "Route", "Soort", "Afgesloten op"]
CASES = ["Dossiernummer", "Vestigingscode", "Geopend op", "Gesloten op", "Soort inzet"]


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    return Bureau(tmp_path)


def complaints(bureau, days, period, **said):
    rows = [[f"K{n}", day, "bestuur", "klacht", ""] for n, day in enumerate(days)]
    return bureau.give("klachten", COMPLAINTS, rows, period, Answers(**said))


def quarters(bureau, topic):
    """The quarters over which a topic is known for the whole SWV."""
    return {
        row["period_id"]
        for row in bureau.build().rows(
            "select period_id from delivered inner join period using (period_id)"
            " where topic = ? and organisation_id = 'SWV' and period_type = 'kwartaal'",
            [topic],
        )
    }


def test_one_old_complaint_does_not_make_a_year_without_complaints(bureau):
    result = complaints(bureau, ["12-07-2023"], K1)
    assert asked(result) == ["since"] and quarters(bureau, "complaint") == set()
    doubt = result.claim.doubts[0]
    assert "12-07-2023" in doubt.text and "4 kwartalen, zoals juni 2023" in doubt.text
    assert [value for value, _ in doubt.choices] == ["2022-08-01", "2023-08-01"]
    assert complaints(bureau, ["12-07-2023"], K1, since=THIS_YEAR).accepted
    assert quarters(bureau, "complaint") == {K1}


def test_who_says_that_it_was_kept_gets_the_zeros(bureau):
    assert complaints(bureau, ["12-07-2023"], K1, since=YEAR_BEFORE).accepted
    assert quarters(bureau, "complaint") == {K1, *(f"2022-2023-k{n}" for n in (1, 2, 3, 4))}


def test_what_was_said_of_a_register_goes_on_for_the_next(bureau):
    assert complaints(bureau, ["12-07-2023"], K1, since=THIS_YEAR).accepted
    later = complaints(bureau, ["12-07-2023", "04-11-2023"], K2)
    assert asked(later) == [] and later.delivery.covers_from == THIS_YEAR
    assert "augustus t/m december 2023" in later.claim.sentence
    assert quarters(bureau, "complaint") == {K1, K2}


def test_a_register_that_reaches_further_back_than_it_did_is_asked(bureau):
    assert complaints(bureau, ["12-07-2023"], K1, since=THIS_YEAR).accepted
    further = complaints(bureau, ["12-07-2023", "03-03-2021"], K2)
    assert asked(further) == ["since"] and "01-08-2023" in further.claim.doubts[0].text
    assert complaints(bureau, ["12-07-2023", "03-03-2021"], K2, since=THIS_YEAR).accepted
    assert quarters(bureau, "complaint") == {K1, K2}


def test_a_register_of_this_school_year_is_not_asked(bureau):
    assert asked(complaints(bureau, ["04-11-2023"], K2)) == []
    assert asked(complaints(bureau, [], K1, sure=True)) == []


def test_a_register_with_rows_in_every_quarter_is_not_asked(bureau):
    days = ("12-08-2022", "12-11-2022", "12-02-2023", "12-05-2023", "12-09-2023")
    assert asked(complaints(bureau, days, K1)) == []
    assert quarters(bureau, "complaint") >= {f"2022-2023-k{n}" for n in (1, 2, 3, 4)}


def test_one_early_decision_among_the_tlvs_is_asked(bureau):
    rows = [granted(1, "11-09-2019"), granted(2), granted(3)]
    assert asked(bureau.tlv(rows, K1, speaks_for="swv")) == ["since"]


def test_cases_that_were_closed_long_ago_are_asked(bureau):
    rows = [["1", NORTH, "04-09-2021", "10-10-2021", "advies"],
            ["2", NORTH, "04-09-2023", "", "advies"]]  # fmt: skip
    result = bureau.give("ect", CASES, rows, K1, Answers(speaks_for="swv"))
    assert asked(result) == ["since"]
    assert "Gesloten op" in result.claim.doubts[0].text


def test_open_cases_alone_say_nothing_about_earlier_years(bureau):
    rows = [["1", NORTH, "04-09-2021", "", "advies"]]
    result = bureau.give("ect", CASES, rows, K1, Answers(speaks_for="swv", sure=True))
    assert asked(result) == [] and result.delivery.covers_from == THIS_YEAR


def test_a_school_is_asked_about_its_own_register_only(bureau):
    """What one school said of its list says nothing about the list of another."""
    one = {"speaks_for": "locations", "since": THIS_YEAR}
    assert bureau.tlv([granted(1, "11-09-2022"), granted(2)], K1, **one).accepted
    other = [granted(3, "11-09-2022", school=PRO), granted(4, school=PRO)]
    result = bureau.tlv(other, K1, speaks_for="locations", second="vult_aan")
    assert asked(result) == ["since"]
    assert "Eerdere lijsten" not in result.claim.doubts[0].text
