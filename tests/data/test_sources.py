"""Every source, through the real import: its example is accepted, each of its rules is checked."""

import csv
import io
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from handing_in import whole

from data.build import Swv, build
from data.calendar import Calendar
from data.database import read_rows
from data.deliveries.store import Store
from data.gate.import_result import QUESTION, REFUSED, STORED, ImportResult
from data.gate.importing import import_file
from data.gate.problem import column_letter
from data.gate.templates import template_workbook
from data.plain import plain
from data.source import NUMBERS, Column, Source
from data.source_file import SOURCES as FOLDER
from data.source_file import load_sources

SOURCES = load_sources()
EVERY_SOURCE = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
PERIODS = {"kwartaal": "2023-2024-k1", "schooljaar": "2023-2024", "kalenderjaar": None}
Table = list[list[str]]


@pytest.fixture(scope="module")
def with_locations(tmp_path_factory) -> Path:
    """A store that knows the locations of the examples."""
    folder = tmp_path_factory.mktemp("known")
    result = import_file(Store(folder), FOLDER / "locaties" / "example.csv", isolated=False)
    assert result.status == STORED, messages(result)
    return folder


@pytest.fixture
def store(with_locations, tmp_path) -> Store:
    """A fresh copy of that store."""
    return Store(Path(shutil.copytree(with_locations, tmp_path / "store")))


def messages(result: ImportResult) -> str:
    return "\n".join(problem.message for problem in result.problems) or str(result)


def period_of(source: Source) -> str | None:
    """The period a user would give with the example."""
    return None if source.delivery.period_column else PERIODS.get(source.delivery.period)


def example_of(source: Source) -> Table:
    with (FOLDER / source.id / "example.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def written(table: Table, folder: Path) -> Path:
    path = folder / "levering.csv"
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(table)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def imported(store: Store, path: Path, kind: Source, **more) -> ImportResult:
    more.setdefault("answers", whole(kind.id))
    return import_file(store, path, period=period_of(kind), isolated=False, sources=SOURCES, **more)


@EVERY_SOURCE
def test_the_example_is_recognised_and_stored_whole(source, store) -> None:
    result = imported(store, FOLDER / source.id / "example.csv", source)
    assert result.status == STORED or source.id == "locaties", messages(result)
    assert result.source == source.id and not result.problems, messages(result)
    assert result.rows_stored == len(example_of(source)) - 1
    assert not result.dropped


@EVERY_SOURCE
def test_a_filled_in_template_is_accepted(source, store, tmp_path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(source)))
    sheet = book[source.title]
    place = {plain(cell.value): cell.column for cell in sheet[1]}
    header, *rows = example_of(source)
    for number, row in enumerate(rows, start=2):
        for name, cell in zip(header, row, strict=True):
            sheet.cell(number, place[plain(name)], cell)
    book.save(tmp_path / "sjabloon.xlsx")
    result = imported(store, tmp_path / "sjabloon.xlsx", source)
    assert result.source == source.id and result.status == STORED, messages(result)
    assert result.rows_stored == len(rows)


@EVERY_SOURCE
def test_every_synonym_of_a_header_is_recognised(source, store, tmp_path) -> None:
    longest = max(len(column.headers) for column in source.columns.values())
    header, *rows = example_of(source)
    by_name = {plain(column.label): column for column in source.columns.values()}
    for turn in range(1, longest):
        names = [
            column.headers[min(turn, len(column.headers) - 1)]
            for column in (by_name[plain(name)] for name in header)
        ]
        path = written([names, *rows], tmp_path)
        result = imported(store, path, source, source=source.id, dry_run=True)
        assert result.accepted, f"{names}\n{messages(result)}"
        assert result.rows_good == len(rows) and not result.dropped


@EVERY_SOURCE
def test_without_a_required_column_we_ask(source, store, tmp_path) -> None:
    header, *rows = example_of(source)
    for column in source.columns.values():
        if column.required:
            at = [plain(name) for name in header].index(plain(column.label))
            less = [row[:at] + row[at + 1 :] for row in (header, *rows)]
            result = imported(store, written(less, tmp_path), source, source=source.id)
            assert result.status == QUESTION and result.rows_stored == 0, column.name
            assert column.label in result.question.message, result.question.message


LASTING = [source for source in SOURCES.values() if source.rows.ends_by]


@pytest.mark.parametrize("source", LASTING, ids=[source.id for source in LASTING])
def test_what_lasts_may_say_so_in_words(source, store, tmp_path) -> None:
    header, *rows = example_of(source)
    label = plain(source.columns[source.rows.ends_by].label)
    at = [plain(name) for name in header].index(label)
    for words in ("lopend", "Loopt nog", "n.v.t.", "NVT", "-", "heden", "", "onbekend", "gestopt"):
        table = [header, *([*row[:at], words, *row[at + 1 :]] for row in rows)]
        result = imported(store, written(table, tmp_path), source, dry_run=True)
        says_nothing = words in ("onbekend", "gestopt")
        assert (result.status == REFUSED) == says_nothing, f"{words}: {messages(result)}"


def test_who_is_still_at_home_lasts(store, tmp_path) -> None:
    header, row, *_ = example_of(SOURCES["verzuim"])
    at = header.index("Einddatum")
    table = [header, [*row[:at], "nog thuis", *row[at + 1 :]]]
    result = imported(store, written(table, tmp_path), SOURCES["verzuim"])
    assert result.status == STORED, messages(result)
    (stored,) = read_rows(store.rows_path(result.delivery.delivery_id))
    assert stored["end_on"] is None


def wrong_cells(source: Source, column: Column) -> dict[str, str]:
    """Per rule of a column a cell that breaks it."""
    by_type = {
        "integer": "twee",
        "decimal": "veel",
        "percent": "veel",
        "euro": "gratis",
        "date": "31-02-2023",
        "birth_date": "31-02-2008",
        "boolean": "misschien",
        "category": "iets anders",
        "school_year": "2023",
        "period": "volgend jaar",
        "location_code": "90AA",
        "brin": "Voorbeeldcollege",
        "branch": "hoofdgebouw",
        "board_code": "Stichting Voorbeeld",
        "municipality_code": "Voorbeeldstad",
    }
    wrong = {column.type: by_type[column.type]} if column.type in by_type else {}
    if column.filled:
        wrong["filled"] = ""
    if column.minimum is not None:
        below = column.minimum - (1 if column.type in NUMBERS else timedelta(days=1))
        wrong["minimum"] = f"{below:%d-%m-%Y}" if isinstance(below, date) else str(below)
    if column.maximum is not None:
        wrong["maximum"] = str(column.maximum + 1)
    if column.years:
        wrong["years"] = "01-09-2099"
    if column.known:
        wrong["known"] = "91ZZ99"
    if column.pattern:
        wrong["pattern"] = "Niet zo!"
    if column.max_length:
        wrong["max_length"] = "x" * (column.max_length + 1)
    if column.type in ("integer", "decimal", "euro", "percent") and column.thousands != ".":
        wrong["two readings"] = "1.204"
    return wrong


@pytest.mark.parametrize(
    ("source", "name", "rule", "cell"),
    [
        pytest.param(source, name, rule, cell, id=f"{source.id}-{name}-{rule}")
        for source in SOURCES.values()
        for name, column in source.columns.items()
        for rule, cell in wrong_cells(source, column).items()
    ],
)
def test_a_cell_that_breaks_a_rule_is_named(source, name, rule, cell, store, tmp_path) -> None:
    table = example_of(source)
    label = source.columns[name].label
    at = [plain(header) for header in table[0]].index(plain(label))
    table[-1][at] = cell
    answers = replace(whole(source.id), above="leeg")
    result = imported(store, written(table, tmp_path), source, source=source.id, answers=answers)
    assert result.status in (REFUSED, QUESTION) and result.rows_stored == 0, rule
    named = f"“{table[0][at]}” ({column_letter(at)})"
    assert (len(table), named) in [(p.row, p.column) for p in result.problems], messages(result)
    assert {problem.row for problem in result.problems} <= {None, len(table)}, messages(result)


@pytest.mark.parametrize(
    ("source", "part", "whole"),
    [
        pytest.param(source, *pair, id=f"{source.id}-{pair[0]}")
        for source in SOURCES.values()
        for pair in source.rows.part_of
    ],
)
def test_a_part_above_its_whole_is_refused_with_both_numbers(
    source, part, whole, store, tmp_path
) -> None:
    table = example_of(source)
    headers = [plain(header) for header in table[0]]
    table[-1][headers.index(plain(source.columns[part].label))] = "1207"
    table[-1][headers.index(plain(source.columns[whole].label))] = "3"
    result = imported(store, written(table, tmp_path), source)
    assert result.status == REFUSED
    told = [p.message for p in result.problems if source.columns[part].label in p.column]
    assert any("“1.207”" in text and "hoogstens 3," in text for text in told), told


def test_more_new_pupils_than_are_there_or_left_are_refused(store, tmp_path) -> None:
    source = SOURCES["verzuim_aantallen"]
    header, first, *_ = example_of(source)
    for numbers, accepted in (("2 3 1 0 0", True), ("2 4 1 0 0", False), ("0 1 0 0 0", False)):
        table = [header, [*first[:3], *numbers.split()]]
        result = imported(store, written(table, tmp_path), source, dry_run=True)
        assert result.accepted == accepted, messages(result)


def test_two_quarters_that_do_not_join_up_are_named(store, tmp_path) -> None:
    source = SOURCES["verzuim_aantallen"]
    header, first, *_ = example_of(source)

    def told(*rows: str) -> list[str]:
        table = [header]
        for row in rows:
            period, *numbers = row.split()
            table.append([first[0], f"2023-2024-{period}", first[2], *numbers])
        result = imported(store, written(table, tmp_path), source, dry_run=True)
        assert result.accepted, messages(result)
        other = "ook een regel voor"  # the kind that these rows leave out
        found = [p for p in result.problems if other not in p.expected]
        return [f"{p.row} {p.value} {p.expected} {p.severity}" for p in found]

    assert told("k1 2 1 0 0 0", "k2 3 2 1 0 0") == []
    assert told("k1 2 1 0 0 0", "k3 9 2 1 0 0") == []
    (found,) = told("k2 4 2 1 0 0", "k1 2 1 0 0 0")
    assert found == "2 4 3: 2 in het kwartaal ervoor (regel 3), 2 erbij, 1 eraf let op"


def shift_after(source: Source, table: Table) -> list[tuple[str, Table]]:
    """Per date order a table whose last row breaks it."""
    headers = [plain(header) for header in table[0]]
    broken = []
    for late, early in source.rows.after:
        changed = [list(row) for row in table]
        changed[-1][headers.index(plain(source.columns[late].label))] = "01-03-2022"
        changed[-1][headers.index(plain(source.columns[early].label))] = "02-03-2022"
        broken.append((late, changed))
    return broken


@pytest.mark.parametrize(
    "source", [s for s in SOURCES.values() if s.rows.after], ids=lambda s: s.id
)
def test_dates_in_the_wrong_order_are_named(source, store, tmp_path) -> None:
    for late, table in shift_after(source, example_of(source)):
        result = imported(store, written(table, tmp_path), source)
        assert result.status == REFUSED, f"{late}: {messages(result)}"
        assert len(table) in {problem.row for problem in result.problems}, messages(result)


@pytest.mark.parametrize(
    "source", [s for s in SOURCES.values() if s.rows.one_row_per], ids=lambda s: s.id
)
def test_the_same_row_twice_is_named(source, store, tmp_path) -> None:
    table = example_of(source)
    result = imported(store, written([*table, table[-1]], tmp_path), source)
    assert result.status == REFUSED, messages(result)
    assert len(table) + 1 in {problem.row for problem in result.problems}, messages(result)


@pytest.mark.parametrize("spelling", ["5a", "art. 5a", "artikel 5a"])
def test_article_5a_is_asked_about_and_never_read_as_5_onder_a(spelling, store, tmp_path) -> None:
    source = SOURCES["vrijstellingen"]
    table = example_of(source)
    table[1][1] = spelling
    result = imported(store, written(table, tmp_path), source)
    assert result.status == REFUSED and [p.row for p in result.problems] == [2]


def test_personal_columns_are_dropped_and_the_pupil_number_is_not_kept(store, tmp_path) -> None:
    source = SOURCES["verzuim"]
    header, *rows = example_of(source)
    table = [[*header, "Achternaam"], *([*row, "Jansen"] for row in rows)]
    result = imported(store, written(table, tmp_path), source)
    assert result.status == STORED and result.dropped == ("Achternaam",), messages(result)
    kept = b"".join(
        path.read_bytes() for path in tmp_path.joinpath("store").rglob("*") if path.is_file()
    )
    assert b"V-0001" not in kept and b"Jansen" not in kept and b"12-03-2008" not in kept


def test_the_examples_fill_every_table(store) -> None:
    for source in SOURCES.values():
        result = imported(store, FOLDER / source.id / "example.csv", source)
        assert result.accepted, messages(result)
    database = build(store, SOURCES, Calendar(), Swv("SWV", "Ons SWV", ("0001",)))
    counts = {
        path.stem: database.rows(f"select count(*) as n from {path.stem}")[0]["n"]
        for path in (FOLDER.parent / "tables").glob("*.sql")
    }
    # no school closed in the examples
    assert [table for table, count in counts.items() if count == 0] == ["left_behind"]
    assert counts["absence_spell"] == len(example_of(SOURCES["verzuim"])) - 1
    assert counts["tlv"] == len(example_of(SOURCES["tlv"])) - 1
