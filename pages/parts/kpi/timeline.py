"""What was planned, promised, decided and said about a KPI, below its chart and in time with it."""

import streamlit as st

from kpi.chart.timeline import describe, strip
from kpi.chart.timeline_bars import bars, left_out
from kpi.chart.trend import axis_periods
from kpi.figure.monitor import Monitor
from kpi.plans.timeline import Item, timeline
from kpi.view.story import Story
from pages.shared import commitments, table
from pages.shared.blocks import chart, fold_out, in_tabs
from pages.shared.links import address
from pages.shared.text import lines, link, plain, soft, strong, urgent
from pages.shared.verdicts import small
from pages.shared.view import View

NOTHING = "Over deze KPI staat in deze jaren niets in het jaarplan en op de lijst."


def show(monitor: Monitor, told: Story, view: View) -> None:
    """The strip, and everything in it as a table; only what concerns the organisation."""
    kpi, organisation = told.result.kpi, view.organisation
    periods = axis_periods(told.drawing.series, told.drawing)
    on = view.meeting_day(monitor)
    about = ("timeline", kpi.id, organisation.organisation_id, view.quarter, on, *periods)
    found = monitor.remember(
        about, lambda: timeline(monitor, kpi.id, organisation, periods, view.quarter, on)
    )
    st.header("In de tijd", anchor="in-de-tijd")
    if not found:
        st.markdown(soft(NOTHING))
        return
    here = bars(found, periods)

    def drawn() -> None:
        chart(monitor, "in_de_tijd", about, lambda: strip(here, periods), describe(here))
        st.markdown(small(left_out(found, here)))

    def listed() -> None:
        table.show([_row(item) for item in reversed(found)], alt=describe(here))

    in_tabs("in_de_tijd", {"Tekening": drawn, "Tabel": listed})
    st.markdown(link("Deze activiteiten in het jaarplan", address("jaarplan", plankpi=kpi.id)))


def promises(monitor: Monitor, kpi_id: str, view: View) -> None:
    """What was promised and decided about this KPI, with the forms."""
    fold_out(
        "Toezeggingen en besluiten over deze KPI",
        "toezeggingen",
        lambda: commitments.show(monitor, view.meeting_day(monitor), kpi_id),
        has_forms=True,
    )


def _row(item: Item) -> dict[str, str]:
    state = urgent(item.state) if item.is_late else plain(item.state)
    return {
        "Wanneer": plain(item.when),
        "Wat": lines(strong(item.lane.capitalize()), plain(item.text), small(item.note)),
        "Wie": plain(item.who) or soft("–"),
        "Stand": state or soft("–"),
    }
