"""How complete each source is over a quarter, and who is missing."""

from collections.abc import Sequence

import streamlit as st

from data.calendar import Period
from kpi.view.intake import Intake
from pages.shared import table
from pages.shared.text import mind, plain, soft, strong


def owed(items: Sequence[Intake], quarter: Period) -> None:
    """How complete each source is over a quarter, and by name who is missing."""
    table.show(
        [
            {
                "Bron": strong(item.label),
                f"Over {quarter.label}": _state(item),
                "Gegevens tot": plain(item.reaches_text) or soft("–"),
            }
            for item in items
        ],
        alt=f"Wat er binnen is over {quarter.label}",
    )
    for item in items:
        if item.missing and len(item.expected) > 1:
            names = ", ".join(organisation.name for organisation in item.missing)
            st.markdown(f":small[{strong(item.label)} mist nog: {plain(names)}.]")


def _state(item: Intake) -> str:
    return plain(item.text) if item.is_complete else mind(item.text)
