"""The question about pupil numbers that could be burgerservicenummers: those are not taken in."""

from collections.abc import Iterator, Sequence

from data.gate.claim import OWN, ClaimDoubt
from data.gate.read import ReadFile
from data.gate.recognise import Recognised
from data.gate.rows import cell_of
from data.gate.struck_doubt import listed, place
from data.privacy import could_be_bsn

QUESTION = (
    "In “{}” staan nummers die een burgerservicenummer (BSN) kunnen zijn: regel {}. De monitor "
    "neemt geen BSN aan. Zijn het BSN's, vraag dan een lijst met de leerlingnummers van de school "
    "en lees dit bestand niet in. Wat zijn het?"
)
CHOICES = ((OWN, "eigen nummers van de school; dat ze op een BSN lijken, is toeval"),)


def number_doubt(read: ReadFile, sheets: Sequence[Recognised]) -> Iterator[ClaimDoubt]:
    """One question for every column of pupil numbers that pass the eleven test."""
    found: dict[str, list[str]] = {}
    for one in sheets:
        keys = [name for name in one.mapping if one.source.columns[name].type == "key"]
        for row, cells in enumerate(read.sheets[one.sheet_index].rows, start=1):
            if row >= one.first_data_row:
                for name in keys:
                    if could_be_bsn(cell_of(cells, one.mapping[name])):
                        found.setdefault(name, []).append(place(row, one, sheets))
    labels = sheets[0].source.columns
    for name, rows in found.items():
        yield ClaimDoubt("numbers", QUESTION.format(labels[name].label, listed(rows)), CHOICES)
