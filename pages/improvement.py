"""Verbeterplan: how every recovery order stands, what contradicts itself, and what changed."""

import streamlit as st

from kpi.formatting import count, date_text
from kpi.plans.orders import improvement_plan
from kpi.plans.texts import origin
from pages.parts.improvement import choices, detail, forms, tables
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, plain, remark

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
    day, on = choices.day(row, every)
    plan = every.at(on)
    order = choices.order(row, plan)
    orders = count(len(plan.orders), "opdrachten")
    row.caption(f"{orders} · stand op {date_text(on)} · herstelbezoek {plan.visit}")
    st.markdown(remark(origin(monitor, plan.document)))
    if order:
        detail.show(plan, order, on, day)
        forms.show(monitor, plan, order)
    else:
        tables.show(monitor, plan, on, day)
