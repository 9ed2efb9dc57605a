"""The one way in for a file of a user: `read_file` gives sheets of cells or says why not."""

from data.gate.read.cells import CellError, Range, ReadFile, ReadLimits, Sheet, Unreadable, Value
from data.gate.read.reading import read_file

__all__ = [
    "CellError",
    "ReadLimits",
    "Range",
    "ReadFile",
    "Sheet",
    "Unreadable",
    "Value",
    "read_file",
]
