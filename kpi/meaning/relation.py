"""What a definition says about its figures beside each other: "opp_per_100 = opps"."""

import re
from typing import NamedTuple

NUMERATOR, DENOMINATOR = "numerator", "denominator"
FORM = (
    "schrijf een verband als “a = b”, “a + b <= c” of “a.denominator = b@soort=x”, "
    "met andere KPI’s als “kpi/maat”"
)
_TERM = re.compile(r"(?:(\w+)/)?(\w+)(\.denominator)?(?:@([\w=,]+))?")


class Term(NamedTuple):
    """A number of a figure, whatever the organisation and period; segment "" is any."""

    kpi: str
    measure: str
    part: str
    segment: str


class Relation(NamedTuple):
    """Sum of left = sum of right (exact), or at most it, at every organisation and period."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    exact: bool


def parse_relation(text: str, kpi: str) -> Relation:
    """A relation as kpi.toml writes it, in the KPI with this id. ValueError (Dutch)."""
    sides = re.split(r"(<=|=)\s+", text, maxsplit=1)
    if len(sides) != 3:
        raise ValueError(f"verband “{text}” is niet te lezen; {FORM}.")
    left, sign, right = sides
    return Relation(_terms(left, kpi), _terms(right, kpi), sign == "=")


def _terms(text: str, kpi: str) -> tuple[Term, ...]:
    found = []
    for part in text.split("+"):
        match = _TERM.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"verband “{part.strip()}” is niet te lezen; {FORM}.")
        other, measure, below, segment = match.groups()
        kind = DENOMINATOR if below else NUMERATOR
        found.append(Term(other or kpi, measure, kind, segment or ""))
    return tuple(found)
