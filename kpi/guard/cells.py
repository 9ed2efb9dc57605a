"""Numbers of persons or cases as cells: the same number in two figures is one cell."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from kpi.figure.monitor import Monitor
from kpi.guard.facts import NOTHING, Numbers, numbers_at
from kpi.guard.rules import Place, counts_people, divides_by_cases
from kpi.meaning.choices import SplitDenominator
from kpi.meaning.relation import DENOMINATOR, NUMERATOR, Relation, Term, parse_relation


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


Line = tuple[str, str, str]  # kpi, measure, part: the cells of one measure
Spot = tuple[str, str, str]  # organisation, period, segment
Levels = Mapping[str, Mapping[str, tuple[str, ...]]]  # period → organisation → what it is part of


@lru_cache(maxsize=65536)
def parts_of(segment: str) -> frozenset[tuple[str, str]]:
    """ "kind=av,duration=x" as pairs of split and code."""
    return frozenset(
        (name, code)
        for name, _, code in (part.partition("=") for part in segment.split(",") if part)
    )


class Cells:
    """The cells of a store: which are one and the same, and what they hold."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._numbers: dict[Place, Numbers] = {}
        self._asked: set[Place] = set()
        self.declared = _declared(monitor)
        self._steps: dict[tuple[str, str, str], list[tuple[Term, Term]]] = {}
        self._wholes: dict[tuple[str, str], list[str]] = {}
        self._joined: dict[tuple[str, frozenset[tuple[str, str]]], str | None] = {}
        self._other_names: dict[tuple[str, str, str], list[tuple[Term, Term]]] = {}
        for relation in self.declared:
            right, left = relation.right[0], relation.left[0]
            if not relation.exact or len(relation.right) + len(relation.left) > 2:
                continue
            name = (right.kpi, right.measure, right.part)
            self._other_names.setdefault(name, []).append((right, left))
            self._steps.setdefault(left[:3], []).append((left, right))

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
        seen = {cell}
        yield cell
        while True:
            steps = (self.moved(cell, *step) for step in self._steps.get(cell[:3], ()))
            following = next((step for step in steps if step and step not in seen), None)
            if following is None:
                return
            cell = following
            seen.add(cell)
            yield cell

    def moved(self, cell: Count, of: Term, to: Term) -> Count | None:
        """The cell that stands to `to` as this one stands to `of`; None when it does not."""
        if (cell.kpi, cell.measure, cell.part) != of[:3]:
            return None
        parts, wanted, added = (parts_of(text) for text in (cell.segment, of.segment, to.segment))
        if not wanted <= parts:
            return None
        segment = self.joined(to.kpi, (parts - wanted) | added)
        if segment is None:
            return None
        return Count(to.kpi, to.measure, to.part, cell.organisation, cell.period, segment)

    def wholes(self, kpi: str, segment: str) -> list[str]:
        """What a segment is part of: "kind=av,duration=x" is of both, and of everything."""
        if (kpi, segment) not in self._wholes:
            parts = sorted(parts_of(segment))
            chosen = (some for size in range(len(parts)) for some in combinations(parts, size))
            joined = (self.joined(kpi, some) for some in chosen)
            self._wholes[kpi, segment] = [whole for whole in joined if whole is not None]
        return self._wholes[kpi, segment]

    def joined(self, kpi: str, parts: Iterable[tuple[str, str]]) -> str | None:
        """Pairs of split and code as kpi_value writes them; None when they do not go together."""
        key = kpi, frozenset(parts)
        if key not in self._joined:
            found = dict(key[1])
            known = self._monitor.kpis[kpi].segments
            fits = len(found) == len(key[1]) and found.keys() <= known.keys()
            text = ",".join(f"{name}={found[name]}" for name in known if name in found)
            self._joined[key] = text if fits else None
        return self._joined[key]

    def read(self, cells: Iterable[Count]) -> None:
        """Fetch what is needed to answer `value` for these cells, in one go."""
        wanted = {
            place
            for cell in cells
            for other in self.names_of(cell)
            for place in (other.place, other.place._replace(segment=""))
        } - self._asked
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
        kpi = self._monitor.kpis[cell.kpi]
        named = {name for name, _ in parts_of(cell.segment)}
        is_made = any(set(split) == named for split in kpi.splits(kpi.measures[cell.measure]))
        return is_made and self.numbers(cell.place._replace(segment="")).known

    def names_of(self, cell: Count) -> Iterator[Count]:
        """The cell, and the cells of other figures that should equal it."""
        yield cell
        for right, left in self._other_names.get(cell[:3], ()):
            other = self.moved(cell, right, left)
            if other is not None:
                yield from self.names_of(other)

    def _below(self, numerator: Count) -> Count:
        """The denominator that goes with a numerator; some splits leave it whole."""
        segments = self._monitor.kpis[numerator.kpi].segments
        kept = (
            (name, code)
            for name, code in parts_of(numerator.segment)
            if segments[name].denominator is SplitDenominator.SEGMENT
        )
        segment = self.joined(numerator.kpi, kept) or ""
        return numerator._replace(part=DENOMINATOR, segment=segment)


def _declared(monitor: Monitor) -> list[Relation]:
    """The relations of the KPIs of the profile; one that names another KPI is left out."""
    found = (
        parse_relation(text, kpi.id) for kpi in monitor.kpis.values() for text in kpi.relations
    )
    return [
        relation
        for relation in found
        if all(term.kpi in monitor.kpis for term in (*relation.left, *relation.right))
    ]
