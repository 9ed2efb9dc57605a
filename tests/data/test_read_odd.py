"""Files that are unusual but right: every cell comes out as a person sees it."""

from datetime import date, datetime

import pytest
from make import FOLDER, ODD

from data.gate.read import CellError, ReadLimits, read_file
from data.gate.read.package import Package
from data.gate.read.sheet_xml import SheetLook, look, study

NO_RESULT = CellError("formule zonder uitkomst")
SCHOOL = [["school", "aantal"], ["De Wijde Blik", 12]]
PLACES = [["naam", "plaats"], ["Mariëndael", "Fryslân"]]
FORMULAS = [2, NO_RESULT, NO_RESULT, NO_RESULT, None, CellError("#DIV/0!"), 7, 0, NO_RESULT]

ROWS = {
    "prefixed.xlsx": [["school", CellError("#N/A")], [NO_RESULT, None]],
    "no_references.xlsx": [[1, 2], [None, CellError("#REF!")]],
    "single_quotes.xlsx": [[CellError("#NUM!")]],
    "wrong_dimension.xlsx": [*SCHOOL, ["Boei", None]],
    "rows_in_any_order.xlsx": SCHOOL,
    "numbers.xlsx": [[None] * 6, [5, 2.5, -3, 1e20, CellError("#NUM!"), 0.1]],
    "dates.xlsx": [[date(2024, 2, 29), datetime(2024, 2, 29, 12), date(2024, 2, 29), True]],
    "dates_1904.xlsx": [[date(2028, 3, 1), datetime(2028, 3, 1, 12), date(2024, 2, 29), True]],
    "formulas.xlsx": [FORMULAS],
    "formulas_never_calculated.xlsx": [[*FORMULAS[:7], NO_RESULT, NO_RESULT]],
    "blanks.xlsx": [["De Wijde Blik", "regel een\nregel twee", None, "1 234", "naam"]],
    "rich_text.xlsx": [["De Wijde", "R&D <5 é"]],
    "looks_like_a_formula.xlsx": [["=cmd|'/C calc'!A0"]],
    "merged_and_hidden.xlsx": [*SCHOOL, [3, None]],
    "macro_and_links.xlsx": SCHOOL,
    "prefixed_file_name.csv": SCHOOL,
    "errors_and_repeats.ods": [
        [5, CellError("#DIV/0!"), NO_RESULT], [2.5, None], [2.5, None],
    ],
    "errors.xls": [
        ["school", "aantal", None], [None, 12, None],
        [CellError("#N/A"), CellError("#DIV/0!"), None], [7, 7, 7],
    ],
    "dos.csv": [["naam", "plaats"], ["Mariëndael", "Één café"], ["Sint-Jozef", "'s-Hertogenbosch"]],
    "windows.csv": [["naam", "bedrag"], ["Mariëndael – ‘t Anker", "€ 5"]],
    "unicode_16.csv": PLACES,
    "unicode_16_unmarked.csv": PLACES,
    "marked.csv": PLACES,
    "damaged_text.csv": [["naam", "plaats"], ["MariÃ«ndael", "Frysl\ufffdn"]],
    "hint.csv": [["naam", "aantal"], ["A", "1"]],
    "decimal_commas.csv": [["school", "a", "b"], ["X", "8,39", "2,5"], ["Y", "7,1", "3,0"]],
    "titles.csv": [
        ["Overzicht verzuim"], [], ["school", "aantal", "deel"], ["A", "1", "2"], ["B", "3", "4"],
        ["Bron: CBS"],
    ],
    "old_mac.csv": [["naam", "aantal"], ["A", "1"], ["B", "2"]],
    "quotes.csv": [
        ["naam", "tekst"], ['De "Jutter"', "een; twee\ndrie"], ['A "B" C', "x"],
        ["Anker aan Zee", "y"],
    ],
    "one_column.csv": [["school"], ["Anker"], ["Boei"]],
}  # fmt: skip
FORMS = {
    "prefixed_file_name.csv": ("xlsx", None, None),
    "macro_and_links.xlsx": ("xlsm", None, None),
    "errors.xls": ("xls", None, None),
    "errors_and_repeats.ods": ("ods", None, None),
    "dos.csv": ("csv", "cp850", ";"),
    "windows.csv": ("csv", "cp1252", ";"),
    "unicode_16.csv": ("csv", "utf-16", "\t"),
    "unicode_16_unmarked.csv": ("csv", "utf-16", "\t"),
    "marked.csv": ("csv", "utf-8-sig", ";"),
    "quotes.csv": ("csv", "utf-8", ";"),
    "hint.csv": ("csv", "utf-8", ","),
    "one_column.csv": ("csv", "utf-8", None),
}
NOTES = {
    "macro_and_links.xlsx": ["macro's; die zijn niet uitgevoerd", "die zijn niet opgehaald"],
    "merged_and_hidden.xlsx": ["Op blad ‘Blad1’ zijn rijen of kolommen verborgen"],
    "dos.csv": ["DOS-tekst (CP850)"],
    "windows.csv": ["Windows-1252"],
    "unicode_16.csv": ["UTF-16"],
    "unicode_16_unmarked.csv": ["UTF-16"],
    "damaged_text.csv": ["op 1 plaats, bijvoorbeeld in ‘Frysl\ufffdn’", "hoort ‘Mariëndael’"],
}


def test_every_odd_file_has_an_expectation():
    assert ROWS.keys() == ODD.keys()


@pytest.mark.parametrize("isolated", [True, False], ids=["child", "here"])
@pytest.mark.parametrize("name", ODD)
def test_the_cells_are_right(name, isolated):
    read = read_file(FOLDER / name, isolated=isolated)
    rows = [[(type(cell), cell) for cell in row] for row in read.sheets[0].rows]
    assert rows == [[(type(cell), cell) for cell in row] for row in ROWS[name]]
    assert (read.name, len(read.sheets)) == (name, 1)


@pytest.mark.parametrize("name", FORMS)
def test_the_form_of_the_file_is_told(name):
    read = read_file(FOLDER / name)
    assert (read.format, read.encoding, read.delimiter) == FORMS[name]


@pytest.mark.parametrize("name", ODD)
def test_the_user_is_told_what_is_special_and_nothing_else(name):
    notes, expected = read_file(FOLDER / name).notes, NOTES.get(name, [])
    assert len(notes) == len(expected)
    for note, piece in zip(notes, expected, strict=True):
        assert piece in note


def test_merged_cells_are_told_and_only_the_first_is_filled():
    read = read_file(FOLDER / "merged_and_hidden.xlsx")
    assert read.sheets[0].merged == ((0, 0, 0, 1),)


@pytest.mark.parametrize("name", [name for name in ODD if name.endswith(".xlsx")])
def test_the_quick_look_never_misses_what_the_study_finds(name):
    package = Package(FOLDER / name, ReadLimits())
    part = "xl/worksheets/sheet1.xml"
    found = study(package.pieces(part), SheetLook("a", ReadLimits()))
    seen = look(package.pieces(part), SheetLook("a", ReadLimits()))
    package.close()
    if seen:
        assert not found.errors
        assert seen.rows >= found.rows and seen.columns >= found.columns
        assert seen.hidden_parts == found.hidden_parts


def test_a_limit_counts_filled_cells_only():
    """`blanks.xlsx` has a coloured but empty cell in its far corner."""
    assert read_file(FOLDER / "blanks.xlsx", limits=ReadLimits(cells=10)).sheets[0].rows
