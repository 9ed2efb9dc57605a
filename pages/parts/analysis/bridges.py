"""From one count date to the next: bridges as drawings on one scale, as a table, and why not."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi import formatting
from kpi.chart import flow as flow_charts
from kpi.figure.monitor import Monitor
from kpi.view.bridge import Bridge, rest_heading
from pages.parts.analysis.analysis import AskedFlow
from pages.shared import figure_cells, table
from pages.shared.blocks import chart, twins
from pages.shared.text import lines, mind, plain, soft, strong
from pages.shared.verdicts import small

CLOSES, DOES_NOT_CLOSE = "✓ klopt", "≠ sluit niet"


def show(asked: AskedFlow) -> None:
    """From the previous count date to this one, the whole first, and whether it closes."""
    st.header("Van de vorige peildatum naar deze", anchor=False)
    found = asked.bridges
    if not found:
        st.info(asked.why_no_bridge)
        return
    twins("bruggen", lambda: _panels(asked.monitor, found), lambda: _rows(found))
    for gap in found[0].gaps:
        st.markdown(small(gap.text))


def _panels(monitor: Monitor, bridges: Sequence[Bridge]) -> None:
    """Bridges side by side on one scale, each with its addition below it."""
    if bridges[0].is_empty:
        st.markdown(f"{plain(bridges[0].sentence)} {_closing(bridges[0])}")
        return
    top = flow_charts.highest(bridges)
    with st.grid(len(bridges), min_column_width=300, gap="small"):
        for bridge in bridges:
            with st.container(gap="xxsmall"):
                st.markdown(strong(bridge.subject))
                draw = partial(flow_charts.waterfall, bridge, top)
                chart(monitor, f"brug {bridge.subject}", bridge.now, draw, bridge.sentence)
                st.markdown(lines(soft(bridge.sum_text), _closing(bridge)))


def _rows(bridges: Sequence[Bridge]) -> None:
    first = bridges[0]
    rest = rest_heading(bridges)
    table.show(
        [
            {
                "Deel": strong(bridge.subject),
                f"Stand {first.before.when_short}": figure_cells.count(bridge.amounts[0]),
                "Nieuw": figure_cells.count(bridge.amounts[1]),
                first.flow.gone.capitalize(): figure_cells.count(bridge.amounts[2]),
                rest: figure_cells.signed(bridge.difference),
                f"Stand {first.now.when_short}": figure_cells.count(bridge.amounts[4]),
                "Sluit het?": _closing(bridge),
            }
            for bridge in bridges
        ],
        alt=" ".join(bridge.sentence for bridge in bridges),
    )


def _closing(bridge: Bridge) -> str:
    """In words and with a sign whether the addition closes."""
    if bridge.closes:
        return soft(CLOSES)
    return mind(f"{DOES_NOT_CLOSE}: {formatting.number(abs(bridge.difference))} {bridge.rest_name}")
