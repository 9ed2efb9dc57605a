"""What runs at every click: page settings, the list of pages, and the frame around them."""

from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module

import streamlit as st

from data.deliveries.failures import told
from data.deliveries.ledger import LedgerDamaged
from data.deliveries.store import StoreError
from kpi.meaning.load import DefinitionError
from pages.app import frame
from pages.parts.deliveries import keeping
from pages.shared import choices, links
from pages.shared.blocks import wrong
from pages.shared.monitor import current_monitor, goes_first, judging_text

# What can be wrong with a store or a definition; the text is Dutch and says what to do.
UNUSABLE = (StoreError, LedgerDamaged, DefinitionError, OSError)


def _page(name: str) -> Callable[[], None]:
    """The function of pages/<name>.py, loaded when somebody opens that page."""

    def show() -> None:
        getattr(import_module(show.__module__), name)()

    show.__name__, show.__module__ = name, f"pages.{name}"
    return show


PAGES = (
    ("overzicht", "Overzicht", _page("overview")),
    ("kpi", "KPI", _page("kpi_detail")),
    ("locaties", "Locaties", _page("locations")),
    ("thuiszitters", "Thuiszitters", _page("thuiszitters")),
    ("ect", "ECT", _page("ect")),
    ("kwartaal", "Kwartaal", _page("quarter")),
    ("vergadering", "Vergadering", _page("meeting")),
    ("jaarplan", "Jaarplan", _page("plan")),
    ("scenario", "Scenario", _page("scenario")),
    ("verbeterplan", "Verbeterplan", _page("improvement")),
    ("gegevens", "Gegevens", _page("deliveries")),
    ("definities", "Definities", _page("dictionary")),
    ("uitleg", "Uitleg", _page("explanation")),
)


def main() -> None:
    """Show the chosen page."""
    st.set_page_config(page_title="KPI-monitor", page_icon=frame.ICON, layout="wide")
    pages = {
        path: st.Page(show, title=title, url_path=path, default=path == PAGES[0][0])
        for path, title, show in PAGES
    }
    page = st.navigation(list(pages.values()), position="top")
    frame.brand()
    links.follow(pages)
    try:
        monitor = current_monitor()
        frame.demo_note(monitor)
        frame.damage_note(monitor)
    except UNUSABLE as error:
        wrong(told(error))
        if isinstance(error, LedgerDamaged):
            keeping.rescue()
        st.stop()
    choices.begin()
    judging = judging_text(monitor)  # only then a page may keep somebody waiting
    # Without text the place of it stays, or all that was opened on the page closes when it goes.
    with goes_first(), st.spinner(judging) if judging else nullcontext(st.empty()):
        page.run()
    links.complete(choices.chosen())


if __name__ == "__main__":
    main()
