"""Layouts of common registers: read whole, or the one question that matters."""

import pytest
from small_sources import HEADER, SOURCES, file, row, sheet

from data.gate.recognise import Question, Recognised, recognise
from data.gate.validate import validate
from data.source_file import load_sources

REAL = load_sources()
ABSENT = ["Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum"]
SPELL = ["1001", "90AA00", "LRV", "15-05-2023", None]


def of(*sheets, sources=None):
    read = file(*sheets)
    found = recognise(read, sources or {"verzuim": REAL["verzuim"]})
    assert isinstance(found, Recognised), found
    return validate(read, found, secret=b"x")


@pytest.mark.parametrize(
    "header",
    [
        [f"{at}. {name}" for at, name in enumerate(ABSENT, start=1)],
        [*ABSENT[:3], "Begindatum (dd-mm-jjjj)", "Einddatum (DD-MM-JJ)"],
        ["LEERLING_NUMMER", "VESTIGING_CODE", "SOORT_VERZUIM", "BEGIN_DATUM", "EIND_DATUM"],
        ["Stamnummer", "Locatie", "Verzuimsoort", "Datum begin verzuim", "Datum einde verzuim"],
    ],
)
def test_what_forms_add_to_a_header_is_left_out(header):
    result = of(sheet(header, SPELL))
    assert (result.row_numbers, result.error_count) == ((2,), 0)


def test_other_words_between_brackets_are_another_column():
    found = recognise(file(sheet([*ABSENT[:3], "Begindatum (school)", "Einddatum"], SPELL)), REAL)
    assert isinstance(found, Question)


def test_the_unit_between_brackets_counts():
    header = ["Jaar", "Soort bedrag", "Baten (x € 1.000)", "Publiek eigen vermogen (in euro's)"]
    result = of(sheet(header, [2023, "realisatie", 14250, 499000]), sources=REAL)
    assert result.columns["gross_income"] == [14_250_000]
    assert result.columns["public_equity"] == [499_000]


@pytest.mark.parametrize(
    "kind",
    ["16 uren per 4 weken 18-", "16 uren per 4 weken 18+", "1/8 in 4 weken", "RMC verzuim 18+"],
)
def test_kinds_of_the_register_that_are_no_long_absence_are_other(kind):
    result = of(sheet(ABSENT, [*SPELL[:2], kind, *SPELL[3:]]))
    assert result.columns["kind"] == ["overig"]


def test_brin_and_branch_in_two_columns_are_one_code():
    header = ["Leerlingnummer", "BRIN", "Vestigingsnummer", *ABSENT[2:]]
    rows = [
        ["1", "90AA", "00", *SPELL[2:]],
        ["2", "90AA", 1, *SPELL[2:]],
        ["3", None, 2, *SPELL[2:]],
    ]
    result = of(sheet(header, *rows))
    assert result.columns["location_id"] == ["90AA00", "90AA01"]
    assert result.quarantined == (4,)
    assert "“Vestiging” is samengesteld met kolom “BRIN” (B)." in result.notes


def test_a_row_that_is_called_withdrawn_in_a_column_we_do_not_read_is_named():
    rows = [[*SPELL, "In behandeling"], ["1002", *SPELL[1:], "Ingetrokken"]]
    notes = of(sheet([*ABSENT, "Status"], *rows)).notes
    assert any("“Ingetrokken” op regel 3." in note for note in notes)
    assert not any("wordt niet gelezen" in n for n in of(sheet([*ABSENT, "Status"], rows[0])).notes)


def test_an_empty_cell_may_mean_what_stands_above_it():
    result = of(sheet(ABSENT, SPELL, [None, None, *SPELL[2:]]))
    assert all("zoals erboven" in problem.advice for problem in result.problems)
    assert result.quarantined == (3,)


def test_a_total_below_the_column_of_the_schools_is_passed_over():
    result = of(sheet(ABSENT, SPELL, ["Totaal", 1, None, None, None]))
    assert [(ignored.row, ignored.reason) for ignored in result.ignored] == [(3, "totaalregel")]
    assert of(sheet(ABSENT, SPELL, ["Totaal", "90AA01", "LRV", "15-05-2023", None])).rows_read == 2


def test_two_tables_under_each_other_are_read_both():
    result = of(sheet(ABSENT, SPELL, [], ["Bestuur Proef"], ABSENT, ["1002", *SPELL[1:]]))
    assert result.row_numbers == (2, 6)
    assert not result.problem_count
    reasons = [ignored.reason for ignored in result.ignored]
    assert reasons == ["lege rij", "titel boven een herhaalde kopregel", "herhaalde kopregel"]


def test_a_second_sheet_with_other_rows_is_asked_about_and_a_copy_is_not():
    first = sheet(HEADER, row(), row(Leerling="2"), name="Verzuim")
    more = sheet(HEADER, row(Leerling="3"), name="Verzuim (2)")
    copy = sheet(HEADER, row(Leerling="2"), name="Kopie")
    found = recognise(file(first, more), SOURCES)
    assert isinstance(found, Recognised)
    assert [one.sheet for one in found.others] == ["Verzuim (2)"]
    assert not recognise(file(first, copy), SOURCES).others
