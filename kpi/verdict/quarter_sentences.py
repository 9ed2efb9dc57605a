"""Sentences about change in quarters: within limits, a rule, a course, four against four."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.verdict import words
from kpi.verdict.limits import Limits
from kpi.verdict.rules import Flag, Rule
from kpi.verdict.series import Point, Series

PER_QUARTER = " per kwartaal"


def ordinary(series: Series, drawn: Limits, *, seasonal: bool) -> str:
    """Within the limits, no rule."""
    low, high = words.bounds(series, drawn.lower[-1], drawn.upper[-1])
    what = "dit kwartaal" if seasonal else "dit cijfer"
    return f"Geen aantoonbare verandering: tussen {low} en {high} is normaal voor {what}."


def signal(series: Series, flag: Flag, *, seasonal: bool = False) -> str:
    """A rule holds at the last point; bad news comes with the advice to look first.

    seasonal: each quarter is held against its own mean.
    """
    up = flag.side > 0
    now, since = words.value(series, series.last), series.run[-flag.length].label
    times = f"{words.in_words(flag.length)} metingen op rij"
    told = {
        Rule.OUTSIDE: f"{now}: {words.than(flag.side)} dan de gewone schommeling"
        f"{' in dit kwartaal' if seasonal else ''}.",
        Rule.NEAR_LIMIT: f"{now}: twee van de laatste drie metingen opvallend "
        f"{'hoog' if up else 'laag'}.",
        Rule.TREND: f"{times} {'gestegen' if up else 'gedaald'}"
        f"{', het seizoen niet meegeteld' if seasonal else ''}, sinds {since}.",
        Rule.SHIFT: f"Aantoonbaar {words.than(flag.side)} sinds {since}: {times} "
        f"{'boven' if up else 'onder'} {'hun' if seasonal else 'het'} gemiddelde.",
    }[flag.rule]
    return _capital(told) + words.advice(series, flag.side)


def course(series: Series, side: int, *, seasonal: bool = False) -> str:
    """A rise or fall over all quarters. First and last are only named when they show it too.

    seasonal: the first one is then of the same quarter, so that no season is told as a rise.
    """
    word, last = "stijging" if side > 0 else "daling", series.last
    same = [one for one in series.run if (last.position - one.position) % series.per_year == 0]
    first = same[0] if seasonal else series.run[0]
    if ((last.value or 0.0) - (first.value or 0.0)) * side <= 0:
        told = f"Gestage {word} sinds {first.label}; nu {words.value(series, last)}."
    else:
        old, new = words.pair(series, first, last, apart=True)
        told = f"Gestage {word} sinds {first.label}: van {old} naar {new}."
    return told + words.advice(series, side)


def small_counts(series: Series, before: Sequence[Point], recent: Sequence[Point]) -> str:
    """Four quarters against four, no difference."""
    then, now = _quarters(series, before, told=True), _quarters(series, recent)
    if then.replace(PER_QUARTER, "") == now:
        if series.is_count:
            return f"Het laatste jaar {now}, evenveel als het jaar ervoor."
        return f"In vier kwartalen {then}, evenveel als in de vier ervoor."
    over = "een jaar" if series.is_count else "vier kwartalen"
    return f"Van {then} naar {now} in {over} is bij deze aantallen geen signaal."


def year_differs(
    series: Series, before: Sequence[Point], recent: Sequence[Point], side: int
) -> str:
    """Four quarters against four, a difference."""
    now, then = _quarters(series, recent, told=True), _quarters(series, before)
    told = f"in vier kwartalen {now}, in de vier ervoor {then}"
    if series.is_count:
        told = f"het laatste jaar {now}, het jaar ervoor {then}"
    return f"Aantoonbaar {words.than(side)}: {told}.{words.advice(series, side)}"


def _quarters(series: Series, points: Sequence[Point], *, told: bool = False) -> str:
    """Cases of some quarters together; of a share also how much that is in one of them.

    Their groups are not added up: who stays is in each of them. told: with what the share is of.
    """
    top = sum(point.numerator for point in points)
    if series.is_count:
        return words.number(top)
    part = (series.shows.factor or 1) * top / sum(point.denominator for point in points)
    return f"{words.number(top)} ({words.quantity(series, part)}{PER_QUARTER if told else ''})"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
