"""The same group from two sources: a planted difference is found and explained only once."""

import pytest
from small_quarter import (
    FIRST,
    LATER,
    MAKER,
    QUARTER,
    copy_of,
    deliver,
    deliver_text,
    opened,
)

from kpi.cycle.quarter import state_of
from kpi.cycle.reconcile import PAIRS, QUERIES, compared, explain_difference
from kpi.register import Refused

COUNTS = (
    "Vestiging;Kwartaal;Soort verzuim;Aantal op peildatum;Nieuw;Beëindigd;"
    "Langer dan 3 maanden;Langer dan 3 maanden zonder aanbod\n"
)
DUO = (
    '"BEVOEGD GEZAG NUMMER";"INSTELLINGSCODE";"VESTIGINGSCODE";"INSTELLINGSNAAM VESTIGING";'
    '"GEMEENTENUMMER";"GEMEENTENAAM";"AANTAL LEERLINGEN";'
    '"AANTAL VO LEERLINGEN UITBESTEED AAN VAVO"\n'
)
PLACES = "Vestiging;Peildatum;Soort onderwijs;Cluster;Plaatsen;Bezet;Wachtlijst\n"
ENROLMENTS = "Leerlingnummer;Vestiging vso;Ingeschreven op;Uitgeschreven op;Cluster;Categorie\n"


@pytest.fixture(scope="session")
def first_store(tmp_path_factory):
    """A store with the lists only; only to be copied."""
    folder = tmp_path_factory.mktemp("begin") / "store"
    deliver(folder, *FIRST)
    return folder


@pytest.fixture
def folder(first_store, tmp_path):
    return copy_of(first_store, tmp_path / "store")


def by_hand(folder, location="90AB00", **counts):
    """Deliver the numbers of a board for the quarter, beside its list per pupil."""
    lines = [
        f"{location};{QUARTER};{kind};{stock};0;0;0;0\n"
        for kind, stock in (("absoluut verzuim", counts["av"]), ("lrv", counts["lrv"]))
    ]
    deliver_text(folder, "verzuim_aantallen", QUARTER, COUNTS + "".join(lines))


def listed(folder, location="90AB00"):
    """What the list per pupil says, by the figures."""
    rows = opened(folder).database.rows(
        "select segment, numerator from kpi_value where kpi_id = 'thuiszitters'"
        " and measure = 'stock' and organisation_id = ? and period_id = ?",
        [location, QUARTER],
    )
    found = {row["segment"]: int(row["numerator"]) for row in rows}
    return {kind: found.get(f"kind={kind}", 0) for kind in ("av", "lrv")}


def duo(folder, pupils, location="90AB00"):
    text = f'"90001";"{location[:4]}";"{location}";"School";"0001";"Stad";{pupils};"0"\n'
    deliver_text(folder, "duo_leerlingen", "2023-2024", DUO + text)


def found(folder, pair=""):
    monitor = opened(folder)
    state = state_of(monitor, monitor.periods[QUARTER])
    return state, [item for item in state.differences if pair in ("", item.pair.id)]


def test_every_pair_has_its_query():
    assert {pair.id for pair in PAIRS} == {path.stem for path in QUERIES.glob("*.sql")}


def test_nothing_is_compared_where_there_is_one_source(folder):
    monitor = opened(folder)
    assert compared(monitor, monitor.periods[QUARTER]) == []


def test_two_sources_that_agree_give_no_difference_and_say_so(folder):
    by_hand(folder, **listed(folder))
    monitor = opened(folder)
    (pair,) = compared(monitor, monitor.periods[QUARTER])
    assert (pair.places, pair.differences) == (1, ())
    assert pair.first == pair.second == sum(listed(folder).values())


def test_one_thuiszitter_more_blocks_closing_until_it_is_explained(folder):
    counts = listed(folder)
    by_hand(folder, av=counts["av"] + 1, lrv=counts["lrv"])
    state, (item,) = found(folder)
    assert (item.part, item.difference, item.blocks) == ("av", 1, True)
    assert any("+1 leerling" in error for error in state.errors)
    monitor = opened(folder)
    told = explain_difference(monitor, item, "Leerplicht telt naar woonplaats", MAKER)
    assert told.explained == "Leerplicht telt naar woonplaats"
    state, (item,) = found(folder)
    assert item.explained_by.startswith(MAKER)
    assert not item.blocks
    assert not any("bronnen" in error for error in state.errors)


def test_an_explanation_is_remembered_as_long_as_the_difference_stays_the_same(folder):
    counts = listed(folder)
    by_hand(folder, av=counts["av"] + 1, lrv=counts["lrv"])
    _, (item,) = found(folder)
    explain_difference(opened(folder), item, "Leerplicht telt naar woonplaats", MAKER)
    deliver(folder, *LATER)
    _, again = found(folder, "absence")
    assert [item.explained for item in again] == ["Leerplicht telt naar woonplaats"]
    by_hand(folder, av=counts["av"] + 3, lrv=counts["lrv"])
    _, (changed,) = found(folder, "absence")
    assert (changed.difference, changed.explained, changed.blocks) == (3, "", True)


@pytest.mark.parametrize(
    ("more", "blocks"), [(0, None), (5, False), (23, False), (24, True), (-24, True)]
)
def test_a_few_pupils_more_at_duo_warn_and_many_block(folder, more, blocks):
    """90AB00 has 1,184 pupils of its own: 2 % is 23.68."""
    duo(folder, 1184 + more)
    state, items = found(folder, "pupils")
    assert [item.blocks for item in items] == ([] if blocks is None else [blocks])
    assert any("bronnen" in text for text in state.warnings) == (blocks is False)
    assert any("bronnen" in text for text in state.errors) == (blocks is True)


def test_a_small_school_may_differ_five_pupils_and_not_six():
    pupils = next(pair for pair in PAIRS if pair.id == "pupils")
    assert not pupils.blocks(60, 65)
    assert pupils.blocks(60, 66)


def test_vso_places_differ_without_blocking(folder):
    rows = [f"p{n};97ST00;01-08-2023;;3;laag\n" for n in range(4)]
    gone = "p9;97ST00;01-08-2023;30-06-2024;3;laag\n"
    deliver_text(folder, "vso", QUARTER, ENROLMENTS + "".join(rows) + gone)
    deliver_text(folder, "plaatsen", QUARTER, PLACES + "97ST00;30-06-2024;vso;3;10;9;0\n")
    _, (item,) = found(folder, "vso")
    assert (item.first, item.second, item.blocks) == (4, 9, False)


def test_a_difference_of_long_ago_does_not_come_back(folder):
    duo(folder, 2000)
    deliver(folder, *LATER)
    monitor = opened(folder)
    later = monitor.calendar.parse("2025-2026-k1")
    assert found(folder, "pupils")[1]
    assert not [item for item in compared(monitor, later) if item.differences]


def test_an_explanation_needs_a_text_and_no_names(folder):
    duo(folder, 2000)
    _, (item,) = found(folder, "pupils")
    for text in ("", "Het gaat om Jan de Vries (geboren 12-03-2010)"):
        with pytest.raises(Refused):
            explain_difference(opened(folder), item, text, MAKER)
    assert not opened(folder).store.entries("verklaring")
