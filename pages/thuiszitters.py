"""Thuiszitters: the analysis of a quarter for the working group with leerplicht and schools."""

import streamlit as st

from kpi.view.absence import ALL_ABSENCE, THUISZITTERS
from pages.parts.analysis import absence_parts, analysis, bridges, flow_tables
from pages.shared.text import link


def thuiszitters() -> None:
    """What stood, came, went and stands; how long; without an offer; who, why and where."""
    asked = analysis.begin(THUISZITTERS)
    if asked is None:
        return
    analysis.judged(asked)
    absence_parts.cautions(asked)
    analysis.tiles(asked)
    bridges.show(asked)
    absence_parts.lasting(asked)
    absence_parts.flows(asked)
    absence_parts.why(asked)
    st.header("Om wie gaat het?", anchor=False)
    with st.grid(2, min_column_width=480, gap="medium"):
        for split in THUISZITTERS.splits:
            with st.container():
                flow_tables.split(asked, split)
    absence_parts.exempt(asked)
    flow_tables.places(asked)
    there = asked.view.link("kpi", ALL_ABSENCE)
    has_all = ALL_ABSENCE in asked.monitor.kpis
    analysis.more(asked, *([link("Alle verzuim, ook geoorloofd", there)] if has_all else []))
