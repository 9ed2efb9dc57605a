"""From the deliveries that count to tables: disposable, in memory, and the same every time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Protocol

from data.calendar import Calendar, Period
from data.database import Database, literal, quoted, tables_in
from data.deliveries.delivery import ROW_COLUMNS, SLOT, Delivery
from data.progress import tell
from data.source import Source

TABLES = Path(__file__).parent / "tables"
COUNTING = Path(__file__).parent / "counting"
LOCATION = "location_id"

DELIVERY = {
    "delivery_id": "varchar",
    "seq": "bigint",
    "source": "varchar",
    "topic": "varchar",
    "source_version": "integer",
    "period_id": "varchar",
    "scope": "varchar",
    "adds": "boolean",
    "at_once": "varchar",
    "two_rows": "varchar",
    "slot": "varchar",
    "covers_from": "date",
    "covers_to": "date",
    "file_name": "varchar",
    "sha256": "varchar",
    "imported_at": "varchar",
    "author": "varchar",
    "rows": "bigint",
}
PART = {"delivery_id": "varchar", "slot": "varchar", "covers_from": "date", "covers_to": "date"}
SPEAKS_FOR = {"delivery_id": "varchar", "organisation_id": "varchar"}
MISSING = {"delivery_id": "varchar", "row_id": "varchar", "answer": "varchar", "day": "date"}
SOURCE_RULE = {
    "source": "varchar",
    "topic": "varchar",
    "spans": "varchar",
    "by_row": "boolean",
    "whole": "boolean",
    "followed": "boolean",
}
PERIOD = {field.name: "varchar" for field in fields(Period)} | {
    "start_on": "date",
    "end_on": "date",
    "count_on": "date",
    "needed_to": "date",
    "position": "integer",
}


class Deliveries(Protocol):
    """What figures are made from: a store, or a store as it would be with one delivery more."""

    def deliveries(self) -> tuple[Delivery, ...]:
        """The deliveries that count, oldest first."""

    def rows_path(self, delivery_id: str) -> Path:
        """The Parquet file with the rows of a delivery."""

    def damage(self, delivery: Delivery) -> str:
        """Why the rows of this delivery cannot be trusted; "" when they can."""


@dataclass(frozen=True)
class Swv:
    """Whose figures these are. `municipalities` are codes; they pick locations from DUO's list."""

    code: str
    name: str
    municipalities: tuple[str, ...] = ()


def build(
    store: Deliveries,
    sources: Mapping[str, Source],
    calendar: Calendar,
    swv: Swv,
    tables: Path | Mapping[str, str] = TABLES,
    counting: Path = COUNTING,
    wanted: Collection[str] = (),
    copy: Path | None = None,
) -> Database:
    """All tables, made from the deliveries in `store` that were not undone; locked.

    Made here: delivery, period, swv, swv_municipality; per source stg_<source> (its columns,
    delivery_id, sheet, row_number and row_id of the rows that count), apart_<source> where rows of
    every status count (RowRules.beside) and, while tables are made, raw_<source> (of every
    delivery, replaced ones included) of what was delivered; every file in `tables` (or query by
    name), of which location, organisation and organisation_tree are needed, and in `counting`;
    among them delivered(topic, source, organisation_id, period_id, delivery_id, partial). `wanted`:
    only these tables and what they read; empty is all. copy: see `Database`. A delivery whose rows
    were changed or are gone does not count: nobody said what it would say now. Whoever shows the
    figures says which one.
    """
    known = [found for found in store.deliveries() if found.source in sources]
    deliveries = [found for found in known if not store.damage(found)]
    database = Database(copy)
    _create_facts(database, deliveries, sources, swv)
    _create_periods(database, deliveries, calendar)
    queries = _queries(counting) | (_queries(tables) if isinstance(tables, Path) else dict(tables))
    whole = {found for found in sources if _is_whole(sources[found], deliveries)}
    added = {found.source for found in deliveries if found.adds}
    told = [sources[name] for name in sources if name in {found.source for found in deliveries}]
    for source in told:
        _read_rows(database, store, source, [d for d in deliveries if d.source == source.id])
    queries |= {f"stg_{source.id}": _no_rows(source) for source in sources.values()}
    queries |= {f"stg_{s.id}": _counting_rows(s, s.id in whole, s.id in added) for s in told}
    beside = [source for source in sources.values() if source.rows.beside]
    queries |= {f"apart_{source.id}": _no_rows(source) for source in beside}
    queries |= {f"apart_{s.id}": _apart_rows(s, s.id in whole) for s in told if s.rows.beside}
    queries["row_location"] = _row_locations([s for s in told if s.id not in whole])
    queries["row_thing"] = _row_things([s for s in told if s.rows.one_row_per], whole)
    queries["row_time"] = _row_times([s for s in told if s.rows.asked_which])
    ordered = _in_order(queries, wanted or queries)
    for done, name in enumerate(ordered):
        tell(f"De tabellen worden gemaakt: {done} van {len(ordered)}.", done, len(ordered))
        database.execute(f"create table {quoted(name)} as {queries[name]}")
    for source in told:
        database.execute(f"drop table {_raw(source.id)}")
    database.lock()
    return database


def _create_facts(
    database: Database, deliveries: Sequence[Delivery], sources: Mapping[str, Source], swv: Swv
) -> None:
    """What the ledger, the source folders and the profile say, as tables."""
    database.create(
        "delivery",
        DELIVERY,
        [
            [d.period or None if name == "period_id" else getattr(d, name) for name in DELIVERY]
            for d in deliveries
        ],
    )
    parts = [(d.delivery_id, *astuple(part)) for d in deliveries for part in d.parts]
    database.create("delivery_part", PART, parts)
    spoken = [(d.delivery_id, code) for d in deliveries for code in d.speaks_for]
    database.create("delivery_speaks_for", SPEAKS_FOR, spoken)
    missing = [(d.delivery_id, *astuple(row)) for d in deliveries for row in d.missing]
    database.create("delivery_missing", MISSING, missing)
    database.create(
        "source_rule",
        SOURCE_RULE,
        [
            (
                s.id,
                s.topic,
                s.delivery.spans,
                _is_by_row(s),
                _is_whole(s, deliveries),
                bool(s.rows.one_row_per),
            )
            for s in sources.values()
        ],
    )
    database.create(
        "swv", {"organisation_id": "varchar", "name": "varchar"}, [(swv.code, swv.name)]
    )
    database.create(
        "swv_municipality",
        {"municipality_code": "varchar"},
        [(code,) for code in swv.municipalities],
    )


def _create_periods(database: Database, deliveries: Sequence[Delivery], calendar: Calendar) -> None:
    periods = calendar.periods(
        (d.period_type, d.covers_from, d.covers_to)
        for d in deliveries
        if d.covers_from and d.covers_to
    )
    ids = {period.period_id for period in periods}
    links = ("previous_period_id", "year_ago_period_id")
    rows = [
        [None if name in links and value not in ids else value for name, value in vars(p).items()]
        for p in periods
    ]
    database.create("period", PERIOD, rows)


def _read_rows(
    database: Database, store: Deliveries, source: Source, deliveries: Sequence[Delivery]
) -> None:
    """All rows of a source. A column that a delivery of an older version lacks is empty."""
    raw, columns = _raw(source.id), {**source.stored, **ROW_COLUMNS}
    database.create(f"raw_{source.id}", columns)
    files = ", ".join(literal(str(store.rows_path(d.delivery_id))) for d in deliveries)
    database.execute(
        f"insert into {raw} by name select {', '.join(map(quoted, columns))} from ("
        f"select * from {raw} where false union all by name "
        f"select * from read_parquet([{files}], union_by_name = true))"
    )


def _is_whole(source: Source, deliveries: Sequence[Delivery]) -> bool:
    """Does every delivery speak for all locations, so that the newest replaces all of the older?"""
    scopes = {d.scope for d in deliveries if d.source == source.id}
    return LOCATION not in source.stored or (scopes or {source.delivery.scope}) == {"swv"}


def _is_by_row(source: Source) -> bool:
    """Do the rows name their own period, of which they hold the figure?"""
    return bool(source.delivery.period_column) and source.delivery.spans == "period"


def _shown(source: Source) -> dict[str, str]:
    """The columns of a source in the tables that count, with their types."""
    return {name: of for name, of in {**source.stored, **ROW_COLUMNS}.items() if name != SLOT}


def _no_rows(source: Source) -> str:
    """The same columns, of a source that nobody delivered: there is nothing to choose from."""
    columns = (f"cast(null as {of}) as {quoted(name)}" for name, of in _shown(source).items())
    return f"select {', '.join(columns)} where false"


def _counting_rows(source: Source, whole: bool, added: bool) -> str:
    """The query for the rows that count: those of the newest delivery per slot and location.

    added: some delivery is an addition. What it tells once more of the same stretch counts once.
    """
    columns = ", ".join(f"rows_of.{quoted(name)}" for name in _shown(source))
    at = "" if whole else f" and coalesce(rows_of.{LOCATION}, '') = counting.location_id"
    again = ""
    if added and source.rows.one_row_per:
        keys = ", ".join(f"rows_of.{quoted(name)}" for name in source.stored_keys)
        again = (
            " inner join delivery on rows_of.delivery_id = delivery.delivery_id"
            " inner join delivery_part as part on rows_of.delivery_id = part.delivery_id "
            f"and rows_of.{SLOT} = part.slot qualify delivery.seq = "
            f"max(delivery.seq) over (partition by {keys}, part.slot, part.covers_to)"
        )
    return (
        f"select {columns} from {_raw(source.id)} as rows_of "
        f"inner join {'counted_whole' if whole else 'counted'} as counting "
        f"on counting.source = {literal(source.id)} "
        "and rows_of.delivery_id = counting.delivery_id "
        f"and rows_of.{SLOT} = counting.slot{at}{again}"
    )


def _apart_rows(source: Source, whole: bool) -> str:
    """The query for the rows that count of a source of which every status has figures of its own.

    Of a status they are those of the newest delivery that holds it and speaks for the location, and
    of what only adds to that. A row without a status has the first.
    """
    name = quoted(source.rows.beside)
    first = literal(next(iter(source.columns[source.rows.beside].values)))
    at = "''" if whole else f"coalesce(told.{LOCATION}, '')"
    return (
        f"with told as (select * replace (coalesce({name}, {first}) as {name}) "
        f"from {_raw(source.id)}), "
        f"holds as (select distinct delivery_id, {SLOT} as slot, {name} as status from told), "
        "newest as (select slot, location_id, status, max(seq) as seq from claim "
        "inner join holds using (delivery_id, slot) where not adds group by all) "
        f"select told.* exclude ({SLOT}) from told inner join claim "
        f"on told.delivery_id = claim.delivery_id and told.{SLOT} = claim.slot "
        f"and {at} = claim.location_id left join newest on claim.slot = newest.slot "
        f"and claim.location_id = newest.location_id and told.{name} = newest.status "
        "where claim.seq >= coalesce(newest.seq, 0)"
    )


def _row_locations(sources: Sequence[Source]) -> str:
    """The query for the locations that occur in the rows, per delivery and slot.

    Of numbers that are only known together (see RowRules.complete) a location without all of them
    is not there: what it leaves out is not zero.
    """
    queries = ["select delivery_id, slot, '' as location_id from delivery_part where false"]
    for source in sources:
        kind = source.rows.complete
        codes = len(source.columns[kind].values) if kind else 0
        every = f" having count(distinct {quoted(kind)}) = {codes}" if kind else ""
        queries.append(
            f"select delivery_id, {SLOT}, coalesce({LOCATION}, '') from {_raw(source.id)}"
            f" group by 1, 2, 3{every}"
        )
    return " union all ".join(queries)


def _row_things(sources: Sequence[Source], whole: Collection[str]) -> str:
    """The query for what the rows are about: the same thing on two lists has the same `thing`."""
    queries = [
        "select '' as source, '' as thing, '' as row_id, delivery_id, slot, '' as location_id, "
        "false as is_open from delivery_part where false"
    ]
    for source in sources:
        at = "''" if source.id in whole else f"coalesce({LOCATION}, '')"
        ends = source.rows.ends_by
        is_open = f"{quoted(ends)} is null" if ends else "false"
        queries.append(
            f"select {literal(source.id)}, {_thing_of(source)}, row_id, delivery_id, {SLOT}, "
            f"{at}, {is_open} from {_raw(source.id)}"
        )
    return " union all ".join(queries)


def _row_times(sources: Sequence[Source]) -> str:
    """The query for the time over which rows tell of somebody who stands on one at a time.

    Of rows of the same `who` one counts at a time: of those of one `kind` that differ in `apart`,
    and of those whose kinds exclude each other. until is empty while it lasts.
    """
    queries = [
        "select '' as source, '' as thing, '' as row_id, delivery_id, slot, '' as who, "
        "'' as kind, false as excludes, '' as apart, covers_to as from_on, covers_to as until "
        "from delivery_part where false"
    ]
    for source in sources:
        rule = source.rows.asked_which
        assert rule
        kind, excludes = "''", "false"
        if rule.either:
            column, *codes = rule.either
            kind = f"coalesce({quoted(column)}, '')"
            excludes = f"{kind} in ({', '.join(map(literal, codes))})"
        apart = f"coalesce({quoted(rule.differs)}, '')" if rule.differs else "row_id"
        queries.append(
            f"select {literal(source.id)}, {_thing_of(source)}, row_id, delivery_id, {SLOT}, "
            f"{quoted(rule.of)}, {kind}, {excludes}, {apart}, {quoted(rule.start)}, "
            f"{quoted(rule.end)} from {_raw(source.id)} where {quoted(rule.of)} is not null"
        )
    return " union all ".join(queries)


def _thing_of(source: Source) -> str:
    parts = ", ".join(
        f"coalesce(cast({quoted(name)} as varchar), '')" for name in source.stored_keys
    )
    return f"concat_ws('|', {parts})"


def _queries(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.sql")}


def _in_order(queries: Mapping[str, str], wanted: Collection[str]) -> list[str]:
    """The names of the wanted queries and of what they read, each after the tables it reads."""
    reads: dict[str, frozenset[str]] = {}
    ahead = list(wanted)
    while ahead:
        name = ahead.pop()
        if name not in reads:
            reads[name] = tables_in(queries[name]) & queries.keys()
            ahead += reads[name]
    return list(TopologicalSorter(reads).static_order())


def _raw(source_id: str) -> str:
    return quoted(f"raw_{source_id}")
