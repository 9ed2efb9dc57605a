"""What stands around every page: the name in the corner and the note on made-up figures."""

from pathlib import Path

import streamlit as st

from kpi.figure.monitor import Monitor
from pages.shared.text import link

# Our own drawing: Streamlit would fetch a Material icon for the browser tab from the internet.
ICON = str(Path(__file__).with_name("icon.svg"))
_STYLE = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"
_LOGO = Path(__file__).with_name("logo.svg").read_text(encoding="utf-8")


def brand() -> None:
    """The name of the product, left of the pages, and what Streamlit has no setting for."""
    st.html(_STYLE)
    st.logo(_LOGO, size="large", link=None)


def demo_note(monitor: Monitor) -> None:
    """On every page, as long as the made-up SWV is shown."""
    if monitor.is_demo:
        own = link("Gegevens", "gegevens")
        st.warning(
            "**Demonstratie: alle cijfers, scholen en leerlingen zijn verzonnen.** "
            f"Uw eigen bestanden laadt u bij {own}.",
            icon=":material/science:",
        )
