"""What was measured, year by year: the start of a scenario, and what it is checked against.

A year t holds school year (t−1)-t and calendar year t: the pupils counted on 1 October t−1 pay
for calendar year t.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.figure.result import KpiResult

FEWEST = 2  # years: a growth needs two
NOT_POSSIBLE = "Niet te berekenen, omdat {reason}"
TOO_FEW = "er geen {count} volledige jaren achter elkaar zijn met {what}. Lever aan: {source}."
APART = "de jaren met {pupils} en de jaren met {money} te ver uit elkaar liggen."
PUPILS = "verwijzingen en VSO-leerlingen"
MONEY = "verdeling van de middelen en reserve"
PUPIL_SOURCES = "het TLV-register, de leerlingen in het VSO en de leerlingaantallen"
MONEY_SOURCES = "de verdeling van de middelen en het vermogen, allebei met realisatie"


class NotEnough(ValueError):
    """No scenario can be made; a Dutch sentence that says why and what to deliver."""

    def __init__(self, reason: str) -> None:
        super().__init__(NOT_POSSIBLE.format(reason=reason))


@dataclass(frozen=True)
class PupilYear:
    """The figures of one school year; `places` is the count on the last day of a quarter."""

    share: KpiResult
    referred: KpiResult
    entered: KpiResult
    entered_in_summer: KpiResult
    left: KpiResult
    places: KpiResult
    midden: KpiResult
    hoog: KpiResult

    @property
    def pupils(self) -> float:
        """Pupils of VO and PrO, without VSO."""
        return self.share.denominator

    @property
    def referrals(self) -> float:
        """First TLVs for VSO that were granted."""
        return self.share.numerator


@dataclass(frozen=True)
class MoneyYear:
    """The figures of one calendar year, in euro."""

    total: KpiResult
    vso: KpiResult
    schools: KpiResult
    expertise: KpiResult
    overhead: KpiResult
    ratio: KpiResult
    equity: KpiResult
    signal: KpiResult
    above: KpiResult

    @property
    def income(self) -> float:
        """Gross income (totale bruto baten)."""
        return self.ratio.denominator

    @property
    def result(self) -> float:
        """Income minus all spending."""
        return self.income - self.total.numerator

    @property
    def spent(self) -> float:
        """What was spent on everything but VSO."""
        return self.total.numerator - self.vso.numerator


@dataclass(frozen=True)
class History:
    """Years in a row, by year. expected: figures of later calendar years that are provisional."""

    pupils: Mapping[int, PupilYear]
    money: Mapping[int, MoneyYear]
    expected: Mapping[int, MoneyYear]

    @property
    def last_pupils(self) -> int:
        """The year of the last complete school year."""
        return max(self.pupils)

    @property
    def last_money(self) -> int:
        """The last calendar year with an outcome (realisatie)."""
        return max(self.money)

    def check(self) -> None:
        """NotEnough when growth cannot be taken from it: too few years, or not the same ones."""
        for years, what, source in (
            (self.pupils, PUPILS, PUPIL_SOURCES),
            (self.money, MONEY, MONEY_SOURCES),
        ):
            if len(years) < FEWEST:
                raise NotEnough(TOO_FEW.format(count=FEWEST, what=what, source=source))
        if self.last_money not in self.pupils:
            raise NotEnough(APART.format(pupils=PUPILS, money=MONEY))

    def until(self, pupils: int, money: int) -> "History":
        """What was known when these were the last years."""
        return History(
            {year: item for year, item in self.pupils.items() if year <= pupils},
            {year: item for year, item in self.money.items() if year <= money},
            {},
        )

    def earlier(self, years: int) -> "History":
        """What was known `years` years ago."""
        return self.until(self.last_pupils - years, self.last_money - years)
