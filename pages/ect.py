"""ECT: the caseload of a quarter beside the same quarter a year ago, and what people thought."""

import streamlit as st

from kpi.view import caseload
from kpi.view.caseload import KPI, WHY_STANDING
from pages.parts.analysis import analysis, bridges, caseload_course, caseload_tables
from pages.shared.text import link


def ect() -> None:
    """New, closed, open and time to close; by kind, theme and school; and the satisfaction."""
    asked = analysis.begin("ECT", KPI)
    if asked is None:
        return
    monitor, row, view = asked
    organisation, quarter = view.organisation.organisation_id, view.quarter
    head = caseload.headline(monitor, organisation, quarter)
    standing = head.standing
    row.caption(analysis.period_text(standing))
    if not head.new.has_number:
        analysis.nothing_yet(view)
        return
    series = caseload.courses(monitor, organisation, quarter)
    stands = f"De stand: {standing.value_text} open {standing.when_text}. {WHY_STANDING}"
    analysis.judged(monitor, series[0], stands)
    analysis.tiles((item.now, item.note) for item in head.figures)
    caseload_course.quarters(monitor, series)
    caseload_course.months(monitor, view)
    with st.grid(2, min_column_width=480, gap="large"):
        with st.container():
            bridge = caseload.case_bridge(monitor, organisation, quarter.period_id)
            if bridge:
                bridges.show(monitor, [bridge])
            caseload_tables.satisfaction(monitor, view)
        with st.container():
            caseload_tables.asked_for(monitor, view, head)
    caseload_tables.schools(monitor, view)
    analysis.more(monitor, KPI, link("Deze KPI in de tijd, met herkomst", view.link("kpi", KPI)))
