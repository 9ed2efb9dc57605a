"""What is said of a doubt, whatever it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.gate.convert import CellFinding
from data.gate.read import Value
from data.source import Source

Cells = Mapping[str, Sequence[Value]]
Place = tuple[int, str]  # place of the row, column of the source

NOTHING_STORED = "Tot dat klopt, is niets uit dit bestand op te slaan, ook niet de goede regels"


@dataclass(frozen=True)
class Doubt:
    """What proves that a sheet can be read in two ways, and the cells for which that matters.

    The finding stands at `proof`; `cells` (the proof among them) have no certain value.
    """

    proof: Place
    finding: CellFinding
    cells: frozenset[Place]


def in_columns(source: Source, cells: Sequence[Place]) -> str:
    """The columns of these cells, for a sentence; empty when it is one."""
    names = dict.fromkeys(name for _, name in cells)
    labels = [f"“{source.columns[name].label}”" for name in names]
    return f" ({', '.join(labels)})" if len(labels) > 1 else ""


def rows_text(places: Sequence[int], row_numbers: Sequence[object]) -> str:
    """The rows at these places with their numbers, for a sentence."""
    if len(places) == 1:
        return f"regel {row_numbers[places[0]]}"
    first = ", ".join(str(row_numbers[place]) for place in places[:3])
    return f"{len(places)} regels ({first}{' en meer' if len(places) > 3 else ''})"
