"""Forms to put on record a deviation from a target, a target or an event, and to take it back."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.meaning.event import LONGEST_LABEL, EventKind
from kpi.meaning.target import AfterTerm, PathMethod, TargetKind
from kpi.record.after_term import CHOICES, NOTHING_OVER, rule_to_decide
from kpi.record.commitments import BODIES
from kpi.record.taken_back import LONGEST_REASON, on_record, take_back
from kpi.record.typed import (
    record_after_term,
    record_deviation,
    record_event,
    record_target,
)
from pages.shared.blocks import fold_out
from pages.shared.recording import DAY, DEMO, form, tell
from pages.shared.text import remark

Texts = dict[str, Any]


def show(monitor: Monitor, now: KpiResult) -> None:
    """A fold-out with one form per kind of agreement; nothing is ever deleted from the ledger."""
    tell()
    fold_out(
        "Leg iets vast: afwijking, doel, besluit na de looptijd of gebeurtenis",
        "vastleggen",
        lambda: _forms(monitor, now),
        has_forms=True,
    )


def _forms(monitor: Monitor, now: KpiResult) -> None:
    if monitor.is_demo:
        st.markdown(remark(DEMO))
    first, second, after, third, fourth = st.tabs(
        ["Bewust niet gehaald", "Doel", "Na de looptijd", "Gebeurtenis", "Terugnemen"]
    )
    with first:
        _form("afwijking", monitor, now, _deviation, record_deviation)
    with second:
        _form("doel", monitor, now, lambda: _target(now), record_target)
    with after:
        _after_term(monitor, now)
    with third:
        _form("gebeurtenis", monitor, now, _event, record_event)
    with fourth:
        _taking_back(monitor, now)


def _form(
    name: str,
    monitor: Monitor,
    now: KpiResult,
    ask: Callable[[], Texts],
    record: Callable[[Monitor, KpiResult, Texts, str], str],
) -> None:
    with form(name) as asked:
        texts = ask()
    asked.record(lambda author: record(monitor, now, texts, author))


def _after_term(monitor: Monitor, now: KpiResult) -> None:
    if rule_to_decide(now) is None:
        st.markdown(NOTHING_OVER)
        return
    _form("looptijd", monitor, now, _term, record_after_term)


def _taking_back(monitor: Monitor, now: KpiResult) -> None:
    found = {item.text: item for item in on_record(monitor, now.kpi)}
    if not found:
        st.markdown("Over deze KPI staat niets vast dat u kunt terugnemen.")
        return
    with form("terugnemen", "Neem terug", ":material/undo:") as asked:
        st.markdown("Wat u terugneemt, telt niet meer mee. Het logboek bewaart dat het er was.")
        chosen = st.selectbox("Wat wilt u terugnemen?", list(found))
        reason = st.text_input("Waarom neemt u dit terug?", max_chars=LONGEST_REASON)
    asked.record(lambda author: take_back(monitor, found[chosen], reason, author))


def _deviation() -> Texts:
    st.markdown(
        "Het doel van dit cijfer wordt een tijd bewust niet gehaald. "
        "Na de einddatum vervalt de afspraak vanzelf."
    )
    reason = st.text_input("Waarom?", max_chars=300)
    left, middle, right = st.columns(3)
    return {
        "reason": reason,
        "owner": left.text_input("Wie gaat hierover?", max_chars=80),
        "from": middle.text_input("Vanaf", placeholder=DAY, max_chars=10),
        "until": right.text_input("Tot en met", placeholder=DAY, max_chars=10),
    }


def _term() -> Texts:
    st.markdown(
        "De looptijd van dit doel is voorbij. Wat geldt nu? "
        "Een nieuw doel legt u vast onder *Doel*; dat geldt vanaf zijn eigen eerste dag."
    )
    left, middle, right = st.columns([2, 1, 1])
    return {
        "choice": left.selectbox("Wat geldt nu?", list(CHOICES), format_func=_label),
        "body": middle.selectbox("Besloten door", list(BODIES)),
        "on": right.text_input("Besloten op", placeholder=DAY, max_chars=10),
        "reason": st.text_input("Waarom?", max_chars=300),
    }


def _label(choice: AfterTerm) -> str:
    return choice.label[:1].upper() + choice.label[1:]


def _target(now: KpiResult) -> Texts:
    left, middle, right = st.columns(3)
    kind = left.selectbox("Soort doel", list(TargetKind), format_func=lambda item: item.label)
    amount = middle.text_input("Waarde of percentage", placeholder="3,5", max_chars=12)
    base = right.text_input("Basisperiode (bij een daling)", placeholder="2019-2020", max_chars=20)
    left, middle, right = st.columns(3)
    method = left.selectbox(
        "Rekenwijze (bij een daling)", list(PathMethod), format_func=lambda item: item.label
    )
    steps = middle.text_input("Aantal jaren (bij een daling)", max_chars=3)
    since = right.text_input("Geldt vanaf", placeholder=DAY, max_chars=10)
    left, right = st.columns(2)
    margin = left.text_input("Marge (bij een afgesproken waarde)", placeholder="2", max_chars=12)
    others = {name: one.label for name, one in now.kpi.measures.items() if one is not now.measure}
    bound = right.selectbox(
        "Ander cijfer (bij niet hoger dan een ander cijfer)",
        ["", *others], format_func=lambda name: others.get(name, "geen"),
    )  # fmt: skip
    left, middle, right = st.columns(3)
    return {
        "margin": margin, "bound": bound,
        "kind": kind, "amount": amount, "base_period": base, "method": method, "steps": steps,
        "from": since,
        "until": left.text_input("Klaar op", placeholder=DAY, max_chars=10),
        "origin": middle.text_input("Vastgesteld door", max_chars=120),
        "document": right.text_input("Document", max_chars=200),
    }  # fmt: skip


def _event() -> Texts:
    left, middle, right = st.columns(3)
    label = left.text_input("Wat gebeurde er?", max_chars=LONGEST_LABEL)
    on = middle.text_input("Op, of vanaf", placeholder=DAY, max_chars=10)
    until = right.text_input("Tot en met (als het langer duurde)", placeholder=DAY, max_chars=10)
    left, right = st.columns([1, 2])
    kind = left.selectbox("Soort gebeurtenis", [str(item) for item in EventKind])
    note = right.text_input("Toelichting", max_chars=300)
    return {
        "label": label, "on": on, "until": until, "kind": kind, "note": note,
        "all": st.checkbox("Raakt alle KPI’s"),
    }  # fmt: skip
