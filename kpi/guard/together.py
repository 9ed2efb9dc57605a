"""What figures tell that the same people may lay beside each other, and what of it is hidden."""

from collections.abc import Iterable
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.guard.hide import hide
from kpi.guard.rules import Place, place_of
from kpi.meaning.target import TargetKind


class Together(NamedTuple):
    """Figures that were decided about together.

    own: where they stand; told: that, and where else they tell about; hidden: of which of these
    the number must not be shown.
    """

    told: frozenset[Place]
    own: frozenset[Place]
    hidden: frozenset[Place]


ALONE = Together(frozenset(), frozenset(), frozenset())


def together(monitor: Monitor, results: Iterable[KpiResult], beside: Together = ALONE) -> Together:
    """What is hidden of these figures and those beside them; that of `beside` when it has all."""
    found = list(results)
    told = beside.told.union(place for result in found for place in _tells(monitor, result))
    own = beside.own.union(map(place_of, found))
    if (told, own) == beside[:2]:
        return beside
    # which numbers are dear depends on what has a target
    key = ("hidden", told, own, frozenset(monitor.targets))
    hidden = monitor.remember_figures(key, lambda: frozenset(hide(monitor, told, own)))
    return Together(told, own, hidden)


def _tells(monitor: Monitor, result: KpiResult) -> list[Place]:
    """The places a figure tells about: itself, the period before, and where its target is from."""
    told = [place_of(result)]
    if result.previous is not None:
        told.append(place_of(result)._replace(period=result.period.previous_period_id))
    if result.ended:  # its verdict says how the figure stood at the end of the term
        told.append(place_of(result)._replace(period=result.ended.last.period_id))
    source = source_of_target(monitor, result)
    return [*told, source] if source else told


def source_of_target(monitor: Monitor, result: KpiResult) -> Place | None:
    """The figure a target is calculated from; None when it is a number of its own."""
    rule = result.ended.rule if result.ended else result.target_rule
    if rule is None or (result.target is None and not result.ended):
        return None
    place = place_of(result)
    if rule.kind is TargetKind.NOT_ABOVE_PREVIOUS:
        asked_of = result.ended.last if result.ended else result.period
        return place._replace(period=asked_of.previous_period_id)
    if rule.kind is TargetKind.NOT_ABOVE_MEASURE:
        term = result.ended.last if result.ended else result.period
        return place._replace(measure=rule.bound, period=term.period_id)
    if not rule.is_reduction or rule.base_value is not None:
        return None
    base = monitor.calendar.parse(rule.base_period)
    return place._replace(
        organisation=rule.organisation_id or monitor.swv.organisation_id, period=base.period_id
    )
