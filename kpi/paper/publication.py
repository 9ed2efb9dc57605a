"""What the papers of a quarter tell together: whoever gets one can lay another beside it."""

from data.calendar import Period
from data.progress import tell
from kpi.figure.monitor import Monitor
from kpi.figure.naming import organisations_of
from kpi.figure.result import KpiResult
from kpi.guard.shown import Shown, asked
from kpi.meeting.figure_steps import in_meetings
from kpi.paper import alv, annual, school
from kpi.register import Record


def publication(monitor: Monitor, quarter: Period) -> tuple[KpiResult, ...]:
    """Every figure of the ALV paper, the annual figures, all school sheets, and the meetings.

    Each of these papers is protected as a part of all of them: a number that is hidden in one can
    then not be calculated from another. It is made again when an agreement changes what they show,
    not for every note: in a meeting nobody can wait for it.
    """

    def papers(shown: Shown) -> None:
        alv.sections(monitor, quarter, (), shown)
        annual.sections(monitor, quarter, shown)
        locations = organisations_of(monitor, "locatie", None, quarter)
        for done, location in enumerate(locations):
            tell(f"De bladen per school: {done} van {len(locations)}.", done, len(locations))
            school.sections(monitor, location, quarter, shown)
        in_meetings(monitor, quarter, shown)

    key = ("publication", quarter.period_id, _agreed(monitor))
    return monitor.remember_figures(key, lambda: tuple(asked(monitor, papers)))


def _agreed(monitor: Monitor) -> int:
    """The last line of the ledger about a target, its term, a deviation or event; 0 without any."""
    kinds = (Record.TARGET, Record.AFTER_TERM, Record.DEVIATION, Record.EVENT)
    return max((entry.seq for kind in kinds for entry in monitor.store.entries(kind)), default=0)
