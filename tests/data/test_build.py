"""Which rows count and what was delivered, from deliveries in a real store."""

from datetime import date

import pytest
from small_store import World

from data.source_file import load_sources

A, B, C = "00AA00", "00AA01", "00BB00"  # A and B belong to board 1, C to board 2


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.deliver(
        "locaties",
        None,
        [
            {"location_id": A, "board_id": "1"},
            {"location_id": B, "board_id": "1"},
            {"location_id": C, "board_id": "2"},
        ],
    )
    return world


def spell(location: str, start: str, pupils: int = 1) -> dict:
    return {"location_id": location, "start_on": day(start), "pupils": pupils}


def counted(world: World, table: str = "spell") -> dict[str, int]:
    rows = world.build().rows(
        f"select location_id, sum(pupils) as total from {table} group by location_id"
    )
    return {row["location_id"]: int(row["total"]) for row in rows}


def delivered(world: World, source: str) -> dict[tuple[str, str], bool]:
    """(organisation, period) → partial."""
    rows = world.build().rows("select * from delivered where source = ?", [source])
    return {(row["organisation_id"], row["period_id"]): row["partial"] for row in rows}


def test_nothing_delivered_gives_empty_tables(tmp_path):
    database = World(tmp_path).build()
    assert database.rows("select * from spell") == []
    assert database.rows("select * from period") == []
    assert database.rows("select * from delivered") == []
    assert database.rows("select organisation_id from organisation") == [{"organisation_id": "SWV"}]


def test_a_row_can_be_traced_to_its_delivery(world):
    delivery = world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01")])
    row = world.build().rows(
        "select spell.*, file_name from spell join delivery using (delivery_id)"
    )
    assert row[0]["row_id"] == f"{delivery.delivery_id}#s!2"
    assert row[0]["file_name"] == "verzuim.csv"


def test_a_newer_quarter_replaces_the_same_school_year_only(world):
    world.deliver("verzuim", "2022-2023-k4", [spell(A, "2023-02-01", 100)])
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 1)])
    world.deliver("verzuim", "2023-2024-k2", [spell(A, "2023-09-01", 2)])
    assert counted(world) == {A: 102}


def test_the_delivery_that_reaches_furthest_wins_also_when_it_came_first(world):
    world.deliver("verzuim", "2023-2024-k2", [spell(A, "2023-09-01", 2)])
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 1)])
    assert counted(world) == {A: 2}


def test_of_two_for_the_same_period_the_last_one_imported_wins(world):
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 1)])
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 5)])
    assert counted(world) == {A: 5}


def test_a_board_replaces_its_own_locations_only(world):
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 1), spell(C, "2023-09-01", 3)])
    world.deliver("verzuim", "2023-2024-k2", [spell(B, "2023-10-01", 7)])
    assert counted(world) == {B: 7, C: 3}  # A is of the same board as B and has none any more


def test_scope_locations_replaces_only_what_is_in_the_rows(world):
    world.deliver(
        "plaatsen", "2023-2024-k1", [spell(A, "2023-09-30", 1), spell(B, "2023-09-30", 2)]
    )
    world.deliver("plaatsen", "2023-2024-k1", [spell(B, "2023-09-30", 5)])
    assert counted(world, "places") == {A: 1, B: 5}


def test_the_whole_register_replaces_the_older_one(world):
    world.deliver("tlv", "2023-2024-k1", [spell(A, "2022-09-01"), {"pupils": 4}])
    world.deliver("tlv", "2023-2024-k2", [spell(A, "2022-09-01", 9)])
    assert counted(world, "tlv") == {A: 9}


def test_rows_with_their_own_period_replace_per_period(world):
    def leavers(year: str, pupils: int) -> dict:
        return {"location_id": A, "school_year": year, "pupils": pupils}

    world.deliver("vsv", None, [leavers("2021-2022", 1), leavers("2022-2023", 10)])
    world.deliver("vsv", None, [leavers("2022-2023", 20), leavers("2023-2024", 300)])
    assert counted(world, "vsv") == {A: 321}
    assert {period for _, period in delivered(world, "vsv")} == {
        "2021-2022", "2022-2023", "2023-2024",
    }  # fmt: skip


def test_undo_gives_back_exactly_what_was_there(world):
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 1), spell(C, "2023-09-01", 3)])
    before = [world.build().rows(f"select * from {t} order by all") for t in ("spell", "delivered")]
    wrong = world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 50)])
    assert counted(world) == {A: 50, C: 3}
    world.store.undo(wrong.delivery_id, "bureau", "verkeerd bestand")
    after = [world.build().rows(f"select * from {t} order by all") for t in ("spell", "delivered")]
    assert after == before


def test_an_empty_location_of_a_delivering_board_is_delivered(world):
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01")])
    found = delivered(world, "verzuim")
    quarters = {key for key in found if key[1].endswith("k1")}
    assert quarters == {(A, "2023-2024-k1"), (B, "2023-2024-k1")}
    assert found[A, "2023-2024-k1"] is False
    assert found[B, "2023-2024"] is True  # the year is still running
    assert (C, "2023-2024") not in found


def test_a_file_of_the_swv_speaks_for_everyone(world):
    world.deliver("tlv", "2023-2024-k4", [spell(A, "2022-09-01")])
    found = delivered(world, "tlv")
    for organisation in (A, B, C, "1", "2", "SWV"):
        assert found[organisation, "2023-2024-k4"] is False
        assert found[organisation, "2023-2024"] is False
        assert found[organisation, "2022-2023"] is False
        assert found[organisation, "2023"] is False
        assert found[organisation, "2022"] is True  # the register starts in August 2022
        assert found[organisation, "2024"] is True  # still running


def test_a_year_needs_its_last_quarter(world):
    world.deliver("verzuim", "2022-2023-k4", [spell(A, "2023-02-01")])
    world.deliver("verzuim", "2023-2024-k4", [spell(A, "2023-09-01")])
    found = delivered(world, "verzuim")
    assert found[A, "2022-2023"] is False
    assert found[A, "2023-2024"] is False
    assert found[A, "2023"] is False
    rows = world.build().rows(
        "select delivery_id from delivered"
        " where source = 'verzuim' and period_id = '2023' and organisation_id = ?",
        [A],
    )
    assert len(rows) == 2  # both school years feed the calendar year


def test_quarters_add_up_to_a_year_only_when_all_are_there(world):
    for number in (1, 2, 3, 4):
        world.deliver("plaatsen", f"2022-2023-k{number}", [spell(A, "2022-09-30", number)])
    for number in (1, 2, 4):
        world.deliver("plaatsen", f"2023-2024-k{number}", [spell(A, "2023-09-30", number)])
    found = delivered(world, "plaatsen")
    assert found[A, "2022-2023"] is False
    assert found[A, "2023-2024"] is True
    assert (A, "2023-2024-k3") not in found
    assert found[A, "2023-2024-k4"] is False


def test_a_closed_location_keeps_its_past_and_is_not_asked_for_more(tmp_path):
    world = World(tmp_path)
    world.deliver(
        "locaties",
        None,
        [
            {"location_id": A, "board_id": "1", "from_on": None, "to_on": day("2023-12-31")},
            {"location_id": B, "board_id": "1"},
        ],
    )
    world.deliver("verzuim", "2023-2024-k2", [spell(A, "2023-10-01", 3), spell(B, "2023-10-01", 1)])
    world.deliver("verzuim", "2023-2024-k4", [spell(B, "2023-10-01", 1)])
    assert counted(world) == {A: 3, B: 1}
    found = delivered(world, "verzuim")
    assert found[A, "2023-2024"] is False  # everything up to its last day is known
    assert (A, "2023-2024-k3") not in found
    assert found[B, "2023-2024-k3"] is False


def test_a_location_that_closes_with_the_school_year_is_complete_in_that_calendar_year(tmp_path):
    world = World(tmp_path)
    closed = {"location_id": A, "board_id": "1", "to_on": day("2023-07-31")}
    world.deliver("locaties", None, [closed, {"location_id": B, "board_id": "1"}])
    both = [spell(A, "2022-10-01"), spell(B, "2022-10-01")]
    world.deliver("verzuim", "2021-2022-k4", [spell(A, "2022-01-01"), spell(B, "2022-01-01")])
    world.deliver("verzuim", "2022-2023-k4", both)
    world.deliver("verzuim", "2023-2024-k2", [spell(B, "2023-10-01")])
    found = delivered(world, "verzuim")
    assert found[A, "2023"] is False
    assert found[A, "2022-2023"] is False
    assert (A, "2023-2024-k1") not in found
    assert found[B, "2023"] is False


def test_a_balance_has_no_location(world):
    world.deliver("balans", "2023", [{"amount": 10}])
    world.deliver("balans", "2023", [{"amount": 25}])
    rows = world.build().rows("select amount from balance")
    assert [int(row["amount"]) for row in rows] == [25]
    assert delivered(world, "balans")["SWV", "2023"] is False


def test_the_period_table_follows_the_deliveries(world):
    world.deliver("verzuim", "2023-2024-k2", [])
    rows = world.build().rows("select * from period order by period_type, position")
    assert [row["period_id"] for row in rows] == [
        "2023", "2023-2024-k1", "2023-2024-k2", "2023-2024",
    ]  # fmt: skip
    links = {row["period_id"]: row["previous_period_id"] for row in rows}
    assert links["2023-2024-k2"] == "2023-2024-k1"
    assert links["2023-2024-k1"] is None


@pytest.mark.parametrize(
    "damage", [lambda path: path.write_bytes(b"x"), lambda path: path.unlink()]
)
def test_changed_rows_do_not_count_and_are_named(world, damage):
    """What was delivered for that time before counts again; without it nothing was delivered."""
    whole = world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 1)])
    sound = world.store.version
    broken = world.deliver("verzuim", "2023-2024-k2", [spell(A, "2023-11-01", 1)])
    versions = (world.store.version, world.store.figures_version)
    damage(world.store.rows_path(broken.delivery_id))
    assert [*world.store.damaged] == [broken.delivery_id]
    assert broken.delivery_id in world.store.doubts[0]
    counting = {found.delivery_id for found in world.store.counting()}
    assert whole.delivery_id in counting
    assert broken.delivery_id not in counting
    assert not set(versions) & {world.store.version, world.store.figures_version}
    delivered = world.build().rows(
        "select distinct delivery_id from delivered where source = 'verzuim'"
    )
    assert delivered == [{"delivery_id": whole.delivery_id}]
    world.store.undo(broken.delivery_id, "bureau", "kapot")
    assert world.store.damaged == {}
    assert world.store.version != sound


def test_an_older_version_of_a_source_may_lack_a_column(world):
    world.deliver("verzuim", "2022-2023-k4", [spell(A, "2023-02-01", 1)])
    folder = world.folder / "sources" / "verzuim" / "source.toml"
    text = folder.read_text(encoding="utf-8")
    folder.write_text(text + '[columns.reason]\nlabel = "Reden"\ntype = "text"\n', encoding="utf-8")
    world.sources = load_sources(world.folder / "sources")
    world.deliver("verzuim", "2023-2024-k1", [spell(A, "2023-09-01", 2) | {"reason": "ja"}])
    (world.tables / "reasons.sql").write_text(
        "select reason, pupils from stg_verzuim order by pupils", encoding="utf-8"
    )
    rows = world.build().rows("select reason, pupils from reasons order by pupils")
    assert [tuple(row.values()) for row in rows] == [(None, 1), ("ja", 2)]
