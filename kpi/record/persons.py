"""Persons in a text that someone wants to put on record: what to say about it, in Dutch."""

from collections.abc import Iterable

from kpi.figure.monitor import Monitor
from kpi.record.personal import Personal, personal


def about_persons(monitor: Monitor, texts: Iterable[str]) -> list[str]:
    """A sentence for everything in these texts that looks like data of a person."""
    known = institutions(monitor)
    return [refusal(item) for text in texts for item in personal(text, known)]


def refusal(found: Personal) -> str:
    """Why a text with these words in it is not stored."""
    return f"“{found.words}” lijkt op {found.what}. Schrijf het zonder gegevens van personen."


def institutions(monitor: Monitor) -> tuple[str, ...]:
    """The names of the SWV, its boards and its schools, which may look like a person."""
    return tuple(item.name for item in monitor.organisations.values())
