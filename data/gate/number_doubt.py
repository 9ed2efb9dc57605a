"""The question about pupil numbers that could be burgerservicenummers: those are not taken in."""

from collections.abc import Iterator, Sequence

from data.gate.claim import OWN, ClaimDoubt
from data.gate.columns import column_of, per_cell
from data.gate.read import ReadFile
from data.gate.recognise import Recognised
from data.gate.struck_doubt import listed, place
from data.privacy import BSN_LENGTH, bsn_in

QUESTION = (
    "In “{}” staan nummers die een burgerservicenummer (BSN) kunnen zijn: regel {}. De monitor "
    "neemt geen BSN aan. Zijn het BSN's, vraag dan een lijst met de leerlingnummers van de school "
    "en lees dit bestand niet in. Wat zijn het?"
)
CHOICES = ((OWN, "eigen nummers van de school; dat ze op een BSN lijken, is toeval"),)


def number_doubt(read: ReadFile, sheets: Sequence[Recognised]) -> Iterator[ClaimDoubt]:
    """One question for every column of pupil numbers that pass the eleven test.

    Numbers of eight digits only beside those of nine: alone they are no BSN's without their zero.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for one in sheets:
        keys = [name for name in one.mapping if one.source.columns[name].type == "key"]
        rows = read.sheets[one.sheet_index].rows[one.first_data_row - 1 :]
        numbers = [per_cell(bsn_in, column_of(rows, one.mapping[name])) for name in keys]
        for row, told in enumerate(zip(*numbers, strict=True), start=one.first_data_row):
            for name, digits in zip(keys, told, strict=True) if any(told) else ():
                if digits:
                    found.setdefault(name, []).append((place(row, one, sheets), digits))
    labels = sheets[0].source.columns
    for name, places in found.items():
        if any(len(digits) == BSN_LENGTH for _, digits in places):
            told_of = listed([where for where, _ in places])
            yield ClaimDoubt("numbers", QUESTION.format(labels[name].label, told_of), CHOICES)
