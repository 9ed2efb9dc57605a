"""Bare numbers in the cells of a table."""

from kpi import formatting
from pages.shared.text import plain, soft, strong


def count(value: int | None) -> str:
    """A number in a table; zero in soft letters, so that the others stand out."""
    if value is None:
        return soft("niet geleverd")
    return plain(formatting.number(value)) if value else soft("0")


def total(value: int) -> str:
    """A number that carries its row."""
    return strong(formatting.number(value))


def signed(value: int) -> str:
    """A step with its sign."""
    return plain(formatting.signed(value)) if value else soft("0")
