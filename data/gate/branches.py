"""A school's code in two columns, BRIN and number of the branch, as DUO's registers have it."""

import re
from collections.abc import Sequence

from data.gate.columns import Row
from data.gate.convert.refused import as_text
from data.gate.doubt.doubt import Cells
from data.gate.read import Value
from data.gate.recognise import Recognised
from data.plain import plain

BRIN = ("brin", "brinnummer", "brincode", "instellingscode", "brin4")


def joined(recognised: Recognised, rows: Sequence[Row], cells: Cells) -> tuple[Cells, list[str]]:
    """The cells with each branch number behind its BRIN, and a note that says so.

    Only where the column of the school holds nothing but branch numbers, and one column that is
    not used otherwise is called BRIN.
    """
    places = [at for at, name in recognised.unmapped.items() if plain(name) in BRIN]
    whole, notes = dict(cells), list[str]()
    if len(places) != 1:
        return whole, notes
    for name in cells:
        column = recognised.source.columns[name]
        if column.type != "location_code":
            continue
        numbers = [as_text(cell) for cell in cells[name] if cell is not None]
        only = numbers and all(re.fullmatch(r"[0-9]{1,2}", number) for number in numbers)
        if only:
            at = places[0]
            brins = [row[at] if at < len(row) else None for row in rows]
            whole[name] = [_code(*pair) for pair in zip(brins, cells[name], strict=True)]
            header = recognised.header.name_of(at)
            notes.append(f"“{column.label}” is samengesteld met kolom {header}.")
    return whole, notes


def _code(brin: Value, number: Value) -> Value:
    if brin is None or number is None:
        return number
    return f"{as_text(brin).strip()}{as_text(number).zfill(2)}"
