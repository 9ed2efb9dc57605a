"""A look at the XML of an ods file: the box of each sheet, its error cells and its merges."""

from __future__ import annotations

from pyexpat import ExpatError, ParserCreate

from data.read.cells import NO_RESULT, Limits
from data.read.facts import SheetFacts, check_box
from data.read.package import Package
from data.read.refusal import damaged, password

_ERROR_TEXTS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#WAARDE!"}
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576


def sheet_facts(package: Package, limits: Limits) -> list[SheetFacts]:
    """Facts per sheet, in the order of the file."""
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.read(
        "meta-inf/manifest.xml"
    ):
        raise password()
    study = _Study(limits)
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = study.start
    parser.EndElementHandler = study.end
    parser.CharacterDataHandler = study.text
    try:
        for piece in package.pieces("content.xml"):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError) as error:
        raise damaged() from error
    return study.sheets


class _Study:
    """Follows tables, rows and cells; a repeated row or cell counts as often as it says."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[SheetFacts] = []
        self._limits = limits
        self._depth: list[str] = []
        self._row = self._column = 0
        self._row_repeat = 1
        self._cell: dict[str, str] = {}
        self._text = ""
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self._depth[-1] if self._depth else ""
        self._depth.append(tag)
        if tag == "table:table" and parent == "office:spreadsheet":
            self.sheets.append(SheetFacts(attributes.get("table:name", "")))
            self._row = 0
        elif not self.sheets:
            return
        elif tag == "table:table-row":
            self._column = 0
            self._row_repeat = _repeat(attributes, "rows", _MOST_ROWS)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._text = attributes, ""
        elif tag == "text:p" and parent in ("table:table-cell", "table:covered-table-cell"):
            self._in_text = True
        if attributes.get("table:visibility") in ("collapse", "filter"):
            self.sheets[-1].hidden_parts = True

    def text(self, text: str) -> None:
        if self._in_text:
            self._text += text

    def end(self, tag: str) -> None:
        self._depth.pop()
        if not self.sheets:
            return
        if tag == "text:p":
            self._in_text = False
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "table:table-row":
            self._row += self._row_repeat

    def _end_cell(self) -> None:
        repeat = _repeat(self._cell, "columns", _MOST_COLUMNS)
        first, last = self._column, self._column + repeat - 1
        self._column += repeat
        if self._cell.get("office:value-type") or self._cell.get("table:formula"):
            facts, last_row = self.sheets[-1], self._row + self._row_repeat - 1
            facts.saw(last_row, last, cells=repeat * self._row_repeat)
            check_box(self.sheets, self._limits)
            if code := self._error():
                for row in range(self._row, last_row + 1):
                    facts.errors.update(
                        dict.fromkeys(((row, c) for c in range(first, last + 1)), code)
                    )
        self._note_merge(first)

    def _error(self) -> str:
        formula, text = self._cell.get("table:formula"), self._text.strip()
        wrong = text in _ERROR_TEXTS or text.startswith("Err:")
        if self._cell.get("calcext:value-type") == "error" or (formula and wrong):
            return text or "#FOUT"
        return NO_RESULT if formula and not self._cell.get("office:value-type") else ""

    def _note_merge(self, column: int) -> None:
        wide = int(self._cell.get("table:number-columns-spanned", 1))
        high = int(self._cell.get("table:number-rows-spanned", 1))
        if wide > 1 or high > 1:
            last = (self._row + high - 1, column + wide - 1)
            self.sheets[-1].merged.append((self._row, column, *last))


def _repeat(attributes: dict[str, str], what: str, most: int) -> int:
    return min(max(int(attributes.get(f"table:number-{what}-repeated", 1)), 1), most)
