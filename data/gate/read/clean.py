"""A cell as a person would copy it: no blanks around it, 5.0 as 5, nothing as None."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from data.gate.read.cells import LONGEST_TEXT, CellError, Value

# Blanks that look like a space but are not one; "1 234" often holds the narrow kind.
_BLANKS = str.maketrans({"\xa0": " ", "\u2007": " ", "\u202f": " ", "\ufeff": "", "\u200b": ""})
# Excel writes the carriage return of a line end inside a cell as _x000D_; exports leave it so.
_LINE_END = re.compile(r"(?:_x000D_|\r)\n?")
# Above this a float no longer holds every whole number, and JSON no longer holds the int.
_LARGEST_WHOLE = 2**53


def clean_text(text: str) -> str | None:
    """The text without surrounding blanks and carriage returns; None when nothing is left.

    What is longer than a cell of Excel can hold is cut off there.
    """
    text = text[:LONGEST_TEXT]
    if not text.isascii():
        text = text.translate(_BLANKS)
    if "\r" in text or "_x000D_" in text:
        text = _LINE_END.sub("\n", text)
    return text.strip() or None


def clean_number(number: float) -> int | float | CellError:
    """A whole number as int (a spreadsheet stores every number as a fraction)."""
    if -_LARGEST_WHOLE < number < _LARGEST_WHOLE:
        return int(number) if number.is_integer() else number
    return number if math.isfinite(number) else CellError("#NUM!")


def _clean_duration(duration: datetime.timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _same(value: Value) -> Value:
    return value


# A time of day and a duration have no type of their own further on: they stay readable text.
_CLEANERS: dict[type, Callable[[Any], Value]] = {
    str: clean_text,
    float: clean_number,
    int: _same,
    bool: _same,
    datetime.date: _same,
    datetime.datetime: _same,
    datetime.time: str,
    datetime.timedelta: _clean_duration,
}


def clean_rows(rows: Iterable[list[Any]]) -> list[list[Value]]:
    """Rows of raw values as rows of cells; empty rows at the end are left out."""
    cleaned = [[_CLEANERS[type(value)](value) for value in row] for row in rows]
    drop_empty_end(cleaned)
    return cleaned


def drop_empty_end(rows: list[list[Value]]) -> None:
    """Take away the empty rows under the last filled one."""
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
