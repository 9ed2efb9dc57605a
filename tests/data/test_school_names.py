"""A school by its name where its code is expected, and a sheet that is named after its school."""

import pytest

from tests.data.claim_world import LOCATIONS, NORTH, PRO, SOUTH, VSO, Bureau, place, spell

K1 = "2023-2024-k1"


@pytest.fixture
def bureau(tmp_path):
    return Bureau(tmp_path)


def schools(bureau) -> list[str]:
    rows = bureau.build().rows("select location_id from absence_spell order by location_id")
    return [row["location_id"] for row in rows]


def test_the_name_of_one_known_location_is_its_code(bureau):
    rows = [spell(1, f"School {NORTH}"), spell(2, f" school  {SOUTH.lower()}"), spell(3, PRO)]
    result = bureau.absence(rows, K1, speaks_for="swv", sure=True)
    assert schools(bureau) == [NORTH, SOUTH, PRO]
    told = f"Namen van vestigingen gelezen als code: School {NORTH} = {NORTH}, school"
    assert any(note.startswith(told) and PRO not in note for note in result.notes)


def test_a_name_that_two_locations_have_is_refused_with_both_codes(bureau):
    twin = [PRO, f"SCHOOL {NORTH}", *place(PRO)[2:]]
    bureau.give("locaties", LOCATIONS, [place(NORTH), place(SOUTH), twin, place(VSO)])
    result = bureau.absence([spell(1, f"School {NORTH}"), spell(2, SOUTH)], K1)
    assert (result.status, [problem.row for problem in result.problems]) == ("geweigerd", [2])
    assert f"2 vestigingen met deze naam: {NORTH} en {PRO}." in result.problems[0].advice


def test_a_name_that_nobody_has_is_refused(bureau):
    result = bureau.absence([spell(1, "School Noord"), spell(2, SOUTH)], K1)
    assert (result.status, [problem.row for problem in result.problems]) == ("geweigerd", [2])
