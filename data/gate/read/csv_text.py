"""A csv file as one sheet of text cells: encoding, delimiter and quotes settled by evidence."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from data.gate.read.cells import ReadFile, ReadLimits, Sheet, Unreadable, Value
from data.gate.read.clean import clean_text, drop_empty_end
from data.gate.read.encoding import decode
from data.gate.read.refusal import too_many, too_many_cells

SHEET = "csv"  # a csv file has no sheet name; messages and row ids need one

# A decimal comma is as regular as a delimiter, so a comma must explain twice as much.
_DELIMITERS = {";": 1.0, "\t": 1.0, "|": 1.0, ",": 0.49}
_FEWEST_REGULAR = 0.3  # share of the rows that must have the usual width
_SAMPLE_ROWS, _SAMPLE_SIZE = 200, 200_000
_EXCEL_HINT = re.compile(r"sep=([;,\t|])\r?\n", re.I)
csv.field_size_limit(2**31 - 1)  # bounded by the size of the file; a cell is cut off later
_NO_DELIMITER = "\x1f"
_END = "\x00"


def read_csv(path: Path, limits: ReadLimits) -> ReadFile:
    """The one sheet of a csv file; every cell is text or None."""
    decoded = decode(path.read_bytes())
    text, delimiter = decoded.text, None
    if hint := _EXCEL_HINT.match(text):  # Excel obeys this line and does not show it
        text, delimiter = text[hint.end() :], hint[1]
    delimiter = delimiter or delimiter_of(text)
    if text.count(delimiter or "\n") + text.count("\n") > limits.cells:
        raise too_many_cells(limits.cells)
    records = _records(text, delimiter or _NO_DELIMITER)
    rows: list[list[Value]] = [[clean_text(value) for value in record] for record in records]
    drop_empty_end(rows)
    widest = max(map(len, rows), default=0)
    if widest > limits.columns:
        raise too_many(widest, "kolommen", limits.columns)
    return ReadFile(
        path.name, "csv", decoded.encoding, delimiter, (Sheet(SHEET, False, rows),), decoded.notes
    )


def delimiter_of(text: str) -> str | None:
    """The delimiter that splits most rows into equally many cells; None for one column."""
    sample = text[:_SAMPLE_SIZE]
    scores = {delimiter: _regularity(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0 else None


def _regularity(sample: str, delimiter: str) -> float:
    """How many delimiters a regular table explains; 0 when there is no such table."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record in islice(reader, _SAMPLE_ROWS) if any(record)]
    except csv.Error:
        return 0
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0
    usual, count = wide.most_common(1)[0]
    if count < _FEWEST_REGULAR * len(widths):
        return 0
    return count * (usual - 1) * _DELIMITERS[delimiter]


def _records(text: str, delimiter: str) -> list[list[str]]:
    lines = list(io.StringIO(text, newline=""))
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return _sloppy_records(lines, delimiter)


def _sloppy_records(lines: list[str], delimiter: str) -> list[list[str]]:
    """Rows of a file with careless quotes, as long as no row can have swallowed the next."""
    reader = csv.reader([*lines, _END], delimiter=delimiter)
    records: list[list[str]] = []
    start = 0
    try:
        for record in reader:
            end = reader.line_num
            if record == [_END] and end > len(lines):  # every quote was closed before the end
                return records
            if end > start + 1:  # a cell of several lines: only with quotes as they should be
                list(csv.reader(lines[start:end], delimiter=delimiter, strict=True))
            records.append(record)
            start = end
    except csv.Error as error:
        raise _open_quote(start + 1) from error
    raise _open_quote(start + 1)


def _open_quote(line: int) -> Unreadable:
    return Unreadable(
        f"Op regel {line} van dit bestand begint een tekst met een aanhalingsteken dat niet goed "
        "wordt afgesloten: verbeter die regel, of sla het bestand in Excel op als .xlsx."
    )
