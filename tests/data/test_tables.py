"""The selects in data/tables on staged rows made by hand, in the real database."""

import re
from datetime import date
from pathlib import Path

import pytest
import sqlglot

from data.calendar import Calendar
from data.database import Database, quoted
from data.source import Source
from data.source_file import load_sources

TABLES = Path(__file__).parents[2] / "data" / "tables"
COUNTING = TABLES.parent / "counting"
ORDER = (
    "location", "organisation", "goes_on", "last_row", "row_pair", "answered_pair", "two_rows",
    "chosen_kind",
    "organisation_tree", "pupils", "pupils_in_period", "vsv_report", "vsv_institution",
    "board_of", "absence_spell", "absence_stretch", "absence_kind",
    "absence_piece", "ect_case", "maatwerk", "opp", "vso_enrolment",
)  # fmt: skip
# what follows from the organisations and not from one row
OF_ORGANISATIONS = {"board_of", "left_behind", "stands_at"}
DELIVERED = {"topic": "VARCHAR", "organisation_id": "VARCHAR", "period_id": "VARCHAR"}
LINEAGE = {"row_id": "VARCHAR", "delivery_id": "VARCHAR"}
DELIVERY = {
    "delivery_id": "VARCHAR",
    "seq": "BIGINT",
    "source": "VARCHAR",
    "period_id": "VARCHAR",
    "slot": "VARCHAR",
    "covers_from": "DATE",
    "covers_to": "DATE",
    "adds": "BOOLEAN",
    "at_once": "VARCHAR",
    "two_rows": "VARCHAR",
}
COUNTED = {
    "source": "VARCHAR",
    "slot": "VARCHAR",
    "location_id": "VARCHAR",
    "delivery_id": "VARCHAR",
}
THING = {**COUNTED, "row_id": "VARCHAR", "thing": "VARCHAR", "is_open": "BOOLEAN"}
TIME = {
    **dict.fromkeys(("source", "thing", "row_id", "delivery_id", "slot"), "VARCHAR"),
    "who": "VARCHAR", "kind": "VARCHAR", "excludes": "BOOLEAN", "apart": "VARCHAR",
    "from_on": "DATE", "until": "DATE",
}  # fmt: skip
MISSING = {"delivery_id": "VARCHAR", "row_id": "VARCHAR", "answer": "VARCHAR", "day": "DATE"}
SOURCES = load_sources()


def day(text: str) -> date:
    return date.fromisoformat(text)


def tables_from(**given: list[dict]) -> Database:
    """A database with the staged rows `given` per source, and every table built from them.

    `given["delivery"]` holds deliveries; rows name theirs in delivery_id (default "d1").
    """
    database = Database()
    quarter_days = [("kwartaal", day("2022-07-01"), day("2024-06-30"))]
    periods = [vars(period) for period in Calendar().periods(quarter_days)]
    ground = {
        "swv": ({"organisation_id": "VARCHAR", "name": "VARCHAR"}, [("SWV", "Ons SWV")]),
        "swv_municipality": ({"municipality_code": "VARCHAR"}, [("0001",)]),
        "period": (
            {name: _type(value) for name, value in periods[0].items()},
            [tuple(period.values()) for period in periods],
        ),
    }
    for name, (columns, rows) in ground.items():
        database.create(name, columns, rows)
    deliveries = given.pop("delivery", [{"delivery_id": "d1", "seq": 1}])
    deliveries = [{"slot": "", "adds": False, **found} for found in deliveries]
    database.create("delivery", DELIVERY, _rows(DELIVERY, deliveries))
    database.create("delivery_part", DELIVERY, _rows(DELIVERY, deliveries))
    database.create("delivered", DELIVERED, [])
    slot_of = {found["delivery_id"]: found["slot"] for found in deliveries}
    things: list[dict] = []
    for source_id, source in SOURCES.items():
        columns = {**source.stored, **LINEAGE}
        rows = [
            {"delivery_id": "d1", "row_id": f"d1#{source_id}!{number}", **row}
            for number, row in enumerate(given.pop(source_id, []), start=2)
        ]
        for stage in ("stg", "apart"):
            database.create(f"{stage}_{source_id}", columns, _rows(columns, rows))
        things += [_thing(source, row, slot_of) for row in rows if source.rows.one_row_per]
    _follow(database, things, given.pop("counted", []))
    assert not given, f"no such source: {list(given)}"
    for name in [*ORDER, *sorted(path.stem for path in TABLES.glob("*.sql"))]:
        if not database.rows(f"select 1 from duckdb_tables() where table_name = '{name}'"):
            (path,) = (
                found for folder in (TABLES, COUNTING) for found in folder.glob(f"{name}.sql")
            )
            sql = path.read_text(encoding="utf-8")
            database.execute(f"create table {quoted(name)} as {sql}")
    return database


def _thing(source: Source, row: dict, slot_of: dict[str, str]) -> dict:
    """What a row is about, and whether it is still open."""
    ends = source.rows.ends_by
    return {
        "source": source.id,
        "slot": slot_of[row["delivery_id"]],
        "location_id": row.get("location_id") or "",
        "delivery_id": row["delivery_id"],
        "row_id": row["row_id"],
        "thing": "|".join(str(row.get(name)) for name in source.stored_keys),
        "is_open": bool(ends) and row.get(ends) is None,
    }


def _follow(database: Database, things: list[dict], counted: list[dict]) -> None:
    """What last_row reads: lists count for the locations in them, and for those in `counted`."""
    lists = {tuple(thing[name] for name in COUNTED): None for thing in things}
    lists |= dict.fromkeys(_rows(COUNTED, counted))
    database.create("counted", COUNTED, lists)
    database.create("counted_whole", COUNTED)
    rule = {"source": "VARCHAR", "followed": "BOOLEAN"}
    database.create("source_rule", rule, [(source, True) for source in SOURCES])
    database.create("row_thing", THING, _rows(THING, things))
    database.create("row_time", TIME)
    database.create("delivery_missing", MISSING)


def _type(value: object) -> str:
    return {date: "DATE", int: "INTEGER"}.get(type(value), "VARCHAR")


def _rows(columns: dict[str, str], rows: list[dict]) -> list[tuple]:
    unknown = {name for row in rows for name in row} - set(columns)
    assert not unknown, f"no such column: {unknown}"
    return [tuple(row.get(name) for name in columns) for row in rows]


def delivery(name: str, slot: str, first: str, last: str) -> dict:
    """A delivery that covers one stretch of time."""
    return {
        "delivery_id": name, "slot": slot, "covers_from": day(first), "covers_to": day(last),
    }  # fmt: skip


def place(code: str, board: str = "99901", kind: str = "vo", **more: object) -> dict:
    """A row of the SWV's own list of locations."""
    return {
        "location_id": code,
        "name": f"School {code}",
        "school_type": kind,
        "board_id": board,
        "board_name": f"Bestuur {board}",
        **more,
    }


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.sql")), ids=lambda path: path.stem)
def test_a_table_states_its_grain_and_keeps_its_lineage(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    assert sql.startswith("-- One row per ")
    assert ";" not in re.sub(r"--.*", "", sql), "one select, nothing behind it"
    described = tables_from().rows(f"describe {path.stem}")
    columns = {row["column_name"] for row in described}
    if not path.stem.startswith("organisation") and path.stem not in OF_ORGANISATIONS:
        assert {"row_id", "delivery_id"} <= columns


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
@pytest.mark.parametrize("path", sorted(TABLES.glob("*.sql")), ids=lambda path: path.stem)
def test_a_table_also_reads_as_another_dialect(path: Path, dialect: str) -> None:
    sql = path.read_text(encoding="utf-8")
    (there,) = sqlglot.transpile(
        sql, read="duckdb", write=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert sqlglot.parse_one(there, read=dialect)


def test_own_list_of_locations_wins_over_duo() -> None:
    duo = {"location_id": "90ZZ00", "name": "Duo", "board_id": "99909", "structure": "VWO"}
    rows = tables_from(
        locaties=[place("90AA00")], duo_locaties=[{**duo, "municipality_code": "0001"}]
    ).rows("select location_id from location")
    assert rows == [{"location_id": "90AA00"}]


def test_duo_locations_of_the_municipalities_of_the_swv_without_an_own_list() -> None:
    def duo(code: str, municipality: str, structure: str) -> dict:
        return {
            "location_id": code,
            "name": code,
            "board_id": "99901",
            "municipality_code": municipality,
            "structure": structure,
        }

    def special(code: str, education: str, cluster: str | None) -> dict:
        return {
            "location_id": code,
            "name": code,
            "board_id": "99902",
            "municipality_code": "0001",
            "education": education,
            "cluster": cluster,
        }

    rows = tables_from(
        duo_locaties=[
            duo("90AA00", "0001", "HAVO/VWO"),
            duo("90AB00", "0001", "PRO"),
            duo("90AC00", "0001", "VBO/PRO"),
            duo("90AD00", "0002", "VWO"),
        ],
        duo_so_vso_locaties=[
            special("90CA00", "SO ZMLK + VSO ZMLK", "3"),
            special("90CB00", "SO LG", "3"),
            special("90CC00", "SO DOVN + VSO DOVN", "2"),
            special("90CD00", "SO LG + VSO LG", "3/4"),
            special("90CD00", "RP-VSO ZMOK", "4"),
            special("90CE00", None, None),
        ],
    ).rows("select location_id, school_type from location order by location_id")
    assert [tuple(row.values()) for row in rows] == [
        ("90AA00", "vo"),
        ("90AB00", "pro"),
        ("90AC00", "vo"),
        ("90CA00", "vso"),
        ("90CD00", "vso"),
    ]


@pytest.fixture(scope="module")
def moved() -> Database:
    """90AA00 goes from board 99901 to 99902 on 1 August 2023; 90AA01 closes then."""
    return tables_from(
        locaties=[
            place("90AA00", to_on=day("2023-07-31")),
            place("90AA00", "99902", name="Nieuwe naam", from_on=day("2023-08-01")),
            place("90AA01", to_on=day("2023-07-31"), merged_into="90AA00"),
            place("90BB00", "99902", "pro", from_on=day("2020-08-01")),
        ]
    )


def test_a_location_that_changed_board_is_one_organisation(moved: Database) -> None:
    rows = moved.rows(
        "select organisation_id, name, school_type, from_on, to_on, merged_into"
        " from organisation where organisation_type = 'locatie' order by organisation_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("90AA00", "Nieuwe naam", "vo", None, None, None),
        ("90AA01", "School 90AA01", "vo", None, day("2023-07-31"), "90AA00"),
        ("90BB00", "School 90BB00", "pro", day("2020-08-01"), None, None),
    ]


def test_a_board_without_locations_left_is_closed(moved: Database) -> None:
    rows = moved.rows(
        "select organisation_id, from_on, to_on from organisation"
        " where organisation_type = 'bestuur' order by organisation_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("99901", None, day("2023-07-31")),
        ("99902", day("2020-08-01"), None),
    ]


@pytest.mark.parametrize(("on", "board"), [("2023-07-31", "99901"), ("2023-08-01", "99902")])
def test_on_every_day_a_location_has_one_board_and_one_swv(
    moved: Database, on: str, board: str
) -> None:
    rows = moved.rows(
        "select ancestor_type, ancestor_id from organisation_tree"
        " where organisation_id = '90AA00' and coalesce(from_on, date '1900-01-01') <= $day"
        " and coalesce(to_on, date '2999-12-31') >= $day order by 1",
        {"day": day(on)},
    )
    found = [tuple(row.values()) for row in rows]
    assert found == [("bestuur", board), ("locatie", "90AA00"), ("swv", "SWV")]


def test_own_pupil_count_wins_over_duo_per_location_and_school_year() -> None:
    rows = tables_from(
        delivery=[
            {"delivery_id": "d1", "seq": 1, "period_id": "2023-2024"},
            {"delivery_id": "old", "seq": 2, "period_id": "2016-2017"},
        ],
        locaties=[place("90AA00"), place("90BB00", kind="pro")],
        leerlingen=[{"location_id": "90AA00", "count_on": day("2023-10-01"), "pupils": 100}],
        duo_leerlingen=[
            {"location_id": "90AA00", "pupils": 111, "vavo_pupils_mark": "<5"},
            {"location_id": "90BB00", "pupils_mark": "<5"},
            {"location_id": "90ZZ00", "pupils": 900},
        ],
        duo_leerlingen_2016=[
            {
                "brin": "90AA",
                "branch": "00",
                "education": education,
                "y1_m": 5,
                "y6_v": 7,
                "delivery_id": "old",
            }
            for education in ("Brugjaar 1-2", "VWO lj 4-6", "VWO uitbest. aan VAVO")
        ]
        + [
            {
                "brin": "90AA",
                "branch": "00",
                "education": "Praktijkonderwijs alle vj",
                "y2_m": 3,
                "delivery_id": "old",
            }
        ],  # fmt: skip
    ).rows(
        "select location_id, school_year, school_type, pupils, pupils_mark, vavo_pupils"
        " from pupils order by school_year, location_id, school_type"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("90AA00", "2016-2017", "pro", 3, None, 0),
        ("90AA00", "2016-2017", "vo", 36, None, 12),
        ("90AA00", "2023-2024", "vo", 100, None, None),
        ("90BB00", "2023-2024", "pro", None, "<5", None),
    ]


def test_a_period_takes_the_count_of_its_school_year_nearest_to_october() -> None:
    def count(on: str, pupils: int, kind: str = "vo", code: str = "90AA00") -> dict:
        return {"location_id": code, "count_on": day(on), "pupils": pupils, "school_type": kind}

    rows = tables_from(
        locaties=[place("90AA00"), place("90BB00")],
        leerlingen=[
            count("2022-10-01", 90),
            count("2023-08-15", 70),
            count("2023-10-01", 80),
            count("2023-10-01", 8, "pro"),
            count("2024-02-01", 85),
            {"location_id": "90BB00", "count_on": day("2023-10-01"), "pupils_mark": "<5"},
        ],
    ).rows(
        "select period_id, school_type, pupils, pupils_more from pupils_in_period"
        " where period_id in ('2023-2024-k1', '2023-2024-k4', '2023-2024', '2023', '2022-2023')"
        " order by period_id, school_type, pupils desc"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("2022-2023", "vo", 90, 0),
        ("2023", "pro", 8, 0),
        ("2023", "vo", 80, 0),
        ("2023", "vo", 0, 4),
        ("2023-2024", "pro", 8, 0),
        ("2023-2024", "vo", 80, 0),
        ("2023-2024", "vo", 0, 4),
        ("2023-2024-k1", "pro", 8, 0),
        ("2023-2024-k1", "vo", 80, 0),
        ("2023-2024-k1", "vo", 0, 4),
        ("2023-2024-k4", "pro", 8, 0),
        ("2023-2024-k4", "vo", 80, 0),
        ("2023-2024-k4", "vo", 0, 4),
    ]


TWO_YEARS = [
    {"delivery_id": "d1", "seq": 2, "covers_to": day("2023-06-30")},
    {"delivery_id": "d2", "seq": 1, "covers_to": day("2023-09-30")},
]


def test_a_spell_in_two_deliveries_comes_from_the_one_that_reaches_furthest() -> None:
    spell = {
        "pupil_id": "p1",
        "location_id": "90AA00",
        "kind": "av",
        "start_on": day("2023-05-01"),
        "permitted": "nee",
        "birth_date_compulsory_until": day("2024-07-31"),
    }
    rows = tables_from(
        delivery=TWO_YEARS,
        locaties=[place("90AA00", kind="pro")],
        verzuim=[
            spell,
            {**spell, "delivery_id": "d2", "end_on": day("2023-09-01"), "row_id": "d2#Blad!9"},
            {**spell, "kind": "lrv", "permitted": None},
        ],
    ).rows(
        "select kind, end_on, permitted, compulsory_until, school_type, row_id"
        " from absence_spell order by kind"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("av", day("2023-09-01"), False, day("2024-07-31"), "pro", "d2#Blad!9"),
        ("lrv", day("2023-09-30"), None, day("2024-07-31"), "pro", "d1#verzuim!4"),
    ]


def test_who_is_not_on_the_next_list_was_back_on_the_day_before_it_begins() -> None:
    spell = {"pupil_id": "p1", "location_id": "90AA00", "kind": "av", "start_on": day("2023-05-01")}
    # of 90BB00 there is no next one
    lists = [("90AA00", "d1", "2022-2023"), ("90AA00", "d2", "2023-2024")]
    rows = tables_from(
        delivery=[
            delivery("d1", "2022-2023", "2022-08-01", "2023-06-30"),
            delivery("d2", "2023-2024", "2023-08-01", "2023-09-30"),
        ],
        counted=[
            {"source": "verzuim", "slot": slot, "location_id": code, "delivery_id": name}
            for code, name, slot in lists
        ],
        locaties=[place("90AA00"), place("90BB00")],
        verzuim=[
            spell,
            {**spell, "pupil_id": "p2"},
            {**spell, "pupil_id": "p2", "delivery_id": "d2", "row_id": "d2#Blad!2"},
            {**spell, "pupil_id": "p3", "end_on": day("2023-06-01")},
            {**spell, "pupil_id": "p4", "location_id": "90BB00"},
        ],
    ).rows("select pupil_id, end_on from absence_spell order by pupil_id")
    assert [tuple(row.values()) for row in rows] == [
        ("p1", day("2023-07-31")),
        ("p2", None),
        ("p3", day("2023-06-01")),
        ("p4", None),
    ]


REGISTERS = {
    "exemption": ("vrijstellingen", {"pupil_id": "p", "start_on": day("2023-01-01")}, "end_on"),
    "tlv": ("tlv", {"tlv_number": "t"}, "valid_to"),
    "vso_enrolment": (
        "vso",
        {"pupil_id": "p", "location_id": "90AA00", "start_on": day("2022-08-01")},
        "end_on",
    ),
    "opp": (
        "opp",
        {"pupil_id": "p", "location_id": "90AA00", "start_on": day("2022-08-01")},
        "end_on",
    ),
    "maatwerk": (
        "maatwerk",
        {"pupil_id": "p", "location_id": "90AA00", "referred_on": day("2022-08-01")},
        "end_on",
    ),
    "complaint": ("klachten", {"complaint_id": "k"}, "closed_on"),
    "ect_case": ("ect", {"case_id": "c"}, "closed_on"),
    "satisfaction_form": ("tevredenheid", {"form_id": "f"}, "answered_on"),
}


@pytest.mark.parametrize("table", REGISTERS)
def test_a_row_in_two_deliveries_counts_once_and_the_furthest_knows_best(table: str) -> None:
    source, row, ended = REGISTERS[table]
    rows = tables_from(
        delivery=TWO_YEARS,
        **{source: [row, {**row, "delivery_id": "d2", ended: day("2023-09-01")}]},
    ).rows(f"select {ended} as ended, delivery_id from {table}")
    assert rows == [{"ended": day("2023-09-01"), "delivery_id": "d2"}]


def test_article_5a_is_not_article_5_onder_a() -> None:
    spellings = SOURCES["vrijstellingen"].columns["article"].values
    rows = tables_from(
        vrijstellingen=[{"pupil_id": code, "article": code} for code in spellings]
    ).rows("select pupil_id, article from exemption")
    codes = {row["pupil_id"]: row["article"] for row in rows}
    assert codes["onder_a"] == "art5_a" and codes["trekkend"] == "art5a"
    assert set(codes.values()) == {
        "art5_a", "art5_b", "art5_c", "art5a", "art3a", "art3b", "art11_d", "art11_g", "art15",
    }  # fmt: skip
    accepted = [spelling for known in spellings.values() for spelling in known]
    assert not {"5a", "art. 5a", "artikel 5a"} & set(accepted)


def test_a_renewal_of_a_tlv_is_not_a_first_one() -> None:
    rows = tables_from(
        tlv=[
            {"tlv_number": "a", "request": "eerste"},
            {"tlv_number": "b", "request": "verlenging"},
        ]
    ).rows("select tlv_number, first from tlv order by 1")
    assert [row["first"] for row in rows] == [True, False]


def test_final_vsv_figures_win_whatever_the_order() -> None:
    def leavers(code: str, status: str, number: int) -> dict:
        return {
            "location_id": code,
            "school_year": "2022-2023",
            "status": status,
            "leavers": number,
        }

    rows = tables_from(
        vsv=[
            leavers("90AA00", "voorlopig", 9),
            leavers("90AA00", "definitief", 8),
            leavers("90BB00", "definitief", 3),
            leavers("90BB00", "voorlopig", 4),
            leavers("90CC00", "voorlopig", 5),
        ]
    ).rows("select organisation_id, leavers from vsv order by 1")
    assert [tuple(row.values()) for row in rows] == [("90AA00", 8), ("90BB00", 3), ("90CC00", 5)]


def test_repeaters_of_the_swv_only_with_the_branch_number_in_two_digits() -> None:
    rows = tables_from(
        locaties=[place("90AA00")],
        duo_zittenblijven=[
            {"brin": "90AA", "branch": "00", "pupils": 1001, "repeaters": 84},
            {"brin": "90ZZ", "branch": "00", "pupils": 10, "repeaters": 1},
        ],
    ).rows("select location_id, pupils, repeaters, school_year from repeaters")
    assert [tuple(row.values()) for row in rows] == [("90AA00", 1001, 84, None)]


def test_sums_stay_whole_from_staged_rows_to_table() -> None:
    amounts = [{"year": 2023, "status": "realisatie", "post": post, "amount": amount}
               for post, amount in (("vso", "9240118.37"), ("overhead", "611904.02"))]  # fmt: skip
    database = tables_from(
        financien=amounts,
        balans=[{"year": 2023, "status": "realisatie", "gross_income": 14250000,
                 "public_equity": "498750.10"}],
        plaatsen=[{"location_id": "90CC00", "cluster": "3", "places": 60, "occupied": 58,
                   "waiting": 0}],
        verzuim_aantallen=[{"location_id": "90AA00", "period_id": "2023-2024-k1", "kind": "av",
                            "stock": 2, "new": 1, "ended": 0}],
        basisondersteuning=[{"location_id": "90AA00", "part": "p1", "score": "2.5"}],
        streefwaarden=[{"kpi": "tevredenheid", "kind": "at_least", "amount": "8.0"}],
    )  # fmt: skip
    found = [
        str(database.rows(f"select sum({column}) as total from {table}")[0]["total"])
        for table, column in (
            ("finance_post", "amount"),
            ("finance_balance", "public_equity"),
            ("places", "waiting"),
            ("absence_count", "stock"),
            ("basic_support_score", "score"),
            ("target_row", "amount"),
        )
    ]
    assert found == ["9852022.39", "498750.10", "0", "2", "2.500000", "8.000000"]
