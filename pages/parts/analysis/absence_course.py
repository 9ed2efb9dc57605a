"""The page Thuiszitters in time: how long pupils are at home, without an offer, and quarters."""

from collections.abc import Sequence

import streamlit as st

from kpi.chart import flow as flow_charts
from kpi.chart import trend as charts
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.span import recent
from kpi.record.events import events
from kpi.verdict.judged import verdict
from kpi.view import absence
from kpi.view.absence import KPI
from pages.parts.analysis import analysis
from pages.shared import figure_cells, table
from pages.shared.figure_cells import count, short, signed, total
from pages.shared.text import lines, plain, strong
from pages.shared.verdicts import small
from pages.shared.view import View


def lasting(monitor: Monitor, view: View) -> None:
    """How long pupils are at home, and who is longer than three months without an offer."""
    with st.grid(2, min_column_width=480, gap="medium"):
        with st.container():
            st.header("Hoe lang thuis?", anchor=False)
            _durations(monitor, view)
        with st.container():
            st.header("Langer dan 3 maanden, zonder aanbod", anchor=False)
            _without_offer(monitor, view)


def _durations(monitor: Monitor, view: View) -> None:
    """The bridge per class of duration, with those who went over the border between them."""
    found = absence.durations(monitor, view.organisation.organisation_id, view.quarter.period_id)
    lost = any(row.lost for row in found)
    table.show(
        [
            {
                "Soort en duur": lines(strong(row.kind), small(row.label)),
                "Eerst": count(row.before),
                "Nieuw": count(row.new),
                "Over 3 maanden heen": signed(row.passed),
                "Niet meer thuis": count(row.ended),
                **({"Niet te volgen": signed(row.lost)} if lost else {}),
                "Nu": total(row.now),
            }
            for row in found
        ],
        alt="Thuiszitters naar duur, van de vorige peildatum naar deze",
        empty="De duur is hier niet bekend.",
    )


def _without_offer(monitor: Monitor, view: View) -> None:
    """The series with its target, and what was agreed."""
    long, series = absence.long_series(monitor, view.organisation.organisation_id, view.quarter)
    if not series:
        return
    now, title = series[-1], figure_cells.title(series[-1])
    analysis.twins(
        lambda: analysis.chart(
            monitor, analysis.place_of(now, "trend"),
            lambda: charts.trend(recent(series), height=280), charts.describe(title, series),
        ),
        lambda: _long_rows(recent(long), recent(series), title),
    )  # fmt: skip
    goal = verdict(monitor, now).goal.sentence
    st.markdown(lines(plain(absence.stood_before(series)), plain(goal)))
    analysis.agreement(monitor, now)


def _long_rows(long: Sequence[KpiResult], series: Sequence[KpiResult], title: str) -> None:
    rows = [
        {
            "Peildatum": strong(without.when_short),
            "Langer dan 3 maanden": short(whole),
            "Waarvan zonder aanbod": short(without),
            "Doel": figure_cells.target_cell(without),
            "Compleet": figure_cells.coverage_cell(without),
        }
        for whole, without in zip(long, series, strict=True)
    ]
    table.show(rows[::-1], alt=title)


def flows(
    monitor: Monitor,
    new: Sequence[KpiResult],
    ended: Sequence[KpiResult],
    stock: Sequence[KpiResult],
) -> None:
    """Three years of what came, what went and what stood, with what happened meanwhile."""
    st.header("Instroom en uitstroom", anchor=False)
    alt = " ".join(charts.describe(part[-1].measure.label, part) for part in (new, ended, stock))
    analysis.twins(
        lambda: analysis.chart(
            monitor, analysis.place_of(stock[-1], "flows"),
            lambda: flow_charts.flows(new, ended, stock, events(monitor, KPI)), alt,
        ),
        lambda: _flow_rows(*(part[-flow_charts.QUARTERS_SHOWN :] for part in (new, ended, stock))),
    )  # fmt: skip


def _flow_rows(
    new: Sequence[KpiResult], ended: Sequence[KpiResult], stock: Sequence[KpiResult]
) -> None:
    rows = [
        {
            "Kwartaal": strong(came.period.label),
            "Nieuw": short(came),
            "Niet meer thuis": short(went),
            "Thuis op de peildatum": short(stood),
            "Compleet": figure_cells.coverage_cell(stood),
        }
        for came, went, stood in zip(new, ended, stock, strict=True)
    ]
    table.show(rows[::-1], alt="Nieuw, niet meer thuis en thuis op de peildatum, per kwartaal")
