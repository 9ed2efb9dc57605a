"""The forms of an improvement plan: report a status, write a note, list a piece of evidence."""

from datetime import date

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.plans.moment import last_months
from kpi.plans.order import Colour, ImprovementPlan, RecoveryOrder
from kpi.plans.orders import LONGEST_NOTE, LONGEST_TITLE, add_note, list_evidence, report_status
from pages.shared.recording import Form, form, tell
from pages.shared.text import remark

WITHOUT_NAMES = "Schrijf zonder namen van personen. Wat er stond, blijft bewaard."
CHECKED = "De namen hierin zijn geen personen, maar scholen of projecten"
SAVE = ":material/save:"


def show(monitor: Monitor, plan: ImprovementPlan, order: RecoveryOrder) -> None:
    """What can be put on record about an order, and what just was."""
    st.header("Bijwerken", anchor="bijwerken")
    tell()
    status, note, evidence = st.tabs(["Stand melden", "Notitie", "Bewijsstuk"])
    with status:
        _status(monitor, order)
    with note:
        _note(monitor, plan, order)
    with evidence:
        _evidence(monitor)


def _status(monitor: Monitor, order: RecoveryOrder) -> None:
    months = last_months(date.today())
    colours = {str(item): item.text for item in Colour if item is not Colour.UNREAD}
    dues = {item.by: item.text for item in order.due}
    with form(f"stand_{order.id}", icon=SAVE, note=WITHOUT_NAMES) as asked:
        left, middle, right = st.columns(3)
        reported = left.selectbox("Rapport van", list(months), format_func=months.__getitem__)
        colour = middle.selectbox(
            "Hoe staat het?", list(colours), None, format_func=colours.__getitem__,
            placeholder="Kies een stand",
        )  # fmt: skip
        met = right.multiselect(
            "Welke datums zijn gehaald?", list(dues), format_func=dues.__getitem__,
            placeholder="Kies datums",
        )  # fmt: skip
        remarked = st.text_area("Toelichting", max_chars=LONGEST_NOTE)
        checked = _names_checked(asked)
    asked.record(
        lambda author: report_status(
            monitor, order.id, colour or "", reported=reported, met=met, note=remarked,
            author=author, names_checked=checked,
        ),
        f"Vastgelegd: de stand van {months[reported]}.",
    )  # fmt: skip


def _note(monitor: Monitor, plan: ImprovementPlan, order: RecoveryOrder) -> None:
    months = last_months(date.today())
    titles = {item.number: f"{item.number} {item.title}" for item in plan.evidence}
    with form(f"notitie_{order.id}", icon=SAVE, note=WITHOUT_NAMES) as asked:
        left, right = st.columns([1, 3])
        month = left.selectbox("Maand", list(months), format_func=months.__getitem__)
        about = right.text_input("Over welk deel van de opdracht?", max_chars=LONGEST_TITLE)
        text = st.text_area("Wat is er gebeurd?", max_chars=LONGEST_NOTE)
        left, right = st.columns(2)
        result = left.text_area("Wat leverde het op?", max_chars=LONGEST_NOTE)
        numbers = right.multiselect(
            "Welke bijlagen horen erbij?", list(titles), format_func=titles.__getitem__,
            placeholder="Kies bijlagen",
            help="Staat het stuk er niet bij? Zet het eerst in de lijst, bij Bewijsstuk.",
        )  # fmt: skip
        checked = _names_checked(asked)
    asked.record(
        lambda author: add_note(
            monitor, order.id, text, month=month, about=about, result=result,
            evidence=numbers, author=author, names_checked=checked,
        ),
        f"Vastgelegd: notitie over {months[month]}.",
    )  # fmt: skip


def _evidence(monitor: Monitor) -> None:
    with form("bewijsstuk", icon=SAVE, note=WITHOUT_NAMES) as asked:
        left, right = st.columns([1, 3])
        number = left.text_input("Nummer", max_chars=3, placeholder="6a")
        title = right.text_input("Welk stuk is het?", max_chars=LONGEST_TITLE)
        st.markdown(remark("Een nummer dat er al is, krijgt deze titel. De oude blijft bewaard."))
        checked = _names_checked(asked)
    asked.record(
        lambda author: list_evidence(monitor, number, title, author, names_checked=checked),
        f"Vastgelegd: bijlage {number}.",
    )


def _names_checked(asked: Form) -> bool:
    return st.checkbox(CHECKED, key=f"{asked.key}_namen")
