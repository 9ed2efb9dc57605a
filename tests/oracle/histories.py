"""What lists tell over time: when something that was open is not on the next list any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from oracle.layouts import ENDS
from oracle.periods import quarter

if TYPE_CHECKING:
    from oracle.facts import Facts, Listed

LOST, STOPPED, WITH_THE_YEAR = "lost", "stopped", "with the year"
FORGOTTEN = "vergeten"
ALWAYS = date.min + timedelta(days=1)  # and the day before it exists
NOT_GONE: tuple[date | None, str] = (None, "")


def left(facts: Facts, listed: Listed, row: dict) -> tuple[date | None, str]:
    """The day on which a thing that was still open left the lists, and how; (None, "") when not.

    `listed` is the last list that holds it. A later list of the same stretch (a school year, or a
    register) that should hold it and does not, of its location or, since that closed, of the one it
    was merged into: LOST on the first count date after it was last known, unless somebody said that
    it stopped or was forgotten. A list of the next school year: it ended with the old year.
    """
    delivery, part = listed
    ends = ENDS.get(delivery.source)
    if not ends or row[ends] is not None:
        return NOT_GONE
    later = [
        (one, its_part, since)
        for place, since in _places(facts, row.get("location") or "")
        for one, its_part in facts.lists(delivery.source, place)
        if its_part.covers_to > part.covers_to and its_part.covers_to >= since and not one.adds
    ]
    same = sorted(
        (one for one in later if one[1].slot == part.slot),
        key=lambda one: (one[1].covers_to, one[0].order),
    )
    known_to = part.covers_to
    for following, its_part, since in same:
        said = _said(following, row)
        if said == FORGOTTEN:
            known_to = its_part.covers_to
        elif its_part.covers_to > known_to:
            day = _next_count_date(max(known_to, since - timedelta(days=1)))
            return day, STOPPED if said == "gestopt" else LOST
    years = [
        one[1].covers_from for one in later if one[1].covers_from > known_to and one[2] == ALWAYS
    ]
    return (min(years) - timedelta(days=1), WITH_THE_YEAR) if years else NOT_GONE


def _places(facts: Facts, location: str) -> Iterator[tuple[str, date]]:
    """The location, and what it was merged into, each since when that is where it stands."""
    since = ALWAYS
    while True:
        yield location, since
        closed_on, after = facts.closed_on(location), facts.successor(location)
        if not closed_on or not after:
            return
        location, since = after, closed_on + timedelta(days=1)


def _said(following: object, row: dict) -> str:
    """What became of it, by the list it is missing on: who is on it elsewhere stopped here."""
    pupils = {one.get("pupil") for one in following.rows}
    return "gestopt" if row.get("pupil") and row["pupil"] in pupils else following.missing


def _next_count_date(day: date) -> date:
    ends = (quarter(day.year + back, number).end for back in (-1, 0) for number in (1, 2, 3, 4))
    return min(end for end in ends if end > day)
