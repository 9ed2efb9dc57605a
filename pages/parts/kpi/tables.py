"""Tables on the KPI page: its other targets, the figure split, and the same for everyone below."""

import streamlit as st

from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.span import known_by, recent, scale_of
from kpi.meaning.load import Kpi, Measure
from kpi.verdict.judged import verdict
from pages.parts.kpi.story import SPLIT_PLACE
from pages.shared import figure_cells, table
from pages.shared.choices import TitleRow
from pages.shared.text import lines, link, plain, soft, strong
from pages.shared.verdicts import goal_word
from pages.shared.view import View, choose_split


def goals(monitor: Monitor, now: KpiResult, view: View) -> None:
    """The agreements on other measures and parts of this KPI, with where they stand."""
    kpi, here = now.kpi, (now.measure.id, now.segment)
    found = [
        result
        for result in results.targeted(
            monitor, kpi.id, view.organisation.organisation_id, view.quarter.period_id
        )
        if (result.measure.id, result.segment) != here
    ]
    if not found:
        return
    st.header("Doelen op andere maten", anchor=False)
    rows = []
    for result in found:
        there = view.link("kpi", kpi.id, measure=result.measure.id, part=result.segment)
        rule = result.ended.rule if result.ended else result.target_rule
        rows.append(
            {
                "Maat": lines(link(result.measure.label, there), soft(result.segment_label)),
                "Cijfer": lines(figure_cells.value_cell(result), soft(result.when_short)),
                "Doel en verschil": figure_cells.target_cell(result),
                "Doel gehaald?": goal_word(verdict(monitor, result).goal),
                "Afspraak": lines(plain(rule.origin), soft(rule.document)) if rule else "",
            }
        )
    table.show(rows, alt=f"Doelen bij {kpi.label}")


def splits(monitor: Monitor, kpi: Kpi, measure: Measure, now: KpiResult) -> None:
    """The figure split by one of the declared segments, all on one scale."""
    if not kpi.splits(measure):
        return
    row = TitleRow()
    row.heading("Uitgesplitst", SPLIT_PLACE)
    split = choose_split(row, kpi, measure)
    organisation = now.organisation.organisation_id
    found = results.by_segment(
        monitor, kpi.id, organisation, now.period.period_id, split, measure.id
    )
    drawn = {
        result.segment: recent(known_by(results.trend_of(monitor, result), now.period))
        for result in found
    }
    scale = scale_of(item for series in drawn.values() for item in series)
    table.show(
        [
            {
                "Deel": strong(result.segment_label),
                "Cijfer": figure_cells.value_cell(result),
                "Verandering": figure_cells.change_cell(result),
                "Verloop, 3 jaar, op één schaal": figure_cells.line(
                    result.segment_label, drawn[result.segment], scale
                ),
            }
            for result in found
        ],
        alt=f"{measure.label}, uitgesplitst",
        empty="Deze uitsplitsing komt hier niet voor.",
    )


def members(monitor: Monitor, now: KpiResult, view: View) -> None:
    """The same figure for everyone below this organisation, by name."""
    kind = {"swv": "bestuur", "bestuur": "locatie"}.get(now.organisation.organisation_type)
    if kind is None:
        return
    found = results.by_organisation(
        monitor, now.kpi.id, now.period.period_id, kind, now.measure.id, now.segment,
        now.organisation.organisation_id,
    )  # fmt: skip
    if not found:
        return
    st.header({"bestuur": "Per bestuur", "locatie": "Per locatie"}[kind], anchor=False)
    table.show(
        [
            {
                "Naam": view.named(result.organisation, result),
                "Cijfer": figure_cells.value_cell(result),
                "Verandering": figure_cells.change_cell(result),
                "Compleet": figure_cells.coverage_cell(result),
            }
            for result in found
        ],
        alt=f"{now.measure.label} per {kind}",
    )
    everywhere = view.link("locaties", now.kpi.id, now.measure.id)
    st.markdown(link("Alle besturen en locaties naast elkaar", everywhere))
