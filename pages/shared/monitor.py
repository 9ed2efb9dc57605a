"""The monitor behind all pages: built once, and again when the store has changed."""

import streamlit as st

from kpi.monitor import Monitor, open_monitor


def current_monitor() -> Monitor:
    """The figures as they are now, also after a delivery by the command line or another visitor.

    Building takes a moment and happens once per version of the store, for all visitors together.
    """
    with st.spinner("De cijfers worden opgebouwd …"):
        return open_monitor()
