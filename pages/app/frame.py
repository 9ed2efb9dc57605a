"""What stands around every page: the name in the corner, and what must be known of its figures."""

from pathlib import Path

import streamlit as st

from kpi.figure.monitor import Monitor
from pages.shared.text import lines, link, plain

# Our own drawing: Streamlit would fetch a Material icon for the browser tab from the internet.
ICON = str(Path(__file__).with_name("icon.svg"))
_STYLE = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"
_LOGO = Path(__file__).with_name("logo.svg").read_text(encoding="utf-8")

NOT_WHOLE = "De opslag is beschadigd."
NOT_COUNTED = (
    "Een beschadigde levering telt nu niet mee: wat alleen zij vertelde, is niet geleverd. Bij {} "
    "maakt u haar ongedaan of zet u haar terug uit een reservekopie."
)
UNTIL = "Tot dit is opgelost, wordt er geen kwartaal vastgesteld en geen stuk gemaakt."


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


def damage_note(monitor: Monitor) -> None:
    """On every page, as long as not everything that was delivered counts, or nothing is taken."""
    store = monitor.store
    key = store.ledger.key_problem(is_needed=bool(store.history()))
    found = [plain(text) for text in (*store.doubts, key) if text]
    if store.damaged:
        found.append(NOT_COUNTED.format(link("Gegevens", "gegevens")))
    if store.doubts:
        found.append(UNTIL)
    if found:
        st.error(lines(f"**{NOT_WHOLE}**", *found), icon=":material/error:")
