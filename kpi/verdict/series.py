"""A series of figures and the part of it about which something may be said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kpi.choices import Better, PeriodType, Shows


@dataclass(frozen=True)
class Point:
    """One period. `usable` is false when not everything was delivered or the figure may change.

    numerator and denominator are the sums behind value; squares is the sum of squared numerators
    of the single observations (marks), for the spread of a mean.
    """

    period_id: str
    label: str
    position: int
    value: float | None
    numerator: float = 0.0
    denominator: float = 0.0
    usable: bool = True
    why_not: str = ""
    version: int = 1
    squares: float | None = None


@dataclass(frozen=True)
class Series:
    """Figures of one measure, organisation and segment by period, oldest first.

    standing: the figure counts who is there, so the same pupils count again next period; such a
    series is never tested as if its points were independent. days_between: days between events
    with a known date, for rare events.
    """

    shows: Shows
    unit: str
    better: Better
    period_type: PeriodType
    points: tuple[Point, ...]
    decimals: int = 0
    standing: bool = False
    judged_by: str = "router"
    days_between: tuple[float, ...] = ()

    @property
    def last(self) -> Point:
        """The figure the verdict is about."""
        return self.points[-1]

    @property
    def per_year(self) -> int:
        """Periods in a year."""
        return 4 if self.period_type == PeriodType.KWARTAAL else 1

    @property
    def is_count(self) -> bool:
        """Whether the value is a plain number of things."""
        return self.shows in (Shows.TOTAL, Shows.PERSONS, Shows.STOCK)

    @cached_property
    def run(self) -> tuple[Point, ...]:
        """The longest unbroken stretch that ends at the last point.

        It stops at a period that is not usable, at a gap and at a change of definition, so no
        test, arrow or sentence ever spans one.
        """
        stretch: list[Point] = []
        for point in reversed(self.points):
            if not point.usable or point.value is None:
                break
            if stretch and (
                point.version != stretch[-1].version
                or point.position != stretch[-1].position - 1
            ):
                break
            stretch.append(point)
        return tuple(reversed(stretch))

    @property
    def stops_at_break(self) -> bool:
        """Whether the stretch starts because the definition changed just before it."""
        before = len(self.points) - len(self.run) - 1
        return (
            bool(self.run) and before >= 0 and self.points[before].version != self.run[0].version
        )
