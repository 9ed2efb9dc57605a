"""Sentences about change: Dutch, at most 25 words, also the alt text of the chart.

Those of quarters stand in `quarter_sentences`, of schools that are held against themselves in
`paired_sentences`, of targets in `goal_sentences`.
"""

from __future__ import annotations

from kpi import formatting as fmt
from kpi.figure.comparable import counted_otherwise
from kpi.verdict import words
from kpi.verdict.series import Break, Point, Series

MOST_WORDS = 25
SINCE = {
    Break.COUNTING: " sinds de andere telling vanaf {}",
    Break.SOURCE: " sinds de andere bron vanaf {}",
    Break.LOCATIONS: " sinds het andere aantal locaties vanaf {}",
}


def not_usable(series: Series) -> str:
    """The last figure is missing, incomplete or provisional."""
    return f"Nog geen oordeel: {(series.last.why_not or 'dit cijfer is er niet').rstrip('.')}."


def difference(series: Series) -> str:
    """The bare difference with a year before, without judging it.

    Quarters have a season, so a quarter is held against the same one a year before.
    """
    before = series.year_before
    if before is None:
        return f"Nu {words.value(series, series.last)}{_nothing_before(series)}."
    return difference_with(series, before)


def difference_with(series: Series, before: Point) -> str:
    """The bare difference with an earlier figure."""
    now = words.value(series, series.last)
    otherwise = counted_otherwise(series.last.counted, before.counted)
    if otherwise == "source":
        return f"Nu {now}; in {before.label} kwam een deel uit een andere bron."
    if otherwise == "organisations":
        return f"Nu {now}; in {before.label} telden er meer of minder locaties mee."
    if words.in_cases(series, before, series.last):
        old, now = words.pair(series, before, series.last)
        return f"Nu {now}; in {before.label} was dat {old}."
    step = float((series.last.value or 0.0) - (before.value or 0.0))
    if not round(step, series.decimals):
        return f"Nu {now}, {'vrijwel ' if step else ''}gelijk aan {before.label}."
    size = fmt.change(step, series.unit, series.decimals)
    return f"Nu {now}: {size} ten opzichte van {before.label}."


def _nothing_before(series: Series) -> str:
    """Why there is no difference to tell."""
    if series.broken_by:
        return f"; vanaf {series.run[0].label} {series.broken_by}"
    return (
        "" if series.per_year == 1 else "; er is nog geen vergelijkbaar cijfer van een jaar eerder"
    )


def few_forms(series: Series) -> str:
    """A mean of fewer than ten observations."""
    number = round(series.last.denominator)
    from_what = "1 meting" if number == 1 else f"{fmt.number(number)} metingen"
    return (
        f"Gemiddeld {words.value(series, series.last)} uit {from_what}: te weinig voor een oordeel."
    )


def no_comparison(series: Series) -> str:
    """There is a figure, but nothing to hold it against."""
    if series.broken_by:
        return f"Vanaf {series.run[0].label} {series.broken_by}; niet vergelijkbaar met eerder."
    now = words.value(series, series.last)
    earlier = [point for point in series.points[:-1] if point.is_figure]
    if earlier and len(series.run) == 1:
        return f"Nu {now}; de meting ervoor ({earlier[-1].label}) is te lang geleden."
    return f"Nu {now}; er is nog geen vergelijkbare eerdere meting."


def same_mean(series: Series, margin: float) -> str:
    """Two means that cannot be told apart."""
    now, before = (words.value(series, series.run[place]) for place in (-1, -2))
    room = fmt.number(float(margin), max(1, series.decimals))
    return f"Gemiddeld {now}: niet te onderscheiden van {before} (marge {room})."


def other_mean(series: Series, side: int) -> str:
    """Two means that differ."""
    before = series.run[-2]
    old, new = words.pair(series, before, series.last, apart=True)
    told = f"Gemiddeld {new}: aantoonbaar {words.than(side)} dan {old} in {before.label}."
    return told + words.advice(series, side)


def no_trend(series: Series, years: int) -> str:
    """Some years without a trend."""
    first, now = series.run[-years], words.value(series, series.last)
    told = f"Geen aantoonbare trend in {_span(series, years)}"
    if words.value(series, first) == now:
        nearly = "" if first.value == series.last.value else "vrijwel "
        return f"{told}: nu {now}, {nearly}gelijk aan {first.label}."
    old, new = words.pair(series, first, series.last)
    return f"{told}: van {old} naar {new} kan een gewone schommeling zijn."


def trend(series: Series, side: int, years: int) -> str:
    """Some years with a trend. First and last year are only named when they show it too."""
    word = "stijging" if side > 0 else "daling"
    first, last = series.run[-years], series.last
    if ((last.value or 0.0) - (first.value or 0.0)) * side <= 0:
        now = words.value(series, last)
        told = f"Aantoonbare {word} over {_span(series, years)} als geheel; nu {now}."
    else:
        old, new = words.pair(series, first, last, apart=True)
        told = f"Aantoonbare {word} in {_span(series, years)}: van {old} naar {new}."
    return told + words.advice(series, side)


def leap(series: Series, side: int, years: int) -> str:
    """A last year unlike the years before it."""
    before = sorted(series.run[-years:-1], key=lambda point: point.value or 0.0)
    nearest = before[-1] if side > 0 else before[0]
    old, new = words.pair(series, nearest, series.last, apart=True)
    most = "hoogstens" if side > 0 else "minstens"
    told = f"Het laatste jaar wijkt af: {new}, de {words.in_words(years - 1)} ervoor {most} {old}."
    return told + words.advice(series, side)


def no_difference(series: Series) -> str:
    """The last two years do not differ more than chance."""
    before = series.run[-2]
    if before.value == series.last.value:
        return f"Nu {words.value(series, series.last)}, gelijk aan {before.label}."
    now = words.value(series, series.last)
    if words.value(series, before) == now:
        return f"Nu {now}, vrijwel gelijk aan {before.label}."
    old, new = words.pair(series, before, series.last)
    return f"Van {old} naar {new} is bij deze aantallen geen signaal."


def differs(series: Series, side: int) -> str:
    """The last two years differ more than chance."""
    before = series.run[-2]
    old, new = words.pair(series, before, series.last, apart=True)
    share = words.change(series, before, series.last)
    told = f"Aantoonbaar {words.than(side)} dan {before.label}: van {old} naar {new}{share}."
    return told + words.advice(series, side)


def too_few(series: Series, needed: int, have_now: int) -> str:
    """Not enough points for this route."""
    have = f"{have_now} van de {needed} nodige metingen"
    since = SINCE[series.broken_by].format(series.run[0].label) if series.broken_by else ""
    return f"{have}{since}. Wij tonen alleen de lijn."


def _span(series: Series, years: int) -> str:
    """ "vijf jaar", or that so many were measured when one is missing between them."""
    whole = series.last.position - series.run[-years].position == years - 1
    return f"{words.in_words(years)} {'jaar' if whole else 'gemeten jaren'}"
