"""The definition card of a KPI: the same words on the KPI page and in the dictionary."""

import streamlit as st

from kpi.formatting import date_text
from kpi.meaning.choices import Better, Shows
from kpi.meaning.load import Kpi
from pages.shared import table
from pages.shared.text import plain, remark, strong

DIRECTION = {
    Better.LOWER: "lager is beter",
    Better.HIGHER: "hoger is beter",
    Better.NEUTRAL: "geen goede of slechte kant",
    Better.BAND: "te laag en te hoog zijn allebei een vraag",
}
KIND = {
    Shows.STOCK: "stand op de peildatum",
    Shows.TOTAL: "aantal in de periode",
    Shows.PERSONS: "verschillende leerlingen in de periode",
    Shows.SHARE: "aandeel",
    Shows.RATIO: "verhouding",
    Shows.MEAN: "gemiddelde",
    Shows.PER_100: "per 100",
    Shows.PER_1000: "per 1.000",
}


def card(kpi: Kpi) -> None:
    """Why it matters, and what counts and what does not: what a reader of the chart needs."""
    for heading, text in (
        ("Waarom dit telt", kpi.why),
        ("Telt mee", kpi.counts),
        ("Telt niet mee", kpi.not_counts),
        ("Richting", DIRECTION[kpi.better]),
        ("Bron", kpi.source_note),
    ):
        if text:
            st.markdown(f"{strong(heading)}  \n{plain(text)}")
    st.markdown(remark(f"Eigenaar: {kpi.owner}. Nagekeken op {date_text(kpi.checked_on)}."))


def in_full(kpi: Kpi) -> None:
    """Every measure, split and version."""
    _measures(kpi)
    _segments(kpi)
    _versions(kpi)


def _measures(kpi: Kpi) -> None:
    """Every figure of the KPI with what is divided by what."""
    table.show(
        [
            {
                "Maat": strong(measure.label),
                "Wat het is": plain(KIND[measure.shows]),
                "Teller": plain(measure.numerator),
                "Noemer": plain(measure.denominator) or "–",
                "Eenheid": plain(measure.unit),
                "Per": plain(", ".join(measure.periods)),
            }
            for measure in kpi.measures.values()
        ],
        alt=f"Maten van {kpi.label}",
    )


def _segments(kpi: Kpi) -> None:
    """The ways in which the figures can be split."""
    if kpi.segments:
        table.show(
            [
                {
                    "Uitsplitsing": strong(item.label),
                    "Waarden": plain(", ".join(item.values.values())),
                }
                for item in kpi.segments.values()
            ],
            alt=f"Uitsplitsingen van {kpi.label}",
        )


def _versions(kpi: Kpi) -> None:
    """From when each way of counting applies, and the footnotes."""
    table.show(
        [
            {
                "Versie": str(item.version),
                "Vanaf": plain(date_text(item.from_on)),
                "Wat er veranderde": plain(item.change),
            }
            for item in kpi.versions
        ],
        alt=f"Versies van de definitie van {kpi.label}",
    )
    if kpi.recounts:
        table.show(
            [
                {"Op": plain(date_text(item.on)), "Alle perioden anders geteld": plain(item.change)}
                for item in kpi.recounts
            ],
            alt=f"Wat er voor alle perioden veranderde bij {kpi.label}",
        )
    for note in kpi.footnotes:
        st.markdown(remark(note))
