"""The page Thuiszitters in time: how long pupils are at home, without an offer, and quarters."""

from collections.abc import Sequence

import streamlit as st

from kpi.chart import flow as flow_charts
from kpi.chart import trend as charts
from kpi.figure.result import KpiResult
from kpi.figure.span import recent
from kpi.record.events import events
from kpi.verdict.judged import verdict
from kpi.view import absence
from pages.parts.analysis import analysis, flow_tables
from pages.parts.analysis.analysis import Asked
from pages.shared import figure_cells, table
from pages.shared.figure_cells import count, short, signed, total
from pages.shared.text import lines, plain, strong
from pages.shared.verdicts import small


def lasting(asked: Asked) -> None:
    """How long pupils are at home, and who is longer than three months without an offer."""
    with st.grid(2, min_column_width=480, gap="medium"):
        with st.container():
            st.header("Hoe lang thuis?", anchor=False)
            _durations(asked)
        with st.container():
            st.header("Langer dan 3 maanden, zonder aanbod", anchor=False)
            _without_offer(asked)


def _durations(asked: Asked) -> None:
    """The bridge per class of duration, with those who went over the border between them."""
    found = absence.durations(asked.monitor, asked.organisation_id, asked.quarter.period_id)
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


def _without_offer(asked: Asked) -> None:
    """The series with its target, and what was agreed."""
    long, series = absence.long_series(asked.monitor, asked.organisation_id, asked.quarter)
    if not series:
        return
    now, title = series[-1], figure_cells.title(series[-1])
    analysis.twins(
        lambda: analysis.chart(
            asked.monitor, analysis.place_of(now, "trend"),
            lambda: charts.trend(recent(series), height=280), charts.describe(title, series),
        ),
        lambda: _long_rows(asked, recent(long), recent(series), title),
    )  # fmt: skip
    goal = verdict(asked.monitor, now).goal.sentence
    st.markdown(lines(plain(absence.stood_before(series)), plain(goal)))
    analysis.agreement(asked.monitor, now)


def _long_rows(
    asked: Asked, long: Sequence[KpiResult], series: Sequence[KpiResult], title: str
) -> None:
    columns = asked.analysis.columns
    rows = [
        {
            "Peildatum": strong(without.when_short),
            columns[absence.LONG]: short(whole),
            columns[absence.LONG_WITHOUT_OFFER]: short(without),
            "Doel": figure_cells.target_cell(without),
            "Compleet": figure_cells.coverage_cell(without),
        }
        for whole, without in zip(long, series, strict=True)
    ]
    table.show(rows[::-1], alt=title)


def flows(asked: Asked) -> None:
    """Three years of what came, what went and what stood, with what happened meanwhile."""
    st.header("Instroom en uitstroom", anchor=False)
    new, ended, stock = asked.series
    happened = events(asked.monitor, absence.KPI)
    alt = " ".join(charts.describe(part[-1].measure.label, part) for part in asked.series)
    analysis.twins(
        lambda: analysis.chart(
            asked.monitor, analysis.place_of(stock[-1], "flows"),
            lambda: flow_charts.flows(new, ended, stock, happened), alt,
        ),
        lambda: flow_tables.quarters(
            asked, "Nieuw, niet meer thuis en thuis op de peildatum, per kwartaal"
        ),
    )  # fmt: skip
