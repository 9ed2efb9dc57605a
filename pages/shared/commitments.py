"""Promises and decisions on a page: what is open, what was decided, and the forms for both."""

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import short_date
from kpi.record.commitments import (
    BODIES,
    LONGEST_NOTE,
    LONGEST_OWNER,
    LONGEST_TEXT,
    Commitment,
    CommitmentStatus,
    commitments,
    count_text,
    decide,
    decisions,
    open_commitments,
    promise,
    settle,
)
from kpi.register import Record
from pages.shared import table
from pages.shared.recording import DAY, form, tell
from pages.shared.text import lines, plain, soft, strong, urgent
from pages.shared.verdicts import small
from pages.shared.view import kpi_names

CONFIRMED = "toezegging_vastgelegd"
ALL_KPIS = ""
KINDS = {Record.PROMISE: "Toezegging", Record.DECISION: "Besluit"}
ENDED = {
    CommitmentStatus.DONE: "gedaan",
    CommitmentStatus.DROPPED: "vervallen",
    CommitmentStatus.OPEN: "loopt door",
}
SHORTER = "Schrijf zonder namen. Een besluit mag zonder datum en zonder wie."
NOTHING_OPEN = "Er staan geen toezeggingen open."


def show(monitor: Monitor, on: date, kpi_id: str = ALL_KPIS) -> None:
    """What was promised and is open on a day, what was decided before it, and two forms.

    kpi_id: only those of one KPI; new ones are about that KPI then. `on`: see
    `kpi.record.commitments.meeting_day`.
    """
    confirmation()
    chosen = kpi_id or None
    open_now = open_commitments(monitor.store, on, chosen)
    promised(monitor, open_now, on, kpi_id)
    decided(monitor, "Besluiten", decisions(monitor.store, until=on, kpi=chosen)[::-1], kpi_id)
    settled = [
        item
        for item in reversed(commitments(monitor.store, chosen))
        if item.kind is Record.PROMISE and item.made_on <= on and item not in open_now
    ]
    if settled:
        with st.expander(f"Afgehandeld ({len(settled)})", key=f"afgehandeld_{kpi_id}"):
            ended(settled, on)
    new, update = st.tabs(["Nieuw", "Bijwerken"])
    with new:
        new_form(monitor, kpi_id)
    with update:
        update_form(monitor, open_now)


def confirmation() -> None:
    """What was put on record a moment ago, once."""
    tell(CONFIRMED)


def in_short(monitor: Monitor, on: date, kpi_id: str) -> str:
    """What is promised about a KPI and still open, as a list; "" when nothing is."""
    found = open_commitments(monitor.store, on, kpi_id)
    return "\n".join(
        f"- {plain(item.text)} ({plain(item.owner)}): {state(item, on)}" for item in found
    )


def cell(monitor: Monitor, on: date, kpi_id: str) -> str:
    """On the overview: "1 toezegging open, 1 te laat"; "" when nothing is open."""
    return small(count_text(open_commitments(monitor.store, on, kpi_id), on))


def state(item: Commitment, on: date) -> str:
    """Where a promise stands; what is late stands out by its words and its weight."""
    text = item.status_text(on)
    return urgent(text) if item.is_late(on) else plain(text)


def promised(
    monitor: Monitor, found: Iterable[Commitment], on: date, kpi_id: str = ALL_KPIS
) -> None:
    """Promises with who, where each stands on a day, and where it was made."""
    table.show(
        [
            {
                "Toezegging": lines(strong(item.text), about(monitor, item, kpi_id)),
                "Wie": plain(item.owner),
                "Stand": state(item, on),
                "Toegezegd in": plain(item.made_text),
            }
            for item in found
        ],
        alt="Open toezeggingen",
        empty=NOTHING_OPEN,
    )


def decided(
    monitor: Monitor, heading: str, found: Sequence[Commitment], kpi_id: str = ALL_KPIS
) -> None:
    """Decisions with who carries them out and where they were made; nothing without any."""
    if not found:
        return
    st.markdown(strong(heading))
    rows = [
        {
            "Besluit": lines(strong(item.text), about(monitor, item, kpi_id)),
            "Wie": plain(item.owner) or soft("–"),
            "Genomen in": plain(item.made_text),
        }
        for item in found
    ]
    table.show(rows, alt="Besluiten")


def ended(found: Iterable[Commitment], on: date, sign: str = "") -> None:
    """Promises that were done or dropped, with how that went."""
    rows = [
        {
            "Toezegging": f"{sign}{plain(item.text)}",
            "Wie": plain(item.owner),
            "Hoe het afliep": plain(item.status_text(on)),
        }
        for item in found
    ]
    table.show(rows, alt="Afgehandelde toezeggingen")


def about(monitor: Monitor, item: Commitment, kpi_id: str = ALL_KPIS) -> str:
    """Which KPI it is about, unless the page is about that one."""
    kpi = monitor.kpis.get(item.kpi)
    return soft(f"KPI {kpi.name}") if kpi and not kpi_id else ""


def new_form(monitor: Monitor, kpi_id: str, made: tuple[str, date] | None = None) -> None:
    """Put a promise or decision on record; `made`: in which body and when, asked when None."""
    with form(
        f"toezegging_{kpi_id}", "Zet op de lijst", ":material/add_task:", note=SHORTER
    ) as asked:
        left, right = st.columns([1, 3])
        kinds = list(reversed(KINDS) if made else KINDS)
        kind = left.selectbox("Wat is het?", kinds, format_func=KINDS.__getitem__)
        text = right.text_input("Wat is er afgesproken?", max_chars=LONGEST_TEXT)
        left, middle, right = st.columns(3)
        owner = left.text_input("Wie doet het? (een rol of organisatie)", max_chars=LONGEST_OWNER)
        due = middle.text_input("Klaar op", placeholder=DAY, max_chars=10)
        subject = kpi_id or _choose_kpi(monitor, right)
        left, middle, right = st.columns(3)
        body, made_on = made or (
            left.selectbox("Waar?", BODIES),
            middle.text_input("Op welke dag?", placeholder=DAY, max_chars=10),
        )
        with left if made else right:
            asked.ask_author()
    make = promise if kind is Record.PROMISE else decide
    asked.record(
        lambda author: make(
            monitor, text, owner, due, made_on=made_on, body=body, kpi=subject, author=author
        ),
        f"Vastgelegd: {KINDS[kind].lower()}.",
        CONFIRMED,
    )


def _choose_kpi(monitor: Monitor, place: st.delta_generator.DeltaGenerator) -> str:
    names = {ALL_KPIS: "geen KPI in het bijzonder"} | kpi_names(monitor)
    return place.selectbox("Over welke KPI?", list(names), format_func=names.__getitem__)


def update_form(monitor: Monitor, found: Sequence[Commitment], made_on: date | None = None) -> None:
    """Say how a promise ended; in a meeting (made_on) it may also be carried on."""
    if not found:
        st.markdown(soft(NOTHING_OPEN))
        return
    texts = {item.id: f"{item.text} ({item.owner})" for item in found}
    outcomes = [item for item in ENDED if made_on or item is not CommitmentStatus.OPEN]
    with form("toezegging_bijwerken", "Werk bij", ":material/task_alt:") as asked:
        left, right = st.columns([3, 1])
        chosen = left.selectbox("Welke toezegging?", list(texts), format_func=texts.__getitem__)
        outcome = right.selectbox("Hoe liep het af?", outcomes, format_func=ENDED.__getitem__)
        left, middle, right = st.columns([2, 1, 1])
        note = left.text_input("Toelichting", max_chars=LONGEST_NOTE)
        on = made_on or middle.text_input("Op welke dag?", short_date(date.today()), max_chars=10)
        with middle if made_on else right:
            asked.ask_author()
    asked.record(
        lambda author: settle(monitor, chosen, outcome, note, on=on, author=author),
        f"Bijgewerkt: {ENDED[outcome]}.",
        CONFIRMED,
    )
