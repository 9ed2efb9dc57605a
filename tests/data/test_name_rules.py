"""Two names for one board are told, with the name that the figures show."""

import pytest
from claim_world import Bureau

from data.gate.claim import Answers

HEADER = (
    "Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur", "Vanaf",
    "Tot en met",
)  # fmt: skip


def row(code, name, start="", end="", board="99901"):
    return [code, code, "vo", board, name, start, end]


@pytest.mark.parametrize(
    ("rows", "at", "used"),
    [
        ([row("90AA00", "Noord"), row("90AA01", "Noord (oud)")], 3, "Noord"),
        ([row("90AA01", "Noord (oud)"), row("90AA00", "Noord")], 2, "Noord"),
        ([row("90AA00", "Oud", end="31-07-2030"), row("90AA01", "Nieuw")], 2, "Nieuw"),
        ([row("90AA00", "Oud"), row("90AA01", "Nieuw", "01-08-2020")], 2, "Nieuw"),
        (
            [row("90AA00", "Eerst", "01-08-2010"), row("90AA01", "Later", "01-08-2020"),
             row("90AA02", "Eerst", "01-08-2011")],
            2, "Later",
        ),
    ],
)  # fmt: skip
def test_the_name_that_is_told_is_the_name_that_is_shown(tmp_path, rows, at, used):
    bureau = Bureau(tmp_path)
    result = bureau.give("locaties", HEADER, [*rows, row("90BB00", "Zuid", board="99902")])
    (problem,) = result.problems
    assert (problem.row, problem.severity) == (at, "let op")
    assert f"De monitor gebruikt “{used}”." in problem.message
    said = {"missing": "vergeten", "sure": True}
    stored = bureau.give(
        "locaties", HEADER, [*rows, row("90BB00", "Zuid", board="99902")], None, Answers(**said)
    )
    assert stored.accepted
    shown = bureau.build().rows("select name from organisation where organisation_id = '99901'")
    assert shown == [{"name": used}]


def test_one_name_is_no_question(tmp_path):
    rows = [row("90AA00", "Noord"), row("90AA01", "Noord"), row("90BB00", "Zuid", board="99902")]
    assert not Bureau(tmp_path).give("locaties", HEADER, rows).problems
