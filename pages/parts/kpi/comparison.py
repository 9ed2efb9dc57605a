"""Locations compared fairly: the funnel with its table, in order of name and without a rank."""

from functools import partial

import streamlit as st

from kpi.chart import trend as charts
from kpi.chart.frame import CONFIG
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.view.comparison import Comparison, comparisons
from pages.shared import table
from pages.shared.text import link, plain, soft, strong
from pages.shared.view import View

EXPLAINED = (
    "Een kleine school schommelt vanzelf meer. Daarom is de gewone ruimte links breder dan rechts."
)


def show(monitor: Monitor, now: KpiResult, view: View) -> None:
    """One chart per school type; nothing for a figure that cannot be compared this way."""
    found = monitor.remember(("comparisons", now), lambda: comparisons(monitor, now))
    if not found or now.organisation is not monitor.swv:
        return
    st.header("Scholen eerlijk vergeleken", anchor=False)
    for comparison in found:
        st.markdown(f"{strong(comparison.title)}. {plain(comparison.sentence)}")
        drawn, listed = st.tabs(["Grafiek", "Tabel"], key=f"trechter_{comparison.school_type}")
        with drawn:
            st.plotly_chart(
                monitor.remember(("funnel", now, comparison.school_type),
                                 partial(charts.funnel, comparison)),
                theme=None, config=CONFIG, key=f"trechterfiguur_{comparison.school_type}",
                alt=f"{comparison.title}. {comparison.sentence}",
            )  # fmt: skip
        with listed:
            table.show(_rows(comparison, view), alt=comparison.title)
        st.markdown(soft(f"{comparison.caution} {EXPLAINED}"))


def _rows(comparison: Comparison, view: View) -> list[dict[str, str]]:
    now = comparison.result
    return [
        {
            "Naam": link(place.organisation.name, view.link(
                "kpi", now.kpi.id, now.measure.id,
                organisation_id=place.organisation.organisation_id,
            )),
            "Cijfer": f"{strong(place.share_text)} {soft(place.size_text)}",
            "Gewone ruimte": plain(place.room_text),
            "Schatting zonder toeval": plain(place.shrunken_text),
            "Wat mag u hiervan vinden?": plain(place.word),
        }
        for place in comparison.places
    ]  # fmt: skip
