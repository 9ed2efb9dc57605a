"""What is written comes back, whatever it is: random tables through every kind of file."""

import csv
import io
from datetime import date, datetime

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.gate.read import read_file
from data.gate.read.encoding import decode

QUICK = settings(max_examples=60, deadline=None)
WORDS = [
    "café",
    "Mariëndael",
    "Één",
    "coördinator",
    "ideeën",
    "patiënt",
    "Fryslân",
    "Súdwest-Fryslân",
    "crèche",
    "naïef",
    "reünie",
    "financiën",
    "Zuid-Oost",
    "officiële",
    "MARIËNDAEL",
    "CAFÉ",
    "COÖRDINATIE",
    "bèta",
    "Curaçao",
    "überhaupt",
    "hè",
    "zoölogie",
    "geïnteresseerd",
    "Daniël",
    "René",
    "Zoë",
    "Noël",
    "Çelik",
    "Gülşen",
    "Müller",
    "Ångström",
]


def encodable(word, encoding):
    return word.encode(encoding, "ignore").decode(encoding) == word


def read_bytes(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return read_file(path, isolated=False)


def written(rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def as_read(text):
    """What a person sees of a text: the blanks around it do not count."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


printable = st.text(
    st.one_of(st.sampled_from(";,\t|\"'\n é€<"), st.characters(codec="cp1252", categories="LNPSZ")),
    max_size=12,
).filter(lambda text: "_x000D_" not in text and not {"\xa0", "\u200b"} & set(text))
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(printable, min_size=width, max_size=width), min_size=1, max_size=12
    )
)


@QUICK
@given(tables, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_csv_with_a_known_delimiter_comes_back(tmp_path_factory, rows, delimiter, encoding):
    text = f"sep={delimiter}\r\n" + written(rows, delimiter)
    read = read_bytes(tmp_path_factory.mktemp("csv"), "a.csv", text.encode(encoding))
    expected = [[as_read(cell) for cell in row] for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert read.sheets[0].rows == expected


plain = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 9999).map(str),
    st.floats(0, 100).map(lambda number: f"{number:.2f}".replace(".", ",")),
)
regular = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(plain, min_size=width, max_size=width), min_size=3, max_size=30
    ).map(lambda rows: [[f"kolom {n}" for n in range(width)], *rows])
)


@QUICK
@given(regular, st.sampled_from(";\t|"))
def test_the_delimiter_is_found_among_decimal_commas(tmp_path_factory, rows, delimiter):
    content = written(rows, delimiter).encode()
    read = read_bytes(tmp_path_factory.mktemp("csv"), "a.csv", content)
    assert (read.delimiter, read.sheets[0].rows) == (delimiter, rows)


@QUICK
@given(regular)
def test_a_comma_is_found_with_quoted_decimals(tmp_path_factory, rows):
    read = read_bytes(tmp_path_factory.mktemp("csv"), "a.csv", written(rows, ",").encode())
    assert (read.delimiter, read.sheets[0].rows) == (",", rows)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "utf-8", "utf-16"])
@QUICK
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_dutch_words_are_decoded_as_they_were_meant(encoding, words):
    text = " ; ".join(word for word in words if encodable(word, encoding))
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    if not text.isascii():
        assert decoded.encoding == encoding


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
@pytest.mark.parametrize("word", WORDS)
def test_one_word_is_enough_to_tell_the_encoding(word, encoding):
    if encodable(word, encoding) and not word.isascii():
        assert decode(f"naam;{word};x".encode(encoding)).encoding == encoding


@pytest.mark.parametrize("sign", ["€ 5", "‘t Anker", "Foto’s", "5 – 12", "“ja”", "1\u00a0234"])
def test_signs_of_windows_are_not_taken_for_dos(sign):
    assert decode(f"naam;{sign};x".encode("cp1252")).encoding == "cp1252"


numbers = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e6, 1e6))
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
words = st.one_of(
    st.sampled_from([*WORDS, "NA", "None", "nan", "0012", "<5", "1.234", "#N/A x", "-"]),
    st.text(st.characters(codec="utf-8", categories="LNP"), min_size=1, max_size=10),
).filter(lambda text: not text.startswith(("=", "#")) and "_x" not in text)
grids = st.lists(
    st.lists(
        st.one_of(st.none(), words, numbers, st.booleans(), days, moments), min_size=4, max_size=4
    ),
    min_size=1,
    max_size=10,
)


def seen(value):
    """How a cell value looks once it lies in a workbook: whole numbers and days are whole."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date()
    return value


@QUICK
@given(grids)
def test_any_xlsx_comes_back(tmp_path_factory, rows):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    path = tmp_path_factory.mktemp("xlsx") / "a.xlsx"
    book.save(path)
    assert_same(read_file(path, isolated=False).sheets[0].rows, rows)


@QUICK
@given(grids)
def test_any_xls_comes_back(tmp_path_factory, rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad1")
    day = xlwt.easyxf(num_format_str="dd-mm-yyyy")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell, *([day] if isinstance(cell, date) else []))
    path = tmp_path_factory.mktemp("xls") / "a.xls"
    book.save(str(path))
    assert_same(read_file(path, isolated=False).sheets[0].rows, rows)


def assert_same(read, rows):
    """Cell by cell; a workbook knows no width, so empty cells at the end may be absent."""
    for row_number, row in enumerate(rows):
        for column, value in enumerate(row):
            found = read[row_number] if row_number < len(read) else []
            cell = found[column] if column < len(found) else None
            expected = seen(value)
            if isinstance(expected, float):
                assert cell == pytest.approx(expected, rel=1e-14, abs=1e-12)
            else:
                assert (type(cell), cell) == (type(expected), expected)


def test_sheets_keep_their_order_names_and_being_hidden(tmp_path):
    book = Workbook()
    book.active.title = "Uitleg"
    book.active.sheet_state = "hidden"
    book.create_sheet("R&D <1>").append(["school"])
    book.create_sheet("leeg")
    book.create_chartsheet("grafiek")
    path = tmp_path / "a.xlsx"
    book.save(path)
    read = read_file(path)
    assert [(sheet.name, sheet.hidden, sheet.rows) for sheet in read.sheets] == [
        ("Uitleg", True, []), ("R&D <1>", False, [["school"]]), ("leeg", False, []),
    ]  # fmt: skip
    assert read.notes == ("Verborgen in dit bestand: blad ‘Uitleg’.",)


def test_a_big_sheet_crosses_in_pieces_without_loss(tmp_path):
    rows = [[f"leerling {n}", n, date(2024, 1, 1 + n % 28)] for n in range(9_000)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert read_file(path).sheets[0].rows == rows
