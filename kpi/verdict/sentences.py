"""Every sentence a verdict can say: Dutch, at most 25 words, also the alt text of its chart."""

from __future__ import annotations

from kpi import formatting as fmt
from kpi.choices import Better
from kpi.verdict.limits import Limits, Rule
from kpi.verdict.series import Point, Series

SMALLEST_FOR_PERCENT = 10
MOST_WORDS = 25

WHY_NOT_USABLE = "Een oordeel kan alleen over een volledig en definitief cijfer."
WHY_THRESHOLD = "Dit is een bedrag of verhouding uit de boekhouding: vergelijken met de grens is genoeg."
WHY_NONE = "Voor dit cijfer is geen oordeel afgesproken."
WHY_PAIRED = "Deze meting komt eens in de vier jaar: wij vergelijken elke school met zichzelf."
WHY_STANDING = "Dit is een stand: dezelfde leerlingen tellen steeds opnieuw mee, dus toetsen kan niet."
WHY_FEW_FORMS = "Een gemiddelde van minder dan tien formulieren zegt te weinig."
WHY_NO_COMPARISON = "Er is nog geen eerdere meting die op dezelfde manier is geteld."
WHY_MEAN = "Wij vergelijken twee gemiddelden met de marge die bij het aantal formulieren hoort."
WHY_TREND = "Vijf jaren op dezelfde manier geteld: genoeg voor een exacte toets op een trend."
WHY_INTERVAL_YEARS = "Minder dan vijf jaren: wij vergelijken alleen de laatste twee, met hun marge."
WHY_TOO_FEW = "Er zijn nog te weinig metingen die op dezelfde manier zijn geteld."
WHY_LANEY = "Een percentage per kwartaal: de grenzen rekenen mee hoe groot de groep is."
WHY_XMR = "Nieuwe gevallen per kwartaal, genoeg metingen en aantallen: procesgrenzen passen hier."
WHY_XMR_SEASON = "Procesgrenzen, nadat het vaste patroon per kwartaal eruit is gehaald."
WHY_DEPENDENT = "De kwartalen hangen te sterk met elkaar samen voor een toets."
WHY_SMALL = "Kleine aantallen per kwartaal: wij vergelijken het laatste jaar met het jaar ervoor."
WHY_T = "Het komt zelden voor: wij kijken naar het aantal dagen tussen twee gevallen."
WHY_FEW_EVENTS = "Het komt te weinig voor om de dagen ertussen te vergelijken."


def value(series: Series, number: float | None) -> str:
    """A value of the series in words."""
    return "onbekend" if number is None else fmt.quantity(number, series.unit, series.decimals)


def not_usable(series: Series) -> str:
    """The last figure is missing, incomplete or provisional."""
    return f"Nog geen oordeel: {series.last.why_not or 'dit cijfer is er niet'}."


def difference(series: Series) -> str:
    """The bare difference with the period before, without judging it."""
    now = value(series, series.last.value)
    if len(series.run) < 2:
        since = " Vanaf hier geldt een andere telling." if series.stops_at_break else ""
        return f"Nu {now}.{since}"
    before = series.run[-2]
    step = (series.last.value or 0.0) - (before.value or 0.0)
    if not round(step, series.decimals):
        return f"Nu {now}, gelijk aan {before.label}."
    size = fmt.change(step, series.unit, series.decimals)
    return f"Nu {now}: {size} ten opzichte van {before.label}."


def few_forms(series: Series) -> str:
    """A mean of fewer than ten forms."""
    forms = fmt.count(round(series.last.denominator), "formulieren")
    return f"Gemiddeld {value(series, series.last.value)} op {forms}: te weinig voor een oordeel."


def no_comparison(series: Series) -> str:
    """There is a figure, but nothing to hold it against."""
    if series.stops_at_break:
        return f"Vanaf {series.run[0].label} geldt een andere telling; vergelijken met eerder kan niet."
    return f"Nu {value(series, series.last.value)}; er is nog geen vergelijkbare eerdere meting."


def same_mean(series: Series, margin: float) -> str:
    """Two means that cannot be told apart."""
    return (
        f"Gemiddeld {value(series, series.last.value)}: niet te onderscheiden van "
        f"{value(series, series.run[-2].value)} (marge {fmt.number(margin, 1)})."
    )


def other_mean(series: Series, step: float) -> str:
    """Two means that differ."""
    word = "hoger" if step > 0 else "lager"
    return (
        f"Gemiddeld {value(series, series.last.value)}: aantoonbaar {word} dan "
        f"{value(series, series.run[-2].value)} in {series.run[-2].label}."
    )


def no_trend(series: Series) -> str:
    """Five years without a trend."""
    return (
        f"Geen aantoonbare trend in vijf jaar: van {value(series, series.run[-5].value)} "
        f"naar {value(series, series.last.value)} past bij toeval."
    )


def trend(series: Series, side: int) -> str:
    """Five years with a trend."""
    word = "stijging" if side > 0 else "daling"
    return (
        f"Aantoonbare {word} in vijf jaar: van {value(series, series.run[-5].value)} "
        f"naar {value(series, series.last.value)}."
    )


def no_difference(series: Series) -> str:
    """The last two years do not differ more than chance."""
    before = series.run[-2]
    return (
        f"Van {value(series, before.value)} naar {value(series, series.last.value)} "
        f"is bij deze aantallen geen signaal."
    )


def differs(series: Series, side: int) -> str:
    """The last two years differ more than chance."""
    word = "hoger" if side > 0 else "lager"
    return (
        f"Aantoonbaar {word} dan {series.run[-2].label}: van "
        f"{value(series, series.run[-2].value)} naar {value(series, series.last.value)}"
        f"{_percent(series.run[-2], series.last, series)}."
    )


def too_few(series: Series, needed: int) -> str:
    """Not enough points for this route."""
    have = len(series.run)
    return f"{have} van de {needed} nodige metingen. Wij tonen alleen de lijn."


def ordinary(series: Series, limits: Limits) -> str:
    """Within the limits, no rule."""
    scale = 100.0 if not series.is_count and series.unit == fmt.PERCENT else 1.0
    low = max(0.0, limits.lower[-1] * scale)
    high = limits.upper[-1] * scale
    seasonal = limits.values[-1] != series.last.numerator and series.is_count
    if seasonal:
        return f"Geen aantoonbare verandering: {value(series, series.last.value)} past bij dit kwartaal."
    return (
        f"Geen aantoonbare verandering: tussen {fmt.number(low, series.decimals)} en "
        f"{value(series, high)} is normaal voor dit cijfer."
    )


def signal(series: Series, rule: Rule, side: int) -> str:
    """A rule holds at the last point."""
    word = "hoger" if side > 0 else "lager"
    how = {
        Rule.OUTSIDE: f"{word} dan de gewone schommeling",
        Rule.TREND: f"zeven metingen op rij {'gestegen' if side > 0 else 'gedaald'}",
        Rule.NEAR_LIMIT: f"twee van de laatste drie metingen opvallend {'hoog' if side > 0 else 'laag'}",
        Rule.SHIFT: f"zeven metingen op rij {'boven' if side > 0 else 'onder'} het gemiddelde",
    }[rule]
    bad = _is_bad(series, side)
    advice = " Zoek eerst de oorzaak, dan de actie." if bad else ""
    return f"{value(series, series.last.value)}: {how}.{advice}"


def small_counts(series: Series, then: int, now: int) -> str:
    """Four quarters against four, no difference."""
    return f"Van {then} naar {now} in een jaar is bij deze aantallen geen signaal."


def year_differs(series: Series, then: int, now: int, side: int) -> str:
    """Four quarters against four, a difference."""
    word = "hoger" if side > 0 else "lager"
    return f"Aantoonbaar {word}: het laatste jaar {now}, het jaar ervoor {then}."


def few_events(series: Series) -> str:
    """Too few events with a date."""
    return f"Nu {value(series, series.last.value)}: het komt te weinig voor om iets te kunnen zeggen."


def ordinary_gaps(series: Series) -> str:
    """Days between events as usual."""
    return f"Nu {value(series, series.last.value)}. De tijd tussen twee gevallen is zoals gewoonlijk."


def gaps_changed(series: Series, side: int) -> str:
    """Days between events shorter (side +1) or longer (-1) than usual."""
    word = "korter" if side > 0 else "langer"
    return f"Nu {value(series, series.last.value)}. De tijd tussen twee gevallen is opvallend {word}."


def _percent(before: Point, after: Point, series: Series) -> str:
    """The change in percent, only for counts that are large enough."""
    if not series.is_count or min(before.numerator, after.numerator) < SMALLEST_FOR_PERCENT:
        return ""
    step = 100 * (after.numerator - before.numerator) / before.numerator
    return f" ({fmt.signed(step)}%)"


def _is_bad(series: Series, side: int) -> bool:
    if series.better in (Better.NEUTRAL, Better.BAND):
        return False
    return (side > 0) == (series.better is Better.LOWER)
