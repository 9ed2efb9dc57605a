"""A number far from what the same school or SWV told before is asked before it is stored."""

import pytest
from claim_world import NORTH, PRO, SOUTH, Bureau, asked
from small_sources import ABSENCE, sources_of

from data.gate.claim import Answers
from data.gate.claim.own_history import usual
from data.strict import DefinitionError

PUPILS = ("Vestiging", "Peildatum", "Aantal leerlingen")
BALANCE = ("Jaar", "Soort bedrag", "Totale bruto baten", "Publiek eigen vermogen")
COUNTS = (
    "Vestiging", "Kwartaal", "Soort verzuim", "Aantal op peildatum", "Nieuw", "Beëindigd",
    "Langer dan 3 maanden", "Langer dan 3 maanden zonder aanbod",
)  # fmt: skip


@pytest.fixture
def bureau(tmp_path):
    return Bureau(tmp_path)


def pupils(bureau, year, numbers, **said):
    rows = [(school, f"01-10-{year}", number) for school, number in numbers.items()]
    return bureau.give("leerlingen", PUPILS, rows, f"{year}-{year + 1}", Answers(**said))


def balance(bureau, year, income, equity, **said):
    row = (str(year), "realisatie", income, equity)
    return bureau.give("balans", BALANCE, [row], None, Answers(**said))


def test_one_pupil_at_a_school_of_a_thousand_is_asked(bureau):
    assert pupils(bureau, 2022, {NORTH: "1000", SOUTH: "500"}).accepted
    result = pupils(bureau, 2023, {NORTH: "1", SOUTH: "480"})
    assert asked(result) == ["sure"]
    assert result.claim.doubts[0].text == (
        "Dit is heel anders dan eerder: “Aantal leerlingen” (90AA00) is 1, op 01-10-2022 was dat "
        "1.000. Klopt dat?"
    )
    assert pupils(bureau, 2023, {NORTH: "1", SOUTH: "480"}, sure=True).accepted


@pytest.mark.parametrize(
    ("number", "is_asked"),
    [("333", True), ("334", False), ("3000", False), ("3001", True), ("<5", True), ("0", True)],
)
def test_without_more_history_three_times_as_much_or_a_third_is_usual(bureau, number, is_asked):
    assert pupils(bureau, 2022, {NORTH: "1000"}).accepted
    assert asked(pupils(bureau, 2023, {NORTH: number})) == (["sure"] if is_asked else [])


def test_what_is_usual_follows_from_its_own_history():
    assert usual([100]) == (50, 200)
    assert usual([100, 400]) == (200, 3200)  # once four times as much
    assert usual([400, 100, 100]) == (12.5, 200)
    assert usual([-100]) == (-200, -50)
    assert usual([0, 10], 3) == (pytest.approx(10 / 3), 30)


@pytest.mark.parametrize(
    ("before", "now"),
    [({NORTH: "6"}, {NORTH: "40"}), ({NORTH: "49"}, {NORTH: "2"}), ({NORTH: "900"}, {PRO: "1"})],
)
def test_small_counts_and_what_has_no_history_are_not_asked(bureau, before, now):
    assert pupils(bureau, 2022, before).accepted
    assert pupils(bureau, 2023, now).accepted


def test_from_no_thuiszitters_to_six_is_not_asked_and_sixty_is(bureau):
    def counts(period, stock):
        rows = [(NORTH, period, kind, stock, "0", "0", "0", "0") for kind in ("AV", "LRV")]
        return bureau.give("verzuim_aantallen", COUNTS, rows)

    assert counts("2023-2024-k1", "0").accepted
    assert counts("2023-2024-k2", "6").accepted
    assert asked(counts("2023-2024-k3", "60")) == ["sure"]


def test_a_correction_is_held_against_the_years_before_it(bureau):
    """Also when the wrong number was stored: the right one is not asked about."""
    assert pupils(bureau, 2022, {NORTH: "1000"}).accepted
    assert pupils(bureau, 2023, {NORTH: "1"}, sure=True).accepted
    assert pupils(bureau, 2023, {NORTH: "990"}).accepted


@pytest.mark.parametrize("year", [2021, 2022])
def test_without_a_year_before_it_is_held_against_what_was_told(bureau, year):
    """Of the same day (the case of 1.000 pupils and then 1), or of the year after."""
    assert pupils(bureau, 2022, {NORTH: "1000", SOUTH: "500"}).accepted
    result = pupils(bureau, year, {NORTH: "1"}, second="vervangt")
    assert (
        asked(result) == ["sure"] and "op 01-10-2022 was dat 1.000" in result.claim.doubts[0].text
    )


def test_what_was_stored_so_is_not_asked_again(bureau):
    assert balance(bureau, 2021, "20000000", "3000000").accepted
    assert balance(bureau, 2022, "9000000", "3000000", sure=True).accepted
    rows = [
        (str(year), "realisatie", income, "3000000")
        for year, income in ((2021, "20000000"), (2022, "9000000"), (2023, "9000000"))
    ]
    assert bureau.give("balans", BALANCE, rows).accepted


def test_thousands_of_euros_among_euros_are_asked_in_one_question(bureau):
    assert balance(bureau, 2022, "20000000", "3000000").accepted
    result = balance(bureau, 2023, "20500", "2900")
    assert asked(result) == ["sure"]
    text = result.claim.doubts[0].text
    assert "“Totale bruto baten” (realisatie) is 20.500,00, in 2022 was dat 20.000.000,00" in text
    assert "“Publiek eigen vermogen”" in text and text.endswith("hele euro's, geen duizenden?")
    assert balance(bureau, 2023, "20500000", "900000").accepted  # a reserve that was spent


def test_the_years_of_one_file_are_held_against_each_other(bureau):
    first = [(str(year), "realisatie", "20000000", "3000000") for year in (2021, 2022)]
    assert bureau.give("balans", BALANCE, first).accepted
    more = [("2023", "begroting", "20000000", "1"), ("2024", "begroting", "20000", "1")]
    result = bureau.give("balans", BALANCE, more)
    assert (
        asked(result) == ["sure"] and "in 2023 was dat 20.000.000,00" in result.claim.doubts[0].text
    )


def test_a_steady_column_is_a_number_and_knows_its_moment():
    def errors_of(text):
        with pytest.raises(DefinitionError) as caught:
            sources_of(bron=text)
        return "\n".join(caught.value.errors)

    assert "alleen bij een getal" in errors_of(
        ABSENCE.replace('type = "text"', 'type = "text"\nsteady = [50, 2]')
    )
    counted = ABSENCE.replace('type = "integer"', 'type = "integer"\nsteady = [50, 2]')
    rows = 'one_row_per = ["pupil_id", "kind", "start_on"]'
    assert "one_row_per staat geen datum" in errors_of(counted.replace(rows, rows[:-12] + "]"))
