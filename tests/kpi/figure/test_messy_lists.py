"""What lists say over time: pupils who vanish, move or merge, and schools nobody here knows."""

from dataclasses import replace

import pytest
from handing_in import WHOLE, hand_in
from list_worlds import LISTS, World

from data.gate.importing import import_file


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory):
    """World C: X1 is open on the list of 2022-2023 and not on that of 2023-2024."""
    files = [("locaties", None), ("verzuim_2223", "2022-2023-k4"), ("verzuim_2324", "2023-2024-k4")]
    return World(tmp_path_factory.mktemp("c"), "c", files)


def test_a_year_counts_who_was_there_in_that_year(forgotten):
    assert forgotten.at_home("persons", "SWV", "2023-2024", "kind=av") == 1
    assert forgotten.at_home("persons", "SWV", "2022-2023", "kind=av") == 2


def test_who_is_not_on_the_list_of_the_next_year_ended_in_the_old_one(forgotten):
    flows = {
        year: [forgotten.at_home(name, "SWV", year) for name in ("new", "ended", "stock")]
        for year in ("2022-2023", "2023-2024")
    }
    assert flows == {"2022-2023": [2, 2, 0], "2023-2024": [1, 1, 0]}
    assert forgotten.at_home("stock", "SWV", "2022-2023-k4") == 1


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    """World A: P13 moves from 90AA01 to its successor 90AA00, with the first day of before."""
    years = ("2022-2023", "2023-2024")
    files = [("locaties", None), ("tlv", "2023-2024-k4")]
    for year in years:
        files += [(f"leerlingen_{year}", year), (f"verzuim_{year}-k4", f"{year}-k4")]
    return World(tmp_path_factory.mktemp("a"), "a", files)


def test_a_pupil_who_reappears_under_the_successor_counts_once(merged):
    june = "2022-2023-k4"
    found = [merged.at_home(name, "SWV", june) for name in ("stock", "new", "persons")]
    assert found == [4, 2, 4]
    assert merged.at_home("stock", "90AA01", june) == 1
    assert merged.at_home("stock", "90AA00", june) == 2  # what its own list said of that day


def test_a_merger_is_no_coming_or_going_of_a_pupil(merged):
    """P13 leaves 90AA01 with it and comes to 90AA00; board and SWV had him all the time."""
    summer = "2023-2024-k1"
    assert merged.at_home("stock", "90AA00", summer) == 2 - 1 + 1  # P09 went, P13 came
    for place, new, ended in (("90AA00", 1, 1), ("99901", 1, 1), ("SWV", 1, 2)):
        flows = [merged.at_home(name, place, summer) for name in ("new", "ended")]
        assert flows == [new, ended], place


def test_what_the_list_of_the_successor_says_later_in_the_year_holds(tmp_path):
    """P13 and P14 are at 90AA01 when it goes up in 90AA00; only P13 is on its next list."""
    places = (LISTS / "b" / "locaties.csv").read_text("utf-8").replace("31-07-2023", "31-01-2023")
    (tmp_path / "locaties.csv").write_text(places, "utf-8")
    world = World(tmp_path / "store", "b", [])
    world.hand_in(tmp_path / "locaties.csv", None)
    header = "Leerlingnummer;Vestiging;Soort verzuim;Begindatum;Einddatum;Aanbod"
    for name, period, rows in (
        ("k2", "2022-2023-k2", ["P13;90AA01;AV;12-09-2022;;nee", "P14;90AA01;AV;19-09-2022;;nee"]),
        ("k4", "2022-2023-k4", ["P13;90AA00;AV;12-09-2022;17-05-2023;nee"]),
        ("next", "2023-2024-k1", ["P15;90AA00;AV;04-09-2023;;nee"]),
    ):
        (tmp_path / f"{name}.csv").write_text("\n".join([header, *rows]), "utf-8")
        said = replace(WHOLE, speaks_for="boards", second="")
        hand_in(world.store, tmp_path / f"{name}.csv", period, answers=said)
    world.database = world.counted()
    quarters = [f"2022-2023-k{number}" for number in (2, 3, 4)]
    stock = {p: [world.at_home("stock", p, q) for q in quarters] for p in ("90AA00", "SWV")}
    # before the merger nobody was at 90AA00; the list of June speaks of the count date in March too
    assert stock == {"90AA00": [0, 1, 0], "SWV": [2, 1, 0]}
    assert world.at_home("lost", "SWV", "2022-2023-k3") == 1
    assert world.at_home("ended", "SWV", "2022-2023-k4") == 1


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """World B: P42 is open at 90AA01, which closed on 31 July 2023 and went into 90AA00."""
    quarters = [(f"verzuim_k{number}", f"2022-2023-k{number}") for number in (1, 2, 4)]
    files = [("locaties", None), *quarters, ("verzuim_2324_k4", "2023-2024-k4")]
    return World(tmp_path_factory.mktemp("b"), "b", files)


def test_a_quarter_and_a_year_that_end_on_one_day_have_the_same_stock(closed):
    for place in ("SWV", "99901", "90AA00"):
        assert closed.at_home("stock", place, "2023-2024-k2") == 1
        assert closed.at_home("stock", place, "2023") == 1
    assert closed.at_home("stock", "SWV", "2022-2023-k4") == 1
    # P42 is not on the next list of the successor; his school is gone and hands in nothing
    assert closed.at_home("ended", "SWV", "2023-2024-k1") == 1


def test_a_tlv_that_a_vso_school_asks_for_counts_in_the_total_of_the_swv(merged):
    found = {
        name: merged.value("verwijzingen_vso", name, "SWV", "2023-2024")
        for name in ("decisions", "renewals", "granted_share")
    }
    assert found == {"decisions": 3, "renewals": 1, "granted_share": 100}  # T13 is the renewal
    assert merged.value("verwijzingen_vso", "decisions", "90EE00", "2023-2024") == 1


def test_what_happened_counts_for_the_board_of_that_day(merged):
    """90DD00 went from board 99903 to 99901 on 1 January 2023, within the school year."""
    found = {
        (board, period): merged.value("verwijzingen_vso", "referrals", board, period)
        for board in ("99903", "99901")
        for period in ("2022-2023", "2022-2023-k2", "2022-2023-k3", "2022")
    }
    assert found == {
        ("99903", "2022-2023"): 1, ("99901", "2022-2023"): 4,  # T05; T01, T06, T08, T10
        ("99903", "2022-2023-k2"): 1, ("99901", "2022-2023-k2"): 0,
        ("99903", "2022-2023-k3"): None, ("99901", "2022-2023-k3"): 1,
        ("99903", "2022"): 1, ("99901", "2022"): 1,
    }  # fmt: skip


def test_a_share_is_divided_by_the_pupils_of_whom_it_can_count_referrals(merged):
    """90DD00 (510 pupils on 1 October 2022) was of 99903, and from 1 January 2023 of 99901.

    Its referrals are of 99903 in the autumn and of 99901 after it, so in a period that holds both
    days its pupils are in the divisor of both, and in that of the SWV once.
    """
    schools_of_99901 = 1010 + 190  # 90AA00 and 90AA01
    swv = schools_of_99901 + 510 + 160 + 310  # and 90DD00, 90BB00 and 90EE00
    right = {
        ("99903", "2022-2023"): 1 / 510,
        ("99901", "2022-2023"): 4 / (schools_of_99901 + 510),
        ("SWV", "2022-2023"): 5 / swv,
        ("90DD00", "2022-2023"): 2 / 510,
        ("99903", "2022-2023-k2"): 1 / 510,
        ("99901", "2022-2023-k2"): 0,
        ("99903", "2022-2023-k3"): None,  # nothing of it any more
        ("99901", "2022-2023-k3"): 1 / (schools_of_99901 + 510),
        ("SWV", "2022-2023-k3"): 1 / swv,
    }
    for (place, period), share in right.items():
        found = merged.value("verwijzingen_vso", "referral_share", place, period)
        assert found == (share if share is None else pytest.approx(100 * share)), (place, period)


def test_a_pupil_goes_with_his_school_to_its_new_board(merged):
    """P10 counts from 30 November and is back at school on 10 February."""
    year = "2022-2023"
    old = [merged.at_home(name, "99903", year) for name in ("new", "ended", "stock")]
    assert old == [1, 1, None]  # how things stand at the end is not of this board any more
    gone = "end_reason=elders_thuis"
    assert merged.at_home("ended", "99903", year, gone) == 1
    assert merged.at_home("ended", "SWV", year, gone) is None
    assert merged.at_home("stock", "99903", "2022-2023-k2") == 1
    assert merged.at_home("new", "90DD00", year) == merged.at_home("ended", "90DD00", year) == 1
    flows = [merged.at_home(name, "99901", "2022-2023-k3", "kind=lrv") for name in ("new", "ended")]
    assert flows == [2, 2]  # P10 came and went, P07 too


def test_a_tlv_of_a_school_outside_the_swv_counts_in_the_total(tmp_path):
    """World B: T2 comes from a school nobody here knows, T4 and T5 from the VSO school."""
    world = World(tmp_path, "b", [("locaties", None), ("tlv", "2022-2023-k1")])
    assert world.value("verwijzingen_vso", "decisions", "SWV", "2022-2023-k1") == 6
    assert world.value("verwijzingen_vso", "referrals", "SWV", "2022-2023-k1") == 5
    assert world.value("verwijzingen_vso", "referrals", "99902", "2022-2023-k1") == 1  # T6


def test_absence_without_a_school_is_recorded_at_the_swv(tmp_path):
    files = [("locaties", None), ("verzuim_2324_k4", "2023-2024-k4")]
    world = World(tmp_path, "b", files)
    before = world.at_home("stock", "SWV", "2023-2024-k1")
    files = [*files, ("verzuim_geen_vestiging", "2023-2024-k4")]
    world = World(tmp_path / "more", "b", files)
    for measure in ("stock", "new", "persons"):
        assert world.at_home(measure, "SWV", "2023-2024-k1") == before + 1 == 2
    assert world.at_home("stock", "90AA00", "2023-2024-k1") == 1
    assert world.value("geoorloofd_verzuim", "stock", "SWV", "2023-2024-k1") == 2


def test_only_absolute_absence_can_do_without_a_school(tmp_path):
    world = World(tmp_path / "store", "b", [("locaties", None)])
    text = (LISTS / "b" / "verzuim_geen_vestiging.csv").read_text("utf-8").replace(";AV;", ";LRV;")
    file = tmp_path / "verzuim.csv"
    file.write_text(text, "utf-8")
    result = import_file(world.store, file, period="2023-2024-k4", isolated=False)
    assert [(one.row, one.column) for one in result.problems] == [(2, "“Vestiging” (B)")]
    assert "absoluut verzuim" in result.problems[0].advice
