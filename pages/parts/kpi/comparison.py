"""Locations compared fairly: the funnel with its table, in order of name and without a rank."""

from functools import partial

import streamlit as st

from kpi.chart import trend as charts
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.view.comparison import Comparison, comparisons
from pages.shared import table
from pages.shared.blocks import chart, twins
from pages.shared.text import plain, soft, strong
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
        twins(
            f"trechter_{comparison.school_type}",
            partial(_drawn, monitor, now, comparison),
            partial(_listed, comparison, view),
        )
        st.markdown(soft(f"{comparison.caution} {EXPLAINED}"))


def _drawn(monitor: Monitor, now: KpiResult, comparison: Comparison) -> None:
    name = f"trechterfiguur_{comparison.school_type}"
    alt = f"{comparison.title}. {comparison.sentence}"
    chart(monitor, name, now, partial(charts.funnel, comparison), alt)


def _listed(comparison: Comparison, view: View) -> None:
    table.show(_rows(comparison, view), alt=comparison.title)


def _rows(comparison: Comparison, view: View) -> list[dict[str, str]]:
    return [
        {
            "Naam": view.named(place.organisation, comparison.result),
            "Cijfer": f"{strong(place.share_text)} {soft(place.size_text)}",
            "Gewone ruimte": plain(place.room_text),
            "Schatting zonder toeval": plain(place.shrunken_text),
            "Wat mag u hiervan vinden?": plain(place.word),
        }
        for place in comparison.places
    ]
