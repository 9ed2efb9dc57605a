"""A pupil on two rows at once: asked which counts, remembered, and counted once at every level."""

from dataclasses import replace
from datetime import date

import pytest
from claim_world import (
    BOARD,
    LOCATIONS,
    NORTH,
    PRO,
    SOUTH,
    VSO,
    Bureau,
    asked,
    place,
    spell,
)

from data.deliveries.store import Store
from data.gate.claim import Answers
from kpi.figure.uncounted import OTHER_ROW, uncounted
from kpi.opening.opening import open_monitor

K1, K2, K3 = "2023-2024-k1", "2023-2024-k2", "2023-2024-k3"
WHOLE, HERE = {"speaks_for": "swv"}, {"speaks_for": "locations"}
VSO_TOO = "90CC01"
ENROLMENT = ("Leerlingnummer", "VSO-school", "Datum inschrijving", "Datum uitschrijving", "Cluster")
OPP = ("Leerlingnummer", "Vestiging", "OPP vanaf", "OPP tot")
# at his old school since May, and at another since September
MOVED = (spell(1, NORTH, "15-05-2023"), spell(1, PRO))


@pytest.fixture
def bureau(tmp_path):
    return Bureau(tmp_path)


def figures(bureau, kpi, measure, period):
    """By organisation the value of a measure, without the zeros."""
    rows = bureau.build(kpi).rows(
        "select organisation_id, value from kpi_value where measure = ? and period_id = ?"
        " and segment = '' and value > 0",
        [measure, period],
    )
    return {row["organisation_id"]: row["value"] for row in rows}


def at(*places):
    boards = (BOARD.get(one, "99901") for one in places)
    return dict.fromkeys([*places, *boards, "SWV"], 1)


def test_it_is_asked_which_of_two_rows_counts_and_nothing_is_stored(bureau):
    result = bureau.absence(MOVED, K1, **WHOLE, sure=True)
    assert asked(result) == ["two_rows"] and not result.problems
    (doubt,) = result.claim.doubts
    assert "1 leerling staat in deze lijst tegelijk op meer dan één regel" in doubt.text
    assert "Welke regel telt, zolang beide lopen?" in doubt.text
    assert [value for value, _ in doubt.choices] == ["laatste", "eerste"]
    assert [row.about.split(":")[0] for row in doubt.rows] == ["regel 2", "regel 3"]
    assert all(row.about.endswith(", loopt nog") for row in doubt.rows)
    assert not any("1001" in row.about for row in doubt.rows)


@pytest.mark.parametrize(("answer", "where"), [("laatste", PRO), ("eerste", NORTH)])
def test_the_answer_decides_where_the_pupil_counts(bureau, answer, where):
    assert bureau.absence(MOVED, K1, **WHOLE, two_rows=answer).accepted
    assert figures(bureau, "thuiszitters", "stock", K1) == at(where)
    assert figures(bureau, "thuiszitters", "over_3_months_no_offer", K1) == at(where)
    (line,) = [d for d in Store(bureau.folder / "store").deliveries() if d.source == "verzuim"]
    assert line.two_rows == answer


@pytest.mark.parametrize(
    ("rows", "laatste", "eerste"),
    [
        # within one another: what is over takes no more than its own time
        ([spell(1, NORTH, "01-07-2023"), spell(1, PRO, "01-08-2023", "15-08-2023")],
         at(NORTH), at(NORTH)),
        # begun on the same day: the last of the list, or the first
        ([spell(1, SOUTH), spell(1, PRO)], at(PRO), at(SOUTH)),
        # partly at once: he goes on at the second school either way
        ([spell(1, NORTH, "01-08-2023", "15-09-2023"), spell(1, PRO)], at(PRO), at(PRO)),
        # three at once
        ([spell(1, NORTH, "01-08-2023"), spell(1, SOUTH, "01-09-2023"), spell(1, PRO)],
         at(PRO), at(NORTH)),
    ],
)  # fmt: skip
def test_every_way_of_being_on_two_rows(bureau, rows, laatste, eerste):
    assert asked(bureau.absence(rows, K1, **WHOLE)) == ["two_rows"]
    for answer, right in (("laatste", laatste), ("eerste", eerste)):
        known = bureau.store.deliveries()
        result = bureau.absence(rows, K1, **WHOLE, two_rows=answer)
        assert result.accepted
        assert figures(bureau, "thuiszitters", "stock", K1) == right
        assert len(bureau.store.deliveries()) == len(known) + 1
        bureau.store.undo(result.delivery.delivery_id, "iemand", "nog een keer")


@pytest.mark.parametrize(
    "rows",
    [
        [spell(1, end="15-09-2023"), spell(1, PRO, "15-09-2023")],  # one after the other
        [spell(1), spell(2, PRO)],
        [["-", *spell(1)[1:]], ["-", *spell(1, PRO)[1:]]],  # nobody in particular
        [[*spell(1)[:2], "ziek", "04-09-2023", ""], spell(1, PRO)],  # at home goes before ill
    ],
)  # fmt: skip
def test_other_rows_are_not_asked_about(bureau, rows):
    assert bureau.absence(rows, K1, **WHOLE).accepted


def test_what_was_answered_of_the_same_pupils_is_remembered(bureau):
    assert bureau.absence(MOVED, K1, **WHOLE, two_rows="laatste").accepted
    assert bureau.absence(MOVED, K2, sure=True).accepted
    assert figures(bureau, "thuiszitters", "stock", K2) == at(PRO)
    more = [*MOVED, spell(2, NORTH, "15-05-2023"), spell(2, PRO)]
    assert asked(bureau.absence(more, K3)) == ["two_rows"]


def test_two_lists_up_to_the_same_day_are_asked_about(bureau):
    """Each school says that he is on its list; a later list of one of them says he moved."""
    old, new = ([row] for row in MOVED)
    assert bureau.absence(old, K1, **HERE, sure=True).accepted
    result = bureau.absence(new, K1, **HERE)
    assert asked(result) == ["two_rows"]
    (doubt,) = result.claim.doubts
    assert "in deze en een andere lijst" in doubt.text
    places = sorted(row.about.split(":")[0] for row in doubt.rows)
    assert places == ["regel 2", "regel 2 van “lijst.csv”"]
    assert bureau.absence(new, K1, **HERE, two_rows="laatste").accepted
    assert figures(bureau, "thuiszitters", "stock", K1) == at(PRO)
    assert bureau.absence(new, K2).accepted  # not up to the same day: he may have moved


def test_a_later_list_does_not_change_what_was_answered_for_its_time(bureau):
    """The old school leaves him out in the next quarter; the new one in the one after that."""
    assert bureau.absence(MOVED, K1, **WHOLE, two_rows="eerste").accepted
    assert bureau.absence(MOVED[1:], K2, missing="gestopt").accepted
    assert figures(bureau, "thuiszitters", "stock", K1) == at(NORTH)
    assert figures(bureau, "thuiszitters", "stock", K2) == at(PRO)


def test_the_other_row_counts_when_the_one_that_counted_was_a_mistake(bureau):
    assert bureau.absence(MOVED, K1, **WHOLE, two_rows="laatste").accepted
    assert bureau.absence(MOVED[:1], K2, missing="fout", sure=True).accepted
    for period in (K1, K2):
        assert figures(bureau, "thuiszitters", "stock", period) == at(NORTH)


def test_who_stopped_at_the_one_school_is_still_at_the_other(bureau):
    """The next list says that the row that counted ended, and still has the other one."""
    assert bureau.absence(MOVED, K1, **WHOLE, two_rows="laatste").accepted
    ended = [MOVED[0], spell(1, PRO, end="10-10-2023")]
    assert bureau.absence(ended, K2, sure=True).accepted
    assert figures(bureau, "thuiszitters", "stock", K1) == at(PRO)
    assert figures(bureau, "thuiszitters", "stock", K2) == at(NORTH)
    assert "SWV" not in figures(bureau, "thuiszitters", "ended", K2)


def test_a_later_answer_is_for_others_only_and_leaves_the_past_as_it_was(bureau):
    assert bureau.absence(MOVED, K1, **WHOLE, two_rows="laatste").accepted
    more = [*MOVED, spell(2, NORTH, "02-10-2023"), spell(2, PRO, "03-10-2023")]
    result = bureau.absence(more, K2, sure=True)
    assert asked(result) == ["two_rows"]
    (doubt,) = result.claim.doubts
    assert "1 leerling staat" in doubt.text and len(doubt.rows) == 2
    assert any("bij “lijst.csv” geantwoord: laatste" in note for note in result.notes)
    assert bureau.absence(more, K2, two_rows="eerste", sure=True).accepted
    assert figures(bureau, "thuiszitters", "stock", K1) == at(PRO)
    stock = figures(bureau, "thuiszitters", "stock", K2)
    assert (stock[PRO], stock.get(NORTH), stock["SWV"]) == (1, 1, 2)
    again = bureau.absence(more, K3, two_rows="laatste", sure=True)
    assert again.accepted and any("niet gebruikt" in note for note in again.notes)
    assert figures(bureau, "thuiszitters", "stock", K3) == stock


def test_the_order_of_a_list_decides_nothing(bureau):
    """Two rows of one first day: sorted otherwise, or handed in again, the same one counts."""
    rows = [spell(1, SOUTH), spell(1, PRO)]
    assert bureau.absence(rows, K1, **WHOLE, two_rows="eerste").accepted
    assert bureau.absence([*reversed(rows), spell(2, VSO, "02-10-2023")], K2, sure=True).accepted
    assert figures(bureau, "thuiszitters", "stock", K1) == at(SOUTH)


def test_an_answer_goes_with_the_list_it_was_given_with(bureau):
    old, new = ([row] for row in MOVED)
    assert bureau.absence(old, K1, **HERE, sure=True).accepted
    answered = bureau.absence(new, K1, **HERE, two_rows="laatste")
    more = [*old, spell(2)]
    assert bureau.absence(more, K1, **HERE, second="vervangt", sure=True).accepted
    bureau.store.undo(answered.delivery.delivery_id, "iemand", "vergissing")
    assert asked(bureau.absence(new, K1, **HERE)) == ["two_rows"]


def test_a_row_that_does_not_count_is_named(bureau, tmp_path):
    assert bureau.absence(MOVED, K1, **WHOLE, two_rows="eerste").accepted
    found = uncounted(open_monitor(bureau.folder / "store"))
    assert [(one.row, one.why) for one in found] == [(3, OTHER_ROW)]


@pytest.mark.parametrize(
    ("source", "headers", "kpi", "measure", "schools"),
    [
        ("vso", ENROLMENT, "deelname_vso", "pupils", (VSO, VSO_TOO)),
        ("opp", OPP, "opp", "opps", (NORTH, PRO)),
    ],
)
@pytest.mark.parametrize(("answer", "which"), [("laatste", 1), ("eerste", 0)])
def test_who_is_at_two_schools_counts_at_one(
    bureau, source, headers, kpi, measure, schools, answer, which
):
    more = [VSO_TOO, "School 2", "vso", "99901", "Bestuur 99901", "", ""]
    bureau.give("locaties", LOCATIONS, [*map(place, BOARD), more])
    days = ("01-08-2022", "01-08-2023")
    rows = [
        ["1001", school, day, "", "4"][: len(headers)]
        for school, day in zip(schools, days, strict=True)
    ]
    said = Answers(speaks_for="swv", since=date(2022, 8, 1), sure=True)
    assert asked(bureau.give(source, headers, rows, K1, said)) == ["two_rows"]
    assert bureau.give(source, headers, rows, K1, replace(said, two_rows=answer)).accepted
    assert figures(bureau, kpi, measure, K1) == at(schools[which])


def test_who_comes_back_from_another_vso_school_is_no_new_referral(bureau):
    more = [VSO_TOO, "School 2", "vso", "99901", "Bestuur 99901", "", ""]
    bureau.give("locaties", LOCATIONS, [*map(place, BOARD), more])
    headers = (*ENROLMENT, "Kwam van", "Ging naar")
    rows = [
        ["1001", VSO, "01-08-2023", "", "4", "po", ""],
        ["1001", VSO_TOO, "01-09-2023", "15-09-2023", "4", "vso", "vo"],
    ]
    said = Answers(speaks_for="swv", since=date(2023, 7, 1), sure=True, two_rows="laatste")
    assert bureau.give("vso", headers, rows, K1, said).accepted
    found = bureau.build().rows("select * from vso_enrolment order by start_on")
    assert [(row["location_id"], row["came_from"], row["went_to"]) for row in found] == [
        (VSO, "po", None), (VSO_TOO, "vso_elders", "vo"), (VSO, "vso_elders", None),
    ]  # fmt: skip
    assert figures(bureau, "deelname_vso", "pupils", K1) == at(VSO)
