"""What the analysis pages share: how they open, tiles, a drawing with its table, how they end."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.meaning.load import Kpi
from kpi.verdict.judged import verdict
from kpi.view.flow_analysis import FlowAnalysis, FlowQuarter
from kpi.view.goals import target_card
from kpi.view.line import change_words
from kpi.view.quarterly import latest_complete
from pages.shared import definition, figure_cells
from pages.shared.blocks import fold_out
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
class AskedFlow(FlowQuarter):
    """What the user chose to see of a declared analysis."""

    view: View


def begin(analysis: FlowAnalysis) -> AskedFlow | None:
    """The title with its choices; None when there is nothing to show, which is then said."""
    monitor, row = current_monitor(), TitleRow(analysis.title)
    view = choose_view(row, monitor)
    if analysis.kpi not in monitor.kpis:
        st.info(NO_KPI, icon=":material/info:")
        return None
    if not has_figures(monitor, view):
        return None
    asked = AskedFlow(analysis, monitor, view.organisation.organisation_id, view.quarter, view)
    row.caption(period_text(asked.stock))
    if not asked.series[0] or not asked.stock.has_number:
        st.info(f"Over {view.quarter.label} is hier nog niets geleverd.", icon=":material/info:")
        return None
    return asked


def period_text(stock: KpiResult) -> str:
    """Which quarter it is about, on which day was counted, and how complete it is."""
    months = formatting.months_text(stock.period.start_on, stock.period.end_on)
    return f"{months} · peildatum {stock.when_short} · {stock.coverage_text}"


def judged(asked: AskedFlow) -> None:
    """The verdict on the last figure; when it has none, also the last one that has."""
    monitor, series = asked.monitor, asked.series[0]
    now = series[-1]
    found = verdict(monitor, now).finding
    told = found.sentence.lower().startswith(found.change)
    about = now.measure.label
    word = change_word(found.change, change_words(now, now, found))
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


def tiles(asked: AskedFlow) -> None:
    """Four figures in boxes, each with one line about it."""
    with st.grid(4, min_column_width=240, gap="small"):
        for fact in asked.facts:
            result = fact.now
            text = result.value_text if result.measure.is_ratio else result.short_text
            note = fact.note if asked.analysis.year_ago else fact.note_on_target
            figure_cells.tile(result.measure.label, text, note)


def agreement(monitor: Monitor, result: KpiResult) -> None:
    """What was agreed in one line, and in full behind a fold-out."""
    card = target_card(monitor, result)
    if card is None:
        return
    about = result.segment_label or result.measure.label
    why_not = f" Niet te toetsen: {card.no_path}." if card.no_path else ""
    st.markdown(plain(f"Afspraak over {about}: {card.agreement}.{why_not}"))
    told = lines(*(f"{strong(head)}: {plain(text)}" for head, text in card.lines))
    about = f"{result.measure.id}_{result.segment}"
    fold_out("De hele afspraak", f"afspraak_{about}", lambda: st.markdown(told))


def more(asked: AskedFlow, *ways: str) -> None:
    """Links to look further, and how it is counted."""
    kpi = asked.monitor.kpis[asked.analysis.kpi]
    further = link(asked.analysis.further, asked.view.link("kpi", kpi.id))
    st.markdown(" · ".join((further, *ways)))
    fold_out("Hoe wij tellen", "telling", lambda: _counting(kpi))


def _counting(kpi: Kpi) -> None:
    definition.card(kpi)
    for note in kpi.footnotes:
        st.caption(plain(note))
