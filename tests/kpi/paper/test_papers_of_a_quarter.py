"""The papers of the made-up SWV: every number is a row of kpi_value, and nothing small is in it."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook
from pptx import Presentation

from data.progress import heard_by
from kpi.cycle.edition import edition
from kpi.figure.naming import organisations_of
from kpi.figure.results import figure
from kpi.guard.rules import exposes
from kpi.meaning.choices import HIDDEN
from kpi.paper.document import Cell, Document
from kpi.paper.make import Paper, annual_figures, board_paper, documents, school_sheet, written
from kpi.view.overview import overview

SHOWN = ("value", "zero")
NEVER = ("zero", 0, 0)  # a part that never occurred has no row


@pytest.fixture(scope="module")
def quarter(demo):
    return [p for p in demo.periods.values() if p.period_type == "kwartaal"][-1]


@pytest.fixture(scope="module")
def made(demo, quarter):
    return edition(demo, quarter)


@pytest.fixture(scope="module")
def papers(demo, made, quarter) -> dict[str, Document]:
    places = organisations_of(demo, "locatie", None, quarter)
    sheets = {f"school {p.name}": school_sheet(made, p) for p in (places[0], places[-1])}
    return {"alv": board_paper(made), "jaarverslag": annual_figures(made), **sheets}


@pytest.fixture(scope="module")
def values(demo) -> dict[tuple[str, ...], tuple[str, float | None, float]]:
    rows = demo.database.rows(
        "select kpi_id, measure, organisation_id, period_id, segment, state, value, numerator "
        "from kpi_value where segment = '' or not contains(segment, ',')"
    )
    keys = ("kpi_id", "measure", "organisation_id", "period_id", "segment")
    return {
        tuple(row[k] for k in keys): (row["state"], row["value"], row["numerator"]) for row in rows
    }


def cells(paper: Document) -> Iterator[Cell]:
    return (cell for table in paper.tables for row in table.rows for cell in row)


def test_every_number_is_a_row_of_kpi_value(papers, values):
    checked = 0
    for paper in papers.values():
        for cell in cells(paper):
            if cell.figure is None or cell.value is None:
                continue
            state, value, _ = values.get(cell.figure, NEVER if cell.figure[4] else None)
            assert state in SHOWN
            assert cell.value == pytest.approx(float(value), abs=1e-9), cell
            checked += 1
    assert checked > 1000


def test_a_verdict_that_is_withheld_says_so_and_every_other_is_the_one_on_screen(
    demo, papers, quarter
):
    """Not "niet te toetsen", which says that there is none."""
    on_screen = {line.result.kpi.name: line for line in overview(demo, "SWV", quarter).lines}
    withheld = set()
    for name, *_, said, _, _ in next(papers["alv"].tables).rows:
        line = on_screen[name.text]
        if said.text in ("• niet getoond", "• Instroom: niet getoond"):
            withheld.add(line.result.kpi.id)
        else:
            assert said.text == f"{line.change.finding.change.icon} {line.change_text}"
    assert withheld == {"thuiszitters", "deelname_vso", "klachten"}


def test_every_chart_shows_what_its_table_says(papers):
    charts = [chart for paper in papers.values() for chart in paper.charts]
    assert len(charts) > 3
    for chart in charts:
        told = [[cell.value for cell in row[1 : 1 + len(chart.lines)]] for row in chart.twin.rows]
        drawn = [list(point) for point in zip(*(line.values for line in chart.lines), strict=True)]
        assert told == drawn
        assert 0 < len(chart.alt.split()) <= 25


def test_no_number_in_a_paper_shows_a_small_group(demo, papers):
    """By itself; what several numbers tell together is attacked in tests/kpi/guard."""
    for name, paper in papers.items():
        for cell in cells(paper):
            if cell.figure is None or cell.value is None:
                continue
            kpi, measure, place, period, segment = cell.figure
            found = figure(demo, kpi, place, period, measure, segment)
            numbers = float(found.numerator), float(found.denominator)
            assert not exposes(found.measure, *numbers, 5), (name, cell)
        assert any(cell.text == "•" for cell in cells(paper)), name


def test_what_one_paper_hides_no_other_paper_shows(papers):
    """They are protected as one publication, so laying them side by side tells nothing more."""
    seen: dict[tuple[str, ...], set[bool]] = {}
    for paper in papers.values():
        for cell in cells(paper):
            if cell.figure:
                seen.setdefault(cell.figure, set()).add(cell.text == HIDDEN)
    assert sum(hides == {True} for hides in seen.values()) > 100
    assert not [figure for figure, hides in seen.items() if len(hides) > 1]


def test_the_overview_of_the_board_paper_names_every_kpi(demo, papers):
    overview = papers["alv"].sections[0]
    assert len(overview.tables[0].rows) == len(demo.kpis)
    signals = [row for row in overview.tables[0].rows if "signaal" in row[6].text]
    assert signals and overview.sentence
    ids = [section.id for section in papers["alv"].sections]
    assert {"tevredenheid", "ect", "toezeggingen", "besluiten"} <= set(ids)


def test_the_figures_of_a_period_whose_forms_still_come_back_are_called_provisional(papers):
    every = next(one for one in papers["alv"].sections if one.id == "cijfers-tevredenheid")
    notes = {table.title: table.note for table in every.tables}
    assert notes["Per kwartaal"] == "sept 2026: voorlopig: er kunnen nog formulieren terugkomen."
    assert not notes["Per schooljaar"]


def test_the_annual_figures_hold_every_kpi_by_both_kinds_of_year(demo, papers):
    found = {
        section.id: [t.title for t in section.tables] for section in papers["jaarverslag"].sections
    }
    assert list(found) == list(demo.kpis)
    assert found["thuiszitters"] == ["Per kalenderjaar", "Per schooljaar"]
    names = [
        cell.text
        for table in papers["jaarverslag"].tables
        for row in table.rows
        for cell in row[:1]
    ]
    assert any("Signaleringswaarde" in name for name in names)


def test_every_paper_states_what_it_is(demo, papers):
    for paper in papers.values():
        frame = paper.frame
        assert frame.swv and frame.peildatum == "30 september 2026" and frame.status == "concept"
        assert frame.is_demo and frame.audience and frame.definitions and frame.seal == ""
        used = {cell.figure[0] for cell in cells(paper) if cell.figure}
        assert len(frame.definitions) == len(used)


@pytest.mark.parametrize("form", ["xlsx", "docx", "pptx"])
def test_the_files_say_what_the_paper_says(papers, form):
    paper = papers["jaarverslag" if form == "docx" else "alv"]
    text = read(written(paper, form), form)
    sections = paper.sections if form == "xlsx" else paper.for_paper
    for section in sections:
        tables = (*section.tables, *((section.chart.twin,) if section.chart else ()))
        for cell in (cell for table in tables for row in table.rows for cell in row):
            assert clean(cell.text) in text or (form == "xlsx" and cell.value is not None), cell


def test_a_paper_made_twice_is_the_same(demo, papers):
    for form in ("pdf", "xlsx", "pptx", "docx"):
        assert written(papers["alv"], form) == written(papers["alv"], form)


def test_all_school_sheets_are_in_one_zip(demo, quarter):
    heard = []
    with heard_by(lambda part, text: heard.append((part, text))):
        *sheets, together = documents(demo, Paper.SCHOOL, quarter)
    assert len(sheets) == len(organisations_of(demo, "locatie", None, quarter))
    with zipfile.ZipFile(io.BytesIO(together.content)) as archive:
        assert archive.namelist() == [sheet.name for sheet in sheets]
    assert [part for part, _ in heard] == sorted(part for part, _ in heard)
    assert heard[-1] == (1.0, "Klaar.")
    of = len(sheets)
    named = {f"{sheet.name} ({number} van {of})." for number, sheet in enumerate(sheets, start=1)}
    assert named <= {text for _, text in heard}


def read(content: bytes, form: str) -> str:
    """All text of a file, blanks made equal."""
    if form == "xlsx":
        book = load_workbook(io.BytesIO(content))
        found = [str(c.value) for s in book for row in s.iter_rows() for c in row if c.value]
    elif form == "docx":
        book = read_docx(io.BytesIO(content))
        found = [p.text for p in book.paragraphs]
        found += [c.text for t in book.tables for row in t.rows for c in row.cells]
    else:
        shapes = [
            shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes
        ]
        found = [s.text_frame.text for s in shapes if s.has_text_frame]
        found += [c.text for s in shapes if s.has_table for row in s.table.rows for c in row.cells]
    return clean("\n".join(found))


def clean(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_a_paper_asks_for_the_same_number_everywhere_as_the_screen(demo, papers):
    """One and the same path: on its tile, below its chart and in the table of the overview."""
    told = 0
    for section in papers["alv"].sections:
        asked = next((tile.text for tile in section.tiles if tile.label == "Doelpad"), None)
        if asked is None or section.chart is None:
            continue
        twin = section.chart.twin
        now = twin.rows[-1]
        shown = figure(demo, *(now[1].figure[place] for place in (0, 2, 3, 1, 4)))
        assert now[twin.headers.index("Doelpad")].text == asked
        assert asked in shown.target_text
        told += 1
    assert told


def test_a_row_of_hidden_numbers_does_not_tell_that_one_of_them_is_not_nought(papers, values):
    rows = [
        [cell.figure for cell in row if cell.figure]
        for table in papers["jaarverslag"].tables
        for row in table.rows
        if any(cell.text == HIDDEN for cell in row)
    ]
    noughts = [row for row in rows if not any(values.get(key, (0, 0, 0))[1] for key in row)]
    assert 0 < len(noughts) < len(rows)
