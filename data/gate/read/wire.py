"""A read file as lines of JSON, so that it can cross from the child process to its parent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from data.gate.read.cells import CellError, ReadFile, Sheet, Unreadable, Value

_ROWS_PER_LINE = 4_000
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


class Broken(Exception):
    """The lines stopped before the end: the child did not survive the file."""


def lines_of(read: ReadFile) -> Iterator[bytes]:
    """The file in lines: its head, then per sheet its head and its rows, then the end."""
    yield _line({"file": [read.format, read.encoding, read.delimiter, read.notes]})
    for sheet in read.sheets:
        yield _line({"sheet": [sheet.name, sheet.hidden, sheet.merged, sorted(sheet.struck)]})
        for start in range(0, len(sheet.rows), _ROWS_PER_LINE):
            yield _line({"rows": sheet.rows[start : start + _ROWS_PER_LINE]})
    yield _line({"end": True})


def refusal(error: Unreadable) -> bytes:
    """The one line that says why there is no file."""
    return _line({"unreadable": error.message})


def read_lines(lines: Iterable[bytes], name: str) -> ReadFile:
    """The file from its lines; raises Unreadable as the child did, Broken without an end."""
    file: list[Any] = []
    sheets: list[Sheet] = []
    for line in lines:
        try:
            message = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise Broken from error
        match message:
            case {"rows": rows}:
                sheets[-1].rows.extend([[_unbox(x) if type(x) is dict else x for x in row]
                                        for row in rows])  # fmt: skip
            case {"sheet": [sheet_name, hidden, merged, struck]}:
                ranges = tuple(tuple(x) for x in merged)
                places = frozenset((row, column) for row, column in struck)
                sheets.append(Sheet(sheet_name, hidden, [], ranges, places))
            case {"file": head}:
                file = head
            case {"unreadable": text}:
                raise Unreadable(text)
            case {"end": True}:
                format_, encoding, delimiter, notes = file
                return ReadFile(name, format_, encoding, delimiter, tuple(sheets), tuple(notes))
    raise Broken


def _line(message: dict[str, Any]) -> bytes:
    return orjson.dumps(message, default=_box, option=_OPTIONS) + b"\n"


def _box(value: Value) -> dict[str, str]:
    """What JSON has no type for, as an object with one key."""
    if isinstance(value, CellError):
        return {"error": value.code}
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    raise TypeError(type(value))


def _unbox(box: dict[str, str]) -> Value:
    if "day" in box:
        return datetime.date.fromisoformat(box["day"])
    if "moment" in box:
        return datetime.datetime.fromisoformat(box["moment"])
    return CellError(box["error"])
