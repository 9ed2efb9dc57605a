"""The tables of the page ECT: what is asked for, what people thought, and schools."""

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.verdict.judged import verdict
from kpi.view import caseload
from kpi.view.caseload import KPI, MARKS, CaseloadRow
from pages.shared import figure_cells, table
from pages.shared.figure_cells import in_brackets, with_year_ago
from pages.shared.text import lines, link, plain, soft
from pages.shared.verdicts import change_word, small
from pages.shared.view import View

HEADINGS = ("Nieuw", "Gesloten", "Open", "Dagen tot sluiten")
MONTH_HEADINGS = ("Nieuw", "Gesloten", "Dagen tot sluiten")
NOT_A_RANKING = (
    "Op volgorde van naam. Veel casussen is niet goed of slecht: het zegt ook wie om hulp vraagt."
)


def asked_for(monitor: Monitor, view: View, head: CaseloadRow) -> None:
    """The figures per kind and per theme, each with a year ago in small letters."""
    st.header("Waarvoor wordt het ECT gevraagd?", anchor=False)
    st.markdown(in_brackets(head.figures[0]))
    for split in ("kind", "theme"):
        name = monitor.kpis[KPI].segments[split].label
        found = caseload.parts(monitor, view.organisation.organisation_id, view.quarter, split)
        table.show(
            [{name: table.row_name(row.label, row is found[-1]), **_cells(row)} for row in found],
            alt=f"Casussen naar {name.lower()}, met een jaar eerder",
        )


def satisfaction(monitor: Monitor, view: View) -> None:
    """The marks of the latest school year, with the number of forms and the response beside."""
    st.header("Tevredenheid na een traject", anchor=False)
    if MARKS not in monitor.kpis:
        st.markdown("Tevredenheid staat niet in het profiel van dit samenwerkingsverband.")
        return
    found = caseload.satisfaction(monitor, view.quarter)
    if not found:
        st.markdown("Er zijn nog geen formulieren geleverd.")
        return
    whole = found[0].mark
    about = f"Heel het samenwerkingsverband, {whole.when_text}. Doel: {whole.target_text}."
    st.markdown(soft(about))
    table.show(
        [
            {
                "Ingevuld door": table.row_name(item.label, item is found[0]),
                "Gemiddeld cijfer": figure_cells.value_cell(item.mark),
                "Formulieren": plain(item.forms.short_text),
                "Respons": plain(item.response.short_text),
                "Oordeel": _verdict(monitor, item.mark),
            }
            for item in found
        ],
        alt=f"Tevredenheid in {whole.period.label}",
    )
    everything = view.link("kpi", MARKS, organisation_id=monitor.swv.organisation_id)
    st.markdown(link("Tevredenheid over de jaren", everything))


def schools(monitor: Monitor, view: View) -> None:
    """The figures per location, by name."""
    found = caseload.schools(monitor, view.organisation.organisation_id, view.quarter)
    if not found or view.organisation.organisation_type == "locatie":
        return
    st.header("Per school", anchor=False)
    st.markdown(lines(soft(NOT_A_RANKING), in_brackets(found[0].figures[0])))
    table.show(
        [{"School": _link(row, view), **_cells(row)} for row in found],
        alt="Casussen per school, met een jaar eerder",
    )


def _link(row: CaseloadRow, view: View) -> str:
    return link(row.name, view.link("ect", organisation_id=row.organisation_id))


def _cells(row: CaseloadRow) -> table.Row:
    return table.cells(HEADINGS, map(with_year_ago, row.figures))


def _verdict(monitor: Monitor, mark: KpiResult) -> str:
    found = verdict(monitor, mark).finding
    return lines(change_word(found.change, found.change), small(found.sentence))
