"""Boards or locations side by side, as small drawings and as a table."""

from collections.abc import Sequence

import streamlit as st

from kpi.chart.sparkline import sparkline
from kpi.chart.trend import describe
from kpi.view.side_by_side import Group
from pages.shared import figure_cells, table
from pages.shared.text import lines, picture, plain, soft
from pages.shared.view import View

WIDTH, HEIGHT, MARGIN = 190, 56, 34


def panels(found: Sequence[Group], view: View) -> None:
    """A small drawing per organisation, in a group all on one scale."""
    for group in found:
        _panels(group, view)


def rows(found: Sequence[Group], view: View) -> None:
    """The same as tables, with the change and how complete it is."""
    for group in found:
        _rows(group, view)


def _panels(group: Group, view: View) -> None:
    st.header(group.heading, anchor=False)
    st.markdown(soft(f"Elk vak loopt van {group.span_text}."))
    with st.grid("auto", min_column_width=WIDTH + MARGIN, border=True, gap="xsmall"):
        for series in group.every:
            now = series[-1]
            drawing = picture(
                describe(figure_cells.title(now), series),
                sparkline(series, group.scale, WIDTH, HEIGHT),
            )
            name = view.named(now.organisation, now, now.segment)
            st.markdown(lines(name, figure_cells.value_cell(now), drawing))


def _rows(group: Group, view: View) -> None:
    st.header(group.heading, anchor=False)
    table.show(
        [
            {
                "Naam": view.named(now.organisation, now, now.segment),
                "Cijfer": figure_cells.value_cell(now),
                "Wanneer": plain(now.when_short),
                "Verandering": figure_cells.change_cell(now),
                "Verloop, 3 jaar": figure_cells.line(now.organisation.name, series, group.scale),
                "Compleet": figure_cells.coverage_cell(now),
            }
            for series in group.every
            for now in series[-1:]
        ],
        alt=group.heading,
    )
