"""The locations a draft could speak of, and those it speaks for, by the rules of claim.sql."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.build import LOCATION
from data.deliveries.store import Store
from data.gate.draft import Draft
from data.gate.earlier import KNOWN_FROM, newest_locations
from data.source import Source


def could_speak_of(store: Store, source: Source, draft: Draft) -> dict[str, str]:
    """The locations it could speak of, on the last day it covers, each with its board."""
    if LOCATION not in source.columns:
        return {}  # it speaks of the SWV as a whole
    until = draft.delivery.covers_to or date.max
    kinds = source.delivery.school_types
    return {
        row["location_id"]: row["board_id"]
        for row in _locations(store, source, draft)
        if (row.get("from_on") or until) <= until <= (row.get("to_on") or until)
        and (not kinds or row.get("school_type", kinds[0]) in kinds)
    }


def _locations(store: Store, source: Source, draft: Draft) -> list[dict[str, Any]]:
    """The rows of the newest list of the SWV itself, which may be this draft."""
    if source.id == KNOWN_FROM:
        names = [name for name in draft.checked.columns if draft.checked.columns[name]]
        rows = zip(*(draft.checked.columns[name] for name in names), strict=True)
        return [dict(zip(names, row, strict=True)) for row in rows]
    return newest_locations(store)


def speaks_for(source: Source, draft: Draft, known: Mapping[str, str]) -> frozenset[str]:
    """The locations it speaks for, by the rules of data/counting/claim.sql."""
    held = _told_of(source, draft)
    claimed = draft.delivery
    if claimed.scope == "swv":
        return frozenset(known.keys() | held)
    boards = {known[code] for code in held & known.keys()} if claimed.scope == "boards" else set()
    boards |= set(claimed.speaks_for)
    return frozenset(held | {code for code, board in known.items() if {code, board} & boards})


def _told_of(source: Source, draft: Draft) -> set[str]:
    """The locations in its rows; of numbers that are only known together those with all of them."""
    columns, kind = draft.checked.columns, source.rows.complete
    codes = columns.get(LOCATION, ())
    if not kind:
        return {code for code in codes if code}
    there: dict[tuple[str, str], set[str]] = {}
    for code, slot, of_kind in zip(codes, draft.cover.slots, columns[kind], strict=True):
        there.setdefault((code, slot), set()).add(of_kind)
    every = source.columns[kind].values.keys()
    return {code for (code, _), kinds in there.items() if code and kinds >= every}
