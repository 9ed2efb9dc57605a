"""Verbeterplan: how every recovery order stands, what contradicts itself, and what changed."""

from datetime import date

import streamlit as st

from kpi.formatting import count, date_text
from kpi.plans.moment import end_of_month
from kpi.plans.order import ImprovementPlan, RecoveryOrder
from kpi.plans.orders import improvement_plan
from kpi.plans.texts import origin
from pages.parts.improvement import detail, forms, tables
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, plain, remark

NOW, ALL = "nu", ""
NO_PLAN = (
    "Dit samenwerkingsverband heeft geen verbeterplan. In een verbeterplan staat per "
    "herstelopdracht van de Inspectie wat er moet gebeuren, wie dat doet, wanneer het klaar is en "
    "welk bewijs er is."
)
HOW_TO = (
    "Hebt u herstelopdrachten? Zet ze in het bestand verbeterplan.toml, in de map van uw profiel. "
    "In CONTRIBUTING staat hoe dat gaat. Daarna meldt u hier hoe het staat."
)


def improvement() -> None:
    """The plan on a day, or one of its orders with everything about it and its forms."""
    monitor = current_monitor()
    row = TitleRow("Verbeterplan")
    every = improvement_plan(monitor)
    if every is None:
        st.info(lines(plain(NO_PLAN), plain(HOW_TO)), icon=":material/info:")
        return
    day, on = _choose_day(row, every)
    plan = every.at(on)
    order = _choose_order(row, plan)
    orders = count(len(plan.orders), "opdrachten")
    row.caption(f"{orders} · stand op {date_text(on)} · herstelbezoek {plan.visit}")
    st.markdown(remark(origin(monitor, plan.document)))
    if order:
        detail.show(plan, order, on, day)
        forms.show(monitor, plan, order)
    else:
        tables.show(monitor, plan, on, day)


def _choose_day(row: TitleRow, plan: ImprovementPlan) -> tuple[str, date]:
    """A report of the plan, or now; the choice as it stands in the address, and its day."""
    today = date.today()
    days = {NOW: plan.now(today)}
    days |= {item.isoformat(): item for item in reversed(plan.report_days(end_of_month(today)))}
    names = {name: f"rapport van {date_text(day)}" for name, day in days.items()}
    chosen = row.choose("Stand", "rapport", names | {NOW: NOW}, NOW, 260)
    return chosen, days[chosen]


def _choose_order(row: TitleRow, plan: ImprovementPlan) -> RecoveryOrder | None:
    known = {order.id: order for order in plan.orders}
    names = {ALL: "alle opdrachten"} | {name: order.name for name, order in known.items()}
    return known.get(row.choose("Opdracht", "opdracht", names, ALL, 360))
