"""A school that was merged goes on as one that is there: else its pupils would be nowhere."""

import pytest
from small_sources import ABSENCE, file, sheet, sources_of

from data.gate.recognise import recognise
from data.gate.validate import KnownCodes, validate
from data.source_file import load_sources
from data.strict import DefinitionError

SOURCE = load_sources()["locaties"]
HEADER = [
    "Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur",
    "Tot en met", "Opgegaan in",
]  # fmt: skip
NORTH, SOUTH, EAST, WEST = "90AA00", "90AA01", "90BB00", "90CC00"


def of(*rows, before=()):
    """What is wrong with schools of (code, last day, what it was merged into): (row, message)."""
    held = [[code, code, "vo", "99901", "Bestuur", end, into] for code, end, into in rows]
    read = file(sheet(HEADER, *held))
    known = KnownCodes(locations=frozenset(before))
    result = validate(read, recognise(read, {"locaties": SOURCE}), secret=b"x", known=known)
    assert all(problem.severity == "fout" for problem in result.problems)
    return [(problem.row, problem.message) for problem in result.problems]


def test_a_merger_into_a_school_of_the_list_or_the_list_before_is_good():
    assert not of((NORTH, None, None), (SOUTH, "31-07-2025", NORTH))
    assert not of((SOUTH, "31-07-2025", NORTH), (EAST, None, None), before=[NORTH])


def test_merging_one_after_the_other_is_good():
    assert not of((NORTH, "31-07-2024", SOUTH), (SOUTH, "31-07-2025", EAST), (EAST, None, None))


def test_a_school_that_nobody_knows_is_refused_with_the_nearest():
    ((row, message),) = of((NORTH, None, None), (EAST, "31-07-2025", "90AA10"))
    assert row == 3
    assert "kolom “Opgegaan in” (G): er staat “90AA10”" in message
    assert "een vestiging die in deze lijst staat. Bedoelt u 90AA00?" in message
    assert "laat de cel dan leeg" in message
    ((_, far),) = of((NORTH, None, None), (EAST, "31-07-2025", "12ZZ99"))
    assert "Bedoelt u" not in far


def test_a_refused_code_makes_no_school_seem_to_be_missing():
    problems = of(("90A", None, None), (EAST, "31-07-2025", NORTH))
    assert [row for row, _ in problems] == [2]


def test_a_school_merged_into_itself_is_refused():
    ((row, message),) = of((NORTH, "31-07-2025", NORTH), (SOUTH, None, None))
    assert (row, "een andere vestiging dan die van deze regel" in message) == (2, True)


@pytest.mark.parametrize("days", [("31-07-2025",) * 3, ("31-07-2023", "31-07-2024", None)])
def test_a_circle_is_refused_in_each_of_its_rows(days):
    ends = dict(zip((NORTH, SOUTH, EAST), days, strict=True))
    two = of((NORTH, ends[NORTH], SOUTH), (SOUTH, ends[SOUTH], NORTH), (EAST, None, None))
    assert [row for row, _ in two] == [2, 3]
    assert all("op regel 2 en 3 gaan in elkaar op" in message for _, message in two)
    three = of(
        (NORTH, ends[NORTH], SOUTH), (SOUTH, ends[SOUTH], EAST), (EAST, ends[EAST], NORTH),
        (WEST, "31-07-2022", NORTH),
    )  # fmt: skip
    assert [row for row, message in three if "2, 3 en 4" in message] == [2, 3, 4]
    assert len(three) == 3


def test_a_merger_without_a_last_day_is_refused():
    ((row, message),) = of((NORTH, None, None), (SOUTH, None, NORTH))
    assert row == 3
    assert "er staat “90AA00”. Verwacht: ook een laatste dag (“Tot en met”)" in message
    ((_, wrong),) = of((NORTH, None, None), (SOUTH, "31-02-2025", NORTH))
    assert "Deze dag bestaat niet" in wrong


def test_a_school_that_had_closed_by_then_takes_nobody_over():
    ((row, message),) = of(
        (NORTH, "31-07-2025", SOUTH), (SOUTH, "31-07-2025", EAST), (EAST, None, None)
    )
    assert (row, "90AA01 sloot op 31-07-2025" in message) == (2, True)


def test_a_school_that_was_there_again_is_no_circle():
    read = file(
        sheet(
            [*HEADER, "Vanaf"],
            [NORTH, NORTH, "vo", "99901", "Bestuur", "31-07-2020", SOUTH, None],
            [SOUTH, SOUTH, "vo", "99901", "Bestuur", "31-07-2025", NORTH, None],
            [NORTH, NORTH, "vo", "99902", "Ander bestuur", None, None, "01-08-2023"],
        )
    )
    result = validate(read, recognise(read, {"locaties": SOURCE}), secret=b"x")
    assert not result.problems


def test_a_rule_that_names_no_column_is_an_error():
    text = ABSENCE + '[rows.merger]\nof = "location_id"\ninto = "merged"\nend = "end_on"\n'
    with pytest.raises(DefinitionError) as caught:
        sources_of(verzuim=text)
    assert "[rows] merger noemt kolom 'merged'" in "\n".join(caught.value.errors)
