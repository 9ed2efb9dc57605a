"""What lists say over time: pupils who vanish, move or merge, and schools nobody here knows."""

import pytest
from list_worlds import World


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
