"""Where a pupil is at home, day by day: spells of one pupil joined, over schools, lists and boards.

A stretch is where the files put him: at the school of the spell, and when that closed at the one
it was merged into. Stretches of the same kind that overlap or touch are one stay. A presence is a
part of a stay at one school under one board, in which he counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Protocol

from oracle.facts import SWV, Facts, Listed

FAR = date.max
DAY = timedelta(days=1)
FOUR_WEEKS = timedelta(days=29)
AT_HOME = ("av", "lrv")


class Told(Protocol):
    """What a spell must tell to be placed."""

    pupil: str
    location: str
    kind: str
    start: date
    end: date | None
    listed: Listed


@dataclass(frozen=True)
class Presence:
    """At home at a place from `since` up to, not including, `until` (FAR: still).

    start: the first day of the whole stay. told_on: from which day a list put him there. shut: it
    ended because the school closed and nothing came in its place. came: his first day there, before
    anything counts. home_since: the first day of AV and LRV together without a gap. cut: it ended
    because he is in another kind from then on.
    """

    spell: Told
    place: str
    since: date
    until: date
    told_on: date
    start: date
    came: date
    board: str | None = None
    shut: bool = False
    home_since: date = date.min
    cut: bool = False

    @property
    def person(self) -> tuple[str, str]:
        return self.spell.pupil, self.spell.kind

    def follows(self, other: Presence) -> bool:
        """Which of two places at once is the one where he is counted once."""
        return (self.told_on, self.came, self.place) > (other.told_on, other.came, other.place)


def presences(facts: Facts, spells: Iterable[Told], waits: bool = True) -> list[Presence]:
    """Every presence of every pupil, in order of person; LRV waits four weeks before it counts."""
    every = list(spells)
    own_of: dict[tuple[str, str], list[Told]] = {}
    for spell in every:
        own_of.setdefault((spell.pupil, spell.kind), []).append(spell)
    stretches = [
        one for spell in every for one in _stretches(facts, spell, own_of[spell.pupil, spell.kind])
    ]
    stretches.sort(key=lambda one: (one.person, one.since, one.until))
    found = []
    for _, own in groupby(_home_since(stretches), key=lambda one: one.person):
        counting = [_counting(one) if waits else one for one in _stays(list(own))]
        found += [_not_before_told(one, counting) for one in counting]
    kept = _in_one_kind([one for one in found if _ever_counts(one)])
    return [part for one in kept for part in _by_board(facts, one)]


def _home_since(stretches: list[Presence]) -> list[Presence]:
    """Each with the first day of AV and LRV together, in the order in which they were."""
    since: dict[int, date] = {}
    home = [one for one in stretches if one.spell.kind in AT_HOME]
    home.sort(key=lambda one: (one.spell.pupil, one.since, one.until))
    for _, own in groupby(home, key=lambda one: one.spell.pupil):
        start, reached = FAR, date.min
        for one in own:
            start = one.since if one.since > reached else start
            reached = max(reached, one.until)
            since[id(one)] = start
    return [replace(one, home_since=since.get(id(one), one.since)) for one in stretches]


def _in_one_kind(every: list[Presence]) -> list[Presence]:
    """Nobody is absent in two kinds at once: the one that began last counts meanwhile."""
    by_pupil: dict[str, list[Presence]] = {}
    for one in every:
        by_pupil.setdefault(one.spell.pupil, []).append(one)
    return [part for own in by_pupil.values() for one in own for part in _meanwhile(one, own)]


def _meanwhile(one: Presence, own: list[Presence]) -> Iterator[Presence]:
    """The parts of a presence in which its own kind is the one that counts."""
    rivals = [other for other in own if other.since < one.until and one.since < other.until]
    if len({other.spell.kind for other in rivals}) < 2:
        yield one
        return
    edges = {day for other in rivals for day in (other.since, other.until, _home_from(other))}
    days = sorted(day for day in edges if one.since <= day <= one.until)
    since: date | None = None
    for day in days[:-1]:
        there = [other for other in rivals if other.since <= day < other.until]
        counts = max(there, key=lambda other: _weight(other, day)).spell.kind == one.spell.kind
        if counts and since is None:
            since = day
        elif not counts and since is not None:
            yield replace(one, since=since, until=day, shut=False, cut=True)
            since = None
    if since is not None:
        yield replace(one, since=since)


def _home_from(one: Presence) -> date:
    """From which day he counts as a thuiszitter; FAR for other kinds of absence."""
    if one.spell.kind not in AT_HOME:
        return FAR
    return one.start + FOUR_WEEKS if one.spell.kind == "lrv" else one.since


def _weight(one: Presence, moment: date) -> tuple:
    listed = max(one.spell.start, one.spell.listed[1].covers_from)
    order = (one.told_on, one.came, one.place)
    return moment >= _home_from(one), listed, one.spell.start, one.spell.kind == "av", order


def _stretches(facts: Facts, spell: Told, own: list[Told]) -> Iterator[Presence]:
    """At the school of the spell, and then wherever that school went up in.

    What a later list of the successor says of the same pupil is what happened to him there, since
    the day on which it took over.
    """
    place, since = spell.location or SWV, spell.start
    until = spell.end or FAR
    told_on = max(since, spell.listed[1].covers_from)
    for before in facts.merged_from(place):  # he came with the school that went up in this one
        closed_on = facts.closed_on(before)
        earlier = [
            one for one in own if one.location == before and _known_to(one) < _known_to(spell)
        ]
        if closed_on and any(closed_on < min(until, one.end or FAR) for one in earlier):
            told_on = max(told_on, closed_on + DAY)
    here = Presence(spell, place, since, until, told_on, since, since)
    while True:
        closed_on, after = facts.closed_on(here.place), facts.successor(here.place)
        if closed_on is None or here.until <= closed_on:
            yield here
            return
        if after is None:
            if here.since <= closed_on:  # what began after that is nowhere
                yield replace(here, until=closed_on, shut=True)
            return
        yield replace(here, until=closed_on + DAY)
        later = [one for one in own if one.location == after and _known_to(one) > _known_to(spell)]
        if any(closed_on < (one.end or FAR) for one in later):
            return
        until = spell.end or _gone_from(facts, after, spell) or FAR
        first = closed_on + DAY
        here = Presence(spell, after, first, until, first, first, first)


def _known_to(spell: Told) -> date:
    return spell.listed[1].covers_to


def _gone_from(facts: Facts, place: str, spell: Told) -> date | None:
    """The day before the next school year's list of a place where no list ever held him."""
    known_to = _known_to(spell)
    lists = facts.lists("verzuim", place)
    later = [part.covers_from for _, part in lists if part.covers_from > known_to]
    return min(later) - DAY if later else None


def _stays(own: list[Presence]) -> list[Presence]:
    """Each stretch with the first day of its stay."""
    found: list[Presence] = []
    start, reached = FAR, date.min
    for one in own:
        if one.since > reached:
            start = one.since
        reached = max(reached, one.until)
        found.append(replace(one, start=start))
    return found


def _counting(one: Presence) -> Presence:
    """LRV counts from day 29 of the stay, AV at once."""
    if one.spell.kind == "lrv":
        return replace(one, since=max(one.since, one.start + FOUR_WEEKS))
    return one


def _not_before_told(one: Presence, every: list[Presence]) -> Presence:
    """A later list does not change where he was: he is here since it speaks, or since he left."""
    elsewhere = [
        other.until
        for other in every
        if other.place != one.place
        and other.told_on < one.told_on
        and other.since < one.told_on
        and other.since <= other.until
        and one.since <= other.until
    ]
    if not elsewhere or _only_passed(one):
        return one
    since = max(one.since, min(one.told_on, max(elsewhere)))
    return replace(one, since=since) if since < one.until else replace(one, since=FAR)


def _ever_counts(one: Presence) -> bool:
    """AV of one day came and went; LRV that ended within four weeks never stood."""
    short = one.spell.kind == "av" or _only_passed(one)
    return one.since < one.until or (short and one.since == one.until)


def _only_passed(one: Presence) -> bool:
    """He stopped the day after his own school went up in this one, and counted already."""
    along = one.place != (one.spell.location or SWV) and one.since == one.until
    return along and (one.spell.kind == "av" or one.start + FOUR_WEEKS < one.until)


def _by_board(facts: Facts, one: Presence) -> Iterator[Presence]:
    if one.place == SWV:
        yield one
        return
    boards = facts.boards_of(one.place)
    for number, (first, board) in enumerate(boards):
        first = first if number else date.min
        last = boards[number + 1][0] if number + 1 < len(boards) else FAR
        since, until = max(one.since, first), min(one.until, last)
        if since < until or (one.since == one.until and first <= one.since < last):
            yield replace(one, board=board, since=since, until=until)


@dataclass(frozen=True)
class Stay:
    """All the time one pupil was at home without a break at one school, board or in the SWV.

    first and last: with whose details he comes and goes.
    """

    first: Presence
    last: Presence


def at(
    organisation_of: Callable[[Presence], str | None], every: list[Presence]
) -> Iterator[tuple[str, Stay]]:
    """(organisation, stay), for the organisations that `organisation_of` a presence names."""
    named = [(organisation_of(one), one) for one in every]
    known = [(name, one) for name, one in named if name]
    known.sort(key=lambda pair: (pair[1].person, pair[0], pair[1].since, pair[1].until))
    for (_, name), pairs in groupby(known, key=lambda pair: (pair[1].person, pair[0])):
        run: list[Presence] = []
        for _, one in pairs:
            if run and one.since > max(before.until for before in run):
                yield name, _stay(run)
                run = []
            run.append(one)
        yield name, _stay(run)


def _stay(run: list[Presence]) -> Stay:
    begin, end = min(one.since for one in run), max(one.until for one in run)
    return Stay(
        foremost(one for one in run if one.since == begin),
        foremost(one for one in run if one.until == end),
    )


def foremost(some: Iterable[Presence]) -> Presence:
    """Of several at once the one that was told last."""
    found: Presence | None = None
    for one in some:
        if found is None or one.follows(found):
            found = one
    assert found
    return found
