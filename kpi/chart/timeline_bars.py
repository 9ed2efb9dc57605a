"""Where the things of a timeline are drawn: on the axis of the chart above them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from data.calendar import ONE_DAY, Period
from kpi import formatting
from kpi.chart.frame import EDGE
from kpi.plans.timeline import Item, Lane

MOST_PER_LANE = 8
HALF = 0.5
LEFT_OUT = "In de tekening staan alleen de laatste; in de tabel staat alles."


@dataclass(frozen=True)
class Bar:
    """What is drawn as one: from and to on the axis of the chart (positions of periods).

    texts: what is in it, item by item; count: how many items that are.
    """

    lane: Lane
    start: float
    end: float
    label: str
    texts: tuple[str, ...]
    count: int


def bars(found: Sequence[Item], periods: Sequence[Period]) -> list[Bar]:
    """What is drawn, lane by lane: the latest of each kind, activities of the same days as one."""
    drawn = []
    for lane in Lane:
        here = [item for item in found if item.lane is lane]
        if lane is Lane.ACTIVITY:
            spans = groupby(here, key=lambda item: (item.from_on, item.until_on))
            together = [list(items) for _, items in spans]
        else:
            together = [[item] for item in here]
        latest = together if lane is Lane.WORDS else together[-MOST_PER_LANE:]
        drawn += [_bar(lane, items, periods) for items in latest]
    return drawn


def left_out(found: Sequence[Item], drawn: Sequence[Bar]) -> str:
    """What is in the table and not in the drawing, as a Dutch sentence; or ""."""
    return LEFT_OUT if sum(bar.count for bar in drawn) < len(found) else ""


def place_of(day: date, periods: Sequence[Period]) -> float:
    """Where a day lies on the axis: a period reaches from half before its position to half after.

    What lies outside the axis is put at its edge.
    """
    low, high = periods[0].position - EDGE, periods[-1].position + EDGE
    if day < periods[0].start_on:
        return low
    for period in periods:
        if day <= period.end_on:
            days = (period.end_on - period.start_on).days + 1
            place = period.position - HALF + (day - period.start_on).days / days
            return min(max(place, low), high)
    return high


def _bar(lane: Lane, items: list[Item], periods: Sequence[Period]) -> Bar:
    several = len(items) > 1
    label = formatting.count(len(items), "activiteiten") if several else items[0].short
    states = Counter(item.state for item in items if item.state)
    told = ", ".join(f"{times} {state}" if several else state for state, times in states.items())
    return Bar(
        lane,
        place_of(items[0].from_on, periods),
        place_of(items[0].until_on + ONE_DAY, periods),
        f"{label} · {told}" if told else label,
        tuple(f"{item.when}: {item.short}" for item in items),
        len(items),
    )
