"""How solid a figure is: A to D, one step down for every reason, and the reasons in words."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.verdict.verdict import Confidence

LABELS = "ABCD"
SMALL_COUNT = 10
HALF = 0.5
YEARS_COUNTED_ALIKE = 2


@dataclass(frozen=True)
class Facts:
    """What is known about the making of one figure.

    count: cases, or forms of a mean, the figure rests on; years_same_definition: whole years of
    figures that may be compared; late: a delivery came after the day it was expected.
    """

    observed: int
    expected: int
    provisional: bool
    partial: bool
    count: float
    is_count: bool
    years_same_definition: int
    late: bool = False
    has_number: bool = True


def confidence(facts: Facts) -> Confidence:
    """A: complete, final, counted the same way for years, not tiny. Each reason costs one step.

    Less than half of the locations, or no figure at all, is D at once.
    """
    if facts.observed < HALF * facts.expected:
        return Confidence("D", ("minder dan de helft van de locaties heeft geleverd",))
    if not facts.has_number:
        return Confidence("D", ("er is geen cijfer",))
    reasons = [text for applies, text in _reasons(facts) if applies]
    return Confidence(LABELS[min(len(reasons), len(LABELS) - 1)], tuple(reasons))


def _reasons(facts: Facts) -> list[tuple[bool, str]]:
    counted_alike = facts.years_same_definition >= YEARS_COUNTED_ALIKE
    return [
        (facts.observed < facts.expected, "niet alle locaties hebben geleverd"),
        (facts.provisional or facts.partial, "het cijfer is voorlopig"),
        (not counted_alike, "nog geen twee jaar op dezelfde manier geteld"),
        (facts.count < SMALL_COUNT, "kleine aantallen"),
        (facts.late, "de gegevens kwamen te laat"),
    ]
