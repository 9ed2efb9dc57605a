"""Small tables made by hand, and the plainest way to add up what a kpi.sql returns from them."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb

KPI = Path(__file__).resolve().parents[2] / "kpi"
DEFINITIONS = KPI / "definitions"
COUNTING = KPI.parent / "data" / "counting"
TABLES = KPI.parent / "data" / "tables"
KPI_IDS = sorted(folder.name for folder in DEFINITIONS.iterdir() if (folder / "kpi.sql").exists())
PROFILE_IDS = sorted(path.parent.name for path in KPI.glob("profiles/*/profile.toml"))

# The columns of the tables that a kpi.sql may read.
SCHEMA = {
    "swv": "organisation_id varchar, name varchar",
    "period": "period_id varchar, period_type varchar, label varchar, start_on date, end_on date, "
    "count_on date, needed_to date, school_year varchar, previous_period_id varchar, "
    "year_ago_period_id varchar, position integer",
    "organisation": "organisation_id varchar, organisation_type varchar, name varchar, "
    "school_type varchar, from_on date, to_on date, merged_into varchar",
    "organisation_tree": "organisation_id varchar, ancestor_id varchar, ancestor_type varchar, "
    "from_on date, to_on date",
    "delivered": "topic varchar, organisation_id varchar, period_id varchar, delivery_id varchar, "
    "partial boolean",
    "pupils_in_period": "period_id varchar, location_id varchar, school_type varchar, "
    "pupils bigint, pupils_more bigint, provisional boolean, row_id varchar, delivery_id varchar",
    "absence_spell": "pupil_id varchar, location_id varchar, kind varchar, sub_kind varchar, "
    "permitted boolean, start_on date, end_on date, lost boolean, offer boolean, offer_on date, "
    "end_reason varchar, compulsory_until date, qualification_until date, told_from date, "
    "school_type varchar, row_id varchar, delivery_id varchar",
    "delivery": "delivery_id varchar, covers_from date, covers_to date",
    "chosen_kind": "row_id varchar, other_row_id varchar",
    "counted": "source varchar, slot varchar, location_id varchar, delivery_id varchar",
    "absence_count": "location_id varchar, period_id varchar, kind varchar, stock bigint, "
    "stock_more bigint, new bigint, new_more bigint, ended bigint, ended_more bigint, "
    "over_3_months bigint, over_3_months_more bigint, over_3_months_no_offer bigint, "
    "over_3_months_no_offer_more bigint, row_id varchar, delivery_id varchar",
    "exemption": "pupil_id varchar, article varchar, start_on date, end_on date, lost boolean, "
    "municipality_code varchar, row_id varchar, delivery_id varchar",
    "tlv": "tlv_number varchar, pupil_id varchar, location_id varchar, kind varchar, "
    "requested_on date, decided_on date, result varchar, first boolean, category varchar, "
    "cluster varchar, origin varchar, valid_from date, valid_to date, row_id varchar, "
    "delivery_id varchar",
    "vso_enrolment": "pupil_id varchar, location_id varchar, start_on date, end_on date, "
    "lost boolean, cluster varchar, category varchar, came_from varchar, went_to varchar, "
    "tab boolean, row_id varchar, delivery_id varchar",
    "opp": "pupil_id varchar, location_id varchar, start_on date, end_on date, lost boolean, "
    "pupil_consent boolean, parent_consent boolean, row_id varchar, delivery_id varchar",
    "location": "location_id varchar, board_id varchar, rmc_region varchar, from_on date, "
    "to_on date",
    "vsv_institution": "school_year varchar, brin varchar, structure varchar, "
    "structure_name varchar, municipality_code varchar, pupils bigint, pupils_more bigint, "
    "leavers bigint, leavers_more bigint, "
    "with_vmbo bigint, with_mbo1 bigint, without_diploma bigint, status varchar, row_id varchar, "
    "delivery_id varchar",
    "vsv_report": "organisation_id varchar, school_year varchar, status varchar, leavers bigint, "
    "leavers_more bigint, pupils bigint, pupils_more bigint, mbo_without_diploma bigint, "
    "mbo_without_diploma_more bigint, row_id varchar, delivery_id varchar",
    "vsv": "organisation_id varchar, school_year varchar, leavers bigint, "
    "leavers_more bigint, pupils bigint, pupils_more bigint, status varchar, "
    "mbo_without_diploma bigint, mbo_without_diploma_more bigint, row_id varchar, "
    "delivery_id varchar",
    "maatwerk": "pupil_id varchar, location_id varchar, provision varchar, referred_on date, "
    "start_on date, end_on date, lost boolean, outcome varchar, row_id varchar, "
    "delivery_id varchar",
    "complaint": "complaint_id varchar, received_on date, route varchar, kind varchar, "
    "outcome varchar, closed_on date, row_id varchar, delivery_id varchar",
    "ect_case": "case_id varchar, location_id varchar, opened_on date, closed_on date, "
    "lost boolean, kind varchar, theme varchar, hours decimal(18, 6), row_id varchar, "
    "delivery_id varchar",
    "satisfaction_form": "sent_on date, answered_on date, respondent varchar, "
    "mark decimal(18, 6), location_id varchar, row_id varchar, delivery_id varchar",
    "basic_support_score": "location_id varchar, school_year varchar, part varchar, "
    "score decimal(18, 6), row_id varchar, delivery_id varchar",
    "finance_post": "year bigint, status varchar, post varchar, amount decimal(18, 2), "
    "row_id varchar, delivery_id varchar",
    "finance_balance": "year bigint, status varchar, gross_income decimal(18, 2), "
    "public_equity decimal(18, 2), row_id varchar, delivery_id varchar",
    "places": "location_id varchar, count_on date, provision varchar, cluster varchar, "
    "places bigint, occupied bigint, waiting bigint, row_id varchar, delivery_id varchar",
}
# what a kpi.sql may read too; made from those above
MADE = {"membership": COUNTING, "period_day": COUNTING, "goes_on": COUNTING}
MADE |= dict.fromkeys(
    (
        "board_of",
        "left_behind",
        "stands_at",
        "absence_stretch",
        "absence_kind",
        "absence_piece",
        "absence_stay",
    ),
    TABLES,
)
LOCATIONS = {"L1": "B1", "L2": "B1", "L3": "B2"}


def a_period(period_id, kind, start_on, end_on, count_on, school_year):
    return {
        "period_id": period_id,
        "period_type": kind,
        "start_on": start_on,
        "end_on": end_on,
        "count_on": count_on,
        "school_year": school_year,
    }


def periods_of(year):
    """The school year that starts in `year`, its quarters, and the calendar year `year`."""
    name = f"{year}-{year + 1}"
    first_of_february = date(year + 1, 2, 1)
    count_on = first_of_february if year >= 2022 else date(year, 10, 1)
    ends = [date(year, 9, 30), date(year, 12, 31), date(year + 1, 3, 31), date(year + 1, 6, 30)]
    starts = [date(year, 7, 1)] + [end + timedelta(days=1) for end in ends[:3]]
    quarters = [
        a_period(f"{name}-k{number}", "kwartaal", start, end, end, name)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
    schooljaar = a_period(
        name, "schooljaar", date(year, 8, 1), date(year + 1, 7, 31), count_on, name
    )
    last_day = date(year, 12, 31)
    kalenderjaar = a_period(str(year), "kalenderjaar", date(year, 1, 1), last_day, last_day, name)
    return [*quarters, schooljaar, kalenderjaar]


def default_tables():
    boards = sorted(set(LOCATIONS.values()))
    tree = [("SWV", "SWV", "swv")]
    tree += [(board, *above) for board in boards for above in ((board, "bestuur"), ("SWV", "swv"))]
    for location, board in LOCATIONS.items():
        tree += [(location, location, "locatie"), (location, board, "bestuur")]
        tree += [(location, "SWV", "swv")]
    return {
        "swv": [{"organisation_id": "SWV", "name": "SWV"}],
        "period": [row for year in (2022, 2023, 2024) for row in periods_of(year)],
        "organisation": [{"organisation_id": "SWV", "organisation_type": "swv"}]
        + [{"organisation_id": board, "organisation_type": "bestuur"} for board in boards]
        + [
            {"organisation_id": name, "organisation_type": "locatie", "school_type": "vo"}
            for name in LOCATIONS
        ],
        "organisation_tree": [
            dict(zip(("organisation_id", "ancestor_id", "ancestor_type"), row, strict=True))
            for row in tree
        ],
    }


def everything_listed(tables):
    """A list of absence of every location for every period."""
    return [
        {"topic": "absence", "organisation_id": name, "period_id": period["period_id"]}
        for name in LOCATIONS
        for period in tables["period"]
    ]


def database_with(tables):
    connection = duckdb.connect(":memory:")
    filled = {**default_tables(), **tables}
    filled.setdefault("delivered", everything_listed(filled))
    for table, columns in SCHEMA.items():
        connection.execute(f"create table {table} ({columns})")
        for row in filled.pop(table, []):
            names = ", ".join(row)
            marks = ", ".join("?" for _ in row)
            connection.execute(
                f"insert into {table} ({names}) values ({marks})", list(row.values())
            )
    assert not filled, f"not a table: {sorted(filled)}"
    for table, folder in MADE.items():
        sql = (folder / f"{table}.sql").read_text(encoding="utf-8")
        connection.execute(f"create table {table} as {sql}")
    return connection


def as_dicts(cursor):
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def sql_of(kpi_id):
    return (DEFINITIONS / kpi_id / "kpi.sql").read_text(encoding="utf-8")


@cache
def toml_of(kpi_id, name="kpi"):
    return tomllib.loads((DEFINITIONS / kpi_id / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def example_rows(kpi_id):
    return as_dicts(database_with(toml_of(kpi_id, "example")["given"]).execute(sql_of(kpi_id)))


def rows_of(kpi_id, **tables):
    return as_dicts(database_with(tables).execute(sql_of(kpi_id)))


def total(rows, measure, period_id, column="numerator", **parts):
    """The sum over all organisations of one measure, period and segment; persons are distinct."""
    chosen = [
        row
        for row in rows
        if row["measure"] == measure
        and row["period_id"] == period_id
        and all(row[name] == value for name, value in parts.items())
    ]
    if column == "numerator" and measure.endswith("persons"):
        return len({row["person_id"] for row in chosen})
    return sum(row[column] for row in chosen)


def under(kpi_id, organisation_id):
    tree = toml_of(kpi_id, "example")["given"].get("organisation_tree")
    tree = tree or default_tables()["organisation_tree"]
    return {row["organisation_id"] for row in tree if row["ancestor_id"] == organisation_id}


def parts_of(segment):
    return dict(part.split("=") for part in segment.split(",") if part)
