"""What is struck through in the columns that are read: whole rows, and cells of other rows."""

from dataclasses import dataclass

from data.gate.read import Sheet
from data.gate.recognise import Recognised


@dataclass(frozen=True)
class Struck:
    """Places in the sheet, from 0: `rows` of which every filled cell is struck, other `cells`."""

    rows: frozenset[int]
    cells: frozenset[tuple[int, int]]

    @property
    def touched(self) -> frozenset[int]:
        """Every row in which something is struck."""
        return self.rows | {row for row, _ in self.cells}


def struck_in(sheet: Sheet, recognised: Recognised) -> Struck:
    """What of a sheet is struck below its header, as far as the source reads it."""
    used, start = set(recognised.mapping.values()), recognised.first_data_row - 1
    cells = {(row, at) for row, at in sheet.struck if at in used and row >= start}
    whole = {
        row for row in {row for row, _ in cells}
        if all(
            (row, at) in cells
            for at, value in enumerate(sheet.rows[row]) if at in used and value is not None
        )
    }  # fmt: skip
    return Struck(frozenset(whole), frozenset(cell for cell in cells if cell[0] not in whole))
