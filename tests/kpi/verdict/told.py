"""What a sentence says in numbers, held against the figures; plain Python, nothing of the verdicts.

Every amount is read back from the Dutch text. It may differ from the figure by its rounding only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import comb

from kpi.figure.result import KpiResult
from kpi.meaning.choices import JudgedBy, PeriodType, Shows
from kpi.verdict.assess import Verdict

NUMBER = r"−?\d{1,3}(?:\.\d{3})*(?:,\d+)?"
NOUN = r"(?!van\b|naar\b|en\b|in\b|is\b|kan\b|uit\b|dan\b)[A-Za-z’']+"
FIGURE = rf"(?:{NUMBER} van de {NUMBER}|−?€\u00a0{NUMBER}|{NUMBER}%|{NUMBER}(?: {NOUN})?)"
PERIOD = r"(?:(?:sept|dec|mrt|juni) \d{4}|\d{4}-\d{4}|\d{4})"
OTHER_LOCATIONS = 0.05  # of the locations: what a series may bridge
FEW = 10  # cases: fewer are not said as a percentage


@dataclass(frozen=True)
class Told:
    """A verdict, with the series that ends at the figure it is about, oldest first."""

    course: tuple[KpiResult, ...]
    verdict: Verdict

    @property
    def now(self) -> KpiResult:
        return self.course[-1]

    @property
    def quarterly(self) -> bool:
        return self.now.period.period_type == PeriodType.KWARTAAL

    @property
    def counted(self) -> bool:
        return self.now.measure.shows in (Shows.TOTAL, Shows.PERSONS, Shows.STOCK)

    @property
    def mean(self) -> bool:
        return self.now.measure.shows is Shows.MEAN

    @property
    def run(self) -> list[KpiResult]:
        """What may be held against the last figure: final, counted alike, no wide gap between."""
        widest, found = 5 if self.quarterly else 2, []
        for one in reversed(self.course):
            if one.definition_version != self.now.definition_version:
                break
            if is_final(one) and counted_alike(one, self.now, OTHER_LOCATIONS):
                if found and found[-1].period.position - one.period.position > widest:
                    break
                found.append(one)
            elif not found:
                break
        return found[::-1]

    @property
    def unbroken(self) -> list[KpiResult]:
        """The end of the run in which no period is left out."""
        end = self.now.period.position
        back = takewhile(
            lambda pair: pair[1].period.position == end - pair[0], enumerate(reversed(self.run))
        )
        return [one for _, one in back][::-1]

    def at(self, label: str) -> KpiResult:
        """The figure of the period that is named."""
        (found,) = [one for one in self.course if one.period.label == label]
        return found

    def back(self, periods: int) -> KpiResult | None:
        """The figure so many periods ago, when it may be held against the last one."""
        then = self.now.period.position - periods
        return next((one for one in self.run if one.period.position == then), None)


def is_final(one: KpiResult) -> bool:
    """Everyone delivered, it will not change, and what was counted is no range."""
    return (
        one.value is not None
        and one.observed == one.expected > 0
        and not (one.provisional or one.numerator_more)
    )


def counted_alike(one: KpiResult, other: KpiResult, room: float = 0.0) -> bool:
    """By the same definition, about (nearly) as many locations, from the same sources."""
    return (
        one.definition_version == other.definition_version
        and abs(one.expected - other.expected) <= room * other.expected
        and abs(one.other_source - other.other_source) <= room * other.expected
    )


def amount(text: str) -> tuple[float, int]:
    """ "€ −1.234,5" → (−1234.5, 1): the number in a text and its decimals."""
    (found,) = re.findall(r"\d[\d.,]*", text)
    whole = found.rstrip(".,").replace(".", "").replace(",", ".")
    sign = -1 if "−" in text else 1
    return sign * float(whole), len(whole.partition(".")[2])


def reads(text: str, value: float) -> bool:
    """Whether the text is this value but for rounding."""
    told, decimals = amount(text)
    return abs(told - value) <= 0.5 * 10**-decimals + 1e-6


def check_figure(text: str, one: KpiResult) -> None:
    """The text is this figure: "12 leerlingen", "4,2%", "3 van de 45", "€ 1.200", "7,9"."""
    if " van de " in text:
        top, size = text.split(" van de ")
        assert one.unit == "percent", f"{text}: geen percentage"
        assert reads(top, one.numerator), f"{text} ≠ {one.numerator}"
        assert reads(size, one.denominator), f"{text} ≠ … van de {one.denominator}"
        return
    assert reads(text, one.value), f"{text} ≠ {one.value}"
    assert ("%" in text) == (one.unit == "percent"), f"{text}: {one.unit}"
    assert ("€" in text) == (one.unit == "euro"), f"{text}: {one.unit}"
    noun = re.search(r"[A-Za-z’']+$", text)
    if noun:
        assert noun[0][0] == one.unit[0], f"{text}: {one.unit}"
        assert (amount(text) == (1, 0)) == (noun[0] != one.unit), f"{text}: enkelvoud?"
    if "%" in text and one.measure.judged_by is not JudgedBy.THRESHOLD:
        assert one.numerator >= FEW, f"{text}: een percentage van {one.numerator}"


def as_number(text: str) -> float:
    """The size of a figure in a text, a share of cases as a percentage."""
    if " van de " in text:
        top, size = (amount(part)[0] for part in text.split(" van de "))
        return 100 * top / size
    return amount(text)[0]


def total(part: Sequence[KpiResult]) -> tuple[float, float]:
    """Sum of what was counted, and of what it is divided by."""
    return sum(one.numerator for one in part), sum(one.denominator for one in part)


def chance(
    told: Told,
    before: Sequence[KpiResult],
    after: Sequence[KpiResult],
    spans: tuple[float, float] = (1, 1),
) -> float:
    """Mid-p chance, both ways, of a difference like this when nothing changed; exact.

    spans: how long both are, of a count. Given the sum: binomial of a count or rate,
    hypergeometric of a share. The float of a rate is enough: its sizes are sums of pupils.
    """
    (old, first), (new, second) = total(before), total(after)
    top, a, b = round(old + new), round(old), round(new)
    if told.now.measure.shows is Shows.SHARE:
        one, two = round(first), round(second)
        ways = [comb(two, k) * comb(one, top - k) if k <= top else 0 for k in range(top + 1)]
    else:
        part = spans[1] / sum(spans) if told.counted else second / (first + second)
        ways = [comb(top, k) * part**k * (1 - part) ** (top - k) for k in range(top + 1)]
    whole = sum(ways)
    assert a + b == top
    low, high, same = sum(ways[: b + 1]), sum(ways[b:]), ways[b]
    return (2 * min(low, high) - same) / whole
