"""A pupil with AV and LRV at once: asked which counts, remembered, and counted once."""

from datetime import date

import pytest
from claim_world import NORTH, PRO, SOUTH, Bureau, asked, spell

from data.deliveries.store import Store

K1, K2 = "2023-2024-k1", "2023-2024-k2"
WHOLE = {"speaks_for": "swv"}


def lrv(pupil, school=NORTH, start="01-08-2023", end=""):
    row = spell(pupil, school, start, end)
    row[2] = "LRV"
    return row


def stock(bureau, period, kpi="thuiszitters", place="SWV"):
    """(whole, AV, LRV) of a stock."""
    rows = bureau.build("thuiszitters", "geoorloofd_verzuim").rows(
        "select segment, value from kpi_value where kpi_id = ? and measure = 'stock'"
        " and organisation_id = ? and period_id = ?",
        [kpi, place, period],
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
    ],
)
def test_other_rows_are_not_asked_about(bureau, rows):
    assert bureau.absence(rows, K1, **WHOLE).accepted


HERE = {"speaks_for": "locations"}


def test_two_lists_of_two_schools_are_asked_about_by_pseudonym(bureau):
    """One school has LRV from 1 August, another AV from 4 September: not enrolled since then."""
    assert bureau.absence([lrv(1)], K1, **HERE).accepted
    result = bureau.absence([spell(1, PRO), spell(2, PRO)], K1, **HERE)
    assert asked(result) == ["at_once"]
    (doubt,) = result.claim.doubts
    assert "1 leerling staat in deze en een andere lijst tegelijk" in doubt.text
    assert sorted(row.about.split(", ")[1] for row in doubt.rows) == [NORTH, PRO]
    assert all(": Leerlingnummer …" in row.about for row in doubt.rows)
    assert not any("1001" in row.about for row in doubt.rows)


@pytest.mark.parametrize(
    ("answer", "place", "right"),
    [
        ("laatste", PRO, (1, 1, 0)),
        ("av", PRO, (1, 1, 0)),
        ("lrv", NORTH, (1, 0, 1)),
    ],
)
@pytest.mark.parametrize("av_first", [False, True])
def test_the_answer_decides_between_two_lists(bureau, answer, place, right, av_first):
    lists = [[spell(1, PRO)], [lrv(1)]] if av_first else [[lrv(1)], [spell(1, PRO)]]
    for rows in lists:
        assert bureau.absence(rows, K1, **HERE, at_once=answer).accepted
    assert stock(bureau, K1) == stock(bureau, K1, place=place) == right
    for rows in lists:  # remembered, whichever of the two comes in first
        assert bureau.absence(rows, K2).accepted
    assert stock(bureau, K2) == right
    more = [spell(2), lrv(2)]
    assert asked(bureau.absence([lrv(1), *more], "2023-2024-k3", missing="gestopt")) == ["at_once"]


def test_an_addition_is_asked_about_too(bureau):
    assert bureau.absence([lrv(1)], K1, **WHOLE).accepted
    assert asked(bureau.absence([spell(1)], K1, **WHOLE, second="vult_aan")) == ["at_once"]
    said = {**WHOLE, "second": "vult_aan", "at_once": "lrv"}
    assert bureau.absence([spell(1)], K1, **said).accepted
    assert stock(bureau, K1) == (1, 0, 1)


@pytest.mark.parametrize(
    ("first", "period", "second"),
    [
        ([lrv(1, end="04-09-2023")], K1, [spell(1, PRO)]),  # a clean move
        ([lrv(1)], K2, [spell(1, PRO, "02-11-2023")]),  # from after what the other list tells of
        ([lrv(1), spell(1, end="08-09-2023")], K1, [spell(2, PRO)]),  # nothing new of the pupil
    ],
)
def test_what_is_not_at_once_on_two_lists_is_not_asked(bureau, first, period, second):
    assert bureau.absence(first, K1, **HERE, at_once="laatste").accepted
    assert bureau.absence(second, period, **HERE).accepted


def test_another_kind_on_the_next_list_in_the_place_of_the_first_is_not_asked(bureau):
    """The row of LRV left the list, so the two are not there at the same time."""
    assert bureau.absence([lrv(1)], K1, **WHOLE).accepted
    assert bureau.absence([spell(1)], K2).accepted


def test_an_answer_stands_for_its_time_when_one_of_the_two_left_the_lists(bureau):
    assert bureau.absence(BOTH, K1, **WHOLE, at_once="lrv").accepted
    assert bureau.absence([lrv(1)], K2, missing="niet_te_volgen").accepted
    assert stock(bureau, K1) == (1, 0, 1)


def test_a_change_of_kind_is_a_going_and_a_coming_that_says_so(bureau):
    bureau.absence(BOTH, K1, **WHOLE, at_once="laatste")
    rows = bureau.build("thuiszitters").rows(
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
    database = bureau.build("thuiszitters")
    (row,) = database.rows("select kind, home_since from absence_stay where end_on is null")
    assert row == {"kind": "av", "home_since": date(2023, 5, 1)}
    (long,) = database.rows(
        "select value from kpi_value where measure = 'over_3_months_no_offer' and segment = ''"
        " and organisation_id = 'SWV' and period_id = ?",
        [K1],
    )
    assert long["value"] == 1
