"""What can be read in two ways is asked once: which sheets, struck rows, empty cells in groups."""

import zipfile
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font

from data.gate.claim import Answers
from data.gate.importing import import_file
from data.gate.read import read_file
from tests.bad_files.workbook_parts import ods
from tests.data.claim_world import ABSENCE, NORTH, PRO, SOURCES, SOUTH, Bureau, spell

K1 = "2023-2024-k1"
STRUCK = Font(strike=True)
EVERYBODY = Answers(speaks_for="swv", sure=True)


@pytest.fixture
def bureau(tmp_path):
    return Bureau(tmp_path)


def workbook(folder: Path, sheets, struck=(), name="lijst.xlsx") -> Path:
    """A workbook: {sheet: rows}; struck are (row, columns) of the first sheet, from 1."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in (ABSENCE, *rows):
            sheet.append([value or None for value in row])
    for row, columns in struck:
        for column in columns:
            book.worksheets[0].cell(row, column).font = STRUCK
    book.save(folder / name)
    return folder / name


def give(bureau, path, period=K1, **said):
    answers = Answers(**{"speaks_for": "swv", "sure": True} | said)
    return import_file(
        bureau.store, path, source="verzuim", period=period, answers=answers, isolated=False,
        sources=SOURCES,
    )  # fmt: skip


def asks(result) -> list[str]:
    assert result.asks == "levering", result.problems
    return [doubt.settled_by for doubt in result.claim.doubts]


def stored(bureau) -> list[tuple[str, str]]:
    rows = bureau.build().rows(
        "select location_id, row_id from absence_spell order by location_id, row_id"
    )
    return [(row["location_id"], row["row_id"].partition("#")[2]) for row in rows]


TWO = {"Noord": [spell(1), spell(2)], "Zuid": [spell(3, SOUTH)]}


def test_sheets_of_one_kind_are_one_question(bureau, tmp_path):
    path = workbook(tmp_path, TWO)
    result = give(bureau, path)
    assert asks(result) == ["sheets"]
    choices = [value for value, _ in result.claim.doubts[0].choices]
    assert choices == ["alle", "Noord", "Zuid"]
    assert not stored(bureau)


def test_all_sheets_are_one_list(bureau, tmp_path):
    result = give(bureau, workbook(tmp_path, TWO), sheets=("alle",))
    assert (result.status, result.rows_stored) == ("opgeslagen", 3)
    assert "Gelezen van 2 tabbladen: “Noord”, “Zuid”." in result.notes
    places = [(NORTH, "Noord!2"), (NORTH, "Noord!3"), (SOUTH, "Zuid!2")]
    assert stored(bureau) == places


def test_one_sheet_can_be_chosen(bureau, tmp_path):
    result = give(bureau, workbook(tmp_path, TWO), sheets=("zuid",))
    assert (result.rows_stored, stored(bureau)) == (1, [(SOUTH, "Zuid!2")])
    assert "Het tabblad “Noord” is niet gelezen." in result.notes


def test_a_sheet_that_is_not_there_is_named(bureau, tmp_path):
    result = give(bureau, workbook(tmp_path, TWO), sheets=("Noord", "West"))
    assert "“West” bestaat niet" in result.question.message
    assert "“Noord”, “Zuid”" in result.question.message


def test_that_all_sheets_belong_together_is_remembered_for_the_same_sheets(bureau, tmp_path):
    give(bureau, workbook(tmp_path, TWO), sheets=("alle",))
    later = {name: [*rows, spell(8, SOUTH)] for name, rows in TWO.items()}
    later["Zuid"] = [spell(3, SOUTH)]
    same = give(bureau, workbook(tmp_path, later), "2023-2024-k2")
    assert same.rows_stored == 4
    assert any("Welke tabbladen erbij horen is zoals u" in note for note in same.notes)
    assert not any("eerder hebt aangewezen" in note for note in same.notes)
    third = give(bureau, workbook(tmp_path, {**later, "Verzuim (2)": [spell(9, PRO)]}))
    assert asks(third) == ["sheets"]


def test_the_same_row_on_two_sheets_is_named_with_its_sheet(bureau, tmp_path):
    path = workbook(
        tmp_path, {"Verzuim": [spell(1), spell(2)], "Verzuim (2)": [spell(1), spell(5)]}
    )
    result = give(bureau, path, sheets=("alle",))
    assert result.status == "geweigerd"
    assert "ook op regel 2 (tabblad “Verzuim”)" in result.problems[0].message
    assert (result.problems[0].sheet, result.problems[0].row) == ("Verzuim (2)", 2)


def test_sheets_with_other_columns_are_read_by_their_own_header(bureau, tmp_path):
    book = Workbook()
    book.active.title = "A"
    for row in (ABSENCE, spell(1)):
        book.active.append(row)
    other = book.create_sheet("B")
    other.append(ABSENCE[::-1])
    other.append([value or None for value in spell(3, SOUTH)[::-1]])
    book.save(tmp_path / "om.xlsx")
    give(bureau, tmp_path / "om.xlsx", sheets=("alle",))
    assert stored(bureau) == [(NORTH, "A!2"), (SOUTH, "B!2")]


def test_a_doubt_about_the_dates_of_one_sheet_does_not_come_from_another(bureau, tmp_path):
    """Slashes: one sheet proves its own order only."""
    rows = {"A": [spell(1, start="25/09/2023")], "B": [spell(3, SOUTH, start="05/09/2023")]}
    result = give(bureau, workbook(tmp_path, rows), sheets=("alle",))
    assert [(p.sheet, p.severity) for p in result.problems] == [("B", "fout")]


# --- rows that are struck through -----------------------------------------------------------

THREE = [spell(1), spell(2, SOUTH), spell(3, PRO)]


@pytest.mark.parametrize("columns", [(1, 2, 3, 4, 5), (1,), (4,), (1, 2)])
def test_a_struck_row_is_asked_about(bureau, tmp_path, columns):
    path = workbook(tmp_path, {"Verzuim": THREE}, [(3, columns)])
    result = give(bureau, path)
    assert asks(result) == ["struck"]
    assert "regel 3" in result.claim.doubts[0].text
    out = give(bureau, path, struck="weg")
    assert (out.rows_stored, out.ignored) == (2, {"doorgehaalde rij": 1})
    assert [place for place, _ in stored(bureau)] == [NORTH, PRO]


ENDED = [spell(1), spell(2, SOUTH, end="01-11-2023"), spell(3, PRO)]


def ends(bureau) -> list[str]:
    rows = bureau.build().rows("select end_on from absence_spell where end_on is not null")
    return [str(row["end_on"]) for row in rows]


def test_a_struck_cell_is_named_and_may_be_all_that_does_not_count(bureau, tmp_path):
    path = workbook(tmp_path, {"Verzuim": ENDED}, [(3, (5,))])
    doubt = give(bureau, path).claim.doubts[0]
    assert "1 cel is doorgehaald: regel 3, “Einddatum” (E): 01-11-2023." in doubt.text
    assert [value for value, _ in doubt.choices] == ["weg", "telt", "leeg"]
    result = give(bureau, path, struck="leeg")
    assert any("regel 3" in note and "doorgehaald" in note for note in result.notes)
    assert ([place for place, _ in stored(bureau)], ends(bureau)) == ([NORTH, SOUTH, PRO], [])


def test_a_row_that_is_struck_as_a_whole_has_two_answers(bureau, tmp_path):
    path = workbook(tmp_path, {"Verzuim": ENDED}, [(3, (1, 2, 3, 4, 5))])
    doubt = give(bureau, path).claim.doubts[0]
    assert [value for value, _ in doubt.choices] == ["weg", "telt"]


def test_of_a_struck_row_and_a_struck_cell_only_the_row_is_left_out(bureau, tmp_path):
    path = workbook(tmp_path, {"Verzuim": ENDED}, [(3, (5,)), (4, (1, 2, 3, 4))])
    result = give(bureau, path, struck="leeg")
    assert (result.rows_stored, result.ignored) == (2, {"doorgehaalde rij": 1})


def test_a_struck_number_of_a_pupil_is_not_shown(bureau, tmp_path):
    path = workbook(tmp_path, {"Verzuim": ENDED}, [(3, (1,))])
    doubt = give(bureau, path).claim.doubts[0]
    assert "1002" not in doubt.text and "“Leerlingnummer” (A): 10••" in doubt.text


def test_below_a_struck_school_the_group_before_it_does_not_go_on(bureau, tmp_path):
    """Who is in that group is not known; it must not become the school above."""
    rows = [spell(1), spell(2, SOUTH), ["1003", "", "LRV", "05-06-2023", ""], spell(4, PRO),
            ["1005", "", "LRV", "05-06-2023", ""]]  # fmt: skip
    path = workbook(tmp_path, {"Verzuim": rows}, [(3, (2,))])
    result = give(bureau, path, struck="leeg", above="zelfde")
    assert (result.status, [problem.row for problem in result.problems]) == ("geweigerd", [4])


def test_a_municipality_beside_a_struck_school_does_not_change_that(bureau, tmp_path):
    below = ["", "LRV", "05-06-2023", "", ""]
    rows = [[*spell(1), ""], [*spell(2, SOUTH), "0014"], ["1003", *below],
            [*spell(4, PRO), ""], ["1005", *below]]  # fmt: skip
    book = Workbook()
    for row in ((*ABSENCE, "Gemeentenummer"), *rows):
        book.active.append([value or None for value in row])
    book.active["B3"].font = STRUCK
    book.save(tmp_path / "lijst.xlsx")
    result = give(bureau, tmp_path / "lijst.xlsx", struck="leeg", above="nodig")
    assert (result.status, [problem.row for problem in result.problems]) == ("geweigerd", [4])


def test_a_struck_row_that_counts_is_stored(bureau, tmp_path):
    path = workbook(tmp_path, {"Verzuim": THREE}, [(3, (1, 2, 3, 4, 5))])
    assert give(bureau, path, struck="telt").rows_stored == 3


def test_a_struck_header_title_or_unused_column_is_no_struck_row(bureau, tmp_path):
    path = workbook(tmp_path, {"Verzuim": THREE}, [(1, (1, 2)), (9, (1,)), (3, (7,))])
    assert give(bureau, path).rows_stored == 3


def test_what_is_wrong_in_a_struck_row_is_not_asked_for(bureau, tmp_path):
    rows = [spell(1), ["2", SOUTH, "AV", "gisteren", ""]]
    path = workbook(tmp_path, {"Verzuim": rows}, [(3, (1, 2, 3, 4))])
    assert give(bureau, path, struck="weg").rows_stored == 1


def test_a_rule_that_strikes_is_named(tmp_path):
    path = workbook(tmp_path, {"Verzuim": THREE})
    book = Workbook()
    book.active.append(["a"])
    book.active.conditional_formatting.add("A1:A9", FormulaRule(["A1=1"], font=STRUCK))
    book.save(path)
    assert "voorwaardelijke opmaak" in read_file(path).notes[0]


def test_struck_cells_of_an_old_workbook_are_seen(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad")
    struck = xlwt.easyxf("font: struck_out on")
    for row, value in enumerate(["kop", "een", 2, 3.5]):
        sheet.write(row, 0, value, struck if row in (1, 2) else xlwt.easyxf("font: bold on"))
        sheet.write(row, 1, row)
    book.save(str(tmp_path / "oud.xls"))
    assert read_file(tmp_path / "oud.xls").sheets[0].struck == {(1, 0), (2, 0)}


def test_struck_cells_of_an_open_document_are_seen(tmp_path):
    """By the style of the cell, by that of its parent, by that of its row and of its column."""
    text = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    line = '<style:text-properties style:text-line-through-style="{}"/>'
    styles = (
        f'<office:automatic-styles xmlns:style="{text}">'
        f'<style:style style:name="weg" style:family="table-cell">{line.format("solid")}'
        '</style:style><style:style style:name="kind" style:family="table-cell" '
        'style:parent-style-name="weg"/>'
        f'<style:style style:name="niet" style:family="table-cell" '
        f'style:parent-style-name="weg">{line.format("none")}</style:style>'
        f'<style:style style:name="T1" style:family="text">{line.format("solid")}</style:style>'
        "</office:automatic-styles>"
    )

    def cell(style=""):
        of = f' table:style-name="{style}"' if style else ""
        value = 'office:value-type="string"><text:p>x</text:p>'
        return f"<table:table-cell{of} {value}</table:table-cell>"

    default = 'table:default-cell-style-name="weg"'
    body = (
        f"<table:table-column/><table:table-column/><table:table-column {default}/>"
        f"<table:table-row>{cell('weg')}{cell('kind')}{cell('niet')}</table:table-row>"
        f"<table:table-row {default}>{cell()}{cell('niet')}{cell('T1')}</table:table-row>"
        f"<table:table-row>{cell()}{cell()}{cell()}</table:table-row>"
    )
    path = tmp_path / "open.ods"
    path.write_bytes(ods(body))
    with_styles(path, styles)
    assert read_file(path).sheets[0].struck == {(0, 0), (0, 1), (1, 0), (2, 2)}


def with_styles(path: Path, styles: str) -> None:
    """Put styles in the content of an ods file."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    content = parts["content.xml"].decode().replace("<office:body>", f"{styles}<office:body>")
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, content if name == "content.xml" else part)


# --- empty means as above -------------------------------------------------------------------

GROUPED = [spell(1), ["1002", "", "AV", "05-09-2023", ""], spell(3, PRO),
           ["1004", "", "LRV", "06-09-2023", ""]]  # fmt: skip
BOTH = [spell(1), ["", "", "LRV", "15-05-2023", "03-09-2023"], spell(3, PRO)]


def test_empty_cells_under_a_school_are_one_question(bureau):
    result = bureau.absence(GROUPED, K1, speaks_for="swv", sure=True)
    assert asks(result) == ["above"]
    assert "“Vestiging”" in result.claim.doubts[0].text
    assert "regel 3, 5" in result.claim.doubts[0].text


def test_empty_is_as_above_once_for_this_layout(bureau):
    first = bureau.absence(GROUPED, K1, speaks_for="swv", sure=True, above="zelfde")
    assert first.rows_stored == 4
    assert any("Vestiging" in note and "cel erboven" in note for note in first.notes)
    assert [school for school, _ in stored(bureau)] == [NORTH, NORTH, PRO, PRO]
    rows = [spell(1), spell(3, PRO), GROUPED[3]]
    later = bureau.absence(rows, "2023-2024-k2", speaks_for="swv", sure=True, missing="gestopt")
    assert later.rows_stored == 3
    assert any("cel erboven: regel 4." in note for note in later.notes)
    assert (
        "Wat een lege cel betekent is zoals u bij deze indeling eerder hebt gezegd." in later.notes
    )
    assert "Gelezen als “Verzuim per leerling”: herkend aan de kolommen." in later.notes


@pytest.mark.parametrize("before", ["zelfde", "nodig", "location_id"])
def test_what_was_remembered_is_not_said_of_a_row_that_may_be_empty(bureau, before):
    """Absolute absence of a pupil who never was at a school here has no school."""
    bureau.absence([spell(1), spell(3, PRO), GROUPED[3]], K1, above=before, speaks_for="swv")
    result = bureau.absence(GROUPED, "2023-2024-k2", speaks_for="swv", sure=True)
    assert asks(result) == ["above"]
    doubt = result.claim.doubts[0]
    assert "Op regel 3 mag de cel leeg zijn (absoluut verzuim)" in doubt.text
    assert [value for value, _ in doubt.choices] == ["zelfde", "nodig", "leeg"]


def test_a_row_that_may_be_empty_stays_so_when_that_is_said(bureau):
    result = bureau.absence(GROUPED, K1, speaks_for="swv", sure=True, above="nodig")
    assert [school for school, _ in stored(bureau)] == [NORTH, PRO, PRO, None]
    assert any("cel erboven: regel 5." in note for note in result.notes)
    assert any("leeg gebleven wat leeg mag zijn: regel 3." in note for note in result.notes)


def test_the_kind_that_lets_a_cell_be_empty_may_stand_above_it_too(bureau):
    rows = [spell(1), ["1002", "", "", "05-09-2023", ""], spell(3, PRO)]
    rows[2][2] = "LRV"
    doubt = bureau.absence(rows, K1, speaks_for="swv", sure=True).claim.doubts[0]
    assert "Op regel 3 mag de cel leeg zijn" in doubt.text


def test_empty_is_empty_too_when_that_is_said(bureau):
    """Absence of nobody's school may have an empty school; other absence may not."""
    result = bureau.absence(GROUPED, K1, speaks_for="swv", sure=True, above="leeg")
    assert [problem.row for problem in result.problems] == [5]


def test_two_columns_are_one_question_and_may_differ(bureau):
    result = bureau.absence(BOTH, K1, speaks_for="swv", sure=True)
    assert [value for value, _ in result.claim.doubts[0].choices] == [
        "zelfde", "pupil_id", "location_id", "leeg"
    ]  # fmt: skip
    one = bureau.absence(BOTH, K1, speaks_for="swv", sure=True, above="location_id")
    assert [problem.column for problem in one.problems] == ["“Leerlingnummer” (A)"]
    both = bureau.absence(BOTH, K1, speaks_for="swv", sure=True, above="zelfde")
    assert both.rows_stored == 3


def test_a_forgotten_cell_in_a_list_that_repeats_is_not_a_group(bureau):
    rows = [spell(1), spell(2), ["1003", "", "LRV", "05-06-2023", ""], spell(4, PRO)]
    result = bureau.absence(rows, K1, speaks_for="swv", sure=True)
    assert (result.status, [p.row for p in result.problems]) == ("geweigerd", [4])


def test_no_school_beside_a_municipality_is_not_asked_about(bureau):
    headers = (*ABSENCE, "Gemeentenummer")
    rows = [[*spell(1), "0014"], ["1002", "", "AV", "05-09-2023", "", "0014"]]
    result = bureau.give("verzuim", headers, rows, K1, EVERYBODY)
    assert result.rows_stored == 2


def test_a_total_between_groups_is_not_filled_in(bureau):
    rows = [spell(1), ["1002", "", "AV", "05-09-2023", ""], ["Totaal", "2", "", "", ""],
            spell(3, PRO), ["1004", "", "AV", "05-09-2023", ""]]  # fmt: skip
    result = bureau.absence(rows, K1, speaks_for="swv", sure=True, above="zelfde")
    assert (result.rows_stored, result.ignored) == (4, {"totaalregel": 1})


def test_an_answer_about_how_to_read_that_was_not_asked_is_said(bureau):
    rows = [spell(1), spell(2), spell(3, PRO)]
    result = bureau.absence(rows, K1, speaks_for="swv", sure=True, struck="telt", above="zelfde")
    assert result.accepted
    assert any("niets doorgehaald" in note for note in result.notes)
    assert any("geen lege cellen onder een gevulde" in note for note in result.notes)


def test_an_answer_that_names_another_column_is_no_answer(bureau):
    result = bureau.absence(GROUPED, K1, speaks_for="swv", sure=True, above="Vestiging")
    assert asks(result) == ["above"]


# --- the period to begin the question with --------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "expected"),
    [("", "2023-2024-k1"), ("06-11-2023", "2023-2024-k2"), ("06-11-2031", "2023-2024-k1")],
)
def test_a_question_about_the_period_begins_at_the_last_day_that_has_been(bureau, ends, expected):
    result = bureau.absence([spell(1, end=ends), spell(2, SOUTH)], None)
    assert (result.asks, result.likely) == ("periode", expected)
