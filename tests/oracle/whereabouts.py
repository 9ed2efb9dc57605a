"""Where something that lasts is counted when its school closes, merges or changes board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from oracle.facts import Facts

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """At one place from `since` up to, not including, `until`; None is still.

    closed: it ends there because the place did, and has no successor.
    """

    place: str
    since: date
    until: date | None
    closed: bool = False


@dataclass(frozen=True)
class Passage:
    """A coming or a going; `only` names the organisations that see it, () is everybody above."""

    came: bool
    place: str
    only: tuple[str, ...]
    on: date
    why: str = ""


def standings(facts: Facts, location: str, start: date, end: date | None) -> list[Standing]:
    """The places one after the other."""
    found, place, since = [], location, start
    while True:
        closing, into = facts.closed_on(place), facts.successor(place)
        ends_first = closing is None or (end is not None and end <= closing)
        if ends_first:
            return [*found, Standing(place, since, end)]
        if since > closing and not into:  # type: ignore[operator]
            return found  # it began at a school that had closed for good
        if not into:
            return [*found, Standing(place, since, closing, closed=True)]
        after = closing + ONE_DAY  # type: ignore[operator]
        if since < after:
            found.append(Standing(place, since, after))
        place, since = into, max(since, after)


def passages(facts: Facts, location: str, start: date, end: date | None) -> Iterator[Passage]:
    """Every coming and going, with who sees it."""
    found = standings(facts, location, start, end)
    for before, here in zip([None, *found], found, strict=False):
        if before is None:
            yield Passage(True, here.place, (), here.since)
        else:
            old, new = _board(facts, before.place, here.since - ONE_DAY), _board(
                facts, here.place, here.since
            )  # fmt: skip
            left = (before.place,) if old == new else (before.place, old)
            came = (here.place,) if old == new else (here.place, new)
            yield Passage(False, before.place, left, here.since, "elders")
            yield Passage(True, here.place, came, here.since)
        for one in facts.memberships:
            first = one.from_on
            if one.location == here.place and first and here.since < first:
                old, new = _board(facts, here.place, first - ONE_DAY), one.board
                if first < (here.until or date.max) and old not in (new, "None"):
                    yield Passage(False, here.place, (old,), first, "elders")
                    yield Passage(True, here.place, (new,), first)
    last = found[-1] if found else None
    if last and last.until:
        yield Passage(False, last.place, (), last.until, "closed" if last.closed else "")


def _board(facts: Facts, place: str, moment: date) -> str:
    return str(facts.board(place, moment))
