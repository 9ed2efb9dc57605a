"""Cells become values by declared rules; what can mean two things is refused with a question."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.gate.columns import column_of, per_cell
from data.gate.convert import CellFinding, ColumnConverter, KnownCodes, periods_in_text
from data.gate.convert.nobody import is_nobody
from data.gate.read import CellError
from data.personal import is_name
from data.privacy import PLAIN_KEY, pseudonym, pseudonym_before
from data.source import SQL_TYPES, Column

SECRET = b"geheim"


def column(kind, **declared):
    return Column(name="kolom", label="Kolom", type=kind, headers=("Kolom",), **declared)


def converted(kind, value, **declared):
    """The stored values of one cell, or the Finding."""
    return ColumnConverter(column(kind, **declared), SECRET).convert([value])[0]


def refusal(kind, value, **declared):
    found = converted(kind, value, **declared)
    assert isinstance(found, CellFinding), f"{value!r} became {found}"
    return found


@pytest.mark.parametrize(
    ("kind", "text", "declared", "number"),
    [
        ("decimal", "8,39", {}, "8.39"),
        ("decimal", "1,664", {}, "1.664"),
        ("decimal", "-5", {}, "-5"),
        ("decimal", "−5", {}, "-5"),
        ("decimal", "1.234,5", {}, "1234.5"),
        ("decimal", "1.234.567", {}, "1234567"),
        ("decimal", "1.001", {"thousands": "."}, "1001"),
        ("decimal", "1 001", {"thousands": " "}, "1001"),
        ("decimal", "2.9", {"decimal": "."}, "2.9"),
        ("decimal", "1,234.5", {"decimal": "."}, "1234.5"),
        ("decimal", 0.1 + 0.2, {}, "0.3"),
        ("decimal", 1.001, {}, "1.001"),
        ("integer", "1.001", {"thousands": "."}, "1001"),
        ("integer", "927", {"thousands": "."}, "927"),
        ("integer", "007", {}, "7"),
        ("integer", "12,0", {}, "12"),
        ("integer", 12.0, {}, "12"),
        ("integer", 2.9999999999999996, {}, "3"),
        ("percent", "1,93%", {}, "1.93"),
        ("percent", "1,93 %", {}, "1.93"),
        ("percent", 28.4, {}, "28.4"),
        ("euro", "€ 1.234,50", {}, "1234.50"),
        ("euro", "-€ 12", {}, "-12"),
        ("euro", "€ -12", {}, "-12"),
        ("euro", "12,-", {}, "12"),
        ("euro", 10.005, {}, "10.01"),
    ],
)
def test_a_number_that_can_mean_one_thing_is_read(kind, text, declared, number):
    assert converted(kind, text, **declared) == (Decimal(number),)


@pytest.mark.parametrize(
    ("kind", "text", "declared", "advice"),
    [
        ("decimal", "1.001", {}, "Bedoelt u 1001 of 1,001?"),
        ("integer", "1.001", {}, "Bedoelt u 1001 of 1,001?"),
        ("decimal", "1,001", {"decimal": "."}, "Bedoelt u 1001 of 1.001?"),
        ("decimal", "1.5", {}, "Schrijf 1,5."),
        ("decimal", "0.123", {}, "Schrijf 0,123."),
        ("decimal", "1.5", {"thousands": "."}, "Schrijf 1,5."),
        ("decimal", "0.123", {"thousands": "."}, "Schrijf 0,123."),
        ("decimal", "1.0012", {"thousands": "."}, "Schrijf 1,0012."),
        ("decimal", "<5", {}, "niet afgesproken"),
        ("decimal", "5-", {}, "minteken"),
        ("decimal", "(5)", {}, "minteken"),
        ("decimal", "1 001", {}, "alleen een getal"),
        ("decimal", "1E5", {}, "alleen een getal"),
        ("decimal", "ca. 5", {}, "alleen een getal"),
        ("decimal", ",5", {}, "alleen een getal"),
        ("decimal", "٣", {}, "alleen een getal"),
        ("decimal", "8,39%", {}, "alleen een getal"),
        ("decimal", "0,1234567", {}, "hoogstens 6"),
        ("decimal", "1000000000000", {}, "te groot"),
        ("integer", "8,39", {}, "geen cijfers achter de komma"),
        ("integer", 8.39, {}, "geen cijfers achter de komma"),
        ("integer", "9223372036854775808", {}, "te groot"),
        ("euro", "12,345", {}, "hoogstens 2"),
        ("integer", True, {}, "Vul een getal in"),
        ("integer", date(2023, 2, 1), {}, "Excel heeft er een datum van gemaakt"),
        ("integer", CellError("#N/A"), {}, "formule"),
        ("integer", "#DEEL/0!", {}, "formule"),
        ("date", float("inf"), {}, "formule"),
        ("text", float("nan"), {}, "formule"),
        ("integer", "", {}, "alleen een getal"),
    ],
)
def test_a_number_that_is_not_certain_is_refused_with_advice(kind, text, declared, advice):
    assert advice in refusal(kind, text, **declared).advice


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["", "."]), st.booleans())
def test_a_number_is_read_as_it_was_written_or_refused(number, thousands, grouped):
    written = f"{number:,.3f}" if grouped else f"{number:.3f}"
    dutch = written.translate(str.maketrans(",.", ".,"))
    found = converted("decimal", dutch, thousands=thousands)
    assert found == (number,)


@given(st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,3}){0,2}", fullmatch=True))
def test_no_text_is_read_as_two_different_numbers_by_neighbouring_sources(text):
    """Whatever a source declares as thousands sign, it may refuse but not contradict."""
    plain = converted("decimal", text)
    with_sign = converted("decimal", text, thousands=".")
    if not isinstance(plain, CellFinding):
        assert plain == with_sign


def test_a_mark_is_kept_as_a_mark_and_not_as_a_number():
    declared = {"marks": ("<5", "-99997"), "missing": ("-", "x")}
    converter = ColumnConverter(column("integer", **declared), SECRET)
    cells = ["<5", "< 5", -99997, -99997.0, "-", "X", None, "12", 12]
    assert converter.convert(cells) == [
        (None, "<5"),
        (None, "<5"),
        (None, "-99997"),
        (None, "-99997"),
        (None, None),
        (None, None),
        (None, None),
        (12, None),
        (12, None),
    ]
    assert isinstance(converter.convert(["<10"])[0], CellFinding)


def test_an_empty_or_missing_cell_in_a_filled_column_is_refused():
    for empty in (None, "-"):
        found = refusal("integer", empty, required=True, missing=("-",))
        assert found.expected == "een heel getal"
        assert found.advice == "Vul deze cel in."
    assert converted("integer", None, required=True, optional_cell=True) == (None,)


@pytest.mark.parametrize(
    ("value", "allowed"), [(0.1, True), ("0,1", True), ("0,09", False), ("4,01", False)]
)
def test_limits_are_exact(value, allowed):
    found = converted("decimal", value, minimum=Decimal("0.1"), maximum=4)
    assert (found == (Decimal("0.1"),)) == allowed
    if not allowed:
        assert found.expected == "een getal van 0,1 tot en met 4"


def test_excel_percentages_that_may_be_fractions_are_asked_about():
    converter = ColumnConverter(column("percent"), SECRET)
    found = converter.convert([0.0193, 0.5, "1,93%", 0])
    assert "Bedoelt u 0,0193% of 1,93%?" in found[0].advice
    assert isinstance(found[1], CellFinding)
    assert found[2:] == [(Decimal("1.93"),), (0,)]
    whole = ColumnConverter(column("percent"), SECRET)
    assert whole.convert([0.5, 28.4]) == [(Decimal("0.5"),), (Decimal("28.4"),)]


@pytest.mark.parametrize(
    "value",
    [
        "01-09-2023",
        "1-9-2023",
        "1/9/2023",
        "1.9.2023",
        "2023-09-01",
        "2023-09-01T00:00:00",
        "01-09-2023 00:00",
        "20230901",
        20230901,
        "1 september 2023",
        "1-sep-2023",
        "1 sept. 2023",
        date(2023, 9, 1),
        datetime(2023, 9, 1, 12, 30),
    ],
)
def test_a_date_is_read_in_every_usual_form(value):
    assert converted("date", value) == (date(2023, 9, 1),)


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("31-02-2023", "bestaat niet"),
        ("29-02-2023", "bestaat niet"),
        ("9/13/2023", "eerst de dag"),
        ("1-9-23", "vier cijfers"),
        ("1 sep '23", "vier cijfers"),
        (45170, "dagnummer van Excel (01-09-2023?)"),
        (45170.5, "dagnummer van Excel"),
        ("45170", "dagnummer van Excel"),
        (2023, "Dit is een getal"),
        ("september 2023", "Vul een datum in"),
        ("01-09-1823", "1823"),
        (True, "Vul een datum in"),
        ("1-9/2023", "Vul een datum in"),
    ],
)
def test_a_date_that_is_not_certain_is_refused_with_advice(value, advice):
    assert advice in refusal("date", value).advice


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from("-/."))
def test_day_and_month_never_change_places(day, sign):
    assert converted("date", f"{day.day}{sign}{day.month}{sign}{day.year}") == (day,)
    assert converted("date", day.isoformat()) == (day,)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Ja", True), ("J", True), ("waar", True), (1, True), (True, True), ("TRUE", True)]
    + [("nee", False), ("N", False), ("Onwaar", False), (0.0, False), (False, False), ("0", False)],
)
def test_yes_and_no(text, value):
    assert converted("boolean", text) == (value,)


def test_one_and_true_are_different_cells():
    """1 == 1.0 == True in Python; the memory of a column may not mix them up."""
    converter = ColumnConverter(column("integer"), SECRET)
    found = converter.convert([1, True, 1.0])
    assert found[0] == found[2] == (1,)
    assert isinstance(found[1], CellFinding)


def test_what_is_not_yes_or_no_is_refused():
    assert refusal("boolean", "misschien").expected == "ja of nee"
    assert isinstance(converted("boolean", 2), CellFinding)


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2016-2017", "2016-2017"),
        ("2016/2017", "2016-2017"),
        ("2016–2017", "2016-2017"),
        ("16-17", "2016-2017"),
        ("2012/'13", "2012-2013"),
        ("2012/’13", "2012-2013"),
        ("2023-24", "2023-2024"),
        ("202425", "2024-2025"),
        (202425, "2024-2025"),
        ("20162017", "2016-2017"),
        ("1617", "2016-2017"),
        ("99-00", "1999-2000"),
        ("Schooljaar 2016-2017", "2016-2017"),
    ],
)
def test_a_school_year_is_read_in_every_usual_form(value, year):
    assert converted("school_year", value) == (year,)


@pytest.mark.parametrize(
    "value", ["2016", 2016, "2021", "2016-2018", "16", date(2011, 12, 10), "x"]
)
def test_half_a_school_year_is_refused(value):
    assert refusal("school_year", value).expected == "een schooljaar, zoals 2023-2024"


def test_one_year_asks_which_school_year():
    advice = refusal("school_year", 2016).advice
    assert "2015-2016 of 2016-2017" in advice


@pytest.mark.parametrize(
    ("value", "period"),
    [
        ("2023-2024-k1", "2023-2024-k1"),
        ("sept 2023", "2023-2024-k1"),
        ("2023-09", "2023-2024-k1"),
        ("30-09-2023", "2023-2024-k1"),
        (date(2024, 6, 30), "2023-2024-k4"),
        ("kwartaal 2 2023-2024", "2023-2024-k2"),
        ("2023-2024", "2023-2024"),
        (2023, "2023"),
    ],
)
def test_a_period_is_read_in_every_usual_form(value, period):
    assert converted("period", value) == (period,)


def test_a_month_that_excel_made_a_date_is_asked_about():
    assert "2023-2024-k1?" in refusal("period", date(2023, 9, 1)).advice
    assert isinstance(converted("period", "oktober 2023"), CellFinding)


CATEGORIES = {"values": {"av": ("AV", "absoluut verzuim", "av"), "klein": ("<3", "klein")}}


@pytest.mark.parametrize("text", ["av", "AV", "Absoluut  verzuim", "ABSOLUUT-VERZUIM"])
def test_a_category_may_be_spelled_in_any_declared_way(text):
    assert converted("category", text, **CATEGORIES) == ("av",)


@pytest.mark.parametrize(("cell", "code"), [(True, "ja"), (False, "nee")])
def test_a_yes_or_no_of_a_workbook_is_a_category_that_names_it_so(cell, code):
    values = {"ja": ("ja", "waar"), "nee": ("nee", "onwaar")}
    assert converted("category", cell, values=values) == (code,)
    assert "Zet de cel op Tekst" in refusal("category", cell, values={"ja": ("ja",)}).advice


def test_a_category_that_does_not_exist_gets_the_nearest():
    found = refusal("category", "absoluut verzum", **CATEGORIES)
    assert found.advice == "Bedoelt u “absoluut verzuim”?"
    assert found.expected == "een van: AV, <3"
    assert isinstance(converted("category", ">3", **CATEGORIES), CellFinding)


@pytest.mark.parametrize("text", ["00AA00", "00aa00", "00aa 00", "00AA-00", " 00AA00"])
def test_a_location_has_one_code(text):
    assert converted("location_code", text) == ("00AA00",)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("00AA", "bijvoorbeeld 00AA00"),
        ("00AA7", "Bedoelt u 00AA07?"),
        ("OOAAO1", "Bedoelt u 00AA01?"),
        ("De Springplank", "lijst van locaties"),
        (12, "lijst van locaties"),
    ],
)
def test_a_wrong_location_gets_advice(text, advice):
    assert advice in refusal("location_code", text).advice


def test_an_unknown_location_gets_the_nearest_known_one():
    known = KnownCodes(locations=frozenset(["00AA00", "01BB00"]))
    converter = ColumnConverter(column("location_code", known="location"), SECRET, known)
    right, wrong = converter.convert(["00AA00", "00AB00"])
    assert right == ("00AA00",)
    assert "Bedoelt u 00AA00?" in wrong.advice
    unchecked = ColumnConverter(column("location_code", known="location"), SECRET, KnownCodes())
    assert unchecked.convert(["00AB00"]) == [("00AB00",)]


@pytest.mark.parametrize(
    ("value", "branch"), [("0", "00"), (0, "00"), (7.0, "07"), ("10", "10"), ("00AH03", "03")]
)
def test_a_branch_number_has_two_digits(value, branch):
    assert converted("branch", value) == (branch,)


@pytest.mark.parametrize("value", ["1.0", "100", "-1", 1.5, "00AH"])
def test_what_is_no_branch_number_is_refused(value):
    assert isinstance(converted("branch", value), CellFinding)


def test_codes_get_their_leading_zeros_back():
    assert converted("municipality_code", 153) == ("0153",)
    assert converted("municipality_code", "GM0153") == ("0153",)
    assert converted("board_code", 10053.0) == ("10053",)
    assert converted("board_code", "41") == ("00041",)
    assert converted("brin", "00ah") == ("00AH",)
    assert isinstance(converted("brin", "00AH00"), CellFinding)


def test_a_text_keeps_what_was_typed():
    assert converted("text", "Mariëndael") == ("Mariëndael",)
    assert converted("text", "NA") == ("NA",)
    assert converted("text", 12.0) == ("12",)
    assert converted("text", 1.5) == ("1,5",)
    assert "Excel heeft er een datum van gemaakt" in refusal("text", date(2023, 2, 1)).advice


def test_a_text_has_its_declared_form_and_length():
    declared = {"pattern": "[0-9]{2}", "max_length": 3}
    assert converted("text", "12", **declared) == ("12",)
    assert "12" in refusal("text", "123", **declared).found
    assert "hoogstens 3 tekens" in refusal("text", "1234", **declared).expected


def test_damaged_text_is_kept_with_a_remark():
    found = refusal("text", "Mari\ufffdndael")
    assert found.severity == "let op"
    assert found.values == ("Mari\ufffdndael",)


@pytest.mark.parametrize(
    "text", ["mail jan@school.nl", "bsn 111222333", "111.222.333", "1112.22.333"]
)
def test_personal_data_in_a_text_is_refused_and_not_repeated(text):
    found = refusal("text", text)
    assert "monitor bewaart het niet" in found.advice
    assert text not in found.found


def test_a_key_is_the_same_in_every_spelling_and_cannot_be_read_back():
    converter = ColumnConverter(column("key"), SECRET)
    codes = {found[0] for found in converter.convert(["00123", "123", 123, 123.0, " 1 23"])}
    assert len(codes) == 1
    code = codes.pop()
    assert re.fullmatch("[0-9a-f]{20}", code)
    other = ColumnConverter(column("key"), b"ander geheim").convert(["123"])
    assert other != [(code,)]


@pytest.mark.parametrize("value", [1.2345678901234567e17, 10**16, "1,23E+17", True])
def test_a_key_that_excel_damaged_is_refused(value):
    assert isinstance(converted("key", value), CellFinding)


def test_a_birth_date_becomes_two_other_dates():
    found = converted("birth_date", "15-08-2007")
    assert found == (date(2024, 7, 31), date(2025, 8, 31))


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Verzuim 2016-2017.xlsx", ["2016-2017"]),
        ("verzuim_2016_2017.csv", ["2016-2017"]),
        ("verzuim2023-2024", ["2023-2024"]),
        ("schooljaar 16-17", ["2016-2017"]),
        ("2012/'13", ["2012-2013"]),
        ("leerlingen 202425", ["2024-2025"]),
        ("leerlingen 20242025", ["2024-2025"]),
        ("brinvest-1516-tov-1617.csv", ["2015-2016", "2016-2017"]),
        ("sept 2023", ["2023-2024-k1"]),
        ("September_2023", ["2023-2024-k1"]),
        ("maart 2024", ["2023-2024-k3"]),
        ("2024-06", ["2023-2024-k4"]),
        ("kwartaal 1 2023-2024", ["2023-2024-k1"]),
        ("1e kwartaal van 2023-2024", ["2023-2024-k1"]),
        ("2023-2024-k1", ["2023-2024-k1"]),
        ("Q4 23-24", ["2023-2024-k4"]),
        ("stand per 31-12-2023", ["2023-2024-k2"]),
        ("stand per 30 september 2023", ["2023-2024-k1"]),
        ("export 20230930", ["2023-2024-k1"]),
        ("Jaarrekening 2024.pdf", ["2024"]),
        ("dec 2023 en mrt 2024", ["2023-2024-k2", "2023-2024-k3"]),
        ("2011-12", ["2011-2012-k2", "2011-2012"]),
        ("kwartaal 3 2023", []),
        ("1 september 2023", []),
        ("export 2023-10-01", []),
        ("oktober 2023", []),
        ("scholentabel 4.0.xlsx", []),
        ("tel 0612345678", []),
        ("2016-2018", []),
        ("", []),
    ],
)
def test_periods_are_found_in_names_and_titles(text, periods):
    assert list(periods_in_text(text)) == periods


@given(st.text(max_size=40))
def test_any_text_may_be_searched_for_periods(text):
    periods_in_text(text)


@given(
    st.sampled_from(["integer", "decimal", "percent", "euro", "date", "boolean", "school_year"])
    | st.sampled_from(["period", "key", "birth_date", "location_code", "brin", "branch", "text"])
    | st.sampled_from(["board_code", "municipality_code"]),
    st.none()
    | st.text(max_size=12)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes(),
)
def test_any_cell_is_converted_or_refused(kind, value):
    found = converted(kind, value)
    assert isinstance(found, CellFinding | tuple)
    if isinstance(found, CellFinding):
        assert found.expected
        assert found.advice


def test_a_serial_number_names_the_day_excel_means():
    serial = (date(2024, 2, 29) - date(1899, 12, 30)) / timedelta(days=1)
    assert "29-02-2024" in refusal("date", serial).advice


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.integers(), st.floats(), st.dates(),
    st.datetimes(), st.text(max_size=12), st.sampled_from((CellError("#N/A"), CellError("#REF!"))),
    st.sampled_from((
        "onbekend", "0", "00AA00", "00aa", "1,5", "1.234", "12%", "€ 5,-", "<5", "< 5", "ja", "j",
        "04-09-2023", "2023-09-04", "2023-2024", "2023-2024-k1", "AV", "absoluut", "L-12", "#N/B",
        "Jan de Vries", "1E+15", "41234", "0014", "x" * 1001,
    )),
    st.from_regex(PLAIN_KEY, fullmatch=True),
)  # fmt: skip
DECLARED = {
    "category": {"values": {"AV": ("absoluut", "AV"), "LRV": ("langdurig",)}},
    "integer": {"marks": ("<5",), "missing": ("-",)},
    "location_code": {"known": "location", "missing": ("onbekend",)},
    "euro": {"minimum": 0, "maximum": 1000},
    "date": {"years": (-3, 1)},
}


@given(st.sampled_from(sorted(SQL_TYPES)), st.lists(CELLS, max_size=12), st.booleans())
def test_a_whole_column_is_converted_as_its_cells_are_one_by_one(kind, cells, required):
    """A number above 2 beside it: what a small percentage means hangs on the whole column."""
    codes = KnownCodes(locations=frozenset({"00AA00"}), named={"school": frozenset({"00AA00"})})

    def convert(some):
        of = column(kind, optional_cell=not required, **DECLARED.get(kind, {}))
        return ColumnConverter(of, SECRET, codes, date(2023, 9, 30)).convert([*some, 100])[:-1]

    one_by_one = [convert([cell])[0] for cell in cells]
    assert repr(convert(cells)) == repr(one_by_one)


@given(st.from_regex(PLAIN_KEY, fullmatch=True))
def test_a_plain_number_takes_the_short_way_to_the_same_code(text):
    assert not is_nobody(text)
    assert not is_name(text)
    assert converted("key", text) == (pseudonym(text, SECRET),)
    assert pseudonym(text, SECRET) == pseudonym_before(text, SECRET)


@given(st.lists(CELLS, max_size=12))
def test_each_different_cell_is_asked_once_and_its_type_counts(cells):
    asked = []

    def told(cell):
        asked.append((type(cell), cell))
        return repr(cell)

    # 0.0 and -0.0 are one cell, as a spreadsheet shows them
    assert [t.replace("-0.0", "0.0") for t in per_cell(told, cells)] == [
        repr(cell).replace("-0.0", "0.0") for cell in cells
    ]
    assert len(asked) == len(set(asked))


@given(st.lists(st.lists(CELLS, max_size=3), max_size=5), st.integers(0, 3))
def test_a_column_is_empty_where_a_row_is_shorter(rows, at):
    assert column_of(rows, at) == [(*row, None, None, None, None)[at] for row in rows]
