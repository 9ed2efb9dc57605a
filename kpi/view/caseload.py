"""The caseload of the ECT: quarters with the same quarter a year ago, parts, schools, marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.calendar import KWARTAAL, MONTHS, SCHOOLJAAR, Period
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.naming import segments_of
from kpi.figure.result import KpiResult
from kpi.figure.snapshot import Snapshot, snapshot
from kpi.figure.span import known_by
from kpi.formatting import month_text, number
from kpi.view.bridge import Bridge, Flow, bridge
from kpi.view.quarterly import Beside, beside, year_before

KPI, MARKS = "ect", "tevredenheid"
FLOW = Flow(KPI, stock="open", new="new", ended="closed", gone="gesloten")
COLUMNS = ("new", "closed", "open", "days_to_close")
WHY_STANDING = (
    "Dit is een stand: dezelfde casussen tellen steeds opnieuw mee, dus toetsen kan niet."
)
MARK_COLUMNS = ("mark", "forms", "response")


@dataclass(frozen=True)
class CaseloadRow:
    """One part or school: the figures of COLUMNS, each beside a year ago."""

    figures: tuple[Beside, ...]

    @property
    def new(self) -> KpiResult:
        """New cases."""
        return self.figures[0].now

    @property
    def standing(self) -> KpiResult:
        """Open cases; a month has none."""
        return self.figures[COLUMNS.index("open")].now

    @property
    def label(self) -> str:
        """The part, or "Totaal"."""
        return self.figures[0].now.segment_label or "Totaal"

    @property
    def name(self) -> str:
        """The organisation."""
        return self.figures[0].now.organisation.name

    @property
    def organisation_id(self) -> str:
        """Its code."""
        return self.figures[0].now.organisation.organisation_id


@dataclass(frozen=True)
class Month:
    """One month: new, closed and days to close beside a year ago, and open at its end."""

    first_day: date
    row: CaseloadRow
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


def headline(
    monitor: Monitor, organisation_id: str, quarter: Period, segment: str = ""
) -> CaseloadRow:
    """The figures of the quarter."""
    columns = _columns(monitor, quarter)
    return CaseloadRow(
        tuple(beside(monitor, column.of(organisation_id, segment)) for column in columns)
    )


def courses(monitor: Monitor, organisation_id: str, quarter: Period) -> list[list[KpiResult]]:
    """The quarters of each of COLUMNS, up to the chosen one."""
    return [
        known_by(results.trend(monitor, KPI, organisation_id, measure, "", KWARTAAL), quarter)
        for measure in COLUMNS
    ]


def by_quarter(
    series: Sequence[Sequence[KpiResult]], most: int = 12
) -> list[tuple[str, list[Beside]]]:
    """The courses turned over: per quarter, the newest first, COLUMNS beside a year ago."""
    every = [
        [Beside(now, then) for now, then in zip(part, year_before(part), strict=True)]
        for part in series
    ]
    rows = [list(row) for row in zip(*every, strict=True)]
    return [(row[0].now.period.label, row) for row in reversed(rows[-most:])]


def case_bridge(monitor: Monitor, organisation_id: str, period_id: str) -> Bridge | None:
    """Open at the previous count date + new − closed = open now."""
    return bridge(monitor, FLOW, organisation_id, period_id)


def by_month(
    monitor: Monitor, organisation_id: str, quarter: Period, quarters: int = 4
) -> list[Month]:
    """The months of the last quarters up to the chosen one, oldest first.

    Open at the end of a month is open at the count date before, plus new, minus closed; None as
    long as a figure it is made of is missing.
    """
    series = known_by(results.trend(monitor, KPI, organisation_id, "open", "", KWARTAAL), quarter)
    found: list[Month] = []
    for before, now in zip(series[-quarters - 1 : -1], series[-quarters:], strict=False):
        standing = before.numerator if before.is_complete else None
        for code, first_day in _months_of(now.period):
            row = CaseloadRow(
                tuple(
                    beside(monitor, column.of(organisation_id, f"month={code}"))
                    for column in _columns(monitor, now.period)
                    if column.measure.id != "open"
                )
            )
            new, closed = (item.now for item in row.figures[:2])
            if standing is not None and new.is_complete and closed.is_complete:
                standing += new.numerator - closed.numerator
            else:
                standing = None
            found.append(Month(first_day, row, standing))
    return found


def _months_of(quarter: Period) -> list[tuple[str, date]]:
    """(code of segment month, first day) of each month of a quarter."""
    first, last = quarter.start_on, quarter.end_on
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    return [(f"m{day.month:02d}", day) for day in days]


def parts(monitor: Monitor, organisation_id: str, quarter: Period, split: str) -> list[CaseloadRow]:
    """COLUMNS per code of a split (kind or theme), in the order of the definition; total last."""
    kpi, columns = monitor.kpis[KPI], _columns(monitor, quarter)
    occurring = {code for column in columns for code in column.codes(organisation_id, split)}
    codes = [code for code in segments_of(kpi, kpi.main, split) if code in occurring]
    return [headline(monitor, organisation_id, quarter, code) for code in (*codes, "")]


def schools(monitor: Monitor, organisation_id: str, quarter: Period) -> list[CaseloadRow]:
    """COLUMNS per location below an organisation, in order of name."""
    columns = [column.below(organisation_id, "locatie") for column in _columns(monitor, quarter)]
    return [
        CaseloadRow(tuple(beside(monitor, result) for result in figures))
        for figures in zip(*columns, strict=True)
    ]


def satisfaction(monitor: Monitor, quarter: Period) -> list[Satisfaction]:
    """The latest school year that was over: all forms together first, then each group."""
    course = satisfaction_course(monitor, quarter)
    if not course:
        return []
    swv, year = monitor.swv.organisation_id, course[-1].period.period_id
    mark, forms, response = (snapshot(monitor, MARKS, name, year) for name in MARK_COLUMNS)
    return [
        Satisfaction(mark.of(swv, part), forms.of(swv, part), response.of(swv, part))
        for part in ("", *mark.codes(swv, "respondent"))
    ]


def satisfaction_course(monitor: Monitor, quarter: Period) -> Sequence[KpiResult]:
    """The mark per school year, up to the chosen quarter."""
    swv = monitor.swv.organisation_id
    return known_by(results.trend(monitor, MARKS, swv, "mark", "", SCHOOLJAAR), quarter)


def _columns(monitor: Monitor, quarter: Period) -> list[Snapshot]:
    return [snapshot(monitor, KPI, measure, quarter.period_id) for measure in COLUMNS]
