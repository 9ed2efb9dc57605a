"""Who was at home and from when, by what the lists said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from what_was_said import Record, Stretch

WAIT = timedelta(days=29)  # LRV counts 29 days after its first day


def at_home(record: Record, day: date) -> set[tuple[int, str, str]]:
    """(pupil, kind, school) of everybody who is at home on a day, by what was said."""
    return {
        (one.pupil, one.kind, one.place)
        for one, counts in waited(record)
        if counts <= day < one.until
    }


def waited(record: Record) -> Iterator[tuple[Stretch, date]]:
    """Every stretch with the day from which it counts, a pupil in one kind at a time."""
    by_pupil: dict[int, list[tuple[Stretch, date]]] = {}
    for one, counts in told(record):
        by_pupil.setdefault(one.pupil, []).append((one, counts))
    for stretches in by_pupil.values():
        for one, counts in stretches:
            over = [
                (since, other.until)
                for other, since in stretches
                if other.kind != one.kind and other.rank > one.rank
            ]
            for start, end in _left_over((counts, one.until), over):
                yield replace(one, until=end), start


def told(record: Record) -> Iterator[tuple[Stretch, date]]:
    """Every stretch with the day from which it would count, were there no other kind.

    LRV counts 29 days after the whole stay began. Who was told of at another school first is
    here from the day the first list about this place speaks of, or from when he left there.
    """
    by_pupil: dict[tuple[int, str], list[tuple[Stretch, date]]] = {}
    for one, counts in _long_enough(record):
        by_pupil.setdefault((one.pupil, one.kind), []).append((one, counts))
    for stretches in by_pupil.values():
        for one, counts in stretches:
            left = [
                other.until
                for other, since in stretches
                if other.place != one.place
                and one.told_on > max(other.told_on, since)
                and counts <= other.until
            ]
            late = max(counts, min(one.told_on, max(left))) if left else counts
            if late < one.until or (one.kind == "AV" and late == one.until and not left):
                yield one, late


def _long_enough(record: Record) -> Iterator[tuple[Stretch, date]]:
    by_pupil: dict[tuple[int, str], list[Stretch]] = {}
    for one in record.stretches():
        by_pupil.setdefault((one.pupil, one.kind), []).append(one)
    for stretches in by_pupil.values():
        begin, reached = date.min, date.min
        for one in sorted(stretches, key=lambda one: (one.since, one.until)):
            begin = one.since if one.since > reached else begin
            reached = max(reached, one.until)
            yield one, max(one.since, begin + WAIT) if one.kind == "LRV" else one.since


def _left_over(own: tuple[date, date], over: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """What is left of a time outside others; who came and went on one day takes no time."""
    left = [own]
    for since, until in over if own[0] < own[1] else ():
        parts = [one for a, b in left for one in ((a, min(b, since)), (max(a, until), b))]
        left = [(a, b) for a, b in parts if a < b]
    return left
