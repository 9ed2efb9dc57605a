"""What a delivery would change, by the same queries that count: tried before it is stored."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from data.build import LOCATION
from data.calendar import Calendar
from data.database import Database, literal
from data.deliveries.delivery import Delivery
from data.deliveries.store import Store
from data.gate.claim.changed import ID, DeliveryEffect, earlier_row
from data.gate.claim.clashing import clashes
from data.gate.claim.closed_school import LAST_DAYS, AtClosed, at_closed
from data.gate.claim.own_history import far_from_before
from data.gate.claim.spoken import could_speak_of, speaks_for
from data.gate.claim.trial import PAIRS, TABLES, after_it, as_it_is, wanted_by
from data.gate.draft import Draft
from data.gate.earlier import KNOWN_FROM, newest_locations
from data.source import Source

LEFT_OUT = """
with told as (
    select counted.location_id, counted.delivery_id, delivery.covers_to
    from counted
    inner join delivery using (delivery_id)
    where counted.source = ?
),
before as (
    select told.location_id, told.delivery_id
    from told
    inner join told as mine using (location_id)
    where mine.delivery_id = ? and told.covers_to < ?
    qualify rank() over (partition by told.location_id order by told.covers_to desc) = 1
)
select row_thing.thing
from before
inner join row_thing using (location_id, delivery_id)
inner join last_row using (row_id)
order by row_thing.thing
"""


def effect(
    store: Store, sources: Mapping[str, Source], calendar: Calendar, draft: Draft
) -> DeliveryEffect:
    """Build what counts with and without this draft, and compare. Raises StoreError.

    A draft about a time of which nothing was delivered takes nothing away.
    """
    source = draft.recognised.source
    known = could_speak_of(store, source, draft)
    claimed = DeliveryEffect(known, speaks_for(source, draft, known))
    slots = {part.slot for part in draft.delivery.parts}
    same = [found for found in store.deliveries() if found.source == source.id]
    follows = any(slots & {part.slot for part in found.parts} for found in same)
    wanted = wanted_by(sources, source)
    compares = same and (follows or source.steady)
    before = as_it_is(store, wanted, calendar) if compares else None
    shut = _at_closed(store, wanted, calendar, draft, before)
    claimed = replace(claimed, at_closed=shut)
    if before and source.steady:
        far = far_from_before(before, source, draft.checked.columns)
        claimed = replace(claimed, far=tuple(far))
    if follows or source.rows.asked_which:
        after = after_it(store, draft, wanted, calendar, TABLES if follows else PAIRS)
        claimed = replace(claimed, clashes=tuple(clashes(after, source, ID, alone=not follows)))
        if before and follows:
            claimed = _compared(before, after, source, draft, claimed)
        after.close()
    if before:
        before.close()
    return claimed


def _at_closed(
    store: Store,
    wanted: Mapping[str, Source],
    calendar: Calendar,
    draft: Draft,
    before: Database | None,
) -> tuple[AtClosed, ...]:
    """Rows at a closed location; where things go on is in `before` when that was built."""
    source = draft.recognised.source
    if not (source.rows.ends_by and LOCATION in source.columns and KNOWN_FROM in wanted):
        return ()
    if not any(row.get("to_on") for row in newest_locations(store)):
        return ()
    known = {KNOWN_FROM: wanted[KNOWN_FROM]}
    places = before or as_it_is(store, known, calendar, ("goes_on",))
    last_days = places.rows(LAST_DAYS)
    if places is not before:
        places.close()
    return tuple(at_closed(source, draft.checked.columns, draft.delivery.covers_to, last_days))


def _compared(
    before: Database,
    after: Database,
    source: Source,
    made: Draft,
    claimed: DeliveryEffect,
) -> DeliveryEffect:
    draft = made.delivery
    stays = _stays(source, made)
    first = {thing: row for thing, row in _things(before).items() if not stays(thing)}
    last = _things(after)
    taken = [row for thing, row in first.items() if thing not in last]
    left = [thing for thing, row in last.items() if row["gone"] and not _was_gone(first, thing)]
    gone = [last[thing] for thing in left]
    if source.delivery.spans == "all" and not source.rows.ends_by:
        gone = _left_out(last, after, draft)
    pairs = "select source, slot, location_id, delivery_id from counted union all"
    pairs += " select source, slot, '', delivery_id from counted_whole"
    lost = {delivery_id for *_, delivery_id in _pairs(before, pairs) - _pairs(after, pairs)}
    lacks = [*taken, *(first[thing] for thing in left if first[thing]["delivery_id"] in lost)]
    return replace(
        claimed,
        taken=tuple(earlier_row(row, source) for row in taken),
        lacks=tuple(earlier_row(row, source) for row in lacks),
        gone=tuple(earlier_row(row, source) for row in gone if row["delivery_id"] != ID),
        replaced=_replaced(first, last, lost),
        returned=tuple(
            earlier_row(row, source)
            for thing, row in last.items()
            if not row["gone"] and thing in first and first[thing]["gone"]
        ),
        still=_still(after, last, lost),
        late=_late(after, first, last, source, draft),
        overtaken=sum(row["gone"] and row["delivery_id"] == ID for row in last.values()),
        before=frozenset(tuple(thing.split("|")) for _, thing in first),
    )


def _stays(source: Source, draft: Draft) -> Callable[[tuple[str, str]], bool]:
    """Whether a thing has figures beside those of the draft: its status is not in the draft."""
    name = source.rows.beside
    if not name or not draft.delivery.rows:
        return lambda _: False
    first = next(iter(source.columns[name].values))  # of a row that does not say
    at = source.stored_keys.index(name)
    held = {status or first for status in draft.checked.columns[name]}

    def other(thing: tuple[str, str]) -> bool:
        parts = thing[1].split("|")
        return thing[0] == source.id and len(parts) > at and (parts[at] or first) not in held

    return other


def _replaced(
    first: Mapping[tuple[str, str], dict[str, Any]],
    last: Mapping[tuple[str, str], dict[str, Any]],
    lost: Collection[str],
) -> dict[str, int]:
    """How many rows of the deliveries that lost a location or slot no longer count."""
    rows = Counter(
        row["delivery_id"]
        for thing, row in first.items()
        if row["delivery_id"] in lost
        and (thing not in last or last[thing]["delivery_id"] != row["delivery_id"])
    )
    return dict(sorted(rows.items()))


def _still(
    after: Database, last: Mapping[tuple[str, str], dict[str, Any]], lost: Collection[str]
) -> int:
    """Things of a replaced list that only a later list still holds."""
    held = after.rows("select source, thing, delivery_id from row_thing")
    mine = {(row["source"], row["thing"]) for row in held if row["delivery_id"] == ID}
    theirs = {(row["source"], row["thing"]) for row in held if row["delivery_id"] in lost}
    return sum(thing in last and last[thing]["delivery_id"] not in lost for thing in theirs - mine)


def _late(
    after: Database,
    first: Mapping[tuple[str, str], dict[str, Any]],
    last: Mapping[tuple[str, str], dict[str, Any]],
    source: Source,
    draft: Delivery,
) -> int:
    """New things from before the last day that an earlier list of the same time reached."""
    by = source.delivery.dated_by
    slots = ", ".join(literal(part.slot) for part in draft.parts)
    if not by:
        return 0
    rows = after.rows(
        "select max(covers_to) as day from delivery_part where delivery_id <> ?"
        f" and slot in ({slots})"
        " and covers_to < (select max(covers_to) from delivery_part where delivery_id = ?)",
        [ID, ID],
    )
    until = rows[0]["day"]
    if until is None:
        return 0
    own = after.rows(
        f"select row_id from stg_{source.id} where delivery_id = ? and {by} <= ?", [ID, until]
    )
    early = {row["row_id"] for row in own}
    return sum(thing not in first and row["row_id"] in early for thing, row in last.items())


def _things(database: Database) -> dict[tuple[str, str], dict[str, Any]]:
    """The last row about everything, by source and thing."""
    rows = database.rows(
        "select source, thing, row_id, split_part(row_id, '#', 1) as delivery_id,"
        " coalesce(gone_as in ('niet_te_volgen', 'gestopt'), false) as gone"
        " from last_row order by row_id"
    )
    return {(row["source"], row["thing"]): row for row in rows}


def _was_gone(first: Mapping[tuple[str, str], dict[str, Any]], thing: tuple[str, str]) -> bool:
    return thing not in first or first[thing]["gone"]


def _left_out(
    last: Mapping[tuple[str, str], dict[str, Any]], after: Database, draft: Delivery
) -> list[dict[str, Any]]:
    """What a register held until now of the locations this newer one speaks for, and it does not.

    Until now: up to the last earlier day on which a list that speaks for the location ended.
    """
    rows = after.rows(LEFT_OUT, [draft.source, ID, draft.covers_to])
    return [last[draft.source, row["thing"]] for row in rows]


def _pairs(database: Database, query: str) -> set[tuple[Any, ...]]:
    return {tuple(row.values()) for row in database.rows(query)}
