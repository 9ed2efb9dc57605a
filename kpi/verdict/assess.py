"""From a series of figures to the verdict at every one of its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kpi.figure.comparable import counted_otherwise
from kpi.figure.result import KpiResult
from kpi.verdict.confidence import Facts, confidence
from kpi.verdict.goal import Asked, judge_goal, next_figure
from kpi.verdict.router import judge
from kpi.verdict.series import Pair, Point, Series
from kpi.verdict.verdict import Confidence, Finding, GoalFinding


@dataclass(frozen=True)
class Verdict:
    """Everything that may be said about one figure.

    expected_next: the interval (80 %) for the figure of the next period; was_expected: the
    interval the period before gave for this one, so every forecast is held against what came.
    """

    finding: Finding
    goal: GoalFinding
    confidence: Confidence
    expected_next: tuple[float, float] | None = None
    was_expected: tuple[float, float] | None = None

    @property
    def sentence(self) -> str:
        """The sentence on top of the page, in the report and as alt text of the chart."""
        return self.finding.sentence


class MeasuredSchool(NamedTuple):
    """A school with its board and its figures, oldest first."""

    board: str
    trend: Sequence[KpiResult]


def assess(
    results: Sequence[KpiResult],
    ends: Sequence[Asked | None] = (),
    schools: Sequence[Sequence[MeasuredSchool]] = (),
    quarters: Sequence[KpiResult] = (),
) -> list[Verdict]:
    """The verdict at every point of a series (`trend`), each from what was known up to then.

    `ends` holds per result what the agreement asks at the end of its path; `schools` the trends of
    the schools under it, when each school is held against itself; `quarters` the trend of the same
    figure per quarter, when the series is one of years.
    """
    points = tuple(_point(result) for result in results)
    parts = [(result.period.end_on, _point(result)) for result in quarters]
    found: list[Verdict] = []
    before: tuple[float, float] | None = None
    for place, result in enumerate(results):
        series = _series(result, points[: place + 1])
        if schools:
            series = replace(series, pairs=_pairs(schools[place], result))
        if parts:
            until = result.period.end_on
            series = replace(series, quarters=tuple(part for end, part in parts if end <= until))
        ahead = next_figure(series)
        found.append(
            Verdict(
                judge(series),
                judge_goal(series, ends[place] if ends else None),
                confidence(_facts(result, series)),
                ahead,
                before,
            )
        )
        before = ahead
    return found


def series_of(results: Sequence[KpiResult]) -> Series:
    """A series of figures (`trend`) as the methods take it."""
    return _series(results[-1], tuple(map(_point, results)))


def _point(result: KpiResult) -> Point:
    return Point(
        period_id=result.period.period_id,
        label=result.period.label,
        position=result.period.position,
        value=result.value,
        numerator=float(result.numerator),
        denominator=float(result.denominator),
        usable=result.is_final,
        why_not=_why_not(result),
        version=result.definition_version,
        squares=result.squares,
        group_squares=result.group_squares,
        group_sizes=result.group_sizes,
        locations=result.expected,
        other_source=result.other_source,
    )


def _why_not(result: KpiResult) -> str:
    if not result.has_number:
        return {
            "missing": "er is niet geleverd",
            "not_applicable": "het cijfer is hier n.v.t.",
        }.get(result.state.value, "dit cijfer is er niet")
    if not result.is_complete:
        return f"{result.coverage_text} leverden"
    if result.partial:
        return "maar een deel van de periode is geleverd"
    if result.provisional:
        return "het cijfer is voorlopig"
    return "er telt een aantal <5 mee" if result.numerator_more else ""


def _series(result: KpiResult, points: tuple[Point, ...]) -> Series:
    measure = result.measure
    return Series(
        shows=measure.shows,
        unit=measure.unit,
        better=measure.better,
        period_type=result.period.period_type,
        points=points,
        decimals=measure.decimals,
        standing=measure.counts_again,
        judged_by=measure.judged_by,
    )


def _pairs(schools: Sequence[MeasuredSchool], now: KpiResult) -> tuple[Pair, ...]:
    """Per school its figure of this period with its last one before, counted in one way.

    A mean of more or fewer parts is another figure, so the denominators must be equal too.
    """
    found = []
    for board, trend in schools:
        measured = [
            point
            for point in map(_point, trend)
            if point.usable and point.position <= now.period.position
        ]
        if len(measured) < 2 or measured[-1].position != now.period.position:
            continue
        before, after = measured[-2:]
        if before.denominator == after.denominator and not counted_otherwise(
            after.counted, before.counted
        ):
            found.append(Pair(before, after, board))
    return tuple(found)


def _facts(result: KpiResult, series: Series) -> Facts:
    return Facts(
        observed=result.observed,
        expected=result.expected,
        provisional=result.provisional,
        partial=result.partial,
        count=float(result.numerator),
        is_count=series.is_count,
        years_same_definition=_same_definition(series) // series.per_year,
        late=result.late,
        has_number=result.has_number,
    )


def _same_definition(series: Series) -> int:
    """Periods counted in the way of the last one, whether or not this one is complete yet."""
    version = series.last.version
    return sum(point.version == version and point.value is not None for point in series.points)
