"""The workbook for the Inspectie: its numbers are the figures, and every making is on record."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date

import pytest
from inspectie_world import (
    NORTH,
    OFFICE,
    QUARTERS,
    World,
    cells,
    converted,
    known,
    rows_of,
    spell,
)
from openpyxl import load_workbook
from received_form import HEADER_ROW, SHEET, received_form

from data.calendar import KWARTAAL
from kpi.opening.opening import open_as_known
from kpi.paper.forms.to_xlsx import to_xlsx
from kpi.paper.inspectie import inspectie_workbook
from kpi.paper.inspectie.filled_form import fill_form
from kpi.paper.inspectie.form import read_form
from kpi.paper.inspectie.issue import round_of
from kpi.paper.inspectie.totals import TotalsDiffer, totals
from kpi.view.absence import KPI

NOW = "2026-2027-k1"
BY_NUMBER = "2020-2021-k1"  # one board handed in numbers and no list
LAST_FOUR = ("2025-2026-k2", "2025-2026-k3", "2025-2026-k4", NOW)
MEASURES = {
    "Absoluut verzuim (AV) op de peildatum": ("stock", "kind=av"),
    "Langdurig relatief verzuim (LRV) op de peildatum": ("stock", "kind=lrv"),
    "Thuiszitters op de peildatum (AV en LRV samen)": ("stock", ""),
    "Waarvan langer dan 3 maanden thuis": ("over_3_months", ""),
    "Waarvan langer dan 3 maanden, zonder aanbod": ("over_3_months_no_offer", ""),
    "Vrijstellingen op de peildatum: Art. 5 onder a: lichamelijk of psychisch": (
        "exemption_stock", "article=art5_a",
    ),
    "Nieuw in het kwartaal (AV en LRV)": ("new", ""),
    "Gestopt in het kwartaal (AV en LRV)": ("ended", ""),
}  # fmt: skip


def round_in(monitor, quarter):
    return round_of(monitor, monitor.periods[quarter])


@pytest.fixture(scope="module")
def books(demo):
    """The workbooks of four quarters in a row; nothing is recorded in the shared demo."""
    return {quarter: to_xlsx(round_in(demo, quarter).document()) for quarter in LAST_FOUR}


def cover_of(content):
    """Label → number on the cover."""
    rows = load_workbook(io.BytesIO(content))["Voorblad"].iter_rows(values_only=True)
    return {row[0]: row[1] for row in rows if row[0] in MEASURES}


def kpi_value(monitor, quarter, measure, segment):
    (row,) = monitor.database.rows(
        "select value from kpi_value where kpi_id = ? and measure = ? and segment = ? "
        "and period_id = ? and organisation_id = ?",
        [KPI, measure, segment, quarter, monitor.swv.organisation_id],
    )
    return row["value"]


def test_the_numbers_on_the_cover_are_the_figures(demo, books):
    for quarter, content in books.items():
        shown = cover_of(content)
        assert shown == {
            label: kpi_value(demo, quarter, *which) for label, which in MEASURES.items()
        }


def test_the_rows_as_a_reader_counts_them_are_the_figures(books):
    """Counted from the cells of the sheet, as the Inspectie could."""
    for quarter, content in books.items():
        shown, rows = cover_of(content), rows_of(content)
        home = [row for row in rows if row["Stand op de peildatum"] == "Zit thuis"]
        exempt = [row for row in rows if row["Stand op de peildatum"] == "Vrijstelling geldt"]
        labels = list(MEASURES)
        assert sum(row["Soort"] == "AV" for row in home) == shown[labels[0]], quarter
        assert sum(row["Soort"] == "LRV" for row in home) == shown[labels[1]], quarter
        assert len(home) == shown[labels[2]]
        assert len(exempt) == shown[labels[5]]
        assert all(row["Einddatum"] is None for row in (*home, *exempt))
        assert all(row["Duur in weken"] >= 4 for row in home if row["Soort"] == "LRV")


def test_rows_and_figures_agree_in_every_quarter_of_the_demo(demo):
    quarters = [item for item in demo.periods.values() if item.period_type == KWARTAAL]
    found = {quarter.period_id: round_of(demo, quarter).totals for quarter in quarters}
    assert len(found) > 20
    assert all(total.agrees for totals in found.values() for total in totals)
    assert any(total.from_counts for total in found[BY_NUMBER])
    assert not any(total.from_counts for total in found[NOW])


def test_a_difference_is_an_error_that_names_the_figure(demo):
    made = round_in(demo, NOW)
    standing = next(row for row in made.rows if row.kind == "av" and row.counted and not row.end_on)
    rows = [row for row in made.rows if row is not standing]
    with pytest.raises(TotalsDiffer) as error:
        totals(demo, made.edition.quarter, rows, made.layout)
    assert "Thuiszitters op de peildatum, Absoluut verzuim (AV) is 8" in str(error.value)
    assert "tellen op tot 7" in str(error.value)


def test_four_quarters_of_the_demo_keep_every_earlier_row(books):
    found = [known(rows_of(content)) for content in books.values()]
    for earlier, later in zip(found, found[1:], strict=False):
        assert not earlier - later
        assert later.total() > earlier.total()


def test_schools_with_numbers_only_are_told_apart(demo):
    content = to_xlsx(round_in(demo, BY_NUMBER).document())
    texts = [cell.value for cell in cells(content)]
    assert "Alleen als aantal geleverd" in texts


def test_every_sheet_says_that_the_pupils_are_made_up_and_the_cover_for_whom_it_is(books):
    content = books[NOW]
    for sheet in load_workbook(io.BytesIO(content)):
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert "Verzonnen gegevens" in texts, sheet.title
    texts = [str(cell.value) for cell in cells(content)]
    assert any("Bestemd voor: Inspectie van het Onderwijs" in text for text in texts)
    assert any("alleen voor de Inspectie" in text for text in texts)
    assert all(row["Code"].startswith("DEMO-") for row in rows_of(content))


def test_dates_are_dates_and_durations_numbers(books):
    for row in rows_of(books[NOW]):
        assert isinstance(row["Begindatum"], date)
        assert row["Einddatum"] is None or isinstance(row["Einddatum"], date)
        assert isinstance(row["Duur in weken"], int)


def test_a_form_filled_with_the_demo_says_that_it_is_made_up(demo):
    made = round_in(demo, NOW)
    form = read_form(received_form(), made.store)
    content = fill_form(form, made.rows, made.writer, made.layout, "Verzonnen gegevens")
    sheet = load_workbook(io.BytesIO(content))[SHEET]
    assert sheet.oddHeader.center.text == "Verzonnen gegevens"
    assert sheet.cell(HEADER_ROW + 1, 2).value.startswith("DEMO-")


# On record


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.deliver("verzuim", QUARTERS[0], [spell("1", NORTH, "AV", "2023-08-28")])
    world.deliver("verzuim", QUARTERS[1], [spell("1", NORTH, "AV", "2023-08-28")])
    return world


def made_in(world, quarter, **more):
    monitor = world.monitor()
    return inspectie_workbook(monitor, monitor.periods[quarter], **more)


def test_each_making_is_on_record_and_the_same_file_comes_out(world):
    first = made_in(world, QUARTERS[0], author="Bureau")
    made_in(world, QUARTERS[1])
    assert made_in(world, QUARTERS[0]) == first
    entries = world.store.entries("uitgave")
    assert [entry.body["period_id"] for entry in entries] == [QUARTERS[0], QUARTERS[1], QUARTERS[0]]
    body = entries[0].body
    assert entries[0].author == "Bureau"
    assert body["what"] == "inspectie"
    assert body["sha256"] == hashlib.sha256(first).hexdigest()
    assert body["audience"] == "Inspectie van het Onderwijs"
    assert entries[2].body == body
    assert entries[1].body["salt"] != body["salt"]


def test_of_a_state_of_earlier_too_and_it_is_put_on_record_now(world):
    monitor = world.monitor()
    seq = len(world.store.ledger.entries()) - 1  # before the list of the second quarter
    earlier = open_as_known(monitor, seq)
    content = inspectie_workbook(earlier, earlier.periods[QUARTERS[0]])
    assert len(rows_of(content)) == 1
    assert len(world.store.entries("uitgave")) == 1


def test_nothing_is_on_record_when_the_totals_differ(world):
    monitor = world.monitor()
    made = round_in(monitor, QUARTERS[0])
    rows = [replace(row, kind="lrv") for row in made.rows]
    with pytest.raises(TotalsDiffer):
        totals(monitor, made.edition.quarter, rows, made.layout)
    assert not world.store.entries("uitgave")


# Opened by another program


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is er niet")
def test_libreoffice_reads_the_same_rows_in_a_filled_form(tmp_path):
    world = World(tmp_path)
    rows = [spell(str(n), NORTH, "AV", "2023-08-14") for n in range(1, 26)]
    world.deliver("verzuim", QUARTERS[0], rows)
    content = made_in(world, QUARTERS[0], form=received_form())
    sheets = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    folder = converted(tmp_path, content, sheets)
    with (folder / f"registratie-{SHEET}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    found = [line for line in lines if line[1].startswith("L-")]
    assert len(found) == 25
    assert {line[2] for line in found} == {"AV"}
    with (folder / "registratie-Telling.csv").open(encoding="utf-8", newline="") as file:
        ((_, counted, *_),) = csv.reader(file, delimiter=";")
    assert counted == "14"  # the form counts up to the row its maker laid out, and is recalculated


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is er niet")
def test_libreoffice_prints_our_workbook(tmp_path, books):
    printed = converted(tmp_path, books[NOW], "pdf") / "registratie.pdf"
    assert printed.read_bytes().startswith(b"%PDF")
    assert printed.stat().st_size > 20_000
