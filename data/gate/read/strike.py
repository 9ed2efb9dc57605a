"""Which styles of a workbook strike through: people cross out a row that no longer counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pyexpat import ExpatError, ParserCreate

from data.gate.read.package import Package
from data.gate.read.refusal import damaged

_OFF = ("0", "false", "off")
BY_RULE = (
    "Een regel voor voorwaardelijke opmaak haalt cellen door; dat ziet de monitor niet. Haal "
    "weg wat niet meer geldt."
)
IN_A_CELL = (
    "In een cel is een deel van de tekst doorgehaald; dat deel is meegelezen. Haal weg wat niet "
    "meer geldt."
)


@dataclass(frozen=True)
class StrikeStyles:
    """The numbers of the cell styles that strike through, and Dutch notes on what is not seen."""

    struck: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def strike_styles(package: Package, parts: Sequence[str]) -> StrikeStyles:
    """Those of an xlsx file, from its part with styles."""
    styles = _XlsxStyles()
    for part in parts:
        if part in package and b"strike" in package.read(part):
            _parse(package.pieces(part), styles.start, styles.end)
    struck = frozenset(
        str(number) for number, font in enumerate(styles.formats) if font in styles.fonts
    )
    return StrikeStyles(struck, (BY_RULE,) if styles.by_rule else ())


def strike_notes(package: Package, parts: Iterable[str]) -> Iterator[str]:
    """That some texts of an xlsx file are struck through in part."""
    if any(part in package and _holds(package.pieces(part), b"<strike/>") for part in parts):
        yield IN_A_CELL


class _XlsxStyles:
    """Fonts by their number, the font of every cell format, and what a rule strikes."""

    def __init__(self) -> None:
        self.fonts: set[str] = set()
        self.formats: list[str] = []
        self.by_rule = False
        self._within: list[str] = []
        self._font = -1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self._within.append(tag)
        if tag == "font" and "dxfs" not in self._within:
            self._font += 1
        elif tag == "strike" and attributes.get("val") not in _OFF:
            if "dxfs" in self._within:
                self.by_rule = True
            else:
                self.fonts.add(str(self._font))
        elif tag == "xf" and "cellXfs" in self._within:
            self.formats.append(attributes.get("fontId", "0"))

    def end(self, _: str) -> None:
        self._within.pop()


def ods_strikes(package: Package) -> frozenset[str]:
    """The names of the cell styles of an ods file that strike through, themselves or by a parent.

    A style of text inside a cell is not among them.
    """
    styles = _OdsStyles()
    for part in ("styles.xml", "content.xml"):
        if part in package and _holds(package.pieces(part), b"line-through"):
            _parse(package.pieces(part), styles.start, None)
    struck = {name for name, on in styles.own.items() if on}
    while more := {
        name
        for name, parent in styles.parents.items()
        if parent in struck and name not in struck and styles.own.get(name) is None
    }:
        struck |= more
    return frozenset(struck)


class _OdsStyles:
    """What each style of cells says of a line through the text, and from which it inherits."""

    def __init__(self) -> None:
        self.own: dict[str, bool] = {}
        self.parents: dict[str, str] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style:style":
            of_cells = attributes.get("style:family") == "table-cell"
            self._style = attributes.get("style:name", "") if of_cells else ""
            if self._style:
                self.parents[self._style] = attributes.get("style:parent-style-name", "")
        elif tag == "style:text-properties" and self._style:
            lines = [
                value for name, value in attributes.items()
                if name in ("style:text-line-through-style", "style:text-line-through-type")
            ]  # fmt: skip
            if lines:
                self.own[self._style] = "none" not in lines


def _holds(pieces: Iterable[bytes], word: bytes) -> bool:
    end = b""
    for piece in pieces:
        if word in end + piece:
            return True
        end = piece[-len(word) :]
    return False


def _parse(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None,
) -> None:
    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise damaged() from error
