"""What a paper says, apart from its form: one model for PDF, PowerPoint, Word and Excel.

A builder fills a Document from protected figures; a writer puts it in a form. A writer computes
nothing and a builder formats nothing that `kpi.formatting` does not format for the screen too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kpi import formatting
from kpi.figure.result import FigureKey, KpiResult
from kpi.meaning import choices
from kpi.meaning.choices import State
from kpi.meaning.house_style import HouseStyle

IN_SHORT = "In het kort"


class Cell(NamedTuple):
    """One cell of a table. `value` is the number behind the text, for spreadsheets and charts.

    number_format: as in a spreadsheet ("0", "0.0", '0.0"%"'); "" for text. figure: the row of
    kpi_value this number must equal; None for everything that is not a figure.
    """

    text: str
    value: float | None = None
    number_format: str = ""
    figure: FigureKey | None = None


@dataclass(frozen=True)
class Table:
    """A table with one header row. `note` stands below it; every row is as long as `headers`."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class ChartLine:
    """One series of a chart; None where there is no number. kind: value, path or reference."""

    name: str
    values: tuple[float | None, ...]
    kind: str = "value"


@dataclass(frozen=True)
class Chart:
    """A line chart with its sentence (alt, at most 25 words) and its table twin.

    unit and number_format are those of the values. breaks: the places in `categories` at which
    another way of counting begins. wants_zero: whether the axis starts at 0.
    """

    title: str
    alt: str
    unit: str
    number_format: str
    categories: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    twin: Table
    breaks: tuple[int, ...] = ()
    note: str = ""
    wants_zero: bool = True


class Tile(NamedTuple):
    """A short answer: at most 60, 12 and 80 characters."""

    label: str
    text: str
    note: str = ""


class Text(NamedTuple):
    """A short text of a person (duiding, a promise, a note), or of the monitor when `by` is "".

    by: "A. de Vries, 3 oktober 2026".
    """

    heading: str
    body: str
    by: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a paper: a slide, a page or a sheet. All parts are optional but the title.

    lines_to_fill: how many empty lines are left for an answer, below `fill_heading`.
    only_in_workbook: too much for paper and screen; the Excel form has it, the others do not.
    """

    id: str
    title: str
    sentence: str = ""
    tiles: tuple[Tile, ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()
    texts: tuple[Text, ...] = ()
    notes: tuple[str, ...] = ()
    fill_heading: str = ""
    lines_to_fill: int = 0
    starts_page: bool = True
    only_in_workbook: bool = False

    @property
    def every_table(self) -> tuple[Table, ...]:
        """Its tables, the twin of its chart first."""
        return (*((self.chart.twin,) if self.chart else ()), *self.tables)

    @property
    def tiles_table(self) -> tuple[Table, ...]:
        """Its tiles where only a table can stand; none without tiles."""
        rows = tuple(tuple(map(Cell, tile)) for tile in self.tiles)
        return filled(Table(IN_SHORT, ("Wat", "Waarde", "Toelichting"), rows))


class UsedDefinition(NamedTuple):
    """A definition a paper rests on."""

    kpi: str
    label: str
    version: int
    text: str


@dataclass(frozen=True)
class Frame:
    """What every paper states about itself.

    status: "concept", "tegengelezen" or "vastgesteld"; seal: the first 12 characters of the seal,
    "" as long as there is none. known_on: until when the ledger was read, ISO 8601: the date of
    the paper, so that making it twice gives the same content. audience: for whom it is meant.
    """

    title: str
    swv: str
    period_id: str
    period: str
    peildatum: str
    status: str
    seal: str
    known_on: str
    audience: str
    is_demo: bool
    definitions: tuple[UsedDefinition, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A paper. kind: "alv", "school", "jaarverslag"; name: the file name without its ending.

    is_brief: must fit on few pages, so what it states about itself stands in small print.
    """

    kind: str
    name: str
    frame: Frame
    sections: tuple[Section, ...]
    style: HouseStyle = field(default_factory=HouseStyle)
    is_brief: bool = False

    @property
    def for_paper(self) -> tuple[Section, ...]:
        """The parts that are shown and printed."""
        return tuple(section for section in self.sections if not section.only_in_workbook)

    @property
    def charts(self) -> Iterator[Chart]:
        """Every chart, in order."""
        return (section.chart for section in self.sections if section.chart)

    @property
    def tables(self) -> Iterator[Table]:
        """Every table in order, the twins of charts included."""
        for section in self.sections:
            yield from section.every_table


def filled(*tables: Table) -> tuple[Table, ...]:
    """The tables that have a row."""
    return tuple(table for table in tables if table.rows)


def word(text: str) -> Cell:
    """A cell with words, a dash when there are none."""
    return Cell(text or "–")


def figure_cell(result: KpiResult) -> Cell:
    """A figure as a cell: its number where there is one, else the word for why there is none.

    What is hidden has the mark alone: a table has no room for words, and the paper explains it.
    """
    if result.state is State.SUPPRESSED:
        return Cell(choices.HIDDEN, None, "", result.key)
    if result.value is None:
        return Cell(result.short_text, None, "", result.key)
    number = None if result.is_range else result.value  # a spreadsheet would show one end of it
    return Cell(result.short_text, number, number_format(result), result.key)


def number_format(result: KpiResult, decimals: int | None = None) -> str:
    """The spreadsheet format that shows a value as the screen does."""
    places = result.decimals if decimals is None else decimals
    digits = "#,##0" + ("." + "0" * places if places else "")
    if result.unit == formatting.EURO:
        return f'"€ "{digits}'
    return f'{digits}"%"' if result.unit == formatting.PERCENT else digits
