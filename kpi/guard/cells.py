"""Numbers of persons or cases as cells: the same number in two figures is one cell."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.guard.facts import NOTHING, Numbers, numbers_at
from kpi.guard.kinds import Kind, Kinds, parts_of
from kpi.guard.rules import Place, counts_people, divides_by_cases
from kpi.meaning.choices import SplitDenominator
from kpi.meaning.relation import DENOMINATOR, NUMERATOR


class Count(NamedTuple):
    """A number of persons or cases: the numerator or denominator at a place."""

    kpi: str
    measure: str
    part: str
    organisation: str
    period: str
    segment: str

    @property
    def place(self) -> Place:
        """The figure it is a part of."""
        return Place(self.kpi, self.measure, self.organisation, self.period, self.segment)

    @property
    def kind(self) -> Kind:
        """What it is, wherever and whenever."""
        return Kind(self.kpi, self.measure, self.part, self.segment)

    def of(self, kind: Kind) -> "Count":
        """The number of another kind, there and then."""
        return Count(
            kind.kpi, kind.measure, kind.part, self.organisation, self.period, kind.segment
        )


Line = tuple[str, str, str]  # kpi, measure, part: the cells of one measure
Spot = tuple[str, str, str]  # organisation, period, segment
Levels = Mapping[str, Mapping[str, tuple[str, ...]]]  # period → organisation → what it is part of


class Cells:
    """The cells of a store: which are one and the same, and what they hold."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self.kinds = Kinds(monitor)
        self._numbers: dict[Place, Numbers] = {}
        self._asked: set[Place] = set()
        self._read: set[Count] = set()

    def told_by(self, place: Place) -> list[Count]:
        """The cells a figure tells when it is shown; none for money.

        Hours of cases are taken to tell how many cases there were.
        """
        measures = self._monitor.kpis[place.kpi].measures
        place = place._replace(measure=measures[place.measure].rests_on or place.measure)
        measure = measures[place.measure]
        numerator = Count(place.kpi, place.measure, NUMERATOR, *place[2:])
        told = [numerator] if counts_people(measure) else []
        if divides_by_cases(measure):
            told.append(self._below(numerator))
        return told

    def same_as(self, cell: Count) -> Iterator[Count]:
        """The cell, and step by step the cells of other figures that it should equal."""
        return map(cell.of, self.kinds.same(cell.kind))

    def names_of(self, cell: Count) -> Iterator[Count]:
        """The cell, and the cells of other figures that should equal it."""
        return map(cell.of, self.kinds.names(cell.kind))

    def wholes(self, kpi: str, segment: str) -> list[str]:
        """What a segment is part of: "kind=av,duration=x" is of both, and of everything."""
        return self.kinds.wholes(kpi, segment)

    def read(self, cells: Iterable[Count]) -> None:
        """Fetch what is needed to answer `value` for these cells, in one go."""
        new = set(cells) - self._read
        self._read |= new
        wanted = {other.place for cell in new for other in self.names_of(cell)}
        wanted |= {place._replace(segment="") for place in wanted if place.segment}
        wanted -= self._asked
        self._asked |= wanted
        self._numbers |= numbers_at(self._monitor, wanted)

    def numbers(self, place: Place) -> Numbers:
        """What is held at a place that was read."""
        return self._numbers.get(place, NOTHING)

    def value(self, cell: Count) -> float | None:
        """The number of a cell that was read; None when nobody delivered it."""
        for other in self.names_of(cell):
            found = self._numbers.get(other.place)
            if found is not None and found.known:
                return found.numerator if other.part == NUMERATOR else found.denominator
        return 0.0 if any(map(self._never_occurred, self.names_of(cell))) else None

    def is_known(self, cell: Count) -> bool:
        """Whether its own figure was delivered, whatever other figures say."""
        return self.numbers(cell.place).known or self._never_occurred(cell)

    def _never_occurred(self, cell: Count) -> bool:
        """Whether it is zero without a row: a part of a split that somebody delivered."""
        if not cell.segment or cell.place in self._numbers:
            return False
        is_made = self.kinds.is_made(cell.kpi, cell.measure, parts_of(cell.segment))
        return is_made and self.numbers(cell.place._replace(segment="")).known

    def _below(self, numerator: Count) -> Count:
        """The denominator that goes with a numerator; some splits leave it whole."""
        segments = self._monitor.kpis[numerator.kpi].segments
        kept = (
            (name, code)
            for name, code in parts_of(numerator.segment)
            if segments[name].denominator is SplitDenominator.SEGMENT
        )
        segment = self.kinds.joined(numerator.kpi, kept) or ""
        return numerator._replace(part=DENOMINATOR, segment=segment)
