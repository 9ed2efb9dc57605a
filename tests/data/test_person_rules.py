"""What cannot be true of one pupil or school is said with the rows it is about."""

from datetime import date, datetime

import pytest
from small_sources import ABSENCE, file, sheet, sources_of

from data.gate.recognise import recognise
from data.gate.validate import validate
from data.source_file import load_sources
from data.strict import DefinitionError

SOURCES = load_sources()
ABSENT = ["Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum"]
BORN = [*ABSENT, "Geboortedatum"]
PLACE = [
    "Vestiging", "Naam vestiging", "Soort onderwijs", "Bestuursnummer", "Naam bestuur", "Vanaf",
    "Tot en met",
]  # fmt: skip


def of(source, header, *rows):
    read = file(sheet(header, *rows))
    return validate(read, recognise(read, {source: SOURCES[source]}), secret=b"x")


def told(result):
    return [(p.row, p.severity, p.value) for p in result.problems]


def test_a_school_at_two_boards_at_once_is_refused():
    def row(board, start, end, code="90AA00"):
        return [code, "Noord", "vo", board, f"Bestuur {board}", start, end]

    both = of("locaties", PLACE, row("99901", None, "31-07-2023"), row("99902", "31-07-2023", None))
    assert [(row, severity) for row, severity, _ in told(both)] == [(3, "fout")]
    assert "regel 2 (altijd al tot 31-07-2023)" in both.problems[0].value
    always = of("locaties", PLACE, row("99901", None, None), row("99902", None, None))
    assert always.error_count == 1
    after = of(
        "locaties", PLACE,
        row("99901", None, "31-07-2023"), row("99902", "01-08-2023", None),
        row("99902", None, None, "90AA01"),
    )  # fmt: skip
    assert not after.problems


def test_one_number_with_two_birth_dates_is_refused_with_both_rows():
    rows = [
        ["1001", "90AA00", "AV", "01-09-2023", "02-09-2023", "12-03-2008"],
        ["1001", "90BB00", "AV", "04-09-2023", None, "30-11-2010"],
        ["1001", "90AA00", "LRV", "01-05-2023", "02-05-2023", "12-03-2008"],
        ["1002", "90AA00", "AV", "01-09-2023", "02-09-2023", None],
        ["1002", "90AA00", "AV", "05-09-2023", None, "30-11-2010"],
    ]
    result = of("verzuim", BORN, *rows)
    assert [(row, severity) for row, severity, _ in told(result)] == [(3, "fout")]
    assert "op regel 2" in result.problems[0].expected
    assert "2010" not in result.problems[0].message


@pytest.mark.parametrize(
    ("kind", "start", "birth", "old"),
    [
        ("AV", "12-03-2026", "12-03-2008", True),
        ("AV", "11-03-2026", "12-03-2008", False),
        ("LRV", "12-03-2026", "12-03-2008", False),
        ("AV", "01-03-2026", "29-02-2008", True),
        ("AV", "28-02-2026", "29-02-2008", False),
        ("AV", datetime(2026, 3, 12), date(2008, 3, 12), True),
        ("AV", "12-03-2026", None, False),
    ],
)
def test_absolute_absence_after_the_18th_birthday_is_named(kind, start, birth, old):
    result = of("verzuim", BORN, ["1001", "90AA00", kind, start, None, birth])
    assert [(p.row, p.severity) for p in result.problems] == ([(2, "let op")] if old else [])


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('part_of = [["hours", "start_on"]]', "kolommen met getallen"),
        ('part_of = [["hours", "uren"]]', "[rows] part_of noemt kolom 'uren'"),
        ('flow = ["hours", "hours"]', "flow noemt drie kolommen"),
        ('[rows.one_at_a_time]\nof = "pupil"\nstart = "start_on"\nend = "end_on"\nquestion = "?"',
         "[rows] one_at_a_time noemt kolom 'pupil'"),
        ('[rows.younger]\nbirth = "born"\non = "start_on"\nthan = 18\nwhen = "kind"\nvalues = []',
         "[rows] younger noemt kolom 'born'"),
    ],
)  # fmt: skip
def test_a_rule_that_names_no_column_of_the_source_is_an_error(rule, message):
    with pytest.raises(DefinitionError) as caught:
        sources_of(verzuim=f"{ABSENCE}\n{rule}\n")
    assert message in "\n".join(caught.value.errors)


@pytest.mark.parametrize(
    ("years", "message"),
    [("[-1]", "twee getallen"), ("[2, 1]", "komt na het laatste")],
)
def test_years_are_a_first_and_a_last(years, message):
    text = ABSENCE.replace('type = "date"', f'type = "date"\nyears = {years}', 1)
    with pytest.raises(DefinitionError) as caught:
        sources_of(verzuim=text)
    assert message in "\n".join(caught.value.errors)
