"""How a conversion says no: what was expected and what the user can do."""

import re
from datetime import date, datetime
from decimal import Decimal

from data.gate.read import Value

MADE_SHORTER = (
    "Excel bewaart zo'n lang nummer niet precies. Zet de kolom op Tekst en vul de nummers "
    "opnieuw in."
)
SHORTENED = re.compile(r"[0-9]+(?:E\+|[.,][0-9]+E\+?)[0-9]+", re.IGNORECASE)
LONGEST_NUMBER = 10**15  # Excel keeps fifteen digits
MADE_A_DATE = "Excel heeft er een datum van gemaakt. Zet de cel op Tekst en typ de waarde opnieuw."


class RefusedCell(ValueError):
    """A cell does not hold what its column declares; both texts are Dutch.

    `personal`: the cell holds personal data and must not be repeated in full.
    """

    def __init__(self, expected: str, advice: str, personal: bool = False) -> None:
        super().__init__(expected)
        self.expected = expected
        self.advice = advice
        self.personal = personal


def as_text(value: Value) -> str:
    """A cell as the user typed it: Excel's 12.0 is "12", its 1.5 is "1,5"."""
    if isinstance(value, bool):
        return "waar" if value else "onwaar"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return dutch_date(value.date())
    if isinstance(value, date):
        return dutch_date(value)
    return str(value)


def code_text(value: Value, expected: str) -> str:
    """A cell that must hold a code or a word, as text.

    Refused is what Excel made of it: a date, a yes/no, a number that lost its last digits.
    """
    if isinstance(value, date):
        raise RefusedCell(expected, MADE_A_DATE)
    if isinstance(value, bool):
        raise RefusedCell(expected, "Zet de cel op Tekst en typ de waarde opnieuw.")
    text = as_text(value)
    too_long = isinstance(value, int | float) and abs(value) >= LONGEST_NUMBER
    if too_long or SHORTENED.fullmatch(text):
        raise RefusedCell(expected, MADE_SHORTER)
    return text


def dutch_number(number: int | Decimal) -> str:
    """A count or an amount as 1.234 or 1.234,50."""
    return f"{number:,}".replace(",", "_").replace(".", ",").replace("_", ".")


def dutch_date(day: date) -> str:
    """A date as 30-09-2023."""
    return f"{day:%d-%m}-{day.year:04d}"
