"""Every sum between the cells of a document: levels, parts, periods, flows and definitions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from data.calendar import KWARTAAL
from kpi.choices import Shows
from kpi.definition import Measure
from kpi.guard.beside import beside
from kpi.guard.cells import Cell, Cells, parts_of
from kpi.guard.rules import Place, has_complement
from kpi.guard.siblings import Siblings
from kpi.guard.system import System
from kpi.monitor import Monitor

Line = tuple[str, str, str]
QUARTERS = 4
STEPS = 3  # how long a chain of numbers left out is followed
Spot = tuple[str, str, str]  # organisation, period, segment


class Relations:
    """The cells a document tells, those in between, and the sums that tie them together."""

    def __init__(self, monitor: Monitor, cells: Cells, places: Iterable[Place]) -> None:
        self.system = System()
        self._monitor, self._cells = monitor, cells
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
        self._tie(raw)

    def _tie(self, raw: dict[Place, list[Cell]]) -> None:
        self._beside_each_other()
        self._in_between()
        if self._left_out():
            self._beside_each_other()
        for line, spots in self._by_line().items():
            measure = self._monitor.kpis[line[0]].measures[line[1]]
            self._levels(line, spots, measure)
            self._parts(line, spots, measure)
            self._periods(line, spots, measure)
        for place, told in raw.items():
            self._complement(place, told)

    # One number in two figures

    def _number(self, cell: Cell) -> int | None:
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

    def _read(self, cells: Iterable[Cell]) -> None:
        self._cells.read(other for cell in cells for other in self._cells.same_as(cell))

    def _known(self) -> list[Cell]:
        return [cell for cell in self.system.place if isinstance(cell, Cell)]

    def _by_line(self) -> dict[Line, dict[Spot, int]]:
        found: dict[Line, dict[Spot, int]] = defaultdict(dict)
        for cell, number in self.system.place.items():
            if isinstance(cell, Cell):
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

    # Levels, parts and periods

    def _in_between(self) -> None:
        """Cells nobody shows, between two that are shown: school and part, to SWV and whole."""
        corners = set()
        for line, spots in self._by_line().items():
            measure = self._monitor.kpis[line[0]].measures[line[1]]
            for spot in spots:
                organisation, period, segment = spot
                above = product(
                    (organisation, *self._above[period].get(organisation, ())),
                    (period, *(self._years(period) if _adds_up(measure) else ())),
                    (segment, *self._cells.wholes(line[0], segment)),
                )
                for other in above:
                    if other in spots and sum(a != b for a, b in zip(spot, other, strict=True)) > 1:
                        corners |= {
                            Cell(*line, *corner)
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

    def _levels(self, line: Line, spots: dict[Spot, int], measure: Measure) -> None:
        groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for (organisation, period, segment), number in spots.items():
            groups[period, segment][organisation] = number
        for (period, _), group in groups.items():
            above = self._above[period]
            for whole, number in group.items():
                under = [one for one in group if whole in above.get(one, ())]
                top = [one for one in under if not set(above[one]) & set(under)]
                self._sum(number, [group[one] for one in top], measure)

    def _parts(self, line: Line, spots: dict[Spot, int], measure: Measure) -> None:
        groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for (organisation, period, segment), number in spots.items():
            groups[organisation, period][segment] = number
        for group in groups.values():
            children: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
            for segment, number in group.items():
                split = frozenset(name for name, _ in parts_of(segment))
                for whole in self._cells.wholes(line[0], segment):
                    if whole in group:
                        children[whole, split].append(number)
            for (whole, _), numbers in children.items():
                self._sum(group[whole], numbers, measure)

    def _periods(self, line: Line, spots: dict[Spot, int], measure: Measure) -> None:
        groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for (organisation, period, segment), number in spots.items():
            groups[organisation, segment][period] = number
        for group in groups.values():
            under: dict[str, list[str]] = defaultdict(list)
            for period in group:
                for year in self._years(period):
                    if year in group:
                        under[year].append(period)
            for year, quarters in under.items():
                self._year(group[year], year, {one: group[one] for one in quarters}, measure)

    def _year(self, whole: int, year: str, quarters: dict[str, int], measure: Measure) -> None:
        period, numbers = self._monitor.periods[year], list(quarters.values())
        within = [
            number
            for quarter, number in quarters.items()
            if self._monitor.periods[quarter].start_on >= period.start_on
        ]
        is_split = len(numbers) == QUARTERS
        if measure.shows is Shows.PERSONS:
            for number in within:
                self.system.not_less([whole], [number])
            if is_split and len(within) == QUARTERS:
                self.system.not_less(numbers, [whole])
        elif _adds_up(measure):
            # A school year ends in July and its quarters in June: what they differ may be nothing.
            if is_split and len(within) < QUARTERS:
                self.system.same(numbers, [whole])
            if within:
                self.system.at_most(within, [whole])

    def _sum(self, whole: int, parts: list[int], measure: Measure) -> None:
        values = self.system.values
        double = sum(values[part] for part in parts) > values[whole]
        if double and measure.shows is Shows.PERSONS:
            # A person at two schools counts once above them, so the sum is only nearly right.
            self.system.not_less(parts, [whole])
            for part in parts:
                self.system.not_less([whole], [part])
        elif parts:
            self.system.is_sum(whole, parts)

    def _complement(self, place: Place, told: list[Cell]) -> None:
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

    def _years(self, period_id: str) -> Iterator[str]:
        """The school year and calendar year a quarter is part of."""
        period = self._monitor.periods.get(period_id)
        if period is not None and period.period_type == KWARTAAL:
            yield period.school_year
            yield str(period.end_on.year)


def _adds_up(measure: Measure) -> bool:
    """Whether quarters add up to years."""
    return not measure.is_standing and measure.shows is not Shows.PERSONS


def _levels(monitor: Monitor) -> dict[str, dict[str, tuple[str, ...]]]:
    """Per period and organisation what it is part of."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = monitor.database.rows(
        """
        select period_id, organisation_id, list(distinct ancestor_id) as above
        from kpi_membership
        where organisation_id <> ancestor_id
        group by period_id, organisation_id
        """
    )
    for row in rows:
        found[row["period_id"]][row["organisation_id"]] = tuple(row["above"])
    return found
