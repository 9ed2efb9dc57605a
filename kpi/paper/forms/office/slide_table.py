"""Native tables on slides: columns as wide as their texts, and as many rows as fit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pptx.dml.fill import FillFormat
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from kpi.paper.document import Cell, Table
from kpi.paper.forms.office import room
from kpi.paper.forms.office.slide_columns import BESIDE, measured, widths
from kpi.paper.forms.office.slide_text import DARK, Box, Para, rgb, write
from kpi.paper.plain import plain

SIZES = (13.0, 12.0, 11.0, 10.0)
LEAST = SIZES[-1]
ABOVE = 2.5  # points between a text and the edge above and below it
_RULE = '<a:{side} {names} w="9525"><a:solidFill><a:srgbClr val="6B7280"/></a:solidFill></a:{side}>'
WHITE, BAND = "#ffffff", "#f3f4f6"


class SlideRow(NamedTuple):
    """The texts of one row and how high they are."""

    cells: tuple[Cell, ...]
    high: float


@dataclass(frozen=True)
class Grid:
    """A table, or some of its columns, as it goes on slides: sizes and widths in points."""

    title: str
    size: float
    widths: tuple[float, ...]
    header: SlideRow
    rows: tuple[SlideRow, ...]
    numeric: frozenset[int]

    @property
    def high(self) -> float:
        """How high it is as a whole."""
        return self.header.high + sum(row.high for row in self.rows)

    def slides(self, high: float) -> int:
        """On how many slides with so much room it stands."""
        return math.ceil((self.high - self.header.high) / max(high - self.header.high, 1))

    def fitting(self, high: float) -> int:
        """How many rows go in `high` points below a header."""
        left, count = high - self.header.high, 0
        while count < len(self.rows) and self.rows[count].high <= left:
            left -= self.rows[count].high
            count += 1
        return count

    def split(self, count: int) -> tuple["Grid", "Grid"]:
        """The first rows, and the others below the same header."""
        return self._with(self.rows[:count]), self._with(self.rows[count:])

    def _with(self, rows: tuple[SlideRow, ...]) -> "Grid":
        return replace(self, rows=rows)


def grids(table: Table, box: Box, font: str) -> list[Grid]:
    """The table in the largest letters at which it takes no more slides than it must.

    Too many columns for any size are spread over more grids, each with the first column.
    """
    every = measured(table, range(len(table.headers)), font)
    wide_enough = [
        _grid(table, tuple(range(len(every))), widths(every, size, box.wide), size, font)
        for size in SIZES
        if sum(column.least(size) for column in every) <= box.wide
    ]
    if wide_enough:
        return [min(wide_enough, key=lambda grid: (grid.slides(box.high), -grid.size))]
    groups = _spread([column.least(LEAST) for column in every], box.wide)
    return [
        _grid(table, group, widths([every[n] for n in group], LEAST, box.wide), LEAST, font)
        for group in groups
    ]


def add_table(slide: Slide, grid: Grid, box: Box, colour: str) -> None:
    """Put a grid on a slide."""
    shape = slide.shapes.add_table(
        len(grid.rows) + 1, len(grid.widths),
        Pt(box.left), Pt(box.top), Pt(sum(grid.widths)), Pt(grid.high),
    )  # fmt: skip
    shape.name = "Tabel"
    shape._element.nvGraphicFramePr.cNvPr.set("descr", plain(grid.title))
    for column, wide in enumerate(grid.widths):
        shape.table.columns[column].width = Pt(wide)
    for number, row in enumerate((grid.header, *grid.rows)):
        shape.table.rows[number].height = Pt(row.high)
        for column, cell in enumerate(row.cells):
            fill = colour if not number else (BAND if number % 2 == 0 else WHITE)
            para = Para(cell.text, grid.size, grid.size, not number, colour=_ink(number))
            side = PP_ALIGN.RIGHT if column in grid.numeric else PP_ALIGN.LEFT
            _fill(shape.table.cell(number, column), para, side, fill)


def shortened(grid: Grid, high: float, font: str) -> tuple[Grid, list[str]]:
    """A single row that is higher than a slide with its texts cut off, and those texts in full."""
    if len(grid.rows) != 1 or grid.high <= high:
        return grid, []
    most = max(1, int((high - grid.header.high - 2 * ABOVE) / (grid.size * room.LINE_HEIGHT)))
    cells = grid.rows[0].cells
    kept = tuple(
        cell._replace(text=room.cut(cell.text, grid.size, wide - 2 * BESIDE, most, font=font))
        for cell, wide in zip(cells, grid.widths, strict=True)
    )
    cut = [whole.text for whole, part in zip(cells, kept, strict=True) if whole != part]
    row = SlideRow(kept, _high(kept, grid.widths, grid.size, False, font))
    return replace(grid, rows=(row,)), cut


def add_empty_lines(slide: Slide, count: int, box: Box, about: str) -> None:
    """A table of empty rows with a line below each, to write in."""
    where = (Pt(box.left), Pt(box.top), Pt(box.wide), Pt(box.high))
    shape = slide.shapes.add_table(count, 1, *where)
    shape.name = "Ruimte voor een antwoord"
    shape._element.nvGraphicFramePr.cNvPr.set("descr", about)
    shape.table.first_row = shape.table.horz_banding = False
    for number, row in enumerate(shape.table.rows):
        row.height = Pt(box.high / count)
        cell = row.cells[0]
        cell.fill.background()
        write(cell.text_frame, [Para("", LEAST)])
        for side in ("lnB", "lnT")[: 2 if number else 1]:
            rule = parse_xml(_RULE.format(side=side, names=nsdecls("a")))
            cell._tc.get_or_add_tcPr().insert(0, rule)


def _ink(number: int) -> str:
    return DARK if number else WHITE


def _fill(cell: _Cell, para: Para, side: PP_ALIGN, fill: str) -> None:
    write(cell.text_frame, [para])
    for line in cell.text_frame.paragraphs:
        line.alignment = side
    cell.margin_left = cell.margin_right = Pt(BESIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    background: FillFormat = cell.fill
    background.solid()
    background.fore_color.rgb = rgb(fill)


def _grid(
    table: Table, columns: Sequence[int], widths: tuple[float, ...], size: float, font: str
) -> Grid:
    header = tuple(Cell(plain(table.headers[column])) for column in columns)
    rows = [tuple(row[column]._replace(text=plain(row[column].text)) for column in columns)
            for row in table.rows]  # fmt: skip
    numeric = frozenset(
        place for place, column in enumerate(columns)
        if any(row[column].value is not None for row in table.rows)
    )  # fmt: skip
    return Grid(
        plain(table.title), size, widths, SlideRow(header, _high(header, widths, size, True, font)),
        tuple(SlideRow(row, _high(row, widths, size, False, font)) for row in rows), numeric,
    )  # fmt: skip


def _high(
    cells: Sequence[Cell], widths: Sequence[float], size: float, bold: bool, font: str
) -> float:
    highest = max(
        room.height(cell.text, size, wide - 2 * BESIDE, bold, font)
        for cell, wide in zip(cells, widths, strict=True)
    )
    return highest + 2 * ABOVE


def _spread(least: Sequence[float], wide: float) -> list[tuple[int, ...]]:
    """Columns in groups that fit, each behind the first column."""
    groups: list[list[int]] = [[0]]
    for column in range(1, len(least)):
        taken = sum(least[other] for other in groups[-1])
        if taken + least[column] > wide and len(groups[-1]) > 1:
            groups.append([0])
        groups[-1].append(column)
    return [tuple(group) for group in groups]
