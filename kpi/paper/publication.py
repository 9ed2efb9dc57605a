"""What the papers of a quarter tell together: whoever gets one can lay another beside it."""

import json
from collections.abc import Callable

from data.calendar import KWARTAAL, Period
from data.deliveries.line import body_of
from data.progress import step, tell
from kpi.cycle.seal import seal_before
from kpi.cycle.status import steps
from kpi.figure.kept import short_hash
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisations_of, periods_of
from kpi.figure.result import KpiResult
from kpi.figure.rows import read_wholes
from kpi.guard.kept import keep_together, kept_together
from kpi.guard.shown import Shown, asked
from kpi.guard.together import Together, together
from kpi.meeting.figure_steps import in_meetings
from kpi.paper import alv, annual, school
from kpi.record.deviations import deviations

QUARTERS = 4  # a year of them is prepared


def publication(monitor: Monitor, quarter: Period) -> Together:
    """What is hidden of the ALV paper, the annual figures, all school sheets, and the meetings.

    Each of these papers is protected as a part of all of them: a number that is hidden in one can
    then not be calculated from another. It is decided again when an agreement changes what they
    show, not for every note: in a meeting nobody can wait for it. It is kept beside the store.
    """
    agreed = agreed_in(monitor, quarter)
    return monitor.remember_figures(
        ("publication", quarter.period_id, agreed), lambda: _kept_or_made(monitor, quarter, agreed)
    )


def prepare(monitor: Monitor, goes_on: Callable[[], bool]) -> None:
    """Decide it for the quarters of a year that are not closed, the last one first.

    A meeting or paper about them then waits for nothing. goes_on: asked before each quarter; it
    may take its time, and ends it with False.
    """
    for quarter in reversed(periods_of(monitor, KWARTAAL)[-QUARTERS:]):
        if not goes_on():
            return
        if not steps(monitor.store, quarter.period_id).seal:
            publication(monitor, quarter)


def published(monitor: Monitor, quarter: Period) -> list[KpiResult]:
    """Every figure of all these papers, unprotected."""

    def papers(shown: Shown) -> None:
        alv.sections(monitor, quarter, (), shown)
        annual.sections(monitor, quarter, shown)
        locations = organisations_of(monitor, "locatie", None, quarter)
        for done, location in enumerate(locations):
            tell(f"De bladen per school: {done} van {len(locations)}.", done, len(locations))
            school.sections(monitor, location, quarter, shown)
        in_meetings(monitor, quarter, shown)

    read_wholes(monitor)  # of every school, for its sheet
    return asked(monitor, papers)


def agreed_in(monitor: Monitor, quarter: Period) -> str:
    """All that decides what the papers of a quarter show besides its figures, as a short text.

    Targets and what was decided about them, deviations from them, and the quarter that was closed
    before: the paper for the ALV says what has changed since. Words and events move no figure.
    """
    seal = seal_before(monitor.store, quarter.period_id)
    targets = [(about, [*map(body_of, rules)]) for about, rules in sorted(monitor.targets.items())]
    deviating = [body_of(item) for item in deviations(monitor)]
    return short_hash(json.dumps([targets, deviating, seal.hash if seal else ""]))


def _kept_or_made(monitor: Monitor, quarter: Period, agreed: str) -> Together:
    found = kept_together(monitor, quarter.period_id, agreed)
    if found is None:
        with step(1, 2, "Alle stukken van dit kwartaal worden bekeken."):
            figures = published(monitor, quarter)
        with step(2, 2, "Kleine aantallen worden afgeschermd."):
            found = together(monitor, figures)
        if agreed_in(monitor, quarter) == agreed:  # nobody agreed something else meanwhile
            keep_together(monitor, quarter.period_id, agreed, found)
    return found
