"""The activities of one school year: chosen by theme, KPI, party and state, and month by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.plans.activity import Activity
from kpi.plans.moment import Moment, moment

_START = 8  # August; the calendar of a profile has it as "08-01"


@dataclass(frozen=True)
class Choice:
    """Which activities to show; what is empty or None leaves nothing out.

    who: part of the name of a party. plan: "jaarkalender" or "jaarplan".
    """

    plan: str = ""
    theme_number: int | None = None
    kpi: str = ""
    state: str = ""
    who: str = ""

    def holds(self, activity: Activity, on: date) -> bool:
        """Whether this activity is one of them, by its state on a day."""
        wanted = self.who.strip().casefold()
        return (
            self.plan in ("", activity.plan)
            and self.theme_number in (None, activity.theme_number)
            and (not self.kpi or self.kpi in activity.kpis)
            and self.state in ("", activity.state(on))
            and any(wanted in name.casefold() for name in activity.who or ("",))
        )


@dataclass(frozen=True)
class CalendarMonth:
    """A month with what begins and what must be done in it; both leave out the whole year."""

    month: Moment
    begins: tuple[Activity, ...]
    ends: tuple[Activity, ...]


def school_years(activities: Iterable[Activity]) -> list[str]:
    """The school years that have a plan, newest first."""
    return sorted({item.school_year for item in activities}, reverse=True)


def months_of(school_year: str) -> list[Moment]:
    """The twelve months of a school year, from August."""
    first_year = int(school_year[:4])
    return [
        moment(f"{first_year + (month > 12)}-{(month - 1) % 12 + 1:02}")
        for month in range(_START, _START + 12)
    ]


def month_now(school_year: str, today: date) -> Moment:
    """The month of today; in another school year the one that is nearest to it."""
    months = months_of(school_year)
    if today < months[0].first:
        return months[0]
    return next((item for item in months if today <= item.last), months[-1])


def takes_whole_year(activity: Activity) -> bool:
    """Whether its period is all of its school year, or more."""
    months = months_of(activity.school_year)
    return activity.from_on <= months[0].first and months[-1].last <= activity.until_on


def whole_year(found: Iterable[Activity]) -> list[Activity]:
    """Those that run all of their school year."""
    return [item for item in found if takes_whole_year(item)]


def due_in(found: Iterable[Activity], month: Moment) -> list[Activity]:
    """What must be done in a month; what runs the whole year is not due in July."""
    return [
        item
        for item in found
        if month.first <= item.until_on <= month.last and not takes_whole_year(item)
    ]


def year_calendar(found: Sequence[Activity], school_year: str) -> list[CalendarMonth]:
    """What begins and what ends per month of a school year."""
    dated = [item for item in found if not takes_whole_year(item)]
    return [
        CalendarMonth(
            month,
            tuple(item for item in dated if month.first <= item.from_on <= month.last),
            tuple(due_in(dated, month)),
        )
        for month in months_of(school_year)
    ]


def outside(activities: Iterable[Activity], school_year: str) -> list[Activity]:
    """Activities whose period does not touch the school year they are planned for."""
    months = months_of(school_year)
    return [item for item in activities if not item.is_under_way(months[0].first, months[-1].last)]
