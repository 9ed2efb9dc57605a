"""Persons in a text that someone wants to put on record: what to say about it, in Dutch."""

from collections.abc import Iterable

from data.personal import NAME, Personal, personal
from kpi.figure.monitor import Monitor

WITHOUT = "Schrijf het zonder gegevens van personen."
LOOK = "Schrijf een rol, of bevestig dat dit geen persoon is."


def about_persons(
    monitor: Monitor, texts: Iterable[str], *, names_checked: bool | None = None
) -> list[str]:
    """A Dutch sentence for everything in these texts that may not be stored as it is.

    names_checked: None where no name is ever stored. Plans are full of schools, projects and firms
    that are called like a person, so there who writes may say, after a look, that the names are
    none; a phone number or BSN stays refused.
    """
    known = institutions(monitor)
    return [
        refusal(item, LOOK if item.what == NAME and names_checked is False else WITHOUT)
        for item in dict.fromkeys(item for text in texts for item in personal(text, known))
        if item.what != NAME or not names_checked
    ]


def refusal(found: Personal, advice: str = WITHOUT) -> str:
    """Why a text with these words in it is not stored."""
    return f"“{found.words}” lijkt op {found.what}. {advice}"


def institutions(monitor: Monitor) -> tuple[str, ...]:
    """The names of the SWV, its boards and its schools, which may look like a person."""
    return tuple(item.name for item in monitor.organisations.values())
