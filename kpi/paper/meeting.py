"""The summary of a meeting, meant for one page: what was promised, discussed, decided."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi import formatting
from kpi.cycle.edition import edition
from kpi.figure.monitor import Monitor
from kpi.figure.result import FigureKey, KpiResult
from kpi.guard.guard import Audience
from kpi.guard.shown import protected
from kpi.meeting.meetings import Meeting
from kpi.meeting.order import bodies
from kpi.meeting.steps import (
    NOTHING,
    WITHOUT,
    Decisions,
    Delivered,
    FiguresStep,
    Promises,
    Quiet,
    Split,
    Step,
    Talk,
    sentence_of,
)
from kpi.paper.agenda import steps_of
from kpi.paper.document import (
    Cell,
    Document,
    Section,
    Table,
    figure_cell,
    filled,
    word,
)
from kpi.paper.frame import document, known_on
from kpi.paper.publication import publication
from kpi.record.commitments import Commitment

KIND = "verslag"
NOTHING_SAID = f"Er is niets besproken. {NOTHING}"


def meeting_summary(monitor: Monitor, meeting: Meeting) -> Document:
    """The paper that the members get afterwards, with small numbers hidden whoever they are.

    What is hidden is decided over all papers of the quarter and what others saw on screen.
    """
    made = edition(monitor, monitor.periods[meeting.quarter])
    body = bodies()[meeting.body]
    sections, shown = protected(
        made.monitor,
        Audience.BUITEN,
        lambda shown: _sections(
            steps_of(monitor, made, body, meeting.on, shown, body.audience.is_protected), meeting
        ),
        publication(made.monitor, made.quarter),
    )
    title = f"Verslag {meeting.text}"
    subject = f"{body.id.lower().replace(' ', '-')}-{meeting.on.isoformat()}"
    state = (made.status, made.seal)
    paper = document(
        made.monitor, KIND, title, made.quarter, sections, shown, state, subject
    )  # fmt: skip
    return replace(paper, frame=replace(paper.frame, known_on=known_on(monitor)))


def _sections(steps: Sequence[Step], meeting: Meeting) -> tuple[Section, ...]:
    """In the order in which the summary is read, whatever the order of the meeting was."""
    found: list[Section] = []
    for step in steps:
        if isinstance(step, Promises):
            found.append(_promises(step, meeting))
    found.append(_discussed(steps))
    for step in steps:
        if isinstance(step, Decisions):
            found += [_decisions(step), _new(step)]
    return tuple(found)


def _promises(step: Promises, meeting: Meeting) -> Section:
    """Settled ones first, then what is carried to the next meeting."""
    rows = tuple(
        (Cell(item.text), word(item.owner), Cell(item.status_text(step.on)))
        for item in (*step.settled, *step.open)
    )
    opened = f"Vastgelegd door {meeting.author}."
    return Section(
        id="toezeggingen",
        title="Toezeggingen van eerder",
        sentence=" ".join((step.since_text, opened, step.headline)),
        tables=filled(Table("", ("Toezegging", "Wie", "Stand"), rows)),
        starts_page=False,
    )


def _discussed(steps: Sequence[Step]) -> Section:
    """The KPIs that asked for a word, and the figures that are always on the agenda."""
    talks = [step for step in steps if isinstance(step, Talk)]
    rows = tuple(
        (Cell(step.title), figure_cell(step.line.result), Cell(_said(step))) for step in talks
    )
    figures = tuple(
        (Cell(now.measure.label), figure_cell(now), figure_cell(before) if before else word(""))
        for now, before in _figures(steps)
    )
    return Section(
        id="besproken",
        title="Besproken cijfers",
        sentence="" if rows or figures else NOTHING_SAID,
        tables=filled(
            Table("", ("KPI", "Nu", "Wat zegt het cijfer?"), rows),
            Table("Vaste cijfers", ("Cijfer", "Nu", "Een jaar eerder"), figures),
        ),
        notes=tuple(_remarks(steps)),
        starts_page=False,
    )


def _said(step: Talk) -> str:
    lapse = formatting.sentence(step.lapse)
    return " ".join(filter(None, (step.headline, lapse)))


def _figures(steps: Sequence[Step]) -> Iterator[tuple[KpiResult, KpiResult | None]]:
    """Wholes only, each once: what was on screen per part stays there."""
    pairs: dict[FigureKey, tuple[KpiResult, KpiResult | None]] = {}
    for step in steps:
        if isinstance(step, FiguresStep):
            pairs |= {item.now.key: (item.now, item.before) for item in step.courses}
        elif isinstance(step, Split):
            pairs |= {pair[0].key: pair for pair in step.whole}
    yield from pairs.values()


def _remarks(steps: Sequence[Step]) -> Iterator[str]:
    """What may be said about figures without a talk of their own, who is missing, and the rest."""
    talked = {step.line.result.kpi.id for step in steps if isinstance(step, Talk)}
    for step in steps:
        if isinstance(step, FiguresStep | Split):
            for line in step.lines:
                if line.result.kpi.id not in talked:
                    talked.add(line.result.kpi.id)
                    yield f"{line.name}. {sentence_of(line)}"
        elif isinstance(step, Delivered):
            yield formatting.sentence(step.headline)
        elif isinstance(step, Quiet) and step.names:
            yield f"{WITHOUT.capitalize()}: {formatting.enumeration(step.names)}."


def _decisions(step: Decisions) -> Section:
    return _made("besluiten", "Besluiten", step.decisions, "Er zijn geen besluiten genomen.")


def _new(step: Decisions) -> Section:
    return _made("nieuw", "Nieuwe toezeggingen", step.promises, "Er is niets nieuws toegezegd.")


def _made(name: str, title: str, found: Sequence[Commitment], nothing: str) -> Section:
    rows = tuple(
        (
            Cell(item.text),
            word(item.owner),
            word(formatting.short_date(item.due) if item.due else ""),
        )
        for item in found
    )
    return Section(
        id=name,
        title=title,
        sentence="" if rows else nothing,
        tables=filled(Table("", ("Wat", "Wie", "Uiterlijk"), rows)),
        starts_page=False,
    )
