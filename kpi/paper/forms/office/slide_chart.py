"""Native charts on slides: a colleague can open their numbers and change their look."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import _BaseCategorySeries
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.line import LineFormat
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kpi.paper.document import Chart
from kpi.paper.forms.office import lines
from kpi.paper.forms.office.lines import Look, Stretch
from kpi.paper.forms.office.package import SAFELY
from kpi.paper.forms.office.slide_text import DARK, QUIET, Box, rgb
from kpi.paper.plain import plain

GRID = "#e5e7eb"
_SIGNS = {
    "circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE,
    "triangle": XL_MARKER_STYLE.TRIANGLE, "diamond": XL_MARKER_STYLE.DIAMOND,
    "x": XL_MARKER_STYLE.X, "dash": XL_MARKER_STYLE.DASH, "plus": XL_MARKER_STYLE.PLUS,
    "": XL_MARKER_STYLE.NONE,
}  # fmt: skip
_DASHES = {
    "solid": MSO_LINE.SOLID, "dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT,
    "dash_dot": MSO_LINE.DASH_DOT, "long_dash_dot": MSO_LINE.LONG_DASH_DOT,
}  # fmt: skip


class _Writer(CategoryWorkbookWriter):
    """The workbook behind a chart: a text in it is never a formula, and its date is fixed."""

    made_at: datetime

    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Workbook, Worksheet]]:
        workbook = Workbook(xlsx_file, SAFELY)
        workbook.set_properties({"created": self.made_at})
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _Data(CategoryChartData):
    def __init__(self, made_at: datetime, number_format: str) -> None:
        super().__init__(number_format)
        self._writer = _Writer(self)
        self._writer.made_at = made_at

    @property
    def _workbook_writer(self) -> _Writer:
        return self._writer


def add_chart(
    slide: Slide, chart: Chart, pieces: Sequence[Stretch], box: Box, made_at: datetime
) -> None:
    """Put a chart with its numbers on a slide; its sentence is the text for who cannot see it."""
    data = _Data(made_at, chart.number_format)
    data.categories = [plain(category) for category in chart.categories]
    for piece in pieces:
        data.add_series(plain(piece.name), piece.values, chart.number_format)
    where = (Pt(box.left), Pt(box.top), Pt(box.wide), Pt(box.high))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *where, data)
    frame.name = "Grafiek"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(chart.alt))
    native = frame.chart
    _furnish(native, chart, pieces)
    for series, piece in zip(list(native.plots[0].series), pieces, strict=True):
        _dress(series, piece)
    _mark_gaps_and_language(native)


def _furnish(native: NativeChart, chart: Chart, pieces: Sequence[Stretch]) -> None:
    """Title, letters, axes and legend."""
    native.font.size = Pt(11)
    native.font.color.rgb = rgb(DARK)
    unit = lines.unit_title(chart)
    native.has_title = True
    native.chart_title.include_in_layout = False
    title = native.chart_title.text_frame
    title.text = plain(f"{chart.title} ({unit})" if unit else chart.title).replace("\n", " ")
    title.paragraphs[0].runs[0].font.size = Pt(12)
    title.paragraphs[0].runs[0].font.bold = True
    native.has_legend = len(pieces) > 1
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.BOTTOM
        native.legend.include_in_layout = False
        _leave_out(native, [n for n, piece in enumerate(pieces) if not piece.in_legend])
    _value_axis(native, chart)
    across = native.category_axis
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.has_major_gridlines = False
    across.format.line.color.rgb = rgb(QUIET)
    _show_every(across._element, -(-len(chart.categories) // lines.MOST_LABELS))


def _value_axis(native: NativeChart, chart: Chart) -> None:
    axis = native.value_axis
    axis.tick_labels.number_format = chart.number_format
    axis.tick_labels.number_format_is_linked = False
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(GRID)
    axis.format.line.fill.background()
    if lines.starts_at_zero(chart):
        axis.minimum_scale = 0


def _dress(series: _BaseCategorySeries, piece: Stretch) -> None:
    """The look of one series, and the number at the end of a value line."""
    look = piece.look
    series.smooth = False
    series.marker.style = _SIGNS[look.sign]
    series.marker.size = 8
    series.marker.format.fill.solid()
    heart = "#ffffff" if look.is_open else look.colour
    series.marker.format.fill.fore_color.rgb = rgb(heart)
    series.marker.format.line.color.rgb = rgb(look.colour)
    _line(series.format.line, look)
    if piece.kind == "value" and piece.is_last:
        label = series.points[piece.last_place].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        label.font.bold = True
        label.font.size = Pt(13)


def _line(line: LineFormat, look: Look) -> None:
    line.color.rgb = rgb(look.colour)
    line.width = Pt(look.width)
    line.dash_style = _DASHES[look.dash]


def _leave_out(native: NativeChart, places: Sequence[int]) -> None:
    legend = native.legend._element
    position = legend.find(qn("c:legendPos"))
    for place in reversed(places):
        position.addnext(
            parse_xml(
                f'<c:legendEntry {nsdecls("c")}><c:idx val="{place}"/><c:delete val="1"/>'
                "</c:legendEntry>"
            )
        )


def _show_every(axis: Any, step: int) -> None:  # noqa: ANN401
    """Only every so many labels below the axis."""
    if step > 1:
        skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{step}"/>')
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _mark_gaps_and_language(native: NativeChart) -> None:
    """A missing number is a gap, and the chart is Dutch."""
    space = native._chartSpace
    space.find(qn("c:date1904")).addnext(parse_xml(f'<c:lang {nsdecls("c")} val="nl-NL"/>'))
    space.chart.find(qn("c:dispBlanksAs")).set("val", "gap")
