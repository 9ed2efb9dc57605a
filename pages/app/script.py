"""What runs at every click: page settings, the list of pages, and the frame around them."""

import streamlit as st

from data.deliveries.ledger import LedgerDamaged
from data.deliveries.store import StoreError
from kpi.meaning.load import DefinitionError
from pages.app import frame
from pages.deliveries import deliveries
from pages.dictionary import dictionary
from pages.ect import ect
from pages.explanation import explanation
from pages.improvement import improvement
from pages.kpi_detail import kpi_detail
from pages.locations import locations
from pages.meeting import meeting
from pages.overview import overview
from pages.plan import plan
from pages.quarter import quarter
from pages.scenario import scenario
from pages.shared import choices, links
from pages.shared.blocks import wrong
from pages.shared.monitor import current_monitor
from pages.thuiszitters import thuiszitters

# What can be wrong with a store or a definition; the text is Dutch and says what to do.
UNUSABLE = (StoreError, LedgerDamaged, DefinitionError)
PAGES = (
    ("overzicht", "Overzicht", overview),
    ("kpi", "KPI", kpi_detail),
    ("locaties", "Locaties", locations),
    ("thuiszitters", "Thuiszitters", thuiszitters),
    ("ect", "ECT", ect),
    ("kwartaal", "Kwartaal", quarter),
    ("vergadering", "Vergadering", meeting),
    ("jaarplan", "Jaarplan", plan),
    ("scenario", "Scenario", scenario),
    ("verbeterplan", "Verbeterplan", improvement),
    ("gegevens", "Gegevens", deliveries),
    ("definities", "Definities", dictionary),
    ("uitleg", "Uitleg", explanation),
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
        frame.demo_note(current_monitor())
    except UNUSABLE as error:
        wrong(error)
        st.stop()
    choices.begin()
    page.run()
    links.complete(choices.chosen())


if __name__ == "__main__":
    main()
