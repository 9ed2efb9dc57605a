"""The cells a sum has beside those of a document: parts, schools and quarters left out of it.

A number that is nowhere in a document can still be a step on the way to one that is hidden: left
out at a school it follows from the total of the school, and then counts in the total of its kind.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from data.calendar import KWARTAAL
from kpi.figure.monitor import Monitor
from kpi.guard.cells import Cells, Count, Levels, Line, Spot
from kpi.guard.kinds import parts_of
from kpi.guard.sums import years_of

MOST = 8  # with more than so many left out, none of them follows from the total


class Siblings:
    """Looks for what is left out of the sums of one store."""

    def __init__(self, monitor: Monitor, cells: Cells, above: Levels) -> None:
        self._monitor, self._cells, self._above = monitor, cells, above
        self._under: dict[tuple[str, str], set[str]] = defaultdict(set)
        for period, organisations in above.items():
            for organisation, higher in organisations.items():
                for one in higher:
                    self._under[period, one].add(organisation)
        self._quarters_of: dict[str, list[str]] = defaultdict(list)
        for period_id in monitor.periods:
            for year in years_of(monitor, period_id):
                self._quarters_of[year].append(period_id)

    def left_out(self, line: Line, spots: Mapping[Spot, int]) -> Iterator[list[Count]]:
        """Per sum the cells it has besides those in `spots`; at most MOST, and at least one."""
        found = {**dict.fromkeys(self._parts(line, spots)), **dict.fromkeys(self._schools(spots))}
        found |= dict.fromkeys(self._quarters(spots))
        for group in found:
            if 0 < len(group) <= MOST:
                yield [Count(*line, *spot) for spot in group]

    def _parts(self, line: Line, spots: Mapping[Spot, int]) -> Iterator[tuple[Spot, ...]]:
        seen = set()
        for organisation, period, segment in spots:
            names = frozenset(name for name, _ in parts_of(segment))
            for whole in self._cells.wholes(line[0], segment):
                key = (organisation, period, whole, names)
                if (organisation, period, whole) in spots and key not in seen:
                    seen.add(key)
                    every = (
                        (organisation, period, one) for one in self._codes(line[0], whole, names)
                    )
                    yield tuple(spot for spot in every if spot not in spots)

    def _codes(self, kpi: str, whole: str, names: frozenset[str]) -> Iterator[str]:
        """Every segment of a split that is part of a whole."""
        kept = parts_of(whole)
        split = sorted(names - {name for name, _ in kept})
        segments = self._monitor.kpis[kpi].segments
        for codes in product(*(segments[name].values for name in split)):
            joined = self._cells.kinds.joined(kpi, kept | set(zip(split, codes, strict=True)))
            if joined is not None:
                yield joined

    def _schools(self, spots: Mapping[Spot, int]) -> Iterator[tuple[Spot, ...]]:
        for organisation, period, segment in spots:
            under = self._under.get((period, organisation), set())
            shown = {one for one in under if (one, period, segment) in spots}
            if not shown:
                continue
            above = self._above[period]
            told = shown | {one for one in under if set(above.get(one, ())) & shown}
            left = {one for one in under - told if not self._under.get((period, one), set()) & told}
            top = sorted(one for one in left if not set(above.get(one, ())) & left)
            yield tuple((one, period, segment) for one in top)

    def _quarters(self, spots: Mapping[Spot, int]) -> Iterator[tuple[Spot, ...]]:
        for organisation, year, segment in spots:
            period = self._monitor.periods.get(year)
            if period is None or period.period_type == KWARTAAL:
                continue
            every = [(organisation, one, segment) for one in self._quarters_of.get(year, ())]
            left = tuple(spot for spot in every if spot not in spots)
            if len(left) < len(every):
                yield left
