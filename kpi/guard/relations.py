"""The cells of a document and those between them, with every sum that ties them together."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

from kpi.figure.monitor import Monitor
from kpi.guard.beside import beside
from kpi.guard.cells import Cells, Count, Line, Spot
from kpi.guard.rules import Place, has_complement
from kpi.guard.siblings import Siblings
from kpi.guard.sums import Sums, adds_up, years_of
from kpi.guard.system import System

STEPS = 3  # how long a chain of numbers left out is followed


class Relations:
    """The cells a document tells, those in between, and the sums that tie them together."""

    def __init__(
        self, monitor: Monitor, cells: Cells, places: Iterable[Place], own: Iterable[Place]
    ) -> None:
        self.system = System()
        self._monitor, self._cells, self._own = monitor, cells, frozenset(own)
        # In a fixed order, so that the same document always hides the same figures.
        raw = {place: cells.told_by(place) for place in sorted(places)}
        self._read(
            cell
            for place in raw
            for whole in cells.wholes(place.kpi, place.segment)
            for cell in cells.told_by(place._replace(segment=whole))
        )
        self._read(cell for told in raw.values() for cell in told)
        raw = {place: told for place, told in raw.items() if all(map(cells.is_known, told))}
        self._above = _levels(monitor)
        self.told = {
            place: tuple(
                number for cell in told if (number := self._number(cell)) is not None
            )
            for place, told in raw.items()
        }  # fmt: skip
        self._tie()

    def _tie(self) -> None:
        self._beside_each_other()
        self._in_between()
        if self._left_out():
            self._beside_each_other()
        own = {number for place in self._own for number in self.told.get(place, ())}
        sums = Sums(self._monitor, self._cells, self.system, self._above, own)
        for line, spots in self._by_line().items():
            sums.tie(line, spots)
        for place in self.told:
            self._complement(place)

    # One number in two figures

    def _number(self, cell: Count) -> int | None:
        """The number of a cell that was read, under the name all figures share."""
        value = self._cells.value(cell)
        if value is None:
            return None
        shared, *others = self._cells.same_as(cell)
        for other in others:
            there = self._cells.value(other)
            if there is not None and there != value:
                # Not the same after all (other schools delivered): the difference tells as well.
                smaller, larger = sorted(((value, shared), (there, other)))
                self.system.at_most(
                    [self.system.add(smaller[1], smaller[0])],
                    [self.system.add(larger[1], larger[0])],
                )
                break
            shared = other
        return self.system.add(shared, value)

    def _read(self, cells: Iterable[Count]) -> None:
        self._cells.read(other for cell in cells for other in self._cells.same_as(cell))

    def _known(self) -> list[Count]:
        return [cell for cell in self.system.place if isinstance(cell, Count)]

    def _by_line(self) -> dict[Line, dict[Spot, int]]:
        found: dict[Line, dict[Spot, int]] = defaultdict(dict)
        for cell, number in self.system.place.items():
            if isinstance(cell, Count):
                found[cell[:3]][cell[3:]] = number
        return found

    # Measures beside each other

    def _beside_each_other(self) -> None:
        """Relations of definitions and flows: two sums that are equal, or one within another."""
        chosen = beside(self._monitor, self._cells, self._known())
        self._read(cell for form, group in chosen for cell in group)
        for form, group in chosen:
            numbers = [self._number(cell) for cell in group]
            pairs = list(zip(numbers, form.terms, strict=True))
            larger = [number for number, term in pairs if number is not None and term.is_larger]
            smaller = [
                number for number, term in pairs if number is not None and not term.is_larger
            ]
            if None not in numbers:
                tie = self.system.same if form.is_exact else self.system.at_most
                tie(smaller=smaller, larger=larger)

    # Cells nobody shows

    def _in_between(self) -> None:
        """Cells nobody shows, between two that are shown: school and part, to SWV and whole."""
        corners = set()
        for line, spots in self._by_line().items():
            measure = self._monitor.kpis[line[0]].measures[line[1]]
            for spot in spots:
                organisation, period, segment = spot
                above = product(
                    (organisation, *self._above[period].get(organisation, ())),
                    (period, *(years_of(self._monitor, period) if adds_up(measure) else ())),
                    (segment, *self._cells.wholes(line[0], segment)),
                )
                for other in above:
                    if other in spots and sum(a != b for a, b in zip(spot, other, strict=True)) > 1:
                        corners |= {
                            Count(*line, *corner)
                            for corner in product(*zip(spot, other, strict=True))
                        }
        self._read(corners)
        for cell in sorted(corners):
            self._number(cell)

    def _left_out(self) -> bool:
        """Cells nobody shows that follow from a total, being the only ones left out of it."""
        siblings = Siblings(self._monitor, self._cells, self._above)
        before = len(self.system.place)
        for _ in range(STEPS):
            groups = [
                group
                for line, spots in self._by_line().items()
                for group in siblings.left_out(line, spots)
            ]
            self._read(cell for group in groups for cell in group)
            filled = ([cell for cell in group if self._cells.value(cell)] for group in groups)
            count = len(self.system.place)
            for cell in sorted({found[0] for found in filled if len(found) == 1}):
                self._number(cell)
            if len(self.system.place) == count:
                break
        return len(self.system.place) > before

    def _complement(self, place: Place) -> None:
        """The part of a group that was not counted; a group everybody knows sets a limit."""
        measure = self._monitor.kpis[place.kpi].measures[place.measure]
        if not has_complement(measure) or not self.told[place]:
            return
        counted = self.told[place][0]
        if len(self.told[place]) == 2:
            self.system.at_most([counted], [self.told[place][1]])
            return
        group = self._cells.numbers(place).denominator
        if group:
            self.system.of_known(counted, group)


def _levels(monitor: Monitor) -> dict[str, dict[str, tuple[str, ...]]]:
    """Per period and organisation what it is part of."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = monitor.database.rows(
        """
        select period_id, organisation_id, list(distinct ancestor_id) as above
        from membership
        where organisation_id <> ancestor_id
        group by period_id, organisation_id
        """
    )
    for row in rows:
        found[row["period_id"]][row["organisation_id"]] = tuple(row["above"])
    return found
