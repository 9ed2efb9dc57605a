"""Which figures of a document must be hidden: the small ones, and what gives them away."""

from collections import defaultdict
from collections.abc import Iterable

from kpi.figure.monitor import Monitor
from kpi.guard.cells import Cells
from kpi.guard.relations import Relations
from kpi.guard.rules import Place, exposes, is_small

# What it costs a reader to miss a figure: the higher the level, the more.
WEIGHT = {"swv": 12.0, "bestuur": 4.0, "locatie": 1.0}
OF_A_WHOLE, OF_A_YEAR, OF_A_ZERO = 3.0, 2.0, 3.0
OF_THE_HEADLINE = 6.0  # a figure a meeting talks about or has a target for, before the others


def hide(monitor: Monitor, told: Iterable[Place], own: Iterable[Place]) -> set[Place]:
    """The places of a document whose numbers must not be shown.

    own: those of its own figures; told holds also what these tell about other periods.
    """
    return _Hiding(monitor, frozenset(told), frozenset(own)).places


class _Hiding:
    """The places that are hidden, and with them the numbers nobody tells any more."""

    def __init__(self, monitor: Monitor, told: frozenset[Place], own: frozenset[Place]) -> None:
        self._monitor = monitor
        self._threshold = monitor.profile.smallest_shown
        self._cells = Cells(monitor)
        self._relations = Relations(monitor, self._cells, told, own)
        self.places: set[Place] = set()
        self._tellers: dict[int, set[Place]] = defaultdict(set)
        for place, numbers in self._relations.told.items():
            for number in numbers:
                self._tellers[number].add(place)
        self._small_ones()
        self._what_gives_them_away()

    def _small_ones(self) -> None:
        self.places |= {place for place in self._relations.told if self._is_small(place)}
        for number, value in enumerate(self._relations.system.values):
            if is_small(value, self._threshold):
                self.places |= self._tellers[number]

    def _is_small(self, place: Place) -> bool:
        """Whether a figure shows a small group by itself, or tells about everyone in one.

        A zero in a split of a small group says what all of the group is not.
        """
        measure = self._monitor.kpis[place.kpi].measures[place.measure]
        here = self._cells.numbers(place)
        if exposes(measure, here.numerator, here.denominator, self._threshold):
            return True
        return any(
            is_small(self._cells.value(cell) or 0, self._threshold)
            for whole in self._cells.wholes(place.kpi, place.segment)
            for cell in self._cells.told_by(place._replace(segment=whole))
        )

    def _what_gives_them_away(self) -> None:
        from kpi.guard.attack import Attack  # only papers need it, and every page would load it

        system = self._relations.system
        count = range(len(system.values))
        costs = [
            sum(self._weight(place, system.values[n]) for place in self._tellers[n]) for n in count
        ]
        attack = Attack(system, (n for n in count if not self._is_told(n)), costs, self._threshold)
        small = [
            n
            for n in count
            if n not in system.no_group and is_small(system.values[n], self._threshold)
        ]
        for changed in attack.protect(small):
            for place in {place for number in changed for place in self._tellers[number]}:
                self.places.add(place)
                for number in self._relations.told[place]:
                    attack.hidden[number] = not self._is_told(number)

    def _is_told(self, number: int) -> bool:
        return bool(self._tellers[number] - self.places)

    def _weight(self, place: Place, value: float) -> float:
        organisation = self._monitor.organisations[place.organisation]
        period = self._monitor.periods[place.period]
        weight = WEIGHT[organisation.organisation_type]
        weight *= 1 if place.segment else OF_A_WHOLE
        weight *= 1 if period.period_type == "kwartaal" else OF_A_YEAR
        kpi = self._monitor.kpis[place.kpi]
        subject = (place.kpi, place.measure, place.segment)
        if subject == (kpi.id, kpi.main_measure, kpi.main_segment) or (
            subject in self._monitor.targets
        ):
            weight *= OF_THE_HEADLINE
        return weight * (1 if value else OF_A_ZERO)
