"""A Document as a Word file, to be pasted from: real headings, real tables, no pictures of text."""

import io
from dataclasses import dataclass, replace

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from kpi.paper import colophon, columns
from kpi.paper.document import Cell, Chart, Document, Section, Table, Text
from kpi.paper.forms import word
from kpi.paper.forms.office.package import LANGUAGE, settled
from kpi.paper.forms.word import write


@dataclass(frozen=True)
class Page:
    """The page that is being written; lying: on its side, for tables that are too wide."""

    file: WordFile
    document: Document
    lying: bool = False

    @property
    def width(self) -> int:
        """The room for text, in EMU."""
        return word.text_width(self.lying)


def to_docx(document: Document) -> bytes:
    """The paper as .docx, A4, in Dutch. Charts are their tables: Word would not keep them alive."""
    file = word.word_file(document.style, document.is_brief)
    sheet = Page(file, document)
    _properties(file, document)
    _head_and_foot(sheet)
    _front(sheet)
    for number, section in enumerate(document.for_paper):
        sheet, is_turned = _turned(sheet, columns.lies(section))
        _section(sheet, section, section.starts_page and number > 0 and not is_turned)
    sheet = _turned(sheet, False)[0]
    if document.is_brief:
        _in_short(sheet)
    else:
        _colophon(sheet)
    buffer = io.BytesIO()
    file.save(buffer)
    return settled(buffer.getvalue())


def _turned(sheet: Page, lying: bool) -> tuple[Page, bool]:
    """A new page on its other side, if that is not how it lies already."""
    if lying == sheet.lying:
        return sheet, False
    turned = replace(sheet, lying=lying)
    word.turn(sheet.file, lying)
    _head_and_foot(turned)
    return turned, True


def _properties(file: WordFile, document: Document) -> None:
    frame, properties = document.frame, file.core_properties
    properties.title, properties.author = word.plain(frame.title), word.plain(frame.swv)
    properties.last_modified_by, properties.language = properties.author, LANGUAGE
    properties.comments = colophon.DEMO if frame.is_demo else ""
    properties.created = properties.modified = colophon.made_at(frame).replace(tzinfo=None)


def _head_and_foot(sheet: Page) -> None:
    frame, section = sheet.document.frame, sheet.file.sections[-1]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        _to_the_right(paragraph, sheet.width, WD_TAB_LEADER.SPACES)
    write(head, frame.title, bold=True)
    if frame.is_demo:
        _demo_label(head, "\t")
    head.add_run().add_break()
    write(head, f"{frame.swv}, {frame.period}\t{colophon.state_text(frame)}")
    word.rule(head, sheet.document.style.colour)
    write(foot, f"Bekend tot en met {colophon.known_text(frame)}\tpagina ")
    word.field(foot, "PAGE")
    write(foot, " van ")
    word.field(foot, "NUMPAGES")


def _to_the_right(paragraph: Paragraph, width: int, leader: WD_TAB_LEADER) -> None:
    """What follows a tab stands at the right edge."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT, leader)


def _demo_label(paragraph: Paragraph, before: str) -> None:
    run = write(paragraph, before + colophon.DEMO, bold=True)
    run.font.color.rgb = RGBColor.from_string(word.WARNING.upper())


def _front(sheet: Page) -> None:
    file, frame, logo_png = sheet.file, sheet.document.frame, sheet.document.style.logo
    if logo_png:
        logo = file.add_paragraph()
        logo.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        picture = logo.add_run().add_picture(io.BytesIO(logo_png), height=Mm(14))
        word.describe(picture._inline, f"Logo van {frame.swv}")
    _paragraph(file, frame.title, "Title")
    _paragraph(file, f"{frame.swv}, {frame.period}", "Subtitle")
    state = _paragraph(file, f"Status: {colophon.state_text(frame)}")
    if frame.is_demo:
        _demo_label(state, "  ")
    _paragraph(file, f"Voor wie: {frame.audience}")
    if frame.notes and not sheet.document.is_brief:
        write(file.add_paragraph(), colophon.NOTES, bold=True)
        _notes(file, frame.notes)


def _section(sheet: Page, section: Section, new_page: bool) -> None:
    file = sheet.file
    heading = _paragraph(file, section.title, "Heading 1")
    heading.paragraph_format.page_break_before = new_page
    if section.sentence:
        _paragraph(file, section.sentence, word.LEAD)
    for table in section.tiles_table:
        _table(sheet, table)
    if section.chart:
        _chart(sheet, section.chart)
    for table in section.tables:
        _table(sheet, table)
    for text in section.texts:
        _text(file, text)
    _notes(file, section.notes)
    _room(sheet, section)


def _chart(sheet: Page, chart: Chart) -> None:
    """The table of a chart, with the chart's sentence as its description."""
    _table(sheet, chart.twin, chart.alt)
    if chart.note:
        _paragraph(sheet.file, chart.note, word.NOTE)


def _table(sheet: Page, table: Table, description: str = "") -> None:
    if table.title:
        _paragraph(sheet.file, table.title, "Caption")
    made = sheet.file.add_table(1 + len(table.rows), len(table.headers))
    layout = columns.layout(table, sheet.lying)
    headers = tuple(map(Cell, table.headers))
    found = columns.columns(table)
    for number, (row, cells) in enumerate(zip(made.rows, (headers, *table.rows), strict=True)):
        for place, cell, column in zip(row.cells, cells, found, strict=True):
            _cell(place.paragraphs[0], cell, column, layout.points, is_header=number == 0)
    widths = [round(share * sheet.width) for share in layout.shares]
    word.dress(made, table.title, description or table.note, widths, sheet.document.style)
    below = _paragraph(sheet.file, table.note, word.NOTE)
    if sheet.document.is_brief and not table.note:
        word.shrink(below)


def _cell(
    paragraph: Paragraph, cell: Cell, column: columns.ColumnWidth, points: float, is_header: bool
) -> None:
    paragraph._p.style = word.TABLE  # by its id: looking it up by name takes most of the time
    run = write(paragraph, cell.text, bold=is_header)
    if points < columns.PRINT:
        run.font.size = Pt(round(points * 2) / 2)
    if column.is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run.italic = (not is_header and cell.value is None) or None
    if column.after_figures:
        paragraph.paragraph_format.left_indent = Mm(3)


def _text(file: WordFile, text: Text) -> None:
    _paragraph(file, text.heading, "Heading 2")
    body = _paragraph(file, text.body)
    body.paragraph_format.keep_together = True
    if text.by:
        body.paragraph_format.keep_with_next = True
        _paragraph(file, text.by, word.SIGNED)


def _notes(file: WordFile, notes: tuple[str, ...]) -> None:
    """Without bullets: a • means that a figure is not shown."""
    for note in notes:
        _paragraph(file, note, word.NOTE)


def _room(sheet: Page, section: Section) -> None:
    """Empty ruled lines for an answer."""
    if section.fill_heading:
        _paragraph(sheet.file, section.fill_heading, "Heading 2")
    for _ in range(section.lines_to_fill):
        line = sheet.file.add_paragraph(style=word.FILL)
        _to_the_right(line, sheet.width, WD_TAB_LEADER.DOTS)
        write(line, "\t")


def _colophon(sheet: Page) -> None:
    file, frame = sheet.file, sheet.document.frame
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


def _in_short(sheet: Page) -> None:
    """The same in small print, as one paragraph."""
    frame = sheet.document.frame
    stated = "; ".join(f"{label}: {text}" for label, text in colophon.facts(frame))
    used = "; ".join(map(colophon.definition_heading, frame.definitions))
    definitions = f"{colophon.DEFINITIONS}: {used}." if used else ""
    text = " ".join(filter(None, (*frame.notes, f"{stated}.", definitions)))
    word.rule(_paragraph(sheet.file, "", word.NOTE), word.HAIRLINE)
    _paragraph(sheet.file, text, word.NOTE)


def _paragraph(file: WordFile, text: str, style: str = "Normal") -> Paragraph:
    paragraph = file.add_paragraph(style=style)
    write(paragraph, text)
    return paragraph
