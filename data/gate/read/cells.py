"""What a file becomes after reading: sheets of cells, or one sentence why not."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell without a usable value: an Excel error such as `#N/A`, or `NO_RESULT`."""

    code: str

    def __str__(self) -> str:
        return self.code


NO_RESULT = "formule zonder uitkomst"
LONGEST_TEXT, LONGEST_NAME = 32_767, 100

Value: TypeAlias = None | str | int | float | bool | datetime.date | datetime.datetime | CellError
Range: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands in the file.

    `rows[i]` is spreadsheet row i + 1; empty rows are kept, empty rows at the end are not.
    `merged` holds (first row, first column, last row, last column), counted from 0 and
    inclusive, so `rows[first row][first column]` is the only filled cell of the range. `struck`
    are the places (row, column), from 0, of filled cells that are struck through.
    """

    name: str
    hidden: bool
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    struck: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class ReadFile:
    """A file that could be read: `format` is csv, xlsx, xlsm, xls, ods or docx.

    `encoding` and `delimiter` are known for csv only; `notes` are Dutch remarks for the user.
    """

    name: str
    format: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadLimits:
    """How much a single file may ask for; a school export stays far below all of these.

    timeout_s: processor time, of all that is done with the file. columns: as many as a sheet of
    Excel has. A text of more than `LONGEST_TEXT` signs (what a cell of Excel can hold) and a name
    of more than `LONGEST_NAME` are cut off there.
    """

    timeout_s: float = 18
    memory_mb: int = 420
    file_mb: int = 20
    unzipped_mb: int = 200
    cells: int = 2_000_000
    columns: int = 16_384
    sheets: int = 250
    merged: int = 50_000


def short_name(name: str) -> str:
    """A name as far as anybody wants to read it; signs that are no text are replaced."""
    name = name.encode("utf-8", "replace").decode()
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


class Unreadable(Exception):
    """The file gives no cells; the message is one Dutch sentence: what is wrong, what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
