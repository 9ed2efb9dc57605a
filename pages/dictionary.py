"""Definities: every KPI explained, generated from the definitions themselves."""

from functools import partial

import streamlit as st

from kpi.meaning.load import Kpi
from kpi.meaning.search import mentioning
from pages.shared import definition
from pages.shared.blocks import fold_out
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import plain, strong


def dictionary() -> None:
    """Search box and one fold-out per KPI, by number."""
    monitor = current_monitor()
    row = TitleRow("Definities")
    wanted = row.search("Zoek in de definities", "zoek")
    found = mentioning(monitor.kpis, wanted)
    row.caption(f"{len(found)} van {len(monitor.kpis)} KPI’s")
    if not found:
        st.info(f"Geen definitie met ‘{plain(wanted)}’. Probeer een ander of korter woord.")
    for kpi in found:
        name = f"{strong(kpi.name)} · {plain(kpi.question)}"
        fold_out(name, f"definitie_{kpi.id}", partial(_whole, kpi))


def _whole(kpi: Kpi) -> None:
    definition.card(kpi)
    definition.in_full(kpi)
