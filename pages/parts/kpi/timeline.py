"""What was planned, promised, decided and said about a KPI, below its chart and in time with it."""

from datetime import date

import streamlit as st

from kpi.chart.frame import CONFIG
from kpi.chart.timeline import describe, strip
from kpi.chart.timeline_bars import bars, left_out
from kpi.chart.trend import axis_periods
from kpi.figure.monitor import Monitor
from kpi.plans.timeline import Item, timeline
from kpi.record.commitments import meeting_day
from kpi.view.story import Story
from pages.shared import commitments, table
from pages.shared.links import address
from pages.shared.text import lines, link, mind, plain, soft, strong
from pages.shared.verdicts import small
from pages.shared.view import View

NOTHING = "Over deze KPI staat in deze jaren niets in het jaarplan en op de lijst."


def show(monitor: Monitor, told: Story, view: View) -> None:
    """The strip, and everything in it as a table; only what concerns the organisation."""
    kpi, organisation = told.result.kpi, view.organisation
    periods = axis_periods(told.drawing.series, told.drawing)
    on = meeting_day(monitor.calendar, view.quarter, date.today())
    about = ("timeline", kpi.id, organisation.organisation_id, view.quarter, on, *periods)
    found = monitor.remember(
        about, lambda: timeline(monitor, kpi.id, organisation, periods, view.quarter, on)
    )
    st.header("In de tijd", anchor="in-de-tijd")
    if not found:
        st.markdown(soft(NOTHING))
        return
    drawn, listed = st.tabs(["Tekening", "Tabel"])
    with drawn:
        here = bars(found, periods)
        st.plotly_chart(
            monitor.remember(("strip", *about), lambda: strip(here, periods)),
            theme=None, config=CONFIG, key="in_de_tijd", alt=describe(here),
        )  # fmt: skip
        st.markdown(small(left_out(found, here)))
    with listed:
        table.show([_row(item) for item in reversed(found)], alt=describe(here))
    st.markdown(link("Deze activiteiten in het jaarplan", address("jaarplan", plankpi=kpi.id)))


def promises(monitor: Monitor, kpi_id: str, view: View) -> None:
    """What was promised and decided about this KPI, with the forms."""
    opened = st.expander(
        "Toezeggingen en besluiten over deze KPI", on_change="rerun", key="toezeggingen"
    )
    if opened.open:
        with opened:
            on = meeting_day(monitor.calendar, view.quarter, date.today())
            commitments.show(monitor, on, kpi_id)


def _row(item: Item) -> dict[str, str]:
    state = f"**{mind(item.state)}**" if item.is_late else plain(item.state)
    return {
        "Wanneer": plain(item.when),
        "Wat": lines(strong(item.lane.capitalize()), plain(item.text), small(item.note)),
        "Wie": plain(item.who) or soft("–"),
        "Stand": state or soft("–"),
    }
