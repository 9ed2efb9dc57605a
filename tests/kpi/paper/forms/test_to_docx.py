"""The Word file: read back it says what the document says, in tables that can be pasted."""

import io
import zipfile
from dataclasses import replace
from functools import lru_cache

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from papers import HOSTILE, PAPERS, board_paper, locations_table, logo, number

from kpi.meaning.house_style import HouseStyle
from kpi.paper import colophon
from kpi.paper.document import IN_SHORT, Cell, Document, Section, Table, Text
from kpi.paper.forms import word
from kpi.paper.forms.to_docx import to_docx

LANGUAGE = qn("w:lang")


@lru_cache
def made(name):
    document = PAPERS[name]()
    return document, read(document)


def read(document):
    return docx.Document(io.BytesIO(to_docx(document)))


def with_section(section):
    return replace(board_paper(), sections=(section,))


def rows_of(table):
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def expected_tables(document):
    """Headers and cells of every table on paper, tiles before the others of their part."""
    for section in document.for_paper:
        if section.tiles:
            yield [section.tiles_table[0].headers, *map(tuple, section.tiles)]
        tables = ((section.chart.twin,) if section.chart else ()) + section.tables
        for table in tables:
            yield [table.headers, *(tuple(cell.text for cell in row) for row in table.rows)]


@pytest.mark.parametrize("name", PAPERS)
def test_read_back_the_tables_are_those_of_the_document(name):
    document, file = made(name)
    assert [rows_of(table) for table in file.tables] == list(expected_tables(document))


@pytest.mark.parametrize("name", PAPERS)
def test_its_headings_are_real_ones(name):
    document, file = made(name)
    first = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert first == [*(section.title for section in document.for_paper), colophon.HEADING]
    second = [p.text for p in file.paragraphs if p.style.name == "Heading 2"]
    parts = [
        heading
        for section in document.for_paper
        for heading in (*(text.heading for text in section.texts), section.fill_heading)
        if heading
    ]
    assert second == parts + [colophon.DEFINITIONS] * bool(document.frame.definitions)
    captions = [p.text for p in file.paragraphs if p.style.name == "Caption"]
    titles = [table.title for table in document.tables]
    assert [text for text in captions if text != IN_SHORT] == titles


@pytest.mark.parametrize("name", PAPERS)
def test_every_text_of_a_person_is_there_with_its_author(name):
    document, file = made(name)
    said = [paragraph.text for paragraph in file.paragraphs]
    for section in document.for_paper:
        assert {section.title, *section.notes} <= set(said)
        for text in section.texts:
            place = said.index(text.body)
            assert not text.by or text.by in said[place:]


@pytest.mark.parametrize("name", PAPERS)
def test_it_states_what_it_is(name):
    document, file = made(name)
    frame = document.frame
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    for label, fact in colophon.facts(frame):
        assert f"{label}: {fact}" in text
    for definition in frame.definitions:
        assert definition.text in text
    assert all(note in text for note in frame.notes)
    for section in file.sections:
        head = section.header.paragraphs[0].text
        assert frame.title in head and colophon.state_text(frame) in head
        assert (colophon.DEMO in head) is frame.is_demo
        foot = section.footer.paragraphs[0]
        fields = [found.text for found in foot._p.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"] and "pagina 1 van 1" in foot.text


@pytest.mark.parametrize("name", PAPERS)
def test_every_run_is_dutch(name):
    _, file = made(name)
    runs = [run for run in file.element.body.iter(qn("w:r")) if run.text.strip()]
    languages = {run.rPr.find(LANGUAGE).get(qn("w:val")) for run in runs}
    assert languages == {"nl-NL"}
    assert file.core_properties.language == "nl-NL"


def test_the_header_row_comes_back_on_every_page_and_rows_stay_whole():
    for table in made("board")[1].tables:
        repeated = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert repeated == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_figures_stand_to_the_right_and_words_to_the_left():
    file = read(with_section(Section("x", "X", tables=(locations_table(),))))
    (table,) = file.tables
    for row in table.rows:
        sides = [cell.paragraphs[0].alignment for cell in row.cells]
        assert sides[0] is None and set(sides[1:]) == {WD_ALIGN_PARAGRAPH.RIGHT}


def test_what_is_no_number_looks_different():
    table = Table("T", ("a", "b"), ((Cell("x"), number(5)), (Cell("y"), Cell("•, niet getoond"))))
    (found,) = read(with_section(Section("x", "X", tables=(table,)))).tables
    assert [row.cells[1].paragraphs[0].runs[0].italic for row in found.rows] == [None, None, True]


def test_a_chart_is_its_table_with_its_sentence_as_description():
    document, file = made("board")
    described = [
        table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        for table in file.tables
        if table._tbl.tblPr.find(qn("w:tblDescription")) is not None
    ]
    assert {chart.alt for chart in document.charts} <= set(described)


@pytest.mark.parametrize("name", PAPERS)
def test_table_properties_stand_once_and_in_the_order_word_wants(name):
    for table in made(name)[1].tables:
        names = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
        assert names == [known for known in word.TABLE_PROPERTIES if known in names]


def test_there_is_no_picture_but_the_logo():
    file = made("board")[1]
    pictures = [found.get("descr") for found in file.element.body.iter(qn("wp:docPr"))]
    assert pictures == ["Logo van SWV VO Voorbeeldstad (verzonnen)"]
    with zipfile.ZipFile(io.BytesIO(to_docx(board_paper()))) as package:
        (media,) = [name for name in package.namelist() if "/media/" in name]
        assert package.read(media) == logo()


def test_an_answer_has_its_lines():
    section = Section("x", "X", fill_heading="Uw antwoord", lines_to_fill=5)
    styles = [p.style.name for p in read(with_section(section)).paragraphs]
    assert styles.count(word.FILL) == 5


def test_a_wide_table_lies_on_its_side_and_the_rest_stands():
    headers = tuple(f"Onderwijsondersteuning {n}" for n in range(7))
    table = Table("Breed", headers, (tuple(number(n * 1_000_000) for n in range(7)),))
    document = replace(
        board_paper(),
        sections=(Section("a", "Smal"), Section("b", "Breed", tables=(table,)), Section("c", "C")),
    )
    sections = read(document).sections
    lies = [section.orientation == WD_ORIENT.LANDSCAPE for section in sections]
    assert lies == [False, True, False]
    assert [section.page_width > section.page_height for section in sections] == lies


@pytest.mark.parametrize("name", PAPERS)
def test_tables_fit_between_the_margins(name):
    for table in made(name)[1].tables:
        widths = [column.width for column in table.columns]
        assert sum(widths) <= word.text_width(lying=True) + len(widths) * 635


def test_a_part_for_the_workbook_is_not_printed():
    section = Section("x", "Alleen in Excel", tables=(locations_table(),), only_in_workbook=True)
    file = read(replace(board_paper(), sections=(Section("y", "Y"), section)))
    assert file.tables == [] and "Alleen in Excel" not in [p.text for p in file.paragraphs]


@pytest.mark.parametrize("name", PAPERS)
def test_made_twice_it_has_the_same_bytes(name):
    assert to_docx(PAPERS[name]()) == to_docx(PAPERS[name]())


@pytest.mark.parametrize("name", PAPERS)
def test_its_dates_are_those_of_what_it_knows(name):
    document, file = made(name)
    known = colophon.made_at(document.frame)
    assert file.core_properties.created == file.core_properties.modified == known
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_texts_are_texts():
    with zipfile.ZipFile(io.BytesIO(to_docx(PAPERS["hostile"]()))) as package:
        names = package.namelist()
        body = package.read("word/document.xml").decode()
    assert "<script>" not in body and "HYPERLINK(" in body
    assert not any("hyperlink" in package_name.lower() for package_name in names)
    assert "w:fldSimple" not in body and "w:instrText" not in body
    said = "\n".join(p.text for p in made("hostile")[1].paragraphs)
    assert all(text in said for text in HOSTILE)


def test_signs_xml_cannot_hold_are_left_out():
    text = Text("Kop\x07", "een\x0btwee\x00 \ud800drie\r\nvier", "A\ufffe")
    said = [p.text for p in read(with_section(Section("x", "X", texts=(text,)))).paragraphs]
    assert {"Kop", "eentwee drie\nvier", "A"} <= set(said)


def test_the_house_style_is_used():
    document = board_paper(HouseStyle(colour="#7a1f2b", font="Verdana"))
    file = read(document)
    assert str(file.styles["Heading 1"].font.color.rgb) == "7A1F2B"
    assert file.styles["Normal"].font.name == "Verdana"


def test_a_document_without_parts_is_a_file():
    file = read(Document("alv", "leeg", board_paper().frame, ()))
    assert file.paragraphs[0].text == board_paper().frame.title
