"""Texts of a plan: where it comes from, and no data of persons in it."""

from collections.abc import Iterable

from kpi.figure.monitor import Monitor
from kpi.record.personal import NAME, personal

LOOK = "Schrijf een rol, of bevestig dat dit geen persoon is."
WITHOUT = "Schrijf het zonder gegevens van personen."


def origin(monitor: Monitor, document: str) -> str:
    """Where a plan comes from; in the made-up SWV also that the plan is a real one."""
    real = " In onze woorden; dit plan is niet verzonnen." if monitor.is_demo else ""
    return f"Bron: {document}.{real}"


def about_persons(
    monitor: Monitor, texts: Iterable[str], *, names_checked: bool = False
) -> list[str]:
    """A Dutch sentence for everything that may not be stored as it is.

    Plans are full of schools, projects and firms that are called like a person. So who writes may
    say, after a look, that the names are none; a phone number or BSN stays refused.
    """
    known = tuple(item.name for item in monitor.organisations.values())
    found = dict.fromkeys(item for text in texts for item in personal(text, known))
    return [
        f"“{item.words}” lijkt op {item.what}. {LOOK if item.what == NAME else WITHOUT}"
        for item in found
        if item.what != NAME or not names_checked
    ]
