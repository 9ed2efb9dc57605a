"""A handful of sources and tables, and deliveries put straight into a store: no files involved."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from data.build import TABLES as OWN
from data.build import Swv, build
from data.calendar import Calendar
from data.database import Database, HeldRows
from data.deliveries.delivery import ROW_COLUMNS, SLOT, Delivery
from data.deliveries.store import Store
from data.gate.covering import chosen_period, covered
from data.source import Source
from data.source_file import load_sources

CALENDAR = Calendar()
SWV = Swv("SWV", "SWV Voorbeeld", ("0001",))

HEAD = """
label = "{id}"
publisher = "test"
topic = "{topic}"
purpose = "test"
retention_years = 1
version = 1
[delivery]
{delivery}
"""
LOCATION = """
[columns.location_id]
label = "Vestiging"
type = "location_code"
required = true
"""
SPELLS = """
[columns.start_on]
label = "Begin"
type = "date"
[columns.pupils]
label = "Aantal"
type = "integer"
"""
SOURCES = {
    "locaties": (
        "location",
        'period = "none"\nspans = "all"\nscope = "swv"',
        LOCATION
        + '[columns.board_id]\nlabel = "Bestuur"\ntype = "text"\nrequired = true\n'
        + '[columns.from_on]\nlabel = "Van"\ntype = "date"\n'
        + '[columns.to_on]\nlabel = "Tot"\ntype = "date"\n'
        + "".join(
            f'[columns.{name}]\nlabel = "{name}"\ntype = "text"\n'
            for name in ("name", "board_name", "school_type", "merged_into")
        ),
    ),
    "verzuim": (
        "absence",
        'period = "kwartaal"\nspans = "school_year"\nscope = "boards"\n'
        'expected = ["09", "12", "03", "06"]',
        LOCATION + 'known = "location"\n' + SPELLS,
    ),
    "plaatsen": (
        "places",
        'period = "kwartaal"\nspans = "period"\nscope = "locations"\nexpected = ["09"]',
        LOCATION + SPELLS,
    ),
    "tlv": (
        "tlv",
        'period = "kwartaal"\nspans = "all"\nscope = "swv"\ncovers_by = "start_on"\n'
        'expected = ["12"]',
        LOCATION + "optional_cell = true\n" + SPELLS,
    ),
    "vsv": (
        "vsv",
        'period = "schooljaar"\nspans = "period"\nscope = "swv"\nperiod_column = "school_year"\n'
        'expected = ["03"]',
        LOCATION
        + '[columns.school_year]\nlabel = "Schooljaar"\ntype = "school_year"\nrequired = true\n'
        + SPELLS,
    ),
    "balans": (
        "balance",
        'period = "kalenderjaar"\nspans = "period"\nscope = "swv"\nexpected = ["03"]',
        '[columns.amount]\nlabel = "Bedrag"\ntype = "euro"\nrequired = true\n',
    ),
}
TABLES = {
    "location": """
        select location_id, location_id as name, board_id, 'vo' as school_type, from_on, to_on,
            row_id, delivery_id
        from stg_locaties""",
    "organisation": """
        select organisation_id, 'swv' as organisation_type, name, null as school_type,
            cast(null as date) as from_on, cast(null as date) as to_on,
            cast(null as varchar) as merged_into
        from swv
        union all
        select board_id, 'bestuur', board_id, null, null, null, null from location
        group by board_id
        union all
        select location_id, 'locatie', any_value(name), any_value(school_type),
            case when count(from_on) = count(*) then min(from_on) end,
            case when count(to_on) = count(*) then max(to_on) end, null
        from location group by location_id""",
    "organisation_tree": (OWN / "organisation_tree.sql").read_text(encoding="utf-8"),
    "spell": "select location_id, start_on, pupils, row_id, delivery_id from stg_verzuim",
    "tlv": "select location_id, start_on, pupils, row_id, delivery_id from stg_tlv",
    "places": "select location_id, start_on, pupils, row_id, delivery_id from stg_plaatsen",
    "vsv": "select location_id, school_year, pupils, row_id, delivery_id from stg_vsv",
    "balance": "select amount, row_id, delivery_id from stg_balans",
}


def small_sources(folder: Path) -> dict[str, Source]:
    """The sources above, through the real loader."""
    for source_id, (topic, delivery, columns) in SOURCES.items():
        path = folder / source_id / "source.toml"
        if not path.exists():  # another process may be reading it
            path.parent.mkdir(parents=True, exist_ok=True)
            head = HEAD.format(id=source_id, topic=topic, delivery=delivery)
            path.write_text(head + columns, encoding="utf-8")
    return load_sources(folder)


def small_tables(folder: Path) -> Path:
    """The tables above, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, query in TABLES.items():
        path = folder / f"{name}.sql"
        if not path.exists():
            path.write_text(query, encoding="utf-8")
    return folder


class World:
    """A store with small sources, to deliver to and build from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources = small_sources(folder / "sources")
        self.tables = small_tables(folder / "tables")
        self.store = Store(folder / "store")

    def deliver(
        self, source_id: str, period: str | None, rows: Iterable[Mapping[str, Any]], author="x"
    ) -> Delivery:
        """Store rows as a delivery, as an import would."""
        source = self.sources[source_id]
        rows = list(rows)
        columns = {name: [row.get(name) for row in rows] for name in source.stored}
        chosen, _ = chosen_period(source, period, (), CALENDAR)
        cover = covered(source, chosen, columns, CALENDAR)
        sha256 = hashlib.sha256(repr((source_id, period, rows)).encode()).hexdigest()
        draft = Delivery(
            delivery_id="",
            source=source_id,
            topic=source.topic,
            source_version=source.version,
            period=cover.period.period_id if cover.period else "",
            period_type=source.delivery.period,
            scope=source.delivery.scope,
            parts=cover.parts,
            file_name=f"{source_id}.csv",
            sha256=sha256,
            fingerprint=sha256,
            rows=len(rows),
            author=author,
        )

        values = {name: [row.get(name) for row in rows] for name in source.stored}
        values |= {"sheet": ["s"] * len(rows), SLOT: cover.slots}
        values["row_number"] = range(2, len(rows) + 2)
        held = HeldRows({**source.stored, **ROW_COLUMNS}, values)
        return self.store.add(draft, held, {})[0]

    def build(self) -> Database:
        """The tables as they are now."""
        return build(self.store, self.sources, CALENDAR, SWV, self.tables)
