"""Files laid out as DUO publishes them: encodings, thousands points, marks and code spellings.

The files in tests/data/duo are made up. The real ones are tested too where somebody put them in
../shared/data/real beside this project.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from data.build import Swv, build
from data.calendar import Calendar
from data.database import Database
from data.deliveries.store import Store
from data.gate.import_result import STORED, ImportResult
from data.gate.importing import import_file
from data.source_file import load_sources

HERE = Path(__file__).parent / "duo"
REAL = Path(__file__).parents[3] / "shared" / "data" / "real" / "duo"
SOURCES = load_sources()
MADE_UP_SWV = Swv("SWV", "Ons SWV", ("0001",))

LEERLINGEN_2016 = "01.-leerlingen-vo-per-vestiging-naar-onderwijstype-2016-2017.csv"
LOCATIES = "02.-alle-vestigingen-vo.csv"
ZITTENBLIJVEN = "05.-zittenblijven-vo-brinvest-1516-tov-1617.csv"
SO_VSO = "09.-alle-vestigingen-sbo-so-en-vso.csv"
LEERLINGEN = "leerlingen-vo-per-vestiging-2024.csv"
API = "leerlingen_vo_per_vestiging_api.csv"
REAL_SO_VSO = "alle-vestigingen-sbo-so-en-vso-uittreksel.csv"
REAL_LEERLINGEN = "leerlingen-vo-per-vestiging-2024-uittreksel.csv"
COUNTS = [f"y{year}_{sex}" for year in range(1, 7) for sex in "mv"]


def real(name: str) -> Path:
    """A real file; the test is skipped with the reason when it is not there."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is er niet: de echte bestanden van DUO horen niet bij dit project")
    return path


def stored(folder: Path, path: Path, period: str | None = None) -> ImportResult:
    result = import_file(Store(folder), path, period=period, isolated=False)
    said = [problem.message for problem in result.problems]
    assert result.status == STORED, said or result
    assert not said
    return result


def built(folder: Path, swv: Swv = MADE_UP_SWV) -> Database:
    return build(Store(folder), SOURCES, Calendar(), swv)


def one(database: Database, sql: str) -> tuple:
    (row,) = database.rows(sql)
    return tuple(row.values())


def pupils_2016(database: Database) -> tuple:
    total = " + ".join(COUNTS)
    return one(
        database,
        f"select count(*), sum({total}), count(distinct brin || branch)"
        " from stg_duo_leerlingen_2016",
    )


def test_2016_layout_in_windows_1252_with_bare_branch_numbers(tmp_path) -> None:
    result = stored(tmp_path, HERE / LEERLINGEN_2016)
    assert (result.source, result.period) == ("duo_leerlingen_2016", "2016-2017")
    assert any("2016-2017" in note for note in result.notes), "de gelezen periode is gezegd"
    database = built(tmp_path)
    assert pupils_2016(database) == (5, 2 + 358 + 25 + 1097 + 99, 3)
    assert one(database, "select name from stg_duo_leerlingen_2016 where row_number = 5") == (
        "Ariëndael Dépendance",
    )


def test_2024_layout_keeps_fewer_than_five_as_a_mark(tmp_path) -> None:
    result = stored(tmp_path, HERE / LEERLINGEN, "2024-2025")
    assert result.source == "duo_leerlingen"
    rows = built(tmp_path).rows("select * from stg_duo_leerlingen order by row_number")
    assert [(row["pupils"], row["pupils_mark"]) for row in rows] == [
        (915, None),
        (None, "<5"),
        (187, None),
    ]
    assert rows[0]["vavo_pupils"] is None and rows[0]["vavo_pupils_mark"] == "<5"
    assert rows[0]["name"] == 'Scholengemeenschap "Sint Ariëndael"'


def test_the_underscore_headings_of_the_api_are_the_same_source(tmp_path) -> None:
    result = stored(tmp_path, HERE / API, "2024-2025")
    assert (result.source, result.rows_stored) == ("duo_leerlingen", 2)


def test_cp850_with_thousands_points_and_decimal_commas(tmp_path) -> None:
    result = stored(tmp_path, HERE / ZITTENBLIJVEN)
    assert result.source == "duo_zittenblijven"
    database = built(tmp_path)
    assert one(database, "select sum(pupils), min(name), min(municipality_code)"
               " from stg_duo_zittenblijven") == (
        1001 + 927 + 258,
        "Ariëndael Dépendance",
        "0001",
    )  # fmt: skip
    assert one(database, "select max(upstreamers_percent) from stg_duo_zittenblijven") == (
        Decimal("19.63"),
    )


def test_duo_alone_gives_the_locations_and_pupils_of_the_swv(tmp_path) -> None:
    for name, period in (
        (LOCATIES, None),
        (SO_VSO, None),
        (LEERLINGEN_2016, None),
        (LEERLINGEN, "2024-2025"),
        (ZITTENBLIJVEN, None),
    ):
        stored(tmp_path, HERE / name, period)
    database = built(tmp_path)
    found = database.rows("select location_id, school_type from location order by 1")
    assert [tuple(row.values()) for row in found] == [
        ("90AA00", "vo"),
        ("90AA10", "vo"),
        ("90BB00", "pro"),
        ("90CC00", "vso"),
    ]
    counted = database.rows(
        "select school_year, location_id, school_type, pupils, vavo_pupils from pupils"
        " order by school_year, location_id, school_type"
    )
    assert [tuple(row.values()) for row in counted] == [
        ("2016-2017", "90AA00", "vo", 2 + 358 + 25, 25),
        ("2016-2017", "90AA10", "vo", 1097, 0),
        ("2016-2017", "90BB00", "pro", 99, 0),
        ("2024-2025", "90AA00", "vo", 915, None),
        ("2024-2025", "90AA10", "vo", None, 0),
        ("2024-2025", "90BB00", "pro", 187, 0),
    ]
    repeaters = "select count(*), sum(repeaters), max(school_year) from repeaters"
    assert one(database, repeaters) == (3, 84 + 77 + 20, None), "two years in the name: no guess"


def test_cluster_is_text_and_never_a_date_or_a_number(tmp_path) -> None:
    stored(tmp_path, HERE / SO_VSO)
    rows = built(tmp_path).rows("select cluster from stg_duo_so_vso_locaties order by row_number")
    assert [row["cluster"] for row in rows] == ["3/4", "4", "2", None]


def test_real_pupils_of_2016(tmp_path) -> None:
    result = stored(tmp_path, real(LEERLINGEN_2016))
    assert (result.source, result.period, result.rows_stored) == (
        "duo_leerlingen_2016",
        "2016-2017",
        28_362,
    )
    assert pupils_2016(built(tmp_path)) == (28_362, 1_002_338, 1_457)


def test_real_locations(tmp_path) -> None:
    result = stored(tmp_path, real(LOCATIES))
    assert (result.source, result.rows_stored) == ("duo_locaties", 1_610)
    database = built(tmp_path)
    assert one(database, "select count(distinct location_id), count(distinct brin),"
               " count(distinct rmc_region) from stg_duo_locaties") == (1_610, 650, 39)  # fmt: skip


def test_real_special_schools(tmp_path) -> None:
    result = stored(tmp_path, real(REAL_SO_VSO))
    assert (result.source, result.rows_stored) == ("duo_so_vso_locaties", 16)
    rows = built(tmp_path).rows("select distinct cluster from stg_duo_so_vso_locaties order by 1")
    assert [row["cluster"] for row in rows] == ["2", "3", "3/4", "4"]


def test_real_repeaters(tmp_path) -> None:
    result = stored(tmp_path, real(ZITTENBLIJVEN))
    assert result.source == "duo_zittenblijven"
    database = built(tmp_path)
    assert one(database, "select count(*), sum(pupils) from stg_duo_zittenblijven") == (
        1_297,
        972_204,
    )
    assert one(
        database, "select count(*) from stg_duo_zittenblijven where name like '%Mariëndael%'"
    ) > (0,)


def test_real_pupils_of_2024(tmp_path) -> None:
    result = stored(tmp_path, real(REAL_LEERLINGEN), "2024-2025")
    assert result.source == "duo_leerlingen"
    assert one(
        built(tmp_path),
        "select count(*), sum(pupils), count(pupils_mark) + count(vavo_pupils_mark),"
        " string_agg(distinct coalesce(pupils_mark, vavo_pupils_mark)) from stg_duo_leerlingen",
    ) == (95, 52_158, 17, "<5")


def test_real_files_together_give_one_region(tmp_path) -> None:
    """Groningen: every location of the list that had pupils, and no other."""
    stored(tmp_path, real(LOCATIES))
    stored(tmp_path, real(LEERLINGEN_2016))
    database = built(tmp_path, Swv("SWV", "Stad", ("0014",)))
    outside = (
        "select count(*) from pupils where location_id not in (select location_id from location)"
    )
    assert one(database, outside) == (0,)
    counted = one(database, "select count(distinct location_id), sum(pupils) from pupils")
    total = " + ".join(COUNTS)
    assert counted == one(
        database,
        f"select count(distinct brin || branch), sum({total}) from stg_duo_leerlingen_2016"
        " where brin || branch in (select location_id from stg_duo_locaties"
        " where municipality_code = '0014')",
    )
    assert counted[0] > 5 and counted[1] > 5_000


def test_a_bare_year_in_the_name_of_a_duo_file_is_the_year_of_the_count(tmp_path):
    """DUO counts on 1 October and names the file after that year; that is said, not guessed."""
    name = "leerlingen-vo-per-vestiging-2024.csv"
    result = import_file(Store(tmp_path), HERE / name, isolated=False)
    assert (result.status, result.period) == ("opgeslagen", "2024-2025")
    assert any("2024-2025" in note and name in note for note in result.notes)
