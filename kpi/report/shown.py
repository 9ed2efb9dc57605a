"""Figures as the reader of a paper may see them: a builder never holds an unprotected one.

What must be hidden depends on everything else in the paper, so a builder runs twice: once to
tell which figures it would show, once with those figures protected.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from kpi.guard.guard import Audience, Guarded, guard
from kpi.monitor import Monitor
from kpi.overview import Line, most_urgent
from kpi.result import KpiResult
from kpi.verdict.assess import Verdict
from kpi.verdicts import verdict

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
    beside: Iterable[KpiResult] = (),
) -> tuple[T, Guarded]:
    """What `build` makes of protected figures, and what was protected.

    beside: the figures of other papers that the same readers get.
    """
    shown = guard(monitor, asked(monitor, build), audience, beside)
    return build(shown), shown


def line_shown(line: Line, shown: Shown) -> Line:
    """A line of the overview as the reader may see it."""
    targeted = line.targeted or (line.result,)
    return replace(
        line,
        result=shown.of(line.result),
        verdict=shown.verdict(line.result),
        judged=shown.of(line.judged),
        change=shown.verdict(line.judged),
        targeted=tuple(map(shown.of, line.targeted)),
        goal=most_urgent([shown.verdict(item).goal for item in targeted]),
    )
