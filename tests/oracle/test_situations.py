"""The made-up SWV holds what happens at real bureaus, so that every figure is tried with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from oracle.absence import spells
from oracle.catalogue import KPIS
from oracle.facts import SWV, Facts
from oracle.figures import Figure, figures
from oracle.histories import LOST, STOPPED, WITH_THE_YEAR
from oracle.layouts import ENDS
from oracle.loading import all_periods, load
from oracle.reading import FEWER, manifest
from oracle.stays import presences

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

    found.made = made
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
    assert figure(*asked, "96PR02").value == 1
    assert figure(*asked).value == 2  # and one at the school that 96PR04 went up in
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


def homes(facts: Facts, pupil: str) -> list[tuple]:
    """(school, board, from, up to) of one pupil."""
    spells_of = [one for one in spells(facts) if one.kind in ("av", "lrv")]
    return [
        (one.place, one.board, one.since, one.until)
        for one in presences(facts, spells_of)
        if one.spell.pupil == pupil
    ]


def test_who_is_on_the_list_of_the_successor_goes_on_there_as_it_says(facts, figure):
    assert homes(facts, "L195006") == [
        ("96PR04", "90007", date(2020, 11, 3), date(2021, 2, 1)),
        ("96PR00", "90007", date(2021, 2, 1), date(2021, 5, 17)),
    ]
    assert figure("thuiszitters", "new", "2020-2021-k3", "96PR00", "kind=lrv").value >= 2
    # of the board and the SWV nobody went
    key = ("ended", "90007", "2020-2021-k3", "end_reason=elders_thuis")
    assert key not in figure.made["thuiszitters"]


def test_who_is_not_on_the_list_of_the_successor_cannot_be_followed(facts, figure):
    assert homes(facts, "L195007") == [
        ("96PR04", "90007", date(2020, 12, 8), date(2021, 2, 1)),
        ("96PR00", "90007", date(2021, 2, 1), date(2021, 3, 31)),
    ]
    assert figure("thuiszitters", "lost", "2020-2021-k3", "96PR00", "kind=lrv").value == 1


def test_a_school_with_a_pupil_at_home_changes_board_within_a_year(facts, figure):
    assert homes(facts, "L195008") == [
        ("95MN02", "90006", date(2020, 12, 15), date(2021, 1, 1)),
        ("95MN02", "90002", date(2021, 1, 1), date(2021, 3, 22)),
    ]
    for year in ("2020-2021", "2021"):
        assert figure("thuiszitters", "new", year, "90002", "kind=lrv").value >= 1
    assert figure("thuiszitters", "new", "2020-2021", "95MN02").value == 1
    assert figure("thuiszitters", "stock", "2020-2021-k2", "90006").value >= 1


def test_a_school_closes_without_a_successor(facts, figure):
    last = date(2021, 12, 31)
    assert homes(facts, "L195009") == [("95MN02", "90002", date(2021, 10, 12), last)]
    for period in ("2021-2022-k2", "2021"):
        asked = ("thuiszitters", "ended", period, "90002", "end_reason=locatie_gesloten")
        assert figure(*asked).value == 1
        assert figure("thuiszitters", "stock", period, "95MN02").value == 0


def test_who_moves_is_at_home_without_a_break(facts, figure):
    for pupil, schools in (("L195010", 2), ("L195011", 2)):
        found = homes(facts, pupil)
        assert len({place for place, *_ in found}) == schools
        assert found[1][2] == found[0][3]  # of two rows at once the last one counts
    (first, second) = homes(facts, "L195012")
    assert first[3] < second[2]
    assert {one["kind"] for one in of(facts, "L195012")} == {"av", "lrv"}


def test_who_has_two_kinds_at_once_is_in_the_one_that_began_last(facts, figure):
    assert homes(facts, "L195014") == [
        ("91CD00", "90002", date(2020, 11, 9), date(2021, 2, 1)),
        ("91CD00", "90002", date(2020, 10, 13), date(2020, 11, 9)),
        ("91CD00", "90002", date(2021, 2, 1), date(2021, 3, 1)),
    ]
    ended = ("thuiszitters", "ended", "2020-2021", "91CD00", "end_reason=andere_soort")
    assert figure(*ended).value == 2
    said = [file.get("says", {}) for file in manifest(FILES)]
    for question in ("at_once", "two_rows"):
        assert {one.get(question) for one in said} == {None, "laatste"}


def test_absence_without_a_school_stands_at_the_swv(facts):
    (row,) = of(facts, "L195013")
    assert not row["location"] and row["kind"] == "av"
    told = [one for delivery in facts.deliveries for one in delivery.rows
            if delivery.source == "verzuim" and one["pupil"] == "L195013"]  # fmt: skip
    assert [one.get("municipality") for one in told] == ["9902", None]
    assert homes(facts, "L195013") == [(SWV, None, date(2020, 9, 7), date(2021, 8, 1))]


def test_schools_nobody_expects_ask_for_a_tlv(facts, figure):
    asked = {row["location"] for row in facts.latest("tlv", "number")}
    types = {place: facts.types.get(place) for place in asked}
    assert {"vso", None} <= set(types.values())
    elsewhere = [row for row in facts.latest("tlv", "number") if types[row["location"]] == "vso"]
    assert [row["decided"] for row in elsewhere] == [date(2021, 4, 19)]


def test_a_number_is_only_known_as_fewer_than_five(facts, figure):
    small = [row["location"] for row in facts.counting("duo_leerlingen") if row["pupils"] == FEWER]
    assert small == ["95MN02"]
    share = figure("opp", "opp_per_100", "2021-2022")
    assert (share.denominator_more, share.denominator > 15_000) == (4, True)
    assert figure("opp", "opp_per_100", "2020-2021").denominator_more == 0


def test_a_number_that_is_not_told_makes_a_range_of_pupils_too(figure):
    long = figure("thuiszitters", "over_3_months", "2020-2021-k1")
    assert long.numerator_more > 0
    assert figure("thuiszitters", "over_3_months", "2020-2021-k2").numerator_more == 0
    share = figure("vsv", "vsv_share_institution", "2021-2022")
    assert (share.numerator_more > 0, share.state, share.observed) == (True, "value", 1)


def test_numbers_of_one_kind_alone_are_not_the_number_of_a_school(figure):
    asked = ("thuiszitters", "stock")
    assert figure(*asked, "2020-2021-k2", "94KL03").state == "missing"
    assert figure(*asked, "2020-2021-k1", "94KL03").state != "missing"
    swv = figure(*asked, "2020-2021-k2")
    assert swv.observed == swv.expected - 1


def test_exemptions_end_and_leavers_are_told_twice(figure):
    assert figure("thuiszitters", "exemption_ended", "2024-2025").value > 0
    both = [f"vsv_share_{state}" for state in ("provisional", "final")]
    assert all(figure("vsv", one, "2024-2025").value for one in both)


def test_what_was_answered_stands_beside_each_file():
    said = [file.get("says", {}) for file in manifest(FILES)]
    answers = {one["missing"] for one in said if "missing" in one}
    assert answers == {"gestopt", "vergeten", "niet_te_volgen"}
    assert {one.get("speaks_for") for one in said} >= {"swv", "boards", "locations"}
