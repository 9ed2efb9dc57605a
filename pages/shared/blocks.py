"""Blocks on several pages: what is wrong, how far work is, fold-out, tabs, download, chart."""

import mimetypes
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st

from data.progress import heard_by
from kpi.chart.frame import CONFIG
from kpi.figure.monitor import Monitor
from pages.shared.own_files import for_this_browser
from pages.shared.text import lines, plain


def wrong(*texts: object) -> None:
    """What cannot be or was refused, each sentence on a line of its own."""
    st.error(lines(*map(plain, texts)), icon=":material/error:")


@contextmanager
def progress(text: str) -> Iterator[None]:
    """A bar that tells how far the work in this block is; gone when that is done."""
    bar = st.progress(0.0, plain(text))
    try:
        with heard_by(lambda part, told: bar.progress(min(part, 1.0), plain(told))):
            yield
    finally:
        bar.empty()


def fold_out(
    title: str,
    key: str,
    show: Callable[[], object],
    *,
    expanded: bool = False,
    has_forms: bool = False,
) -> None:
    """A fold-out in which `show` is called when somebody opens it; the rest of the page stays.

    has_forms: the whole page runs anew, so that a form knows what was put on record meanwhile.
    """

    def folded() -> None:
        opened = st.expander(title, expanded=expanded, on_change="rerun", key=key)
        if opened.open:
            with opened:
                show()

    if has_forms:
        folded()
    else:
        st.fragment(folded)()


def twins(key: str, drawn: Callable[[], object], listed: Callable[[], object]) -> None:
    """A drawing and, behind a tab beside it, the same as a table."""
    in_tabs(key, {"Grafiek": drawn, "Tabel": listed})


def in_tabs(key: str, shown: Mapping[str, Callable[[], object]]) -> None:
    """Tabs by their label, the first in front.

    Only what is looked at is made and sent: what lay behind it took most of the time of a page.
    """

    @st.fragment
    def tabs() -> None:
        places = st.tabs(list(shown), on_change="rerun", key=f"tabs_{key}")
        for place, show in zip(places, shown.values(), strict=True):
            if place.open:
                with place:
                    show()

    tabs()


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
