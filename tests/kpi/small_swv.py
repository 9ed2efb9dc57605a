"""A very small SWV made by hand: two boards, four locations (one merges away), one test KPI."""

import os
from datetime import date

from data.build import COUNTING
from data.calendar import Calendar
from data.database import Database

# Random worlds per test that builds a database for each; KPI_EXAMPLES=100 tries more.
EXAMPLES = int(os.environ.get("KPI_EXAMPLES", "10"))
PERIOD_COLUMNS = {
    "period_id": "varchar", "period_type": "varchar", "label": "varchar", "start_on": "date",
    "end_on": "date", "count_on": "date", "needed_to": "date", "school_year": "varchar",
    "previous_period_id": "varchar", "year_ago_period_id": "varchar", "position": "integer",
}  # fmt: skip
TREE_COLUMNS = {
    "organisation_id": "varchar", "ancestor_id": "varchar", "ancestor_type": "varchar",
    "from_on": "date", "to_on": "date",
}  # fmt: skip
# location: board, first day, last day
MERGED_ON = date(2023, 7, 31)
LOCATIONS = {
    "L1": ("B1", None, None),
    "L2": ("B1", None, None),
    "L3": ("B2", None, None),
    "L4": ("B2", None, MERGED_ON),
}
KPI_TOML = """
number = 99
label = "Proef"
theme = "Aanwezigheid"
question = "Hoeveel?"
why = "Omdat."
counts = "Alles."
not_counts = "Niets."
owner = "Iemand"
checked_on = 2026-11-01
periods = ["kwartaal", "schooljaar", "kalenderjaar"]
main_period = "kwartaal"
level = "location"
school_types = ["vo"]
needs = ["things"]
better = "lower"
main_measure = "amount"

[[measures]]
id = "amount"
label = "Aantal"
shows = "stock"
unit = "leerlingen"
numerator = "Dingen"

[[measures]]
id = "part"
label = "Deel"
shows = "share"
unit = "percent"
decimals = 1
numerator = "Dingen"
denominator = "Alles"

[[measures]]
id = "people"
label = "Personen"
shows = "persons"
unit = "leerlingen"
numerator = "Personen"

[[measures]]
id = "listed"
label = "Uit een lijst met nullen"
shows = "total"
unit = "leerlingen"
numerator = "Leerlingen"
explicit_zero = true

[[measures]]
id = "counted"
label = "Op de teldatum"
shows = "stock"
stock_on = "count_date"
unit = "leerlingen"
numerator = "Leerlingen"

[[measures]]
id = "whole"
label = "Van het SWV"
shows = "total"
unit = "euro"
level = "swv"
needs = ["money"]
numerator = "Euro's"

[[segments]]
id = "kind"
label = "Soort"
values = { a = "Soort A", b = "Soort B" }

[[segments]]
id = "result"
label = "Uitkomst"
denominator = "total"
values = { goed = "Goed", fout = "Fout" }

[[combinations]]
of = ["kind", "result"]

[[versions]]
version = 1
from = 2000-01-01
change = "Begin"

[[versions]]
version = 2
from = 2024-01-01
change = "Anders geteld"
"""
KPI_SQL = """
-- one row per thing
select
    measure, organisation_id, period_id, kind, result, numerator, denominator, person_id,
    provisional
from thing;
"""
THING = {
    "measure": "varchar", "organisation_id": "varchar", "period_id": "varchar", "kind": "varchar",
    "result": "varchar", "numerator": "integer", "denominator": "integer", "person_id": "varchar",
    "provisional": "boolean",
}  # fmt: skip


def write_kpi(folder, toml=KPI_TOML, sql=KPI_SQL, example='title = "Niets"'):
    folder.mkdir(parents=True)
    (folder / "kpi.toml").write_text(toml, encoding="utf-8")
    (folder / "kpi.sql").write_text(sql, encoding="utf-8")
    (folder / "example.toml").write_text(example, encoding="utf-8")
    return folder


def small_world(things, delivered, locations=LOCATIONS, reaches=None):
    """A database with what every roll-up needs; `things` are rows of table thing.

    delivered: (topic, organisation_id, period_id) or with a fourth item, partial. reaches: the
    last day of all deliveries.
    """
    database = Database()
    periods = Calendar().periods([("kwartaal", date(2023, 1, 1), date(2024, 9, 30))])
    ids = {p.period_id for p in periods}
    database.create(
        "period",
        PERIOD_COLUMNS,
        [
            [getattr(p, c) if c != "previous_period_id" or p.previous_period_id in ids else None
             for c in PERIOD_COLUMNS]
            for p in periods
        ],
    )  # fmt: skip
    text = "varchar"
    database.create("swv", {"organisation_id": text, "name": text}, [("SWV", "Proef-SWV")])
    boards = sorted({board for board, _, _ in locations.values()})
    database.create(
        "organisation",
        {"organisation_id": text, "organisation_type": text, "name": text, "school_type": text,
         "from_on": "date", "to_on": "date", "merged_into": text},
        [("SWV", "swv", "Proef-SWV", None, None, None, None)]
        + [(board, "bestuur", f"Bestuur {board}", None, None, None, None) for board in boards]
        + [(name, "locatie", f"School {name}", "vo", start, end, None)
           for name, (_, start, end) in locations.items()],
    )  # fmt: skip
    tree = [("SWV", "SWV", "swv", None, None)]
    for board in boards:
        tree += [(board, board, "bestuur", None, None), (board, "SWV", "swv", None, None)]
    for name, (board, start, end) in locations.items():
        for ancestor, kind in ((name, "locatie"), (board, "bestuur"), ("SWV", "swv")):
            tree.append((name, ancestor, kind, start, end))
    database.create("organisation_tree", TREE_COLUMNS, tree)
    sql = (COUNTING / "membership.sql").read_text(encoding="utf-8")
    database.execute(f"create view membership as {sql}")  # a test may add to the tree
    database.create(
        "delivered",
        {"topic": text, "organisation_id": text, "period_id": text, "partial": "boolean",
         "delivery_id": text},
        [(*row[:3], bool(row[3:] and row[3]), f"lev-{row[0]}") for row in delivered],
    )  # fmt: skip
    ends = {f"lev-{row[0]}": reaches for row in delivered}
    database.create("delivery", {"delivery_id": text, "covers_to": "date"}, list(ends.items()))
    database.create("thing", THING, things)
    return database
