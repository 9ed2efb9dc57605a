"""A scenario: "zoals nu" beside "met uw aannames", with the range and the check on the past."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kpi.figure.monitor import Monitor
from kpi.scenario.assumption import (
    Assumption,
    Assumptions,
    check_together,
    load_assumptions,
)
from kpi.scenario.check import BackCheck, Quantity, Room, look_back, room, years_ahead
from kpi.scenario.estimate import estimate
from kpi.scenario.history import History, NotEnough
from kpi.scenario.measured import history
from kpi.scenario.project import ProjectedYear, Projection, project

YEARS = 5


@dataclass(frozen=True)
class Basis:
    """What a scenario starts from, the same for every choice of assumptions."""

    known: History
    usual: Assumptions
    room: Room
    as_now: Projection
    checked: tuple[BackCheck, ...]


@dataclass(frozen=True)
class Scenario:
    """Two projections from the same start; `chosen` rests on what was filled in."""

    basis: Basis
    chosen: Projection

    @property
    def known(self) -> History:
        """What was measured."""
        return self.basis.known

    @property
    def as_now(self) -> Projection:
        """The projection when everything goes on as it does."""
        return self.basis.as_now

    @cached_property
    def changed(self) -> tuple[Assumption, ...]:
        """The assumptions that differ from what the figures say."""
        usual, given = self.basis.usual, self.chosen.assumptions
        every = load_assumptions().values()
        return tuple(item for item in every if usual.of(item) != given.of(item))

    @property
    def crossing(self) -> ProjectedYear | None:
        """The first year on the other side of the signalling value than the last outcome."""
        was_above = self.known.money[self.known.last_money].above.numerator > 0
        return next((row for row in self.chosen.years if (row.above > 0) != was_above), None)

    def is_estimated(self, quantity: Quantity, row: ProjectedYear) -> bool:
        """Whether this quantity was projected; pupils of a year can be measured already."""
        return years_ahead(self.known, quantity, row) > 0

    def half(self, quantity: Quantity, row: ProjectedYear) -> float | None:
        """Half the range of a projected value; None when it was measured or nothing is known."""
        ahead = years_ahead(self.known, quantity, row)
        return self.basis.room.half(quantity, row, ahead) if ahead > 0 else None


def make_scenario(monitor: Monitor, given: Mapping[str, float]) -> Scenario:
    """The scenario with these assumptions, by id, instead of what the figures say.

    NotEnough when the figures do not suffice; WrongAssumption for a value that cannot be.
    """
    basis = monitor.remember(("scenario basis",), lambda: _basis(monitor))
    for name, value in given.items():
        load_assumptions()[name].check(value)
    assumptions = replace(basis.usual, **given)
    check_together(assumptions)
    return Scenario(basis, project(basis.known, assumptions, YEARS))


def _basis(monitor: Monitor) -> Basis:
    known = history(monitor)
    usual = estimate(known)
    return Basis(known, usual, room(known), project(known, usual, YEARS), _checked(known))


def _checked(known: History) -> tuple[BackCheck, ...]:
    """The look back; empty when too little was known then."""
    try:
        return look_back(known)
    except NotEnough:
        return ()
