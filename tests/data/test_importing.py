"""From file to delivery: stored whole, or refused with everything that is wrong."""

from dataclasses import replace

import pytest
from small_store import World

from data.calendar import Calendar
from data.gate.claim import Answers
from data.gate.covering import PeriodUnknown, chosen_period, covered
from data.gate.importing import import_file
from data.source import DeliveryRules

HEADER = "Vestiging;Begin;Aantal\n"
GOOD = HEADER + "00AA00;01-09-2023;3\n00AA01;02-09-2023;4\n"


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def write(world, name, text):
    path = world.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(world, name, text, **options):
    options = {"source": "verzuim", "isolated": False, "author": "bureau"} | options
    return import_file(world.store, write(world, name, text), sources=world.sources, **options)


def test_a_good_file_is_stored_with_its_conservation_and_lineage(world):
    result = run(world, "verzuim.csv", GOOD + ";;\n", period="2023-2024-k1")
    assert (result.status, result.problems) == ("opgeslagen", ())
    assert result.rows_read == result.rows_stored + result.rows_quarantined + result.rows_ignored
    assert result.rows_stored == 2
    assert result.sums == {"pupils": "7"}
    assert "Gelezen als “verzuim”: herkend aan de kolommen." in result.notes
    delivery = world.store.deliveries()[0]
    assert delivery == result.delivery
    assert delivery.rows_read == result.rows_read
    assert delivery.file_name == "verzuim.csv"
    row = world.build().rows("select * from spell order by row_id")[0]
    assert row["location_id"] == "00AA00"
    assert row["row_id"].startswith(f"{delivery.delivery_id}#")
    assert row["row_id"].endswith("!2")


def test_reading_in_a_child_process_gives_the_same(world):
    apart = run(world, "verzuim.csv", GOOD, period="2023-2024-k1", isolated=True, dry_run=True)
    here = run(world, "verzuim.csv", GOOD, period="2023-2024-k1", dry_run=True)
    assert apart == here
    assert here.status == "proef"
    assert world.store.history() == ()


def test_the_user_sees_the_name_he_knows_not_that_of_a_copy(world):
    result = run(world, "tmp123.csv", BAD, period="2023-2024-k1", file_name="Verzuim.csv")
    assert result.file_name == "Verzuim.csv"
    assert {problem.file for problem in result.problems} == {"Verzuim.csv"}


def test_the_same_file_twice_is_once_also_under_another_name(world):
    first = run(world, "verzuim.csv", GOOD, period="2023-2024-k1")
    second = run(world, "kopie.csv", GOOD, period="sept 2023")
    assert second.status == "al aanwezig"
    assert second.delivery == first.delivery
    assert second.rows_stored == 2
    assert len(world.store.history()) == 1
    assert (
        run(world, "kopie.csv", GOOD, period="2023-2024-k1", dry_run=True).status == "al aanwezig"
    )


def test_another_period_is_another_delivery(world):
    run(world, "verzuim.csv", GOOD, period="2023-2024-k1")
    said = Answers(sure=True)  # that nothing happened in between
    other = run(world, "verzuim.csv", GOOD, period="2023-2024-k2", answers=said)
    assert other.status == "opgeslagen"
    again = run(world, "verzuim.csv", GOOD, period="2023-2024-k1")
    assert again.status == "al aanwezig"
    assert "nieuwere levering" in again.notes[-1]


def test_after_undo_the_same_file_is_stored_again(world):
    first = run(world, "verzuim.csv", GOOD, period="2023-2024-k1")
    world.store.undo(first.delivery.delivery_id, "bureau", "")
    assert run(world, "verzuim.csv", GOOD, period="2023-2024-k1").status == "opgeslagen"


BAD = HEADER + "00AA00;01-09-2023;3\nfout;31-02-2023;veel\n00AA01;02-09-2023;4\n"


def test_errors_refuse_the_whole_file_and_are_all_told(world):
    result = run(world, "verzuim.csv", BAD, period="2023-2024-k1")
    assert result.status == "geweigerd"
    assert [problem.row for problem in result.problems] == [3, 3, 3]
    assert result.problem_count == 3
    assert (result.rows_good, result.rows_quarantined, result.rows_stored) == (2, 1, 0)
    assert world.store.history() == ()


def test_quarantine_leaves_the_bad_rows_out_and_counts_them(world):
    result = run(world, "verzuim.csv", BAD, period="2023-2024-k1", quarantine=True)
    assert result.status == "opgeslagen"
    assert (result.rows_stored, result.rows_quarantined) == (2, 1)
    assert result.problem_count == 3
    assert world.store.sidecar(result.delivery.delivery_id)["quarantined_rows"][0][1] == 3


def test_codes_are_checked_against_the_list_of_locations(world):
    run(world, "v.csv", GOOD, period="2023-2024-k1")
    assert len(world.store.deliveries()) == 1
    text = world.sources["verzuim"]
    assert text.columns["location_id"].known == "location"
    locations = "Vestiging;Bestuur;Van;Tot\n00AA00;1;;\n"
    assert run(world, "locaties.csv", locations, source="locaties").status == "opgeslagen"
    refused = run(world, "v2.csv", GOOD + "00AA00;05-09-2023;1\n", period="2023-2024-k1")
    assert refused.status == "geweigerd"
    assert [problem.value for problem in refused.problems] == ["00AA01"]


def test_a_quarantined_row_gets_in_once_its_location_is_known(world):
    one = "Vestiging;Bestuur;Van;Tot\n00AA00;1;;\n"
    two = one + "00AA01;1;;\n"
    run(world, "locaties.csv", one, source="locaties")
    first = run(world, "v.csv", GOOD, period="2023-2024-k1", quarantine=True)
    assert first.rows_stored == 1
    run(world, "locaties.csv", two, source="locaties")
    assert run(world, "v.csv", GOOD, period="2023-2024-k1").status == "opgeslagen"
    total = world.build().rows("select sum(pupils) as total from spell")
    assert int(total[0]["total"]) == 7


def test_the_period_is_asked_for_with_the_numbers_already_there(world):
    result = run(world, "verzuim.csv", GOOD)
    assert (result.status, result.asks) == ("vraag", "periode")
    assert "kwartaal" in result.problems[0].expected
    assert result.rows_good == 2
    assert world.store.history() == ()


def test_a_period_in_the_file_name_is_used_and_said(world):
    result = run(world, "verzuim sept 2023.csv", GOOD)
    assert (result.status, result.period) == ("opgeslagen", "2023-2024-k1")
    assert any("gelezen uit “verzuim sept 2023.csv”" in note for note in result.notes)


def test_two_periods_in_the_file_name_are_asked_about(world):
    result = run(world, "verzuim sept 2023 en dec 2023.csv", GOOD)
    assert (result.status, result.asks) == ("vraag", "periode")
    assert "sept 2023 en dec 2023" in result.problems[0].advice


@pytest.mark.parametrize("period", ["2023-2024", "volgend jaar"])
def test_a_period_of_the_wrong_kind_is_refused(world, period):
    result = run(world, "verzuim.csv", GOOD, period=period)
    assert (result.status, result.asks) == ("vraag", "periode")
    assert result.problems[0].value == period


def test_a_wrong_period_and_errors_are_told_together(world):
    result = run(world, "verzuim.csv", BAD)
    assert (result.status, result.asks) == ("geweigerd", "periode")
    assert result.problem_count == 4


def test_an_unknown_source_names_the_ones_there_are(world):
    result = run(world, "verzuim.csv", GOOD, source="verzium")
    assert result.status == "geweigerd"
    assert "verzuim" in result.problems[0].expected


def test_a_file_that_is_no_table_is_refused_in_dutch(world):
    path = world.folder / "foto.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    result = import_file(world.store, path, sources=world.sources, isolated=False)
    assert result.status == "geweigerd"
    assert result.problems[0].advice
    gone = import_file(world.store, world.folder / "weg.csv", sources=world.sources)
    assert gone.status == "geweigerd"
    assert "kies het opnieuw" in gone.problems[0].advice


def test_columns_pointed_out_by_hand_are_remembered(world):
    strange = "A1;Wanneer;Hoeveel\n00AA00;01-09-2023;3\n"
    mapping = {"location_id": "A1", "start_on": "Wanneer", "pupils": "Hoeveel"}
    asked = run(world, "vreemd.csv", strange, source=None, period="2023-2024-k1")
    assert (asked.status, asked.asks) == ("vraag", "bron")
    assert asked.question is not None
    first = run(world, "vreemd.csv", strange, period="2023-2024-k1", mapping=mapping)
    assert first.status == "opgeslagen"
    second = run(world, "vreemd2.csv", strange + "00AA01;02-09-2023;4\n", source=None,
                 period="2023-2024-k2")  # fmt: skip
    assert (second.status, second.source) == ("opgeslagen", "verzuim")


def test_a_refused_file_leaves_no_mapping_behind(world):
    strange = "A1;Wanneer;Hoeveel\nfout;01-09-2023;3\n"
    mapping = {"location_id": "A1", "start_on": "Wanneer", "pupils": "Hoeveel"}
    result = run(world, "vreemd.csv", strange, period="2023-2024-k1", mapping=mapping)
    assert result.status == "geweigerd"
    assert world.store.mappings() == {}


def test_a_file_without_rows_says_nobody_has_any(world):
    run(world, "v.csv", GOOD, source="tlv", period="2023-2024-k1")
    result = run(world, "v.csv", HEADER, source="tlv", period="2023-2024-k2")
    assert (result.status, result.asks) == ("vraag", "levering")
    said = Answers(speaks_for="swv", sure=True)
    result = run(world, "v.csv", HEADER, source="tlv", period="2023-2024-k2", answers=said)
    assert (result.status, result.rows_stored) == ("opgeslagen", 0)
    rows = world.build().rows(
        "select organisation_id from delivered where source = 'tlv' and period_id = '2023-2024-k2'"
    )
    assert rows == [{"organisation_id": "SWV"}]


def test_when_the_disk_is_full_nothing_is_stored_and_it_is_said(world, monkeypatch):
    def full_disk(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.deliveries.folders.sync_file", full_disk)
    result = run(world, "verzuim.csv", GOOD, period="2023-2024-k1")
    assert result.status == "geweigerd"
    assert "niets opgeslagen" in result.problems[0].advice
    assert world.store.history() == ()


def leavers(*years):
    return {"location_id": ["00AA00"] * len(years), "school_year": list(years)}


def test_rows_that_name_their_period_cover_exactly_those(world):
    cover = covered(world.sources["vsv"], None, leavers("2023-2024", "2021-2022"), Calendar())
    assert cover.slots == ("2023-2024", "2021-2022")
    assert [part.slot for part in cover.parts] == ["2021-2022", "2023-2024"]
    assert cover.period.period_id == "2023-2024"


def test_a_period_that_is_not_in_the_rows_is_refused(world):
    vsv = world.sources["vsv"]
    period, _ = chosen_period(vsv, "2019-2020", (), Calendar())
    with pytest.raises(PeriodUnknown) as unknown:
        covered(vsv, period, leavers("2023-2024", "2021-2022"), Calendar())
    assert "2021-2022 tot en met 2023-2024" in unknown.value.expected


def test_the_rows_name_the_period_not_the_file(world):
    text = "Vestiging;Schooljaar;Begin;Aantal\n00AA00;2022-2023;;3\n00AA00;2023-2024;;4\n"
    result = run(world, "vsv 2020-2021 en 2021-2022.csv", text, source="vsv")
    assert (result.status, result.period) == ("opgeslagen", "2023-2024")
    assert [part.slot for part in result.delivery.parts] == ["2022-2023", "2023-2024"]


def test_a_period_that_is_not_needed_is_not_asked_for(world):
    rules = DeliveryRules(period="schooljaar", period_required=False)
    source = replace(world.sources["balans"], delivery=rules)
    texts = ("zittenblijven 1516 tov 1617.csv",)
    assert chosen_period(source, None, texts, Calendar()) == (None, "")
    period, where = chosen_period(source, None, ("zittenblijven 2016-2017.csv",), Calendar())
    assert (period.period_id, where) == ("2016-2017", "zittenblijven 2016-2017.csv")
    assert chosen_period(source, "2015-2016", texts, Calendar())[0].period_id == "2015-2016"
