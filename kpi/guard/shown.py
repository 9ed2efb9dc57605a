"""Figures as the reader of a paper may see them: a builder never holds an unprotected one.

What must be hidden depends on everything else in the paper, so a builder runs twice: once to
tell which figures it would show, once with those figures protected.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from data.calendar import KWARTAAL
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.figure.results import figure_at
from kpi.guard.guard import Audience, Guarded, guard
from kpi.guard.together import ALONE, Together
from kpi.verdict.assess import Verdict
from kpi.verdict.judged import verdict

T = TypeVar("T")


class Shown(Protocol):
    """What a builder asks figures of."""

    def of(self, result: KpiResult) -> KpiResult:
        """The figure, or the same without its number."""

    def verdict(self, result: KpiResult) -> Verdict:
        """What may be said about the figure, or a verdict that says nothing."""


class _Asking:
    """The first run: everything is shown, and remembered."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self.results: list[KpiResult] = []

    def of(self, result: KpiResult) -> KpiResult:
        self.results.append(result)
        return result

    def verdict(self, result: KpiResult) -> Verdict:
        self.results.append(result)
        return verdict(self._monitor, result)


def asked(monitor: Monitor, build: Callable[[Shown], object]) -> list[KpiResult]:
    """Every figure that `build` would show, unprotected."""
    asking = _Asking(monitor)
    build(asking)
    return asking.results


def protected(
    monitor: Monitor,
    audience: Audience,
    build: Callable[[Shown], T],
    beside: Together = ALONE,
) -> tuple[T, Guarded]:
    """What `build` makes of protected figures, and what was protected.

    beside: what was decided over other papers that the same readers get.
    """
    shown = guard(monitor, asked(monitor, build), audience, beside)
    return build(shown), shown


def year_before(monitor: Monitor, shown: Shown, result: KpiResult) -> KpiResult | None:
    """Quarters have a season, so neighbours would mislead; a year has the year before it."""
    period = result.period
    earlier = (
        period.year_ago_period_id if period.period_type == KWARTAAL else period.previous_period_id
    )
    if earlier not in monitor.periods:
        return None
    found = figure_at(monitor, result, earlier)
    return shown.of(found) if found.has_number else None
