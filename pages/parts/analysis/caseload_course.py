"""The page ECT in time: quarters and months, each with a year before."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi.chart import flow as flow_charts
from kpi.chart import month as month_chart
from kpi.chart import trend as charts
from kpi.view import caseload
from kpi.view.caseload import MONTH_COLUMNS, Month
from pages.parts.analysis import analysis, flow_tables
from pages.parts.analysis.analysis import Asked
from pages.shared import table
from pages.shared.text import plain, soft, strong


def quarters(asked: Asked) -> None:
    """Each figure over three years with the year before behind it."""
    st.header("Verloop, met een jaar eerder erachter", anchor=False)
    alt = asked.analysis.about.format("per kwartaal")
    analysis.twins(lambda: _quarter_charts(asked), lambda: flow_tables.quarters(asked, alt))


def _quarter_charts(asked: Asked) -> None:
    with st.grid(2, min_column_width=420, gap="small"):
        for part in asked.series:
            label = part[-1].measure.label
            with st.container(gap="xxsmall"):
                st.markdown(strong(label))
                draw = partial(flow_charts.with_year_before, part)
                key = analysis.place_of(part[-1], "year before")
                analysis.chart(asked.monitor, key, draw, charts.describe(label, part))


def months(asked: Asked) -> None:
    """The last twelve months, each beside the same month a year ago."""
    st.header("Per maand", anchor=False)
    found = caseload.by_month(asked.monitor, asked.organisation_id, asked.quarter)
    if not found:
        st.markdown("Er zijn nog geen twee kwartalen na elkaar geleverd.")
        return
    key = analysis.place_of(found[-1].row.figures[0].now, "months")
    draw = partial(month_chart.months, found)
    analysis.twins(
        lambda: analysis.chart(asked.monitor, key, draw, month_chart.describe_months(found)),
        lambda: _month_rows(asked, found),
    )


def _month_rows(asked: Asked, found: Sequence[Month]) -> None:
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
