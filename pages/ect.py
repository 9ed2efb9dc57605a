"""ECT: the caseload of a quarter beside the same quarter a year ago, and what people thought."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi import caseload, charts, flow_charts, month_chart
from kpi.caseload import COLUMNS, KPI, MARKS, WHY_STANDING, Row
from kpi.monitor import Monitor
from kpi.result import KpiResult
from kpi.verdicts import verdict
from pages.shared import analysis, definition, figures, table
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, link, plain, soft, strong
from pages.shared.verdicts import change_word, small
from pages.shared.view import View, choose_view

HEADINGS = ("Nieuw", "Gesloten", "Open", "Dagen tot sluiten")
MONTH_HEADINGS = ("Nieuw", "Gesloten", "Dagen tot sluiten")
NOT_A_RANKING = (
    "Op volgorde van naam. Veel casussen is niet goed of slecht: het zegt ook wie om hulp vraagt."
)


def ect() -> None:
    """New, closed, open and time to close; by kind, theme and school; and the satisfaction."""
    monitor = current_monitor()
    row = TitleRow("ECT")
    view = choose_view(row, monitor)
    if not analysis.has_figures(monitor, view, KPI):
        return
    organisation, quarter = view.organisation.organisation_id, view.quarter
    head = caseload.headline(monitor, organisation, quarter)
    new = head.figures[0].now
    standing = head.figures[COLUMNS.index("open")].now
    row.caption(analysis.period_text(standing))
    series = caseload.courses(monitor, organisation, quarter)
    if not new.has_number:
        st.info(f"Over {quarter.label} is hier nog niets geleverd.", icon=":material/info:")
        return
    analysis.judged(
        monitor,
        series[0],
        f"De stand: {standing.value_text} open {standing.when_text}. {WHY_STANDING}",
    )
    tiles(head)
    courses(monitor, series)
    months(monitor, view)
    with st.grid(2, min_column_width=480, gap="large"):
        with st.container():
            bridge(monitor, view)
            satisfaction(monitor, view)
        with st.container():
            st.header("Waarvoor wordt het ECT gevraagd?", anchor=False)
            st.markdown(analysis.in_brackets(head.figures[0]))
            parts(monitor, view, "kind")
            parts(monitor, view, "theme")
    schools(monitor, view)
    more(monitor, view)


def tiles(head: Row) -> None:
    """Four facts, each beside the same quarter a year ago."""
    with st.grid(4, min_column_width=240, gap="small"):
        for item in head.figures:
            text = item.now.value_text if item.now.measure.is_ratio else item.now.short_text
            figures.tile(item.now.measure.label, text, item.note)


def courses(monitor: Monitor, series: Sequence[Sequence[KpiResult]]) -> None:
    """Each figure over three years with the year before behind it."""
    st.header("Verloop, met een jaar eerder erachter", anchor=False)
    drawn, listed = st.tabs(["Grafiek", "Tabel"])
    with drawn, st.grid(2, min_column_width=420, gap="small"):
        for part in series:
            with st.container(gap="xxsmall"):
                st.markdown(strong(part[-1].measure.label))
                alt = charts.describe(part[-1].measure.label, part)
                draw = partial(flow_charts.with_year_before, part)
                analysis.chart(monitor, analysis.place_of(part[-1], "year before"), draw, alt)
    with listed:
        st.markdown(soft("Tussen haakjes: hetzelfde kwartaal een jaar eerder."))
        table.show(
            [
                {
                    "Kwartaal": strong(label),
                    **{
                        heading: analysis.with_year_ago(item)
                        for heading, item in zip(HEADINGS, row, strict=True)
                    },
                }
                for label, row in caseload.by_quarter(series)
            ],
            alt="Casussen per kwartaal, met een jaar eerder",
        )


def months(monitor: Monitor, view: View) -> None:
    """The last twelve months, each beside the same month a year ago."""
    st.header("Per maand", anchor=False)
    found = caseload.by_month(monitor, view.organisation.organisation_id, view.quarter)
    if not found:
        st.markdown("Er zijn nog geen twee kwartalen na elkaar geleverd.")
        return
    drawn, listed = st.tabs(["Grafiek", "Tabel"])
    with drawn:
        draw = partial(month_chart.months, found)
        where = analysis.place_of(found[-1].row.figures[0].now, "months")
        analysis.chart(monitor, where, draw, month_chart.describe_months(found))
    with listed:
        st.markdown(soft("Tussen haakjes: dezelfde maand een jaar eerder."))
        table.show(
            [
                {
                    "Maand": strong(month.label),
                    **dict(zip(MONTH_HEADINGS, map(analysis.with_year_ago, month.row.figures),
                               strict=True)),
                    "Open aan het eind": plain(month.standing_text),
                }
                for month in reversed(found)
            ],
            alt="Casussen per maand, met een jaar eerder",
        )  # fmt: skip


def bridge(monitor: Monitor, view: View) -> None:
    """Open then + new − closed = open now."""
    found = caseload.case_bridge(monitor, view.organisation.organisation_id, view.quarter.period_id)
    if found is None:
        return
    st.header("Van de vorige peildatum naar deze", anchor=False)
    drawn, listed = st.tabs(["Grafiek", "Tabel"])
    with drawn:
        analysis.bridge_panels(monitor, [found])
    with listed:
        analysis.bridge_rows([found])
    analysis.gaps([found])


def parts(monitor: Monitor, view: View, split: str) -> None:
    """The figures per kind or theme, each with a year ago in small letters."""
    name = monitor.kpis[KPI].segments[split].label
    found = caseload.parts(monitor, view.organisation.organisation_id, view.quarter, split)
    table.show(
        [
            {name: strong(row.label) if row is found[-1] else plain(row.label), **_cells(row)}
            for row in found
        ],
        alt=f"Casussen naar {name.lower()}, met een jaar eerder",
    )


def satisfaction(monitor: Monitor, view: View) -> None:
    """The marks of the latest school year, with the number of forms and the response beside."""
    st.header("Tevredenheid na een traject", anchor=False)
    if MARKS not in monitor.kpis:
        st.markdown("Tevredenheid staat niet in het profiel van dit samenwerkingsverband.")
        return
    found = caseload.satisfaction(monitor, view.quarter)
    if not found:
        st.markdown("Er zijn nog geen formulieren geleverd.")
        return
    whole = found[0].mark
    st.markdown(
        soft(f"Heel het samenwerkingsverband, {whole.when_text}. Doel: {whole.target_text}.")
    )
    table.show(
        [
            {
                "Ingevuld door": strong(item.label) if item is found[0] else plain(item.label),
                "Gemiddeld cijfer": figures.value_cell(item.mark),
                "Formulieren": plain(item.forms.short_text),
                "Respons": plain(item.response.short_text),
                "Oordeel": _verdict(monitor, item.mark),
            }
            for item in found
        ],
        alt=f"Tevredenheid in {whole.period.label}",
    )
    everything = view.link("kpi", MARKS, organisation_id=monitor.swv.organisation_id)
    st.markdown(link("Tevredenheid over de jaren", everything))


def schools(monitor: Monitor, view: View) -> None:
    """The figures per location, by name."""
    found = caseload.schools(monitor, view.organisation.organisation_id, view.quarter)
    if not found or view.organisation.organisation_type == "locatie":
        return
    st.header("Per school", anchor=False)
    st.markdown(lines(soft(NOT_A_RANKING), analysis.in_brackets(found[0].figures[0])))
    table.show(
        [
            {
                "School": link(row.name, view.link(
                    "ect", organisation_id=row.organisation_id
                )),
                **_cells(row),
            }
            for row in found
        ],
        alt="Casussen per school, met een jaar eerder",
    )  # fmt: skip


def more(monitor: Monitor, view: View) -> None:
    """Where to look further, and how it is counted."""
    kpi = monitor.kpis[KPI]
    st.markdown(link("Deze KPI in de tijd, met herkomst", view.link("kpi", KPI)))
    with st.expander("Hoe wij tellen"):
        definition.card(kpi)
        for note in kpi.footnotes:
            st.caption(plain(note))


def _cells(row: Row) -> dict[str, str]:
    return dict(zip(HEADINGS, map(analysis.with_year_ago, row.figures), strict=True))


def _verdict(monitor: Monitor, mark: KpiResult) -> str:
    found = verdict(monitor, mark).finding
    return lines(change_word(found.change, found.change), small(found.sentence))
