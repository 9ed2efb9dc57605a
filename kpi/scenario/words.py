"""A scenario in words and numbers, the same on screen and on paper."""

from collections import Counter

from kpi import formatting
from kpi.scenario.check import CHECKED, BackCheck, Quantity
from kpi.scenario.scenario import Scenario

THOUSAND = 1000
AS_NOW, CHOSEN, MEASURED, ESTIMATED = "Zoals nu", "Met uw aannames", "Gemeten", "geschat"
WARNING = "Dit is een schatting, geen begroting."
START = (
    "Leerlingen tot en met schooljaar {school_year}, euro’s tot en met de realisatie van {year}."
)
CROSSES = "In {year} komt het eigen vermogen naar schatting {side} de signaleringswaarde."
STAYS = "Tot en met {year} blijft het eigen vermogen naar schatting {side} de signaleringswaarde."
UNSURE = "Het verschil is kleiner dan de onzekerheid."
USED_UP = "In {year} is het eigen vermogen naar schatting op."
NO_EFFECT = "U hebt niets veranderd: dit is hoe het gaat als alles blijft zoals het nu is."
EFFECT = (
    "Met uw aannames in {year}, vergeleken met zoals nu: leerlingen in het VSO {places}, geld voor "
    "regulier onderwijs {schools}, eigen vermogen {equity}."
)
REST = (
    "Over {year} waren de baten min de uitgaven {result}, en veranderde het eigen vermogen met "
    "{change}. Het model kent alleen het eerste; wat het niet verklaart, zit in de marge."
)
RANGE = (
    "De uitkomst ligt in 19 van de 20 gevallen binnen de marge. De marge volgt uit {fewest} tot "
    "{most} proeven per cijfer: vanaf elk eerder jaar is vooruit gerekend met wat toen bekend was, "
    "en vergeleken met wat daarna is gemeten."
)
LOOKED_BACK = (
    "Met wat bekend was over schooljaar {school_year} en kalenderjaar {year} had het model {count} "
    "voorspeld. Daarvan liggen er {within} binnen de marge van toen."
)
NOT_CHECKED = "Twee jaar geleden was er te weinig bekend om mee te rekenen."


def start(scenario: Scenario) -> str:
    """From which years it starts."""
    known = scenario.known
    school_year = f"{known.last_pupils - 1}-{known.last_pupils}"
    return START.format(school_year=school_year, year=known.last_money)


def sentence(scenario: Scenario) -> str:
    """Whether and when equity crosses the signalling value, in at most 25 words."""
    row = scenario.crossing or scenario.chosen.years[-1]
    text = CROSSES if scenario.crossing else STAYS
    said = text.format(year=row.year, side="boven" if row.above > 0 else "onder")
    half = scenario.half(Quantity.ABOVE, row)
    return f"{said} {UNSURE}" if half is None or abs(row.above) <= half else said


def warning(scenario: Scenario) -> str:
    """In which year nothing is left of the equity, "" when there is always some."""
    year = next((row.year for row in scenario.chosen.years if row.equity < 0), None)
    return USED_UP.format(year=year) if year else ""


def effect(scenario: Scenario) -> str:
    """What the assumptions change at the end of the years ahead."""
    if not scenario.changed:
        return NO_EFFECT
    now, then = scenario.as_now.years[-1], scenario.chosen.years[-1]
    changes = {
        str(quantity): change_text(quantity, quantity.of(then) - quantity.of(now))
        for quantity in Quantity
    }
    return EFFECT.format(year=then.year, **changes)


def unexplained(scenario: Scenario) -> str:
    """How the last outcome and the change of the equity differ; "" without a year before."""
    known = scenario.known
    last, before = known.money[known.last_money], known.money.get(known.last_money - 1)
    if before is None:
        return ""
    change = last.equity.numerator - before.equity.numerator
    return REST.format(
        year=known.last_money,
        result=value_text(Quantity.EQUITY, last.result),
        change=change_text(Quantity.EQUITY, change),
    )


def origin_of_range(scenario: Scenario) -> str:
    """Where the range comes from."""
    counts = Counter(trial.quantity for trial in scenario.basis.room.trials).values()
    return RANGE.format(fewest=min(counts, default=0), most=max(counts, default=0))


def looked_back(scenario: Scenario) -> str:
    """How the check on the last years came out."""
    checked = scenario.basis.checked
    if not checked:
        return NOT_CHECKED
    start = scenario.known.earlier(CHECKED)
    return LOOKED_BACK.format(
        school_year=f"{start.last_pupils - 1}-{start.last_pupils}",
        year=start.last_money,
        count=formatting.count(len(checked), "cijfers"),
        within=sum(bool(item.is_within) for item in checked),
    )


def value_text(quantity: Quantity, value: float) -> str:
    """A projected value: whole pupils, and euros by the thousand because it is an estimate."""
    if quantity.is_pupils:
        return formatting.number(value)
    return formatting.quantity(rounded(quantity, value), formatting.EURO)


def change_text(quantity: Quantity, value: float) -> str:
    """A difference, rounded in the same way: "+82", "−€ 445.000", "gelijk"."""
    unit = "" if quantity.is_pupils else formatting.EURO
    return formatting.change(rounded(quantity, value), unit)


def rounded(quantity: Quantity, value: float) -> float:
    """What is shown of a projected value."""
    return round(value) if quantity.is_pupils else round(value / THOUSAND) * THOUSAND


def range_text(quantity: Quantity, value: float, half: float | None) -> str:
    """ "540 tot 636"; "" without a range."""
    if half is None:
        return ""
    low, high = (value_text(quantity, end) for end in (value - half, value + half))
    return formatting.ends(low, high)


def half_text(quantity: Quantity, half: float | None) -> str:
    """ "± 52"; "" without a range."""
    return "" if half is None else f"±\N{NO-BREAK SPACE}{value_text(quantity, half)}"


def year_text(quantity: Quantity, year: int) -> str:
    """The period of a value: a school year for pupils, a calendar year for euros."""
    return f"{year - 1}-{year}" if quantity.is_pupils else str(year)


def within_text(checked: BackCheck) -> str:
    """Whether the figure lay in the range that was stated, with a sign."""
    if checked.is_within is None:
        return "– geen marge"
    return "✓ binnen de marge" if checked.is_within else "✕ buiten de marge"
