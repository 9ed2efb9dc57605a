"""A scenario on a page: the chain, the courses, the tables of its paper, and the paper itself."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from kpi.chart import scenario as scenario_chart
from kpi.figure.monitor import Monitor
from kpi.guard.guard import Audience
from kpi.guard.shown import protected
from kpi.paper import scenario as paper
from kpi.paper.document import Section, Table
from kpi.paper.make import File, files_of
from kpi.scenario.check import Quantity
from kpi.scenario.scenario import Scenario
from pages.shared import figure_cells, table
from pages.shared.blocks import chart, fold_out, twins
from pages.shared.papers import offer
from pages.shared.text import plain, remark, strong

FORMS = ("pdf", "xlsx")
FOR_OUTSIDE = "Mag het bureau uit. Elke aanname, bron en marge staat erin."


def chain(monitor: Monitor, scenario: Scenario) -> None:
    """Where each link of the chain stands now, and where it goes."""
    first, *_ = _sections(monitor, scenario)
    with st.grid(len(first.tiles), min_column_width=210, gap="small"):
        for number, tile in enumerate(first.tiles, start=1):
            figure_cells.tile(f"{number} {tile.label}", tile.text, tile.note)


def outcome(monitor: Monitor, scenario: Scenario) -> None:
    """Where each link of the chain goes, with the range."""
    first, *_ = _sections(monitor, scenario)
    for part in first.tables:
        st.header(plain(part.title), anchor="uitkomst")
        _rows(part)


def courses(monitor: Monitor, scenario: Scenario) -> None:
    """A chart per quantity, and the same numbers as tables."""
    st.header("Verloop", anchor="verloop")
    sections = {part.id: part for part in _sections(monitor, scenario)}
    drawn = {quantity: sections[quantity] for quantity in paper.DRAWN}
    twins("verloop", partial(_charts, monitor, scenario, drawn), partial(_tables, drawn))


def _charts(monitor: Monitor, scenario: Scenario, drawn: Mapping[Quantity, Section]) -> None:
    with st.grid(2, min_column_width=420, gap="small"):
        for quantity, section in drawn.items():
            with st.container(gap="xxsmall"):
                st.markdown(strong(section.title))
                draw = partial(scenario_chart.course, scenario, quantity)
                about = (quantity, scenario.chosen.assumptions)
                chart(monitor, f"verloop_{quantity}", about, draw, section.sentence)


def _tables(drawn: Mapping[Quantity, Section]) -> None:
    for section in drawn.values():
        if section.chart:
            _table(section.chart.twin)


def tables(monitor: Monitor, scenario: Scenario) -> None:
    """What comes out per year, every assumption with its source, and the check on the past."""
    _, *_, years, assumptions, check = _sections(monitor, scenario)
    st.header(plain(years.title), anchor="jaren")
    _show(years)
    fold_out(plain(assumptions.title), "alle_aannames", lambda: _show(assumptions))
    st.header(plain(check.title), anchor="controle")
    st.markdown(strong(check.sentence))
    _show(check)


def papers(monitor: Monitor, scenario: Scenario) -> None:
    """The scenario as files."""
    st.header("Afdrukken", anchor="afdrukken")
    st.markdown(remark(FOR_OUTSIDE))
    offer(monitor, f"scenario_{scenario.chosen.assumptions}", partial(_make, monitor, scenario))


def _make(monitor: Monitor, scenario: Scenario) -> list[File]:
    return files_of(partial(paper.scenario_paper, monitor, scenario), FORMS)


def _sections(monitor: Monitor, scenario: Scenario) -> tuple[Section, ...]:
    """The parts of the paper, for the bureau itself."""
    made, _ = protected(monitor, Audience.BUREAU, lambda shown: paper.sections(scenario, shown))
    return made


def _show(section: Section) -> None:
    for part in section.tables:
        _table(part)
    for note in section.notes:
        st.markdown(remark(note))


def _table(part: Table) -> None:
    st.markdown(strong(part.title))
    _rows(part)


def _rows(part: Table) -> None:
    rows = [table.cells(part.headers, (plain(cell.text) for cell in row)) for row in part.rows]
    table.show(rows, alt=part.title)
