"""What a quarter rests on: deliveries, figures that changed, two sources side by side, words."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpi.cycle.changes import ChangedFigure
from kpi.cycle.corrections import LONGEST_TEXT, correct, notes_on
from kpi.cycle.quarter import QuarterState, Words
from kpi.cycle.reconcile import Compared, Difference, explain_difference
from kpi.cycle.seal import Seal
from kpi.figure.monitor import Monitor
from kpi.formatting import count, number
from pages.shared import table
from pages.shared.blocks import fold_out
from pages.shared.commentary import commentary_form
from pages.shared.owed import owed
from pages.shared.recording import form
from pages.shared.text import lines, link, mind, plain, remark, soft, strong
from pages.shared.view import View

PLACES = {
    "binnen": "wat er binnen is",
    "bronnen": "twee bronnen",
    "duiding": "duiding",
    "toezeggingen": "toezeggingen",
    "stukken": "stukken",
}
FIRST_CHANGED = 10
ABOUT_EXPLAINING = (
    "U legt een verschil één keer uit. De uitleg geldt zolang het verschil gelijk blijft."
)


def contents() -> None:
    """The parts of the page to jump to, by the anchor of their heading."""
    st.markdown("Ga naar: " + " · ".join(f"[{name}](#{there})" for there, name in PLACES.items()))


def delivered(state: QuarterState, view: View) -> None:
    """What is late, by name; the rest stands on its own page."""
    st.header("Wat is er binnen?", anchor="binnen")
    there = link("Gegevens", view.link("gegevens"))
    if not state.late:
        st.markdown(f"Alles over {plain(state.quarter.label)} is binnen. Zie {there}.")
        return
    complete = count(len(state.owed) - len(state.late), "bronnen")
    st.markdown(
        lines(f"{plain(complete)} van {len(state.owed)} compleet, de rest nog niet. Zie {there}.")
    )
    owed(state.late, state.quarter)
    if state.late_reason:
        st.markdown(remark(f"Vastgesteld zonder wat ontbreekt: {state.late_reason}"))


def changed(monitor: Monitor, state: QuarterState) -> None:
    """What became of sealed figures, and the notes on it."""
    seal = state.held_against
    if seal is None:
        return
    label = monitor.calendar.parse(seal.quarter).label
    st.header(f"Gewijzigd sinds {label} is vastgesteld", anchor="gewijzigd")
    if state.damage:
        st.error(plain(state.damage), icon=":material/gpp_bad:")
    elif not state.changed:
        st.markdown(f"Geen enkel cijfer. Het zegel is {plain(seal.short)}, {plain(seal.by)}.")
    else:
        first = state.changed[:FIRST_CHANGED]
        table.show(
            [{name: plain(text) for name, text in _cells(item).items()} for item in first],
            alt=f"Gewijzigd sinds {label} is vastgesteld",
        )
        if len(state.changed) > len(first):
            _every(state.changed)
    for note in notes_on(monitor.store, seal.quarter):
        st.markdown(f"> {plain(note.text)}  \n> {remark(note.by)}")
    if state.changed:
        _correction(monitor, state, seal)


def _every(found: Sequence[ChangedFigure]) -> None:
    """There may be thousands, so they are only shown when somebody asks."""
    heading = f"Alle {count(len(found), 'cijfers')} die zijn gewijzigd"
    fold_out(
        heading,
        "alle_gewijzigde",
        lambda: st.dataframe(pd.DataFrame(map(_cells, found)), hide_index=True, alt=heading),
    )


def _cells(item: ChangedFigure) -> dict[str, str]:
    return {
        "Cijfer": item.name,
        "Organisatie": item.organisation,
        "Periode": item.period,
        "Bij het vaststellen": item.was_text,
        "Nu": item.now_text,
        "Verschil": item.difference_text or "–",
    }


def _correction(monitor: Monitor, state: QuarterState, seal: Seal) -> None:
    needed = " (nodig)" if state.asks_correction else ""
    with st.expander(f"Schrijf een correctie{needed}", key="correctie_schrijven"):
        with form("correctie") as asked:
            st.markdown(remark("Het volgende stuk drukt deze tekst af. Schrijf zonder namen."))
            text = st.text_area("Wat is er gewijzigd, en waardoor?", max_chars=LONGEST_TEXT)
        asked.record(
            lambda author: correct(monitor, seal.quarter, text, author),
            "Vastgelegd: een correctie.",
        )


def two_sources(monitor: Monitor, state: QuarterState) -> None:
    """Which groups two sources count, and every place where they differ."""
    st.header("Twee bronnen naast elkaar", anchor="bronnen")
    if not state.compared:
        st.markdown("Er is geen groep die in twee bronnen staat.")
        return
    table.show([_pair(item) for item in state.compared], alt="Groepen die in twee bronnen staan")
    if state.differences:
        table.show([_difference(item) for item in state.differences], alt="Verschillen")
        _explaining(monitor, state)


def _pair(item: Compared) -> dict[str, str]:
    found = count(len(item.differences), "verschillen")
    return {
        "Groep": strong(item.pair.label),
        "Periode": plain(item.period.label),
        "Locaties": plain(number(item.places)),
        "Eerste bron": plain(f"{item.pair.first}: {number(item.first)}"),
        "Tweede bron": plain(f"{item.pair.second}: {number(item.second)}"),
        "Uitkomst": mind(found) if item.differences else plain("gelijk"),
    }


def _difference(item: Difference) -> dict[str, str]:
    about = plain(", ".join(filter(None, (item.pair.label, item.part_label))))
    waits = mind("uitleg nodig") if item.blocks else soft(item.pair.note or "klein verschil")
    told = lines(plain(item.explained), remark(item.explained_by)) if item.explained else waits
    return {
        "Locatie": strong(item.organisation.name),
        "Wat": lines(about, soft(item.period.label)),
        "Eerste bron": plain(f"{item.pair.first}: {number(item.first)}"),
        "Tweede bron": plain(f"{item.pair.second}: {number(item.second)}"),
        "Verschil": plain(item.difference_text),
        "Uitleg": told,
    }


def _explaining(monitor: Monitor, state: QuarterState) -> None:
    with st.expander("Leg een verschil uit", key="verschil_uitleggen"):
        with form("verklaring") as asked:
            st.markdown(remark(ABOUT_EXPLAINING))
            chosen = st.selectbox(
                "Welk verschil?", state.differences, format_func=lambda item: item.text
            )
            text = st.text_input("Waardoor verschillen de twee bronnen?", max_chars=300)
        asked.record(
            lambda author: explain_difference(monitor, chosen, text, author),
            "Vastgelegd: de uitleg van een verschil.",
        )


def words(monitor: Monitor, state: QuarterState, view: View) -> None:
    """Which KPIs ask for words, and the form to write them."""
    st.header("Duiding", anchor="duiding")
    asked = [item for item in _in_order(state) if item.why or item.written]
    table.show(
        [_words(item, view) for item in asked],
        alt="Duiding per KPI", empty="Geen enkele KPI vraagt om duiding. Schrijven mag wel.",
    )  # fmt: skip
    if state.steps.seal:
        return
    names = {item.line.result.kpi.id: item.line.name for item in _in_order(state)}
    chosen = st.selectbox("Schrijf bij", list(names), format_func=names.__getitem__, width=420)
    place = (monitor.swv.organisation_id, state.quarter.period_id)
    commentary_form(monitor, chosen, *place)


def _in_order(state: QuarterState) -> list[Words]:
    """What must still be written first."""
    return sorted(state.words, key=lambda item: (not item.is_missing, not item.why))


def _words(item: Words, view: View) -> dict[str, str]:
    kpi = item.line.result.kpi
    written = item.written
    return {
        "KPI": link(kpi.name, view.link("kpi", kpi.id)),
        "Waarom nodig": plain(item.why) or soft("–"),
        "Duiding": lines(plain(written.first_words), remark(written.by))
        if written
        else mind("nog te schrijven"),
    }
