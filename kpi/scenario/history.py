"""What was measured, year by year: the start of a scenario, and what it is checked against.

A year t holds school year (t−1)-t and calendar year t: the pupils counted on 1 October t−1 pay
for calendar year t.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from data.calendar import KWARTAAL, SCHOOLJAAR
from kpi import results
from kpi.choices import PeriodType
from kpi.monitor import Monitor
from kpi.result import KpiResult

ANY_YEAR = "2000"
FEWEST = 2  # years: a growth needs two
NOT_POSSIBLE = "Niet te berekenen, omdat {reason}"
TOO_FEW = "er geen {count} volledige jaren achter elkaar zijn met {what}. Lever aan: {source}."
NO_KPI = "KPI ‘{kpi}’ niet in het profiel staat."
SMALL = (
    "er in een schooljaar minder dan {count} verwijzingen waren. Met zo weinig is niet te rekenen."
)
APART = "de jaren met {pupils} en de jaren met {money} te ver uit elkaar liggen."
PUPILS = "verwijzingen en VSO-leerlingen"
MONEY = "verdeling van de middelen en reserve"
PUPIL_SOURCES = "het TLV-register, de leerlingen in het VSO en de leerlingaantallen"
MONEY_SOURCES = "de verdeling van de middelen en het vermogen, allebei met realisatie"
NEEDED = ("verwijzingen_vso", "deelname_vso", "verdeling_middelen", "reserve")


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


Year = TypeVar("Year", PupilYear, MoneyYear)


def history(monitor: Monitor) -> History:
    """What can be used of the stored figures: complete, final and of years in a row.

    NotEnough when a growth cannot be taken from it.
    """
    for kpi in NEEDED:
        if kpi not in monitor.kpis:
            raise NotEnough(NO_KPI.format(kpi=kpi))
    pupils = _complete(PupilYear, _pupil_series(monitor))
    money_series = _money_series(monitor)
    money = _complete(MoneyYear, money_series)
    known = History(pupils, money, _expected(money_series, max(money, default=0)))
    known.check()
    if min(item.referrals for item in pupils.values()) < monitor.profile.smallest_shown:
        raise NotEnough(SMALL.format(count=monitor.profile.smallest_shown))
    return known


Series = Mapping[str, Mapping[int, KpiResult]]


def _pupil_series(monitor: Monitor) -> Series:
    quarter = _count_quarter(monitor)
    return {
        "share": _trend(monitor, "verwijzingen_vso", "referral_share"),
        "referred": _trend(monitor, "verwijzingen_vso", "referrals"),
        "entered": _trend(monitor, "deelname_vso", "entered"),
        "entered_in_summer": _trend(monitor, "deelname_vso", "entered", quarter="k1"),
        "left": _trend(monitor, "deelname_vso", "left"),
        "places": _trend(monitor, "deelname_vso", "pupils", quarter=quarter),
        "midden": _trend(monitor, "deelname_vso", "pupils", "category=midden", quarter),
        "hoog": _trend(monitor, "deelname_vso", "pupils", "category=hoog", quarter),
    }


def _money_series(monitor: Monitor) -> Series:
    return {
        "total": _trend(monitor, "verdeling_middelen", "amount"),
        "vso": _trend(monitor, "verdeling_middelen", "amount", "post=vso"),
        "schools": _trend(monitor, "verdeling_middelen", "amount", "post=regulier"),
        "expertise": _trend(
            monitor, "verdeling_middelen", "amount", "post=expertise_maatwerk_tussenvoorzieningen"
        ),
        "overhead": _trend(monitor, "verdeling_middelen", "amount", "post=overhead"),
        "ratio": _trend(monitor, "reserve", "ratio"),
        "equity": _trend(monitor, "reserve", "equity"),
        "signal": _trend(monitor, "reserve", "signal_value"),
        "above": _trend(monitor, "reserve", "above_signal"),
    }


def _trend(
    monitor: Monitor, kpi: str, measure: str, segment: str | None = None, quarter: str = ""
) -> dict[int, KpiResult]:
    """A figure of the SWV by the year in which its school year (or calendar year) ends."""
    is_pupils = kpi in NEEDED[:2]
    kind = KWARTAAL if quarter else SCHOOLJAAR if is_pupils else PeriodType.KALENDERJAAR
    swv = monitor.swv.organisation_id
    series = results.trend(monitor, kpi, swv, measure, segment, str(kind))
    return {
        int(item.period.school_year[-4:]) if is_pupils else item.period.position: item
        for item in series
        if item.period.period_id.endswith(quarter)
    }


def _count_quarter(monitor: Monitor) -> str:
    """The quarter of which the last day is the last one before the count date of now ("k2").

    The count of a school year jumps where its count date changed; that of a quarter never does.
    """
    calendar = monitor.calendar
    since, _ = calendar.count_dates[-1]
    school_year = calendar.schooljaar(int((since or ANY_YEAR)[:4]))
    before = calendar.quarter_of(school_year.count_on).previous_period_id
    return before.rsplit("-", 1)[-1]


def _complete(kind: type[Year], series: Series) -> dict[int, Year]:
    """The years in which all figures are there and final; the last ones in a row."""
    shared = set.intersection(*(set(part) for part in series.values()))
    whole = [year for year in shared if all(_is_final(part[year]) for part in series.values())]
    return {year: _year(kind, series, year) for year in _last_in_a_row(whole)}


def _expected(series: Series, last: int) -> dict[int, MoneyYear]:
    """Later years with a forecast or budget for everything."""
    shared = set.intersection(*(set(part) for part in series.values()))
    return {
        year: _year(MoneyYear, series, year)
        for year in sorted(shared)
        if year > last and all(part[year].has_number for part in series.values())
    }


def _year(kind: type[Year], series: Series, year: int) -> Year:
    return kind(**{field.name: series[field.name][year] for field in fields(kind)})


def _is_final(result: KpiResult) -> bool:
    return (
        result.has_number and result.is_complete and not result.partial and not result.provisional
    )


def _last_in_a_row(years: Iterable[int]) -> list[int]:
    row: list[int] = []
    for year in sorted(years, reverse=True):
        if row and row[-1] != year + 1:
            break
        row.append(year)
    return row[::-1]
