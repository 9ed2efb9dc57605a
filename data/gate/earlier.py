"""What earlier deliveries mean for a new one."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from typing import Any

from data.database import DatabaseError, read_columns, read_rows
from data.deliveries.delivery import Delivery
from data.deliveries.store import Store, StoreError
from data.gate.convert import KnownCodes, school_name
from data.source import Source

KNOWN_FROM = "locaties"  # the SWV's own list; a national list knows every code, so says nothing


def known_codes(store: Store, sources: Mapping[str, Source]) -> KnownCodes:
    """The codes in the newest list of locations of the SWV itself; empty when there is none.

    With them, read when asked, the codes of persons and cases in all deliveries.

    Raises StoreError when that list was damaged.
    """
    return replace(known_locations(store), keys=cache(partial(_stored_keys, store, sources)))


def known_locations(store: Store) -> KnownCodes:
    """The locations and boards in the newest list of the SWV itself; none when there is no list.

    Raises StoreError when it was damaged.
    """
    lists = [found for found in store.deliveries() if found.source == KNOWN_FROM]
    if not lists:
        return KnownCodes()
    damage = store.damage(lists[-1])
    if damage:
        raise StoreError(damage)
    rows = read_rows(store.rows_path(lists[-1].delivery_id))
    named: dict[str, set[str]] = {}
    for row in rows:
        named.setdefault(school_name(row.get("name") or ""), set()).add(row["location_id"])
    return KnownCodes(
        locations=frozenset(row["location_id"] for row in rows),
        boards=frozenset(row["board_id"] for row in rows),
        named={name: frozenset(found) for name, found in named.items() if name},
    )


def _stored_keys(store: Store, sources: Mapping[str, Source]) -> frozenset[str]:
    """The codes of persons and cases in the deliveries that are sound."""
    keys: set[str] = set()
    for found in store.deliveries():
        source = sources.get(found.source)
        names = [c.name for c in source.columns.values() if c.type == "key"] if source else []
        if names and not store.damage(found):
            with suppress(DatabaseError):  # of a version of the source that had no such column
                values = read_columns(store.rows_path(found.delivery_id), names)
                keys.update(*values.values())
    return frozenset(keys)


def newest_locations(store: Store) -> list[dict[str, Any]]:
    """The rows of the newest list of locations of the SWV itself; none without such a list."""
    lists = [found for found in store.deliveries() if found.source == KNOWN_FROM]
    return read_rows(store.rows_path(lists[-1].delivery_id)) if lists else []


def remarks(store: Store, draft: Delivery) -> Iterator[str]:
    """What a user should know when this delivery is there already."""
    earlier = [found for found in store.deliveries() if found.source == draft.source]
    present = store.same_as(draft.fingerprint)
    if present:
        yield from filter(None, [store.damage(present)])
        yield from _replaced(present, earlier)


def _replaced(present: Delivery, deliveries: list[Delivery]) -> Iterator[str]:
    """A newer delivery says something about the same time."""
    slots = {part.slot for part in present.parts}
    for other in deliveries:
        if other.seq > present.seq and slots & {part.slot for part in other.parts}:
            yield (
                f"Er is een nieuwere levering voor dezelfde periode: {other.delivery_id}. "
                "Maak die ongedaan als dit bestand weer moet gelden."
            )
