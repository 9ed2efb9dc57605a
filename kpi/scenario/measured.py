"""The history of a scenario from the stored figures: complete, final, and of years in a row."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TypeVar

from data.calendar import KALENDERJAAR, KWARTAAL, SCHOOLJAAR
from kpi.figure import results
from kpi.figure.monitor import Monitor
from kpi.figure.result import KpiResult
from kpi.scenario.history import History, MoneyYear, NotEnough, PupilYear

ANY_YEAR = "2000"
NEEDED = ("verwijzingen_vso", "deelname_vso", "verdeling_middelen", "reserve")
NO_KPI = "KPI ‘{kpi}’ niet in het profiel staat."
SMALL = (
    "er in een schooljaar minder dan {count} verwijzingen, plaatsen of nieuwe leerlingen in het "
    "VSO waren. Met zo weinig is niet te rekenen."
)
NOTHING_SPENT = (
    "er in een jaar geen baten zijn, of geen uitgaven buiten het VSO. Kijk de cijfers na."
)

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
    fewest = monitor.profile.smallest_shown
    if min(map(_smallest, pupils.values())) < fewest:
        raise NotEnough(SMALL.format(count=fewest))
    if any(min(item.income, item.spent) <= 0 for item in money.values()):
        raise NotEnough(NOTHING_SPENT)
    return known


def _smallest(year: PupilYear) -> float:
    return min(year.referrals, year.places.numerator, year.entered.numerator)


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
    kind = KWARTAAL if quarter else SCHOOLJAAR if is_pupils else KALENDERJAAR
    swv = monitor.swv.organisation_id
    series = results.trend(monitor, kpi, swv, measure, segment, kind)
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
    whole = [year for year in shared if all(part[year].is_final for part in series.values())]
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


def _last_in_a_row(years: Iterable[int]) -> list[int]:
    row: list[int] = []
    for year in sorted(years, reverse=True):
        if row and row[-1] != year + 1:
            break
        row.append(year)
    return row[::-1]
