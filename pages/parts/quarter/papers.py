"""The papers of a quarter: who may see each of them, and the button that makes it."""

from functools import partial

import streamlit as st

from kpi.cycle.quarter import QuarterState
from kpi.figure.monitor import Monitor
from kpi.paper.make import Paper, documents, papers_of
from pages.shared.papers import offer
from pages.shared.text import remark, strong

WHO_SEES = {
    Paper.INSPECTIE: "Voor de Inspectie: alle aantallen.",
    Paper.ALV: "Mag het bureau uit: kleine aantallen zijn niet te zien.",
    Paper.SCHOOL: "Eén blad per school; kleine aantallen zijn niet te zien.",
    Paper.JAARVERSLAG: "Mag het bureau uit: kleine aantallen zijn niet te zien.",
    Paper.VERBETERPLAN: "Voor de Inspectie en de besturen: teksten van het bureau.",
}


def show(monitor: Monitor, state: QuarterState) -> None:
    """One box per paper; what was made stays until the figures or texts change."""
    st.header("Stukken", anchor="stukken")
    status = state.steps.status
    st.markdown(remark(f"Op elk stuk staat de status: {status}."))
    papers = papers_of(monitor)
    for place, paper in zip(st.columns(len(papers), gap="small"), papers, strict=True):
        with place.container(border=True, gap="xsmall", height="stretch"):
            st.markdown(f"{strong(paper.label)}  \n{remark(WHO_SEES[paper])}")
            offer(
                monitor,
                f"{paper}_{state.quarter.period_id}",
                partial(documents, monitor, paper, state.quarter),
            )
