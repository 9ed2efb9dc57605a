"""Boards or locations side by side, as small drawings and as a table."""

import streamlit as st

from kpi.chart.sparkline import sparkline
from kpi.chart.trend import describe
from kpi.figure.result import KpiResult
from kpi.view.side_by_side import Group
from pages.shared import figure_cells, table
from pages.shared.text import lines, link, picture, plain, soft
from pages.shared.view import View

WIDTH, HEIGHT, MARGIN = 190, 56, 34


def panels(group: Group, view: View) -> None:
    """One small drawing per organisation, all with the same height for the same value."""
    st.header(group.heading, anchor=False)
    st.markdown(soft(f"Elk vak loopt van {group.span_text}."))
    with st.grid("auto", min_column_width=WIDTH + MARGIN, border=True, gap="xsmall"):
        for series in group.every:
            now = series[-1]
            drawing = picture(
                describe(figure_cells.title(now), series),
                sparkline(series, group.scale, WIDTH, HEIGHT),
            )
            st.markdown(lines(_name(now, view), figure_cells.value_cell(now), drawing))


def rows(group: Group, view: View) -> None:
    """The same as a table, with the change and how complete it is."""
    st.header(group.heading, anchor=False)
    table.show(
        [
            {
                "Naam": _name(series[-1], view),
                "Cijfer": figure_cells.value_cell(series[-1]),
                "Wanneer": plain(series[-1].when_short),
                "Verandering": figure_cells.change_cell(series[-1]),
                "Verloop, 3 jaar": figure_cells.line(
                    series[-1].organisation.name, series, group.scale
                ),
                "Compleet": figure_cells.coverage_cell(series[-1]),
            }
            for series in group.every
        ],
        alt=group.heading,
    )


def _name(result: KpiResult, view: View) -> str:
    organisation = result.organisation
    there = view.link(
        "kpi", result.kpi.id, result.measure.id, result.segment, organisation.organisation_id
    )
    return link(organisation.name, there)
