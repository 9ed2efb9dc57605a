"""What counts as it is, and what would count with one delivery more, by the same queries."""

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from data.build import TABLES as BUILT
from data.build import Swv, build
from data.calendar import Calendar
from data.database import Database
from data.deliveries.delivery import Delivery
from data.deliveries.folders import write_named
from data.deliveries.store import Store, StoreError
from data.gate.claim.changed import ID
from data.gate.draft import Draft
from data.gate.earlier import KNOWN_FROM
from data.source import Source

TABLES = ("counted", "counted_whole", "last_row", "location", "answered_pair")
PAIRS = ("answered_pair",)  # all there is to know when nothing was delivered of the same time
NOBODY = Swv("", "")
# Only the own list: that a national list holds a school does not make it one of the SWV.
LOCATIONS = f"select * from stg_{KNOWN_FROM}"
NO_LOCATIONS = """
select '' as location_id, '' as name, '' as board_id, '' as board_name, '' as school_type,
    cast(null as date) as from_on, cast(null as date) as to_on, '' as merged_into
from delivery where false
"""
ORGANISATION = (BUILT / "organisation.sql").read_text(encoding="utf-8")


def wanted_by(sources: Mapping[str, Source], source: Source) -> dict[str, Source]:
    """The source itself, and the one that says which locations there are."""
    return {name: sources[name] for name in (source.id, KNOWN_FROM) if name in sources}


def must_be_sound(store: Store, wanted: Mapping[str, Source]) -> None:
    """StoreError when a delivery that a new one is held against cannot be trusted."""
    told = [store.damage(found) for found in store.deliveries() if found.source in wanted]
    if any(told):
        raise StoreError(" ".join(filter(None, told)))


def as_it_is(
    store: Store,
    wanted: Mapping[str, Source],
    calendar: Calendar,
    tables: Collection[str] = TABLES,
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
        write_named(draft.held, path, ID)
        return _counted(_With(store, draft.delivery, path), wanted, calendar, tables)


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
    tables: Collection[str],
) -> Database:
    location = LOCATIONS if KNOWN_FROM in sources else NO_LOCATIONS
    apart = [f"apart_{name}" for name, source in sources.items() if source.rows.beside]
    rows = [] if tables == PAIRS else [*apart, *(f"stg_{name}" for name in sources)]
    return build(
        deliveries, sources, calendar, NOBODY,
        tables={"location": location, "organisation": ORGANISATION},
        wanted=(*tables, *rows),
    )  # fmt: skip
