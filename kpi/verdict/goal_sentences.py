"""Every sentence about a target: Dutch, at most 25 words."""

from __future__ import annotations

from kpi.verdict import words
from kpi.verdict.series import Series
from kpi.verdict.verdict import Goal

NO_TARGET = "Voor dit cijfer is geen streefwaarde afgesproken."
NO_FIGURE = "Over het doel is niets te zeggen zonder volledig cijfer."
NOT_DELIVERED, FEW = "er is geen cijfer over die tijd", "er zijn te weinig metingen"
NOTHING_KNOWN = "Over het doel is met deze gegevens nog niets te zeggen."
RARE, NEARLY_SURE = 0.05, 0.95
EXPECTED = {
    Goal.LIKELY: "wordt het doel voor {end} naar verwachting gehaald",
    Goal.UNCERTAIN: "wordt het doel voor {end} misschien wel, misschien niet gehaald",
    Goal.UNLIKELY: "wordt het doel voor {end} waarschijnlijk niet gehaald",
}


def expected(goal: Goal, end_label: str, odds: float) -> str:
    """What the odds mean, when nothing about the way of working changes."""
    told = EXPECTED[goal].format(end=end_label)
    return f"Met de huidige werkwijze {told} (kans {odds_text(odds)})."


def odds_text(odds: float) -> str:
    """A chance in words a board knows: "ongeveer 7 op 10"."""
    if odds < RARE:
        return "minder dan 1 op 20"
    if odds > NEARLY_SURE:
        return "meer dan 19 op 20"
    if odds < 0.15:
        return f"ongeveer 1 op {round(1 / odds)}"
    return f"ongeveer {min(9, round(odds * 10))} op 10"


def reached(
    series: Series,
    asked: float,
    wants_more: bool,
    *,
    agreed: bool = False,
    margin: float | None = None,
) -> str:
    """The path ends here and the figure meets it. agreed: see `words.asked`."""
    told = _asked(series, asked, wants_more, agreed, margin)
    return f"Het doel is gehaald: gevraagd was {told}."


def missed(
    series: Series,
    asked: float,
    wants_more: bool,
    *,
    agreed: bool = False,
    margin: float | None = None,
) -> str:
    """The path ends here and the figure does not meet it, however little it misses."""
    told = _asked(series, asked, wants_more, agreed, margin)
    return f"Het doel is niet gehaald: gevraagd was {told}{_nearly(series, asked)}."


def later(end_label: str, odds: float) -> str:
    """The odds of the next period, after a norm was decided for this one."""
    return f"Kans voor {end_label}: {odds_text(odds)}."


def no_figure(why_not: str) -> str:
    """There is a target, and no final figure to hold against it."""
    return f"Nog niet te toetsen aan het doel: {why_not}." if why_not else NO_FIGURE


def not_asked(why_not: str) -> str:
    """There is an agreement that asks nothing of this period."""
    return f"Niet te toetsen: {why_not}."


def ended(
    series: Series,
    until: str,
    asked: float,
    wants_more: bool,
    *,
    met: bool,
    agreed: bool = False,
    margin: float | None = None,
) -> str:
    """The term is over; the series ends with the figure that decides."""
    not_met = "" if met else "niet "
    return (
        f"Het doel liep tot {until} en is {not_met}gehaald: {words.value(series, series.last)}, "
        f"gevraagd was {_asked(series, asked, wants_more, agreed, margin)}."
    )


def ended_unknown(until: str, why_not: str) -> str:
    """The term is over, and its last figure does not decide."""
    return f"Het doel liep tot {until}; niet te toetsen: {why_not}."


def now(series: Series) -> str:
    """What the figure is since a term is over; "" when there is none."""
    last = series.last
    return "" if last.value is None else f" Nu: {words.value(series, last)}."


def too_far(end_label: str) -> str:
    """The end of the path is too many years away."""
    return f"Het pad loopt tot {end_label}; dat is te ver weg om nu een kans te geven."


def on_path(
    series: Series,
    asked: float,
    wants_more: bool,
    *,
    met: bool,
    agreed: bool = False,
    margin: float | None = None,
) -> str:
    """No odds can be given; only where the figure stands now."""
    place = "volgens" if met else "niet volgens"
    return (
        f"Nu {place} het pad: gevraagd is {_asked(series, asked, wants_more, agreed, margin)}. "
        "Een kans is bij dit cijfer niet te geven."
    )


def _asked(
    series: Series, asked: float, wants_more: bool, agreed: bool, margin: float | None
) -> str:
    return words.asked(series, asked, wants_more, agreed=agreed, margin=margin)


def _nearly(series: Series, asked: float) -> str:
    """The figure with more decimals, when rounded it reads as what was asked."""
    value = float(series.last.value or 0.0)
    if words.in_cases(series, series.last):
        return ""
    for more in range(words.MORE_DECIMALS + 1):
        told = words.quantity(series, value, more)
        if told != words.quantity(series, asked, more):
            return f"; het is {told}" if more else ""
    return ""
