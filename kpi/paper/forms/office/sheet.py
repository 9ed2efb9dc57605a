"""One sheet of a workbook, written from top to bottom: texts and tables with typed cells.

Every text goes in as a text: nothing a person typed can become a formula or a link.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kpi.paper import colophon
from kpi.paper.document import Cell, Document, Frame, Table
from kpi.paper.forms.office import room
from kpi.paper.plain import plain

FONT, SIZE = "Arial", 10
POINTS_PER_CHARACTER = 5.25  # of the width of a column
PADDING = 12.0  # points beside the text of a cell, its indent included
NARROWEST, READING_WIDTH = 10.0, 95.0
WIDEST, MOST_TOGETHER = (70.0, 52.0, 42.0, 32.0, 24.0), 150.0  # narrower where together too wide
HIGHEST_ROW = 409.0  # points; Excel goes no further
A4, MARGIN = 9, 0.5
FIXED = {"scale_with_doc": False}  # the edges keep their size when the sheet is made to fit
LONGEST_HEADER = 70  # characters; Excel takes 255 for left, middle and right together
Setting = str | float | bool  # of a format, as XlsxWriter names it
DEMO_COLOUR, QUIET, RULE = "#fde68a", "#4b5563", "#d1d5db"


class PlacedTable(NamedTuple):
    """Where a table stands: the row of its header, and its first and last row of cells."""

    header: int
    first: int
    last: int


class Book:
    """A workbook with its formats; the same look is made once."""

    def __init__(self, workbook: Workbook, document: Document) -> None:
        self.workbook, self.document = workbook, document
        self.style = document.style
        self.font = document.style.font or FONT
        self._formats: dict[str, Format] = {}

    def look(self, **wanted: Setting) -> Format:
        """A format in the font of the house."""
        key = repr(sorted(wanted.items()))
        if key not in self._formats:
            base = {"font_name": self.font, "font_size": SIZE, "valign": "top"}
            self._formats[key] = self.workbook.add_format(base | wanted)
        return self._formats[key]


class SheetWriter:
    """A sheet with the row at which the next thing comes."""

    def __init__(self, book: Book, name: str, tables: Iterable[Table] = ()) -> None:
        self.book, self.name = book, name
        self.page: Worksheet = book.workbook.add_worksheet(name)
        self.widths = _widths(list(tables), book.font)
        self.row = 0
        together = accumulate(self.widths)
        self.span = sum(wide < READING_WIDTH for wide in together) + 1
        for column, characters in enumerate(self.widths):
            self.page.set_column(column, column, characters)
        self.page.hide_gridlines(2)
        self.page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        _set_page(self.page, book.document.frame)

    def opening(self, title: str) -> None:
        """The title, and below it what every sheet states."""
        frame = self.book.document.frame
        self.page.set_row(self.row, 24)
        self.line(title, font_size=16, bold=True, font_color=self.book.style.colour)
        stated = (frame.swv, frame.period, colophon.state_text(frame))
        self.line(" · ".join(filter(None, stated)), font_color=QUIET)
        if frame.is_demo:
            self.paragraph(colophon.DEMO, bold=True, bg_color=DEMO_COLOUR)

    def heading(self, title: str) -> None:
        """The name of what follows, after an empty row."""
        self.row += 1
        self.page.set_row(self.row, 20)
        self.line(title, font_size=13, bold=True, font_color=self.book.style.colour)

    def line(self, text: str, **look: Setting) -> None:
        """A text that stays on one line and may run over the empty cells beside it."""
        self.text_cell(self.row, 0, " ".join(plain(text).split()), **look)
        self.row += 1

    def paragraph(self, text: str, **look: Setting) -> None:
        """A text over the reading width, as high as it needs; nothing for an empty one."""
        if not text:
            return
        size, bold = float(look.get("font_size", SIZE)), bool(look.get("bold"))
        wide = sum(self.widths[: self.span]) * POINTS_PER_CHARACTER - PADDING
        needed = room.height(plain(text), size, wide, bold, self.book.font) + 3
        made = self.book.look(text_wrap=True, **look)
        self.page.set_row(self.row, min(needed, HIGHEST_ROW))
        self.page.merge_range(self.row, 0, self.row, self.span - 1, "", made)
        self._write_text(self.row, 0, plain(text), made)
        self.row += 1

    def table(self, table: Table) -> PlacedTable:
        """A table below its title: numbers as numbers, everything else as text."""
        self.heading(table.title)
        header = self.row
        numeric = _numeric_columns(table)
        for column, text in enumerate(table.headers):
            side = {"align": "right"} if column in numeric else {"align": "left", "indent": 1}
            self.text_cell(
                header, column, text, bold=True, text_wrap=True, font_color="#ffffff",
                bg_color=self.book.style.colour, valign="bottom", **side,
            )  # fmt: skip
        self._set_height(header, table.headers, bold=True)
        for number, cells in enumerate(table.rows, start=header + 1):
            self._set_height(number, [cell.text for cell in cells])
            for column, cell in enumerate(cells):
                self._cell(number, column, cell, column in numeric)
        self.row = header + 1 + len(table.rows)
        self.paragraph(table.note, font_size=9, font_color=QUIET)
        return PlacedTable(header, header + 1, header + len(table.rows))

    def listing(self, heading: str, texts: Iterable[str]) -> None:
        """Texts below a heading; nothing when there are none."""
        for place, text in enumerate(texts):
            if not place:
                self.heading(heading)
            self.paragraph(text)

    def empty_lines(self, heading: str, count: int) -> None:
        """Room for an answer."""
        if not count:
            return
        self.heading(heading)
        ruled = self.book.look(bottom=1, bottom_color="#6b7280")
        for row in range(self.row, self.row + count):
            self.page.set_row(row, 22)
            self.page.merge_range(row, 0, row, self.span - 1, "", ruled)
        self.row += count

    def text_cell(self, row: int, column: int, text: str, **look: Setting) -> None:
        """One cell with words."""
        self._write_text(row, column, plain(text), self.book.look(**look))

    def freeze(self, placed: Sequence[PlacedTable]) -> None:
        """What stays in sight: the header when there is one table, else the top of the sheet."""
        only = placed[0] if len(placed) == 1 else None
        if only:
            self.page.freeze_panes(only.header + 1, 1)
            self.page.repeat_rows(0, only.header)
        else:
            self.page.freeze_panes(2, 0)
            self.page.repeat_rows(0, 1)

    def _set_height(self, row: int, texts: Sequence[str], bold: bool = False) -> None:
        """Excel makes a row with a long text higher by itself; not every program does."""
        most = max(
            room.lines(
                plain(text), SIZE, wide * POINTS_PER_CHARACTER - PADDING, bold, self.book.font
            )
            for text, wide in zip(texts, self.widths, strict=False)
        )
        if most > 1:
            self.page.set_row(row, min(most * SIZE * room.LINE_HEIGHT + 3, HIGHEST_ROW))

    def _cell(self, row: int, column: int, cell: Cell, is_numeric: bool) -> None:
        look: dict[str, Setting] = {"bottom": 1, "bottom_color": RULE, "text_wrap": True}
        look |= {"valign": "vcenter"}
        look |= {"align": "right"} if is_numeric else {"align": "left", "indent": 1}
        if cell.value is None:
            self._write_text(row, column, plain(cell.text), self.book.look(**look))
        else:
            shown = self.book.look(num_format=cell.number_format or "General", **look)
            self.page.write_number(row, column, cell.value, shown)

    def _write_text(self, row: int, column: int, text: str, look: Format) -> None:
        if text:
            self.page.write_string(row, column, text, look)
        else:
            self.page.write_blank(row, column, None, look)


def _numeric_columns(table: Table) -> set[int]:
    return {
        column for row in table.rows for column, cell in enumerate(row) if cell.value is not None
    }


def _widths(tables: Sequence[Table], font: str) -> list[float]:
    """Per column what its longest text needs, and together never less than reads well."""
    needed = [NARROWEST] * max((len(table.headers) for table in tables), default=1)
    for table in tables:
        for row in (tuple(map(Cell, table.headers)), *table.rows):
            for column, cell in enumerate(row):
                wide = room.width(plain(cell.text), SIZE, True, font) + PADDING + 1
                needed[column] = max(needed[column], wide / POINTS_PER_CHARACTER)
    tried = ([min(wide, most) for wide in needed] for most in WIDEST)
    found = next((widths for widths in tried if sum(widths) <= MOST_TOGETHER), None)
    widths = found or [min(wide, WIDEST[-1]) for wide in needed]
    missing = max(0.0, READING_WIDTH - sum(widths))
    return widths + [NARROWEST] * math.ceil(missing / NARROWEST)


def _set_page(page: Worksheet, frame: Frame) -> None:
    """A4, lying, as wide as one page; at the edges what the sheet is and which page."""
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=MARGIN, right=MARGIN, top=0.9, bottom=0.8)
    demo = colophon.DEMO if frame.is_demo else ""
    page.set_header(f"&L&9 {_edge(frame.swv)}&R&9 {_edge(demo)}", FIXED)
    state = _edge(colophon.state_text(frame))
    page.set_footer(f"&L&9 {_edge(frame.period)}&C&9 {state}&R&9 pagina &P van &N", FIXED)


def _edge(text: str) -> str:
    """A text at the edge of a page: "&" would begin an instruction there."""
    flat = " ".join(plain(text).split())
    short = flat if len(flat) <= LONGEST_HEADER else flat[: LONGEST_HEADER - 1] + "…"
    return short.replace("&", "&&")
