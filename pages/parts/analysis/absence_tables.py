"""The tables of the page Thuiszitters: why, who, exemptions, and where."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.view import absence_parts
from kpi.view.absence import FLOW, KPI
from kpi.view.absence_parts import PlaceRow
from kpi.view.quarterly import YearSum
from pages.parts.analysis import analysis
from pages.shared import figure_cells, table
from pages.shared.figure_cells import count, in_brackets, short, with_year_ago
from pages.shared.text import lines, link, plain, soft, strong
from pages.shared.verdicts import small
from pages.shared.view import View

HEADINGS = ("Thuis op de peildatum", "Langer dan 3 maanden", "Waarvan zonder aanbod", "Nieuw",
            "Niet meer thuis")  # fmt: skip
SPLITS = ("age", "school_type", "sub_kind", "permitted")
BELOW = {"bestuur": "Per bestuur", "locatie": "Per locatie"}
RENEWED = (
    "Deze leerlingen zijn geen thuiszitters. De meeste vrijstellingen eindigen op 31 juli en "
    "beginnen daarna opnieuw; in september is Nieuw daarom hoog."
)
NOT_A_RANKING = "Op volgorde van naam. Bij kleine aantallen is één leerling al een groot verschil."


def why(monitor: Monitor, view: View) -> None:
    """Why pupils came, and how it ended for those who went."""
    organisation, quarter = view.organisation.organisation_id, view.quarter
    with st.grid(2, min_column_width=420, gap="medium"):
        for heading, measure, split in (
            ("Waarom kwamen zij thuis te zitten?", FLOW.new, "sub_kind"),
            ("Hoe liep het af?", FLOW.ended, "end_reason"),
        ):
            with st.container():
                st.subheader(heading, anchor=False)
                found = absence_parts.reasons(monitor, organisation, quarter, measure, split)
                reasons(found, heading, quarter.label)


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


def who(monitor: Monitor, view: View) -> None:
    """The standing count and what changed it, split in four ways."""
    organisation, period = view.organisation.organisation_id, view.quarter.period_id
    st.header("Om wie gaat het?", anchor=False)
    with st.grid(2, min_column_width=480, gap="medium"):
        for split in SPLITS:
            name = monitor.kpis[KPI].segments[split].label
            found = absence_parts.parts(monitor, organisation, period, split)
            with st.container():
                table.show(
                    [
                        {
                            name: table.row_name(part.label, part is found[-1]),
                            **table.cells(HEADINGS, map(count, part.numbers)),
                        }
                        for part in found
                    ],
                    alt=f"Thuiszitters naar {name.lower()}",
                )


def exempt(monitor: Monitor, view: View) -> None:
    """Exemptions, apart: these pupils are not thuiszitters."""
    st.header("Vrijstellingen (VRIJ), apart", anchor=False)
    if view.organisation != monitor.swv:
        whole = view.link("thuiszitters", organisation_id=monitor.swv.organisation_id)
        there = link("het hele samenwerkingsverband", whole)
        st.markdown(f"Vrijstellingen zijn er alleen voor {there}.")
        return
    found = absence_parts.exemptions(monitor, view.quarter)
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


def where(monitor: Monitor, view: View) -> None:
    """Boards and locations by name; who did not deliver says so."""
    organisation, period = view.organisation.organisation_id, view.quarter.period_id
    types = monitor.kpis[KPI].segments["school_type"].values
    for kind, heading in BELOW.items():
        found = absence_parts.places(monitor, organisation, period, kind)
        if not found or view.organisation.organisation_type == kind:
            continue
        st.header(heading, anchor=False)
        st.markdown(soft(NOT_A_RANKING))
        table.show(
            [_place(place, types, view) for place in found], f"Thuiszitters {heading.lower()}"
        )


def _place(place: PlaceRow, types: Mapping[str, str], view: View) -> table.Row:
    there = view.link("thuiszitters", organisation_id=place.organisation_id)
    own = place.stock.organisation
    extra = (
        {"Soort school": plain(types.get(own.school_type or "", ""))}
        if own.organisation_type == "locatie"
        else {"Compleet": figure_cells.coverage_cell(place.stock)}
    )
    return {
        "Naam": link(place.name, there),
        **extra,
        **table.cells(HEADINGS, map(short, place.figures)),
    }
