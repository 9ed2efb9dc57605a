"""Finding the source, the header and the columns of a file, or asking a question that helps."""

import random
import time

import pytest
from small_sources import ABSENCE, HEADER, ROW, SOURCES, file, sheet, sources_of

from data.gate.recognise import Question, Recognised, layout_key, recognise


def recognised(*sheets, sources=SOURCES, **options) -> Recognised:
    found = recognise(file(*sheets), sources, **options)
    assert isinstance(found, Recognised), found
    return found


def question(*sheets, sources=SOURCES, **options) -> Question:
    found = recognise(file(*sheets), sources, **options)
    assert isinstance(found, Question), found
    return found


def places(found: Recognised) -> list[int]:
    return [found.mapping[name] for name in found.source.columns if name in found.mapping]


def test_a_file_is_recognised_by_its_columns():
    found = recognised(sheet(HEADER, ROW))
    assert found.source.id == "verzuim"
    assert places(found) == list(range(7))
    assert (found.header_rows, found.first_data_row) == ((1,), 2)
    assert found.headers["kind"] == "Soort"
    assert found.dropped == ()


def test_title_rows_above_the_header_are_titles():
    found = recognised(sheet(["Verzuim 2023-2024"], [], ["Bureau", None, 12], HEADER, ROW))
    assert found.header_rows == (4,)
    assert found.titles == ("Verzuim 2023-2024", "Bureau")


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_columns_does_not_matter(seed):
    order = random.Random(seed).sample(range(len(HEADER)), len(HEADER))
    found = recognised(sheet([HEADER[at] for at in order], [ROW[at] for at in order]))
    assert [order[at] for at in places(found)] == list(range(7))


@pytest.mark.parametrize(
    "header", ["BRIN6", "brin 6", "BRIN_6", "  Vestigingscode", "VESTIGINGS-CODE", "véstiging"]
)
def test_a_header_may_be_written_in_every_declared_way(header):
    found = recognised(sheet(["Leerling", header, *HEADER[2:]], ROW))
    assert found.mapping["location_id"] == 1


def test_columns_that_are_not_declared_are_dropped_by_name():
    header = [*HEADER, "Naam", None, None]
    found = recognised(sheet(header, [*ROW, "Jan", "los", None]))
    assert found.dropped == ("Naam", "kolom I (zonder naam)")


def test_the_source_that_explains_most_columns_wins():
    """A list of absence also has the three columns of a plan."""
    assert recognised(sheet(HEADER, ROW)).source.id == "verzuim"
    assert recognised(sheet(HEADER[:2] + ["Begin"], ROW[:2] + ROW[3:4])).source.id == "plan"


def test_a_file_that_looks_more_like_a_source_that_misses_a_column_is_asked_about():
    """Without its column Soort a list of absence must not pass for a list of plans."""
    header = ["Leerling", "Vestiging", "Type", "Begin", "Einde", "Uren"]
    found = question(sheet(header, ROW[:6]))
    assert "“Verzuim”" in found.message
    assert "Niet gevonden: “Soort”" in found.message
    assert found.candidates[0].source == "verzuim"
    assert found.candidates[0].found["start_on"] == "Begin"
    assert found.candidates[0].missing == ("kind",)


def test_the_name_of_the_file_can_raise_that_doubt_too():
    rows = sheet(HEADER[:2] + ["Type", "Begin"], ROW[:4])
    sources = {**SOURCES, "verzuim": sources_of(verzuim=no_other_columns())["verzuim"]}
    assert isinstance(recognise(file(rows, name="lijst.xlsx"), sources), Recognised)
    found = recognise(file(rows, name="verzuim q1.xlsx"), sources)
    assert isinstance(found, Question)


def no_other_columns() -> str:
    return ABSENCE.replace('headers = ["Einddatum", "Verzuim einde"]', "").replace(
        "required = true\noptional_cell = true", ""
    )


def test_an_unknown_file_offers_every_source_and_the_fullest_row_as_header():
    found = question(sheet(["Overzicht"], ["a", "b", "c"], [1, 2, 3]))
    assert "niet herkend" in found.message
    assert {candidate.source for candidate in found.candidates} == {"verzuim", "plan"}
    assert found.candidates[0].header_row == 2
    assert found.candidates[0].headers == (("A", "a"), ("B", "b"), ("C", "c"))


def test_a_header_with_a_typing_error_is_suggested_and_not_assumed():
    header = ["Leerling", "Vestging", *HEADER[2:]]
    found = question(sheet(header, ROW))
    assert found.candidates[0].suggested == {"location_id": "Vestging"}


def test_two_sources_with_the_same_columns_are_asked_about_unless_the_sheet_has_a_name():
    twins = sources_of(een=ABSENCE, twee=ABSENCE.replace('"Verzuim"', '"Meldingen"'))
    found = question(sheet(HEADER, ROW), sources=twins)
    assert "“Meldingen” of “Verzuim”" in found.message
    assert [candidate.source for candidate in found.candidates] == ["een", "twee"]
    named = recognised(sheet(HEADER, ROW, name="meldingen"), sources=twins)
    assert named.source.id == "twee"


GROUPS = ["Leerling", "Vestiging", "Soort", "Verzuim", None, "Uren"]
MEASURES = [None, None, None, "Begin", "Einde", None]


@pytest.mark.parametrize(
    ("groups", "merged"),
    [
        (GROUPS, ()),
        (GROUPS, ((0, 3, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1))),
        (["Leerling", "Vestiging", "Soort", "Verzuim", "Verzuim", "Uren"], ()),
    ],
)
def test_a_header_of_two_rows_is_group_and_measure(groups, merged):
    found = recognised(sheet(groups, MEASURES, ROW[:6], merged=merged))
    assert found.header_rows == (1, 2)
    assert places(found) == [0, 1, 2, 3, 4, 5]
    assert found.headers["end_on"] == "Verzuim Einde"


def test_the_group_tells_columns_with_the_same_measure_apart():
    header = ["Leerling", "Vestiging", "Soort", "Verzuim", None, "Aanbod", None]
    below = [None, None, None, "begin", "einde", "begin", "einde"]
    found = recognised(sheet(header, below, [*ROW[:5], "05-09-2023", "06-09-2023"]))
    assert (found.mapping["start_on"], found.mapping["end_on"]) == (3, 4)
    assert found.dropped == ("Aanbod begin", "Aanbod einde")


def test_a_second_header_row_that_adds_nothing_is_not_taken_from_the_data():
    found = recognised(sheet(HEADER, [None, None, None, None, None, None, "x"], ROW))
    assert found.first_data_row == 2


def test_a_name_that_occurs_twice_is_asked_about():
    found = question(sheet([*HEADER, "Begin"], [*ROW, "02-09-2023"]))
    assert "“Begin” past op meer dan één kolom: D en H" in found.message
    assert found.candidates[0].unclear == {"start_on": ("D", "H")}


@pytest.mark.parametrize("second", [None, "01-09-2023"])
def test_a_name_that_occurs_twice_with_nothing_else_in_it_is_not(second):
    found = recognised(sheet([*HEADER, "Begin"], [*ROW, second]))
    assert found.mapping["start_on"] == 3


def test_two_names_for_one_column_are_chosen_in_order_and_said():
    found = recognised(sheet(["BRIN6", *HEADER], ["90BB00", *ROW]))
    assert found.mapping["location_id"] == 2
    assert "Voor “Vestiging” is kolom “Vestiging” (C) gebruikt en niet “BRIN6” (A)." in found.notes


def test_hidden_sheets_are_read_only_when_nothing_else_fits():
    hidden = sheet(HEADER, ROW, name="Oud", hidden=True)
    found = recognised(hidden, sheet(HEADER, ROW, name="Nieuw"))
    assert found.sheet == "Nieuw"
    assert "Het verborgen tabblad “Oud” is niet gelezen." in found.notes
    only = recognised(sheet(["Uitleg"]), hidden)
    assert only.sheet_index == 1
    assert any("verborgen tabblad: “Oud”" in note for note in only.notes)


def test_the_same_data_on_two_sheets_is_asked_about():
    first, second = sheet(HEADER, ROW, name="jan"), sheet(HEADER, ROW, name="feb")
    found = recognised(first, second)
    assert [one.sheet for one in (found, *found.others)] == ["jan", "feb"]
    chosen = {"verzuim": SOURCES["verzuim"]}
    assert recognised(first, second, sources=chosen, mapping={"@sheet": "feb"}).sheet == "feb"
    assert recognised(first, sheet(HEADER, name="leeg")).sheet == "jan"
    assert recognised(first, sheet(HEADER, ROW, name="Verzuim")).sheet == "Verzuim"


def test_a_file_without_cells_says_so():
    assert question(sheet()).message == "Het bestand bevat geen gegevens."
    assert question(sheet([None, None])).candidates == ()


ONE = {"verzuim": SOURCES["verzuim"]}
ODD = ["nr", "school", "wat", "van", "tot", "uren", "waarom"]
BY_HAND = {
    "pupil_id": "nr",
    "location_id": "B",
    "kind": "Wat",
    "start_on": "van",
    "end_on": "tot",
    "hours": "",
}


def test_a_mapping_made_by_hand_is_followed_and_remembered_for_the_layout():
    found = recognised(sheet(ODD, ROW), sources=ONE, mapping=BY_HAND)
    assert places(found) == [0, 1, 2, 3, 4]
    assert "hours" not in found.mapping
    remembered = {found.layout_key: {"source": "verzuim", "columns": BY_HAND}}
    again = recognised(sheet(["titel"], ODD, ROW, ROW), mappings=remembered)
    assert again.mapping == found.mapping
    assert again.how == "zoals u deze indeling eerder hebt aangewezen"
    other = sheet([*ODD[:6], "iets"], ROW)
    assert isinstance(recognise(file(other), SOURCES, remembered), Question)


def test_a_mapping_may_point_out_only_what_was_not_found():
    header = ["Leerling", "Vestiging", "Type", *HEADER[3:]]
    found = recognised(sheet(header, ROW), sources=ONE, mapping={"kind": "Type"})
    assert places(found) == list(range(7))


def test_a_mapping_to_a_column_that_is_not_there_is_not_ignored():
    for where in ("bestaat niet", "ZZ"):
        found = question(sheet(HEADER, ROW), sources=ONE, mapping={"kind": where})
        assert "staat niet in dit bestand" in found.message
    assert (
        "bestaat niet" in question(sheet(HEADER, ROW), sources=ONE, mapping={"@sheet": "x"}).message
    )


def test_a_mapping_of_a_column_that_does_not_exist_is_not_ignored():
    found = question(sheet(HEADER, ROW), sources=ONE, mapping={"soort": "C"})
    assert found.message == "Deze soort gegevens heeft geen kolom “soort”."


def test_a_mapping_needs_one_source():
    assert "Kies eerst" in question(sheet(HEADER, ROW), mapping=BY_HAND).message


LETTERS = dict(zip(SOURCES["verzuim"].columns, "ABCDEFG", strict=True))


def test_a_file_without_a_header_is_read_by_letter_from_its_first_row():
    found = recognised(sheet(ROW, ROW), sources=ONE, mapping=LETTERS)
    assert (found.header_rows, found.first_data_row, found.layout_key) == ((), 1, "")
    assert places(found) == list(range(7))


@pytest.mark.parametrize(("row", "first"), [("0", 1), ("1", 2), ("2", 3)])
def test_the_header_row_may_be_pointed_out(row, first):
    mapping = {**LETTERS, "@header": row}
    found = recognised(sheet(ODD, ROW, ROW), sources=ONE, mapping=mapping)
    assert found.first_data_row == first


def test_a_layout_does_not_depend_on_spelling_but_on_names_and_order():
    assert layout_key(["Soort", "Begin datum"]) == layout_key(["SOORT", "begin_datum", "", ""])
    assert layout_key(["Soort", "Begin"]) != layout_key(["Begin", "Soort"])


def test_a_wide_and_long_file_is_recognised_quickly():
    many = sources_of(**{f"bron{n}": ABSENCE.replace('"Soort', f'"Soort {n} ') for n in range(25)})
    rows = [[f"t{r}{c}" for c in range(60)] for r in range(2000)]
    start = time.perf_counter()
    recognise(file(sheet(*rows)), many)
    assert time.perf_counter() - start < 3
