"""What an activity costs: an amount with its unit and where it comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpi import formatting

UNITS = (
    "€", "€ per jaar", "€ per leerling", "€ per samenwerkingsverband", "€ per uur",
    "€ per deelname", "€ per 0,1 fte", "fte",
)  # fmt: skip
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_FTE = (
    rf"(?<!\d)(?<!\d[.,])(?:(?P<times>\d+)\s*[x×]\s*)?(?P<fte>{_NUMBER})\s*fte"
    r"(?P<worth>\s*=\s*(?=€))?"
)
_EURO = rf"(?P<about>\b(?:ca\.?|circa|ongeveer|±)\s*)?€\s*(?P<euro>{_NUMBER})"
_NEAR = 60  # signs behind an amount in which its unit stands
_ANY = re.compile(f"{_FTE}|{_EURO}", re.IGNORECASE)
_PER = {
    "€ per leerling": r"per\s+(?:lln|ll\b|leerling)",
    "€ per jaar": r"p/j|p\.j|per\s+jaar|op\s+jaarbasis|jaarlijks",
    "€ per samenwerkingsverband": r"per\s+(?:swv|samenwerkingsverband)",
    "€ per uur": r"per\s+uur|p/u",
    "€ per deelname": r"per\s+deelname",
}


@dataclass(frozen=True)
class Amount:
    """A sum of money or time. about: the plan says "circa". source: who pays; note: what for."""

    amount: Decimal
    unit: str
    source: str = ""
    note: str = ""
    about: bool = False

    def wrong_parts(self) -> list[str]:
        """What is not right in it, in Dutch."""
        wrong = [] if self.unit in UNITS else [f"eenheid '{self.unit}'; kies uit {_choices()}."]
        return wrong + (["een bedrag is niet kleiner dan nul."] if self.amount < 0 else [])

    @property
    def text(self) -> str:
        """ "ca. € 7.500 per jaar", "0,6 fte"."""
        # Cents are written as two digits, a part of a fte with as many as it needs.
        fewest = 2 if self.unit != "fte" and self.amount % 1 else 0
        size = formatting.number(self.amount, formatting.decimals_of(self.amount, fewest))
        written = f"{size} fte" if self.unit == "fte" else f"€ {size}{self.unit[1:]}"
        return f"ca. {written}" if self.about else written


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Every amount that a text names: "ca. €5.000 p/j" is about 5000 euro per year.

    A part of a sum is not counted beside it: "0,6 fte (2 x 0,3 fte)" is one amount.
    """
    found: list[Amount] = []
    for amount in _amounts(text):
        is_part = amount.note and any(
            (amount.amount, amount.unit) == (one.amount, one.unit) for one in found
        )
        found += [] if is_part else [amount]
    return tuple(found)


def _amounts(text: str) -> Iterator[Amount]:
    worth, before = "", 0
    for match in _ANY.finditer(text):
        if match["fte"]:
            worth = match["fte"] if match["worth"] else ""
            times, part = Decimal(match["times"] or 1), formatting.parse_number(match["fte"])
            note = f"{match['times']} × {match['fte']} fte" if match["times"] else ""
            if not worth:
                yield Amount(times * part, "fte", note=note)
        else:
            after = text[match.end() : match.end() + _NEAR]
            unit = f"€ per {worth} fte" if worth else _unit(text[before : match.start()], after)
            euros = formatting.parse_number(match["euro"])
            yield Amount(euros, unit, about=bool(match["about"]))
            worth = ""
        before = match.end()


def _unit(before: str, after: str) -> str:
    for unit, words in _PER.items():
        if re.match(rf"\s*(?:,-)?\s*\(?(?:{words})", after, re.IGNORECASE):
            return unit
    return "€ per jaar" if re.search(r"\bjaarlijks\b", before, re.IGNORECASE) else "€"


def _choices() -> str:
    return ", ".join(f"'{unit}'" for unit in UNITS)
