"""What only the page ECT tells: quarters and months with a year before, and what people thought."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi.chart import flow as flow_charts
from kpi.chart import month as month_chart
from kpi.chart import trend as charts
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.verdict.judged import verdict
from kpi.view import caseload
from kpi.view.caseload import MARKS, MONTH_COLUMNS, Month
from kpi.view.line import change_words
from pages.parts.analysis import flow_tables
from pages.parts.analysis.analysis import AskedFlow
from pages.shared import figure_cells, table
from pages.shared.blocks import chart, twins
from pages.shared.text import lines, link, plain, soft, strong
from pages.shared.verdicts import change_word, small


def quarters(asked: AskedFlow) -> None:
    """Each figure over three years with the year before behind it."""
    st.header("Verloop, met een jaar eerder erachter", anchor=False)
    alt = asked.analysis.about.format("per kwartaal")
    listed = partial(flow_tables.quarters, asked, alt)
    twins("kwartalen", lambda: _quarter_charts(asked), listed)


def _quarter_charts(asked: AskedFlow) -> None:
    with st.grid(2, min_column_width=420, gap="small"):
        for part in asked.series:
            label = part[-1].measure.label
            with st.container(gap="xxsmall"):
                st.markdown(strong(label))
                draw = partial(flow_charts.with_year_before, part)
                name = f"verloop {part[-1].measure.id}"
                chart(asked.monitor, name, part[-1], draw, charts.describe(label, part))


def months(asked: AskedFlow) -> None:
    """The last twelve months, each beside the same month a year ago."""
    st.header("Per maand", anchor=False)
    found = caseload.by_month(asked)
    if not found:
        st.markdown("Er zijn nog geen twee kwartalen na elkaar geleverd.")
        return
    last = found[-1].row.figures[0].now
    draw = partial(month_chart.months, found)
    twins(
        "maanden",
        lambda: chart(asked.monitor, "per maand", last, draw, month_chart.describe_months(found)),
        lambda: _month_rows(asked, found),
    )


def _month_rows(asked: AskedFlow, found: Sequence[Month]) -> None:
    st.markdown(soft("Tussen haakjes: dezelfde maand een jaar eerder."))
    table.show(
        [
            {
                "Maand": strong(month.label),
                **flow_tables.cells(asked, MONTH_COLUMNS, month.row.figures),
                "Open aan het eind": plain(month.standing_text),
            }
            for month in reversed(found)
        ],
        alt=asked.analysis.about.format("per maand"),
    )


def satisfaction(asked: AskedFlow) -> None:
    """The marks of the latest school year, with the number of forms and the response beside."""
    monitor, view = asked.monitor, asked.view
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
                "Respons": figure_cells.value_cell(item.response),
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
    return lines(change_word(found.change, change_words(mark, mark, found)), small(found.sentence))
