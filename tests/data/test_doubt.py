"""What one cell proves holds for its column: nothing uncertain is stored beside it."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_sources import HEAD, file, sheet, sources_of
from small_store import World

from data.gate.importing import import_file
from data.gate.recognise import recognise
from data.gate.validate import validate

TEXT = (
    HEAD.format(label="Lijst", topic="test")
    + """
[columns.name]
label = "Naam"
type = "text"
required = true
[columns.start_on]
label = "Begin"
type = "date"
[columns.end_on]
label = "Einde"
type = "date"
[columns.pupils]
label = "Aantal"
type = "integer"
thousands = "."
[columns.hours]
label = "Uren"
type = "decimal"
[columns.amount]
label = "Bedrag"
type = "euro"
thousands = "."
[columns.share]
label = "Deel"
type = "percent"
"""
)
SOURCES = sources_of(lijst=TEXT)


def of(header, *rows):
    read = file(sheet(["Naam", *header], *([f"r{at}", *row] for at, row in enumerate(rows))))
    return validate(read, recognise(read, SOURCES), secret=b"x")


def told(result):
    return [(p.row, p.column[1:-5], p.value) for p in result.problems if p.severity == "fout"]


@pytest.mark.parametrize(
    ("rows", "proof"),
    [
        ([("09/13/2023", None), ("09/04/2023", None)], (2, "Begin", "09/13/2023")),
        ([("9-13-23", None), ("09-04-2023", None)], (2, "Begin", "9-13-23")),
        ([("03-04-2023", None), ("12-31-2023", None)], (3, "Begin", "12-31-2023")),
        ([("13-09-2023", None), ("04-09-2023", "09-30-2023")], (3, "Einde", "09-30-2023")),
        ([("9/13/2023", None), (datetime(2023, 4, 9), None)], (2, "Begin", "9/13/2023")),
        ([("09/04/2023", None), ("08/07/2023", "09/08/2023")], (2, "Begin", "09/04/2023")),
    ],
)
def test_one_date_with_the_month_first_makes_the_others_of_the_sheet_uncertain(rows, proof):
    result = of(["Begin", "Einde"], *rows)
    assert result.doubted
    assert told(result) == [proof]
    assert "ook niet de goede regels" in result.problems[0].advice


@pytest.mark.parametrize(
    "rows",
    [
        [("04/09/2023", None), ("13/09/2023", None)],
        [("04-09-2023", None), ("03-04-2023", "05-06-2023")],
        [("05/05/2023", None)],
        [("2023-09-04", None), (date(2023, 4, 9), None)],
    ],
)
def test_dates_that_can_mean_one_day_are_no_doubt(rows):
    result = of(["Begin", "Einde"], *rows)
    assert (result.doubted, result.error_count) == (False, 0)


def test_a_wrong_date_beside_certain_ones_is_only_wrong_itself():
    result = of(["Begin"], ["09-13-2023"], ["15-09-2023"], [date(2023, 5, 15)], [date(2023, 4, 9)])
    assert not result.doubted
    assert told(result) == [(2, "Begin", "09-13-2023")]
    assert result.columns["start_on"] == [date(2023, 9, 15), date(2023, 5, 15), date(2023, 4, 9)]


@pytest.mark.parametrize(
    ("header", "rows", "proof"),
    [
        (["Uren"], [["1,234"], ["12.5"]], (3, "Uren", "12.5")),
        (["Aantal", "Uren"], [["1.234", None], [None, "0.75"]], (3, "Uren", "0.75")),
        (["Bedrag"], [["1,234.50"], ["2.500"]], (2, "Bedrag", "1,234.50")),
        (["Bedrag"], [["1,234"], ["2.500"]], (2, "Bedrag", "1,234")),
        (["Bedrag"], [[1.234]], (2, "Bedrag", "1,234")),
        (["Aantal"], [[12], [1.234]], (3, "Aantal", "1,234")),
        (["Aantal"], [[950], [1.2]], (3, "Aantal", "1,2")),
        (["Deel"], [[0.0193], [3.1]], (2, "Deel", "0,0193")),
    ],
)
def test_signs_and_units_are_decided_for_the_whole_column(header, rows, proof):
    result = of(header, *rows)
    assert result.doubted
    assert told(result) == [proof]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (["Bedrag"], [["1.234,50"], ["2.500"]]),
        (["Bedrag"], [[1234.5], [33.333333333], [0.125]]),
        (["Aantal"], [["1.234"], [12]]),
        (["Deel"], [[1.93], [3.1], [0.5]]),
        (["Deel"], [["0,0193%"], ["3,1"]]),
        (["Uren"], [["7,5"], ["1,234"]]),
    ],
)
def test_numbers_that_mean_one_thing_are_no_doubt(header, rows):
    result = of(header, *rows)
    assert (result.doubted, result.error_count) == (False, 0)


def test_a_point_that_makes_no_other_cell_uncertain_is_wrong_itself():
    result = of(["Uren"], ["12.5"], ["7,5"])
    assert not result.doubted
    assert told(result) == [(2, "Uren", "12.5")]


DAYS = st.lists(st.dates(date(2020, 1, 1), date(2024, 12, 31)), min_size=1, max_size=12)


@given(DAYS, st.booleans())
@settings(deadline=None)
def test_no_american_date_is_ever_stored_as_another_day(days, through_excel):
    """As an export writes them, or as a Dutch Excel has them after opening that export."""
    written = [f"{day:%m/%d/%Y}" for day in days]
    if through_excel and any(day.day > 12 for day in days):
        written = [
            datetime(day.year, day.day, day.month) if day.day <= 12 else f"{day.month}/{day:%d/%Y}"
            for day in days
        ]
    result = of(["Begin"], *([cell] for cell in written))
    rows = [number - 2 for number in result.row_numbers]
    assert result.columns["start_on"] == [days[at] for at in rows]


@given(DAYS, st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"]))
@settings(deadline=None)
def test_dutch_dates_are_never_in_doubt(days, form):
    result = of(["Begin"], *([day.strftime(form)] for day in days))
    assert result.columns["start_on"] == days


def test_while_a_column_is_in_doubt_the_good_rows_are_not_stored_either(tmp_path):
    world = World(tmp_path)
    path = tmp_path / "verzuim.csv"
    path.write_text("Vestiging;Begin\n00AA00;09/13/2023\n00AA01;09/04/2023\n", encoding="utf-8")
    options = {"source": "verzuim", "period": "2023-2024-k1", "isolated": False}
    result = import_file(world.store, path, sources=world.sources, quarantine=True, **options)
    assert (result.status, result.rows_good, result.rows_quarantined) == ("geweigerd", 0, 2)
    assert world.store.history() == ()
