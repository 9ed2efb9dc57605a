"""Figures that stand beside each other by status: a list of one replaces none of the other."""

import pytest
from claim_world import NORTH, PRO, SOUTH, Bureau, asked

from data.gate.claim import Answers
from data.gate.import_result import REFUSED

VSV = ("Vestiging", "Schooljaar", "Aantal leerlingen", "Aantal vsv'ers", "Status")
MONEY = ("Jaar", "Soort bedrag", "Post", "Bedrag")
BALANCE = ("Jaar", "Soort bedrag", "Totale bruto baten", "Publiek eigen vermogen")
YEAR = "2022-2023"


@pytest.fixture
def bureau(tmp_path):
    return Bureau(tmp_path)


def vsv(bureau, status, *rows, **said):
    made = [[school, YEAR, "400", str(leavers), status] for school, leavers in rows]
    return bureau.give("vsv", VSV, made, answers=Answers(**said))


def rows(bureau, table, *columns):
    found = bureau.build().rows(f"select {', '.join(columns)} from {table} order by all")
    return [tuple(row.values()) for row in found]


def counts(bureau):
    return rows(bureau, "vsv", "organisation_id", "leavers", "status")


def test_final_figures_are_no_second_list_of_the_provisional_ones(bureau):
    assert not asked(vsv(bureau, "voorlopig", (NORTH, 3), (SOUTH, 2)))
    final = vsv(bureau, "definitief", (NORTH, 2), (SOUTH, 2))
    assert not asked(final)
    assert "vervangt" not in final.claim.sentence
    assert len(rows(bureau, "vsv_report", "organisation_id", "status")) == 4
    assert counts(bureau) == [(NORTH, 2, "definitief"), (SOUTH, 2, "definitief")]


def test_a_second_list_of_one_school_is_about_that_school_alone(bureau):
    vsv(bureau, "voorlopig", (NORTH, 3), (SOUTH, 2))
    vsv(bureau, "definitief", (NORTH, 2), (SOUTH, 2))
    better = vsv(bureau, "definitief", (NORTH, 1))
    assert not asked(better)
    assert "spreekt voor 1 van 4 vestigingen" in better.claim.sentence
    assert "vervangt 1 rij van" in better.claim.sentence
    assert counts(bureau) == [(NORTH, 1, "definitief"), (SOUTH, 2, "definitief")]


def test_final_figures_of_fewer_schools_leave_the_provisional_ones_of_the_others(bureau):
    vsv(bureau, "voorlopig", (NORTH, 3), (PRO, 2))
    assert not asked(vsv(bureau, "definitief", (NORTH, 2)))
    assert counts(bureau) == [(NORTH, 2, "definitief"), (PRO, 2, "voorlopig")]


def test_the_budget_stays_beside_the_realisation(bureau):
    assert not asked(bureau.give("financien", MONEY, [["2023", "begroting", "vso", "900"]]))
    spent = [["2023", "realisatie", "vso", "950"], ["2023", "realisatie", "overhead", "50"]]
    assert not asked(bureau.give("financien", MONEY, spent))
    better = [["2023", "realisatie", "vso", "960"]]
    assert asked(bureau.give("financien", MONEY, better)) == ["second"]
    bureau.give("financien", MONEY, better, answers=Answers(second="vervangt"))
    told = rows(bureau, "finance_post", "status", "post", "amount")
    assert told == [("begroting", "vso", 900), ("realisatie", "vso", 960)]


def test_the_same_holds_for_the_balance(bureau):
    bureau.give("balans", BALANCE, [["2023", "prognose", "9000", "400"]])
    assert not asked(bureau.give("balans", BALANCE, [["2023", "realisatie", "9500", "300"]]))
    told = rows(bureau, "finance_balance", "status", "public_equity")
    assert told == [("prognose", 400), ("realisatie", 300)]


def test_each_school_hands_in_its_own_final_figures(bureau):
    vsv(bureau, "definitief", (NORTH, 2))
    assert not asked(vsv(bureau, "definitief", (SOUTH, 1)))
    assert counts(bureau) == [(NORTH, 2, "definitief"), (SOUTH, 1, "definitief")]
    vsv(bureau, "definitief", (SOUTH, 4))
    assert counts(bureau) == [(NORTH, 2, "definitief"), (SOUTH, 4, "definitief")]


def test_a_list_without_schools_speaks_for_the_whole_swv(bureau):
    told = bureau.give("financien", MONEY, [["2023", "begroting", "vso", "900"]])
    assert told.claim.sentence.startswith("Deze lijst van 1 rij spreekt voor het hele SWV, ")


def test_a_file_of_which_no_row_is_right_is_not_asked_for_its_period(bureau):
    """The rows say which year it is; choosing one would not help."""
    result = vsv(bureau, "definitief", (NORTH, 5000))
    assert (result.status, result.asks) == (REFUSED, "")
    assert "hoogstens" in result.problems[0].expected
    assert not [one for one in result.problems if "periode" in one.message]
