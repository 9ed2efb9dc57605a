"""Uitleg: how to read the monitor, in ten minutes and in plain Dutch."""

import streamlit as st

from kpi.view.explanation import sections
from pages.parts import explanation as parts
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor


def explanation() -> None:
    """One part under the other, with a list to jump from."""
    monitor = current_monitor()
    row = TitleRow("Uitleg")
    row.caption("Zo leest u de cijfers. Tien minuten lezen, daarna kijkt u anders.")
    found = monitor.remember(("explanation page",), lambda: sections(monitor))
    text, contents = st.columns([2.4, 1], gap="large")
    with contents, st.container(border=True):
        parts.contents(found)
    with text:
        for item in found:
            parts.show(item)
