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
CLOSED = (
    "Een beschadigde levering telt nu niet mee: wat alleen zij vertelde, is niet geleverd. Tot dit "
    "is opgelost, wordt er geen kwartaal vastgesteld en geen stuk gemaakt. Bij {} maakt u haar "
    "ongedaan of zet u haar terug uit een reservekopie."
)


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
    """On every page, as long as something that was delivered does not count, or nothing is taken.

    The store of the demo is made anew by itself; of that nobody can restore anything.
    """
    ledger = monitor.store.ledger
    key = ledger.key_problem(is_needed=bool(monitor.store.history()))
    found = [*monitor.store.doubts, *([key] if key else [])]
    if not found:
        return
    texts = lines(*map(plain, found))
    closed = f"  \n{CLOSED.format(link('Gegevens', 'gegevens'))}" if monitor.store.doubts else ""
    st.error(f"**{NOT_WHOLE}**  \n{texts}{closed}", icon=":material/error:")
