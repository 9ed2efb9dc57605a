"""The presentation: every cell in a native table, charts with their numbers, nothing overflows."""

import io
import re
import time
import zipfile
from dataclasses import replace
from itertools import combinations

import openpyxl
import pytest
from filled import PAYLOADS, everywhere, long_paper
from lxml import etree
from papers import PAPERS, board_paper, places_of_lines
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from kpi.meaning.house_style import HouseStyle
from kpi.paper import colophon
from kpi.paper.forms.office import lines, room
from kpi.paper.forms.to_pptx import to_pptx
from kpi.paper.plain import plain

WIDE, HIGH = 960, 540
BESIDE_EACH_OTHER = {"Logo", "Achtergrond van het logo"}  # on each other on purpose


@pytest.fixture(scope="module", params=[*PAPERS, "long"])
def paper(request):
    document = long_paper() if request.param == "long" else PAPERS[request.param]()
    return document, opened(to_pptx(document))


def opened(content):
    return Presentation(io.BytesIO(content))


def tables(presentation):
    return [shape.table for slide in presentation.slides for shape in slide.shapes
            if shape.has_table]  # fmt: skip


def charts(presentation):
    return [shape for slide in presentation.slides for shape in slide.shapes if shape.has_chart]


def texts(presentation):
    """Every text on the slides; a text over more paragraphs as one."""
    found = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def shown(document):
    return [section for section in document.sections if not section.only_in_workbook]


def test_every_row_of_every_table_is_there_below_its_header(paper):
    document, presentation = paper
    native = [[[cell.text for cell in row.cells] for row in table.rows]
              for table in tables(presentation)]  # fmt: skip
    for section in shown(document):
        twin = (section.chart.twin,) if section.chart else ()
        for table in (*twin, *section.tables):
            header = [plain(text) for text in table.headers]
            mine = [row for rows in native if rows[0] == header for row in rows[1:]]
            for row in table.rows:
                assert [plain(cell.text) for cell in row] in mine, table.title


def test_too_many_columns_go_on_in_a_next_table():
    document = board_paper()
    table = document.sections[3].tables[0]
    rows = tuple((row[0], *row[1:] * 4) for row in table.rows)
    wide = replace(table, headers=(table.headers[0], *table.headers[1:] * 4), rows=rows)
    section = replace(document.sections[0], tables=(wide,))
    found = tables(opened(to_pptx(replace(document, sections=(section,)))))[:-1]
    assert len(found) > 1
    assert {grid.cell(1, 0).text for grid in found} == {"Totale bruto baten"}
    cells = [grid.cell(1, place).text for grid in found for place in range(1, len(grid.columns))]
    assert cells == [cell.text for cell in rows[0][1:]]


def test_charts_are_native_with_the_right_numbers(paper):
    document, presentation = paper
    drawn = [section.chart for section in shown(document)
             if section.chart and lines.stretches(section.chart, document.style)]  # fmt: skip
    assert len(charts(presentation)) == len(drawn)
    for chart, shape in zip(drawn, charts(presentation), strict=True):
        native = shape.chart
        series = sorted((one for plot in native.plots for one in plot.series), key=_order)
        pieces = lines.stretches(chart, document.style)
        together = [[None] * len(chart.categories) for _ in chart.lines]
        of_line = places_of_lines(chart, document.style)
        for piece, one, n in zip(pieces, series, of_line, strict=True):
            assert one.name == plain(piece.name)
            assert list(one.values) == list(piece.values)
            for place, value in enumerate(one.values):
                if value is not None:
                    together[n][place] = value
        assert together == [list(line.values) for line in chart.lines]
        assert list(native.plots[0].categories) == [plain(name) for name in chart.categories]
        _behind_it_is_the_same(native, chart, pieces)


def _order(series):
    return int(series._element.find("{*}order").get("val"))


def _behind_it_is_the_same(native, chart, pieces):
    """What a colleague sees who chooses "Gegevens bewerken"."""
    book = openpyxl.load_workbook(io.BytesIO(native.part.chart_workbook.xlsx_part.blob))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[0] for row in rows[1:]] == [plain(name) or None for name in chart.categories]
    for place, piece in enumerate(pieces, start=1):
        assert [row[place] for row in rows[1:]] == list(piece.values)
    assert not [c for row in book.active.iter_rows() for c in row if c.data_type == "f"]


def test_who_cannot_see_it_gets_the_sentence(paper):
    document, presentation = paper
    drawn = [section.chart.alt for section in shown(document)
             if section.chart and lines.stretches(section.chart, document.style)]  # fmt: skip
    found = [_alt(shape) for shape in charts(presentation)]
    assert found == [plain(alt) for alt in drawn]
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_table or shape.shape_type == 13:
                assert _alt(shape) is not None


def _alt(shape):
    return next(shape._element.iter("{*}cNvPr")).get("descr")


def test_every_text_of_a_person_is_there(paper):
    document, presentation = paper
    found = texts(presentation)
    frame = document.frame
    wanted = [frame.title, frame.swv, *frame.notes, *(text for _, text in colophon.facts(frame))]
    wanted += [part for item in frame.definitions for part in (item.kpi, item.label, item.text)]
    for section in shown(document):
        wanted += [section.title, section.sentence, *section.notes, section.fill_heading]
        wanted += [part for tile in section.tiles for part in tile]
        wanted += [part for text in section.texts for part in text]
        wanted += [part for table in section.tables for part in (table.title, table.note)]
        wanted += [section.chart.note] if section.chart else []
    assert [text for text in wanted if plain(text) not in found] == []


def test_a_text_longer_than_any_slide_is_still_there_in_full():
    document = board_paper()
    section = document.sections[1]
    words = " ".join(f"woord{number}" for number in range(1500))
    longer = replace(section, texts=(section.texts[0]._replace(body=words),), sentence=words)
    presentation = opened(to_pptx(replace(document, sections=(longer,))))
    found = texts(presentation)
    assert all(word in found for word in words.split())
    assert "Volledige teksten" in found
    check_room(presentation, document.style.font)


def test_every_slide_says_what_it_is(paper):
    document, presentation = paper
    frame = document.frame
    for number, slide in enumerate(presentation.slides, start=1):
        kinds = {holder.placeholder_format.type: holder for holder in slide.placeholders}
        footer = kinds[PP_PLACEHOLDER.FOOTER].text_frame.text
        stated = (frame.swv, frame.period, colophon.state_text(frame))
        whole = plain(" · ".join(stated)).replace("\n", " ")
        assert footer == whole or whole.startswith(footer.removesuffix("…"))
        assert 'type="slidenum"' in _xml(kinds[PP_PLACEHOLDER.SLIDE_NUMBER])
        assert slide.shapes.title.text_frame.text
        labels = [shape.text_frame.text for shape in slide.shapes if shape.name == "Verzonnen"]
        assert labels == ([colophon.DEMO] if frame.is_demo else []), number
        ids = [node.get("id") for node in slide._element.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids))
    first = presentation.slides[0]
    assert first.shapes.title.text_frame.text == plain(frame.title)


def _xml(shape):
    return etree.tostring(shape._element).decode()


def test_speaker_notes_carry_the_sentence_and_the_alternative():
    presentation = opened(to_pptx(board_paper()))
    spoken = [slide.notes_slide.notes_text_frame.text for slide in presentation.slides
              if slide.has_notes_slide]  # fmt: skip
    for section in board_paper().sections:
        alt = section.chart.alt if section.chart else ""
        assert any(section.sentence in said and alt in said for said in spoken)


def test_nothing_overflows_or_lies_on_something_else(paper):
    document, presentation = paper
    check_room(presentation, document.style.font)


@pytest.mark.parametrize("font", ["Verdana", "Calibri"])
def test_nothing_overflows_in_another_font(font):
    document = replace(long_paper(), style=HouseStyle(font=font))
    check_room(opened(to_pptx(document)), font)


def check_room(presentation, font):
    for number, slide in enumerate(presentation.slides, start=1):
        boxes = []
        for shape in slide.shapes:
            left, top = shape.left / Pt(1), shape.top / Pt(1)
            wide, high = shape.width / Pt(1), shape.height / Pt(1)
            if shape.has_table:
                high = _check_table(shape.table, font)
            elif shape.has_text_frame and shape.text_frame.text.strip():
                needed = _needed(shape.text_frame, wide, font)
                assert needed <= high + 0.6, (number, shape.name, needed, high)
            assert left >= -0.1 and top >= -0.1, (number, shape.name)
            assert left + wide <= WIDE + 0.1 and top + high <= HIGH + 0.1, (number, shape.name)
            boxes.append((shape.name, left, top, left + wide, top + high))
        for one, other in combinations(boxes, 2):
            if {one[0], other[0]} & BESIDE_EACH_OTHER:
                continue
            across = min(one[3], other[3]) - max(one[1], other[1])
            down = min(one[4], other[4]) - max(one[2], other[2])
            assert across <= 1 or down <= 1, (number, one, other)


def _check_table(table, font):
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            edges = (cell.margin_top + cell.margin_bottom) / Pt(1)
            inside = (column.width - cell.margin_left - cell.margin_right) / Pt(1)
            needed = _height(cell.text_frame, inside, font)
            assert needed + edges <= row.height / Pt(1) + 0.6, (cell.text, needed, row.height)
    return sum(row.height for row in table.rows) / Pt(1)


def _needed(frame, wide, font):
    edges = (frame.margin_top + frame.margin_bottom) / Pt(1)
    sides = (frame.margin_left + frame.margin_right) / Pt(1)
    return _height(frame, wide - sides, font) + edges


def _height(frame, wide, font):
    total = 0.0
    for line in frame.paragraphs:
        size = line.runs[0].font.size.pt if line.runs else 0
        bold = bool(line.runs and line.runs[0].font.bold)
        total += room.height(line.text, size, wide, bold, font)
        total += line.space_before.pt if line.space_before else 0
    return total


def test_every_text_is_dutch(paper):
    document, _ = paper
    archive = zipfile.ZipFile(io.BytesIO(to_pptx(document)))
    seen = 0
    for name in archive.namelist():
        if re.match(r"ppt/(slides|notesSlides|slideLayouts|slideMasters|charts)/[^/]+\.xml", name):
            xml = archive.read(name).decode()
            assert set(re.findall(r'\blang="([^"]*)"', xml)) <= {"nl-NL"}, name
            assert not re.search(r"<a:r>(?!<a:rPr[^>]*lang=)", xml), name
            seen += xml.count('lang="nl-NL"')
    assert seen > 10
    assert "<dc:language>nl-NL</dc:language>" in archive.read("docProps/core.xml").decode()


def test_the_house_style_is_the_theme():
    style = HouseStyle(colour="#8a1538", font="Verdana")
    archive = zipfile.ZipFile(io.BytesIO(to_pptx(replace(board_paper(), style=style))))
    theme = archive.read("ppt/theme/theme1.xml").decode()
    assert '<a:accent1><a:srgbClr val="8A1538"/></a:accent1>' in theme
    assert theme.count('<a:latin typeface="Verdana"') == 2


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link(payload):
    document = board_paper()
    content = to_pptx(everywhere(payload, replace(document, sections=document.sections[:-1])))
    presentation = opened(content)
    check_room(presentation, "")
    assert plain(payload).strip() in texts(presentation)
    for shape in charts(presentation):
        blob = shape.chart.part.chart_workbook.xlsx_part.blob
        behind = zipfile.ZipFile(io.BytesIO(blob))
        for name in behind.namelist():
            xml = behind.read(name).decode("utf-8", "replace")
            assert "<f>" not in xml and "<hyperlink" not in xml and "External" not in xml
    archive = zipfile.ZipFile(io.BytesIO(content))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            xml = archive.read(name).decode()
            assert "hlinkClick" not in xml and 'TargetMode="External"' not in xml
            for formula in re.findall(r"<c:f>(.*?)</c:f>", xml):
                assert re.fullmatch(r"Sheet1!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", formula)


def test_made_twice_it_is_equal():
    first = to_pptx(board_paper())
    time.sleep(2.1)  # longer than the step of the clock in a zip
    assert to_pptx(board_paper()) == first
    made = opened(first).core_properties
    assert made.created.replace(tzinfo=None).isoformat() == "2026-10-09T12:05:00"
    assert made.modified == made.created


def test_a_part_for_the_workbook_only_is_not_on_a_slide():
    document = board_paper()
    *others, last = document.sections
    hidden = replace(document, sections=(*others, replace(last, only_in_workbook=True)))
    assert "Locatie 03 van de scholengroep" in texts(opened(to_pptx(document)))
    assert "Locatie 03 van de scholengroep" not in texts(opened(to_pptx(hidden)))
