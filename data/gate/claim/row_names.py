"""What names a row, as a person reads it: labels, days and a pseudonym that is compared by eye."""

from datetime import date

from data.gate.convert.refused import dutch_date
from data.source import Column

SHORT = 6  # characters of a pseudonym


def as_key(value: object) -> str:
    """A value as the database writes it in what names a row."""
    return "" if value is None else str(value)


def told(column: Column | None, text: str) -> str:
    """One part of what names a row."""
    if column is None or not text:
        return text
    if column.type == "key":
        return f"{column.label} …{text[-SHORT:]}"
    if column.type == "date":
        return dutch_date(date.fromisoformat(text))
    return column.values[text][0] if text in column.values else text
