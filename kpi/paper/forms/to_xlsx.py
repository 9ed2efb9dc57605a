"""A paper as an Excel workbook: every figure as a number, with its definitions and charts."""

import io
from typing import NamedTuple

from xlsxwriter.workbook import Workbook

from kpi.paper import colophon
from kpi.paper.document import Cell, Chart, Document, Section, Table
from kpi.paper.forms.office import lines, sheet_chart
from kpi.paper.forms.office.lines import Stretch
from kpi.paper.forms.office.package import SAFELY, settled
from kpi.paper.forms.office.sheet import QUIET, Book, PlacedTable, SheetWriter
from kpi.paper.forms.office.sheet_names import sheet_names
from kpi.paper.plain import plain

ABOUT, DEFINITIONS = "Over dit bestand", "Definities"


def to_xlsx(document: Document) -> bytes:
    """The paper as bytes of an xlsx file; made twice, the same bytes."""
    target = io.BytesIO()
    workbook = Workbook(target, SAFELY)
    frame = document.frame
    workbook.set_properties(
        {
            "title": plain(frame.title),
            "subject": plain(frame.period),
            "author": plain(frame.swv),
            "comments": colophon.DEMO if frame.is_demo else "",
            "created": colophon.made_at(frame).replace(tzinfo=None),
        }
    )
    book = Book(workbook, document)
    reserved = (ABOUT, DEFINITIONS, sheet_chart.HEADING)
    names = sheet_names((section.title for section in document.sections), reserved)
    _about(book, names)
    waiting: list[_Waiting] = []
    for section, name in zip(document.sections, names, strict=True):
        waiting += _section(book, section, name)
    _charts(book, waiting)
    _definitions(book)
    workbook.close()
    return settled(target.getvalue())


class _Waiting(NamedTuple):
    """A chart that comes beside its twin once every sheet is there."""

    sheet: SheetWriter
    chart: Chart
    twin: PlacedTable
    pieces: tuple[Stretch, ...]


def _about(book: Book, names: list[str]) -> None:
    """The first sheet: what this file is, what to keep in mind, and where to find what."""
    document, frame = book.document, book.document.frame
    rows = tuple((Cell(label), Cell(text)) for label, text in colophon.facts(frame))
    contents = tuple(
        (Cell(name), Cell(section.title))
        for name, section in zip(names, document.sections, strict=True)
    )
    used = tuple(
        (Cell(item.kpi), Cell(f"{item.label} (versie {item.version})"))
        for item in frame.definitions
    )
    facts = Table(colophon.HEADING, ("Wat", "Waarde"), rows)
    tables = [
        Table("Bladen", ("Blad", "Onderwerp"), contents),
        Table(colophon.DEFINITIONS, ("KPI", "Definitie"), used),
    ]
    sheet = SheetWriter(book, ABOUT, (facts, *tables))
    sheet.opening(frame.title)
    sheet.table(facts)
    sheet.listing(colophon.NOTES, frame.notes)
    for table in filter(lambda table: table.rows, tables):
        sheet.table(table)
    sheet.freeze(())


def _section(book: Book, section: Section, name: str) -> list[_Waiting]:
    """The sheet of a section; what it returns is the chart that belongs on it."""
    chart, waiting = section.chart, []
    tables, tiles = section.every_table, section.tiles_table
    sheet = SheetWriter(book, name, (*tables, *tiles))
    sheet.opening(section.title)
    sheet.paragraph(section.sentence, font_size=12, bold=True)
    placed = []
    for table in tables:
        placed.append(sheet.table(table))
        if chart and table is chart.twin:
            pieces = lines.stretches(chart, book.style)
            waiting += [_Waiting(sheet, chart, placed[0], pieces)] if pieces else []
            # The chart stands beside its twin; what follows comes below both.
            sheet.row = max(sheet.row, placed[0].header + sheet_chart.ROWS * bool(pieces))
            sheet.paragraph(chart.note, font_size=9, font_color=QUIET)
    for table in tiles:
        sheet.table(table)
    for text in section.texts:
        sheet.heading(text.heading)
        sheet.paragraph(text.body)
        sheet.paragraph(text.by, italic=True, font_color=QUIET)
    sheet.empty_lines(section.fill_heading, section.lines_to_fill)
    sheet.listing(colophon.NOTES, section.notes)
    sheet.freeze(placed)
    return waiting


def _charts(book: Book, waiting: list[_Waiting]) -> None:
    """Every chart, from the cells of its twin or else from a series on a sheet of their own."""
    found = [sheet_chart.in_twin(one.sheet, one.chart, one.twin, one.pieces) for one in waiting]
    without = [one for one, ranges in zip(waiting, found, strict=True) if ranges is None]
    series = _series_sheet(book, without) if without else None
    for one, ranges in zip(waiting, found, strict=True):
        if ranges is None and series:
            ranges = sheet_chart.in_series(series, one.chart, one.pieces)
        sheet_chart.add_chart(one.sheet, one.chart, one.pieces, ranges or [], one.twin)
    if series:
        series.freeze(())


def _series_sheet(book: Book, without: list[_Waiting]) -> SheetWriter:
    shapes = [sheet_chart.series_table(one.chart, one.pieces) for one in without]
    sheet = SheetWriter(book, sheet_chart.HEADING, shapes)
    sheet.opening(sheet_chart.HEADING)
    sheet.paragraph(sheet_chart.REASON)
    return sheet


def _definitions(book: Book) -> None:
    table = colophon.definitions(book.document.frame)
    sheet = SheetWriter(book, DEFINITIONS, (table,))
    sheet.opening(DEFINITIONS)
    sheet.freeze((sheet.table(table),))
