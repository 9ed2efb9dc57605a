"""What a delivery would change, by the same queries that count: tried before it is stored."""

import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from data.build import LOCATION, Swv, build
from data.build import TABLES as BUILT
from data.calendar import Calendar
from data.database import Database, literal, write_parquet
from data.deliveries.delivery import Delivery
from data.deliveries.store import Store
from data.gate.clashing import clashing, doubled
from data.gate.closed_school import LAST_DAYS, AtClosed, at_closed
from data.gate.draft import Draft
from data.gate.earlier import KNOWN_FROM, newest_locations
from data.gate.own_history import far_from_before
from data.gate.row_names import told
from data.source import Source

ID = "deze-lijst"
TABLES = ("counted", "counted_whole", "last_row", "location", "row_pair")
NOBODY = Swv("", "")
# Only the own list: that a national list holds a school does not make it one of the SWV.
LOCATIONS = f"select * from stg_{KNOWN_FROM}"
NO_LOCATIONS = """
select '' as location_id, '' as name, '' as board_id, '' as board_name, '' as school_type,
    cast(null as date) as from_on, cast(null as date) as to_on, '' as merged_into
from delivery where false
"""
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
ORGANISATION = (BUILT / "organisation.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class EarlierRow:
    """A row of an earlier delivery: `about` says which, in Dutch, with a pseudonym for a pupil.

    key: the values that name it, as text.
    """

    row_id: str
    delivery_id: str
    about: str
    key: tuple[str, ...]


Clashes = Mapping[str, tuple[EarlierRow, ...]]


@dataclass(frozen=True)
class DeliveryEffect:
    """What storing a draft would change.

    known: the locations of the SWV on the last day covered, by code their board. spoken: the
    locations it speaks for. taken: rows that would no longer count. lacks: rows of the list that it
    replaces and does not hold, also when an older list still does. gone: rows of what was still
    open, or stood in a register, and is not in this list. replaced: by earlier delivery how many
    of its rows no longer count. returned: rows that had left the lists and are back. still: how
    many rows of a replaced list are not in this one and count all the same, because a later list
    holds them. late: how many things it tells of for the first time that came about in a time over
    which a list was delivered before. before: the keys of what earlier lists told of. overtaken:
    how many of its own rows a later list that was delivered already does not hold. clashes: by
    field of `Answers` the rows of persons who are in two kinds, or on two rows, at once. at_closed:
    its rows that go on at a location that had closed, with nothing in its place. lost: of a list of
    locations, rows of other lists that can no longer be followed since their location went up in
    another one.
    """

    known: Mapping[str, str]
    spoken: frozenset[str]
    taken: tuple[EarlierRow, ...] = ()
    lacks: tuple[EarlierRow, ...] = ()
    gone: tuple[EarlierRow, ...] = ()
    replaced: Mapping[str, int] = field(default_factory=dict)
    returned: tuple[EarlierRow, ...] = ()
    still: int = 0
    late: int = 0
    before: frozenset[tuple[str, ...]] = frozenset()
    overtaken: int = 0
    clashes: Clashes = field(default_factory=dict)
    far: tuple[str, ...] = ()
    at_closed: tuple[AtClosed, ...] = ()
    lost: tuple[EarlierRow, ...] = ()


def effect(
    store: Store, sources: Mapping[str, Source], calendar: Calendar, draft: Draft
) -> DeliveryEffect:
    """Build what counts with and without this draft, and compare. Raises StoreError.

    A draft about a time of which nothing was delivered takes nothing away.
    """
    source = draft.recognised.source
    known = _known(store, source, draft)
    shut = _at_closed(store, sources, calendar, draft)
    claimed = DeliveryEffect(known, _spoken(source, draft, known), at_closed=shut)
    slots = {part.slot for part in draft.delivery.parts}
    same = [found for found in store.deliveries() if found.source == source.id]
    follows = any(slots & {part.slot for part in found.parts} for found in same)
    wanted = _wanted(sources, source)
    before = (
        _counted(_With(store), wanted, calendar) if same and (follows or source.steady) else None
    )
    if before and source.steady:
        far = far_from_before(before, source, draft.checked.columns)
        claimed = replace(claimed, far=tuple(far))
    if follows or source.rows.asked_which:
        after = after_it(store, draft, wanted, calendar)
        claimed = replace(claimed, clashes=_clashes(after, source, ID))
        if before and follows:
            claimed = _compared(before, after, source, draft, claimed)
        after.close()
    if before:
        before.close()
    return claimed


def _at_closed(
    store: Store, sources: Mapping[str, Source], calendar: Calendar, draft: Draft
) -> tuple[AtClosed, ...]:
    source = draft.recognised.source
    if not (source.rows.ends_by and LOCATION in source.columns and KNOWN_FROM in sources):
        return ()
    if not any(row.get("to_on") for row in newest_locations(store)):
        return ()
    known = {KNOWN_FROM: sources[KNOWN_FROM]}
    places = as_it_is(store, known, calendar, ("goes_on",))
    last_days = places.rows(LAST_DAYS)
    places.close()
    return tuple(at_closed(source, draft.checked.columns, draft.delivery.covers_to, last_days))


def as_it_is(
    store: Store, wanted: Mapping[str, Source], calendar: Calendar, tables: Collection[str]
) -> Database:
    """What counts now, without any draft."""
    return _counted(_With(store), wanted, calendar, tables)


def after_it(
    store: Store,
    draft: Draft,
    wanted: Mapping[str, Source],
    calendar: Calendar,
    tables: Collection[str] = TABLES,
) -> Database:
    """What would count with this draft."""
    with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
        path = Path(folder) / "rows.parquet"
        write_parquet(path, draft.columns, draft.rows(ID))
        return _counted(_With(store, draft.delivery, path), wanted, calendar, tables)


def clashes_in(
    store: Store, sources: Mapping[str, Source], calendar: Calendar, found: Delivery
) -> Clashes:
    """The clashes of this delivery (see `DeliveryEffect`), as they were when it came in."""
    source = sources[found.source]
    then = _counted(_With(store.as_known(found.seq)), _wanted(sources, source), calendar)
    rows = _clashes(then, source, found.delivery_id)
    then.close()
    return rows


def _wanted(sources: Mapping[str, Source], source: Source) -> dict[str, Source]:
    """The source itself, and the one that says which locations there are."""
    return {name: sources[name] for name in (source.id, KNOWN_FROM) if name in sources}


def _clashes(database: Database, source: Source, delivery_id: str) -> Clashes:
    found = {
        "at_once": clashing(database, source, delivery_id),
        "two_rows": doubled(database, delivery_id),
    }
    return {by: tuple(earlier_row(row, source) for row in rows) for by, rows in found.items()}


class _With:
    """A store as it would be with one delivery more."""

    def __init__(self, store: Store, draft: Delivery | None = None, path: Path = Path()) -> None:
        self._store = store
        self._path = path
        known = store.deliveries()
        seq = len(store.lines()) + 1
        more = (replace(draft, delivery_id=ID, seq=seq),) if draft else ()
        self._deliveries = (*known, *more)

    def deliveries(self) -> tuple[Delivery, ...]:
        """Those of the store, and the draft."""
        return self._deliveries

    def rows_path(self, delivery_id: str) -> Path:
        """The rows of the draft lie beside the store."""
        return self._path if delivery_id == ID else self._store.rows_path(delivery_id)

    def damage(self, delivery: Delivery) -> str:
        """The draft was just written."""
        return "" if delivery.delivery_id == ID else self._store.damage(delivery)


def _counted(
    deliveries: _With,
    sources: Mapping[str, Source],
    calendar: Calendar,
    tables: Collection[str] = TABLES,
) -> Database:
    location = LOCATIONS if KNOWN_FROM in sources else NO_LOCATIONS
    apart = (f"apart_{name}" for name, source in sources.items() if source.rows.beside)
    return build(
        deliveries, sources, calendar, NOBODY,
        tables={"location": location, "organisation": ORGANISATION},
        wanted=(*tables, *apart, *(f"stg_{name}" for name in sources)),
    )  # fmt: skip


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


def _known(store: Store, source: Source, draft: Draft) -> dict[str, str]:
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


def _spoken(source: Source, draft: Draft, known: Mapping[str, str]) -> frozenset[str]:
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


def earlier_row(row: Mapping[str, Any], source: Source) -> EarlierRow:
    """A row (row_id, delivery_id, thing) in the words of its source."""
    key = tuple(row["thing"].split("|"))
    parts = zip(source.stored_keys, key, strict=False)
    words = (told(source.columns.get(name), text) for name, text in parts)
    return EarlierRow(row["row_id"], row["delivery_id"], ", ".join(filter(None, words)), key)
