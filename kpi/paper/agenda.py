"""The agenda of a meeting: the declared order, filled with what there is to say about a quarter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data.calendar import Period
from kpi.cycle.edition import Edition, edition
from kpi.figure.monitor import Monitor
from kpi.guard.shown import Shown, protected
from kpi.guard.together import ALONE
from kpi.meeting.figure_steps import MeetingView, figure_step
from kpi.meeting.meetings import Meeting, last_before, meeting_on
from kpi.meeting.order import Body, MeetingPart, PartKind, bodies
from kpi.meeting.steps import Decisions, Delivered, Promises, Quiet, Step, Talk
from kpi.paper.publication import publication
from kpi.plans.activities import activities
from kpi.plans.activity import Activity
from kpi.record.commentary import commentary, last_text
from kpi.record.commitments import Commitment, commitments, open_commitments
from kpi.register import Record
from kpi.view.intake import intake
from kpi.view.line import Line, line_shown
from kpi.view.overview import overview


@dataclass(frozen=True)
class Agenda:
    """What a body goes through on a day, step by step.

    meeting: None as long as it was not opened; last: the meeting before it. note: what • means,
    "" when the room may see everything.
    """

    body: Body
    quarter: Period
    on: date
    meeting: Meeting | None
    last: Meeting | None
    steps: tuple[Step, ...]
    note: str

    @property
    def made(self) -> tuple[Commitment, ...]:
        """What was recorded in this meeting."""
        return tuple(
            item for step in self.steps if isinstance(step, Decisions) for item in step.made
        )


def agenda(monitor: Monitor, body_id: str, quarter: Period, on: date) -> Agenda:
    """The agenda of a body, with its figures as the people in the room may see them.

    Figures and words of a closed quarter are those of its seal, as in its papers; promises and
    decisions are those of now. What is hidden is decided over all papers of the quarter.
    """
    body = bodies()[body_id]
    made = edition(monitor, quarter)
    steps, shown = protected(
        made.monitor,
        body.audience,
        lambda shown: steps_of(monitor, made, body, on, shown, in_full=True),
        publication(made.monitor, quarter) if body.audience.is_protected else ALONE,
    )
    return Agenda(
        body,
        quarter,
        on,
        meeting_on(monitor.store, body_id, on),
        last_before(monitor.store, body_id, on),
        steps,
        shown.note,
    )


def steps_of(
    monitor: Monitor, made: Edition, body: Body, on: date, shown: Shown, in_full: bool
) -> tuple[Step, ...]:
    """Every step in the declared order; a part about KPIs that the profile has not is left out.

    in_full: see kpi.meeting.figure_steps.
    """
    view = MeetingView(made.monitor, made.quarter, shown, in_full)
    lines = [
        line_shown(item, shown) for item in overview(made.monitor, view.swv, made.quarter).lines
    ]
    found: list[Step] = []
    for number, part in enumerate(body.parts, start=1):
        name = f"{part.kind}-{number}"
        if part.kind is PartKind.PROMISES:
            found.append(_promises(monitor, body, part, made.quarter, on, name))
        elif part.kind is PartKind.TALK:
            found += _talks(monitor, made, part, lines, on, name)
        elif part.kind is PartKind.FIGURES:
            found += figure_step(view, part, lines, name)
        elif part.kind is PartKind.DELIVERED:
            found += _delivered(made, part, name)
        else:
            found.append(Decisions(name, part.title, _made_in(monitor, body, on)))
    return tuple(found)


def _made_in(monitor: Monitor, body: Body, on: date) -> tuple[Commitment, ...]:
    """What the body promised and decided on this day."""
    return tuple(
        item for item in commitments(monitor.store) if item.body == body.id and item.made_on == on
    )


def _promises(
    monitor: Monitor, body: Body, part: MeetingPart, quarter: Period, on: date, name: str
) -> Promises:
    """Since the last meeting, or since the quarter began when there was none."""
    last = last_before(monitor.store, body.id, on)
    since = last.on if last else quarter.start_on
    own = [item for item in commitments(monitor.store) if item.body == body.id]
    promised = [item for item in own if item.kind is Record.PROMISE]
    decided = [item for item in own if item.kind is Record.DECISION]
    return Promises(
        name,
        part.title,
        on,
        last.on if last else None,
        open=tuple(item for item in _open(monitor, own, on) if item.made_on < on),
        settled=tuple(i for i in promised if i.is_settled(on) and not i.is_settled(since)),
        decided=tuple(item for item in decided if since <= item.made_on < on),
    )


def _open(monitor: Monitor, own: Sequence[Commitment], on: date) -> list[Commitment]:
    return [item for item in open_commitments(monitor.store, on) if item in own]


def _talks(
    monitor: Monitor, made: Edition, part: MeetingPart, lines: Sequence[Line], on: date, name: str
) -> Iterator[Step]:
    """A step per KPI that asks for a word, and one for the rest."""
    own = [line for line in lines if part.is_about(line.result.kpi.id)]
    if not own:
        return
    talked = [line for line in own if line.needs_word]
    for line in talked:
        yield _talk(monitor, made, line, on)
    names = tuple(line.name for line in own if not line.needs_word)
    yield Quiet(name, part.title, names, len(talked))


def _talk(monitor: Monitor, made: Edition, line: Line, on: date) -> Talk:
    kpi = line.result.kpi
    about = (kpi.id, made.quarter.period_id, line.result.organisation.organisation_id)
    written = commentary(made.monitor.store, *about)
    return Talk(
        f"kpi-{kpi.id}",
        kpi.name,
        line,
        words=written or last_text(made.monitor.store, *about),
        is_old=written is None,
        activities=_moving(monitor, kpi.id, made.quarter, on),
    )


def _moving(monitor: Monitor, kpi: str, quarter: Period, on: date) -> tuple[Activity, ...]:
    """The activities that should move a KPI and are not settled, the first one due first.

    Those of the plan of the school year, or else of the latest one before it.
    """
    own = [item for item in activities(monitor) if kpi in item.kpis]
    years = [item.school_year for item in own if item.school_year <= quarter.school_year]
    year = max(years, default="")
    running = [item for item in own if item.school_year == year and not item.is_settled(on)]
    return tuple(sorted(running, key=lambda item: item.until_on))


def _delivered(made: Edition, part: MeetingPart, name: str) -> Iterator[Delivered]:
    """What these KPIs need of every quarter."""
    needs = {
        topic
        for kpi in made.monitor.kpis.values()
        if part.is_about(kpi.id)
        for measure in kpi.measures.values()
        for need in measure.needs
        for topic in need.split("|")
    }
    owed = tuple(
        item
        for item in intake(made.monitor, made.quarter)
        if item.by_quarter and any(source.topic in needs for source in item.sources)
    )
    if owed:
        yield Delivered(name, part.title, owed)
