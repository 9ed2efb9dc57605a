"""Rows that no figure counts are named, and rows that one does are not."""

from dataclasses import replace
from datetime import date

import pytest
from handing_in import WHOLE, hand_in
from list_worlds import LISTS, World

from kpi.figure.uncounted import NOT_WHOLE, OTHER_KIND, OTHER_ROW, UNKNOWN, UNTIMELY, uncounted
from kpi.opening.opening import open_monitor
from kpi.view.uncounted_rows import uncounted_lines


def bureau(tmp_path, *files, world="b"):
    return World(tmp_path / "store", world, [("locaties", None), *files])


def opened(world):
    return open_monitor(store=world.store.path, profile="groningen_stad", demo=False)


def test_what_counts_somewhere_is_not_named(tmp_path):
    files = [("verzuim_2324_k4", "2023-2024-k4"), ("tlv", "2022-2023-k1")]
    assert uncounted(opened(bureau(tmp_path, *files))) == []


def test_pupils_wait_for_what_they_divide(tmp_path):
    """Nobody handed in a TLV yet, so no share is known; that is no row that vanishes."""
    file = tmp_path / "leerlingen.csv"
    text = "Vestiging;Peildatum;Soort onderwijs;Aantal leerlingen\n90AA00;01-10-2023;vo;40\n"
    file.write_text(text, "utf-8")
    world = bureau(tmp_path, world="d")
    hand_in(world.store, file, "2023-2024", "leerlingen")
    assert uncounted(opened(world)) == []


OPP = "Leerlingnummer;Vestiging;Begindatum OPP;Einddatum OPP\n1;{place};{start};{end}\n"


@pytest.mark.parametrize(
    ("place", "start", "end", "why"),
    [
        ("90EE00", "01-09-2023", "01-07-2024", UNTIMELY),
        ("90EE00", "01-09-2022", "01-07-2023", ""),
        ("90AA01", "01-12-2023", "01-07-2024", ""),
    ],
    ids=["after the school closed", "in time", "it goes on at another school"],
)
def test_a_row_of_a_school_that_had_closed_is_named(tmp_path, place, start, end, why):
    file = tmp_path / "opp.csv"
    file.write_text(OPP.format(place=place, start=start, end=end), "utf-8")
    world = bureau(tmp_path, world="d")
    world.hand_in(file, "2023-2024-k4")
    assert [row.why for row in uncounted(opened(world))] == ([why] if why else [])


@pytest.mark.parametrize("period", ["2023-2024-k2", "2023-2024-k4"])
@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("verzuim", "Leerlingnummer;Vestiging;Soort verzuim;Begindatum;Einddatum",
         "1;90BB00;AV;06-11-2023;"),
        ("ect", "Casusnummer;Vestiging;Soort inzet;Geopend op;Gesloten op",
         "1;90BB00;Advies;06-11-2023;"),
        ("opp", "Leerlingnummer;Vestiging;Begindatum OPP;Einddatum OPP", "1;90BB00;06-11-2023;"),
    ],
    ids=["verzuim", "ect", "opp"],
)  # fmt: skip
def test_what_begins_after_the_school_closed_is_in_no_figure(tmp_path, name, head, row, period):
    """90BB00 closed on 31 October 2023: also that quarter counts nothing of it, and it is named."""
    file = tmp_path / f"{name}.csv"
    file.write_text(f"{head}\n{row}\n", "utf-8")
    world = bureau(tmp_path, world="d")
    world.hand_in(file, period)
    assert [(row.row, row.why) for row in uncounted(opened(world))] == [(2, UNTIMELY)]


def test_a_row_within_another_of_the_same_pupil_is_named(tmp_path):
    """LRV of ten days while AV goes on: he is one pupil, and at home as AV all the time."""
    file = tmp_path / "verzuim.csv"
    file.write_text(
        "Leerlingnummer;Vestiging;Soort verzuim;Begindatum;Einddatum\n"
        "1;90AA00;AV;04-09-2023;\n1;90AA00;LRV;11-09-2023;21-09-2023\n",
        "utf-8",
    )
    world = bureau(tmp_path)
    world.hand_in(file, "2023-2024-k4")
    assert [(row.row, row.why) for row in uncounted(opened(world))] == [(3, OTHER_ROW)]


def test_a_row_that_goes_on_at_a_school_of_which_nothing_came_in_is_named(tmp_path):
    """He counts from day 29, at the school his own went up in; only his own handed in a list."""
    file = tmp_path / "verzuim.csv"
    file.write_text(
        "Leerlingnummer;Vestiging;Soort verzuim;Begindatum;Einddatum\n1;90AA01;LRV;20-07-2023;\n",
        "utf-8",
    )
    world = bureau(tmp_path)
    hand_in(world.store, file, "2023-2024-k1", answers=replace(WHOLE, speaks_for="locations"))
    assert [(row.row, row.why) for row in uncounted(opened(world))] == [(2, UNTIMELY)]


@pytest.mark.parametrize(
    ("referred", "why"), [("01-10-2021", [UNTIMELY]), ("01-10-2023", [])], ids=["before", "in time"]
)
def test_a_referral_from_before_all_lists_that_never_began_is_named(tmp_path, referred, why):
    """A register speaks from the year of its first end on: this one of 2023-2024."""
    file = tmp_path / "maatwerk.csv"
    file.write_text(
        "Leerlingnummer;Vestiging;Voorziening;Datum verwijzing;Begindatum;Einddatum\n"
        f"1;90AA00;OPDC;{referred};;\n",
        "utf-8",
    )
    world = bureau(tmp_path)
    world.hand_in(file, "2023-2024-k4")
    assert [row.why for row in uncounted(opened(world))] == why


def test_a_tlv_from_outside_is_in_no_figure_for_its_time_not_for_its_place(tmp_path):
    file = tmp_path / "tlv.csv"
    file.write_text(
        "TLV-nummer;Leerlingnummer;Vestiging;Soort TLV;Datum besluit;Besluit;Soort aanvraag\n"
        "1;1;11ZZ00;VSO;12-11-2018;toegekend;eerste\n2;2;11ZZ00;VSO;12-11-2023;toegekend;eerste\n",
        "utf-8",
    )
    world = bureau(tmp_path)
    since = replace(WHOLE, since=date(2023, 8, 1))
    hand_in(world.store, file, "2023-2024-k4", answers=since)
    assert [(row.row, row.why) for row in uncounted(opened(world))] == [(2, UNTIMELY)]


def test_a_case_that_left_the_lists_before_it_began_is_named(tmp_path):
    """The first list was of a later quarter than was said, and the next one does not hold it."""
    world = bureau(tmp_path)
    head = "Casusnummer;Vestiging;Soort inzet;Geopend op;Gesloten op\n"
    for period, day in (("2023-2024-k1", "01-03-2024"), ("2023-2024-k2", "01-11-2023")):
        file = tmp_path / "ect.csv"
        file.write_text(f"{head}{period};90AA00;Advies;{day};\n", "utf-8")
        world.hand_in(file, period)
    assert [(row.row, row.why) for row in uncounted(opened(world))] == [(2, UNTIMELY)]


def test_rows_of_the_made_up_swv_that_count_nowhere_are_of_another_kind_of_school(demo):
    """And one OPP had ended before the first count date; of one school a kind is not told."""
    lines = uncounted_lines(demo)
    others = [(line.topic, line.rows) for line in lines if line.why != OTHER_KIND]
    counts = demo.sources["verzuim_aantallen"].label
    assert sorted(others) == sorted([(demo.kpis["opp"].label, 1), (counts, 1)])
    assert sum(line.rows for line in lines) == len(uncounted(demo)) > 0
    assert all(line.first and line.file for line in lines)


def test_numbers_without_one_kind_are_named_until_a_list_has_both(tmp_path):
    head = ("Vestiging;Kwartaal;Soort verzuim;Aantal op peildatum;Nieuw;Beëindigd;"
            "Langer dan 3 maanden;Langer dan 3 maanden zonder aanbod\n")  # fmt: skip
    rows = [f"90AA00;2023-2024-k1;{kind};1;0;0;0;0\n" for kind in ("AV", "LRV")]
    world = bureau(tmp_path)
    for name, held, why in (("een", rows[:1], [NOT_WHOLE]), ("twee", rows, [])):
        file = tmp_path / f"{name}.csv"
        file.write_text(head + "".join(held), "utf-8")
        world.hand_in(file, None)
        assert [row.why for row in uncounted(opened(world))] == why


def test_a_school_that_left_the_list_of_locations_takes_no_row_with_it_unseen(tmp_path):
    world = bureau(tmp_path, ("verzuim_2324_k4", "2023-2024-k4"))
    without = tmp_path / "locaties.csv"
    lines = (LISTS / "b" / "locaties.csv").read_text("utf-8").splitlines()
    without.write_text("\n".join(line for line in lines if "90AA0" not in line[:5]), "utf-8")
    world.hand_in(without, None, "fout")
    monitor = opened(world)
    assert [(row.place, row.why, row.row) for row in uncounted(monitor)] == [("90AA00", UNKNOWN, 2)]
