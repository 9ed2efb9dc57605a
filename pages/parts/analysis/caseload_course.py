"""The page ECT in time: quarters and months, each with a year before."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi.chart import flow as flow_charts
from kpi.chart import month as month_chart
from kpi.chart import trend as charts
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.view import caseload
from kpi.view.caseload import Month
from pages.parts.analysis import analysis
from pages.parts.analysis.caseload_tables import HEADINGS, MONTH_HEADINGS
from pages.shared import table
from pages.shared.figure_cells import with_year_ago
from pages.shared.text import plain, soft, strong
from pages.shared.view import View


def quarters(monitor: Monitor, series: Sequence[Sequence[KpiResult]]) -> None:
    """Each figure over three years with the year before behind it."""
    st.header("Verloop, met een jaar eerder erachter", anchor=False)
    analysis.twins(lambda: _quarter_charts(monitor, series), lambda: _quarter_rows(series))


def _quarter_charts(monitor: Monitor, series: Sequence[Sequence[KpiResult]]) -> None:
    with st.grid(2, min_column_width=420, gap="small"):
        for part in series:
            label = part[-1].measure.label
            with st.container(gap="xxsmall"):
                st.markdown(strong(label))
                draw = partial(flow_charts.with_year_before, part)
                key = analysis.place_of(part[-1], "year before")
                analysis.chart(monitor, key, draw, charts.describe(label, part))


def _quarter_rows(series: Sequence[Sequence[KpiResult]]) -> None:
    st.markdown(soft("Tussen haakjes: hetzelfde kwartaal een jaar eerder."))
    table.show(
        [
            {"Kwartaal": strong(label), **table.cells(HEADINGS, map(with_year_ago, row))}
            for label, row in caseload.by_quarter(series)
        ],
        alt="Casussen per kwartaal, met een jaar eerder",
    )


def months(monitor: Monitor, view: View) -> None:
    """The last twelve months, each beside the same month a year ago."""
    st.header("Per maand", anchor=False)
    found = caseload.by_month(monitor, view.organisation.organisation_id, view.quarter)
    if not found:
        st.markdown("Er zijn nog geen twee kwartalen na elkaar geleverd.")
        return
    key = analysis.place_of(found[-1].row.new, "months")
    draw = partial(month_chart.months, found)
    analysis.twins(
        lambda: analysis.chart(monitor, key, draw, month_chart.describe_months(found)),
        lambda: _month_rows(found),
    )


def _month_rows(found: Sequence[Month]) -> None:
    st.markdown(soft("Tussen haakjes: dezelfde maand een jaar eerder."))
    table.show(
        [
            {
                "Maand": strong(month.label),
                **table.cells(MONTH_HEADINGS, map(with_year_ago, month.row.figures)),
                "Open aan het eind": plain(month.standing_text),
            }
            for month in reversed(found)
        ],
        alt="Casussen per maand, met een jaar eerder",
    )
