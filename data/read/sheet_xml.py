"""A look at the XML of one xlsx sheet: its box, its error cells, its formulas without value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pyexpat import ExpatError, ParserCreate

from data.read.cells import NO_RESULT, Limits
from data.read.facts import SheetFacts, check_box, column_number
from data.read.refusal import damaged

# The way nearly every program writes a cell; a cell written otherwise gives an empty column.
_CELL = re.compile(rb'<c(?: r="([A-Z]{1,3})[0-9]{1,7}"|\b)')
_ROW = b'<row r="'
_FORMULA = re.compile(rb"<f[\s/>]")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LONGEST_CELL = 1 << 20


def look(pieces: Iterable[bytes], name: str) -> SheetFacts | None:
    """The facts of a plain sheet at the price of a text search, or None: use `study`.

    Plain means: no formula, no `#` (every error starts with one) and written in the usual
    way. A file that only pretends to be plain meets the memory limit of the child process.
    """
    facts = SheetFacts(name)
    columns: set[bytes] = set()
    for part in _whole_cells(pieces):
        if part is None or b"#" in part or _FORMULA.search(part):
            return None
        columns.update(_CELL.findall(part))
        last_row = part.rfind(_ROW)
        if last_row >= 0:
            number = part[last_row + len(_ROW) : last_row + 20].partition(b'"')[0]
            facts.rows = max(facts.rows, int(number) if number.isdigit() else 0)
        facts.hidden_parts |= b'hidden="1"' in part or b'hidden="true"' in part
        if b"" in columns or (columns and not facts.rows):
            return None
    facts.columns = max((column_number(letters.decode()) for letters in columns), default=0)
    return facts if columns else None


def _whole_cells(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    """The same bytes, cut between tags and never inside a cell; None for a giant cell."""
    rest = b""
    for piece in pieces:
        part = rest + piece
        cut = max(part.rfind(b"<c "), part.rfind(b"<row "), 0) or max(part.rfind(b"<"), 0)
        if len(part) - cut > _LONGEST_CELL:
            yield None
        yield part[:cut]
        rest = part[cut:]
    yield rest


def study(pieces: Iterable[bytes], name: str, limits: Limits, uncalculated: bool) -> SheetFacts:
    """The facts of any sheet, by parsing all of it.

    `uncalculated` says that no spreadsheet program has calculated the file yet: the program
    that made it wrote 0 as the outcome of every formula.
    """
    study = _Study(name, limits, uncalculated)
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = study.start
    parser.EndElementHandler = study.end
    parser.CharacterDataHandler = study.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError) as error:
        raise damaged() from error
    return study.facts


def _refuse(*_: object) -> None:
    raise damaged()


class _Study:
    """Follows rows and cells through the XML; prefixes do not matter, positions may be left out."""

    def __init__(self, name: str, limits: Limits, uncalculated: bool) -> None:
        self.facts = SheetFacts(name)
        self._limits = limits
        self._no_result = ("", "0") if uncalculated else ("",)
        self._row = self._column = -1
        self._kind = ""
        self._formula = self._filled = self._in_value = False
        self._value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or tag == "is":
            self._filled = True
            self._in_value = tag == "v"
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            check_box([self.facts], self._limits)
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden_parts = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if reference := attributes.get("r"):
            match = _REFERENCE.fullmatch(reference)
            if not match:
                raise damaged()
            self._row, self._column = int(match[2]) - 1, column_number(match[1]) - 1
        self._kind = attributes.get("t", "n")
        self._formula = self._filled = False
        self._value = ""

    def text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v":
            self._in_value = False
        elif tag == "c" and (self._filled or self._formula):
            self.facts.saw(self._row, self._column)
            value = self._value.strip()
            # An empty text is a real outcome of a formula; an empty number is not.
            calculated = self._filled and (self._kind == "str" or value not in self._no_result)
            if self._kind == "e":
                self.facts.errors[self._row, self._column] = value or "#FOUT"
            elif self._formula and not calculated:
                self.facts.errors[self._row, self._column] = NO_RESULT
