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
