"""Figures inside a sentence: a value, two values side by side, a bound."""

from __future__ import annotations

from math import ceil, floor

from kpi import formatting as fmt
from kpi.meaning.choices import Better, JudgedBy
from kpi.verdict.series import Point, Series

SMALLEST_FOR_PERCENT = 10
MORE_DECIMALS = 2
IN_WORDS = {
    4: "vier",
    5: "vijf",
    7: "zeven",
    8: "acht",
    9: "negen",
    10: "tien",
    11: "elf",
    12: "twaalf",
}


def in_cases(series: Series, *points: Point) -> bool:
    """Whether a percentage must be said as cases: "3 van de 45", because the count is small.

    Percentages from the accounts are not shares of cases, and stay percentages.
    """
    if series.unit != fmt.PERCENT or series.judged_by == JudgedBy.THRESHOLD:
        return False
    return min(point.numerator for point in points) < SMALLEST_FOR_PERCENT


def number(count: float) -> str:
    """A bare count."""
    return fmt.number(float(count))


def in_words(count: int) -> str:
    """A small whole number as a word."""
    return IN_WORDS.get(count, str(count))


def cases(top: float, size: float) -> str:
    """3 van de 45."""
    return f"{number(top)} van de {number(size)}"


def value(series: Series, point: Point) -> str:
    """The value of a point with its unit."""
    if in_cases(series, point):
        return cases(point.numerator, point.denominator)
    return quantity(series, point.value or 0.0)


def quantity(series: Series, number: float, more: int = 0) -> str:
    """A number in the unit of the series."""
    return fmt.quantity(float(number), series.unit, series.decimals + more)


def pair(series: Series, before: Point, after: Point, *, apart: bool = False) -> tuple[str, str]:
    """Two values in one style, the first without its noun.

    apart: the sentence says that they differ, so decimals are added until they read so.
    """
    if in_cases(series, before, after):
        return tuple(cases(point.numerator, point.denominator) for point in (before, after))  # type: ignore[return-value]
    old, new = float(before.value or 0.0), float(after.value or 0.0)
    more = 0
    while apart and more < MORE_DECIMALS and _read_the_same(series, old, new, more):
        more += 1
    return _digits(series, old, more), quantity(series, new, more)


def change(series: Series, before: Point, after: Point) -> str:
    """The change in percent between brackets, only for counts that are large enough."""
    smaller = min(before.numerator, after.numerator)
    if not series.is_count or smaller < SMALLEST_FOR_PERCENT:
        return ""
    step = 100 * (float(after.numerator) / float(before.numerator) - 1)
    return f" ({fmt.signed(step)}%)"


def bounds(series: Series, low: float, high: float) -> tuple[str, str]:
    """What is still ordinary, from and to, at the last point of the series.

    Whole cases lie within: limits 12.3 and 27.8 leave 13 up to 27.
    """
    last = series.last
    if in_cases(series, last):
        part = last.denominator / 100
        size = number(last.denominator)
        return _up(low * part), f"{_down(high * part)} van de {size}"
    if series.is_count:
        return _up(low), fmt.quantity(floor(high + 1e-9), series.unit)
    return _digits(series, low), quantity(series, high)


def asked(
    series: Series,
    target: float,
    wants_more: bool,
    *,
    agreed: bool = False,
    margin: float | None = None,
) -> str:
    """What an agreement asks: "hoogstens 31,4 leerlingen", "minstens 8,0".

    agreed: the value itself was agreed, so it keeps its decimals (two at most): 8,25 is not 8,3.
    margin: of an agreed value, which has two sides: "tussen 43,5% en 47,5%".
    """
    if margin is not None:
        ends = (target - margin, target + margin)
        low, high = (
            fmt.quantity(end, series.unit, fmt.decimals_of(end, series.decimals)) for end in ends
        )
        return f"tussen {low} en {high}"
    word = "minstens" if wants_more else "hoogstens"
    last = series.last
    if in_cases(series, last):
        owed = target * last.denominator / 100
        whole = _up(owed) if wants_more else _down(owed)
        return f"{word} {whole} van de {number(last.denominator)}"
    more = int(series.is_count and target != round(target))
    if agreed:
        more = fmt.decimals_of(target, series.decimals, MORE_DECIMALS) - series.decimals
    return f"{word} {quantity(series, target, more)}"


def is_bad(series: Series, side: float) -> bool:
    """Whether this direction is bad news; never so without an agreed direction."""
    if series.better in (Better.NEUTRAL, Better.BAND):
        return False
    return (side > 0) == (series.better is Better.LOWER)


def advice(series: Series, side: float) -> str:
    """What goes with bad news, "" with other news."""
    return " Zoek eerst de oorzaak, dan de actie." if is_bad(series, side) else ""


def than(side: float) -> str:
    """The word for a direction."""
    return "hoger" if side > 0 else "lager"


def _read_the_same(series: Series, old: float, new: float, more: int) -> bool:
    return old != new and _digits(series, old, more) == _digits(series, new, more)


def _digits(series: Series, number: float, more: int = 0) -> str:
    return fmt.bare(float(number), series.unit, series.decimals + more)


def _up(number: float) -> str:
    return fmt.number(ceil(number - 1e-9))


def _down(number: float) -> str:
    return fmt.number(floor(number + 1e-9))
