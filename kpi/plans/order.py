"""A recovery order of the Inspectie: what must be put right, how it stands, and what proves it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from data.strict import derived, nearest, parts
from kpi.meaning.choices import Labelled
from kpi.plans.moment import end_of_month, moment, wrong_moments

ANNEX = r"\d{1,2}[a-z]?"  # the number of a piece of evidence
OTHER = "Overig"  # the standard of what the Inspectie did not ask for
STANDARDS = ("RPO1", "RPO2", "RPO3", "BKA1", "BKA2", "BKA3", OTHER)


class Colour(Labelled):
    """How an order stands, and what that means. UNREAD: it cannot be read from the source."""

    GREEN = "groen", "op schema"
    YELLOW = "geel", "in ontwikkeling, met aandachtspunten"
    ORANGE = "oranje", "achter op schema"
    RED = "rood", "ligt stil of lukt niet"
    UNREAD = "niet in de bron", "kleur niet te lezen in de bron"

    @property
    def icon(self) -> str:
        """A sign that differs in shape, so colour is never needed to read it."""
        return dict(zip(Colour, "●◐○✕?", strict=True))[self]

    @property
    def text(self) -> str:
        """ "● op schema (groen)"."""
        return f"{self.icon} {self.label}" + ("" if self is Colour.UNREAD else f" ({self})")


@dataclass(frozen=True)
class Evidence:
    """A piece that proves something: its number as an annex ("6a") and its title.

    recorded_on: the day on which people listed it; None for what the profile lists.
    """

    number: str
    title: str
    author: str = derived(default="")
    recorded_on: date | None = derived(default=None)


def is_annex(number: str) -> bool:
    """Whether it is written as the number of an annex: "6" or "6a"."""
    return bool(re.fullmatch(ANNEX, number))


@dataclass(frozen=True)
class Due:
    """By when something must be there: by is a moment such as "2023-02"; what may be empty."""

    by: str
    what: str = ""

    @property
    def on(self) -> date:
        """The last day on which it is not late."""
        return moment(self.by).last

    @property
    def text(self) -> str:
        """ "februari 2023" or "februari 2023: het handboek"."""
        text = moment(self.by).text
        return f"{text}: {self.what}" if self.what else text


@dataclass(frozen=True)
class OrderStatus:
    """How an order stood at a report. reported: the moment of the report ("2023-11").

    met: the due moments that are met by then, written as in the order.
    """

    reported: str
    colour: Colour
    met: tuple[str, ...] = ()
    note: str = ""
    author: str = derived(default="")

    @property
    def on(self) -> date:
        """The day of the report, or the last one of its month."""
        return moment(self.reported).last

    @property
    def reported_text(self) -> str:
        """ "november 2023"."""
        return moment(self.reported).text


@dataclass(frozen=True)
class Note:
    """What happened, and in which month; month is "" where the plan gives none.

    about: the part of the order it is about. result: what came of it. evidence: annexes.
    recorded_on: the day on which people wrote it; None for what the profile says.
    """

    text: str
    month: str = ""
    about: str = ""
    result: str = ""
    evidence: tuple[str, ...] = ()
    id: str = derived(default="")
    author: str = derived(default="")
    recorded_on: date | None = derived(default=None)

    @property
    def month_text(self) -> str:
        """ "mei 2023", or "zonder maand"."""
        return moment(self.month).text if self.month else "zonder maand"

    def is_between(self, after: date, until: date) -> bool:
        """Whether its month ends after one day and begins no later than another."""
        if not self.month:
            return False
        when = moment(self.month)
        return when.last > after and when.first <= until

    def is_later(self, on: date) -> bool:
        """Whether people wrote it about a month after a day; a plan of the profile looks ahead."""
        return self.recorded_on is not None and moment(self.month).first > on


@dataclass(frozen=True)
class RecoveryOrder:
    """One order, or a point the Inspectie did not ask for (then standard is OTHER).

    support_plan_change: whether the support plan changes for it; None where the plan is silent.
    intended_by: the moment by which the intended results must be there.
    """

    id: str
    standard: str
    title: str
    finding: str
    expected: str
    result: str
    article: str = ""
    actions: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    support_plan_change: bool | None = None
    remark: str = ""
    evidence: tuple[str, ...] = ()
    intended_by: str = ""
    intended: tuple[str, ...] = ()
    due: tuple[Due, ...] = parts("due", default=())
    statuses: tuple[OrderStatus, ...] = parts("status", default=())
    notes: tuple[Note, ...] = parts("notitie", default=())

    def wrong_parts(self) -> Iterator[str]:
        """What is not right in it, in Dutch."""
        if self.standard not in STANDARDS:
            yield f"standaard '{self.standard}' bestaat niet.{nearest(self.standard, STANDARDS)}"
        dues = [item.by for item in self.due]
        reports = [item.reported for item in self.statuses]
        months = [note.month for note in self.notes]
        yield from wrong_moments(*dues, *reports, *filter(None, [*months, self.intended_by]))
        for name in (name for status in self.statuses for name in status.met):
            if name not in dues:
                yield f"'{name}' is gehaald, maar staat niet bij due. Kies uit: {', '.join(dues)}."

    @property
    def name(self) -> str:
        """ "BKA1 Visie, ambities en doelen"; what the Inspectie did not ask for has no standard."""
        return self.title if self.standard == OTHER else f"{self.standard} {self.title}"

    def status(self, on: date) -> OrderStatus | None:
        """The last status that was reported up to and including a day."""
        known = [item for item in self.statuses if item.on <= on]
        return max(known, key=lambda item: item.on) if known else None

    def overdue(self, on: date) -> tuple[Due, ...]:
        """What should have been there before a day and is not said to be."""
        met = {name for item in self.statuses if item.on <= on for name in item.met}
        return tuple(item for item in self.due if item.on < on and item.by not in met)

    @property
    def all_evidence(self) -> tuple[str, ...]:
        """The annexes of the order and of its notes, each once."""
        named = [*self.evidence, *(number for note in self.notes for number in note.evidence)]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True)
class ImprovementPlan:
    """All orders in the order of the plan, and the list of what proves them."""

    title: str
    document: str
    inspected: str
    visit: str
    legend: str = ""
    orders: tuple[RecoveryOrder, ...] = parts("opdracht", default=())
    evidence: tuple[Evidence, ...] = parts("evidence", default=())

    def wrong_parts(self) -> Iterator[str]:
        """What is not right between its parts, in Dutch."""
        names = [*(order.id for order in self.orders), *(item.number for item in self.evidence)]
        for name, times in Counter(names).items():
            if times > 1:
                yield f"'{name}' staat er {times} keer in."

    def report_days(self, on: date) -> tuple[date, ...]:
        """The days on which was reported, up to and including a day, oldest first."""
        days = {item.on for order in self.orders for item in order.statuses if item.on <= on}
        return tuple(sorted(days))

    def report_before(self, on: date) -> date | None:
        """The day of the last report before a day; None when there was none."""
        earlier = [day for day in self.report_days(on) if day < on]
        return earlier[-1] if earlier else None

    def now(self, today: date) -> date:
        """Today, or the last day of this month when a report of this month is there already."""
        return max([today, *self.report_days(end_of_month(today))])

    def at(self, on: date) -> "ImprovementPlan":
        """The plan as it stood on a day: without reports and notes of later."""
        return replace(self, orders=tuple(_at(order, on) for order in self.orders))


def _at(order: RecoveryOrder, on: date) -> RecoveryOrder:
    return replace(
        order,
        statuses=tuple(item for item in order.statuses if item.on <= on),
        notes=tuple(note for note in order.notes if not note.is_later(on)),
    )
