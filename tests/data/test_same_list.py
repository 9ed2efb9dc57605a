"""The list of another period handed in once more is asked about, where something should differ."""

import pytest
from claim_world import NORTH, SOUTH, WHOLE, Bureau, asked, granted, spell

from data.gate.claim import Answers

K1, K2, K3 = (f"2023-2024-k{number}" for number in (1, 2, 3))
LIST = [spell(1), spell(2, SOUTH), spell(3, end="20-09-2023")]
NUMBERS = (
    "Vestiging", "Kwartaal", "Soort verzuim", "Aantal op peildatum", "Nieuw", "Beëindigd",
    "Langer dan 3 maanden", "Langer dan 3 maanden zonder aanbod",
)  # fmt: skip
PUPILS = ("Vestiging", "Peildatum", "Aantal leerlingen")


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    return Bureau(tmp_path)


def test_the_same_list_for_the_next_period_is_asked_with_its_name(bureau):
    assert bureau.absence(LIST, K1, answers=WHOLE).accepted
    result = bureau.absence(LIST, K2)
    assert asked(result) == ["sure"]
    assert result.claim.doubts[0].text.startswith(
        "Deze lijst is precies dezelfde als die van sept 2023 (“lijst.csv”): niets begon en niets "
        "eindigde. Klopt dat?"
    )
    assert bureau.absence(LIST, K2, sure=True).accepted
    again = bureau.absence(LIST[::-1], K3)
    assert "die van dec 2023" in again.claim.doubts[0].text


@pytest.mark.parametrize(
    "rows",
    [
        [*LIST, spell(4, start="09-10-2023")],
        [LIST[0], spell(2, SOUTH, end="12-10-2023"), LIST[2]],
    ],
)
def test_a_list_in_which_something_began_or_ended_is_no_question(bureau, rows):
    assert bureau.absence(LIST, K1, answers=WHOLE).accepted
    assert asked(bureau.absence(rows, K2)) == []


def test_of_one_row_it_is_no_wonder(bureau):
    assert bureau.absence(LIST[:1], K1, answers=WHOLE).accepted
    assert asked(bureau.absence(LIST[:1], K2)) == []


def test_the_same_list_for_its_own_period_is_there_already(bureau):
    assert bureau.absence(LIST, K1, answers=WHOLE).accepted
    assert bureau.absence(LIST, K1).status == "al aanwezig"


def test_a_register_is_asked_about_only_when_a_quarter_of_nothing_is_strange(bureau):
    busy = [granted(number, f"{number + 1:02}-09-2023") for number in range(12)]
    quiet = busy[:11]
    said = {"speaks_for": "swv", "missing": "vergeten"}
    assert bureau.tlv(quiet, K1, **said).accepted
    assert asked(bureau.tlv(quiet, K2)) == []
    assert bureau.tlv(busy, K1, **said, second="vervangt", sure=True).accepted
    again = bureau.tlv(busy, K2)
    assert asked(again) == ["sure"] and "er kwam niets bij" in again.claim.doubts[0].text


def test_a_count_that_names_its_day_is_asked_when_the_day_is_the_same(bureau):
    counted = [[school, "01-10-2023", "100"] for school in (NORTH, SOUTH)]
    sure = Answers(sure=True)
    assert bureau.give("leerlingen", PUPILS, counted, "2023-2024", sure).accepted
    again = bureau.give("leerlingen", PUPILS, counted, "2024-2025")
    assert "sure" in asked(again)
    assert any("geen enkele regel is anders" in doubt.text for doubt in again.claim.doubts)


def test_rows_that_name_their_own_period_are_no_question(bureau):
    rows = [
        [school, quarter, kind, "1", "0", "0", "0", "0"]
        for school in (NORTH, SOUTH)
        for quarter in (K1, K2)
        for kind in ("AV", "LRV")
    ]
    assert bureau.give("verzuim_aantallen", NUMBERS, rows, K1).accepted
    assert asked(bureau.give("verzuim_aantallen", NUMBERS, rows, K2)) == []
