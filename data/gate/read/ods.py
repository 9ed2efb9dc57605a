"""A look at the XML of an ods file: the box of each sheet, its error cells and its merges."""

from __future__ import annotations

from itertools import product
from pyexpat import ExpatError, ParserCreate

from data.gate.read.cells import NO_RESULT, ReadLimits
from data.gate.read.facts import SheetFacts, check_box
from data.gate.read.package import Package
from data.gate.read.refusal import damaged, password
from data.gate.read.strike import ods_strikes

_ERROR_TEXTS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#WAARDE!"}
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_HIDDEN = {"collapse", "filter"}
_DEFAULT = "table:default-cell-style-name"


def sheet_facts(package: Package, limits: ReadLimits) -> list[SheetFacts]:
    """Facts per sheet, in the order of the file."""
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.read(
        "meta-inf/manifest.xml"
    ):
        raise password()
    study = _OdsStudy(limits, ods_strikes(package))
    try:
        for piece in package.pieces("content.xml"):
            study.parser.Parse(piece, False)
        study.parser.Parse(b"", True)
        study.finish_cell()
        check_box(study.sheets, limits)
    except (ExpatError, ValueError) as error:
        raise damaged() from error
    return study.sheets


class _OdsStudy:
    """Follows tables, rows and cells; a repeated row or cell counts as often as it says.

    As in an xlsx, a cell is finished when the next thing starts, and text is only listened to
    where a formula may have failed.
    """

    def __init__(self, limits: ReadLimits, struck: frozenset[str]) -> None:
        self.sheets: list[SheetFacts] = []
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self._limits = limits
        self._row = self._column = self._row_repeat = 0
        self._cell: dict[str, str] | None = None
        self._text = ""
        self._strikes = struck
        self._of_row = ""
        self._of_columns: list[str] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _CELLS:
            self.finish_cell()
            self._cell = attributes
            if "table:formula" in attributes:
                self.parser.CharacterDataHandler = self._hear
        elif tag == "table:table-row":
            self.finish_cell()
            check_box(self.sheets, self._limits)
            self._row, self._column = self._row + self._row_repeat, 0
            self._row_repeat = _repeat(attributes, "rows", _MOST_ROWS)
            self._of_row = attributes.get(_DEFAULT, "")
        elif tag == "table:table-column" and self._strikes:
            repeat = _repeat(attributes, "columns", _MOST_COLUMNS)
            room = _MOST_COLUMNS - len(self._of_columns)
            self._of_columns += [attributes.get(_DEFAULT, "")] * min(repeat, room)
        elif tag == "table:table":
            self.finish_cell()
            self.sheets.append(SheetFacts(attributes.get("table:name", "")))
            self._row = self._column = self._row_repeat = 0
            self._of_columns = []
        if attributes.get("table:visibility") in _HIDDEN and self.sheets:
            self.sheets[-1].hidden_parts = True

    def _hear(self, text: str) -> None:
        self._text += text

    def finish_cell(self) -> None:
        """Judge the cell that was being read, now that all of it has been seen."""
        cell, self._cell = self._cell, None
        if cell is None or not self.sheets:
            return
        first = self._column
        self._column += _repeat(cell, "columns", _MOST_COLUMNS)
        if "office:value-type" in cell or "table:formula" in cell:
            self._fill(cell, first)
        if "table:number-columns-spanned" in cell or "table:number-rows-spanned" in cell:
            wide = min(int(cell.get("table:number-columns-spanned", 1)), _MOST_COLUMNS)
            high = min(int(cell.get("table:number-rows-spanned", 1)), _MOST_ROWS)
            if wide > 1 or high > 1:
                last = (self._row + high - 1, first + wide - 1)
                self.sheets[-1].merged.append((self._row, first, *last))

    def _fill(self, cell: dict[str, str], first: int) -> None:
        facts, end_row = self.sheets[-1], self._row + self._row_repeat
        facts.saw(end_row - 1, self._column - 1, (self._column - first) * self._row_repeat)
        if self._strikes and self._is_struck(cell, first):
            check_box(self.sheets, self._limits)
            places = product(range(self._row, end_row), range(first, self._column))
            facts.struck.update(places)
        if code := self._error(cell):
            check_box(self.sheets, self._limits)
            for row in range(self._row, end_row):
                for column in range(first, self._column):
                    facts.errors[row, column] = code

    def _is_struck(self, cell: dict[str, str], column: int) -> bool:
        """A cell without a style of its own has that of its row, or else of its column."""
        of_column = self._of_columns[column] if column < len(self._of_columns) else ""
        return (cell.get("table:style-name") or self._of_row or of_column) in self._strikes

    def _error(self, cell: dict[str, str]) -> str:
        text, self._text = self._text.strip(), ""
        self.parser.CharacterDataHandler = None
        formula = "table:formula" in cell
        wrong = text in _ERROR_TEXTS or text.startswith("Err:")
        if cell.get("calcext:value-type") == "error" or (formula and wrong):
            return text or "#FOUT"
        return NO_RESULT if formula and "office:value-type" not in cell else ""


def _repeat(attributes: dict[str, str], what: str, most: int) -> int:
    return min(max(int(attributes.get(f"table:number-{what}-repeated", 1)), 1), most)
