"""Activities on a page: late, due, month by month, and all of them in groups."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import count, date_text
from kpi.plans.activity import Activity
from kpi.plans.effect import effect_of
from kpi.plans.groups import ActivityGroup, GroupBy, groups
from kpi.plans.moment import Moment
from kpi.plans.school_year import (
    due_in,
    outside,
    takes_whole_year,
    whole_year,
    year_calendar,
)
from pages.shared import table
from pages.shared.blocks import fold_out
from pages.shared.links import address
from pages.shared.text import lines, link, mind, plain, remark, soft, strong, urgent
from pages.shared.verdicts import small

NONE = "–"


def late(monitor: Monitor, found: Sequence[Activity], month: Moment) -> None:
    """What should have been done before the end of the month and is not."""
    table.show(
        [_row(monitor, item, month) for item in found if item.is_late(month.last)],
        alt="Activiteiten die te laat zijn",
        empty="Er is niets te laat.",
    )


def due(monitor: Monitor, found: Sequence[Activity], month: Moment) -> None:
    """What must be done in this month, except what runs the whole year."""
    table.show(
        [_row(monitor, item, month) for item in due_in(found, month)],
        alt=f"Activiteiten die klaar moeten zijn in {month.text}",
        empty="Deze maand moet er niets klaar zijn.",
    )


def calendar(found: Sequence[Activity], school_year: str) -> None:
    """What begins and what must be done, month by month; the whole year is counted below it."""
    table.show(
        [
            {
                "Maand": plain(item.month.text),
                "Begint": _names(item.begins),
                "Moet klaar zijn": _names(item.ends),
            }
            for item in year_calendar(found, school_year)
        ],
        alt=f"Kalender van schooljaar {school_year}",
    )
    running = count(len(whole_year(found)), "activiteiten")
    st.markdown(remark(f"In deze kalender staat niet wat het hele schooljaar loopt: {running}."))
    elsewhere = outside(found, school_year)
    if elsewhere:
        names = ", ".join(f"{item.plan} {item.place} ({item.period})" for item in elsewhere)
        st.markdown(remark(f"Niet in dit schooljaar volgens hun periode: {names}."))


def grouped(monitor: Monitor, found: Sequence[Activity], by: GroupBy, month: Moment) -> None:
    """Every activity, a fold-out per group; its table is made when it is opened."""
    if not found:
        st.info("Geen activiteit past bij deze keuze.", icon=":material/info:")
    for group in groups(found, by, monitor.kpis):
        fold_out(
            f"{plain(group.title)} · {len(group.activities)}",
            f"groep_{group.title}",
            partial(_group, monitor, group, month),
            expanded=len(found) == len(group.activities),
        )


def _group(monitor: Monitor, group: ActivityGroup, month: Moment) -> None:
    rows = [_row(monitor, item, month, whole=True) for item in group.activities]
    table.show(rows, alt=group.title)


def _row(monitor: Monitor, item: Activity, month: Moment, *, whole: bool = False) -> dict[str, str]:
    named = f"{item.place} {item.what}" if whole else f"{item.plan} {item.place} {item.what}"
    row = {
        "Activiteit": lines(strong(named), soft(item.result) if whole else "", mind(item.remark)
                            if whole and item.remark else ""),
        "Wanneer": lines(plain(item.period), soft(_until(item))),
        "Wie": plain(", ".join(item.who)) or soft(NONE),
        "KPI’s": _kpis(monitor, item),
    }  # fmt: skip
    if whole:
        row["Middelen"] = _means(item)
    row["Stand"] = _state(item, month)
    if whole and item.effect:
        row["Effect"] = _effect(monitor, item)
    return row


def _until(item: Activity) -> str:
    return "" if takes_whole_year(item) else f"t/m {date_text(item.until_on)}"


def _kpis(monitor: Monitor, item: Activity) -> str:
    """The numbers of the KPIs, each a link to its page."""
    known = [monitor.kpis[name] for name in item.kpis if name in monitor.kpis]
    numbers = [link(str(kpi.number), address("kpi", kpi=kpi.id)) for kpi in known]
    return ", ".join(numbers) or soft(NONE)


def _means(item: Activity) -> str:
    amounts = (
        f"{plain(one.text)} {soft(' · '.join(filter(None, [one.note, one.source])))}".strip()
        for one in item.money
    )
    return lines(plain(item.people), *amounts, soft(item.money_note)) or soft(NONE)


def _state(item: Activity, month: Moment) -> str:
    """How far it is, with what was said last; what is late stands out by its words."""
    latest = item.latest(month.last)
    state = plain(item.state(month.last))
    if item.is_late(month.last):
        state = f"{urgent('te laat')} ({state})"
    if latest is None:
        return state
    return lines(state, soft(f"{date_text(latest.on)}: {latest.note}".removesuffix(": ")))


def _effect(monitor: Monitor, item: Activity) -> str:
    """Sign and word, what was expected and what the figures say; or ""."""
    found = effect_of(monitor, item)
    if found is None:
        return ""
    word = strong(f"{found.outcome.icon} {found.outcome}")
    return lines(word, plain(found.sentence), small(f"{found.expected}."), small(found.note))


def _names(found: Sequence[Activity]) -> str:
    return lines(*(plain(item.short) for item in found)) or soft(NONE)
