"""A pupil with AV and LRV at once: asked which counts, remembered, and counted once."""

from datetime import date

import pytest
from claim_world import NORTH, PRO, SOUTH, Bureau, asked, spell

from data.deliveries.store import Store
from kpi.figure.calculate import calculate
from kpi.meaning.load import load_kpis

K1, K2 = "2023-2024-k1", "2023-2024-k2"
WHOLE = {"speaks_for": "swv"}


def lrv(pupil, school=NORTH, start="01-08-2023", end=""):
    row = spell(pupil, school, start, end)
    row[2] = "LRV"
    return row


def stock(bureau, period, kpi="thuiszitters", place="SWV"):
    """(whole, AV, LRV) of a stock."""
    database = bureau.build()
    kpis = load_kpis()
    calculate(database, {kpi: kpis[kpi]})
    rows = database.rows(
        "select segment, value from kpi_value where measure = 'stock' and organisation_id = ?"
        " and period_id = ?",
        [place, period],
    )
    found = {row["segment"]: row["value"] for row in rows}
    return tuple(found.get(part) or 0 for part in ("", "kind=av", "kind=lrv"))


@pytest.fixture
def bureau(tmp_path):
    return Bureau(tmp_path)


# the pupil of case lists/05: LRV counts from 30 August, AV from 4 September
BOTH = (spell(1), lrv(1))


def test_it_is_asked_which_of_two_kinds_counts_and_nothing_is_stored(bureau):
    result = bureau.absence(BOTH, K1, **WHOLE)
    assert asked(result) == ["at_once"]
    (doubt,) = result.claim.doubts
    assert "1 leerling staat" in doubt.text and "absoluut verzuim" in doubt.text
    assert [value for value, _ in doubt.choices] == ["laatste", "av", "lrv"]
    assert asked(bureau.absence(BOTH, K1, **WHOLE, sure=True)) == ["at_once"]


@pytest.mark.parametrize(
    ("answer", "right"), [("laatste", (1, 1, 0)), ("av", (1, 1, 0)), ("lrv", (1, 0, 1))]
)
def test_the_answer_decides_and_the_pupil_counts_once(bureau, answer, right):
    bureau.absence(BOTH, K1, **WHOLE, at_once=answer)
    for place in ("SWV", "99901", NORTH):
        assert stock(bureau, K1, place=place) == right
    assert stock(bureau, K1, "geoorloofd_verzuim") == right
    (line,) = [d for d in Store(bureau.folder / "store").deliveries() if d.source == "verzuim"]
    assert line.at_once == answer


def test_what_was_answered_of_the_same_pupils_is_remembered(bureau):
    bureau.absence(BOTH, K1, **WHOLE, at_once="lrv")
    assert bureau.absence(BOTH, K2, sure=True).accepted
    assert stock(bureau, K2) == (1, 0, 1)
    other = bureau.absence([*BOTH, spell(2, SOUTH), lrv(2, SOUTH)], "2023-2024-k3")
    assert asked(other) == ["at_once"]


@pytest.mark.parametrize(
    "rows",
    [
        [spell(1, end="15-09-2023"), lrv(1, start="15-09-2023")],  # one after the other
        [spell(1), lrv(2)],
        [spell(1), spell(1, SOUTH)],  # one kind at two schools is told, and counts once
        [lrv(1), lrv(1, PRO)],
    ],
)
def test_other_rows_are_not_asked_about(bureau, rows):
    assert bureau.absence(rows, K1, **WHOLE).accepted


def test_two_lists_of_two_schools_count_by_the_rule(bureau):
    """One school has LRV from 1 August, another AV from 4 September: not enrolled since then."""
    bureau.absence([lrv(1)], K1, speaks_for="locations")
    bureau.absence([spell(1, PRO)], K1, speaks_for="locations")
    assert stock(bureau, K1) == (1, 1, 0)
    assert stock(bureau, K1, place=NORTH) == (0, 0, 0)
    assert stock(bureau, K1, place=PRO) == (1, 1, 0)


def test_a_change_of_kind_is_a_going_and_a_coming_that_says_so(bureau):
    bureau.absence(BOTH, K1, **WHOLE, at_once="laatste")
    database = bureau.build()
    calculate(database, {"thuiszitters": load_kpis()["thuiszitters"]})
    rows = database.rows(
        "select measure, segment, value from kpi_value where organisation_id = 'SWV'"
        " and period_id = ? and value > 0",
        [K1],
    )
    found = {(row["measure"], row["segment"]): row["value"] for row in rows}
    assert found["new", "kind=av"] == found["new", "kind=lrv"] == found["ended", "kind=lrv"] == 1
    assert found["ended", "end_reason=andere_soort"] == found["ended", ""] == 1
    assert found["persons", ""] == 1


def test_the_months_at_home_go_on_in_the_other_kind(bureau):
    """LRV since 1 May, AV since 4 September: on 30 September he is at home for five months."""
    bureau.absence([spell(1), lrv(1, start="01-05-2023")], K1, **WHOLE, at_once="laatste")
    (row,) = bureau.build().rows("select kind, home_since from absence_stay where end_on is null")
    assert row == {"kind": "av", "home_since": date(2023, 5, 1)}
    database = bureau.build()
    calculate(database, {"thuiszitters": load_kpis()["thuiszitters"]})
    (long,) = database.rows(
        "select value from kpi_value where measure = 'over_3_months_no_offer' and segment = ''"
        " and organisation_id = 'SWV' and period_id = ?",
        [K1],
    )
    assert long["value"] == 1
