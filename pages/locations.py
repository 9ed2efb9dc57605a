"""Locaties: one figure for all boards and locations side by side, by name and on one scale."""

from collections.abc import Sequence

import streamlit as st

from kpi import results
from kpi.charts import describe
from kpi.formatting import quantity
from kpi.result import KpiResult
from kpi.span import known_by, recent
from kpi.sparkline import Scale, scale_of, sparkline
from pages.shared import figures, table
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, link, picture, plain, soft
from pages.shared.view import View, choose_kpi, choose_part, choose_period_type, choose_quarter

WIDTH, HEIGHT = 190, 56
KINDS = {"bestuur": "Besturen", "locatie": "Locaties"}
FAIR = (
    "Op volgorde van naam, allemaal op dezelfde schaal. Het is geen ranglijst: bij een kleine "
    "locatie is één leerling al een groot verschil."
)


def locations() -> None:
    """Small panels side by side: to talk about, not to rank."""
    monitor = current_monitor()
    row = TitleRow("Locaties")
    view = View(monitor.swv, choose_quarter(row, monitor))
    row.next_row()
    kpi, measure = choose_kpi(row, monitor)
    part = choose_part(row, kpi, measure)
    kind = choose_period_type(row, kpi, measure)
    row.caption(f"{kpi.label}: {measure.label.lower()}")
    st.markdown(soft(FAIR))
    drawn, listed = st.tabs(["Grafiek", "Tabel"])
    for organisation_type, heading in KINDS.items():
        found = results.trends_by_organisation(
            monitor, kpi.id, organisation_type, measure.id, part, kind
        )
        every = [recent(known_by(series, view.quarter)) for series in found.values()]
        every = [series for series in every if any(result.expected for result in series)]
        if every:
            scale = scale_of(result for series in every for result in series)
            with drawn:
                panels(heading, every, scale, view)
            with listed:
                rows(heading, every, scale, view)
    if not results.trends_by_organisation(monitor, kpi.id, "locatie", measure.id, part, kind):
        st.info(
            "Dit cijfer is er alleen voor het hele samenwerkingsverband.", icon=":material/info:"
        )


def panels(heading: str, every: Sequence[Sequence[KpiResult]], scale: Scale, view: View) -> None:
    """One small drawing per organisation, all with the same height for the same value."""
    unit, decimals = every[0][-1].unit, every[0][-1].decimals
    low, high = (quantity(value, unit, decimals) for value in scale)
    st.header(heading, anchor=False)
    st.markdown(soft(f"Elk vak loopt van {low} tot {high}."))
    with st.grid("auto", min_column_width=WIDTH + 34, border=True, gap="xsmall"):
        for series in every:
            drawing = picture(
                describe(figures.title(series[-1]), series),
                sparkline(series, scale, WIDTH, HEIGHT),
            )
            st.markdown(lines(_name(series[-1], view), figures.value_cell(series[-1]), drawing))


def rows(heading: str, every: Sequence[Sequence[KpiResult]], scale: Scale, view: View) -> None:
    """The same as a table, with the change and how complete it is."""
    st.header(heading, anchor=False)
    table.show(
        [
            {
                "Naam": _name(series[-1], view),
                "Cijfer": figures.value_cell(series[-1]),
                "Wanneer": plain(series[-1].when_short),
                "Verandering": figures.change_cell(series[-1]),
                "Verloop, 3 jaar": figures.line(series[-1].organisation.name, series, scale),
                "Compleet": figures.coverage_cell(series[-1]),
            }
            for series in every
        ],
        alt=heading,
    )


def _name(result: KpiResult, view: View) -> str:
    organisation = result.organisation
    there = view.link(
        "kpi", result.kpi.id, result.measure.id, result.segment, organisation.organisation_id
    )
    return link(organisation.name, there)
