"""One recovery order on a page: what was asked, how it stands, notes, evidence, history."""

from datetime import date

import streamlit as st

from kpi.plans.contradictions import contradictions
from kpi.plans.order import ImprovementPlan, RecoveryOrder
from kpi.plans.order_state import OrderLine, facts, status_table
from pages.parts.improvement.tables import annexes, broken, contradicting, dues, state
from pages.shared import table
from pages.shared.links import address
from pages.shared.text import link, plain, soft, strong


def show(plan: ImprovementPlan, order: RecoveryOrder, on: date, day: str) -> None:
    """Everything about an order on a day; first what is wrong with it."""
    st.markdown(link("Naar alle opdrachten", address("verbeterplan", rapport=day)))
    st.header(plain(order.name), anchor="opdracht")
    (line,) = (item for item in status_table(plan, on) if item.order.id == order.id)
    st.markdown(f"Stand: {state(line)}")
    wrong = [item for item in contradictions(plan, on) if item.order_id == order.id]
    if wrong:
        contradicting(wrong, day)
    _facts(line)
    st.header("Notities per maand", anchor="notities")
    _notes(order)
    st.header("Bewijs", anchor="bewijs")
    annexes(plan, order.all_evidence)
    st.header("Beoogde resultaten", anchor="resultaten")
    _intended(order)
    st.header("Stand door de tijd", anchor="verloop")
    _history(order)


def _facts(line: OrderLine) -> None:
    cells = {label: broken(text) for label, text in facts(line)}
    cells["Klaar en stand"] = f"{dues(line)}  \n{state(line)}"
    table.show(
        [{"Wat": strong(label), "Het plan": text} for label, text in cells.items()],
        alt=f"De opdracht {line.order.name}",
    )


def _notes(order: RecoveryOrder) -> None:
    """As they stand in the plan, those of people last; a column with the part only if any has."""
    rows = [
        {
            "Maand": plain(note.month_text),
            "Over": plain(note.about),
            "Wat is er gebeurd?": plain(note.text),
            "Resultaat": plain(note.result) or soft("–"),
            "Bijlagen": plain(", ".join(note.evidence)) or soft("–"),
            "Door": plain(note.author) or soft("het plan"),
        }
        for note in order.notes
    ]
    if not any(note.about for note in order.notes):
        rows = [{name: text for name, text in row.items() if name != "Over"} for row in rows]
    table.show(rows, alt="Notities per maand", empty="Er zijn nog geen notities.")


def _intended(order: RecoveryOrder) -> None:
    if not order.intended:
        st.markdown(soft("Bij deze opdracht staan geen beoogde resultaten."))
        return
    st.markdown(f"In {plain(order.intended_by)}:\n" + "".join(f"\n- {plain(text)}"
                for text in order.intended))  # fmt: skip


def _history(order: RecoveryOrder) -> None:
    table.show(
        [
            {
                "Rapport": plain(item.reported_text),
                "Stand": plain(item.colour.text),
                "Toelichting": plain(item.note) or soft("–"),
                "Door": plain(item.author) or soft("het plan"),
            }
            for item in reversed(order.statuses)
        ],
        alt="Stand door de tijd",
        empty="Er is nog geen stand gemeld.",
    )
