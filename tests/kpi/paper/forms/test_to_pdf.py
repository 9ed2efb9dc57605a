"""The printed paper: everything is on it, literally, for eyes and for screen readers."""

import io
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
import typst
from papers import HOSTILE, PAPERS, board_paper, locations_table, number
from pypdf import PdfReader

from kpi.meaning.house_style import HouseStyle
from kpi.paper import colophon
from kpi.paper.document import Cell, Document, Section, Table, Text
from kpi.paper.forms import to_pdf

A4 = (595, 842)


@lru_cache
def made(name):
    document = PAPERS[name]()
    return document, read(document)


def read(document):
    return PdfReader(io.BytesIO(to_pdf.to_pdf(document)))


def squeezed(text):
    """Without white space: where lines are broken says nothing."""
    return "".join(text.split())


@lru_cache
def pages(name):
    return tuple(squeezed(page.extract_text()) for page in made(name)[1].pages)


def with_section(section):
    return replace(board_paper(), sections=(section,))


def is_known(line):
    return any(value is not None for value in line.values)


def is_drawn(chart):
    return any(map(is_known, chart.lines))


def texts_of(document):
    """Every text that must be on paper, cells of tables included."""
    for section in document.for_paper:
        yield from (section.title, section.sentence, section.fill_heading, *section.notes)
        for tile in section.tiles:
            yield from tile
        for text in section.texts:
            yield from text.body.split("\n")
            yield from (text.heading, text.by)
        if section.chart:
            yield from (section.chart.title, section.chart.note)
            yield section.chart.unit if is_drawn(section.chart) else ""
            yield from (line.name for line in section.chart.lines if is_known(line))
    for table in document.tables:
        yield from (*table.headers, table.note, *(cell.text for row in table.rows for cell in row))
    for label, text in colophon.facts(document.frame):
        yield from (label, text)
    for definition in document.frame.definitions:
        yield from (colophon.definition_heading(definition), definition.text)
    yield from (document.frame.title, *document.frame.notes)


@pytest.mark.parametrize("name", PAPERS)
def test_every_text_and_every_cell_is_on_paper(name):
    document, _ = made(name)
    everything = "".join(pages(name))
    wanted = Counter(squeezed(text) for text in texts_of(document) if text)
    assert {text: count for text, count in wanted.items() if everything.count(text) < count} == {}


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_says_which_page_it_is_and_what_paper_it_belongs_to(name):
    document, reader = made(name)
    frame = document.frame
    stated = (frame.title, frame.swv, frame.period, colophon.state_text(frame))
    for place, page in enumerate(pages(name), start=1):
        assert f"pagina{place}van{len(reader.pages)}" in page
        assert all(squeezed(text) in page for text in stated)
        assert (colophon.DEMO.replace(" ", "") in page) is frame.is_demo


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_an_a4_in_dutch_with_the_date_of_what_it_knows(name):
    document, reader = made(name)
    assert reader.trailer["/Root"]["/Lang"] == "nl-NL"
    assert reader.metadata.title == document.frame.title
    assert reader.metadata.creation_date == colophon.made_at(document.frame)
    for page in reader.pages:
        assert sorted(round(float(side)) for side in page.mediabox[2:]) == sorted(A4)


def tags(reader):
    """Every element a screen reader meets, in order: (kind, alternative text)."""

    def walk(node):
        if "/S" in node:
            yield node["/S"], str(node.get("/Alt", ""))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            found = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(found, dict):
                yield from walk(found)

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]))


@pytest.mark.parametrize("name", PAPERS)
def test_a_screen_reader_meets_headings_tables_and_described_charts(name):
    document, reader = made(name)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    found = tags(reader)
    kinds = Counter(kind for kind, _ in found)
    tables = list(document.tables)
    assert kinds["/Table"] == len(tables)
    assert kinds["/TH"] == sum(len(table.headers) for table in tables)
    assert kinds["/TD"] == sum(len(table.headers) * len(table.rows) for table in tables)
    assert kinds["/H1"] == len(document.for_paper) + 1
    described = {alt for kind, alt in found if kind == "/Figure"}
    assert {chart.alt for chart in document.charts if is_drawn(chart)} <= described


def test_the_same_paper_made_twice_has_the_same_bytes():
    assert to_pdf.to_pdf(board_paper()) == to_pdf.to_pdf(board_paper())


def test_another_paper_has_other_bytes():
    document = board_paper()
    other = replace(document, frame=replace(document.frame, known_on="2026-10-10T09:00:00+02:00"))
    assert to_pdf.to_pdf(document) != to_pdf.to_pdf(other)


def test_no_text_is_taken_for_code():
    everything = "".join(pages("hostile"))
    for text in HOSTILE:
        assert everything.count(squeezed(text)) >= 8


def test_the_template_can_reach_nothing_but_its_own_data():
    template = to_pdf.TEMPLATE.read_text(encoding="utf-8")
    assert not any(
        word in template for word in ("@preview", "#import", "#include", "eval(", "http")
    )


def test_signs_no_font_has_become_a_box_instead_of_a_failure():
    words = "blij 😀 met 中文 en \x07\x00 bel ok"
    (page, *_) = read(with_section(Section("x", "X", texts=(Text("K", words),)))).pages
    assert squeezed("blij □ met □□ en bel ok") in squeezed(page.extract_text())


def test_a_long_table_says_its_headers_on_every_page():
    table = locations_table(130)
    reader = read(with_section(Section("x", "X", tables=(table,))))
    with_rows = [text for page in reader.pages if "Locatie" in (text := page.extract_text())]
    assert len(with_rows) >= 3
    assert all("Verschil met" in text for text in with_rows)


def test_a_wide_table_lies_on_its_side_and_the_rest_stands():
    headers = tuple(f"Onderwijsondersteuning {n}" for n in range(7))
    table = Table("Breed", headers, (tuple(number(n * 1_000_000) for n in range(7)),))
    document = replace(
        board_paper(),
        sections=(Section("a", "Smal"), Section("b", "Breed", tables=(table,)), Section("c", "C")),
    )
    lies = [page.mediabox.width > page.mediabox.height for page in read(document).pages]
    assert lies == [False, True, False]


def test_a_part_for_the_workbook_is_not_printed():
    section = Section("x", "Alleen in Excel", tables=(locations_table(),), only_in_workbook=True)
    document = replace(board_paper(), sections=(Section("y", "Y"), section))
    text = "".join(page.extract_text() for page in read(document).pages)
    assert "Alleen in Excel" not in text and "Locatie 01" not in text


def test_an_answer_has_its_lines():
    def drawn(count):
        section = Section("x", "X", fill_heading="Uw antwoord", lines_to_fill=count)
        page = read(with_section(section)).pages[0]
        return page.get_contents().get_data().split().count(b"S")

    assert [drawn(count) - drawn(0) for count in (1, 12)] == [1, 12]


def test_the_house_style_is_used():
    plain, styled = (
        to_pdf.to_pdf(board_paper(HouseStyle(colour=colour))) for colour in ("#1f4e79", "#7a1f2b")
    )
    assert plain != styled
    assert board_paper().style.logo and "/Figure" in dict(tags(read(board_paper())))
    logos = [alt for kind, alt in tags(read(board_paper())) if alt.startswith("Logo van")]
    assert logos == ["Logo van SWV VO Voorbeeldstad (verzonnen)"]


def test_a_font_that_is_not_installed_does_no_harm():
    document = board_paper(HouseStyle(font="Bestaat Niet Sans"))
    assert len(read(document).pages) == len(made("board")[1].pages)


def test_a_logo_that_is_no_picture_is_an_error():
    with pytest.raises(typst.TypstError):
        to_pdf.to_pdf(board_paper(HouseStyle(logo=b"\x89PNG\r\n\x1a\nniets")))


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    to_pdf.to_pdf(board_paper())
    assert list(Path(tmp_path).iterdir()) == []


def test_a_document_without_parts_is_a_paper():
    document = Document("alv", "leeg", board_paper().frame, ())
    assert colophon.HEADING in read(document).pages[0].extract_text()


def test_a_cell_keeps_its_own_spelling():
    cells = (Cell("coördinatie"), Cell("fi fl ffi"), Cell("−1,5"), Cell("Ĳ"))
    table = Table("T", ("a", "b", "c", "d"), (cells,))
    text = read(with_section(Section("x", "X", tables=(table,)))).pages[0].extract_text()
    assert all(cell.text in text for cell in cells)
