"""One part of a meeting on screen: little, large, and the headline first."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import sentence
from kpi.meeting.steps import (
    Decisions,
    Delivered,
    FiguresStep,
    Promises,
    Quiet,
    Split,
    Step,
    Talk,
)
from kpi.paper.agenda import Agenda
from kpi.plans.activity import Activity
from kpi.view.line import Line
from pages.parts.meeting import forms as meeting_forms
from pages.shared import commitments, figure_cells, table
from pages.shared.figure_cells import short
from pages.shared.links import address
from pages.shared.owed import owed
from pages.shared.text import crossed_out, lines, link, mind, plain, remark, soft, strong, urgent
from pages.shared.verdicts import change_word, goal_word
from pages.shared.view import View

MOST_ACTIVITIES = 3
NO_WORDS = "Er is nog geen duiding geschreven."


def show(monitor: Monitor, agenda: Agenda, step: Step) -> None:
    """The title of the part in large letters, and what belongs below it."""
    st.header(plain(step.title), anchor="onderdeel")
    shows: dict[type, Callable[[Monitor, Agenda, Any], None]] = {
        Promises: promises,
        Talk: talk,
        Quiet: quiet,
        FiguresStep: over_time,
        Split: per_part,
        Delivered: delivered,
        Decisions: decisions,
    }
    shows[type(step)](monitor, agenda, step)
    if agenda.note and isinstance(step, Talk | FiguresStep | Split):
        st.markdown(remark(agenda.note))


def headline(text: str) -> None:
    """The sentence that everyone in the room must be able to read."""
    with st.container(key="kernzin"):
        st.markdown(plain(text))


def promises(monitor: Monitor, agenda: Agenda, step: Promises) -> None:
    """What is open, late ones on top; what was settled; what was decided last time."""
    headline(step.headline)
    st.markdown(soft(step.since_text))
    if step.open:
        commitments.promised(monitor, step.open, step.on)
    if step.settled:
        st.markdown(strong("Afgehandeld sinds de vorige keer"))
        commitments.ended(step.settled, step.on, "✓ ")
    commitments.decided(monitor, "Besluiten van de vorige keer", step.decided)
    if step.open or step.settled:
        meeting_forms.settling(monitor, agenda, step)


def talk(monitor: Monitor, agenda: Agenda, step: Talk) -> None:
    """Sentence, figure, words, activities; and to record what is agreed about it."""
    line = step.line
    headline(step.headline)
    left, right = st.columns([1, 3])
    with left:
        figure_cells.tile(figure_cells.subject(line.result), line.result.short_text,
                     figure_cells.when(line.result))  # fmt: skip
    with right:
        st.markdown(lines(_why(step), _asked(line)))
        _words(step)
    _moving(agenda, step)
    title = f"Leg vast wat u hierover afspreekt: {step.title}"
    with st.expander(title, key=f"afspreken_{line.result.kpi.id}"):
        meeting_forms.recording(monitor, agenda, line.result.kpi.id)


def _why(step: Talk) -> str:
    """The sign and the word, a deviation whose time is over, and how the targets stand."""
    line = step.line
    change = change_word(line.change.finding.change, line.change_words)
    lapse = urgent(sentence(step.lapse)) if step.lapse else ""
    goal = goal_word(line.target.goal) if line.target else ""
    return " · ".join(filter(None, [change, lapse, goal, plain(line.counts_text)]))


def _asked(line: Line) -> str:
    """The target that asks most for a word, on its own measure, and the distance to it."""
    asked = line.target
    if asked is None:
        return ""
    gap = f", {asked.result.gap_text}" if asked.result.gap_text else ""
    whose = "" if line.is_own_target else f"{asked.name}: {asked.figure_text}; "
    return plain(f"Doel: {whose}{asked.asked_text}{gap}.")


def _words(step: Talk) -> None:
    if step.words is None:
        st.markdown(soft(NO_WORDS))
        return
    said = crossed_out if step.is_old else plain
    old = "Van een eerder kwartaal, nog niet bevestigd. " if step.is_old else ""
    told = [f"{strong(name)}: {said(text)}" for name, text in step.words.fields]
    st.markdown(lines(*told, remark(f"{old}Duiding: {step.words.by}")))


def _moving(agenda: Agenda, step: Talk) -> None:
    """What is being done about it, the first ones by name and the rest on its own page."""
    if not step.activities:
        st.markdown(soft("Geen lopende activiteit in het jaarplan hoort bij deze KPI."))
        return
    first = step.activities[:MOST_ACTIVITIES]
    year = first[0].school_year
    st.markdown(strong(f"Wat wij eraan doen volgens het jaarplan {year}"))
    table.show([_activity(item, agenda) for item in first], alt="Activiteiten bij deze KPI")
    if len(step.activities) > len(first):
        there = address("jaarplan", planjaar=year, plankpi=step.line.result.kpi.id)
        st.markdown(link(f"Alle {len(step.activities)} activiteiten bij deze KPI", there))


def _activity(item: Activity, agenda: Agenda) -> dict[str, str]:
    state = item.state(agenda.on)
    return {
        "Activiteit": plain(item.short),
        "Wie": plain(", ".join(item.who)) or soft("–"),
        "Klaar": plain(item.period),
        "Stand": mind(f"te laat: {state}") if item.is_late(agenda.on) else plain(state),
    }


def quiet(monitor: Monitor, agenda: Agenda, step: Quiet) -> None:
    """By name only."""
    headline(step.headline)
    if step.names:
        st.markdown("\n".join(f"- {plain(name)}" for name in step.names))


def over_time(monitor: Monitor, agenda: Agenda, step: FiguresStep) -> None:
    """Now, a year ago and three years in a line."""
    _sentences(step.lines)
    table.show(
        [
            {
                "Cijfer": strong(item.now.measure.label),
                "Nu": strong(item.now.value_text),
                "Een jaar eerder": short(item.before) if item.before else soft("–"),
                "Verloop, 3 jaar": figure_cells.line(item.now.measure.label, item.series),
            }
            for item in step.courses
        ],
        alt=step.title,
    )
    _further(agenda, step.lines)


def per_part(monitor: Monitor, agenda: Agenda, step: Split) -> None:
    """The whole with a year ago below it, then each part."""
    _sentences(step.lines)
    headings = (step.name, *(measure.label for measure in step.measures))
    whole, *others = step.rows
    rows = [table.cells(headings, (strong("Totaal"), *map(short, whole)))]
    if any(step.before):
        then = (short(item) if item else soft("–") for item in step.before)
        rows.append(table.cells(headings, (soft("een jaar eerder"), *then)))
    rows += [
        table.cells(headings, (plain(row[0].segment_label), *map(short, row))) for row in others
    ]
    table.show(rows, alt=step.title)
    _further(agenda, step.lines)


def _sentences(found: Sequence[Line]) -> None:
    """What may be said about each KPI, signals first."""
    for line in sorted(found, key=lambda line: not line.is_signal):
        word = change_word(line.change.finding.change, line.change_words)
        st.markdown(f"{word} · {plain(line.name)}. {plain(line.change_note)}")


def _further(agenda: Agenda, found: Sequence[Line]) -> None:
    """Where there is more."""
    links = [
        link(line.name, View(line.result.organisation, agenda.quarter).link("kpi", kpi.id))
        for line in found
        for kpi in [line.result.kpi]
    ]
    st.markdown(f"Meer: {' · '.join(links)}")


def delivered(monitor: Monitor, agenda: Agenda, step: Delivered) -> None:
    """How complete each source is, and who is missing by name."""
    headline(step.headline)
    owed(step.items, agenda.quarter)


def decisions(monitor: Monitor, agenda: Agenda, step: Decisions) -> None:
    """The form, and below it at once what was recorded."""
    meeting_forms.recording(monitor, agenda)
