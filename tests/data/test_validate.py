"""Every row is stored, refused or knowingly passed over; all problems come at once."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_sources import ABSENCE, HEAD, HEADER, ROW, SOURCES, file, row, sheet, sources_of

from data.gate.problem import Problem
from data.gate.problem_list import problems_workbook
from data.gate.read import CellError
from data.gate.recognise import Recognised, recognise
from data.gate.validate import KnownCodes, Validated, validate

SECRET = b"geheim"


def checked(*sheets, sources=SOURCES, known=None, mapping=None) -> Validated:
    read = file(*sheets)
    found = recognise(read, sources, mapping=mapping)
    assert isinstance(found, Recognised), found
    return validate(read, found, secret=SECRET, known=known)


def of(*rows, merged=(), header=HEADER, **options) -> Validated:
    """The rows under the header of the source verzuim, checked."""
    return checked(sheet(header, *rows, merged=merged), **options)


def reasons(result: Validated) -> dict[int, str]:
    return {ignored.row: ignored.reason for ignored in result.ignored}


def test_good_rows_become_columns_of_values():
    result = of(row(), row(Leerling="1002", Einde=None, Uren="<5", Reden=None))
    assert not result.error_count
    assert result.row_numbers == (2, 3)
    assert result.columns["location_id"] == ["90AA00", "90AA00"]
    assert result.columns["kind"] == ["av", "av"]
    assert result.columns["start_on"] == [date(2023, 9, 1)] * 2
    assert result.columns["end_on"] == [date(2023, 10, 1), None]
    assert result.columns["hours"] == [12, None]
    assert result.columns["hours_mark"] == [None, "<5"]
    assert "1001" not in result.columns["pupil_id"]
    assert list(result.columns) == list(result.source.stored)
    assert result.sums == {"hours": Decimal(12)}
    assert (result.rows_read, result.quarantined, result.ignored) == (2, (), ())


def test_a_column_that_the_file_does_not_have_is_empty_and_said():
    result = of(ROW[:5], header=HEADER[:5])
    assert result.columns["hours"] == result.columns["hours_mark"] == [None]
    assert "Niet in het bestand: “Uren”, “Reden”." in result.notes


def test_all_problems_come_at_once_with_their_place_and_advice():
    result = of(row(), row(Leerling="1002", Vestiging="x", Soort="av!", Begin="31-02-2023"))
    assert result.error_count
    assert [(problem.row, problem.column) for problem in result.problems] == [
        (3, "“Vestiging” (B)"),
        (3, "“Soort” (C)"),
        (3, "“Begin” (D)"),
    ]
    assert result.problems[2].message == (
        "Tabblad “Blad1”, regel 3, kolom “Begin” (D): er staat “31-02-2023”. Verwacht: een datum "
        "(dag-maand-jaar, zoals 30-09-2023). Deze dag bestaat niet. Kijk de datum na."
    )
    assert result.problems[0].file == "bestand.xlsx"
    assert (result.problem_count, result.error_count, result.quarantined) == (3, 3, (3,))
    assert result.row_numbers == (2,)


def test_an_empty_required_cell_is_a_problem():
    result = of(row(Vestiging=None))
    assert "de cel is leeg" in result.problems[0].message
    assert "Vul deze cel in." in result.problems[0].message


def test_an_error_cell_is_a_problem_and_never_empty():
    result = of(row(Uren=CellError("#N/A")), row(Leerling="2", Reden=CellError("#REF!")))
    assert [problem.value for problem in result.problems] == ["#N/A", "#REF!"]
    assert result.quarantined == (2, 3)


def test_a_remark_does_not_keep_a_row_out():
    result = of(row(Reden="Mari\ufffdndael"))
    assert not result.error_count
    assert result.problems[0].severity == "let op"
    assert (result.problem_count, result.error_count) == (1, 0)
    assert result.columns["remark"] == ["Mari\ufffdndael"]


def test_known_locations_are_checked():
    known = KnownCodes(locations=frozenset(["90AA00"]))
    assert not of(row(), known=known).error_count
    assert of(row(Vestiging="90AA01"), known=known).error_count


def test_empty_rows_between_are_passed_over_and_after_the_last_do_not_count():
    result = of(row(), [], [None, None], row(Leerling="2"), [], [None])
    assert result.rows_read == 4
    assert reasons(result) == {3: "lege rij", 4: "lege rij"}


@pytest.mark.parametrize("word", ["Totaal", "EINDTOTAAL", "Subtotaal AV", "sub-totaal", "Totaal:"])
def test_total_rows_are_passed_over(word):
    result = of(row(), [word, None, None, None, None, "12"], row(Leerling="2"))
    assert reasons(result) == {3: "totaalregel"}
    assert result.sums["hours"] == 24


def test_a_total_row_may_have_numbers_before_its_word():
    result = of(row(), [None, None, "2023", "Totaal", None, 12])
    assert reasons(result) == {3: "totaalregel"}


def test_a_row_with_a_location_is_no_total_row():
    """A school may be called Totaal."""
    result = of(["Totaal Onderwijs", *row()], header=["Schoolnaam", *HEADER])
    assert (result.rows_read, len(result.row_numbers)) == (1, 1)


def test_total_rows_are_data_when_the_source_says_so():
    text = ABSENCE.replace("[rows]", "[rows]\nignore_totals = false")
    result = of(row(), ["Totaal", *[None] * 5], sources=sources_of(verzuim=text))
    assert result.quarantined == (3,)


@pytest.mark.parametrize(
    "text",
    [
        "Bron: DUO",
        "* voorlopig cijfer",
        "Toelichting op de cijfers",
        "Peildatum: 1-10-2023",
        "1) x",
        "Opgesteld door het bureau",
        "Laatst bijgewerkt op 1-10-2023",
    ],
)
def test_footnotes_are_passed_over(text):
    assert reasons(of(row(), [], [text])) == {3: "lege rij", 4: "voetnoot"}


def test_a_row_with_data_is_no_footnote_whatever_it_starts_with():
    result = of(row(Leerling="* 12", Soort=None))
    assert (result.ignored, result.quarantined) == ((), (2,))


def test_loose_text_among_the_data_is_one_problem():
    result = of(row(), ["Groningen"], row(Leerling="2"))
    (problem,) = result.problems
    assert (problem.row, problem.value) == (3, "Groningen")
    assert "losse tekst" in problem.advice
    assert result.quarantined == (3,)


def test_a_repeated_header_is_passed_over():
    result = of(row(), [name.upper() for name in HEADER], row(Leerling="2"))
    assert reasons(result) == {3: "herhaalde kopregel"}


def test_a_repeated_header_of_two_rows_is_passed_over():
    groups = ["Leerling", "Vestiging", "Soort", "Verzuim", None]
    measures = [None, None, None, "Begin", "Einde"]
    result = checked(sheet(groups, measures, ROW[:5], groups, measures, ["2", *ROW[1:5]]))
    assert reasons(result) == {4: "herhaalde kopregel", 5: "herhaalde kopregel"}


def test_cells_beside_the_columns_of_the_source_are_passed_over():
    result = of([*ROW, "x"], [*[None] * 7, "los"], header=[*HEADER, "Extra"])
    assert reasons(result) == {3: "geen gegevens in de kolommen van deze bron"}


def test_rows_of_different_length_are_read():
    result = of(ROW[:5], ["1002", *ROW[1:]])
    assert result.columns["remark"] == [None, "overgang"]


def test_merged_cells_are_filled_down_within_their_range_only():
    rows = [row(), row(Leerling="2", Vestiging=None), row(Leerling="3", Vestiging=None)]
    result = of(*rows, merged=((1, 1, 2, 1),))
    assert result.columns["location_id"] == ["90AA00", "90AA00"]
    assert result.quarantined == (4,)
    assert any("“Vestiging” (B) zijn samengevoegde cellen" in note for note in result.notes)


def test_a_merged_number_is_a_problem_and_not_counted_twice():
    result = of(row(), row(Leerling="2", Uren=None), merged=((1, 5, 2, 5),))
    assert [problem.row for problem in result.problems] == [2, 3]
    assert "Hef het samenvoegen op" in result.problems[0].advice
    assert result.sums["hours"] == 0


def test_cells_merged_sideways_are_a_problem():
    result = of(row(Einde=None), row(Leerling="2"), merged=((1, 3, 1, 4),))
    assert [problem.expected for problem in result.problems] == ["één waarde per cel"]
    assert result.quarantined == (2,)
    title = of(row(), ["Totaal", None, None], merged=((2, 0, 2, 2),))
    assert not title.error_count


def test_equal_rows_are_stored_once_and_different_ones_not_at_all():
    result = of(row(), row(), row(Leerling="2", Uren="1"), row(Leerling="2", Uren="2"))
    assert result.row_numbers == (2,)
    assert [problem.row for problem in result.problems] == [3, 4, 5]
    assert result.problems[0].message.startswith(
        "Tabblad “Blad1”, regel 3: Deze regel staat ook op regel 2. Verwacht: één regel per"
    )
    assert "met andere gegevens ook op regel 5" in result.problems[1].value


def test_rows_whose_key_is_unknown_are_not_called_equal():
    result = of(row(Begin="x"), row(Begin="y"))
    assert [problem.value for problem in result.problems] == ["x", "y"]


def test_an_end_before_the_start_is_a_problem():
    result = of(row(Einde="31-08-2023"), row(Leerling="2", Einde="01-09-2023"))
    assert result.problems[0].expected == "een datum op of na 01-09-2023 (“Begin”)"
    assert result.row_numbers == (3,)


BRANCH = (
    HEAD.format(label="Locaties", topic="location")
    + """
[columns.brin]
label = "BRIN NUMMER"
type = "brin"
required = true
[columns.branch]
label = "VESTIGINGSNUMMER"
type = "branch"
required = true
"""
)


def test_a_branch_belongs_to_the_brin_beside_it():
    header = ["BRIN NUMMER", "VESTIGINGSNUMMER"]
    rows = [["00AH", "00AH01"], ["00AH", "2"], ["00AH", "18BR03"]]
    result = checked(sheet(header, *rows), sources=sources_of(locatie=BRANCH))
    assert result.columns["branch"] == ["01", "02"]
    assert result.problems[0].expected == "een vestiging van 00AH"


def test_personal_columns_are_dropped_and_said():
    header = [*HEADER, "Naam", "nr", "Schoolnaam"]
    rows = [row() + ["Jan Jansen", 111222333, "De Brug"]]
    result = of(*rows, header=header)
    assert result.dropped == ("Naam", "nr", "Schoolnaam")
    said = " ".join(result.notes)
    assert "Kolom “Naam” lijkt persoonsgegevens te bevatten" in said
    assert "Kolom “nr” lijkt persoonsgegevens te bevatten (burgerservicenummers (BSN))" in said
    assert "Schoolnaam" not in said
    assert "Jan" not in repr(result)
    assert "111222333" not in repr(result)


def test_a_birth_date_leaves_two_other_dates():
    text = ABSENCE.replace('label = "Reden"\ntype = "text"', 'label = "Reden"\ntype = "birth_date"')
    result = of(row(Reden="15-03-2008"), sources=sources_of(verzuim=text))
    assert result.columns["remark_compulsory_until"] == [date(2024, 7, 31)]
    assert result.columns["remark_qualification_until"] == [date(2026, 3, 31)]
    assert date(2008, 3, 15) not in [
        value for column in result.columns.values() for value in column
    ]
    assert any("de datum zelf is niet bewaard" in note for note in result.notes)


def test_a_file_without_rows_is_empty_and_says_so():
    result = of()
    assert not result.error_count
    assert result.rows_read == 0
    assert result.notes[0] == "Onder de kolomkoppen staan geen regels."


def test_a_mapping_by_letter_reads_the_first_row():
    letters = dict(zip(SOURCES["verzuim"].columns, "ABCDEFG", strict=True))
    one = {"verzuim": SOURCES["verzuim"]}
    result = checked(sheet(row(), row(Leerling="2")), sources=one, mapping=letters)
    assert result.row_numbers == (1, 2)
    assert checked(sheet(row(Soort="?")), sources=one, mapping=letters).problems[0].column == "C"


def test_of_very_many_problems_all_are_counted_and_the_first_shown():
    result = of(*[row(Leerling=str(n), Soort="?") for n in range(1, 1501)])
    assert (result.problem_count, len(result.problems), len(result.quarantined)) == (
        1500,
        1000,
        1500,
    )
    assert [problem.row for problem in result.problems[:3]] == [2, 3, 4]


CELLS = {
    "Leerling": st.sampled_from(["1", "2", "3", None, "Totaal", "Bron: x", "Leerling", 4, True]),
    "Vestiging": st.sampled_from(["90AA00", "90aa 01", None, "?", 5, CellError("#N/A")]),
    "Soort": st.sampled_from(["AV", "lrv", None, "ziek", "Soort"]),
    "Begin": st.sampled_from(["01-09-2023", date(2023, 9, 2), None, 45000, "Begin", "31-02-2023"]),
    "Einde": st.sampled_from([None, "01-08-2023", "01-10-2023"]),
    "Uren": st.sampled_from([None, "12", "<5", "1.001", "-", 3, 2.5]),
    "Reden": st.sampled_from([None, "x", "a@b.nl", "Totaal", "* noot"]),
}
ROWS = st.lists(
    st.tuples(*CELLS.values()).map(list)
    | st.just([])
    | st.just(list(HEADER))
    | st.just([None] * 9),
    max_size=12,
)
MERGED = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 6), st.integers(0, 3), st.integers(0, 2)).map(
        lambda r: (r[0], r[1], r[0] + r[2], r[1] + r[3])
    ),
    max_size=2,
)


@settings(max_examples=300, deadline=None)
@given(ROWS, MERGED)
def test_no_row_is_lost_or_counted_twice(rows, merged):
    result = of(*rows, merged=merged)
    numbers = [*result.row_numbers, *result.quarantined, *(row.row for row in result.ignored)]
    assert sorted(numbers) == list(range(2, result.rows_read + 2))
    assert all(len(values) == len(result.row_numbers) for values in result.columns.values())
    assert {problem.row for problem in result.problems if problem.severity == "fout"} == set(
        result.quarantined
    )
    filled = [n for n, cells in enumerate(rows, start=2) if any(v is not None for v in cells)]
    assert result.rows_read == max([*filled, 1]) - 1
    assert result.sums["hours"] == sum(v for v in result.columns["hours"] if v is not None)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.permutations(range(7)))
def test_the_order_of_columns_does_not_change_the_result(rows, order):
    rows = [(cells + [None] * 7)[:7] for cells in rows]
    ordered = of(*rows)
    mixed = of(
        *[[cells[at] for at in order] for cells in rows], header=[HEADER[at] for at in order]
    )
    # Which text comes first in a row decides whether it is a total, so compare rows with data.
    data = [cells for cells in rows if not {"Totaal", "Bron: x", "* noot"} & set(map(str, cells))]
    if len(data) == len(rows):
        assert mixed.columns == ordered.columns
        assert mixed.row_numbers == ordered.row_numbers


NOISE = st.sampled_from(
    [[], [None] * 8, ["Totaal", None, None, None, None, 12], ["Bron: DUO"], list(HEADER)]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(NOISE, max_size=6), st.lists(st.text("ab ", min_size=1), max_size=3), st.data())
def test_what_people_put_around_the_rows_does_not_change_them(noise, titles, data):
    rows = [row(Leerling=str(number)) for number in range(3)]
    for extra in noise:
        rows.insert(data.draw(st.integers(0, len(rows))), extra)
    above = [[title] for title in titles]
    result = checked(sheet(*above, HEADER, *rows))
    assert not result.error_count
    assert result.columns == of(*[row(Leerling=str(number)) for number in range(3)]).columns
    assert len(result.row_numbers) + len(result.ignored) == result.rows_read


def test_problems_come_in_a_workbook_of_texts():
    """What somebody typed in a file may not come back as a formula."""
    evil = '=HYPERLINK("http://x","y")'
    problem = Problem("a.csv", "Blad1", 3, "“Soort” (C)", evil, "=1+1", "+1", "fout")
    other = Problem("a.csv", "", None, "", "\x00-1", "", "@x", "let op")
    workbook = openpyxl.load_workbook(BytesIO(problems_workbook([problem, other])))
    cells = [cell for row in workbook.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    rows = list(workbook.active.iter_rows(values_only=True))
    assert rows[1] == ("fout", "a.csv", "Blad1", "3", "“Soort” (C)", evil, "=1+1", "+1")
    assert rows[2][5] == "-1"
    assert len(rows) == 3


def test_an_empty_list_of_problems_is_a_workbook_too():
    workbook = openpyxl.load_workbook(BytesIO(problems_workbook([])))
    assert workbook.active.max_row == 1
