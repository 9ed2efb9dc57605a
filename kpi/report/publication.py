"""What the papers of a quarter tell together: whoever gets one can lay another beside it."""

from data.calendar import Period
from kpi.monitor import Monitor
from kpi.naming import organisations_of
from kpi.report import alv, annual, school
from kpi.report.shown import Shown, asked
from kpi.result import KpiResult


def publication(monitor: Monitor, quarter: Period) -> tuple[KpiResult, ...]:
    """Every figure of the ALV paper, the annual figures and all school sheets of a quarter.

    Each of these papers is protected as a part of all of them: a number that is hidden in one can
    then not be calculated from another.
    """

    def papers(shown: Shown) -> None:
        alv.sections(monitor, quarter, (), shown)
        annual.sections(monitor, quarter, shown)
        for location in organisations_of(monitor, "locatie", None, quarter):
            school.sections(monitor, location, quarter, shown)

    key = ("publication", quarter.period_id)
    return monitor.remember(key, lambda: tuple(asked(monitor, papers)))
