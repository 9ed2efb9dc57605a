"""What only the page Thuiszitters tells: cautions, why pupils came and went, and exemptions."""

from collections.abc import Sequence

import streamlit as st

from kpi.view import absence
from kpi.view.absence import FLOW
from kpi.view.quarterly import YearSum
from pages.parts.analysis import analysis
from pages.parts.analysis.analysis import Asked
from pages.shared import figure_cells, table
from pages.shared.figure_cells import count, in_brackets, short, with_year_ago
from pages.shared.text import lines, link, plain, soft, strong
from pages.shared.verdicts import small

RENEWED = (
    "Deze leerlingen zijn geen thuiszitters. De meeste vrijstellingen eindigen op 31 juli en "
    "beginnen daarna opnieuw; in september is Nieuw daarom hoog."
)


def cautions(asked: Asked) -> None:
    """What to keep in mind, together in one box."""
    texts = absence.cautions(asked.monitor, asked.organisation_id, asked.quarter)
    if texts:
        st.warning(lines(*map(plain, texts)), icon=":material/info:")


def why(asked: Asked) -> None:
    """Why pupils came, and how it ended for those who went."""
    with st.grid(2, min_column_width=420, gap="medium"):
        for heading, measure, split in (
            ("Waarom kwamen zij thuis te zitten?", FLOW.new, "sub_kind"),
            ("Hoe liep het af?", FLOW.ended, "end_reason"),
        ):
            with st.container():
                st.subheader(heading, anchor=False)
                found = absence.reasons(
                    asked.monitor, asked.organisation_id, asked.quarter, measure, split
                )
                reasons(found, heading, asked.quarter.label)


def reasons(found: Sequence[YearSum], heading: str, label: str) -> None:
    """A quarter is small, so four quarters stand beside it."""
    table.show(
        [
            {
                "Reden": table.row_name(item.label, item is found[-1]),
                label: count(item.quarter),
                "Laatste 4 kwartalen": count(item.year),
                "4 kwartalen ervoor": count(item.before),
            }
            for item in found
        ],
        alt=heading,
    )
    if not found[-1].complete or not found[-1].before_complete:
        st.markdown(small("Niet alle locaties hebben in al deze kwartalen geleverd."))


def exempt(asked: Asked) -> None:
    """Exemptions, apart: these pupils are not thuiszitters."""
    st.header("Vrijstellingen (VRIJ), apart", anchor=False)
    monitor, view = asked.monitor, asked.view
    if view.organisation != monitor.swv:
        whole = view.link("thuiszitters", organisation_id=monitor.swv.organisation_id)
        there = link("het hele samenwerkingsverband", whole)
        st.markdown(f"Vrijstellingen zijn er alleen voor {there}.")
        return
    found = absence.exemptions(monitor, view.quarter)
    year = found[0].in_year
    during = f"Leerlingen in {year.period.label}" if year else "Leerlingen in een schooljaar"
    st.markdown(lines(soft(RENEWED), in_brackets(found[0].standing)))
    goals = any(item.in_year and item.in_year.target is not None for item in found)
    table.show(
        [
            {
                "Artikel": plain(item.standing.now.segment_label) or strong("Totaal"),
                f"Op {item.standing.now.when_short}": with_year_ago(item.standing),
                "Nieuw in het kwartaal": short(item.new),
                during: short(item.in_year) if item.in_year else soft("–"),
                **(
                    {"Doel": figure_cells.target_cell(item.in_year)}
                    if goals and item.in_year
                    else {}
                ),
            }
            for item in found
        ],
        alt="Vrijstellingen van de leerplicht naar artikel",
    )
    for item in found:
        if item.in_year:
            analysis.agreement(monitor, item.in_year)
