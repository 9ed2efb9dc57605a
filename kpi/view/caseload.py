"""The quarterly analysis of the ECT, and what only it has: months and marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.calendar import MONTHS, SCHOOLJAAR, Period
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import snapshot
from kpi.formatting import month_text, number
from kpi.view.bridge import Flow
from kpi.view.flow_analysis import FlowAnalysis, FlowQuarter, FlowRow, course
from kpi.view.quarterly import beside

KPI, MARKS = "ect", "tevredenheid"
QUARTERS = 4  # shown by month
FLOW = Flow(KPI, stock="open", new="new", ended="closed", gone="gesloten", lost="lost")
COLUMNS = {
    FLOW.new: "Nieuw",
    FLOW.ended: "Gesloten",
    FLOW.stock: "Open",
    "days_to_close": "Dagen tot sluiten",
}
MONTH_COLUMNS = tuple(name for name in COLUMNS if name != FLOW.stock)  # a month has none
ECT = FlowAnalysis(
    page="ect",
    title="ECT",
    flow=FLOW,
    columns=COLUMNS,
    tiles=tuple(COLUMNS),
    in_time=tuple(COLUMNS),
    splits=("kind", "theme"),
    places={"locatie": "Per school"},
    place_name="School",
    not_a_ranking="Op volgorde van naam. Veel casussen is niet goed of slecht: het zegt ook wie "
    "om hulp vraagt.",
    about="Casussen {}, met een jaar eerder",
    stands="De stand: {0.value_text} open {0.when_text}. Dit is een stand: dezelfde casussen "
    "tellen steeds opnieuw mee, dus toetsen kan niet.",
    further="Deze KPI in de tijd, met herkomst",
    year_ago=True,
)


@dataclass(frozen=True)
class Month:
    """One month: MONTH_COLUMNS beside a year ago, and open at its end (None when not known)."""

    first_day: date
    row: FlowRow
    standing: float | None

    @property
    def label(self) -> str:
        """ "september 2025"."""
        return month_text(self.first_day)

    @property
    def short_label(self) -> str:
        """ "sept"; with the year below it in January, where a year begins in a chart."""
        name = MONTHS[self.first_day.month - 1]
        return f"{name}<br>{self.first_day.year}" if self.first_day.month == 1 else name

    @property
    def standing_text(self) -> str:
        """Open at the end of the month, or that it is not known."""
        return "niet bekend" if self.standing is None else number(self.standing)


@dataclass(frozen=True)
class Satisfaction:
    """The mark of one group of respondents with the number of forms and the response."""

    mark: KpiResult
    forms: KpiResult
    response: KpiResult

    @property
    def label(self) -> str:
        """Who filled in the forms."""
        return self.mark.segment_label or "Alle groepen samen"


def by_month(asked: FlowQuarter) -> list[Month]:
    """The months of the last quarters up to the chosen one, oldest first.

    Open at the end of a month is open at the count date before, plus new, minus closed; None as
    long as a figure it is made of is missing.
    """
    monitor, series = asked.monitor, asked.course(FLOW.stock)
    found: list[Month] = []
    for before, now in zip(series[-QUARTERS - 1 : -1], series[-QUARTERS:], strict=False):
        columns = [snapshot(monitor, KPI, name, now.period.period_id) for name in MONTH_COLUMNS]
        standing = before.numerator if before.is_complete else None
        for first_day in _months_of(now.period):
            code = f"month=m{first_day.month:02d}"
            row = FlowRow(
                tuple(beside(monitor, c.of(asked.organisation_id, code)) for c in columns)
            )
            new, closed = (item.now for item in row.figures[:2])
            if standing is not None and new.is_complete and closed.is_complete:
                standing += new.numerator - closed.numerator
            else:
                standing = None
            found.append(Month(first_day, row, standing))
    return found


def _months_of(quarter: Period) -> list[date]:
    """The first day of each month of a quarter."""
    first, last = quarter.start_on, quarter.end_on
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def satisfaction(monitor: Monitor, quarter: Period) -> list[Satisfaction]:
    """The latest school year that was over: all forms together first, then each group."""
    years = satisfaction_course(monitor, quarter)
    if not years:
        return []
    swv, year = monitor.swv.organisation_id, years[-1].period.period_id
    mark, forms, response = (
        snapshot(monitor, MARKS, name, year) for name in ("mark", "forms", "response")
    )
    return [
        Satisfaction(mark.of(swv, part), forms.of(swv, part), response.of(swv, part))
        for part in ("", *mark.codes(swv, "respondent"))
    ]


def satisfaction_course(monitor: Monitor, quarter: Period) -> Sequence[KpiResult]:
    """The mark per school year, up to the chosen quarter."""
    swv = monitor.swv.organisation_id
    return course(monitor, MARKS, "mark", swv, quarter, period_type=SCHOOLJAAR)
