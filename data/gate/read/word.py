"""The tables of a Word file: every table as a sheet, with the words above it as its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, XMLParser

from data.gate.read.cells import ReadFile, ReadLimits, Sheet, Value
from data.gate.read.clean import clean_text
from data.gate.read.package import Package
from data.gate.read.refusal import damaged, too_many_cells
from data.gate.read.xlsx import main_part

_WIDEST = 63  # columns that a table in Word can have
_LONGEST_NAME = 1_000
# Removed while changes are tracked, and the second copy of what newer versions of Word draw.
_NOT_THERE = {"del", "moveFrom", "Fallback"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(path: Path, limits: ReadLimits) -> ReadFile | None:
    """The tables of a docx file, or None when the file is something else. Raises Unreadable.

    The rows of a sheet are the rows of the table; a merged cell has its text in the first place.
    Text that was added while changes are tracked counts, text that was removed does not.
    """
    package = Package(path, limits)
    try:
        if "[content_types].xml" not in package:
            return None
        part = main_part(package)
        if not part.startswith("word/"):
            return None
        document = _parsed(package, part)
        package.check_rest()
    finally:
        package.close()
    return ReadFile(path.name, "docx", None, None, tuple(_tables(document, limits)))


def _parsed(package: Package, part: str) -> Element:
    parser = XMLParser()
    try:
        for piece in package.pieces(part):
            parser.feed(piece)
        return parser.close()
    except ParseError as error:
        raise damaged() from error


def _tables(document: Element, limits: ReadLimits) -> Iterator[Sheet]:
    above: list[str] = []
    left = limits.cells
    for block in _nearest(document, {"p", "tbl"}):
        if _tag(block) == "p":
            above.append(clean_text(_text(block)) or "")
            continue
        rows = [_row(row) for row in _nearest(block, {"tr"})]
        left -= sum(map(len, rows))
        if left < 0:
            raise too_many_cells(limits.cells)
        yield Sheet("\n".join(filter(None, above))[-_LONGEST_NAME:], False, rows)
        above.clear()


def _row(row: Element) -> list[Value]:
    cells: list[Value] = [None] * _number(row, "trPr", "gridBefore", 0)
    for cell in _nearest(row, {"tc"}):
        paragraphs = [_text(item) for item in _all(cell, "p")]
        cells.append(clean_text("\n".join(paragraphs)))
        cells += [None] * (_number(cell, "tcPr", "gridSpan", 1) - 1)
    return cells[:_WIDEST]


def _text(paragraph: Element) -> str:
    """The words of one paragraph, without those of a table or text box inside it."""
    words = []
    for item in paragraph:
        tag = _tag(item)
        if tag == "t":
            words.append(item.text or "")
        elif tag in _SIGNS:
            words.append(_SIGNS[tag])
        elif tag not in _NOT_THERE and tag not in ("p", "pPr"):
            words.append(_text(item))
    return "".join(words)


def _nearest(element: Element, tags: set[str]) -> Iterator[Element]:
    """The first elements with one of these tags on every way down, however they are wrapped."""
    for item in element:
        if _tag(item) in tags:
            if not _is_removed(item):
                yield item
        elif _tag(item) not in _NOT_THERE:
            yield from _nearest(item, tags)


def _all(element: Element, tag: str) -> Iterator[Element]:
    """Every element with this tag that is there, also inside one another, in order."""
    for item in element:
        if _tag(item) == tag:
            yield item
        if _tag(item) not in _NOT_THERE:
            yield from _all(item, tag)


def _is_removed(row: Element) -> bool:
    return any(_tag(item) == "del" for part in row if _tag(part) == "trPr" for item in part)


def _number(element: Element, properties: str, name: str, otherwise: int) -> int:
    for part in element:
        for item in part if _tag(part) == properties else ():
            if _tag(item) == name:
                value = next((v for k, v in item.attrib.items() if k.endswith("val")), "")
                return min(int(value), _WIDEST) if value.isdecimal() else otherwise
    return otherwise


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
