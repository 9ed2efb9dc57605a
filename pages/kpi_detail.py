"""KPI: one figure in full: what it means, how it went, how it splits, and where it comes from."""

import streamlit as st

from kpi.figure import results
from kpi.figure.span import known_by
from kpi.view.story import story
from pages.parts.kpi import comparison, provenance, records, tables, timeline
from pages.parts.kpi import story as telling
from pages.shared import definition
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.view import choose_kpi, choose_part, choose_period_type, choose_view


def kpi_detail() -> None:
    """The chosen part of the chosen measure, for one organisation, up to the chosen quarter."""
    monitor = current_monitor()
    row = TitleRow()
    view = choose_view(row, monitor)
    row.next_row()
    kpi, measure = choose_kpi(row, monitor)
    part = choose_part(row, kpi, measure)
    kind = choose_period_type(row, kpi, measure)
    row.title(kpi.name)
    row.caption(kpi.question)
    organisation = view.organisation.organisation_id
    series = known_by(
        results.trend(monitor, kpi.id, organisation, measure.id, part, kind), view.quarter
    )
    if not series:
        st.info("Hierover is voor deze organisatie nog niets geleverd.", icon=":material/info:")
        definition.card(kpi)
        return
    told = monitor.remember(("story", *series), lambda: story(monitor, series))
    now = told.result
    telling.verdict_line(told)
    telling.tiles(told)
    figures_side, meaning = st.columns([2.4, 1], gap="medium")
    with figures_side:
        telling.course(monitor, told)
        timeline.show(monitor, told, view)
        telling.agreement(monitor, now)
        tables.goals(monitor, now, view)
        comparison.show(monitor, now, view)
        tables.splits(monitor, kpi, measure, now)
        tables.members(monitor, now, view)
    with meaning, st.container(border=True):
        telling.meaning(monitor, told, view)
    timeline.promises(monitor, kpi.id, view)
    provenance.show(monitor, now)
    records.show(monitor, now)
