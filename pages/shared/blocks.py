"""Blocks that stand on several pages: what is wrong, a fold-out, and a chart."""

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from kpi.chart.trend import CONFIG
from kpi.figure.monitor import Monitor
from pages.shared.text import lines, plain


def wrong(*texts: object) -> None:
    """What cannot be or was refused, each sentence on a line of its own."""
    st.error(lines(*map(plain, texts)), icon=":material/error:")


def fold_out(title: str, key: str, show: Callable[[], object], *, expanded: bool = False) -> None:
    """A fold-out in which `show` is called when somebody opens it, because that takes time."""
    opened = st.expander(title, expanded=expanded, on_change="rerun", key=key)
    if opened.open:
        with opened:
            show()


def chart(monitor: Monitor, name: str, about: Hashable, draw: Callable[[], Any], alt: str) -> None:
    """A drawing, made once of what it is `about`, with the sentence that says the same.

    name: differs from those of the other drawings on the page.
    """
    figure = monitor.remember(("drawing", name, about), draw)
    st.plotly_chart(figure, theme=None, config=CONFIG, key=name, alt=alt)
