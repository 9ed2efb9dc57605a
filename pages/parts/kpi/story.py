"""What the KPI page says around its chart: sentence, tiles, chart with table, and fixed column."""

import streamlit as st

from kpi.chart import trend as charts
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.formatting import date_text
from kpi.view.goals import target_card
from kpi.view.story import Story
from pages.shared import commentary, commitments, figure_cells, table
from pages.shared.blocks import chart, twins
from pages.shared.links import address
from pages.shared.text import lines, link, plain, soft, strong
from pages.shared.verdicts import change_word, goal_word, small
from pages.shared.view import View

SPLIT_PLACE = "uitgesplitst"


def verdict_line(told: Story) -> None:
    """The verdict on top: sign, word and sentence; below it what is tested in its place."""
    word = change_word(told.change.finding.change, told.change_words)
    with st.container(border=True, gap="xxsmall"):
        st.markdown(lines(f"{word} · {strong(told.sentence)}", small(told.tested_text)))


def tiles(told: Story) -> None:
    """Now, the path, the comparison with before, and who came and went or how complete it is."""
    now = told.result
    with st.grid(4, min_column_width=260, gap="small"):
        figure_cells.tile(figure_cells.subject(now), now.value_text, figure_cells.when(now))
        figure_cells.tile("Doelpad", now.target_text, now.gap_text)
        figure_cells.tile("Vergelijking", told.since.text, told.since.note)
        if told.flows:
            figure_cells.tile("Nieuw en eraf", told.flows.text, told.flows.note)
        else:
            figure_cells.tile("Compleet", now.coverage_text, _until(now))


def course(monitor: Monitor, told: Story) -> None:
    """The trend as a chart, and everything in it as a table; below it what cannot be drawn."""
    twins(
        "verloop",
        lambda: _drawn(monitor, told),
        lambda: table.show(_table(told), alt=told.sentence),
    )


def _drawn(monitor: Monitor, told: Story) -> None:
    drawing, series = told.drawing, told.drawing.series
    alt = f"{told.sentence} {charts.describe(figure_cells.title(told.result), series)}"
    chart(monitor, "verloop", tuple(series), lambda: charts.trend(series, beside=drawing), alt)
    notes = [
        drawing.limits_note,
        *drawing.not_drawn,
        *(f"{r.label}: {r.source}." for r in drawing.references),
    ]
    marks = [mark.text for mark in drawing.marks]
    st.markdown(lines(*map(small, [" · ".join(marks), *notes])))


def _table(told: Story) -> list[dict[str, str]]:
    """The newest period first; only columns that hold something."""
    rows = [_table_row(told, result) for result in reversed(told.drawing.series)]
    expected = told.drawing.expected
    if expected:
        rows.insert(
            0,
            {"Periode": strong(expected.period.label), "Cijfer": soft(f"verwacht {expected.text}")},
        )
    filled = {name for row in rows for name, text in row.items() if text}
    return [{name: text for name, text in row.items() if name in filled} for row in rows]


def _table_row(told: Story, result: KpiResult) -> dict[str, str]:
    drawing, period = told.drawing, result.period.period_id
    published = {r.label: plain(r.value_text(period)) for r in drawing.references}
    return {
        "Periode": strong(result.period.label),
        "Cijfer": figure_cells.value_cell(result),
        "Verandering": figure_cells.change_cell(result),
        "Doel": figure_cells.target_cell(result),
        "Gewone schommeling": plain(drawing.limits_text(result)),
        **published,
        "Gebeurtenis": plain(drawing.marks_text(result)),
        "Compleet": figure_cells.coverage_cell(result),
    }


def meaning(monitor: Monitor, told: Story, view: View) -> None:
    """The column on the right, always in this order; what people say is a quotation."""
    kpi = told.result.kpi
    about = (kpi.id, view.quarter.period_id, view.organisation.organisation_id)
    st.markdown(lines(strong("Waarom dit telt"), plain(kpi.why)))
    seen = commentary.quoted(monitor, about, "what_we_see")
    st.markdown("\n\n".join((lines(strong("Wat zien we"), *_seen(told)), seen, *_more_seen(told))))
    st.markdown(commentary.paragraph(monitor, about, "why"))
    st.markdown(commentary.paragraph(monitor, about, "what_we_do"))
    st.markdown(commitments.in_short(monitor, view.meeting_day(monitor), kpi.id))
    st.markdown(commentary.signature(monitor, about))
    commentary.writing(monitor, about)
    st.markdown(lines(strong("Verder kijken"), *_further(told, view)))


def _more_seen(told: Story) -> tuple[str, ...]:
    """The target, how solid the figure is, and what to expect."""
    return (
        lines(soft("Doel"), *_agreed(told)),
        lines(soft("Betrouwbaarheid"), f"{strong(told.letter)} · {plain(told.confidence_text)}"),
        lines(soft("Verwachting"), plain(told.expected_text), small(told.score)),
    )


def _agreed(told: Story) -> tuple[str, ...]:
    goal = told.verdict.goal
    return (
        goal_word(goal), plain(goal.sentence), small(told.odds_text), plain(told.targets),
        small(told.deviation),
    )  # fmt: skip


def _seen(told: Story) -> tuple[str, ...]:
    finding = told.change.finding
    return (
        change_word(finding.change, told.change_words),
        plain(told.tested_text or told.sentence),
        small(told.reason_text),
        small(told.method_text),
    )


def _further(told: Story, view: View) -> tuple[str, ...]:
    """The same questions for every KPI, as far as there is an answer."""
    now = told.result
    places = view.link("locaties", now.kpi.id, now.measure.id, now.segment)
    words = address("definities", zoek=now.kpi.label)
    split = f"[Hoe is het verdeeld?](#{SPLIT_PLACE})" if now.kpi.splits(now.measure) else ""
    return (
        link("Hoe is het per locatie?", places), split, link("Wat telt mee en wat niet?", words),
    )  # fmt: skip


def agreement(monitor: Monitor, now: KpiResult) -> None:
    """Everything about the target under the chart, when there is one."""
    card = target_card(monitor, now)
    if card is None:
        return
    told = list(card.lines)
    if card.path:
        told.append(("Pad", " · ".join(": ".join(step) for step in card.path)))
    rows = [
        {"Doel": strong(heading), "Wat er is afgesproken": plain(text)} for heading, text in told
    ]
    with st.expander("De afspraak achter het doelpad", expanded=True, key="afspraak"):
        table.show(rows, alt="De afspraak over dit cijfer")


def _until(result: KpiResult) -> str:
    return f"gegevens tot en met {date_text(result.as_of)}" if result.as_of else ""
