"""An improvement plan on a page: contradictions, the status table, changes, results, annexes."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import sentence
from kpi.paper.make import plan_documents
from kpi.plans.contradictions import Contradiction, contradictions
from kpi.plans.order import ImprovementPlan
from kpi.plans.order_state import (
    STATUS_HEADERS,
    DueLine,
    DueState,
    OrderLine,
    intended_results,
    legend,
    named_by,
    status_table,
)
from kpi.plans.progress_since import HEADERS, progress_since
from pages.shared import papers, table
from pages.shared.links import address
from pages.shared.text import lines, link, mind, plain, remark, soft, strong, together, urgent

CLEAN = "Er zijn geen tegenspraken in dit plan gevonden."
ABOUT_PAPER = (
    "Het verbeterplan in de vorm die de Inspectie kent: eerst de stand, dan elke opdracht, en de "
    "bijlagen achteraan."
)


def show(monitor: Monitor, plan: ImprovementPlan, on: date, day: str) -> None:
    """All orders on a day; `day` is how that day is called in the address."""
    st.header("Wat klopt er niet?", anchor="tegenspraken")
    contradicting(contradictions(plan, on), day)
    st.header("Stand per opdracht", anchor="stand")
    _status(plan, on, day)
    found = progress_since(plan, on)
    st.header(found.heading, anchor="veranderd")
    table.show(
        [table.cells(HEADERS, map(plain, item.cells)) for item in found.changes],
        alt=found.heading,
        empty=found.sentence,
    )
    st.header("Beoogde resultaten", anchor="resultaten")
    _intended(plan, on)
    st.header("Bijlagen", anchor="bijlagen")
    annexes(plan, [item.number for item in plan.evidence])
    st.header("Rapport", anchor="rapport")
    st.markdown(remark(ABOUT_PAPER))
    papers.offer(monitor, f"verbeterplan_{on}", partial(plan_documents, monitor, on))


def contradicting(found: Sequence[Contradiction], day: str) -> None:
    """What cannot be so, with what repairs it and a link to the order where that is done."""
    table.show(
        [
            {
                "Opdracht": _link(item.order, item.order_id, day),
                "Wat klopt er niet?": urgent(sentence(item.text)),
                "Hoe is dat te herstellen?": plain(item.kind.repair),
            }
            for item in found
        ],
        alt="Wat elkaar tegenspreekt in het verbeterplan",
        empty=CLEAN,
    )


def annexes(plan: ImprovementPlan, numbers: Sequence[str]) -> None:
    """Pieces of evidence by number, with their title and the orders that name them."""
    titles = {item.number: item.title for item in plan.evidence}
    table.show(
        [
            {
                "Bijlage": strong(number),
                "Titel": plain(titles[number])
                if number in titles
                else urgent("staat niet in de lijst"),
                "Bij": broken(named_by(plan, number)),
            }
            for number in numbers
        ],
        alt="Bewijsstukken",
        empty="Er zijn nog geen bewijsstukken.",
    )


def broken(text: str) -> str:
    """Text from data that stands on several lines."""
    return lines(*map(plain, text.split("\n")))


def dues(line: OrderLine) -> str:
    """The due dates of an order, each on a line; what passed stands out by its word."""
    return lines(*(together(_due(item)) for item in line.dues)) or soft("–")


def _due(item: DueLine) -> str:
    return mind(item.text) if item.state is DueState.PASSED else plain(item.text)


def state(line: OrderLine) -> str:
    """The status of an order; sign and words carry the meaning."""
    return urgent(line.status_text) if line.needs_attention else plain(line.status_text)


def _status(plan: ImprovementPlan, on: date, day: str) -> None:
    rows = []
    for line in status_table(plan, on):
        cells = table.cells(STATUS_HEADERS, map(plain, line.cells))
        name = _link(line.order.name, line.order.id, day)
        rows.append(cells | {"Opdracht": name, "Stand": state(line), "Klaar": dues(line)})
    table.show(rows, alt="Stand per opdracht")
    st.markdown(lines(*map(remark, legend(plan))))


def _intended(plan: ImprovementPlan, on: date) -> None:
    table.show(
        [
            {
                "Wanneer": plain(item.heading),
                "Opdracht": plain(order.name),
                "Wat moet er dan zijn?": lines(*map(plain, results)),
            }
            for item in intended_results(plan, on)
            for order, results in item.results
        ],
        alt="Beoogde resultaten",
        empty="Er staan geen beoogde resultaten in dit plan.",
    )


def _link(name: str, order_id: str, day: str) -> str:
    return link(name, address("verbeterplan", rapport=day, opdracht=order_id))
