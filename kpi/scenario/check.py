"""How far the model was off: every earlier start projected and laid beside what was measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isnan, sqrt

from scipy import special

from kpi.figure.result import KpiResult
from kpi.meaning.choices import Labelled
from kpi.scenario.estimate import estimate, estimate_what_can_be
from kpi.scenario.history import History, MoneyYear, NotEnough
from kpi.scenario.project import ProjectedYear, project

LEVEL = 0.95
FEWEST_YEARS = 2
CHECKED = 2  # years back


class Quantity(Labelled):
    """What is projected and can be measured, in the order of the chain."""

    REFERRALS = "referrals", "Verwijzingen"
    PLACES = "places", "Leerlingen in het VSO"
    CONTRIBUTION = "contribution", "Bijdrage aan het VSO"
    SCHOOLS = "schools", "Naar regulier onderwijs"
    EXPERTISE = "expertise", "Naar expertise en maatwerk"
    OVERHEAD = "overhead", "Naar overhead"
    EQUITY = "equity", "Eigen vermogen"
    SIGNAL = "signal", "Signaleringswaarde"
    ABOVE = "above", "Boven de signaleringswaarde"

    @property
    def is_pupils(self) -> bool:
        """Whether it belongs to a school year."""
        return self in (Quantity.REFERRALS, Quantity.PLACES)

    def of(self, row: ProjectedYear) -> float:
        """The projected value."""
        return float(getattr(row, self.value))

    def scale(self, row: ProjectedYear) -> float:
        """What an error is a part of: of income for a reserve, because that may be nought."""
        on_income = self in (Quantity.EQUITY, Quantity.ABOVE)
        return row.income if on_income else self.of(row)

    def measured(self, known: History, year: int) -> KpiResult | None:
        """The figure of that year; None when it is not known."""
        if self.is_pupils:
            pupils = known.pupils.get(year)
            if pupils is None:
                return None
            return pupils.referred if self is Quantity.REFERRALS else pupils.places
        return self._in(known.money.get(year))

    def expected(self, known: History, year: int) -> KpiResult | None:
        """The forecast or budget of the bureau for a later calendar year; None without one."""
        return None if self.is_pupils else self._in(known.expected.get(year))

    def _in(self, money: MoneyYear | None) -> KpiResult | None:
        name = "vso" if self is Quantity.CONTRIBUTION else self.value
        result: KpiResult | None = getattr(money, name) if money else None
        return result


@dataclass(frozen=True)
class Trial:
    """One quantity projected `ahead` years from an earlier start. error: a part of its scale."""

    quantity: Quantity
    year: int
    ahead: int
    error: float


@dataclass(frozen=True)
class Room:
    """How far off a projection can be: a range that holds the outcome 19 times out of 20.

    Errors grow with the root of the years ahead. Their spread is that of all trials together; it
    counts as many of them as there are years to hit, because trials of one year are not apart.
    """

    trials: tuple[Trial, ...]

    @cached_property
    def per_year(self) -> dict[Quantity, float]:
        """Per quantity the half range one year ahead, as a part of its scale."""
        return {q: width for q in Quantity if (width := self._width(q)) is not None}

    def half(self, quantity: Quantity, row: ProjectedYear, ahead: int) -> float | None:
        """Half the range, in the unit of the quantity; None with too few years to tell."""
        width = self.per_year.get(quantity)
        return None if width is None else width * sqrt(ahead) * abs(quantity.scale(row))

    def _width(self, quantity: Quantity) -> float | None:
        mine = [trial for trial in self.trials if trial.quantity is quantity]
        years = len({trial.year for trial in mine})
        if years < FEWEST_YEARS:
            return None
        spread = sqrt(sum(trial.error**2 / trial.ahead for trial in mine) / len(mine))
        return spread * float(special.stdtrit(years, (1 + LEVEL) / 2))


def room(known: History) -> Room:
    """The range that follows from every earlier start; only years in `known` are looked at."""
    return Room(tuple(_trials(known)))


def _trials(known: History) -> Iterator[Trial]:
    for back in range(len(known.pupils) - 1, 0, -1):
        start = known.earlier(back)
        try:
            given = estimate_what_can_be(start)
        except NotEnough:
            continue
        for row in project(start, given, known.last_pupils - start.last_money).years:
            yield from _of_year(known, start, row)


def _of_year(known: History, start: History, row: ProjectedYear) -> Iterator[Trial]:
    for quantity in Quantity:
        ahead = years_ahead(start, quantity, row)
        outcome = quantity.measured(known, row.year)
        if ahead > 0 and outcome is not None and not isnan(quantity.of(row)):
            error = (outcome.numerator - quantity.of(row)) / quantity.scale(row)
            yield Trial(quantity, row.year, ahead, error)


def years_ahead(start: History, quantity: Quantity, row: ProjectedYear) -> int:
    """How many years after what was measured; nought or less when it was measured already."""
    return row.year - (start.last_pupils if quantity.is_pupils else start.last_money)


@dataclass(frozen=True)
class BackCheck:
    """A figure as the model would have projected it, beside what was measured since."""

    quantity: Quantity
    row: ProjectedYear
    measured: KpiResult
    half: float | None

    @property
    def projected(self) -> float:
        """What the model would have said."""
        return self.quantity.of(self.row)

    @property
    def error(self) -> float:
        """Measured minus projected, in the unit of the figure."""
        return self.measured.numerator - self.projected

    @property
    def is_within(self) -> bool | None:
        """Whether the figure lies in the range that was stated; None when there was no range."""
        return None if self.half is None else abs(self.error) <= self.half


def look_back(known: History) -> tuple[BackCheck, ...]:
    """What the model would have said CHECKED years ago with what was known then, range included.

    NotEnough when that was too little.
    """
    start = known.earlier(CHECKED)
    known_room = room(start)
    rows = project(start, estimate(start), known.last_pupils - start.last_money).years
    found = []
    for quantity in Quantity:
        for row in rows:
            ahead = years_ahead(start, quantity, row)
            measured = quantity.measured(known, row.year)
            if ahead > 0 and measured is not None:
                half = known_room.half(quantity, row, ahead)
                found.append(BackCheck(quantity, row, measured, half))
    return tuple(found)
