"""The empty workbooks: what we hand out, we must accept."""

import io

import openpyxl
import pytest

from data.gate.templates import CHOICES, EXPLANATION, choices_of, template_workbook
from data.source_file import load_sources

SOURCES = load_sources()
EVERY_SOURCE = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


def opened(source) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_workbook(source)))


@EVERY_SOURCE
def test_the_first_sheet_holds_our_headers_and_nothing_else(source) -> None:
    book = opened(source)
    lists = [CHOICES] if any(map(choices_of, source.columns.values())) else []
    assert book.sheetnames == [source.title, EXPLANATION, *lists]
    rows = list(book[source.title].iter_rows(values_only=True))
    assert rows == [tuple(column.label for column in source.columns.values())]


@EVERY_SOURCE
def test_every_column_is_explained_with_an_example(source) -> None:
    explained = list(opened(source)[EXPLANATION].iter_rows(values_only=True))[7:]
    assert [row[0] for row in explained] == [column.label for column in source.columns.values()]
    for label, required, what, allowed, _ in explained:
        assert required and what and allowed, label
    for column, row in zip(source.columns.values(), explained, strict=True):
        assert row[4] or not column.required, f"no example of {column.name}"


@EVERY_SOURCE
def test_every_category_has_a_list_to_choose_from(source) -> None:
    book = opened(source)
    lists = {
        str(rule.sqref).split(":")[0][:-1]: rule.formula1
        for rule in book[source.title].data_validations.dataValidation
        if rule.type == "list"
    }
    for cell in book[source.title][1]:
        column = next(one for one in source.columns.values() if one.label == cell.value)
        if choices_of(column):
            sheet, cells = lists[cell.column_letter].split("!")
            assert sheet == f"'{CHOICES}'"
            found = tuple(row[0].value for row in book[CHOICES][cells.replace("$", "")])
            assert found == choices_of(column)
        else:
            assert cell.column_letter not in lists


def test_choices_are_words_and_codes_keep_their_zeros() -> None:
    absence = SOURCES["verzuim"]
    assert choices_of(absence.columns["kind"])[:2] == (
        "absoluut verzuim",
        "langdurig relatief verzuim",
    )
    sheet = opened(absence)[absence.title]
    formats = {cell.value: sheet.column_dimensions[cell.column_letter].number_format
               for cell in sheet[1]}  # fmt: skip
    assert formats["Vestiging"] == "@" and formats["Begindatum"] == "DD-MM-YYYY"
