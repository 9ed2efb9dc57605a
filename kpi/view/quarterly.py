"""Quarters beside each other: the same quarter a year ago, and four quarters together."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.calendar import KWARTAAL, Period
from kpi import formatting
from kpi.figure import results
from kpi.figure.comparable import why_not
from kpi.figure.monitor import Monitor
from kpi.figure.result import NOT_COMPARABLE_SHORT, KpiResult
from kpi.figure.snapshot import snapshot

A_YEAR = 4


@dataclass(frozen=True)
class Beside:
    """A figure with that of the same quarter a year ago (None before the first quarter)."""

    now: KpiResult
    then: KpiResult | None

    @property
    def change(self) -> float | None:
        """The difference; None when the two may not be compared."""
        if self.then is None or self.why_not:
            return None
        return (self.now.value or 0) - (self.then.value or 0)

    @property
    def change_text(self) -> str:
        """ "+3 leerlingen sinds sept 2025", or in a few words why it cannot be said."""
        if self.then is None or self.change is None:
            return self.why_not
        text = formatting.change(self.change, self.now.unit, self.now.decimals)
        return f"{text} sinds {self.then.period.label}"

    @property
    def then_text(self) -> str:
        """The figure of a year ago with its quarter: "juni 2025: 24"; "" without one."""
        return f"{self.then.period.label}: {self.then.short_text}" if self.then else ""

    @property
    def note(self) -> str:
        """The change, or the figure of a year ago with why there is none; "" without one."""
        if self.change is not None or self.then is None or not self.then.has_number:
            return self.change_text
        return f"{self.why_not} · {self.then_text}"

    @property
    def note_on_target(self) -> str:
        """What was agreed and the distance to it; without a target the change in a year."""
        if self.now.target is None:
            return self.note
        asked = "" if self.now.gap is not None else f"doel: {self.now.target_text}"
        return " · ".join(filter(None, [asked, self.now.gap_text]))

    @property
    def why_not(self) -> str:
        """Why there is no change to tell, in a few words; "" when there is one."""
        reason = why_not(self.now, self.then)
        if reason == "no_previous":
            return "geen cijfer van een jaar eerder"
        return NOT_COMPARABLE_SHORT[reason] if reason else ""


def beside(monitor: Monitor, result: KpiResult) -> Beside:
    """A quarter with the same quarter a year ago."""
    earlier = result.period.year_ago_period_id
    if earlier not in monitor.periods:
        return Beside(result, None)
    then = snapshot(monitor, result.kpi.id, result.measure.id, earlier)
    return Beside(result, then.of(result.organisation.organisation_id, result.segment))


def year_before(series: Sequence[KpiResult]) -> list[KpiResult | None]:
    """For every quarter of a trend the one a year before; None where the trend has none."""
    known = {result.period.period_id: result for result in series}
    return [known.get(result.period.year_ago_period_id) for result in series]


def latest_complete(series: Sequence[KpiResult]) -> KpiResult | None:
    """The last figure of a trend that everyone delivered and that will not change."""
    return next((result for result in reversed(series) if result.is_final), None)


@dataclass(frozen=True)
class YearSum:
    """What was counted in one quarter, in the four quarters up to it and in the four before.

    None where a quarter of them was not delivered at all. complete and before_complete: whether
    everyone delivered in all four.
    """

    label: str
    quarter: int | None
    year: int | None
    before: int | None
    complete: bool = True
    before_complete: bool = True


def year_sum(
    monitor: Monitor, asked: tuple[str, str, str], organisation_id: str, quarter: Period
) -> YearSum:
    """The sums of one (KPI, measure, segment); for counts of what happened, never for a stock."""
    kpi_id, measure, segment = asked
    series = results.trend(monitor, kpi_id, organisation_id, measure, segment, KWARTAAL)
    by_place = {result.period.position: result for result in series}
    last = quarter.position
    recent, before = (
        [by_place.get(place) for place in range(end - A_YEAR + 1, end + 1)]
        for end in (last, last - A_YEAR)
    )
    label = monitor.kpis[kpi_id].segment_label(segment) or "Totaal"
    return YearSum(
        label, _number(recent[-1]), _sum(recent), _sum(before), _complete(recent), _complete(before)
    )


def _number(result: KpiResult | None) -> int | None:
    return round(result.numerator) if result is not None and result.is_exact else None


def _sum(four: Sequence[KpiResult | None]) -> int | None:
    numbers = [_number(result) for result in four]
    return None if None in numbers else sum(number or 0 for number in numbers)


def _complete(four: Sequence[KpiResult | None]) -> bool:
    return all(result is not None and result.is_complete for result in four)
