"""A look at the XML of one xlsx sheet: its box, its error cells, its formulas without value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pyexpat import ExpatError, ParserCreate

from data.gate.read.cells import NO_RESULT, ReadLimits
from data.gate.read.facts import SheetFacts, check_box, column_number
from data.gate.read.refusal import damaged

# The way nearly every program writes a cell; a cell written otherwise gives an empty column.
_CELL = re.compile(rb'<c(?: r="([A-Z]{1,3})[0-9]{1,7}"|\b)')
_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_FORMULA = re.compile(rb"<f[\s/>]")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LONGEST_CELL = 1 << 20


@dataclass(frozen=True)
class SheetLook:
    """What must be known to look at one sheet.

    `uncalculated` says that no spreadsheet program has calculated the file yet: the program
    that made it wrote 0 as the outcome of every formula. `struck` are the numbers of the styles
    that strike through.
    """

    name: str
    limits: ReadLimits
    uncalculated: bool = False
    struck: frozenset[str] = frozenset()

    def style_of_strike(self) -> re.Pattern[bytes] | None:
        """A cell with one of these styles, in the bytes of a sheet."""
        numbers = "|".join(sorted(self.struck))
        return re.compile(rf'<c\b[^>]*\bs=["\'](?:{numbers})["\']'.encode()) if numbers else None


def look(pieces: Iterable[bytes], look: SheetLook) -> SheetFacts | None:
    """The facts of a plain sheet at the price of a text search, or None: use `study`.

    Plain means: no formula, no `#` (every error starts with one), nothing struck through and
    written in the usual way. A file that only pretends to be plain meets the memory limit of the
    child process.
    """
    facts = SheetFacts(look.name)
    columns: set[bytes] = set()
    strike = look.style_of_strike()
    for part in _whole_cells(pieces):
        if part is None or b"#" in part or _FORMULA.search(part):
            return None
        if strike and strike.search(part):
            return None
        columns.update(_CELL.findall(part))
        facts.rows = max([facts.rows, *map(int, _ROW.findall(part))])
        facts.hidden_parts |= b'hidden="1"' in part or b'hidden="true"' in part
        if b"" in columns or (columns and not facts.rows):
            return None
    if not columns:
        return None
    facts.columns = max(column_number(letters.decode()) for letters in columns)
    facts.cells = facts.rows * facts.columns
    return facts


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


def study(pieces: Iterable[bytes], look: SheetLook) -> SheetFacts:
    """The facts of any sheet, by parsing all of it."""
    study = _SheetStudy(look)
    try:
        for piece in pieces:
            study.parser.Parse(piece, False)
        study.parser.Parse(b"", True)
    except (ExpatError, ValueError) as error:
        raise damaged() from error
    study.finish_cell()
    return study.facts


def _refuse(*_: object) -> None:
    raise damaged()


class _SheetStudy:
    """Follows rows and cells through the XML; prefixes do not matter, positions may be left out.

    A cell is finished when the next thing starts, and text is only listened to inside the value
    of a formula or an error: a sheet has a million cells, and every call counts.
    """

    def __init__(self, look: SheetLook) -> None:
        self.facts = SheetFacts(look.name)
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = _refuse
        self._limits = look.limits
        self._no_result = ("", "0") if look.uncalculated else ("",)
        self._strikes = look.struck
        self._row = self._column = -1
        self._kind = self._value = ""
        self._formula = self._filled = self._struck = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self.finish_cell()
            self._start_cell(attributes)
        elif tag == "v" or tag == "is":
            self._filled = True
            if self._formula or self._kind == "e":
                self.parser.CharacterDataHandler = self._text
        elif tag == "f":
            self._formula = True
        elif tag == "row" or tag == "col":
            self.facts.hidden_parts |= attributes.get("hidden") in ("1", "true")
            if tag == "row":
                self.finish_cell()
                self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._column = -1
                check_box([self.facts], self._limits)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if reference := attributes.get("r"):
            match = _REFERENCE.fullmatch(reference)
            if not match:
                raise damaged()
            self._row, self._column = int(match[2]) - 1, column_number(match[1]) - 1
        self._kind = attributes.get("t", "n")
        self._struck = attributes.get("s", "0") in self._strikes

    def _text(self, text: str) -> None:
        self._value += text

    def finish_cell(self) -> None:
        """Judge the cell that was being read, now that all of it has been seen."""
        if self._filled or self._formula:
            place = (self._row, self._column)
            self.facts.saw(*place)
            if self._struck:
                self.facts.struck.add(place)
            value = self._value.strip()
            # An empty text is a real outcome of a formula; an empty number is not.
            calculated = self._filled and (self._kind == "str" or value not in self._no_result)
            if self._kind == "e":
                self.facts.errors[place] = value or "#FOUT"
            elif self._formula and not calculated:
                self.facts.errors[place] = NO_RESULT
            self.parser.CharacterDataHandler = None
        self._struck = False
        self._kind = self._value = ""
        self._formula = self._filled = False
