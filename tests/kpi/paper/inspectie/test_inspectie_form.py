"""A form as received is filled in and stays what it was in everything else."""

import io
import re
import zipfile
from copy import copy
from datetime import date, datetime
from pathlib import Path

import pytest
from inspectie_world import (
    OFFICE,
    QUARTERS,
    World,
    converted,
    exemption,
    raw,
    spell,
    workbook_bytes,
)
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table
from received_form import HEADER_ROW, PREPARED_TO, SHEET, received_form, with_newer_list

from kpi.paper.inspectie import inspectie_workbook
from kpi.paper.inspectie.form import FormMapping, read_form
from kpi.paper.inspectie.issue import inspectie_form, round_of
from kpi.register import Refused

FIRST = HEADER_ROW + 1


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("formulier"))
    rows = [
        spell(str(number), "90AA00", ("absoluut verzuim", "LRV")[number % 2], "2023-08-14",
              "2023-09-25" if number % 3 == 0 else None, Aanbod=("ja", "nee")[number % 2])
        for number in range(1, 30)
    ]  # fmt: skip
    world.deliver("verzuim", QUARTERS[0], rows)
    world.deliver("vrijstellingen", QUARTERS[0], [exemption("40", "5 onder a", "2023-09-15")])
    return world


@pytest.fixture(scope="module")
def filled(world):
    monitor = world.monitor()
    return inspectie_workbook(monitor, monitor.periods[QUARTERS[0]], received_form())


def zipped(parts):
    """A workbook of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


def sheet_of(content):
    return load_workbook(io.BytesIO(content))[SHEET]


def test_the_columns_are_recognised_and_what_the_form_calculates_stays_its_own(world):
    form = read_form(received_form(), world.store)
    assert form.mapping.sheet == SHEET
    assert form.mapping.header_row == HEADER_ROW
    assert form.first_row == FIRST
    assert form.mapping.columns == {
        "A": "number", "B": "key", "C": "kind", "D": "school_type", "E": "start_on",
        "F": "end_on", "G": "offer", "H": "end_reason",
    }  # fmt: skip
    unused = [text for letter, text in form.headers if not form.mapping.columns.get(letter)]
    assert unused == ["Eigen kolom", "Dagen thuis"]


def test_the_rows_stand_there_in_the_words_of_the_form(filled):
    sheet = sheet_of(filled)
    assert [cell.value for cell in sheet[HEADER_ROW]][:3] == [
        "Nr.", "Leerlingnummer (anoniem)", "Categorie thuiszitter",
    ]  # fmt: skip
    rows = list(sheet.iter_rows(min_row=FIRST, max_row=FIRST + 29, values_only=True))
    assert [row[0] for row in rows] == list(range(1, 31))
    assert all(row[1].startswith("L-") for row in rows)
    assert {row[2] for row in rows[:-1]} == {"AV", "LRV"}
    assert rows[-1][2] == "Vrijstelling artikel 5 onder a"  # as the list of the form has it
    assert {row[4] for row in rows[:-1]} == {datetime(2023, 8, 14)}
    assert {row[5] for row in rows} == {None, datetime(2023, 9, 25)}
    assert {row[6] for row in rows[:-1]} == {"J", "N"}
    assert {row[7] for row in rows} == {None, "Terug naar school"}
    assert {row[8] for row in rows} == {None}
    assert [cell.value for cell in sheet[FIRST + 30]][:9] == [None] * 9


def test_rows_beyond_those_laid_out_look_the_same(filled):
    sheet, last = sheet_of(filled), FIRST + 29
    assert last > PREPARED_TO
    for column in range(1, 10):
        above, below = sheet.cell(FIRST, column), sheet.cell(last, column)
        for look in ("border", "fill", "font", "alignment", "protection"):
            assert copy(getattr(above, look)) == copy(getattr(below, look)), (column, look)
    assert sheet.row_dimensions[last].height == sheet.row_dimensions[FIRST].height == 18.5


def test_a_date_shows_as_a_date_also_where_the_form_had_no_format(filled):
    sheet = sheet_of(filled)
    assert sheet.cell(FIRST, 5).number_format == "dd/mm/yyyy"  # the form's own
    assert sheet.cell(FIRST, 6).is_date
    assert copy(sheet.cell(FIRST, 6).border) == copy(sheet.cell(FIRST, 5).border)


def test_lists_filter_colours_names_and_print_range_run_on(filled):
    book = load_workbook(io.BytesIO(filled))
    sheet, last = book[SHEET], FIRST + 29
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert set(rules) == {f"G{FIRST}:G{last}", f"C{FIRST}:C{last}", f"E{FIRST}:F{last}"}
    assert rules[f"C{FIRST}:C{last}"].formula1 == "Soorten"
    (coloured,) = sheet.conditional_formatting
    assert str(coloured.sqref) == f"G{FIRST}:G{last}"
    assert sheet.auto_filter.ref == f"A{HEADER_ROW}:J{last}"
    assert book.defined_names["Rijen"].attr_text == f"{SHEET}!$A${FIRST}:$J${last}"
    assert sheet.print_area == f"'{SHEET}'!$A$1:$J${last}"
    assert sheet.freeze_panes == f"A{FIRST}"


def test_all_other_parts_of_the_form_are_the_same_bytes(filled):
    before, after = raw(received_form()), raw(filled)
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/workbook.xml"}
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_widths_titles_merges_and_the_forms_own_formulas_stay(filled):
    before, after = sheet_of(received_form()), sheet_of(filled)
    widths = {letter: item.width for letter, item in before.column_dimensions.items()}
    assert {letter: item.width for letter, item in after.column_dimensions.items()} == widths
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert after["A1"].value == before["A1"].value
    assert copy(after["A1"].font) == copy(before["A1"].font)
    assert after[f"J{FIRST}"].value == f"=F{FIRST}-E{FIRST}"
    assert after.page_setup.orientation == "landscape"


def test_a_list_that_newer_versions_of_excel_write_is_kept_and_runs_on(world):
    monitor = world.monitor()
    form = with_newer_list(received_form())
    content = inspectie_workbook(monitor, monitor.periods[QUARTERS[0]], form)
    sheet = raw(content)["xl/worksheets/sheet2.xml"].decode()
    assert "<xm:f>Keuzelijsten!$B$2:$B$4</xm:f>" in sheet
    assert f"<xm:sqref>D{FIRST}:D{FIRST + 29}</xm:sqref>" in sheet


def test_a_form_filled_twice_is_the_same_file(world, filled):
    monitor = world.monitor()
    assert inspectie_workbook(monitor, monitor.periods[QUARTERS[0]], received_form()) == filled


def test_what_a_person_points_out_counts_and_is_remembered(world):
    monitor = world.monitor()
    mapping = FormMapping(
        SHEET, HEADER_ROW, {"B": "key", "E": "start_on", "I": "tekst:SWV Proef", "H": ""}
    )
    content = inspectie_workbook(
        monitor, monitor.periods[QUARTERS[0]], received_form(), mapping=mapping, author="Bureau"
    )
    sheet = sheet_of(content)
    assert sheet.cell(FIRST, 9).value == "SWV Proef"
    assert sheet.cell(FIRST, 3).value is None
    again = inspectie_form(world.monitor(), received_form())
    assert (again.how, dict(again.mapping.columns)) == ("onthouden", dict(mapping.columns))
    entry = world.store.entries("formulier")[-1]
    assert entry.author == "Bureau"


def test_words_the_form_does_not_know_are_named(world):
    monitor = world.monitor()
    made = round_of(monitor, monitor.periods[QUARTERS[0]])
    book = load_workbook(io.BytesIO(received_form()))
    book["Keuzelijsten"]["A3"] = "Anders genoemd"
    mapping = FormMapping(SHEET, HEADER_ROW, {"C": "kind", "E": "start_on"})
    form = read_form(workbook_bytes(book), world.store, mapping)
    words, length = made.remarks(form)
    assert "“Categorie thuiszitter” kent het formulier “LRV” niet" in words
    assert f"opgemaakt tot en met rij {PREPARED_TO}" in length
    assert f"tot en met rij {FIRST + 29}" in length


# What is refused


def refusal(world, form, mapping=None):
    monitor = world.monitor()
    quarter = monitor.periods[QUARTERS[0]]
    with pytest.raises(Refused) as refused:
        inspectie_workbook(monitor, quarter, form, mapping=mapping)
    return str(refused.value)


def changed(change):
    book = load_workbook(io.BytesIO(received_form()))
    change(book[SHEET])
    return workbook_bytes(book)


def test_a_form_with_text_below_its_rows_is_refused_instead_of_overwritten(world):
    form = changed(lambda sheet: sheet.cell(PREPARED_TO + 2, 2, "Totaal"))
    assert "cel B22" in refusal(world, form)
    assert "plaats voor 15 rijen en de registratie heeft er 30" in refusal(world, form)


def test_a_form_that_was_filled_in_before_is_refused(world, filled):
    assert "al ingevuld" in refusal(world, filled)


def test_merged_cells_among_the_rows_are_refused(world):
    assert "samengevoegd" in refusal(world, changed(lambda sheet: sheet.merge_cells("B9:C9")))


def test_example_rows_of_the_form_stay_and_the_rows_come_below(world):
    def examples(sheet):
        sheet.cell(FIRST, 2, "voorbeeld")
        sheet.cell(FIRST, 5, date(2020, 1, 1))

    monitor = world.monitor()
    mapping = FormMapping(SHEET, HEADER_ROW, {"B": "key", "E": "start_on"})
    content = inspectie_workbook(
        monitor, monitor.periods[QUARTERS[0]], changed(examples), mapping=mapping
    )
    sheet = sheet_of(content)
    assert sheet.cell(FIRST, 2).value == "voorbeeld"
    assert sheet.cell(FIRST + 1, 2).value.startswith("L-")


def test_without_a_column_for_the_first_day_nothing_is_made(world):
    mapping = FormMapping(SHEET, HEADER_ROW, {"B": "key"})
    assert "Begindatum" in refusal(world, received_form(), mapping)


def test_a_row_without_a_header_is_refused(world):
    assert "staat geen kop" in refusal(world, received_form(), FormMapping(SHEET, 4, {}))


@pytest.mark.parametrize(
    "name",
    ["zip_bomb.xlsx", "external_entity.xlsx", "outside_the_folder.xlsx", "word.xlsx",
     "encrypted_package.xlsx", "cut_off.xlsx", "quotes.csv", "encrypted.xls"],
)  # fmt: skip
def test_a_hostile_or_wrong_file_is_refused_in_dutch(world, name):
    folder = Path(__file__).parents[3] / "bad_files"
    assert refusal(world, (folder / name).read_bytes())


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet2.xml"])
def test_a_damaged_part_is_refused_in_dutch(world, part):
    """Readers are lenient with what they do not need."""
    parts = raw(received_form())
    parts[part] = parts[part].replace(b'<xf numFmtId="', b"<xf numFmtId=", 1).replace(
        b' style="', b' style="Z', 1
    ).replace(b' min="', b' min="Z', 1)  # fmt: skip
    assert "beschadigd" in refusal(world, zipped(parts))


def test_an_empty_workbook_is_refused(world):
    assert "leeg" in refusal(world, workbook_bytes(Workbook()))


# Forms made in other ways


def filled_with(world, form):
    monitor = world.monitor()
    return sheet_of(inspectie_workbook(monitor, monitor.periods[QUARTERS[0]], form))


def bare_form(epoch=None, table=False):
    """Only headers, as text, on a workbook without anything else."""
    book = Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = SHEET
    sheet.append(["Leerlingnummer", "Soort verzuim", "Begindatum", "Einddatum"])
    if table:
        sheet.append([None] * 4)
        sheet.add_table(Table(displayName="Leerlingen", ref="A1:D2"))
    return workbook_bytes(book)


def test_a_form_with_headers_only_is_filled_from_the_row_below(world):
    sheet = filled_with(world, bare_form())
    assert sheet.max_row == 31
    assert sheet["C2"].value == datetime(2023, 8, 14)
    assert sheet["C2"].is_date


def test_a_form_without_any_row_stays_empty(tmp_path):
    empty = World(tmp_path)
    empty.deliver("verzuim", QUARTERS[0], [spell("1", "90AA00", "ziekgemeld", "2023-08-14")])
    assert filled_with(empty, bare_form()).max_row == 1


def test_days_are_counted_from_1904_where_the_form_does(world):
    assert filled_with(world, bare_form(epoch=CALENDAR_MAC_1904))["C30"].value == datetime(
        2023, 8, 14
    )


def test_a_table_in_the_form_grows_with_the_rows(world):
    sheet = filled_with(world, bare_form(table=True))
    assert sheet.tables["Leerlingen"].ref == "A1:D31"
    assert sheet.tables["Leerlingen"].autoFilter.ref == "A1:D31"


def test_rows_and_cells_without_a_name_are_counted(world):
    """Some programs leave out where a row or cell stands."""
    parts = raw(bare_form())
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb' r="[A-D]?\d+"', b"", sheet)
    assert filled_with(world, zipped(parts))["C2"].value == datetime(2023, 8, 14)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is er niet")
def test_a_form_saved_by_libreoffice_is_filled_too(world, tmp_path):
    form = converted(tmp_path, received_form(), "xlsx:Calc MS Excel 2007 XML")
    sheet = filled_with(world, (form / "registratie.xlsx").read_bytes())
    assert sheet.cell(FIRST, 5).value == datetime(2023, 8, 14)
    assert sheet.cell(FIRST + 29, 5).is_date
    assert copy(sheet.cell(FIRST + 29, 2).border) == copy(sheet.cell(FIRST, 2).border)
