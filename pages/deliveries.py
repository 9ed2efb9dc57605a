"""Gegevens: hand in files, see what is in and what is missing, and take a delivery back."""

import streamlit as st

from pages.parts.deliveries import delivered, hand_in, keeping
from pages.shared.choices import CHANGED, TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.recording import tell
from pages.shared.view import choose_quarter


def deliveries() -> None:
    """Hand in and its outcome first; then what is missing, and everything that is in."""
    monitor = current_monitor()
    row = TitleRow("Gegevens")
    quarter = choose_quarter(row, monitor)
    row.caption(monitor.swv.name)
    tell(CHANGED)
    keeping.damaged(monitor)
    files, template = st.columns([1.3, 1], gap="large")
    with files:
        st.header("Bestanden inlezen", anchor=False)
        hand_in.choose_files(monitor)
    with template:
        st.header("Sjablonen", anchor=False)
        delivered.templates(monitor)
    hand_in.outcomes(monitor)
    st.header(f"Wat is er binnen over {quarter.label}?", anchor=False)
    delivered.due(monitor, quarter)
    st.header("Leveringen", anchor=False)
    delivered.history(monitor)
    delivered.uncounted_rows(monitor)
    delivered.take_back(monitor)
    keeping.backups(monitor)
    delivered.switch(monitor)
