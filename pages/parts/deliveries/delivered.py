"""What is in the store: what is due this quarter, every delivery, taking one back, templates."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from data.calendar import Period
from data.deliveries.delivery import Delivery
from data.deliveries.failures import told
from data.deliveries.store import StoreError
from data.gate.templates import template_workbook
from kpi.figure.monitor import Monitor
from kpi.formatting import count, moment_text, number
from kpi.opening.demo import show_demo
from kpi.view.intake import Intake, intake
from kpi.view.uncounted_rows import UncountedLine, uncounted_lines
from pages.shared import table
from pages.shared.blocks import download, fold_out
from pages.shared.choices import start_again
from pages.shared.owed import owed
from pages.shared.recording import user_name
from pages.shared.text import plain, soft, strong

OTHERS = "Bronnen die niet per kwartaal komen"
UNCOUNTED = (
    "Deze rijen zijn ingelezen, maar staan in geen enkel cijfer. Klopt dat niet? "
    "Kijk dan de lijst van vestigingen en de code in het bestand na. Telt een andere regel "
    "van de leerling, en moet het deze zijn? Maak de levering met dat antwoord dan "
    "ongedaan en lees haar opnieuw in."
)
UNDONE = "De levering telt niet meer mee."
DERIVED = "afgeleid, niet gezegd"
DERIVED_MORE = (
    "Bij {} van vroeger is afgeleid voor wie en over welke tijd; niemand heeft het gezegd. Lees "
    "hetzelfde bestand nog een keer in om het te zeggen."
)


def due(monitor: Monitor, quarter: Period) -> None:
    """Who delivered over this quarter, who is missing, and how far the other sources reach."""
    sources = intake(monitor, quarter)
    owed([item for item in sources if item.by_quarter], quarter)
    others = [item for item in sources if not item.by_quarter]
    fold_out(OTHERS, "andere_bronnen", lambda: _others(others))


def _others(sources: Sequence[Intake]) -> None:
    table.show(
        [
            {
                "Bron": strong(item.label),
                "Laatste levering": plain(item.received_text) or soft("nog geen"),
                "Gegevens tot": plain(item.reaches_text) or soft("–"),
            }
            for item in sources
        ],
        alt=OTHERS,
    )


def history(monitor: Monitor) -> None:
    """Every delivery, the newest first, also those that were taken back."""
    deliveries = list(reversed(monitor.store.history()))
    if not deliveries:
        st.info("Er zijn nog geen leveringen.", icon=":material/info:")
        return
    st.dataframe(
        pd.DataFrame([_cells(delivery, monitor) for delivery in deliveries]),
        hide_index=True, alt="Alle leveringen",
    )  # fmt: skip
    derived = [found for found in deliveries if not found.claim and not found.undone_at]
    if derived:
        st.markdown(DERIVED_MORE.format(count(len(derived), "leveringen")))


def _cells(delivery: Delivery, monitor: Monitor) -> dict[str, str]:
    return {
        "Ontvangen": moment_text(delivery.imported_at),
        "Staat": f"teruggenomen: {delivery.undone_reason}" if delivery.undone_at else "geldt",
        "Bron": _label(delivery.source, monitor),
        "Periode": _period(delivery, monitor),
        "Zegt": delivery.claim or DERIVED,
        "Geantwoord": _answered(delivery),
        "Bestand": delivery.file_name,
        "Rijen": number(delivery.rows),
        "Weggelaten": number(delivery.quarantined),
        "Door": delivery.author,
        "Levering": delivery.delivery_id,
    }


def uncounted_rows(monitor: Monitor) -> None:
    """The rows that were accepted and that no figure counts, with the reason."""
    lines = uncounted_lines(monitor)
    if not lines:
        return
    total = number(sum(line.rows for line in lines))
    fold_out(f"Rijen die nergens meetellen ({total})", "nergens", lambda: _uncounted(lines))


def _uncounted(lines: Sequence[UncountedLine]) -> None:
    st.markdown(UNCOUNTED)
    table.show(
        [
            {
                "Bestand": plain(line.file),
                "Eerste rij": plain(line.first),
                "Rijen": number(line.rows),
                "Onderwerp": plain(line.topic),
                "Vestiging": plain(line.place) or soft("–"),
                "Waarom": plain(line.why),
            }
            for line in lines
        ],
        alt="Rijen die nergens meetellen",
    )


def take_back(monitor: Monitor) -> None:
    """Undo a delivery, with a reason and a confirmation. Nothing is deleted."""
    active = {found.delivery_id: found for found in reversed(monitor.store.deliveries())}
    if monitor.is_demo or not active:
        return
    with st.expander("Een levering ongedaan maken", key="ongedaan", icon=":material/undo:"):
        chosen = st.selectbox(
            "Welke levering?", list(active), width=520,
            format_func=lambda name: _title(active[name], monitor),
        )  # fmt: skip
        reason = st.text_input("Waarom?", max_chars=200, width=520)
        if st.button("Maak ongedaan …", disabled=not chosen):
            confirm(monitor, active[chosen], reason)


@st.dialog("Levering ongedaan maken")
def confirm(monitor: Monitor, delivery: Delivery, reason: str) -> None:
    """The last question before a delivery stops counting."""
    st.markdown(
        f"{plain(_title(delivery, monitor))} telt daarna niet meer mee. Een oudere levering die "
        "hierdoor was vervangen, geldt dan weer. In het logboek blijft alles staan."
    )
    if st.button("Ja, maak ongedaan", type="primary"):
        try:
            monitor.store.undo(delivery.delivery_id, user_name(), reason)
        except (StoreError, OSError) as error:
            st.error(plain(told(error)))
            return
        start_again(UNDONE)


def switch(monitor: Monitor) -> None:
    """From the own figures to the made-up SWV, and back."""
    if monitor.is_demo and not monitor.own_store.deliveries():
        return
    label = (
        "Toon de eigen cijfers" if monitor.is_demo else "Toon de demonstratie met verzonnen cijfers"
    )
    if st.button(label, icon=":material/swap_horiz:"):
        show_demo(monitor.own_store, not monitor.is_demo, user_name())
        start_again()


def templates(monitor: Monitor) -> None:
    """An empty workbook per source, with an explanation and the choices in it."""
    st.markdown("Geen bestand uit een systeem? Vul dan een sjabloon in en lees dat hierboven in.")
    sources = list(monitor.sources.values())
    names = [source.id for source in sources]
    chosen = st.selectbox(
        "Sjabloon voor", names, format_func=lambda name: monitor.sources[name].label, width=420
    )
    source = monitor.sources[chosen]
    st.markdown(plain(f"Van: {source.publisher}. Doel: {source.purpose}"))
    download(
        "Download het sjabloon (Excel)",
        partial(template_workbook, source),
        f"sjabloon {source.label}.xlsx".lower(),
    )


def _answered(delivery: Delivery) -> str:
    """What was said of rows that are gone, and of who is there twice at once, in a few words."""
    answers = Counter(row.answer.replace("_", " ") for row in delivery.missing)
    gone = ", ".join(f"{rows} {answer}" for answer, rows in sorted(answers.items()))
    said = (
        f"verdwenen: {gone}" if gone else "",
        f"twee soorten tegelijk: {delivery.at_once} telt" if delivery.at_once else "",
        f"twee regels tegelijk: {delivery.two_rows} telt" if delivery.two_rows else "",
    )
    return "; ".join(filter(None, said))


def _title(delivery: Delivery, monitor: Monitor) -> str:
    parts = [_label(delivery.source, monitor), _period(delivery, monitor)]
    return ", ".join(filter(None, [*parts, delivery.file_name]))


def _period(delivery: Delivery, monitor: Monitor) -> str:
    """The period as people write it; a register without a period has none."""
    return monitor.calendar.parse(delivery.period).label if delivery.period else ""


def _label(source: str, monitor: Monitor) -> str:
    found = monitor.sources.get(source)
    return found.label if found else source
