"""Thuiszitters: the analysis of a quarter for the working group with leerplicht and schools."""

from collections.abc import Sequence

import streamlit as st

from kpi import absence, charts, flow_charts, results
from kpi.absence import FLOW, KPI, LONG, LONG_WITHOUT_OFFER
from kpi.choices import PeriodType
from kpi.events import events
from kpi.monitor import Monitor
from kpi.quarterly import beside, latest_complete
from kpi.result import KpiResult
from kpi.snapshot import snapshot
from kpi.span import known_by, recent
from kpi.verdict.reasons import STANDING
from kpi.verdicts import verdict
from pages.shared import absence_tables, analysis, definition, figures, table
from pages.shared.analysis import count, short
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, link, plain, strong
from pages.shared.verdicts import small
from pages.shared.view import View, choose_view


def thuiszitters() -> None:
    """What stood, came, went and stands; how long; without an offer; who, why and where."""
    monitor = current_monitor()
    row = TitleRow("Thuiszitters")
    view = choose_view(row, monitor)
    if not analysis.has_figures(monitor, view, KPI):
        return
    organisation, quarter = view.organisation.organisation_id, view.quarter
    new, ended, stock = absence.flows(monitor, organisation, quarter)
    now = results.figure(monitor, KPI, organisation, quarter.period_id, FLOW.stock, "")
    row.caption(analysis.period_text(now))
    if not new or not now.has_number:
        st.info(f"Over {quarter.label} is hier nog niets geleverd.", icon=":material/info:")
        return
    analysis.judged(monitor, new, f"De stand: {now.value_text} {now.when_text}. {STANDING}")
    analysis.cautions(absence.cautions(monitor, organisation, quarter))
    tiles(monitor, view)
    bridge(monitor, view)
    lasting(monitor, view)
    st.header("Instroom en uitstroom", anchor=False)
    course(monitor, new, ended, stock)
    absence_tables.why(monitor, view)
    absence_tables.who(monitor, view)
    absence_tables.exempt(monitor, view)
    absence_tables.where(monitor, view)
    more(monitor, view)


def tiles(monitor: Monitor, view: View) -> None:
    """Four facts, each beside the same quarter a year ago."""
    organisation, period = view.organisation.organisation_id, view.quarter.period_id
    with st.grid(4, min_column_width=240, gap="small"):
        for measure in (FLOW.stock, FLOW.new, FLOW.ended, LONG_WITHOUT_OFFER):
            result = snapshot(monitor, KPI, measure, period).of(organisation)
            note = beside(monitor, result).note
            if result.target is not None:
                asked = "" if result.gap is not None else f"doel: {result.target_text}"
                note = " · ".join(filter(None, [asked, result.gap_text]))
            figures.tile(result.measure.label, result.short_text, note)


def bridge(monitor: Monitor, view: View) -> None:
    """From the previous count date to this one, in total and per kind, and whether it closes."""
    found = absence.bridges(monitor, view.organisation.organisation_id, view.quarter.period_id)
    st.header("Van de vorige peildatum naar deze", anchor=False)
    if not found:
        st.info("Er is geen stand op de vorige peildatum om mee te beginnen.")
        return
    drawn, listed = st.tabs(["Grafiek", "Tabel"])
    with drawn:
        analysis.bridge_panels(monitor, found)
    with listed:
        analysis.bridge_rows(found)
    analysis.gaps(found)


def lasting(monitor: Monitor, view: View) -> None:
    """How long pupils are at home, and who is longer than three months without an offer."""
    with st.grid(2, min_column_width=480, gap="medium"):
        with st.container():
            st.header("Hoe lang thuis?", anchor=False)
            durations(monitor, view)
        with st.container():
            st.header("Langer dan 3 maanden, zonder aanbod", anchor=False)
            without_offer(monitor, view)


def durations(monitor: Monitor, view: View) -> None:
    """The bridge per class of duration, with those who went over the border between them."""
    found = absence.durations(monitor, view.organisation.organisation_id, view.quarter.period_id)
    lost = any(row.lost for row in found)
    table.show(
        [
            {
                "Soort en duur": lines(strong(row.kind), small(row.label)),
                "Eerst": count(row.before),
                "Nieuw": count(row.new),
                "Over 3 maanden heen": analysis.signed(row.passed),
                "Niet meer thuis": count(row.ended),
                **({"Niet te volgen": analysis.signed(row.lost)} if lost else {}),
                "Nu": analysis.total(row.now),
            }
            for row in found
        ],
        alt="Thuiszitters naar duur, van de vorige peildatum naar deze",
        empty="De duur is hier niet bekend.",
    )


def without_offer(monitor: Monitor, view: View) -> None:
    """The series with its target, and what was agreed."""
    organisation, quarter = view.organisation.organisation_id, view.quarter
    series = known_by(
        results.trend(monitor, KPI, organisation, LONG_WITHOUT_OFFER, "", PeriodType.KWARTAAL),
        quarter,
    )
    if not series:
        return
    now, title = series[-1], figures.title(series[-1])
    drawn, listed = st.tabs(["Grafiek", "Tabel"])
    with drawn:
        analysis.chart(
            monitor, analysis.place_of(now, "trend"),
            lambda: charts.trend(recent(series), height=280), charts.describe(title, series),
        )  # fmt: skip
    with listed:
        long = {item.period.period_id: item for item in results.trend(
            monitor, KPI, organisation, LONG, "", PeriodType.KWARTAAL)}  # fmt: skip
        table.show(
            [
                {
                    "Peildatum": strong(item.when_short),
                    "Langer dan 3 maanden": short(long[item.period.period_id]),
                    "Waarvan zonder aanbod": short(item),
                    "Doel": figures.target_cell(item),
                    "Compleet": figures.coverage_cell(item),
                }
                for item in reversed(recent(series))
            ],
            alt=title,
        )
    st.markdown(lines(plain(_before(series)), plain(verdict(monitor, now).goal.sentence)))
    analysis.agreement(monitor, now)


def course(
    monitor: Monitor,
    new: Sequence[KpiResult],
    ended: Sequence[KpiResult],
    stock: Sequence[KpiResult],
) -> None:
    """Three years of what came, what went and what stood, with what happened meanwhile."""
    drawn, listed = st.tabs(["Grafiek", "Tabel"])
    with drawn:
        alt = " ".join(
            charts.describe(part[-1].measure.label, part) for part in (new, ended, stock)
        )
        analysis.chart(
            monitor, analysis.place_of(stock[-1], "flows"),
            lambda: flow_charts.flows(new, ended, stock, events(monitor, KPI)), alt,
        )  # fmt: skip
    with listed:
        rows = list(zip(new, ended, stock, strict=True))[-flow_charts.QUARTERS_SHOWN :]
        table.show(
            [
                {
                    "Kwartaal": strong(came.period.label),
                    "Nieuw": short(came),
                    "Niet meer thuis": short(went),
                    "Thuis op de peildatum": short(stood),
                    "Compleet": figures.coverage_cell(stood),
                }
                for came, went, stood in reversed(rows)
            ],
            alt="Nieuw, niet meer thuis en thuis op de peildatum, per kwartaal",
        )


def more(monitor: Monitor, view: View) -> None:
    """Where to look further, and how it is counted."""
    kpi = monitor.kpis[KPI]
    ways = [link("Deze KPI in de tijd, met doelen en herkomst", view.link("kpi", KPI))]
    if "geoorloofd_verzuim" in monitor.kpis:
        ways.append(link("Alle verzuim, ook geoorloofd", view.link("kpi", "geoorloofd_verzuim")))
    st.markdown(" · ".join(ways))
    with st.expander("Hoe wij tellen"):
        definition.card(kpi)
        for note in kpi.footnotes:
            st.caption(plain(note))


def _before(series: Sequence[KpiResult]) -> str:
    """Where the last complete figure stands, when that is an earlier one."""
    known = latest_complete(series)
    if known is None or known is series[-1]:
        return ""
    return f"Laatste volledige stand, {known.when_short}: {known.value_text}, {known.gap_text}."
