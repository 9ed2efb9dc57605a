"""One pupil, one key: other spellings of a number are the same, and nobody is nobody."""

import hmac
from pathlib import Path

import pytest
from small_sources import file, sheet

from data.deliveries.store import Store
from data.gate.convert import CellFinding, ColumnConverter, KnownCodes
from data.gate.earlier import known_codes
from data.gate.importing import import_file
from data.gate.read import CellError
from data.gate.recognise import recognise
from data.gate.validate import validate
from data.privacy import pseudonym, pseudonym_before
from data.source_file import load_sources

SOURCES = load_sources()
SECRET = b"geheim"
HEADER = ["Leerlingnummer", "Vestiging", "Soort verzuim", "Begindatum", "Einddatum"]


def of(*rows, source="verzuim", header=HEADER):
    read = file(sheet(header, *rows))
    return validate(read, recognise(read, {source: SOURCES[source]}), secret=SECRET)


def spells(*numbers, start="04-09-2023"):
    return [[number, f"90AA0{at}", "AV", start, None] for at, number in enumerate(numbers)]


@pytest.mark.parametrize("text", ["1234", "V-0010", "v 0010", "0012", "AB12"])
def test_the_code_of_an_ordinary_number_is_what_it_always_was(text):
    same = "".join(text.split()).upper()
    same = same.lstrip("0") if same.isdecimal() else same
    always = hmac.digest(SECRET, same.encode(), "sha256").hex()[:20]
    assert pseudonym(text, SECRET) == pseudonym_before(text, SECRET) == always


@pytest.mark.parametrize(
    "other",
    [
        "0100000", "100000.0", "100000,00", "100.000", "100,000", "100 000", "100\u00a0000",
        "\u200b100000", "1\u00ad00000", "\ufeff100000", "\u200e100000", "１０００００",
        100000, 100000.0,
    ],
)  # fmt: skip
def test_another_spelling_is_the_same_pupil(other):
    result = of(*spells("100000", other))
    assert len(set(result.columns["pupil_id"])) == 1
    assert not result.error_count


@pytest.mark.parametrize("other", ["1000000", "10000", "1000.000", "V100000", "100.001"])
def test_another_number_is_another_pupil(other):
    assert len(set(of(*spells("100000", other)).columns["pupil_id"])) == 2


@pytest.mark.parametrize("text", ["1E+05", "1,2E+3", "1.2e+03", "1.2E5", 1e15, 1.5e20])
def test_a_number_that_excel_shortened_is_refused_with_the_reason(text):
    result = of(*spells(text))
    assert "bewaart zo'n lang nummer niet precies" in result.problems[0].advice


@pytest.mark.parametrize(
    "text",
    [
        "onbekend", "Onbekend", "n.v.t.", "NVT", "-", "--", "?", "0", "000", 0, "99999", 999999,
        "NaN", "NULL", "NA", "n/a", "#N/B", "#####", "x", "xxx", "geen", CellError("#N/A"),
    ],
)  # fmt: skip
def test_what_stands_for_no_number_is_an_unknown_person_per_row(text):
    result = of(*spells(text, text, text, "2001"))
    assert not result.error_count
    assert len(set(result.columns["pupil_id"])) == 4
    assert [(p.row, p.severity) for p in result.problems] == [(2, "let op")]
    assert "3 regels (2, 3, 4)" in result.problems[0].advice


@pytest.mark.parametrize("text", ["9", "99", "0001", "X1", "nan-12", "90210"])
def test_a_number_that_looks_like_it_is_somebody(text):
    assert not of(*spells(text)).problems


def test_an_unknown_person_is_the_same_one_in_the_next_list_also_when_rows_moved():
    first = of(*spells("-", "onbekend"))
    ended = [["7", "90AA00", "AV", "01-09-2023", None], *reversed(spells("0", "?"))]
    ended[1][4] = "30-09-2023"
    assert of(*ended).columns["pupil_id"][1:] == first.columns["pupil_id"][::-1]


def test_equal_rows_of_unknown_persons_are_as_many_persons():
    row = ["onbekend", "90AA00", "AV", "04-09-2023", None]
    result = of(row, row, row)
    assert not result.error_count
    assert len(set(result.columns["pupil_id"])) == 3


def test_an_empty_number_and_a_broken_formula_are_still_asked_for():
    result = of(*spells(None, CellError("#REF!")))
    assert [problem.row for problem in result.problems] == [2, 3]
    assert "vul dan onbekend in" in result.problems[0].advice


def test_two_unknown_numbers_in_a_row_are_two_persons():
    header = [
        "TLV-nummer", "Leerlingnummer", "Vestiging", "Soort TLV", "Datum besluit", "Besluit",
        "Soort aanvraag",
    ]  # fmt: skip
    rest = ["90AA00", "VSO", "11-09-2023", "toegekend", "eerste"]
    result = of(["-", "-", *rest], ["T1", "-", *rest], source="tlv", header=header)
    assert not result.error_count
    keys = result.columns["tlv_number"] + result.columns["pupil_id"]
    assert len(set(keys)) == 4


@pytest.mark.parametrize(
    "names", [["Jan de Vries", "F. Jansen"], ["Vries, Jan de"], ["KEVIN BAKKER"], ["Fatima"]]
)
def test_a_name_in_the_place_of_a_number_is_refused_and_not_repeated(names):
    result = of(*spells(*names))
    assert [problem.row for problem in result.problems] == list(range(2, 2 + len(names)))
    assert all("leerlingnummers" in problem.advice for problem in result.problems)
    assert not [name for name in names if name in repr(result)]


@pytest.mark.parametrize("number", ["V-0010", "AB 12", "niet bekend", "Stam 12", "ECK-iD 9"])
def test_what_is_no_name_is_a_number(number):
    assert not of(*spells(number)).error_count


def test_who_is_stored_under_the_code_of_before_keeps_it():
    column = SOURCES["verzuim"].columns["pupil_id"]
    before, now = pseudonym_before("1234.0", SECRET), pseudonym("1234.0", SECRET)
    for stored, key in (((), now), ((before,), before), ((before, now), now)):
        known = KnownCodes(keys=lambda stored=stored: frozenset(stored))
        (found,) = ColumnConverter(column, SECRET, known).convert(["1234.0"])
        assert not isinstance(found, CellFinding)
        assert found == (key,)


def test_the_codes_of_earlier_deliveries_are_read_from_the_store(tmp_path: Path):
    store = Store(tmp_path / "store")
    path = tmp_path / "opp.csv"
    path.write_text(
        "Leerlingnummer;Vestiging;Begindatum OPP;Einddatum OPP\n12;90AA00;01-09-2022;\n"
    )
    result = import_file(store, path, period="2023-2024-k1", isolated=False)
    assert result.accepted
    keys = known_codes(store, SOURCES).keys()
    assert keys == {pseudonym("12", store.secret)}
