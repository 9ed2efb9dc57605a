"""The sums over one measure: organisations under another, parts of a split, quarters of a year."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from data.calendar import KWARTAAL
from kpi.figure.monitor import Monitor
from kpi.guard.cells import Cells, Levels, Line, Spot
from kpi.guard.kinds import parts_of
from kpi.guard.system import System
from kpi.meaning.choices import Shows
from kpi.meaning.load import Measure

QUARTERS = 4


class Sums:
    """Writes down in `system` which numbers of one measure are the sum of others.

    own: the numbers of the figures of the document itself, shown or hidden.
    """

    def __init__(
        self, monitor: Monitor, cells: Cells, system: System, above: Levels, own: Collection[int]
    ) -> None:
        self._monitor, self._cells = monitor, cells
        self._system, self._above, self._own = system, above, own

    def tie(self, line: Line, spots: Mapping[Spot, int]) -> None:
        """All sums between the numbers of a measure, given by their place."""
        measure = self._monitor.kpis[line[0]].measures[line[1]]
        self._levels(spots, measure)
        self._parts(line[0], spots, measure)
        self._periods(spots, measure)

    def _levels(self, spots: Mapping[Spot, int], measure: Measure) -> None:
        groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for (organisation, period, segment), number in spots.items():
            groups[period, segment][organisation] = number
        for (period, _), group in groups.items():
            above = self._above[period]
            for whole, number in group.items():
                under = [one for one in group if whole in above.get(one, ())]
                top = [one for one in under if not set(above[one]) & set(under)]
                self._sum(number, [group[one] for one in top], measure)

    def _parts(self, kpi: str, spots: Mapping[Spot, int], measure: Measure) -> None:
        groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for (organisation, period, segment), number in spots.items():
            groups[organisation, period][segment] = number
        for group in groups.values():
            children: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
            for segment, number in group.items():
                split = frozenset(name for name, _ in parts_of(segment))
                for whole in self._cells.wholes(kpi, segment):
                    if whole in group:
                        children[whole, split].append(number)
            for (whole, _), numbers in children.items():
                self._sum(group[whole], numbers, measure)

    def _periods(self, spots: Mapping[Spot, int], measure: Measure) -> None:
        groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for (organisation, period, segment), number in spots.items():
            groups[organisation, segment][period] = number
        for group in groups.values():
            under: dict[str, list[str]] = defaultdict(list)
            for period in group:
                for year in years_of(self._monitor, period):
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
                self._system.not_less([whole], [number])
            if is_split and len(within) == QUARTERS:
                self._system.not_less(numbers, [whole])
        elif adds_up(measure):
            # A school year ends in July and its quarters in June: what they differ may be nothing.
            if is_split and len(within) < QUARTERS:
                self._system.same(numbers, [whole])
            if within:
                self._system.at_most(within, [whole])
            # Of a quarter that is left out, an earlier document may have told that it held nothing.
            values = self._system.values
            filled = [number for number in within if number in self._own or values[number]]
            if sum(values[number] for number in filled) == values[whole]:
                self._system.same(filled, [whole])

    def _sum(self, whole: int, parts: list[int], measure: Measure) -> None:
        values = self._system.values
        double = sum(values[part] for part in parts) > values[whole]
        if double:
            # A person at two schools counts once above them, so the sum is only nearly right. Who
            # goes from one to another comes and goes there, and above them not at all.
            self._system.not_less(parts, [whole])
            for part in parts if measure.shows in (Shows.PERSONS, Shows.STOCK) else ():
                self._system.not_less([whole], [part])
        elif parts:
            self._system.is_sum(whole, parts)


def adds_up(measure: Measure) -> bool:
    """Whether quarters add up to years."""
    return not measure.is_standing and measure.shows is not Shows.PERSONS


def years_of(monitor: Monitor, period_id: str) -> Iterator[str]:
    """The school year and calendar year a quarter is part of."""
    period = monitor.periods.get(period_id)
    if period is not None and period.period_type == KWARTAAL:
        yield period.school_year
        yield str(period.end_on.year)
