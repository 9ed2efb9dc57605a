"""What an agreement asks of a period, with its base and the end of its path looked up."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from data.calendar import KWARTAAL, SCHOOLJAAR, Calendar, Period
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.result import Ended, KpiResult, Subject
from kpi.meaning.choices import PeriodType
from kpi.meaning.target import (
    AfterTerm,
    Agreements,
    Target,
    TargetKind,
    path_value,
    path_years,
    target_for,
)


class EndOfPath(NamedTuple):
    """What is asked in the last period of a path, `ahead` periods after the figure."""

    period: Period
    value: float
    ahead: int

    @property
    def label(self) -> str:
        """The name of that period."""
        return self.period.label


@dataclass(frozen=True)
class Base:
    """Where a reduction starts. `value` is None when it cannot; `why_not` (Dutch) says why.

    given: the agreement itself names the value, so it is not taken from the figures.
    """

    period: Period
    value: float | None
    given: bool = False
    why_not: str = ""


def agreements(monitor: Monitor, subject: Subject, period: Period) -> Agreements:
    """The agreement in force in a period, or else the last one of which the term is over."""
    key = subject.target_key
    rules = monitor.targets.get(key)
    if not rules:
        return Agreements()
    place = subject.organisation.organisation_id
    return target_for(rules, key, place, period, lambda rule: _is_over(monitor, rule, period))


def agreed_for(monitor: Monitor, rule: Target) -> PeriodType:
    """The kind of period an agreement is about: of no other kind is a figure held against it."""
    if rule.is_reduction:
        return PeriodType(monitor.calendar.parse(rule.base_period).period_type)
    kpi = monitor.kpis[rule.kpi]
    return rule.period_type or kpi.usual_period(kpi.measures[rule.measure])


def ended_term(monitor: Monitor, rule: Target, period: Period) -> Ended:
    """The last period, of the kind of this one, of a term that is over."""
    last = last_of_path(monitor, rule) if rule.is_reduction else None
    if last is None:
        last = later(monitor.calendar, period, -1)
        while rule.has_ended(last):
            last = later(monitor.calendar, last, -1)
    return Ended(rule, last)


def asked(
    monitor: Monitor, rule: Target, period: Period, previous: float | None = None
) -> float | None:
    """What the rule asks of the period; None when it cannot be said.

    previous: the value of the period before, when it may be compared. A path is not walked across
    a change of definition, nor from a base that is not complete.
    """
    if period.period_type != agreed_for(monitor, rule):
        return None  # a quarter's count held against a year's would always look good
    if rule.kind is TargetKind.NOT_ABOVE_MEASURE:
        return path_value(rule, period, previous=_bound_value(monitor, rule, period))
    if not rule.is_reduction:
        return path_value(rule, period, previous=previous)
    base = base_of(monitor, rule)
    if not base.given and _version(monitor, rule, base.period) != _version(monitor, rule, period):
        return None
    return path_value(rule, period, base.period, base.value)


def end_of_path(monitor: Monitor, result: KpiResult) -> EndOfPath | None:
    """What the agreement on this figure asks in the end; None when that cannot be said.

    A path ends where it is complete, or where another agreement takes over; then ahead is 0 once
    it is there. An agreement without an end asks something of the next period: ahead is 1.
    """
    rule = rule_for(monitor, result, result.period)
    if rule is None:
        return None
    end = last_of_path(monitor, rule) if rule.is_reduction else None
    if end is None:
        return _next(monitor, result)
    if asked(monitor, rule, result.period) is None:
        return None  # another kind of period, before the base, or no base to start from
    last = end if end.position <= result.period.position else result.period
    while last.position < end.position:
        step = later(monitor.calendar, last)
        if rule_for(monitor, result, step) is not rule:
            break
        last = step
    value = asked(monitor, rule, last)
    ahead = max(0, last.position - result.period.position)
    return None if value is None else EndOfPath(last, value, ahead)


def rule_for(monitor: Monitor, result: KpiResult, period: Period) -> Target | None:
    """The agreement in force on the same figure in a period."""
    return agreements(monitor, result.subject, period).in_force


def why_not_asked(monitor: Monitor, rule: Target, period: Period) -> str:
    """Why the agreement asks nothing of this period, as a Dutch clause."""
    kind = agreed_for(monitor, rule)
    if kind != period.period_type:
        return f"de afspraak gaat over een {kind}, niet over een {period.period_type}"
    if rule.kind is TargetKind.NOT_ABOVE_MEASURE:
        return "het cijfer waarmee wordt vergeleken, is er over deze periode niet"
    if not rule.is_reduction:
        return "deze periode is niet te vergelijken met de periode ervoor"
    base = base_of(monitor, rule)
    if base.why_not:
        return f"{base.why_not}, dus er is geen basis"
    if period.position < base.period.position:
        return "deze periode ligt voor de basis"
    return "na de basis is de telling veranderd"


def base_of(monitor: Monitor, rule: Target) -> Base:
    """The base of a reduction."""
    period = monitor.calendar.parse(rule.base_period)
    if rule.base_value is not None:
        return Base(period, float(rule.base_value), given=True)
    return monitor.remember_figures(("base", rule), lambda: _measured(monitor, rule, period))


def last_of_path(monitor: Monitor, rule: Target) -> Period | None:
    """The first period in which a reduction must be complete; None when it has no end."""
    base = base_of(monitor, rule).period
    years = path_years(rule, base)
    if years is None:
        return None
    return later(monitor.calendar, base, max(0, ceil(years * per_year(monitor.calendar, base))))


def later(calendar: Calendar, period: Period, number: int = 1) -> Period:
    """The period of the same type `number` places further, also beyond what was delivered."""
    position = period.position + number
    if period.period_type == KWARTAAL:
        count = len(calendar.quarter_ends)
        return calendar.quarter(position // count, position % count + 1)
    year = calendar.schooljaar if period.period_type == SCHOOLJAAR else calendar.kalenderjaar
    return year(position)


def per_year(calendar: Calendar, period: Period) -> int:
    """How many periods of this type go in a year."""
    return len(calendar.quarter_ends) if period.period_type == KWARTAAL else 1


def _is_over(monitor: Monitor, rule: Target, period: Period) -> bool:
    if rule.after is AfterTerm.STAYS:
        return False
    if not rule.is_reduction:
        return rule.has_ended(period)
    last = last_of_path(monitor, rule)
    if last is None:
        return False
    if last.period_type == period.period_type:
        return period.position > last.position
    return period.end_on > last.end_on


def _next(monitor: Monitor, result: KpiResult) -> EndOfPath | None:
    """What is asked of the next period, or of this one when nothing is agreed after it."""
    following = later(monitor.calendar, result.period)
    rule = rule_for(monitor, result, following)
    if rule is None:
        now = result.target
        return None if now is None else EndOfPath(result.period, now, 0)
    known = result.value if result.is_complete and not result.partial else None
    value = asked(monitor, rule, following, previous=known)
    if value is None and rule.kind is TargetKind.NOT_ABOVE_MEASURE:
        value = result.target  # the bound of a year is known with that year
    return None if value is None else EndOfPath(following, value, 1)


def _bound_value(monitor: Monitor, rule: Target, period: Period) -> float | None:
    """The measure that is not to be exceeded, of the same place and period."""
    return monitor.remember_figures(
        ("bound", rule, period.period_id), lambda: _value_of(monitor, rule, period)
    )


def _value_of(monitor: Monitor, rule: Target, period: Period) -> float | None:
    rows = monitor.database.rows(
        """
        select value from kpi_value
        where kpi_id = ? and measure = ? and segment = ? and organisation_id = ? and period_id = ?
        """,
        [rule.kpi, rule.bound, rule.segment, rule.organisation_id, period.period_id],
    )
    return rows[0]["value"] if rows else None


def _version(monitor: Monitor, rule: Target, period: Period) -> int:
    return monitor.kpis[rule.kpi].version_on(period.end_on, period.period_type)


def _measured(monitor: Monitor, rule: Target, period: Period) -> Base:
    """The base as kpi_value has it; only a complete figure can be one."""
    rows = monitor.database.rows(
        """
        select value, observed, expected, partial from kpi_value
        where kpi_id = ? and measure = ? and segment = ? and organisation_id = ? and period_id = ?
        """,
        [rule.kpi, rule.measure, rule.segment, rule.organisation_id, period.period_id],
    )
    row = rows[0] if rows else None
    if row is None or row["value"] is None:
        return Base(period, None, why_not=f"er is geen cijfer over {period.label}")
    if row["partial"]:
        return Base(period, None, why_not=f"{period.label} is maar voor een deel geleverd")
    if row["observed"] != row["expected"]:
        delivered = formatting.coverage(row["observed"], row["expected"])
        return Base(period, None, why_not=f"over {period.label} leverden maar {delivered}")
    return Base(period, row["value"])
