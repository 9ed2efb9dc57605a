"""What belongs in the chart of a figure beside its line, and the same in words for its table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import NamedTuple

from data.calendar import Period
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.path import later
from kpi.figure.result import KpiResult
from kpi.meaning.event import Event
from kpi.record.events import events
from kpi.verdict.assess import Verdict
from kpi.verdict.verdict import Finding
from kpi.view.reference import Reference, references

SEASONAL = "De grenzen gaan op en neer met het vaste patroon van de kwartalen."


class Limit(NamedTuple):
    """Between which values a figure ordinarily lies, on the scale of the figure."""

    lower: float
    mean: float
    upper: float


@dataclass(frozen=True)
class Mark:
    """An event with the letter under which it stands in the chart, and the periods it touches."""

    letter: str
    event: Event
    periods: tuple[Period, ...]

    @property
    def text(self) -> str:
        """ "A Scholen dicht (corona), 16 maart 2020 tot en met 1 juni 2020"."""
        return f"{self.letter} {self.event.label}, {self.event.when_text}"


@dataclass(frozen=True)
class Expected:
    """The interval (80 %) for the figure of the next period."""

    period: Period
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything in the chart. limits is empty when the method of the verdict has none.

    references: published figures that may be beside ours; not_drawn: why others may not.
    """

    series: tuple[KpiResult, ...]
    limits: Mapping[str, Limit]
    limits_note: str
    marks: tuple[Mark, ...]
    references: tuple[Reference, ...]
    not_drawn: tuple[str, ...]
    expected: Expected | None

    def limits_text(self, result: KpiResult) -> str:
        """ "12 tot 34, gemiddeld 23", "" without limits."""
        found = self.limits.get(result.period.period_id)
        if found is None:
            return ""
        low, mean, high = (formatting.bare(value, result.unit, _finer(result)) for value in found)
        return f"{formatting.ends(low, high)}, gemiddeld {mean}"

    def marks_text(self, result: KpiResult) -> str:
        """What happened in the period of the figure."""
        here = [mark for mark in self.marks if result.period in mark.periods]
        return "; ".join(f"{mark.letter} {mark.event.label}" for mark in here)


def drawing(monitor: Monitor, series: Sequence[KpiResult], verdict: Verdict) -> Drawing:
    """The chart of a series that ends at the figure the verdict is about."""
    now = series[-1]
    published = references(monitor, now.kpi.id, now.measure.id, now.segment, now.period.period_type)
    periods = {result.period.period_id for result in series}
    fitting = tuple(item for item in published if item.matches and periods & item.points.keys())
    limits = limits_of(verdict.finding)
    return Drawing(
        series=tuple(series),
        limits=limits,
        limits_note=SEASONAL if _is_seasonal(limits) else "",
        marks=tuple(_marks(events(monitor, now.kpi.id), series)),
        references=fitting,
        not_drawn=tuple(dict.fromkeys(item.why_not for item in published if not item.matches)),
        expected=_expected(monitor, now, verdict),
    )


def limits_of(finding: Finding) -> dict[str, Limit]:
    """The limits of the finding per period id; empty when its method has none to draw."""
    if finding.limits is None:
        return {}
    lines = zip(finding.limits.lower, finding.limits.mean, finding.limits.upper, strict=True)
    return {period: Limit(*line) for period, line in zip(finding.periods, lines, strict=True)}


def _is_seasonal(limits: Mapping[str, Limit]) -> bool:
    """Whether the mean goes up and down with the quarters."""
    return len({limit.mean for limit in limits.values()}) > 1


def _marks(found: Sequence[Event], series: Sequence[KpiResult]) -> Iterator[Mark]:
    letters = iter(ascii_uppercase)
    for event in found:
        periods = tuple(result.period for result in series if event.falls_in(result.period))
        if periods:
            yield Mark(next(letters, "…"), event, periods)


def _expected(monitor: Monitor, now: KpiResult, verdict: Verdict) -> Expected | None:
    if verdict.expected_next is None:
        return None
    low, high = verdict.expected_next
    period = later(monitor.calendar, now.period)
    text = formatting.span(low, high, now.unit, now.decimals)
    return Expected(period, low, high, text)


def _finer(result: KpiResult) -> int:
    """Limits of whole numbers have one decimal, or a mean of 1,9 would read as 2."""
    return max(1, result.decimals)
