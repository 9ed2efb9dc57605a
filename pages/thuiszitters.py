"""Thuiszitters: the analysis of a quarter for the working group with leerplicht and schools."""

from kpi.figure import results
from kpi.verdict.reasons import STANDING
from kpi.view import absence
from kpi.view.absence import ALL_ABSENCE, FLOW, KPI
from pages.parts.analysis import absence_course, absence_tables, analysis, bridges
from pages.shared.text import link


def thuiszitters() -> None:
    """What stood, came, went and stands; how long; without an offer; who, why and where."""
    asked = analysis.begin("Thuiszitters", KPI)
    if asked is None:
        return
    monitor, row, view = asked
    organisation, quarter = view.organisation.organisation_id, view.quarter
    new, ended, stock = absence.flows(monitor, organisation, quarter)
    now = results.figure(monitor, KPI, organisation, quarter.period_id, FLOW.stock, "")
    row.caption(analysis.period_text(now))
    if not new or not now.has_number:
        analysis.nothing_yet(view)
        return
    analysis.judged(monitor, new, f"De stand: {now.value_text} {now.when_text}. {STANDING}")
    analysis.cautions(absence.cautions(monitor, organisation, quarter))
    facts = absence.facts(monitor, organisation, quarter)
    analysis.tiles((fact.now, fact.note_on_target) for fact in facts)
    bridges.show(monitor, absence.bridges(monitor, organisation, quarter.period_id))
    absence_course.lasting(monitor, view)
    absence_course.flows(monitor, new, ended, stock)
    absence_tables.why(monitor, view)
    absence_tables.who(monitor, view)
    absence_tables.exempt(monitor, view)
    absence_tables.where(monitor, view)
    ways = [link("Deze KPI in de tijd, met doelen en herkomst", view.link("kpi", KPI))]
    if ALL_ABSENCE in monitor.kpis:
        ways.append(link("Alle verzuim, ook geoorloofd", view.link("kpi", ALL_ABSENCE)))
    analysis.more(monitor, KPI, *ways)
