"""Native charts in a workbook, that follow the cells they were made from."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.chart import Chart as NativeChart

from kpi.paper.document import Cell, Chart, Table
from kpi.paper.forms.office import lines
from kpi.paper.forms.office.lines import Look, Stretch
from kpi.paper.forms.office.sheet import PlacedTable, SheetWriter
from kpi.paper.plain import plain

WIDTH, HEIGHT = 600, 340  # pixels
ROWS = 18  # how many rows of 20 pixels that is, and one more
HEADING = "Reeksen bij de grafieken"
REASON = (
    "Een grafiek kan geen woorden als “niet geleverd” overslaan en moet bij een andere telling "
    "opnieuw beginnen. Daarom staan die reeksen hier nog eens, met lege cellen."
)
_SIGNS = {"circle": "circle", "square": "square", "triangle": "triangle", "diamond": "diamond",
          "x": "x", "dash": "long_dash", "plus": "plus", "": "none"}  # fmt: skip
_DASHES = {"solid": "solid", "dash": "dash", "dot": "round_dot", "dash_dot": "dash_dot",
           "long_dash_dot": "long_dash_dot"}  # fmt: skip
# XlsxWriter would take a name like this for the address of a cell.
_ADDRESS = re.compile(r"^=?([^!]+)!(?=\$?[A-Z]+\$?\d)")

Range = list[Any]  # sheet, first row, first column, last row, last column
Ranges = Mapping[str, Range]


def in_twin(
    sheet: SheetWriter, chart: Chart, placed: PlacedTable, pieces: Sequence[Stretch]
) -> list[Ranges] | None:
    """Per stretch the cells of the twin that hold it; None when the twin cannot serve."""
    rows = chart.twin.rows
    if tuple(row[0].text for row in rows) != chart.categories:
        return None
    found = []
    for piece in pieces:
        columns = (
            column
            for column in range(1, len(chart.twin.headers))
            if all(map(_holds, (row[column] for row in rows), piece.values))
        )
        column = next(columns, None)
        if column is None:
            return None
        found.append(_ranges(sheet, placed, column))
    return found


def in_series(sheet: SheetWriter, chart: Chart, pieces: Sequence[Stretch]) -> list[Ranges]:
    """The same on a sheet of its own, with empty cells where there is no number."""
    placed = sheet.table(series_table(chart, pieces))
    return [_ranges(sheet, placed, column) for column in range(1, len(pieces) + 1)]


def series_table(chart: Chart, pieces: Sequence[Stretch]) -> Table:
    """The series of a chart as a table: words would be drawn as zeros."""
    rows = tuple(
        (
            Cell(category),
            *(_series_cell(chart, piece.values[place]) for piece in pieces),
        )
        for place, category in enumerate(chart.categories)
    )
    return Table(chart.title, ("", *(piece.name for piece in pieces)), rows)


def add_chart(
    sheet: SheetWriter,
    chart: Chart,
    pieces: Sequence[Stretch],
    ranges: Sequence[Ranges],
    beside: PlacedTable,
) -> None:
    """Put the chart to the right of its twin."""
    native = sheet.book.workbook.add_chart({"type": "line"})
    for stretch, where in zip(pieces, ranges, strict=True):
        native.add_series(
            _line(stretch) | dict(where) | _kept(chart, stretch) | _label(chart, stretch)
        )
    _furnish(native, chart, pieces)
    native.set_size({"width": WIDTH, "height": HEIGHT})
    column = len(chart.twin.headers) + 1
    sheet.page.insert_chart(beside.header, column, native, {"description": plain(chart.alt)})


def _holds(cell: Cell, value: float | None) -> bool:
    """A word in a cell would be drawn as a zero, so only an empty cell is a gap."""
    return cell.value == value and (value is not None or not cell.text)


def _series_cell(chart: Chart, value: float | None) -> Cell:
    return Cell("" if value is None else str(value), value, chart.number_format)


def _ranges(sheet: SheetWriter, placed: PlacedTable, column: int) -> Ranges:
    return {
        "name": [sheet.name, placed.header, column],
        "categories": [sheet.name, placed.first, 0, placed.last, 0],
        "values": [sheet.name, placed.first, column, placed.last, column],
    }


def _kept(chart: Chart, piece: Stretch) -> dict[str, Any]:
    """What the chart shows before its cells are read: XlsxWriter would keep gaps as zeros."""
    return {
        "values_data": list(piece.values),
        "categories_data": list(map(plain, chart.categories)),
    }


def _line(stretch: Stretch) -> dict[str, Any]:
    look = stretch.look
    line = {"color": look.colour, "width": look.width, "dash_type": _DASHES[look.dash]}
    return {"line": line, "marker": _marker(look)}


def _marker(look: Look) -> dict[str, Any]:
    heart = "#ffffff" if look.is_open else look.colour
    return {
        "type": _SIGNS[look.sign], "size": 7, "border": {"color": look.colour, "width": 1.5},
        "fill": {"color": heart},
    }  # fmt: skip


def _label(chart: Chart, stretch: Stretch) -> dict[str, Any]:
    """The number at the last point of a value line."""
    if stretch.kind != "value" or not stretch.is_last:
        return {}
    hidden = [{"delete": True}] * (len(stretch.values) - 1)
    last = stretch.last_place
    return {
        "data_labels": {
            "value": True,
            "num_format": chart.number_format,
            "position": "above",
            "font": {"bold": True},
            "custom": [*hidden[:last], {}, *hidden[last:]],
        }
    }


def _furnish(native: NativeChart, chart: Chart, pieces: Sequence[Stretch]) -> None:
    """Title, axes and legend."""
    native.set_title({"name": _name(chart.title), "name_font": {"size": 12}, "overlay": False})
    across = {
        "label_position": "low",
        "line": {"color": "#6b7280"},
        "interval_unit": -(-len(chart.categories) // lines.MOST_LABELS) or 1,
    }
    values: dict[str, Any] = {
        "num_format": chart.number_format, "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": "#e5e7eb"}},
    }  # fmt: skip
    if lines.starts_at_zero(chart):
        values["min"] = 0
    unit = _name(lines.unit_title(chart))
    if unit:
        values |= {"name": unit, "name_font": {"bold": False, "size": 10}}
    native.set_x_axis(across)
    native.set_y_axis(values)
    hidden = [place for place, stretch in enumerate(pieces) if not stretch.in_legend]
    shown = {"position": "bottom", "delete_series": hidden}
    native.set_legend(shown if len(pieces) > 1 else {"none": True})


def _name(text: str) -> str:
    """A text as it stands, with an invisible sign where it would be read as an address."""
    return _ADDRESS.sub("\\1!\N{WORD JOINER}", plain(text))
