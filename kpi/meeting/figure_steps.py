"""The figures that are always on the agenda of a body: over time, or per part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.calendar import KWARTAAL, Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import snapshot
from kpi.figure.span import known_by, recent
from kpi.guard.shown import Shown, year_before
from kpi.meaning.load import Kpi, Measure
from kpi.meeting.order import MeetingPart, PartKind, bodies
from kpi.meeting.steps import Course, FiguresStep, Split
from kpi.view.line import Line

Asked = Sequence[tuple[Kpi, Measure]]


@dataclass(frozen=True)
class MeetingView:
    """Of which quarter, as whom may see it, and how much of it.

    in_full: every part and the course too; otherwise only the whole, now and a year ago.
    """

    monitor: Monitor
    quarter: Period
    shown: Shown
    in_full: bool

    @property
    def swv(self) -> str:
        """Meetings are about the whole SWV."""
        return self.monitor.swv.organisation_id


def figure_step(
    view: MeetingView, part: MeetingPart, lines: Sequence[Line], name: str
) -> Iterator[FiguresStep | Split]:
    """The figures that this profile has per quarter; nothing when it has none of them."""
    found = _asked(view.monitor, part)
    about = tuple(line for line in lines if line.result.kpi.id in {kpi.id for kpi, _ in found})
    if found and part.split:
        yield _split(view, part, found, about, name)
    elif found:
        courses = tuple(_course(view, kpi, measure) for kpi, measure in found)
        yield FiguresStep(name, part.title, about, courses)


def in_meetings(monitor: Monitor, quarter: Period, shown: Shown) -> None:
    """Ask for every figure that a meeting shows to others than the bureau.

    On screen where they are in the room, and in the summary of every body.
    """
    for body in bodies().values():
        view = MeetingView(monitor, quarter, shown, in_full=body.audience.is_protected)
        for part in body.parts:
            if part.kind is PartKind.FIGURES:
                list(figure_step(view, part, (), ""))


def _asked(monitor: Monitor, part: MeetingPart) -> Asked:
    every = [
        (monitor.kpis[kpi], monitor.kpis[kpi].measures[measure])
        for kpi, measure in part.measures
        if kpi in monitor.kpis
    ]
    return [(kpi, measure) for kpi, measure in every if KWARTAAL in measure.periods]


def _course(view: MeetingView, kpi: Kpi, measure: Measure) -> Course:
    """Now, a year ago, and in full the last three years."""
    now = results.figure(view.monitor, kpi.id, view.swv, view.quarter.period_id, measure.id, "")
    before = year_before(view.monitor, view.shown, now)
    if not view.in_full:
        return Course(view.shown.of(now), before, ())
    every = results.trend(view.monitor, kpi.id, view.swv, measure.id, "", KWARTAAL)
    series = recent(known_by(every, view.quarter))
    return Course(view.shown.of(now), before, tuple(map(view.shown.of, series)))


def _split(
    view: MeetingView, part: MeetingPart, found: Asked, lines: tuple[Line, ...], name: str
) -> Split:
    """The whole, and in full the parts that occur in the order of the definition."""
    kpi = found[0][0]
    columns = [
        snapshot(view.monitor, kpi.id, measure.id, view.quarter.period_id) for _, measure in found
    ]
    occurring = {code for column in columns for code in column.codes(view.swv, part.split)}
    order = (f"{part.split}={code}" for code in kpi.segments[part.split].values)
    codes = [code for code in order if view.in_full and code in occurring]

    def row(segment: str) -> tuple[KpiResult, ...]:
        return tuple(view.shown.of(column.of(view.swv, segment)) for column in columns)

    return Split(
        name,
        part.title,
        kpi.segments[part.split].label,
        lines,
        tuple(measure for _, measure in found),
        rows=tuple(row(segment) for segment in ("", *codes)),
        before=tuple(
            year_before(view.monitor, view.shown, column.of(view.swv)) for column in columns
        ),
    )
