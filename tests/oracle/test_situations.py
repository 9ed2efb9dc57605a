"""The made-up SWV holds what happens at real bureaus, so that every figure is tried with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from oracle.catalogue import KPIS
from oracle.facts import SWV, Facts, all_periods, load
from oracle.figures import Figure, figures
from oracle.histories import LOST, STOPPED, WITH_THE_YEAR
from oracle.layouts import ENDS
from oracle.reading import manifest

FILES = Path(__file__).parents[2] / "data" / "demo" / "files"
SPELL = ("pupil", "location", "kind", "start")
pytestmark = pytest.mark.xdist_group("oracle")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load(FILES)


@pytest.fixture(scope="module")
def made() -> dict[str, dict]:
    return {}


@pytest.fixture
def figure(facts: Facts, made: dict[str, dict]):
    """figure(kpi, measure, period, organisation, segment)."""

    def found(kpi: str, measure: str, period: str, place: str = SWV, segment: str = "") -> Figure:
        if kpi not in made:
            made[kpi] = figures(facts, all_periods(facts), KPIS[kpi])
        return made[kpi][measure, place, period, segment]

    return found


def of(facts: Facts, pupil: str) -> list[dict]:
    """The spells of one pupil, by the last list that holds them."""
    return [row for row in facts.latest("verzuim", *SPELL) if row["pupil"] == pupil]


def test_who_is_not_on_the_next_list_stopped_was_forgotten_or_cannot_be_followed(facts, figure):
    gone = {pupil: of(facts, pupil)[0] for pupil in ("L195001", "L195002", "L195003")}
    assert [(one["gone_on"], one["gone_as"]) for one in gone.values()] == [
        (date(2021, 3, 31), STOPPED),
        (date(2021, 7, 31), WITH_THE_YEAR),
        (date(2021, 3, 31), LOST),
    ]
    asked = ("thuiszitters", "lost", "2020-2021-k3")
    assert figure(*asked).value == figure(*asked, "96PR02").value == 1
    assert figure(*asked, "90AB02").value == 0


def test_who_was_gone_from_one_list_and_is_on_the_next_stood_all_along(facts, figure):
    (row,) = of(facts, "L195004")
    listed = [
        any(one["pupil"] == "L195004" for one in delivery.rows)
        for delivery, part in facts.lists("verzuim", row["location"])
        if part.slot == "2020-2021"
    ]
    assert listed == [True, False, True] and not row["gone_as"] and row["end"]
    stock = figure("thuiszitters", "stock", "2020-2021-k3", "96PR01", "kind=lrv")
    assert stock.value >= 1


@pytest.mark.parametrize("source", [source for source in ENDS if source != "verzuim"])
def test_every_register_lost_something(source, facts):
    names = {"vso": ("pupil", "start"), "opp": ("pupil", "start"), "ect": ("number",),
             "maatwerk": ("pupil", "referred"), "vrijstellingen": ("pupil", "start")}  # fmt: skip
    lost = [row for row in facts.latest(source, *names[source]) if row["gone_as"] == LOST]
    assert [row["gone_on"] for row in lost] == [date(2021, 9, 30)]


@pytest.mark.parametrize(
    "asked",
    [
        ("thuiszitters", "exemption_lost"),
        ("deelname_vso", "lost"),
        ("maatwerk", "lost"),
        ("ect", "lost"),
    ],
)
def test_what_cannot_be_followed_is_counted_apart(asked, figure):
    assert figure(*asked, "2021-2022-k1").value == 1


def test_a_decision_that_a_later_register_forgot_still_counts(facts):
    lists = [delivery for delivery, _ in facts.lists("tlv", "")]
    assert [any(row["number"] == "TLV-6990" for row in one.rows) for one in lists] == [True, False]
    assert any(row["number"] == "TLV-6990" for row in facts.latest("tlv", "number"))


def test_a_list_speaks_for_the_whole_swv_a_board_or_one_school(facts):
    lists = [one for one in facts.deliveries if one.source == "verzuim"]
    spoken = [(one.parts[0].slot, one.speaks_for[one.parts[0].slot]) for one in lists]
    boards = [{facts.board(place, date(2020, 10, 1)) for place in found} for _, found in spoken]
    assert ("2020-2021", {"95MP00"}) in spoken
    assert {"90001"} in boards and max(map(len, boards)) > 5


def test_a_list_comes_in_two_parts(facts):
    second = [one for one in facts.deliveries if one.adds]
    assert [(one.source, len(one.rows)) for one in second] == [("verzuim", 1)]
    assert of(facts, "L195005")


def test_what_was_answered_stands_beside_each_file():
    said = [file.get("says", {}) for file in manifest(FILES)]
    answers = {one["missing"] for one in said if "missing" in one}
    assert answers == {"gestopt", "vergeten", "niet_te_volgen"}
    assert {one.get("speaks_for") for one in said} >= {"swv", "boards", "locations"}
