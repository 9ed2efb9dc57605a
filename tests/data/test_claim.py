"""What a delivery says, and what is asked before it is stored: silence is not zero."""

from dataclasses import replace
from datetime import date

import pytest
from claim_world import (
    ABSENCE,
    BOARD,
    LOCATIONS,
    NORTH,
    PRO,
    SOURCES,
    SOUTH,
    TLV,
    VSO,
    WHOLE,
    Bureau,
    asked,
    granted,
    place,
    spell,
)  # fmt: skip

from data.database import HeldRows, read_rows
from data.deliveries.delivery import ROW_COLUMNS, Missing, MissingRow
from data.gate.claim import ADDS, Answers
from data.gate.importing import import_file

K1, K2, K3, K4 = (f"2023-2024-k{number}" for number in (1, 2, 3, 4))
SEPTEMBER, DECEMBER, MARCH = date(2023, 9, 30), date(2023, 12, 31), date(2024, 3, 31)
WHOLE_SURE = {"speaks_for": "swv", "sure": True}


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    return Bureau(tmp_path)


def test_a_list_without_rows_for_a_school_asks_for_whom_it_speaks(bureau):
    rows = [spell(1), spell(2)]
    assert asked(bureau.absence(rows, K1)) == ["speaks_for"]
    assert bureau.store.history() == bureau.store.deliveries() != ()
    assert bureau.spoken("absence", K1) == set()
    assert bureau.absence(rows, K1, speaks_for="locations").accepted
    assert bureau.spoken("absence", K1) == {NORTH}


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        (Answers(speaks_for="swv"), set(BOARD)),
        (Answers(speaks_for="boards"), {NORTH, SOUTH}),
        (Answers(speaks_for="locations"), {NORTH}),
        (Answers(speaks_for="locations", named=(PRO,)), {NORTH, PRO}),
        (Answers(speaks_for="locations", named=("99902",)), {NORTH, PRO, VSO}),
    ],
)
def test_it_speaks_for_exactly_whom_was_said(bureau, said, spoken):
    result = bureau.absence([spell(1)], K1, answers=said)
    assert result.accepted and bureau.spoken("absence", K1) == spoken
    told = "alle 4" if len(spoken) == len(BOARD) else f"{len(spoken)} van 4"
    assert f"spreekt voor {told} vestigingen" in result.claim.sentence


def test_each_school_hands_in_its_own_list(bureau):
    assert bureau.absence([spell(1), spell(2)], K1, speaks_for="locations").accepted
    assert bureau.absence([spell(3, SOUTH)], K1, speaks_for="locations").accepted
    assert bureau.standing(SEPTEMBER) == [NORTH, NORTH, SOUTH]
    assert bureau.spoken("absence", K1) == {NORTH, SOUTH}


def test_what_was_said_is_remembered_for_the_next_list(bureau):
    every = [spell(number, school) for number, school in enumerate((NORTH, SOUTH, PRO))]
    assert asked(bureau.absence(every, K1)) == ["speaks_for"]
    assert bureau.absence(every, K1, speaks_for="swv").accepted
    assert asked(bureau.absence([*every, spell(9, PRO)], K2)) == []
    assert bureau.spoken("absence", K2) == set(BOARD)


def test_a_list_of_far_fewer_schools_is_asked_again(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    assert bureau.absence(every, K1, speaks_for="swv").accepted
    assert "speaks_for" in asked(bureau.absence([spell(0, NORTH)], K2))


def test_a_list_that_names_every_school_is_beyond_doubt(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    result = bureau.absence(every, K1)
    assert asked(result) == []
    assert result.claim.sentence == (
        "Deze lijst van 4 rijen spreekt voor alle 4 vestigingen, augustus t/m september 2023."
    )
    assert result.delivery.claim == result.claim.sentence


def test_an_empty_list_is_asked_what_it_means(bureau):
    assert bureau.tlv([granted(n) for n in range(10)], K1, speaks_for="swv").accepted
    empty = bureau.tlv([], K2)
    assert asked(empty) == ["speaks_for"]  # that decides which rows are gone
    gone = bureau.tlv([], K2, speaks_for="swv")
    assert asked(gone) == ["missing"] and len(gone.claim.doubts[0].rows) == 10
    assert bureau.tlv([], K2, speaks_for="swv", missing=Missing.FORGOTTEN).accepted
    assert len(bureau.build().rows("select 1 from tlv")) == 10


def test_a_register_that_reaches_less_far_back_takes_nothing_away(bureau):
    old = [granted(1, "12-09-2022")]
    assert bureau.tlv(old, K1, speaks_for="swv", since=date(2022, 8, 1)).accepted
    assert bureau.tlv([granted(2)], K2, missing=Missing.FORGOTTEN, sure=True).accepted
    assert bureau.spoken("tlv", "2022-2023-k2") == set(BOARD)
    assert len(bureau.build().rows("select 1 from tlv")) == 2


def test_a_register_asks_only_about_schools_it_speaks_for(bureau):
    everywhere = [granted(1), granted(2), granted(3, school=PRO), granted(4, school="90ZZ00")]
    assert bureau.tlv(everywhere, K1, speaks_for="swv").accepted
    part = bureau.tlv([granted(1)], K2, speaks_for="locations", sure=True)
    assert asked(part) == ["missing"] and len(part.claim.doubts[0].rows) == 1
    said = {"speaks_for": "locations", "sure": True, "missing": Missing.WRONG}
    assert bureau.tlv([granted(1)], K2, **said).accepted
    left = bureau.build().rows("select location_id from tlv order by location_id")
    assert [row["location_id"] for row in left] == [NORTH, PRO, "90ZZ00"]


@pytest.mark.parametrize(
    ("period", "said"),
    [(K2, {"speaks_for": "locations"}), (K1, {"speaks_for": "locations", "second": "vult_aan"})],
)
def test_what_a_register_lacks_is_asked_also_after_a_part_of_one(bureau, period, said):
    assert bureau.tlv([granted(1), granted(2, school=PRO)], K1, speaks_for="swv").accepted
    assert bureau.tlv([granted(1), granted(3)], period, sure=True, **said).accepted
    whole = bureau.tlv([granted(1), granted(3)], K3, speaks_for="swv", sure=True)
    assert asked(whole) == ["missing"] and len(whole.claim.doubts[0].rows) == 1


def test_a_school_outside_the_swv_is_named(bureau):
    result = bureau.tlv([granted(1), granted(2, school="90ZZ00")], K1, speaks_for="swv")
    assert result.accepted and any("90ZZ00 staat niet in" in note for note in result.notes)


def test_a_list_in_two_parts_is_an_addition_or_a_replacement(bureau):
    first = [spell(number, (NORTH, SOUTH)[number % 2]) for number in range(10)]
    second = [spell(number, (NORTH, SOUTH)[number % 2]) for number in range(10, 15)]
    assert bureau.absence(first, K1, speaks_for="swv").accepted
    result = bureau.absence(second, K1)
    assert asked(result) == ["second"] and len(result.claim.doubts[0].rows) == 10
    assert "vervangt 10 rijen" in result.claim.sentence
    more = bureau.absence(second, K1, second="vult_aan")
    assert more.accepted and len(bureau.standing(SEPTEMBER)) == 15
    bureau.store.undo(more.delivery.delivery_id, "bureau", "toch niet")
    assert bureau.absence(second, K1, second="vervangt").accepted
    assert len(bureau.standing(SEPTEMBER)) == 5


def test_a_correction_that_holds_everything_is_not_asked(bureau):
    rows = [spell(number, school) for number, school in enumerate(BOARD)]
    assert bureau.absence(rows, K1).accepted
    assert bureau.absence([*rows, spell(9)], K1).accepted
    assert len(bureau.standing(SEPTEMBER)) == 5


def test_the_same_file_with_another_claim_is_another_delivery(bureau):
    assert bureau.absence([spell(1)], K1, speaks_for="swv").accepted
    assert bureau.absence([spell(1)], K1).status == "al aanwezig"
    assert bureau.absence([spell(1)], K1, speaks_for="swv").status == "al aanwezig"
    assert bureau.absence([spell(1)], K1, speaks_for="locations").status == "opgeslagen"
    assert bureau.absence([spell(1)], K1, speaks_for="locations").status == "al aanwezig"


def test_who_is_no_longer_on_the_list_stays_counted_in_its_time(bureau):
    assert bureau.absence([spell(1), spell(2, SOUTH)], K1, answers=WHOLE).accepted
    later = [spell(2, SOUTH), spell(4, start="01-11-2023")]
    result = bureau.absence(later, K2)
    assert asked(result) == ["missing"]
    assert [row.key[1:] for row in result.claim.doubts[0].rows] == [(NORTH, "av", "2023-09-04")]
    assert bureau.absence(later, K2, missing=Missing.UNKNOWN).accepted
    assert bureau.standing(SEPTEMBER) == [NORTH, SOUTH]
    assert bureau.standing(date(2023, 12, 30)) == [NORTH, NORTH, SOUTH]
    assert bureau.standing(DECEMBER) == [NORTH, SOUTH]
    (lost,) = bureau.build().rows("select end_on from absence_spell where lost")
    assert lost["end_on"] == DECEMBER


@pytest.mark.parametrize(
    ("answer", "september", "december", "lost"),
    [
        (Missing.UNKNOWN, 2, 1, 1),
        (Missing.ENDED, 2, 1, 0),
        (Missing.FORGOTTEN, 2, 2, 0),
        (Missing.WRONG, 1, 1, 0),
    ],
)
def test_every_answer_counts_as_it_says(bureau, answer, september, december, lost):
    assert bureau.absence([spell(1), spell(2)], K1, answers=WHOLE).accepted
    assert bureau.absence([spell(2)], K2, missing=answer, sure=True).accepted
    assert len(bureau.standing(SEPTEMBER)) == september
    assert len(bureau.standing(DECEMBER)) == december
    assert len(bureau.build().rows("select 1 from absence_spell where lost")) == lost


def test_an_answer_can_be_given_per_row(bureau):
    assert bureau.absence([spell(n) for n in range(4)], K1, answers=WHOLE).accepted
    rows = bureau.absence([spell(0)], K2).claim.doubts[-1].rows
    said = Answers(
        missing=Missing.UNKNOWN,
        sure=True,
        rows={rows[0].row_id: MissingRow(rows[0].row_id, "fout")},
    )
    assert bureau.absence([spell(0)], K2, answers=said).accepted
    assert len(bureau.standing(SEPTEMBER)) == 3


def test_who_was_forgotten_may_come_back_or_be_gone_later(bureau):
    assert bureau.absence([spell(1), spell(2)], K1, answers=WHOLE).accepted
    assert bureau.absence([spell(2)], K2, missing=Missing.FORGOTTEN, sure=True).accepted
    assert asked(bureau.absence([spell(2)], K3, sure=True)) == ["missing"]
    assert bureau.absence([spell(2)], K3, sure=True, missing=Missing.UNKNOWN).accepted
    assert [len(bureau.standing(day)) for day in (DECEMBER, MARCH)] == [2, 1]
    back = [spell(1, end="01-05-2024"), spell(2)]
    result = bureau.absence(back, K4)
    assert asked(result) == ["sure"]
    assert "een andere “Begindatum”, na de dag" in result.claim.doubts[0].text
    assert bureau.absence(back, K4, sure=True).accepted
    assert [len(bureau.standing(day)) for day in (DECEMBER, MARCH)] == [2, 2]


def test_a_pupil_with_another_school_kind_or_first_day_is_not_gone(bureau):
    first = [spell(1), spell(2), spell(3)]
    assert bureau.absence(first, K1, answers=WHOLE).accepted
    other = [
        spell(1, SOUTH),
        spell(2, start="06-09-2023"),
        ["1003", NORTH, "LRV", "04-09-2023", ""],
    ]
    assert asked(bureau.absence(other, K2)) == []
    standing = bureau.build().rows(
        "select pupil_id from absence_spell where start_on <= ? and (end_on is null or end_on > ?)",
        [DECEMBER, DECEMBER],
    )
    assert len(standing) == len({row["pupil_id"] for row in standing}) == 3


def test_who_is_gone_is_asked_though_another_row_of_the_pupil_stays(bureau):
    """Two rows of one pupil on a list: that one is still there says nothing of the other."""
    ended = spell(1, start="01-09-2023", end="08-09-2023")
    for other in ([], [spell(1, SOUTH, "08-09-2023", "11-09-2023")]):
        first = [ended, *other, spell(1, start="18-09-2023"), spell(2)]
        assert bureau.absence(first, K1, answers=WHOLE).accepted
        assert asked(bureau.absence([ended, *other, spell(2)], K2)) == ["missing"]


def test_an_earlier_time_told_later_takes_nothing_over(bureau):
    first = [spell(1, start="18-09-2023"), spell(2)]
    assert bureau.absence(first, K1, answers=WHOLE).accepted
    earlier = spell(1, start="01-09-2023", end="08-09-2023")
    assert asked(bureau.absence([earlier, spell(2)], K2)) == ["missing"]


def test_a_correction_that_a_later_list_overtakes_says_so(bureau):
    assert bureau.absence([spell(1), spell(2)], K1, answers=WHOLE).accepted
    assert bureau.absence([spell(1), spell(2)], K2, sure=True).accepted
    result = bureau.absence([spell(1)], K1, sure=True)
    assert result.accepted
    assert any("telt nog mee, omdat een latere lijst" in note for note in result.notes)


def test_a_late_list_with_a_row_that_a_later_list_lacks_says_so(bureau):
    assert bureau.absence([spell(1)], K2, answers=WHOLE).accepted
    result = bureau.absence([spell(1), spell(2)], K1, sure=True)
    assert result.accepted and not result.delivery.missing
    assert any("niet op een latere lijst" in note for note in result.notes)
    assert [len(bureau.standing(day)) for day in (SEPTEMBER, DECEMBER)] == [2, 1]


def test_what_is_told_too_late_is_named(bureau):
    assert bureau.absence([spell(1)], K1, answers=WHOLE).accepted
    result = bureau.absence([spell(1), spell(2, PRO)], K2, sure=True)
    assert any("waarover al een lijst was geleverd" in note for note in result.notes)


def test_a_register_is_not_complete_before_its_first_row(bureau):
    early = date(2015, 8, 1)
    assert bureau.tlv([granted(1)], K1, speaks_for="swv", since=early).accepted
    assert bureau.spoken("tlv", "2022-2023-k2") == set()
    assert bureau.absence([spell(1)], K1, speaks_for="swv", since=early).accepted
    assert bureau.spoken("absence", "2022-2023-k2") == set()


def test_another_board_without_a_day_is_asked(bureau):
    rows = [[*place(PRO)[:3], "99905", "Bestuur 99905", "", ""], *map(place, (NORTH, SOUTH, VSO))]
    result = bureau.give("locaties", LOCATIONS, rows)
    assert asked(result) == ["sure"] and PRO in result.claim.doubts[0].text
    dated = [*rows, [*place(PRO)[:5], "", "31-12-2023"]]
    dated[0][5] = "01-01-2024"
    assert asked(bureau.give("locaties", LOCATIONS, dated)) == []


def test_undoing_a_list_gives_back_what_it_took_away(bureau):
    assert bureau.absence([spell(1), spell(2)], K1, answers=WHOLE).accepted
    result = bureau.absence([spell(2)], K2, missing=Missing.WRONG, sure=True)
    assert len(bureau.standing(SEPTEMBER)) == 1
    bureau.store.undo(result.delivery.delivery_id, "bureau", "toch niet")
    assert len(bureau.standing(SEPTEMBER)) == 2


def test_a_wrong_year_announces_no_quarters(bureau):
    rows = [granted(1), granted(2, "18-09-2003")]
    result = bureau.tlv(rows, K1, speaks_for="swv")
    if result.problems:  # refused for a year that cannot be
        assert not result.accepted
        return
    assert asked(result) == ["since"]
    since = date.fromisoformat(result.claim.doubts[0].choices[0][0])
    assert bureau.tlv(rows, K1, speaks_for="swv", since=since).accepted
    periods = bureau.build().rows("select period_id from period where period_type = 'kwartaal'")
    assert [row["period_id"] for row in periods] == [K1]


def test_a_name_that_contradicts_the_period_is_asked(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    names = (
        ("verzuim sept 2023.csv", ["sure"]),
        ("verzuim 2022-2023.csv", ["sure"]),
        ("verzuim dec 2023.csv", []),
        ("verzuim 2023-2024.csv", []),
        ("export 20261129.csv", []),
        ("verzuim 30-09-2023.csv", ["sure"]),
        ("verzuim 30-09-23.csv", ["sure"]),
        ("2024-06-30 verzuim.csv", ["sure"]),
        ("verzuim 05-12-2023.csv", ["sure"]),
        ("31-12-2023 verzuim.csv", []),
        ("verzuim 12 januari 2024.csv", []),
    )
    for number, (name, doubts) in enumerate(names):
        rows = [*every, spell(90 + number)]
        result = bureau.give("verzuim", ABSENCE, rows, K2, Answers(second="vervangt"), name)
        assert asked(result) == doubts, name


def test_rows_from_after_the_period_are_asked(bureau):
    late = [spell(number, school, "04-11-2023") for number, school in enumerate(BOARD)]
    assert asked(bureau.absence(late, K1)) == ["sure"]
    assert asked(bureau.absence(late, K2)) == []


def test_a_quarter_in_which_nothing_happened_is_asked(bureau):
    old = [spell(n, school, "04-09-2022", "01-10-2022") for n, school in enumerate(BOARD)]
    assert asked(bureau.absence(old, K1)) == ["sure"]


def test_far_fewer_rows_than_before_are_asked(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    many = [*every, *(spell(number, end="10-09-2023") for number in range(10, 40))]
    assert bureau.absence(many, K1).accepted
    assert asked(bureau.absence(every, K2)) == ["sure"]
    assert bureau.absence(every, K2, sure=True).accepted
    assert len(bureau.build().rows("select 1 from absence_spell")) == len(many)


def test_an_addition_is_not_asked_whether_it_is_complete(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    many = [*every, *(spell(number, end="10-09-2023") for number in range(10, 40))]
    more = [spell(50, PRO), spell(51, PRO)]
    assert bureau.absence(many, K1, answers=WHOLE).accepted
    assert bureau.absence([*many, spell(40)], K2).accepted
    assert asked(bureau.absence(more, K2)) == ["second"]
    assert asked(bureau.absence(more, K2, second="vult_aan")) == []
    assert bureau.spoken("absence", K2) == set(BOARD)


def test_what_was_added_to_a_list_is_part_of_its_size(bureau):
    def many(*numbers):
        return [spell(number, end="10-09-2023") for number in range(*numbers)]

    assert bureau.absence(many(40), K1, answers=WHOLE).accepted
    assert bureau.absence(many(40, 43), K1, second="vult_aan").accepted
    result = bureau.absence(many(10), K2)
    assert asked(result) == ["sure"] and "had er 43" in result.claim.doubts[0].text


def test_the_list_of_another_school_says_nothing_about_its_size(bureau):
    many = [spell(number, end="10-09-2023") for number in range(40)]
    assert bureau.absence([spell(50, PRO)], K1, speaks_for="locations").accepted
    assert bureau.absence(many, K1, speaks_for="locations").accepted
    assert bureau.absence([spell(50, PRO)], K2).accepted


def test_an_addition_speaks_for_the_schools_in_it_only(bureau):
    assert bureau.tlv([granted(1)], K1, speaks_for="locations").accepted
    more = bureau.tlv([granted(2, school=PRO)], K1, second="vult_aan")
    assert more.accepted and bureau.spoken("tlv", K1) == {NORTH, PRO}


def test_what_is_gone_is_asked_after_what_decides_which_rows_those_are(bureau):
    """So that one answer for all of them is about the rows that were seen."""
    assert bureau.absence([spell(1), spell(2), spell(3, PRO)], K1, answers=WHOLE).accepted
    assert bureau.absence([spell(1), spell(3, PRO)], K2, missing=Missing.ENDED).accepted
    result = bureau.absence([spell(9)], K2)
    assert asked(result) == ["second"] and len(result.claim.doubts[0].rows) == 2
    gone = bureau.absence([spell(9)], K2, second="vervangt")
    assert asked(gone) == ["missing"]
    assert [row.about.split(", ")[1] for row in gone.claim.doubts[0].rows] == [NORTH, PRO]


WITHOUT = ["1077", "", "AV", "04-09-2023", ""]


@pytest.mark.parametrize(
    ("rows", "scope", "stays"),
    [
        ([spell(1, start="02-09-2024")], "locations", True),
        ([spell(1, start="02-09-2024")], "boards", True),
        ([spell(1, start="02-09-2024")], "swv", False),
        ([["1078", "", "AV", "02-09-2024", ""]], "locations", False),
    ],
)
def test_only_who_speaks_for_pupils_without_a_school_ends_their_absence(bureau, rows, scope, stays):
    assert bureau.absence([WITHOUT, spell(1)], "2023-2024-k4", answers=WHOLE).accepted
    assert bureau.absence(rows, "2024-2025-k1", speaks_for=scope, sure=True).accepted
    found = bureau.build().rows(
        "select end_on from absence_stay where location_id = 'SWV' and start_on = '2023-09-04'"
    )
    assert [row["end_on"] for row in found] == [None if stays else date(2024, 7, 31)]


def test_a_list_of_locations_that_lacks_a_school_asks_whether_it_closed(bureau):
    assert bureau.absence([spell(1), spell(3, SOUTH), spell(4, PRO)], K1, answers=WHOLE).accepted
    rows = [place(school) for school in BOARD if school != SOUTH]
    result = bureau.give("locaties", LOCATIONS, rows)
    assert asked(result) == ["missing"]
    assert SOUTH in result.claim.doubts[0].text
    closed = Answers(missing=Missing.ENDED, missing_on=date(2023, 10, 31))
    assert bureau.give("locaties", LOCATIONS, rows, answers=closed).accepted
    (found,) = bureau.build().rows("select to_on from location where location_id = ?", [SOUTH])
    assert found["to_on"] == date(2023, 10, 31)
    assert bureau.standing(SEPTEMBER) == [NORTH, SOUTH, PRO]
    again = bureau.give("locaties", LOCATIONS, [place(PRO), place(VSO)])
    assert NORTH in again.claim.doubts[0].text and SOUTH not in again.claim.doubts[0].text


@pytest.mark.parametrize(("answer", "stays"), [(Missing.FORGOTTEN, True), (Missing.WRONG, False)])
def test_a_school_that_is_missing_may_be_forgotten_or_wrong(bureau, answer, stays):
    rows = [place(school) for school in BOARD if school != SOUTH]
    assert bureau.give("locaties", LOCATIONS, rows, answers=Answers(missing=answer)).accepted
    known = {row["location_id"] for row in bureau.build().rows("select location_id from location")}
    assert (SOUTH in known) is stays


def test_a_school_that_closed_before_keeps_its_past_without_a_question(tmp_path):
    bureau = Bureau(tmp_path, schools=())
    bureau.give("locaties", LOCATIONS, [place(NORTH), place(SOUTH, "31-07-2022")])
    assert bureau.give("locaties", LOCATIONS, [place(NORTH), place(PRO)]).accepted
    known = {row["location_id"] for row in bureau.build().rows("select location_id from location")}
    assert known == {NORTH, SOUTH, PRO}


def test_a_trial_says_the_same_and_stores_nothing(bureau):
    path = bureau.folder / "lijst.csv"
    stored = bureau.absence([spell(1)], K1, speaks_for="swv")
    assert stored.accepted and path.exists()
    before = bureau.store.history()
    assert asked(bureau.absence([spell(2)], K1)) == ["second"]
    assert bureau.store.history() == before


def test_the_claim_is_kept_with_the_delivery(bureau):
    bureau.absence([spell(1)], K1, speaks_for="locations", named=(PRO,))
    (found,) = [one for one in bureau.store.deliveries() if one.source == "verzuim"]
    assert (found.scope, found.speaks_for) == ("locations", (PRO,))
    assert replace(found) == found and "2 van 4" in found.claim
    assert bureau.give("tlv", TLV, [granted(1)], K1, WHOLE).delivery.scope == "swv"


COUNTS = (
    "Vestiging", "Kwartaal", "Soort verzuim", "Aantal op peildatum", "Nieuw", "Beëindigd",
    "Langer dan 3 maanden", "Langer dan 3 maanden zonder aanbod",
)  # fmt: skip


def test_numbers_of_which_a_part_is_missing_are_not_zero(bureau):
    def numbers(school, kind, stock):
        return [school, K1, kind, str(stock), "0", "0", "0", "0"]

    rows = [numbers(PRO, "AV", 2), numbers(NORTH, "AV", 2), numbers(NORTH, "LRV", 0)]
    result = bureau.give("verzuim_aantallen", COUNTS, rows)
    assert result.accepted and len(result.problems) == 1
    assert "langdurig relatief verzuim, met 0" in result.problems[0].expected
    assert bureau.spoken("absence_count", K1) == {NORTH}
    assert "spreekt voor 1 van 4 vestigingen" in result.claim.sentence
    better = [*rows, numbers(PRO, "LRV", 1)]
    assert bureau.give("verzuim_aantallen", COUNTS, better).problems == ()
    assert bureau.spoken("absence_count", K1) == {NORTH, PRO}


def test_an_answer_to_what_was_not_asked_is_said(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    first = bureau.absence(every, K1, second="vult_aan", missing="gestopt", since=date(2022, 8, 1))
    assert first.accepted
    told = "\n".join(first.notes)
    assert "geen eerdere lijst over deze tijd waarvan dit een aanvulling" in told
    assert "geen rij van een vorige lijst die in deze ontbreekt" in told
    assert "niet vanaf een dag" in told
    assert told.count("Dat antwoord is niet gebruikt.") == 3


def test_an_answer_that_does_not_fit_the_source_is_no_answer(bureau):
    """A decision was taken: it cannot be lost sight of, only forgotten or a mistake."""
    assert bureau.tlv([granted(1), granted(2)], K1, speaks_for="swv", sure=True).accepted
    result = bureau.tlv([granted(1)], K2, missing="niet_te_volgen", sure=True)
    assert asked(result) == ["missing"]
    assert "past niet bij" in "\n".join(result.notes)
    assert bureau.tlv([granted(1)], K2, missing="vergeten", sure=True).accepted


def test_numbers_speak_only_for_schools_with_every_kind(bureau):
    kinds = ((NORTH, "AV"), (NORTH, "LRV"), (PRO, "AV"))
    rows = [[school, K1, kind, "1", "0", "0", "0", "0"] for school, kind in kinds]
    result = bureau.give("verzuim_aantallen", COUNTS, rows, None, Answers(speaks_for="swv"))
    assert result.accepted and "alleen voor de vestigingen waarvan elke" in "\n".join(result.notes)
    assert bureau.spoken("absence_count", K1) == {NORTH}


def test_speaking_for_a_school_that_nobody_knows_is_said(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    result = bureau.absence(every, K1, named=("99ZZ99", PRO, "99901"))
    assert [note for note in result.notes if "99ZZ99" in note and "niet gebruikt" in note]
    assert not [note for note in result.notes if "“99901”" in note]


def test_an_answer_that_is_used_is_not_said(bureau):
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    bureau.absence(every, K1, speaks_for="swv")
    result = bureau.absence(every[:2], K1, second="vervangt", sure=True)
    assert result.accepted
    assert "niet gebruikt" not in "\n".join(result.notes)


def test_a_delivery_of_before_claims_may_still_be_stated(bureau):
    """The same file, handed in again by somebody who sees the claim."""
    every = [spell(number, school) for number, school in enumerate(BOARD)]
    bureau.absence(every, K1)
    new = bureau.store.deliveries()[-1]
    held = read_rows(bureau.store.rows_path(new.delivery_id))
    bureau.store.undo(new.delivery_id, "", "")

    columns = {**SOURCES["verzuim"].stored, **ROW_COLUMNS}
    rows = HeldRows(columns, {name: [row[name] for row in held] for name in columns})
    bureau.store.add(replace(new, claim=""), rows, {})

    def again(**more):
        return import_file(
            bureau.store, bureau.folder / "lijst.csv", source="verzuim", period=K1, isolated=False,
            sources=SOURCES, **more,
        )  # fmt: skip

    assert again().status == "al aanwezig"
    asking = again(show_first=True)
    assert asking.asks == "levering" and "alle 4 vestigingen" in asking.claim.sentence
    said = again(show_first=True, answers=Answers(sure=True))
    assert said.status == "opgeslagen"
    assert [bool(found.claim) for found in bureau.store.deliveries()][1:] == [False, True]
    assert again(show_first=True, answers=Answers(sure=True)).status == "al aanwezig"
    assert len(bureau.build().rows("select * from absence_spell")) == 4


def test_what_an_addition_tells_once_more_counts_once(bureau):
    rows = [[school, K1, kind, "2", "0", "0", "0", "0"] for school in (NORTH, PRO)
            for kind in ("AV", "LRV")]  # fmt: skip
    assert bureau.give("verzuim_aantallen", COUNTS, rows).accepted
    more = [[*row[:3], "3", *row[4:]] for row in rows[:2]]
    more += [[SOUTH, *row[1:]] for row in more]
    assert bureau.give("verzuim_aantallen", COUNTS, more, answers=Answers(second=ADDS)).accepted
    found = bureau.build().rows(
        "select location_id, sum(stock) as stock from absence_count group by 1"
    )
    assert {row["location_id"]: row["stock"] for row in found} == {NORTH: 6, SOUTH: 6, PRO: 4}


def test_where_a_pupil_was_told_of_first_is_not_changed_by_the_list_of_the_next_year(bureau):
    """At PRO nobody said any more in June that he was there; the list of NORTH did say so."""
    june = "select location_id from absence_stay where counts_from <= '2023-06-30'"
    june += " and (end_on is null or end_on > '2023-06-30')"
    elsewhere, here = spell(1, PRO, "05-09-2022"), spell(1, NORTH, "03-04-2023")
    assert bureau.absence([elsewhere], "2022-2023-k3", speaks_for="locations").accepted
    assert bureau.absence([here], "2022-2023-k4", speaks_for="locations").accepted
    before = {row["location_id"] for row in bureau.build().rows(june)}
    assert bureau.absence([here], K1, speaks_for="swv", sure=True).accepted
    assert {row["location_id"] for row in bureau.build().rows(june)} == before == {NORTH, PRO}


MERGED = ("Opgegaan in",)


def merged(bureau, last="31-10-2023"):
    """SOUTH went up in NORTH."""
    rows = [[*place(school, last if school == SOUTH else ""), NORTH if school == SOUTH else ""]
            for school in BOARD]  # fmt: skip
    assert bureau.give("locaties", LOCATIONS + MERGED, rows).accepted


@pytest.mark.parametrize(
    ("answer", "december", "march"),
    [("niet_te_volgen", 0, 0), ("gestopt", 0, 0), ("vergeten", 1, 1), ("fout", 0, 0)],
)
def test_who_was_open_at_a_school_that_merged_is_asked_with_the_list_of_its_successor(
    bureau, answer, december, march
):
    assert bureau.absence([spell(1, SOUTH)], K1, speaks_for="locations").accepted
    merged(bureau)
    result = bureau.absence([spell(2)], K2, speaks_for="locations", sure=True)
    assert asked(result) == ["missing"] and SOUTH in result.claim.doubts[0].rows[0].about
    said = {"speaks_for": "locations", "sure": True, "missing": answer}
    assert bureau.absence([spell(2)], K2, **said).accepted
    assert [bureau.standing(day).count(SOUTH) for day in (DECEMBER, MARCH)] == [december, march]
    assert bureau.standing(SEPTEMBER).count(SOUTH) == (answer != "fout")
    again = bureau.absence([spell(2), spell(3)], K3, speaks_for="locations", sure=True)
    assert asked(again) == (["missing"] if answer == "vergeten" else [])


def test_it_ends_on_the_first_count_date_of_which_the_successor_can_speak(bureau):
    assert bureau.absence([spell(1, SOUTH)], K1, speaks_for="locations").accepted
    merged(bureau, "31-01-2024")
    assert bureau.absence([spell(2)], K2, speaks_for="locations", sure=True).accepted
    said = {"speaks_for": "locations", "sure": True, "missing": "niet_te_volgen"}
    assert bureau.absence([spell(2)], K3, **said).accepted
    assert [bureau.standing(day).count(SOUTH) for day in (DECEMBER, MARCH)] == [1, 0]


def test_who_is_on_the_list_of_the_successor_is_not_asked(bureau):
    assert bureau.absence([spell(1, SOUTH)], K1, speaks_for="locations").accepted
    merged(bureau)
    assert bureau.absence([spell(1)], K2, speaks_for="locations", sure=True).accepted
    rows = bureau.build().rows(
        "select location_id, counts_from, end_on from absence_stay order by counts_from"
    )
    moved = date(2023, 11, 1)
    assert [tuple(row.values()) for row in rows] == [
        (SOUTH, date(2023, 9, 4), moved), (NORTH, moved, None),
    ]  # fmt: skip


def test_who_is_open_at_a_school_that_closed_is_asked(bureau):
    every = [spell(1), spell(2, PRO), spell(3, PRO, end="10-11-2023"), spell(4, VSO)]
    assert bureau.absence(every, K1, **WHOLE_SURE).accepted
    places = [place(school, "31-10-2023" if school == PRO else "") for school in BOARD]
    assert bureau.give("locaties", LOCATIONS, places).accepted
    later = [*every, spell(5, PRO, "06-11-2023"), spell(6, PRO, end="31-10-2023")]
    result = bureau.absence(later, K2, **WHOLE_SURE | {"sure": False})
    after, still = sorted(doubt.text for doubt in result.claim.doubts)
    assert asked(result) == ["sure", "sure"]
    assert after.startswith(f"1 rij begint pas na de laatste dag van {PRO}, dat op 31-10-2023")
    assert still.startswith(f"2 rijen staan nog open bij {PRO}, dat op 31-10-2023 sloot")
    assert "locatie gesloten" in still and still.count("Leerlingnummer …") == 2
    assert bureau.absence(later, K2, **WHOLE_SURE).accepted
    assert bureau.absence(every, K1, second="vervangt", speaks_for="swv").accepted


@pytest.mark.parametrize("into", ["", NORTH])
def test_what_is_open_at_a_school_that_went_up_in_another_is_not_asked(bureau, into):
    every = [spell(1), spell(2, SOUTH), spell(3, PRO), spell(4, VSO)]
    headers = (*LOCATIONS, "Opgegaan in")
    places = [[*place(one, "31-10-2023" if one == SOUTH else ""), ""] for one in BOARD]
    places[1][-1] = into
    assert bureau.give("locaties", headers, places).accepted
    result = bureau.absence(every, K2, speaks_for="swv")
    assert asked(result) == ([] if into else ["sure"])


COMPLAINT = ("Klachtnummer", "Ontvangen op", "Route", "Soort", "Uitkomst", "Afgesloten op")


@pytest.mark.parametrize(
    "said", [Answers(), WHOLE, Answers(second=ADDS), Answers(named=(NORTH,))], ids=str
)
def test_another_answer_does_not_say_that_an_empty_register_is_right(bureau, said):
    assert asked(bureau.give("klachten", COMPLAINT, [], K1, said)) == ["sure"]
    assert len(bureau.store.deliveries()) == 1
    assert bureau.give("klachten", COMPLAINT, [], K1, replace(said, sure=True)).accepted


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ({"speaks_for": "boards"}, False),
        ({"speaks_for": "locations"}, False),
        ({"sure": True}, False),
        ({"named": ("99ZZ99",)}, False),
        ({"speaks_for": "swv"}, True),
        ({"named": ("99902",)}, True),
    ],
    ids=str,
)
def test_only_what_was_offered_says_for_whom_an_empty_list_speaks(bureau, said, settled):
    result = bureau.absence([], K2, **said)
    assert asked(result) == ([] if settled else ["speaks_for"])
    assert len(bureau.store.deliveries()) == (2 if settled else 1)
    if "boards" in said.values():
        assert "Een lege lijst noemt geen vestiging" in "\n".join(result.notes)


def test_a_code_that_nobody_knows_does_not_say_for_whom_a_list_speaks(bureau):
    assert asked(bureau.absence([spell(1)], K1, named=("99ZZ99",))) == ["speaks_for"]
    assert bureau.absence([spell(1)], K1, named=("99ZZ99", PRO)).accepted


def test_sure_does_not_say_since_when_a_register_is_complete(bureau):
    rows = [granted(1, "11-09-2014"), granted(2)]
    assert asked(bureau.tlv(rows, K1, speaks_for="swv", sure=True)) == ["since"]


def test_who_stopped_and_began_again_is_handed_in_with_a_new_first_day(bureau):
    """As the question about who came back says."""
    assert bureau.absence([spell(1), spell(2)], K1, answers=WHOLE).accepted
    assert bureau.absence([spell(2)], K2, missing=Missing.ENDED, sure=True).accepted
    again = [spell(1, start="15-01-2024"), spell(2)]
    assert bureau.absence(again, K3).accepted
    assert [len(bureau.standing(day)) for day in (SEPTEMBER, DECEMBER, MARCH)] == [2, 1, 2]


def test_another_answer_to_a_file_that_is_there_says_how_to_change_it(bureau):
    assert bureau.absence([spell(1), spell(2)], K1, answers=WHOLE).accepted
    first = bureau.absence([spell(2)], K2, missing=Missing.ENDED, sure=True)
    second = bureau.absence([spell(2)], K2, missing=Missing.FORGOTTEN, sure=True)
    assert second.status == "al aanwezig"
    name = first.delivery.delivery_id
    assert f"Maak dan {name} ongedaan" in "\n".join(second.notes)
    bureau.store.undo(name, "bureau", "ander antwoord")
    assert bureau.absence([spell(2)], K2, missing=Missing.FORGOTTEN, sure=True).accepted
    assert len(bureau.standing(DECEMBER)) == 2


def places_with(school, until, into=""):
    """The list of locations in which one school has closed."""
    shut = {school: (until, into)}
    return [[*place(one, shut.get(one, ("", ""))[0]), shut.get(one, ("", ""))[1]] for one in BOARD]


@pytest.mark.parametrize(
    ("into", "words"), [("", "staat nog open bij"), (NORTH, "ging de vestiging van 1 rij op")]
)
def test_a_closing_that_is_told_after_the_lists_names_whom_it_ends(bureau, into, words):
    assert bureau.absence([spell(1, SOUTH), spell(2)], K1, **WHOLE_SURE).accepted
    if into:
        assert bureau.absence([spell(2)], K2, speaks_for="locations").accepted
    else:
        assert bureau.absence([spell(1, SOUTH), spell(2)], K2, **WHOLE_SURE).accepted
    headers = (*LOCATIONS, "Opgegaan in")
    places = places_with(SOUTH, "31-10-2023", into)
    result = bureau.give("locaties", headers, places)
    assert asked(result) == ["sure"] and words in result.claim.doubts[0].text
    assert "Leerlingnummer …" in result.claim.doubts[0].text
    assert bureau.give("locaties", headers, places, answers=Answers(sure=True)).accepted
    again = [[*row[:1], f"{row[1]}!", *row[2:]] for row in places]
    assert asked(bureau.give("locaties", headers, again)) == []


def test_a_school_that_closes_after_all_lists_is_not_asked(bureau):
    assert bureau.absence([spell(1, SOUTH), spell(2)], K1, **WHOLE_SURE).accepted
    places = places_with(SOUTH, "31-10-2023")
    assert asked(bureau.give("locaties", (*LOCATIONS, "Opgegaan in"), places)) == []
