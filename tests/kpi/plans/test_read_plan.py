"""A year plan read from Word and Excel: all rows, links and amounts; and all that is wrong."""

import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from groningen_rows import ROWS
from word_plan import HEADINGS, TITLES, cells_of, write_plan

from data.gate.read import read_file
from kpi.plans.activities import activities as plan_of
from kpi.plans.activities import put_activities
from kpi.plans.activity import Plan
from kpi.plans.read_plan import Unreadable, read_plan


@pytest.fixture
def read(kpis):
    def read_it(path):
        return read_plan(path, kpis, first_year=2019, plan=Plan.CALENDAR)

    return read_it


def table_of(path, *rows, headings=HEADINGS, above=TITLES["jaarplan"]):
    """A Word file with one table."""
    document = docx.Document()
    for text in above:
        document.add_paragraph(text)
    table = document.add_table(0, len(headings))
    for row in (headings, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(path)
    return path


def simple(number="1", period="mei 2024", what="Doen", **more):
    cells = {"who": "", "result": "", "people": "", "money": "", **more}
    return [number, period, what, *cells.values()]


THEME = ["3. Kwaliteit", "", "", "", "", "", ""]


def same(read_activities, activities, kpis):
    assert [(str(item.plan), item.place) for item in read_activities] == [
        (row.plan, row.place) for row in ROWS
    ]
    for row, item, own in zip(ROWS, read_activities, activities, strict=True):
        assert (item.from_on, item.until_on) == row.days, item.id
        assert tuple(kpis[name].number for name in item.kpis) == row.kpi_numbers, item.id
        amounts = tuple((one.amount, one.unit, one.about) for one in item.money)
        assert amounts == row.amounts, item.id
        assert (item.id, item.theme, item.school_year) == (own.id, own.theme, own.school_year)
        assert " ".join(item.what.replace(f"({row.kpi_text})", "").split()) == own.what
        assert (item.result, item.people, item.money_note) == (
            own.result, own.people, row.money_text,
        )  # fmt: skip
        assert ", ".join(item.who) == ", ".join(own.who)


def test_a_word_file_in_the_layout_of_the_document_gives_all_rows(tmp_path, read, activities, kpis):
    """57 rows over 12 tables: two without headings, and at the end of each a row that goes on."""
    path = tmp_path / "jaarplan.docx"
    write_plan(path, activities)
    assert len(read_file(path, word=True).sheets) == 12
    found = read(path)
    assert found.problems == ()
    assert len(found.activities) == 57
    same(found.activities, activities, kpis)


def test_the_whole_word_file_is_stored_and_comes_back_as_the_plan(tmp_path, with_profile):
    """Read, put on record and asked again: 57 rows with their links and amounts, no row twice."""
    groningen = with_profile("groningen_stad")
    own = plan_of(groningen)
    write_plan(tmp_path / "jaarplan.docx", own)
    found = read_plan(
        tmp_path / "jaarplan.docx", groningen.kpis, first_year=2023, plan=Plan.CALENDAR
    )
    assert put_activities(groningen, found.activities, "Bureau", names_checked=True) == []
    stored = plan_of(groningen)
    assert {item.author for item in stored} == {"Bureau"}
    same(stored, own, groningen.kpis)


def test_an_excel_file_with_the_same_columns_gives_all_rows(tmp_path, read, activities, kpis):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for plan, titles in TITLES.items():
        sheet = book.create_sheet(plan.capitalize())
        sheet.append(titles[:1])
        sheet.append(HEADINGS)
        theme = ""
        for row, item in zip(ROWS, activities, strict=True):
            if row.plan == plan:
                if item.theme_text != theme:
                    theme = item.theme_text
                    sheet.append([theme])
                sheet.append([text or None for text in cells_of(row, item)])
    book.save(tmp_path / "jaarplan.xlsx")
    found = read(tmp_path / "jaarplan.xlsx")
    assert found.problems == ()
    same(found.activities, activities, kpis)


def test_a_row_may_go_on_for_pages(tmp_path, read):
    rest = ["", "", "", "", "tweede deel (KPI 3)", "", "€ 100"]
    path = table_of(tmp_path / "a.docx", THEME, simple(result="Eerste deel", money="ca."), rest)
    (item,) = read(path).activities
    assert (item.result, item.kpis) == ("Eerste deel tweede deel (KPI 3)", ("deelname_vso",))
    assert [one.text for one in item.money] == ["ca. € 100"]


def test_numbers_that_word_makes_itself_are_counted(tmp_path, read):
    """An automatic number is no text of the cell: themes and rows come without one."""
    theme = ["Kwaliteit", *[""] * 6]
    path = table_of(tmp_path / "a.docx", theme, simple(""), simple(""), theme, simple(""))
    assert [item.place for item in read(path).activities] == ["1.1", "1.2", "2.1"]


def test_a_number_and_a_period_in_one_cell_are_told_apart_from_a_day(tmp_path, read):
    rows = [["1 gehele schooljaar", "a", "b"], ["2. 20 sep 2023", "a", "b"], ["2 nov 2023"] * 1
            + ["a", "b"]]  # fmt: skip
    path = table_of(
        tmp_path / "a.docx", ["3. Kwaliteit", "", ""], *rows,
        headings=["Periode", "Activiteit", "Gewenst resultaat"],
    )  # fmt: skip
    found = read(path).activities
    assert [(item.place, item.period) for item in found] == [
        ("3.1", "gehele schooljaar"), ("3.2", "20 sep 2023"), ("3.2b", "2 nov 2023"),
    ]  # fmt: skip
    assert found[2].from_on == date(2023, 11, 2)


def test_a_column_with_numbers_of_kpis_counts_too(tmp_path, read):
    path = table_of(
        tmp_path / "a.docx", ["1", "mei 2024", "Doen", "1 t/m 3, 6"],
        headings=["Nr.", "Wanneer", "Wat", "KPI's"],
    )  # fmt: skip
    (item,) = read(path).activities
    assert item.kpis == ("thuiszitters", "verwijzingen_vso", "deelname_vso", "maatwerk")


def test_the_year_and_the_plan_come_from_above_the_table_or_from_who_imports(tmp_path, read):
    (item,) = read(table_of(tmp_path / "a.docx", THEME, simple(period="mei"))).activities
    assert (item.plan, item.from_on) == (Plan.YEAR_PLAN, date(2024, 5, 1))
    (item,) = read(table_of(tmp_path / "b.docx", THEME, simple(period="mei"), above=[])).activities
    assert (item.plan, item.from_on) == (Plan.CALENDAR, date(2020, 5, 1))


def test_all_that_is_wrong_is_said_at_once(tmp_path, read):
    path = table_of(
        tmp_path / "a.docx",
        ["", "", "", "", "los eind", "", ""],
        simple("1", "ooit eens"),
        THEME,
        simple("1", ""),
        simple("2", "mei 2024", ""),
        simple("2", "mei 2024", "Doen (KPI 12 t/m 14)"),
    )
    found = read(path)
    assert found.problems == (
        "tabel 1, rij 2: deze rij heeft geen periode en hoort nergens bij.",
        "tabel 1, rij 3: er staat geen thema boven, zoals ‘3. Kwaliteit’.",
        "jaarplan 0.1 (tabel 1, rij 3): de periode ‘ooit eens’ is niet te lezen. "
        "Schrijf het zo: sept 2023 - jan 2024, of schooljaar 2023-2024.",
        "jaarplan 3.1 (tabel 1, rij 5): de periode ontbreekt.",
        "jaarplan 3.2 (tabel 1, rij 6): er staat niet wat er gebeurt.",
        "jaarplan 3.2 (tabel 1, rij 7): KPI 13 is geen KPI van dit profiel.",
        "jaarplan 3.2 (tabel 1, rij 7): KPI 14 is geen KPI van dit profiel.",
        "jaarplan 3.2: dit nummer staat er twee keer in.",
    )
    assert len(found.activities) == 4
    assert found.activities[-1].kpis == ("reserve",)


def test_a_file_without_the_headings_says_which_are_expected(tmp_path, read):
    document = docx.Document()
    document.add_table(2, 3)
    document.save(tmp_path / "a.docx")
    assert "Periode (wanneer), Activiteiten (wat)" in read(tmp_path / "a.docx").problems[0]
    path = table_of(tmp_path / "b.docx", ["a", "b", "c"],
                    headings=["Activiteit", "Betrokkenen", "Resultaat"])  # fmt: skip
    assert read(path).problems == ("tabel 1: de kolom ‘Periode (wanneer)’ ontbreekt.",)


def test_what_an_activity_says_is_not_taken_for_headings(tmp_path, read):
    row = ["1", "mei 2024", "Actieplan", "Wie dat wil", "Resultaat: rust", "Personeel ECT",
           "Kosten ca. €5"]  # fmt: skip
    path = table_of(tmp_path / "a.docx", THEME, row)
    assert [item.what for item in read(path).activities] == ["Actieplan"]


def test_text_that_was_removed_under_tracked_changes_is_gone_and_added_text_is_there(
    tmp_path, read
):
    path = table_of(tmp_path / "a.docx", THEME, simple(what="Doen"))
    document = docx.Document(path)
    paragraph = document.tables[0].rows[2].cells[2].paragraphs[0]._p
    for mark, text, tag in (
        ("ins", " (KPI 5)", "t"), ("del", " (KPI 6)", "delText"), ("moveFrom", " (KPI 7)", "t"),
    ):  # fmt: skip
        paragraph.append(parse_xml(
            f"<w:{mark} {nsdecls('w')} w:id='1' w:author='A'><w:r><w:{tag} xml:space='preserve'>"
            f"{text}</w:{tag}></w:r></w:{mark}>"
        ))  # fmt: skip
    document.save(path)
    (item,) = read(path).activities
    assert (item.what, item.kpis) == ("Doen (KPI 5)", ("vsv",))


def hostile(path, source, change):
    """The same file with another main part."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "word/document.xml" else content)
    return path


BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda xml: xml.replace(b"<w:document", BOMB + b"<w:document", 1), "een DTD"),
        (lambda xml: xml + b" " * 110_000_000, "uitpakken veel te groot"),
        (lambda xml: xml[: len(xml) // 2], "beschadigd"),
        (lambda xml: b"<w>" * 100_000 + b"</w>" * 100_000, "beschadigd"),
        (lambda xml: b'<?xml version="1.0" encoding="utf-7"?>' + xml.partition(b"?>")[2],
         "ongewone codering"),
    ],
)  # fmt: skip
def test_a_hostile_word_file_is_refused_in_words_about_word(tmp_path, read, change, sentence):
    source = table_of(tmp_path / "a.docx", THEME, simple())
    with pytest.raises(Unreadable, match=sentence) as refused:
        read(hostile(tmp_path / "b.docx", source, change))
    assert "Excel" not in refused.value.message and "xlsx" not in refused.value.message


def test_another_kind_of_file_is_refused(tmp_path, read):
    for name, content in (("a.docx", b"%PDF-1.7"), ("b.docx", b""), ("c.docx", b"PK\x03\x04kapot")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Unreadable):
            read(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "d.docx", "w") as made:
        made.writestr("a.txt", "a")
    with pytest.raises(Unreadable, match="een zip-bestand"):
        read(tmp_path / "d.docx")


def test_a_delivery_of_figures_still_refuses_word(tmp_path):
    with pytest.raises(Unreadable, match="een Word-bestand"):
        read_file(table_of(tmp_path / "a.docx", THEME, simple()))
