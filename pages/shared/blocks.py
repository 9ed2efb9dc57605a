"""Blocks that stand on several pages: what is wrong, a fold-out, a download and a chart."""

import mimetypes
from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from kpi.chart.frame import CONFIG
from kpi.figure.monitor import Monitor
from pages.shared.own_files import for_this_browser
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


def download(
    label: str, content: bytes | Callable[[], bytes], file_name: str, key: str | None = None
) -> None:
    """A button that hands a file to the browser; the page stays as it is."""
    kind = mimetypes.guess_type(file_name)[0] or "application/octet-stream"
    st.download_button(
        label, for_this_browser(content), file_name, kind, key=key, on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip


def chart(monitor: Monitor, name: str, about: Hashable, draw: Callable[[], Any], alt: str) -> None:
    """A drawing, made once of what it is `about`, with the sentence that says the same.

    name: differs from those of the other drawings on the page.
    """
    figure = monitor.remember(("drawing", name, about), draw)
    st.plotly_chart(figure, theme=None, config=CONFIG, key=name, alt=alt)
