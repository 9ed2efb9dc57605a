"""The tables of every declared analysis: quarters, parts, and boards or locations."""

from collections.abc import Sequence

import streamlit as st

from kpi.view.flow_analysis import FlowRow, by_quarter, remainder
from kpi.view.quarterly import Beside
from pages.parts.analysis.analysis import AskedFlow
from pages.shared import table
from pages.shared.figure_cells import count, coverage_cell, in_brackets, short, with_year_ago
from pages.shared.text import lines, link, plain, soft, strong


def quarters(asked: AskedFlow, alt: str) -> None:
    """What is shown over time, the newest quarter first."""
    analysis = asked.analysis
    if analysis.year_ago:
        st.markdown(soft("Tussen haakjes: hetzelfde kwartaal een jaar eerder."))
    rows = [
        {
            "Kwartaal": strong(row[0].now.period.label),
            **cells(asked, analysis.in_time, row),
            **({} if analysis.year_ago else {"Compleet": coverage_cell(row[-1].now)}),
        }
        for row in by_quarter(asked.series)
    ]
    table.show(rows, alt)


def split(asked: AskedFlow, name: str) -> None:
    """The parts of one split, what only counts were given of, and the total."""
    analysis = asked.analysis
    label = asked.monitor.kpis[analysis.kpi].segments[name].label
    *every, whole = asked.parts(name)
    rows = [{label: plain(row.label), **_cells(asked, row)} for row in every]
    if analysis.rest:
        for left in remainder([row.numbers for row in every], whole.numbers):
            numbers = table.cells(list(analysis.columns.values()), map(count, left))
            rows.append({label: plain(analysis.rest), **numbers})
    rows.append({label: strong(whole.label), **_cells(asked, whole)})
    table.show(rows, analysis.about.format(f"naar {label.lower()}"))


def places(asked: AskedFlow) -> None:
    """Boards and locations by name; who did not deliver says so."""
    analysis = asked.analysis
    for kind, heading in analysis.places.items():
        found = asked.places(kind)
        if not found or asked.view.organisation.organisation_type == kind:
            continue
        st.header(heading, anchor=False)
        st.markdown(lines(soft(analysis.not_a_ranking), in_brackets(found[0].figures[0])))
        table.show([_place(asked, row) for row in found], analysis.about.format(heading.lower()))


def _place(asked: AskedFlow, row: FlowRow) -> table.Row:
    analysis, own = asked.analysis, row.organisation
    there = asked.view.link(analysis.page, organisation_id=own.organisation_id)
    types = asked.monitor.kpis[analysis.kpi].segments.get("school_type")
    extra = {}
    if not analysis.year_ago and own.organisation_type == "locatie" and types:
        extra = {"Soort school": plain(types.values.get(own.school_type or "", ""))}
    elif not analysis.year_ago:
        extra = {"Compleet": coverage_cell(row.figures[0].now)}
    return {analysis.place_name: link(own.name, there), **extra, **_cells(asked, row)}


def _cells(asked: AskedFlow, row: FlowRow) -> table.Row:
    return cells(asked, tuple(asked.analysis.columns), row.figures)


def cells(asked: AskedFlow, measures: Sequence[str], figures: Sequence[Beside]) -> table.Row:
    """Figures below their headings, with a year ago where the page has that."""
    headings = [asked.analysis.columns[measure] for measure in measures]
    if asked.analysis.year_ago:
        return table.cells(headings, map(with_year_ago, figures))
    return table.cells(headings, (short(item.now) for item in figures))
