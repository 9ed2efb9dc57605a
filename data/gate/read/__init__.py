"""The one way in for a file of a user: `read_file` gives sheets of cells or says why not."""

from data.gate.read.cells import (
    CellError,
    Range,
    ReadFile,
    ReadLimits,
    Sheet,
    Unreadable,
    Value,
    short_name,
)
from data.gate.read.limited import run_limited
from data.gate.read.reading import check_file, read_file

__all__ = [
    "CellError",
    "ReadLimits",
    "Range",
    "ReadFile",
    "Sheet",
    "Unreadable",
    "Value",
    "check_file",
    "read_file",
    "run_limited",
    "short_name",
]
