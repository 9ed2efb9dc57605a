"""A school by its name where its code is expected, and a sheet that is named after its school."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from data.gate.claim import Answers
from data.gate.importing import import_file
from tests.data.claim_world import (
    ABSENCE,
    LOCATIONS,
    NORTH,
    PRO,
    SOURCES,
    SOUTH,
    VSO,
    Bureau,
    place,
    spell,
)

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


# --- a sheet per school ---------------------------------------------------------------------

NO_SCHOOL = tuple(name for name in ABSENCE if name != "Vestiging")
TABS = {NORTH: [1, 2], f"school {PRO.lower()}": [3]}


def by_school(folder, tabs, empty=()) -> Path:
    """A workbook with a sheet per school: {sheet: pupils}; empty sheets have a header only."""
    book = Workbook()
    book.remove(book.active)
    for title, pupils in {**tabs, **dict.fromkeys(empty, ())}.items():
        sheet = book.create_sheet(title)
        sheet.append(NO_SCHOOL)
        for pupil in pupils:
            number, _, *rest = spell(pupil)
            sheet.append([number, *(value or None for value in rest)])
    book.save(folder / "scholen.xlsx")
    return folder / "scholen.xlsx"


def give(bureau, path, period=K1, **said):
    answers = Answers(**{"speaks_for": "swv", "sure": True} | said)
    return import_file(
        bureau.store, path, period=period, answers=answers, isolated=False, sources=SOURCES
    )


def test_sheets_that_are_named_after_schools_are_asked_about_and_remembered(bureau, tmp_path):
    result = give(bureau, by_school(tmp_path, TABS, empty=["Toelichting"]))
    assert [doubt.settled_by for doubt in result.claim.doubts] == ["sheets"]
    assert "de naam van elk tabblad is de vestiging" in result.claim.doubts[0].choices[0][1]
    result = give(bureau, by_school(tmp_path, TABS), sheets=("alle",))
    assert schools(bureau) == [NORTH, NORTH, PRO]
    assert "“Vestiging” is de naam van het tabblad." in result.notes
    later = give(bureau, by_school(tmp_path, {**TABS, NORTH: [1, 2, 4]}), "2023-2024-k2")
    assert later.rows_stored == 4
    with_another = give(bureau, by_school(tmp_path, {**TABS, SOUTH: [5]}), "2023-2024-k3")
    assert [doubt.settled_by for doubt in with_another.claim.doubts] == ["sheets"]


def test_one_sheet_with_the_name_of_a_school_is_asked_about(bureau, tmp_path):
    path = by_school(tmp_path, {SOUTH: [1, 2]})
    result = give(bureau, path)
    assert f"het tabblad heet “{SOUTH}”. Is dat de vestiging?" in result.claim.doubts[0].text
    assert give(bureau, path, sheets=("alle",)).rows_stored == 2
    assert schools(bureau) == [SOUTH, SOUTH]


def test_a_sheet_that_is_no_school_is_named_with_what_to_do(bureau, tmp_path):
    result = give(bureau, by_school(tmp_path, {**TABS, "Noord": [4]}))
    assert "dat is het niet bij “Noord”" in result.question.message
    assert f"“{NORTH}”" not in result.question.message


def test_a_loose_remark_on_such_a_sheet_is_one_problem(bureau, tmp_path):
    path = by_school(tmp_path, {NORTH: [1]})
    book = load_workbook(path)
    book[NORTH].append(["let wel"])
    book.save(path)
    (problem,) = give(bureau, path, sheets=("alle",), above="leeg").problems
    assert (problem.row, problem.expected) == (3, "een regel met gegevens")
