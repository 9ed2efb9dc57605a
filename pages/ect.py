"""ECT: the caseload of a quarter beside the same quarter a year ago, and what people thought."""

import streamlit as st

from kpi.view.caseload import ECT
from pages.parts.analysis import analysis, bridges, caseload_parts, flow_tables
from pages.shared.figure_cells import in_brackets


def ect() -> None:
    """New, closed, open and time to close; by kind, theme and school; and the satisfaction."""
    asked = analysis.begin(ECT)
    if asked is None:
        return
    analysis.judged(asked)
    analysis.tiles(asked)
    caseload_parts.quarters(asked)
    caseload_parts.months(asked)
    with st.grid(2, min_column_width=480, gap="large"):
        with st.container():
            if asked.bridges:
                bridges.show(asked)
            caseload_parts.satisfaction(asked)
        with st.container():
            st.header("Waarvoor wordt het ECT gevraagd?", anchor=False)
            st.markdown(in_brackets(asked.facts[0]))
            for split in ECT.splits:
                flow_tables.split(asked, split)
    flow_tables.places(asked)
    analysis.more(asked)
