"""The workbook: every figure in a typed cell, charts that follow cells, and never a formula."""

import io
import re
import time
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pytest
from filled import PAYLOADS, everywhere, long_paper
from openpyxl.utils import range_boundaries
from papers import PAPERS, board_paper, places_of_lines

from kpi.paper import colophon
from kpi.paper.forms.office import lines
from kpi.paper.forms.to_xlsx import to_xlsx
from kpi.paper.plain import plain

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def parts(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.fixture(scope="module", params=[*PAPERS, "long"])
def paper(request):
    document = long_paper() if request.param == "long" else PAPERS[request.param]()
    return document, to_xlsx(document)


def rows_of(sheet):
    return [[digits(cell.value) for cell in row] for row in sheet.iter_rows()]


def digits(value):
    """Excel keeps fifteen digits of a number."""
    return float(f"{value:.15g}") if isinstance(value, float) else value


def test_every_cell_of_every_table_is_there_with_its_type(paper):
    document, content = paper
    sheets = [rows_of(sheet) for sheet in opened(content)]
    for table in document.tables:
        wanted = [[plain(text) or None for text in table.headers]]
        wanted += [
            [plain(cell.text) or None if cell.value is None else digits(cell.value) for cell in row]
            for row in table.rows
        ]
        width = len(table.headers)
        assert any(
            [row[:width] for row in rows[start : start + len(wanted)]] == wanted
            for rows in sheets
            for start in range(len(rows))
        ), table.title


def test_numbers_have_the_look_of_the_screen(paper):
    document, content = paper
    formats = {
        (digits(cell.value), cell.number_format)
        for sheet in opened(content)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    }
    wanted = {
        (digits(cell.value), cell.number_format)
        for table in document.tables
        for row in table.rows
        for cell in row
        if cell.value is not None
    }
    assert wanted <= formats


def test_every_text_of_a_person_is_there(paper):
    document, content = paper
    found = {value for sheet in opened(content) for row in rows_of(sheet) for value in row}
    frame = document.frame
    wanted = [frame.title, *frame.notes, *(text for _, text in colophon.facts(frame))]
    wanted += [part for item in frame.definitions for part in (item.label, item.text)]
    for section in document.sections:
        wanted += [section.sentence, *section.notes]
        wanted += [part for tile in section.tiles for part in tile]
        wanted += [part for text in section.texts for part in text]
        wanted += [table.note for table in section.tables]
    missing = {plain(text) for text in wanted if text} - found
    assert not missing


def test_every_sheet_says_what_it_is(paper):
    document, content = paper
    frame, book = document.frame, opened(content)
    for sheet in book:
        top = "\n".join(str(value) for row in rows_of(sheet)[:3] for value in row if value)
        assert " ".join(plain(frame.period).split()) in top
        assert frame.status in top
        assert (colophon.DEMO in top) == frame.is_demo
        assert sheet.freeze_panes
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(sheet.page_setup.fitToHeight) == 0
    for name, xml in parts(content).items():
        if name.startswith("xl/worksheets/sheet"):
            header, footer = (re.search(f"<odd{at}>(.*?)</odd{at}>", xml, re.S).group(1)
                              for at in ("Header", "Footer"))  # fmt: skip
            assert "pagina &amp;P van &amp;N" in footer
            assert (colophon.DEMO in header) == frame.is_demo
            assert all(len(text) < 255 for text in (header, footer))


def test_charts_follow_cells_that_hold_their_values(paper):
    document, content = paper
    drawn = [chart for chart in document.charts if lines.stretches(chart, document.style)]
    book, files = opened(content), parts(content)
    xml = [text for name, text in files.items() if name.startswith("xl/charts/chart")]
    assert len(xml) == len(drawn)
    for chart, root in zip(drawn, map(ElementTree.fromstring, xml), strict=True):
        together = [[None] * len(chart.categories) for _ in chart.lines]
        ordered = sorted(
            root.iter(f"{C}ser"), key=lambda ser: int(ser.find(f"{C}order").get("val"))
        )
        for n, series in zip(places_of_lines(chart, document.style), ordered, strict=True):
            names = _cells(book, series.find(f"{C}cat"))
            values = _cells(book, series.find(f"{C}val"))
            assert names == [plain(name) for name in chart.categories]
            assert all(value is None or isinstance(value, int | float) for value in values)
            assert _cached(series.find(f"{C}val")) == [v for v in values if v is not None]
            for place, value in enumerate(values):
                if value is not None:
                    together[n][place] = value
        assert together == [list(line.values) for line in chart.lines]
        assert root.find(f".//{C}dispBlanksAs").get("val") == "gap"
        assert root.find(f"{C}lang").get("val") == "nl-NL"


def _cells(book, reference):
    sheet, cells = reference.find(f".//{C}f").text.rsplit("!", 1)
    sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    return [book[sheet].cell(row, column).value
            for row in range(top, bottom + 1) for column in range(left, right + 1)]  # fmt: skip


def _cached(values):
    return [float(point.find(f"{C}v").text) for point in values.iter(f"{C}pt")]


def test_a_chart_whose_twin_holds_words_gets_series_with_empty_cells():
    content = to_xlsx(board_paper())
    (sheet,) = (sheet for sheet in opened(content) if sheet.title == "Reeksen bij de grafieken")
    assert any("Thuiszitters langer dan" in str(value) for row in rows_of(sheet) for value in row)


def test_a_chart_whose_twin_holds_only_numbers_refers_to_the_twin():
    document = board_paper()
    (section,) = (section for section in document.sections if section.id == "reserve")
    chart = replace(section.chart, lines=section.chart.lines[:1])
    content = to_xlsx(replace(document, sections=(replace(section, chart=chart),)))
    (xml,) = (text for name, text in parts(content).items() if "/charts/" in name)
    assert "'Reserve en signaleringswaarde'!$B$" in xml
    assert "Reeksen bij de grafieken" not in opened(content).sheetnames


def test_every_chart_has_its_sentence(paper):
    document, content = paper
    drawn = [
        plain(chart.alt) for chart in document.charts if lines.stretches(chart, document.style)
    ]
    found = [
        node.get("descr")
        for name, xml in parts(content).items()
        if name.startswith("xl/drawings/drawing")
        for node in ElementTree.fromstring(xml).iter()
        if node.tag.endswith("cNvPr")
    ]
    assert sorted(found) == sorted(drawn)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link(payload):
    document = everywhere(payload)
    content = to_xlsx(document)
    cells = [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in "fe"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    # Exactly as it was typed, and a text: never a number, a date or a truth.
    same = [cell for cell in cells if cell.value == plain(payload)]
    assert len(same) > 50 and {cell.data_type for cell in same} == {"s"}
    sheets = {sheet.title for sheet in opened(content)}
    for name, xml in parts(content).items():
        assert "<f>" not in xml or "/charts/" in name
        assert "<hyperlink" not in xml
        assert 'TargetMode="External"' not in xml
        assert "externalLink" not in name and "vbaProject" not in name
        if "/charts/" in name:
            for node in ElementTree.fromstring(xml).iter(f"{C}f"):
                sheet = node.text.rsplit("!", 1)[0].strip("'").replace("''", "'")
                assert sheet in sheets


def test_made_twice_it_is_equal():
    first = to_xlsx(board_paper())
    time.sleep(2.1)  # longer than the step of the clock in a zip
    assert to_xlsx(board_paper()) == first
    assert opened(first).properties.created.isoformat() == "2026-10-09T12:05:00"


def test_another_figure_makes_another_file():
    document = board_paper()
    assert to_xlsx(document) != to_xlsx(replace(document, sections=document.sections[:-1]))


def test_a_part_for_the_workbook_only_is_in_it():
    document = board_paper()
    sections = tuple(replace(section, only_in_workbook=True) for section in document.sections)
    assert len(opened(to_xlsx(replace(document, sections=sections))).sheetnames) == 10
