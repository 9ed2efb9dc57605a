"""What people thought of the ECT: marks with the number of forms and the response."""

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.verdict.judged import verdict
from kpi.view.caseload import MARKS, satisfaction
from pages.shared import figure_cells, table
from pages.shared.text import lines, link, plain, soft
from pages.shared.verdicts import change_word, small
from pages.shared.view import View


def show(monitor: Monitor, view: View) -> None:
    """The marks of the latest school year, with the number of forms and the response beside."""
    st.header("Tevredenheid na een traject", anchor=False)
    if MARKS not in monitor.kpis:
        st.markdown("Tevredenheid staat niet in het profiel van dit samenwerkingsverband.")
        return
    found = satisfaction(monitor, view.quarter)
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


def _verdict(monitor: Monitor, mark: KpiResult) -> str:
    found = verdict(monitor, mark).finding
    return lines(change_word(found.change, found.change), small(found.sentence))
