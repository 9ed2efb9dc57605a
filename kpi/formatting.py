"""Numbers, changes, dates and names the Dutch way; nothing else in the product formats them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from data.calendar import MONTHS, local_moment

LOCALE = "nl"
MINUS = "−"
NBSP = "\N{NO-BREAK SPACE}"
EURO, PERCENT, MARK = "euro", "percent", "cijfer"
POINT_UNITS = {PERCENT: "procentpunt", MARK: "punt"}
SINGULAR = {
    "leerlingen": "leerling",
    "dossiers": "dossier",
    "klachten": "klacht",
    "bezwaren": "bezwaar",
    "dagen": "dag",
    "formulieren": "formulier",
    "toezeggingen": "toezegging",
    "activiteiten": "activiteit",
    "plaatsen": "plaats",
    "trajecten": "traject",
    "perioden": "periode",
    "inschrijvingen": "inschrijving",
    "verwijzingen": "verwijzing",
    "uren": "uur",
    "OPP's": "OPP",
    "TLV's": "TLV",
    "besluiten": "besluit",
    "punten": "punt",
    "locaties": "locatie",
    "scholen": "school",
    "rijen": "rij",
    "regels": "regel",
    "doelen": "doel",
    "afwijkingen": "afwijking",
    "opdrachten": "opdracht",
    "bijlagen": "bijlage",
    "tegenspraken": "tegenspraak",
    "wijzigingen": "wijziging",
    "bronnen": "bron",
    "vestigingen": "vestiging",
    "verschillen": "verschil",
    "cijfers": "cijfer",
    "periodes": "periode",
    "meldingen": "melding",
    "signalen": "signaal",
    "KPI’s": "KPI",
}

_NUMBER = re.compile(r"[-−+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
_ARTICLES = re.compile(r"^(de|het|een|'t|’t)\s+")


@lru_cache(maxsize=20_000)
def number(value: float | Decimal, decimals: int = 0) -> str:
    """1234.5 → "1.234,5"; halves are rounded away from zero, as people do, never to "−0"."""
    rounded = _rounded(value, decimals)
    return (MINUS if rounded < 0 else "") + _digits(abs(rounded), decimals)


def signed(value: float | Decimal, decimals: int = 0) -> str:
    """A difference with its sign: "+3", "−1,2", and "0" without one."""
    return ("+" if _rounded(value, decimals) > 0 else "") + number(value, decimals)


def quantity(value: float | Decimal, unit: str, decimals: int = 0) -> str:
    """A value with its unit: "4,2%", "€ 1.200", "1 leerling", "7,9"."""
    text = number(value, decimals)
    if unit == PERCENT:
        return text + "%"
    if unit == EURO:
        sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
        return f"{sign}€{NBSP}{digits}"
    return _with_noun(text, unit)


def bare(value: float | Decimal, unit: str, decimals: int = 0) -> str:
    """The same without a noun, for tables and tiles: "43" instead of "43 leerlingen"."""
    return quantity(value, unit if unit in (PERCENT, EURO) else "", decimals)


def change(value: float | Decimal, unit: str, decimals: int = 0) -> str:
    """A difference between two values: "+3 leerlingen", "−1,2 procentpunt", "+€ 5", "gelijk"."""
    rounded = _rounded(value, decimals)
    if not rounded:
        return "vrijwel gelijk" if value else "gelijk"
    if unit == EURO:
        return ("+" if rounded > 0 else "") + quantity(value, unit, decimals)
    return _with_noun(signed(value, decimals), POINT_UNITS.get(unit, unit))


def margin(value: float | Decimal, unit: str) -> str:
    """A distance between two values, without a sign: "2 procentpunt", "3 leerlingen", "€ 500"."""
    decimals = decimals_of(value)
    return quantity(value, POINT_UNITS.get(unit, unit), decimals)


def decimals_of(value: float | Decimal, fewest: int = 0, most: int = 2) -> int:
    """The decimals a value needs, so that an agreed 8,25 is not shown as 8,3."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    places = -int(exact.normalize().as_tuple().exponent)
    return min(max(places, fewest), most)


def unit_name(unit: str) -> str:
    """The unit as a word for the axis of a chart: "leerlingen", "euro", "%"."""
    return "%" if unit == PERCENT else unit


def noun(count: float | Decimal, unit: str) -> str:
    """The unit in singular or plural: (1, "leerlingen") → "leerling"."""
    return SINGULAR.get(unit, unit) if abs(count) == 1 else unit


def count(value: int, unit: str) -> str:
    """A count of things: "1 rij", "1.200 rijen"."""
    return f"{number(value)} {noun(value, unit)}"


def parse_number(text: str) -> Decimal:
    """A number typed the Dutch way, exactly; ValueError (Dutch) when it can mean two things."""
    cleaned = text.strip().replace(NBSP, "").removeprefix("€").removesuffix("%").strip()
    if not _NUMBER.fullmatch(cleaned):
        raise ValueError(f"“{text.strip()}” is geen getal. Schrijf het zo: 1.234,5")
    return Decimal(cleaned.replace(".", "").replace(",", ".").replace(MINUS, "-"))


def date_text(day: date) -> str:
    """30 september 2025."""
    return format_date(day, "d MMMM y", LOCALE)


def day_text(day: date) -> str:
    """30 sept 2025, where room is short."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def months_text(first: date, last: date) -> str:
    """juli t/m sept 2025: a stretch of whole months within a year or over New Year."""
    start = MONTHS[first.month - 1]
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} t/m {MONTHS[last.month - 1]} {last.year}"


def month_text(day: date) -> str:
    """The month of a day: "september 2025"."""
    return format_date(day, "MMMM y", LOCALE)


def short_date(day: date) -> str:
    """30-09-2025, for tables."""
    return format_date(day, "dd-MM-y", LOCALE)


def moment_text(moment: str) -> str:
    """22-11-2026 14:05 in local time, from an ISO moment; "" stays ""."""
    if not moment:
        return ""
    local = local_moment(moment)
    return f"{short_date(local.date())} {local:%H:%M}"


def signed_text(author: str, moment: str) -> str:
    """Who and on which local day, from an ISO moment: "A. de Vries, 3 oktober 2026"."""
    day = date_text(local_moment(moment).date()) if moment else ""
    return ", ".join(filter(None, [author, day]))


def cell_text(value: object) -> str:
    """Any value of a table as a Dutch reader expects it; "" for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int | float | Decimal):
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        places = -int(exact.normalize().as_tuple().exponent)
        return number(exact, min(max(places, 0), 4))
    return str(value)


def from_to(least: float, more: float) -> str:
    """A number that can be `more` higher: "12 tot 16"; "12" when it is exact."""
    return f"{cell_text(least)} tot {cell_text(least + more)}" if more else cell_text(least)


def span(low: float, high: float, unit: str, decimals: int = 0) -> str:
    """From one value to another: "0 tot 3 leerlingen"; "0 leerlingen" when both read the same."""
    first, last = bare(low, unit, decimals), quantity(high, unit, decimals)
    return last if first == bare(high, unit, decimals) else f"{first} tot {last}"


def ends(low: str, high: str) -> str:
    """The same of what is written already: "540 tot 636", "540" when both read the same."""
    return low if low == high else f"{low} tot {high}"


def enumeration(texts: Sequence[str]) -> str:
    """Things in a row: "a", "a en b", "a, b en c"."""
    *first, last = texts
    return f"{', '.join(first)} en {last}" if first else last


def sentence(text: str) -> str:
    """The words as a sentence, with a capital and a full stop; "" stays ""."""
    return text[:1].upper() + text[1:] + ("." if text and not text.endswith(".") else "")


def coverage(observed: int, expected: int) -> str:
    """How complete a figure is: "31 van 34 locaties"."""
    return f"{number(observed)} van {count(expected, 'locaties')}"


def sort_key_nl(text: str) -> tuple[tuple[int, int | str], ...]:
    """Order names as a Dutch reader expects: case, accents and articles aside, 2 before 10."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parts = re.split(r"(\d+)", _ARTICLES.sub("", plain))
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)


@lru_cache(maxsize=65536)
def _digits(rounded: Decimal, decimals: int) -> str:
    """Kept, because the verdicts of a whole store say the same numbers again and again."""
    return format_decimal(rounded, f"#,##0.{'0' * decimals}", LOCALE)


def _with_noun(text: str, unit: str) -> str:
    if unit in ("", MARK):
        return text
    one = text.lstrip("+" + MINUS) == "1"
    return f"{text} {noun(1 if one else 2, unit)}"


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
