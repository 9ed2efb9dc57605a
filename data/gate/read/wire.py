"""A read file as JSON, so that it can cross from the child process to its parent."""

from __future__ import annotations

import datetime
from typing import Any

import orjson

from data.gate.read.cells import CellError, ReadFile, Sheet, Value

_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def packed(read: ReadFile) -> bytes:
    """The file as bytes."""
    sheets = [[sheet.name, sheet.hidden, sheet.merged, sorted(sheet.struck), sheet.rows]
              for sheet in read.sheets]  # fmt: skip
    head = [read.name, read.format, read.encoding, read.delimiter, read.notes]
    return orjson.dumps([head, sheets], default=_box, option=_OPTIONS)


def unpacked(content: bytes) -> ReadFile:
    """The file from its bytes."""
    (name, format_, encoding, delimiter, notes), sheets = orjson.loads(content)
    return ReadFile(name, format_, encoding, delimiter, tuple(map(_sheet, sheets)), tuple(notes))


def _sheet(content: list[Any]) -> Sheet:
    name, hidden, merged, struck, rows = content
    cells = [[_unbox(x) if type(x) is dict else x for x in row] for row in rows]
    ranges = tuple(tuple(x) for x in merged)
    return Sheet(name, hidden, cells, ranges, frozenset((row, column) for row, column in struck))


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
