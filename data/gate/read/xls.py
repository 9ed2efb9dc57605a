"""A look at the records of an xls file: the box of each sheet and its error cells."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from data.gate.read.cells import ReadLimits
from data.gate.read.facts import SheetFacts, check_box
from data.gate.read.ole import OleFile
from data.gate.read.refusal import damaged, not_a_table, password

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!",
           42: "#N/A"}  # fmt: skip
_BOF, _EOF, _BOUNDSHEET, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x002F
_ROW, _COLUMN_INFO = 0x0208, 0x007D
_FONT, _XF, _STRIKE_BIT = 0x0031, 0x00E0, 0x08
_NO_FONT = 4  # the number that the format skips: the fifth font is number 5
_BOOL_OR_ERROR, _FORMULA, _MANY_NUMBERS = 0x0205, {0x0006, 0x0206, 0x0406}, 0x00BD
_CELLS = {0x0203, 0x0204, 0x00D6, 0x00FD, 0x027E, _BOOL_OR_ERROR, _MANY_NUMBERS, *_FORMULA}
_Record = tuple[int, bytes]


def sheet_facts(data: bytes, limits: ReadLimits) -> list[SheetFacts]:
    """Facts per sheet in the order of the workbook; refuses encrypted and Word files."""
    ole = OleFile(data)
    names = ole.names()
    if "encryptedpackage" in names:
        raise password()
    book = next((name for name in ("workbook", "book") if name in names), None)
    if book is None:
        raise not_a_table("een ander soort Office-bestand")
    stream = ole.stream(book)
    sheets: list[SheetFacts] = []
    try:
        struck = _strike_formats(stream)
        for start, name, is_table in _sheets(stream):
            facts = SheetFacts(name, is_table=is_table)
            sheets.append(facts)
            for record in _records(stream, start):
                _study(record, facts, struck)
            check_box(sheets, limits)
    except struct.error as error:
        raise damaged() from error
    return sheets


def _sheets(stream: bytes) -> list[tuple[int, str, bool]]:
    """Where each sheet starts, its name, and whether it is a table (not a chart or macro)."""
    sheets = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise password()
        if kind == _BOUNDSHEET:
            start, _, sheet_type, _, letters = struct.unpack_from("<IBBBB", body)
            name = body[8:].decode("utf-16-le" if letters == 1 else "cp1252", errors="replace")
            sheets.append((start, name, sheet_type == 0))
    return sheets


def _strike_formats(stream: bytes) -> frozenset[int]:
    """The numbers of the cell formats whose font strikes through."""
    fonts: list[bool] = []
    formats: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _FONT:
            if len(fonts) == _NO_FONT:
                fonts.append(False)
            fonts.append(bool(body[2] & _STRIKE_BIT))
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", body)[0])
    return frozenset(
        number for number, font in enumerate(formats) if font < len(fonts) and fonts[font]
    )


def _records(stream: bytes, position: int) -> Iterator[_Record]:
    """The records from a BOF to its own EOF; charts inside a sheet have their own pair."""
    depth = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, stream[position + 4 : position + 4 + size]
        if depth <= 0:
            return
        position += 4 + size


def _study(record: _Record, facts: SheetFacts, struck: frozenset[int]) -> None:
    kind, body = record
    if kind in _CELLS:
        row, column = struct.unpack_from("<HH", body)
        if kind == _MANY_NUMBERS:
            last = struct.unpack_from("<H", body, len(body) - 2)[0]
            facts.saw(row, last, cells=last - column + 1)
            for at in range(column, last + 1) if struck else ():
                if struct.unpack_from("<H", body, 4 + 6 * (at - column))[0] in struck:
                    facts.struck.add((row, at))
            return
        facts.saw(row, column)
        if struck and struct.unpack_from("<H", body, 4)[0] in struck:
            facts.struck.add((row, column))
        if kind == _BOOL_OR_ERROR and body[7]:
            facts.errors[row, column] = _ERRORS.get(body[6], "#FOUT")
        elif kind in _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            facts.errors[row, column] = _ERRORS.get(body[8], "#FOUT")
    elif kind == _ROW:
        facts.hidden_parts |= bool(body[12] & 0x20)
    elif kind == _COLUMN_INFO:
        facts.hidden_parts |= bool(body[8] & 1)
