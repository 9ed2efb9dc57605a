"""Numbers that people write in a text: with a unit, or in "van 23 naar 22"."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpi import formatting
from kpi.formatting import EURO, MARK, PERCENT

ANY = ""
ROUGHLY = 0.1  # how far "ongeveer 40" may be off, as a part of the figure
MILLION = 1e6
# What people call the things that are counted, beside the unit itself.
SYNONYMS = {
    "leerlingen": ("jongeren", "jongere", "kinderen", "kind", "thuiszitters", "thuiszitter"),
    "dossiers": ("casussen", "casus"),
    "OPP's": ("OPP’s",),
    "TLV's": ("TLV’s",),
}
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_BARE = re.compile(rf"(?<![\w.,])(?:{_NUMBER})(?![\w]|[.,]\d)")
_FROM_TO = re.compile(rf"\bvan\s+(?:€\s?)?({_NUMBER})\s?%?\s+naar\s+(?:€\s?)?({_NUMBER})(?![\w])")
_ROUGH = re.compile(
    r"\b(?:ongeveer|circa|ca\.|ruim|bijna|rond|rond de|zo’n|zo'n|krap|tegen de)\s+(?:€\s?)?$",
    re.IGNORECASE,
)
YEARS = range(1990, 2100)


class Told(NamedTuple):
    """A number in a text: its words, value, decimals as written, unit, and whether it is rough.

    factor: a million for "1,2 miljoen", which `value` leaves out.
    """

    words: str
    value: float
    decimals: int
    unit: str
    factor: float
    is_rough: bool

    def fits(self, known: float) -> bool:
        """Whether a figure, rounded as the text does, is this number."""
        apart = abs(abs(known) - self.value * self.factor)
        room = 0.5 * 10.0**-self.decimals * self.factor
        return apart <= room + 1e-9 or (self.is_rough and apart <= ROUGHLY * abs(known))


def told_numbers(text: str, units: Iterable[str]) -> list[Told]:
    """Every number in the text that claims to be a figure in one of these units."""
    return [
        _told(match, next(filter(None, match.groups())), unit)
        for unit in sorted(units)
        for match in _with_unit(unit).finditer(text)
    ]


def told_pairs(text: str) -> list[tuple[Told, Told]]:
    """Every "van 23 naar 22" in the text; from one year to another is no figure."""
    found = [
        (_told(match, match.group(1), ANY), _told(match, match.group(2), ANY))
        for match in _FROM_TO.finditer(text)
    ]
    return [pair for pair in found if not all(told.value in YEARS for told in pair)]


def without_pairs(text: str) -> str:
    """The text without every "van 23 naar 22"."""
    return _FROM_TO.sub("", text)


def bare_numbers(text: str) -> Iterator[float]:
    """Every number in the text that is no year, whatever stands beside it."""
    for match in _BARE.finditer(text):
        value = float(formatting.parse_number(match.group()))
        if value not in YEARS:
            yield value


def _with_unit(unit: str) -> re.Pattern[str]:
    """A number with this unit as people write it: "23 nieuwe leerlingen", "€ 1,2 miljoen"."""
    if unit == PERCENT:
        return re.compile(rf"(?<![\w.,])({_NUMBER})\s?(?:%|procent)")
    if unit == EURO:
        return re.compile(
            rf"(?:€\s?({_NUMBER})(?![\w])(?:\s(?:miljoen|mln))?)"
            rf"|(?<![\w.,€])(?<!€\s)({_NUMBER})\s(?:(?:miljoen|mln)\s)?euro\b"
        )
    if unit == MARK:
        return re.compile(
            r"\b(?:een|cijfer|gemiddeld|score|op|van)\s+(\d,\d+)(?![\w%]|\s(?:proc|%))"
        )
    nouns = (unit, formatting.SINGULAR.get(unit, unit), *SYNONYMS.get(unit, ()))
    either = "|".join(re.escape(noun) for noun in dict.fromkeys(nouns))
    return re.compile(rf"(?<![\w.,])({_NUMBER})(?:\s+[a-zë]+e)?\s+(?:{either})(?!\w)")


def _told(match: re.Match[str], number: str, unit: str) -> Told:
    words = match.group()
    return Told(
        words=words,
        value=float(formatting.parse_number(number)),
        decimals=len(number.partition(",")[2]),
        unit=unit,
        factor=MILLION if re.search(r"\b(?:miljoen|mln)\b", words) else 1.0,
        is_rough=bool(_ROUGH.search(match.string[: match.start()])),
    )
