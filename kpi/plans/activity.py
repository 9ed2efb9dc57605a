"""An activity of the year calendar or the year plan: what is done, when, by whom, for which KPI."""

import re
import textwrap
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from data.strict import derived, parts
from kpi.plans.amount import Amount
from kpi.plans.moment import wrong_moments

_COMMA = re.compile(r"[,;\n](?![^(]{0,300}\))")  # not one between brackets
_SHORT = 70  # signs in a list or a calendar


class Plan(StrEnum):
    """Where an activity stands: what runs every year, or what is new."""

    CALENDAR = "jaarkalender"
    YEAR_PLAN = "jaarplan"


class ActivityState(StrEnum):
    """How far it is; the text is the word that is shown."""

    NOT_STARTED = "niet gestart"
    RUNNING = "loopt"
    DONE = "afgerond"
    STOPPED = "gestopt"


class Direction(StrEnum):
    """Which way a figure should go."""

    DOWN = "omlaag"
    UP = "omhoog"


@dataclass(frozen=True)
class Effect:
    """What an activity should do to a figure: which way, how far and from which month on.

    size is per period in the unit of the measure that kpi.plans.effect looks at, more than zero; by
    is a moment such as "2024-06".
    """

    kpi: str
    direction: Direction
    size: Decimal
    by: str

    def wrong_parts(self) -> list[str]:
        """What is not right in it, in Dutch."""
        return wrong_moments(self.by)


@dataclass(frozen=True)
class Progress:
    """What somebody wrote about an activity: on which day, how far it is and why."""

    on: date
    state: ActivityState
    note: str = ""
    author: str = ""
    written_at: str = ""


@dataclass(frozen=True)
class Activity:
    """One row of the plan.

    number: as in the plan; "1b" is the second row under number 1, which has none of its own.
    period: as in the plan; from_on and until_on are the days it means. what: what is done; result:
    what it should give. people: means in people; money: amounts; money_note: what the plan says
    about money without an amount. remark: ours, where the plan itself contradicts.
    """

    number: str
    plan: Plan
    theme_number: int
    period: str
    what: str
    who: tuple[str, ...] = ()
    result: str = ""
    people: str = ""
    money_note: str = ""
    remark: str = ""
    id: str = derived(default="")
    school_year: str = derived(default="")
    theme: str = derived(default="")
    from_on: date = derived(default=date.min)
    until_on: date = derived(default=date.max)
    money: tuple[Amount, ...] = parts("bedrag", default=())
    kpis: tuple[str, ...] = derived(default=())
    effect: Effect | None = parts("effect", default=None)
    progress: tuple[Progress, ...] = derived(default=())
    author: str = derived(default="")

    @property
    def is_new(self) -> bool:
        """Whether it is a new initiative instead of something that runs every year."""
        return self.plan is Plan.YEAR_PLAN

    @property
    def place(self) -> str:
        """Its place in the plan, as people say it: "1.12"."""
        return f"{self.theme_number}.{self.number}"

    @property
    def short(self) -> str:
        """Plan, place and as much of what is done as fits on a line."""
        what = textwrap.shorten(self.what, _SHORT, placeholder="…").removesuffix(".")
        return f"{self.plan} {self.place} {what}"

    @property
    def theme_text(self) -> str:
        """ "3. Kwaliteit"."""
        return f"{self.theme_number}. {self.theme}"

    def latest(self, on: date) -> Progress | None:
        """The last thing that was said about it up to and including a day."""
        said = [item for item in self.progress if item.on <= on]
        return max(said, key=lambda item: item.on) if said else None

    def state(self, on: date) -> ActivityState:
        """How far it was on a day; what nobody wrote about counts as not started."""
        latest = self.latest(on)
        return latest.state if latest else ActivityState.NOT_STARTED

    def is_settled(self, on: date) -> bool:
        """Whether nothing more has to be done."""
        return self.state(on) in (ActivityState.DONE, ActivityState.STOPPED)

    def is_late(self, on: date) -> bool:
        """Whether its last day is over while it is neither done nor stopped."""
        return self.until_on < on and not self.is_settled(on)

    def is_under_way(self, first: date, last: date) -> bool:
        """Whether its period touches these days."""
        return self.from_on <= last and first <= self.until_on


def activity_id(plan: Plan, school_year: str, place: str) -> str:
    """ "jaarplan-2023-2024-1.12": the same for a row wherever the plan is read from."""
    return f"{plan}-{school_year}-{place}"


def parties_in(text: str) -> tuple[str, ...]:
    """Who take part, from a text with commas, semicolons or a line for each."""
    return tuple(" ".join(part.split()) for part in _COMMA.split(text) if part.strip())
