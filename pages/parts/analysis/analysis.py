"""What the analysis pages share: how they open, tiles, a drawing with its table, how they end."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from data.calendar import Period
from kpi import formatting
from kpi.chart.trend import CONFIG
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import snapshot
from kpi.verdict.judged import verdict
from kpi.view import flow_analysis
from kpi.view.bridge import Bridge
from kpi.view.flow_analysis import FlowAnalysis, courses
from kpi.view.goals import target_card
from kpi.view.quarterly import Beside, latest_complete
from pages.shared import definition, figure_cells
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import lines, link, plain, strong
from pages.shared.verdicts import change_word, small
from pages.shared.view import View, choose_view, has_figures

NO_KPI = (
    "Deze KPI staat niet in het profiel van dit samenwerkingsverband. "
    "Een beheerder kan hem daar aanzetten."
)


@dataclass(frozen=True)
class Asked:
    """A declared analysis with what the user chose.

    stock: the standing count of the quarter; series: the quarters of each measure of in_time.
    """

    monitor: Monitor
    view: View
    analysis: FlowAnalysis
    stock: KpiResult
    series: Sequence[Sequence[KpiResult]]

    @property
    def organisation_id(self) -> str:
        """Whose figures are asked."""
        return self.view.organisation.organisation_id

    @property
    def quarter(self) -> Period:
        """The quarter that is asked."""
        return self.view.quarter

    @cached_property
    def facts(self) -> list[Beside]:
        """The figures on top."""
        return flow_analysis.facts(self.monitor, self.analysis, self.organisation_id, self.quarter)

    @cached_property
    def bridges(self) -> list[Bridge]:
        """From the previous count date to this one; empty without a start."""
        period = self.quarter.period_id
        return flow_analysis.bridges(self.monitor, self.analysis, self.organisation_id, period)


def begin(analysis: FlowAnalysis) -> Asked | None:
    """The title with its choices; None when there is nothing to show, which is then said."""
    monitor, row = current_monitor(), TitleRow(analysis.title)
    view = choose_view(row, monitor)
    if analysis.kpi not in monitor.kpis:
        st.info(NO_KPI, icon=":material/info:")
        return None
    if not has_figures(monitor, view):
        return None
    organisation_id, quarter = view.organisation.organisation_id, view.quarter
    standing = snapshot(monitor, analysis.kpi, analysis.flow.stock, quarter.period_id)
    stock = standing.of(organisation_id)
    row.caption(period_text(stock))
    series = courses(monitor, analysis, organisation_id, quarter)
    if not series[0] or not stock.has_number:
        said = f"Over {quarter.label} is hier nog niets geleverd."
        st.info(said, icon=":material/info:")
        return None
    return Asked(monitor, view, analysis, stock, series)


def period_text(stock: KpiResult) -> str:
    """Which quarter it is about, on which day was counted, and how complete it is."""
    months = formatting.months_text(stock.period.start_on, stock.period.end_on)
    return f"{months} · peildatum {stock.when_short} · {stock.coverage_text}"


def judged(asked: Asked) -> None:
    """The verdict on the last figure; when it has none, also the last one that has."""
    monitor, series = asked.monitor, asked.series[0]
    now = series[-1]
    found = verdict(monitor, now).finding
    told = found.sentence.lower().startswith(found.change)
    about = now.measure.label
    word = change_word(found.change, found.change)
    with st.container(border=True, gap="xxsmall"):
        st.markdown(
            lines(
                plain(about) if told else f"{word} ({plain(about.lower())})",
                strong(found.sentence),
                plain(_judged_before(monitor, series)),
                small(found.reason),
                small(asked.analysis.stands.format(asked.stock)),
            )
        )


def _judged_before(monitor: Monitor, series: Sequence[KpiResult]) -> str:
    """The verdict on the last complete figure, when that is an earlier one."""
    earlier = latest_complete(series)
    if earlier is None or earlier is series[-1]:
        return ""
    found = verdict(monitor, earlier).finding
    return f"Over {earlier.period.label}: {found.change}. {found.sentence}"


def tiles(asked: Asked) -> None:
    """Four figures in boxes, each with one line about it."""
    with st.grid(4, min_column_width=240, gap="small"):
        for fact in asked.facts:
            result = fact.now
            text = result.value_text if result.measure.is_ratio else result.short_text
            note = fact.note if asked.analysis.year_ago else fact.note_on_target
            figure_cells.tile(result.measure.label, text, note)


def twins(drawn: Callable[[], None], listed: Callable[[], None]) -> None:
    """A drawing and, behind a tab beside it, the same as a table."""
    first, second = st.tabs(["Grafiek", "Tabel"])
    with first:
        drawn()
    with second:
        listed()


def chart(monitor: Monitor, key: Hashable, draw: Callable[[], Any], alt: str) -> None:
    """A drawing, made once per key, with the sentence that says the same."""
    figure = monitor.remember(("drawing", key), draw)
    st.plotly_chart(figure, theme=None, config=CONFIG, key=f"tekening {key}", alt=alt)


def place_of(result: KpiResult, what: str = "") -> Hashable:
    """What a drawing is of, to know it by."""
    organisation, period = result.organisation.organisation_id, result.period.period_id
    return what, result.kpi.id, result.measure.id, organisation, period, result.segment


def agreement(monitor: Monitor, result: KpiResult) -> None:
    """What was agreed in one line, and in full behind a fold-out."""
    card = target_card(monitor, result)
    if card is None:
        return
    about = result.segment_label or result.measure.label
    why_not = f" Niet te toetsen: {card.no_path}." if card.no_path else ""
    st.markdown(plain(f"Afspraak over {about}: {card.agreement}.{why_not}"))
    with st.expander("De hele afspraak"):
        st.markdown(lines(*(f"{strong(head)}: {plain(text)}" for head, text in card.lines)))


def more(asked: Asked, *ways: str) -> None:
    """Links to look further, and how it is counted."""
    kpi = asked.monitor.kpis[asked.analysis.kpi]
    further = link(asked.analysis.further, asked.view.link("kpi", kpi.id))
    st.markdown(" · ".join((further, *ways)))
    with st.expander("Hoe wij tellen"):
        definition.card(kpi)
        for note in kpi.footnotes:
            st.caption(plain(note))
