"""A Document as a Word file, to be pasted from: real headings, real tables, no pictures of text."""

import io

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from kpi.report import colophon, columns, word
from kpi.report.document import Cell, Chart, Document, Section, Table, Text, Tile
from kpi.report.office.package import LANGUAGE, settled
from kpi.report.word import write

TILES = Table("In het kort", ("Wat", "Cijfer", "Toelichting"), ())
PRINT = 874  # points times letters across the page: the print in which a table fits
LARGEST, SMALLEST = 9.5, 6.5


def to_docx(document: Document) -> bytes:
    """The paper as .docx, A4, in Dutch. Charts are their tables: Word would not keep them alive."""
    file = word.word_file(document.style)
    _properties(file, document)
    _head_and_foot(file, document)
    _front(file, document)
    for number, section in enumerate(document.for_paper):
        _section(file, document, section, new_page=section.starts_page and number > 0)
    _colophon(file, document)
    buffer = io.BytesIO()
    file.save(buffer)
    return settled(buffer.getvalue())


def _properties(file: WordFile, document: Document) -> None:
    frame, properties = document.frame, file.core_properties
    properties.title, properties.author = word.plain(frame.title), word.plain(frame.swv)
    properties.last_modified_by, properties.language = properties.author, LANGUAGE
    properties.comments = colophon.DEMO if frame.is_demo else ""
    properties.created = properties.modified = colophon.made_at(frame).replace(tzinfo=None)


def _head_and_foot(file: WordFile, document: Document) -> None:
    frame, section = document.frame, file.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        _to_the_right(paragraph, WD_TAB_LEADER.SPACES)
    write(head, frame.title, bold=True)
    if frame.is_demo:
        _demo_label(head, "\t")
    head.add_run().add_break()
    write(head, f"{frame.swv}, {frame.period}\t{colophon.state_text(frame)}")
    word.rule(head, "bottom", document.style.colour.lstrip("#"))
    write(foot, f"Bekend tot en met {colophon.known_text(frame)}\tpagina ")
    word.field(foot, "PAGE")
    write(foot, " van ")
    word.field(foot, "NUMPAGES")


def _to_the_right(paragraph: Paragraph, leader: WD_TAB_LEADER) -> None:
    """What follows a tab stands at the right edge."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(word.TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, leader)


def _demo_label(paragraph: Paragraph, before: str) -> None:
    run = write(paragraph, before + colophon.DEMO, bold=True)
    run.font.color.rgb = RGBColor.from_string(word.WARNING.upper())


def _front(file: WordFile, document: Document) -> None:
    frame = document.frame
    if document.style.logo:
        logo = file.add_paragraph()
        logo.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        picture = logo.add_run().add_picture(io.BytesIO(document.style.logo), height=Mm(14))
        word.describe(picture._inline, f"Logo van {frame.swv}")
    _paragraph(file, frame.title, "Title")
    _paragraph(file, f"{frame.swv}, {frame.period}", "Subtitle")
    state = _paragraph(file, f"Status: {colophon.state_text(frame)}")
    if frame.is_demo:
        _demo_label(state, "  ")
    _paragraph(file, f"Voor wie: {frame.audience}")
    if frame.notes:
        write(file.add_paragraph(), colophon.NOTES, bold=True)
        _notes(file, frame.notes)


def _section(file: WordFile, document: Document, section: Section, new_page: bool) -> None:
    heading = _paragraph(file, section.title, "Heading 1")
    heading.paragraph_format.page_break_before = new_page
    if section.sentence:
        _paragraph(file, section.sentence, word.LEAD)
    if section.tiles:
        _table(file, document, _tiles(section.tiles))
    if section.chart:
        _chart(file, document, section.chart)
    for table in section.tables:
        _table(file, document, table)
    for text in section.texts:
        _text(file, text)
    _notes(file, section.notes)
    _room(file, section)


def _tiles(tiles: tuple[Tile, ...]) -> Table:
    rows = tuple(tuple(map(Cell, tile)) for tile in tiles)
    return Table(TILES.title, TILES.headers, rows)


def _chart(file: WordFile, document: Document, chart: Chart) -> None:
    """The table of a chart, with the chart's sentence as its description."""
    _table(file, document, chart.twin, chart.alt)
    if chart.note:
        _paragraph(file, chart.note, word.NOTE)


def _table(file: WordFile, document: Document, table: Table, description: str = "") -> None:
    _paragraph(file, table.title, "Caption")
    made = file.add_table(1 + len(table.rows), len(table.headers))
    found, layout = columns.columns(table), columns.layout(table)
    size = max(SMALLEST, min(LARGEST, PRINT / layout.letters))
    headers = tuple(map(Cell, table.headers))
    # A table of Word is slow to search, so every row is asked for its cells once.
    for number, (row, cells) in enumerate(zip(made.rows, (headers, *table.rows), strict=True)):
        for place, cell, column in zip(row.cells, cells, found, strict=True):
            paragraph = place.paragraphs[0]
            paragraph.style = word.TABLE
            run = write(paragraph, cell.text, bold=number == 0)
            run.font.size = Pt(size) if size < LARGEST else None
            if column.is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                run.italic = (number > 0 and cell.value is None) or None
    widths = [round(share * word.TEXT_WIDTH) for share in layout.shares]
    word.dress(made, table.title, description or table.note, widths, document.style)
    _paragraph(file, table.note, word.NOTE)


def _text(file: WordFile, text: Text) -> None:
    _paragraph(file, text.heading, "Heading 2")
    body = _paragraph(file, text.body)
    body.paragraph_format.keep_together = True
    if text.by:
        body.paragraph_format.keep_with_next = True
        _paragraph(file, text.by, word.SIGNED)


def _notes(file: WordFile, notes: tuple[str, ...]) -> None:
    for note in notes:
        _paragraph(file, note, "List Bullet")


def _room(file: WordFile, section: Section) -> None:
    """Empty ruled lines for an answer."""
    if section.fill_heading:
        _paragraph(file, section.fill_heading, "Heading 2")
    for _ in range(section.lines_to_fill):
        line = file.add_paragraph(style=word.FILL)
        _to_the_right(line, WD_TAB_LEADER.DOTS)
        write(line, "\t")


def _colophon(file: WordFile, document: Document) -> None:
    frame = document.frame
    _paragraph(file, colophon.HEADING, "Heading 1")
    for label, text in colophon.facts(frame):
        fact = _paragraph(file, f"{label}: ")
        fact.runs[0].bold = True
        write(fact, text)
        fact.paragraph_format.space_after = Pt(1)
    if frame.definitions:
        _paragraph(file, colophon.DEFINITIONS, "Heading 2")
    for definition in frame.definitions:
        stated = _paragraph(file, colophon.definition_heading(definition) + ". ")
        stated.runs[0].bold = True
        write(stated, definition.text)


def _paragraph(file: WordFile, text: str, style: str = "Normal") -> Paragraph:
    paragraph = file.add_paragraph(style=style)
    write(paragraph, text)
    return paragraph
