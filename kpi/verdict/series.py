"""A series of figures and the part of it about which something may be said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import takewhile

from kpi.figure.comparable import Counted, counted_otherwise
from kpi.meaning.choices import Better, JudgedBy, PeriodType, Shows
from kpi.verdict.extra import EXTRA

AMOUNTS = ("uren", "euro")  # sums of hours or money are not counts of independent cases
# One location of thirty more or less fits in the ordinary differences that a test reckons with, a
# board that loses one of its three does not. A bare difference bridges none.
MOST_OTHER_LOCATIONS = EXTRA


class Break(StrEnum):
    """Why a stretch of figures starts where it does; the text is part of a sentence."""

    COUNTING = "andere telling"
    SOURCE = "andere bron"
    LOCATIONS = "ander aantal locaties"


BREAKS = {
    "definition": Break.COUNTING,
    "source": Break.SOURCE,
    "organisations": Break.LOCATIONS,
}


@dataclass(frozen=True)
class Point:
    """One period. `usable` is false when not everything was delivered or the figure may change.

    numerator and denominator are the sums behind value; squares is the sum of squared single
    observations (marks), for the spread of a mean; group_squares and group_sizes tell how far
    observations that share something lean together (see KpiResult). locations: how many the figure
    is about; other_source: of how many of them the data came from another source than usual.
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
    group_squares: float | None = None
    group_sizes: float | None = None
    locations: int = 0
    other_source: int = 0

    @cached_property
    def counted(self) -> Counted:
        """How it was counted."""
        return Counted(self.version, self.other_source, self.locations)

    @cached_property
    def is_figure(self) -> bool:
        """Whether there is a figure that can be used."""
        return self.usable and self.value is not None

    @cached_property
    def is_cases(self) -> bool:
        """Whether the numerator is a whole number of cases."""
        return self.numerator >= 0 and self.numerator == round(self.numerator)

    @cached_property
    def is_part(self) -> bool:
        """Whether the denominator is a whole number too, and not the smaller one."""
        return self.numerator <= self.denominator == round(self.denominator)


@dataclass(frozen=True)
class Pair:
    """One school at two moments, counted in one way: its figure of now and the last one before.

    board: what it shares with other schools, such as who assessed it.
    """

    before: Point
    after: Point
    board: str = ""

    @property
    def step(self) -> float:
        """How much it moved; what differs by rounding only did not."""
        return round((self.after.value or 0.0) - (self.before.value or 0.0), 9)


@dataclass(frozen=True)
class Series:
    """Figures of one measure, organisation and segment by period, oldest first.

    standing: the figure counts who is there, so the same pupils count again next period.
    pairs: the schools under the last figure that were measured before, when each is held against
    itself. quarters: of a yearly figure the same one per quarter, up to the end of the last year;
    they tell how much it scatters.
    """

    shows: Shows
    unit: str
    better: Better
    period_type: str
    points: tuple[Point, ...]
    decimals: int = 0
    standing: bool = False
    judged_by: str = JudgedBy.ROUTER
    pairs: tuple[Pair, ...] = ()
    quarters: tuple[Point, ...] = ()

    @property
    def last(self) -> Point:
        """The figure the verdict is about."""
        return self.points[-1]

    @property
    def per_year(self) -> int:
        """Periods in a year."""
        return 4 if self.period_type == PeriodType.KWARTAAL else 1

    @cached_property
    def is_count(self) -> bool:
        """Whether the value is a plain number of things."""
        return self.shows in (Shows.TOTAL, Shows.PERSONS, Shows.STOCK)

    @property
    def is_share(self) -> bool:
        """Whether the numerator is a part of the denominator."""
        return self.shows is Shows.SHARE

    def size_of(self, point: Point) -> float:
        """What the cases of a point come from: its denominator, of a plain count one period."""
        return 1.0 if self.is_count else float(point.denominator)

    @property
    def size_ahead(self) -> float:
        """What the cases of a coming period may come from: as many as lately, over a year.

        The last quarter alone may be a quiet one: of two decisions every share is possible.
        """
        recent = self.run[-self.per_year :]
        return sum(map(self.size_of, recent)) / len(recent)

    @property
    def cases(self) -> float:
        """How many cases, or forms of a mean, the last figure rests on."""
        return self.last.denominator if self.shows is Shows.MEAN else self.last.numerator

    @property
    def holds_same_pupils(self) -> bool:
        """Whether pupils of one period count again in the next, so that points are dependent.

        A stock does, and so do the persons of a period: who is still there is carried over.
        """
        return self.standing or self.shows in (Shows.STOCK, Shows.PERSONS)

    @cached_property
    def counts_cases(self) -> bool:
        """Whether tests for counts fit: whole numbers of cases, no hours, no money."""
        if self.unit in AMOUNTS:
            return False
        return all(point.is_cases and (point.is_part or not self.is_share) for point in self.run)

    @cached_property
    def run(self) -> tuple[Point, ...]:
        """Every figure that may be held against the last one, oldest first; () when that is none.

        A period that is missing, incomplete, provisional or counted from another source or about
        clearly more or fewer locations is left out: a gap. A gap of more than a year, or another
        definition, ends it, so that no test, arrow or sentence ever spans one.
        """
        found: list[Point] = []
        for point in reversed(self.points):
            otherwise = self._counted_otherwise(point)
            if point.is_figure and not otherwise:
                if found and found[-1].position - point.position > self._widest_step:
                    break
                found.append(point)
            elif otherwise == "definition" or not found:
                break
        return tuple(reversed(found))

    @cached_property
    def unbroken(self) -> tuple[Point, ...]:
        """The end of the run in which no period is left out."""
        last = len(self.run) - 1
        steps = (self.run[last - back].position + back for back in range(last + 1))
        length = sum(1 for _ in takewhile(lambda place: place == self.last.position, steps))
        return self.run[len(self.run) - length :]

    @property
    def broken_by(self) -> Break | None:
        """What changed just before the run, None when nothing did."""
        if not self.run:
            return None
        earlier = [one for one in self.points if one.position < self.run[0].position]
        figures = [one for one in earlier if one.is_figure]
        return BREAKS.get(self._counted_otherwise(figures[-1])) if figures else None

    @property
    def year_before(self) -> Point | None:
        """The same period a year before the last one, when it may be held against it."""
        then = self.last.position - self.per_year
        return next((point for point in self.run if point.position == then), None)

    @property
    def _widest_step(self) -> int:
        """Periods from one figure to the next: a whole year may be missing."""
        return self.per_year + 1

    def _counted_otherwise(self, point: Point) -> str:
        """Why no test may reach from the last figure to an earlier one; "" when it may."""
        return counted_otherwise(self.last.counted, point.counted, MOST_OTHER_LOCATIONS)
