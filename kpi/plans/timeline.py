"""What was planned, promised, decided and said about a KPI, in time with its chart."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.calendar import KWARTAAL, ONE_DAY, Period
from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.naming import periods_of
from kpi.figure.result import Organisation
from kpi.plans.activities import activities
from kpi.plans.activity import Activity
from kpi.plans.effect import effect_of
from kpi.plans.moment import moment
from kpi.record.commentary import commentary
from kpi.record.commitments import Commitment, CommitmentStatus, commitments
from kpi.register import Record
from kpi.verdict.before_after import MOST_YEARS

LATE = "te laat"
SHORT = 44  # signs of a promise or decision in the drawing


class Lane(StrEnum):
    """What kind of thing it is; the text is shown."""

    ACTIVITY = "activiteit"
    EFFECT = "verwacht effect"
    PROMISE = "toezegging"
    DECISION = "besluit"
    WORDS = "duiding"


@dataclass(frozen=True)
class Item:
    """One thing with its days.

    short: for in the drawing; state: how far it is, or ""; note: what to know about it, or "".
    """

    lane: Lane
    short: str
    text: str
    when: str
    from_on: date
    until_on: date
    state: str = ""
    who: str = ""
    note: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it should have been done."""
        return self.state == LATE


def timeline(
    monitor: Monitor,
    kpi_id: str,
    organisation: Organisation,
    periods: Sequence[Period],
    quarter: Period,
    on: date,
) -> list[Item]:
    """Everything that touches these periods, as it was on a day, oldest first.

    quarter: the last one of which figures and commentary count. Activities, promises and decisions
    are those of the SWV as a whole, so they are left out for a board or a location; commentary is
    that of the organisation itself.
    """
    first, last = periods[0].start_on, periods[-1].end_on
    found = [*_words(monitor, kpi_id, organisation, quarter)]
    if organisation.organisation_type == "swv":
        plan = activities(monitor)
        found += [_planned(item, on) for item in plan if kpi_id in item.kpis]
        found += _expected(monitor, plan, kpi_id, quarter)
        found += [
            _agreed(item, on) for item in commitments(monitor.store, kpi_id) if item.made_on <= on
        ]
    inside = [item for item in found if item.from_on <= last and first <= item.until_on]
    return sorted(inside, key=lambda item: (item.from_on, item.until_on))


def _planned(item: Activity, on: date) -> Item:
    state = LATE if item.is_late(on) else str(item.state(on))
    text = f"{item.plan} {item.place} {item.what}"
    return Item(
        Lane.ACTIVITY, _short(text), text,
        item.period, item.from_on, item.until_on, state, ", ".join(item.who),
    )  # fmt: skip


def _expected(
    monitor: Monitor, plan: Iterable[Activity], kpi_id: str, quarter: Period
) -> Iterator[Item]:
    """The effects on this KPI, over the years in which they are looked for."""
    for activity in plan:
        effect = activity.effect
        check = effect_of(monitor, activity, quarter) if effect else None
        if effect is None or check is None or effect.kpi != kpi_id:
            continue
        by, name = moment(effect.by), f"{activity.plan} {activity.place}"
        until = by.first.replace(day=1, year=by.first.year + MOST_YEARS) - ONE_DAY
        yield Item(
            Lane.EFFECT, name, f"{name}. {check.sentence}", f"vanaf {by.text}", by.first, until,
            f"{check.outcome.icon} {check.outcome}", note=check.note,
        )  # fmt: skip


def _agreed(item: Commitment, on: date) -> Item:
    """A promise lasts until it was settled, or should be; a decision is of one day."""
    when = formatting.date_text(item.made_on)
    short = _short(item.text)
    if item.kind is Record.DECISION:
        return Item(
            Lane.DECISION, short, item.text, when, item.made_on, item.made_on, who=item.owner
        )
    settled = item.is_settled(on)
    until = item.status_on if settled else item.due
    if item.due:
        when += f", uiterlijk {formatting.date_text(item.due)}"
    return Item(
        Lane.PROMISE, short, item.text, when, item.made_on, max(until or on, item.made_on),
        LATE if item.is_late(on) else str(item.status if settled else CommitmentStatus.OPEN),
        item.owner,
    )  # fmt: skip


def _words(
    monitor: Monitor, kpi_id: str, organisation: Organisation, until: Period
) -> Iterator[Item]:
    """Commentary hangs on a quarter."""
    for quarter in periods_of(monitor, KWARTAAL):
        about = (kpi_id, quarter.period_id, organisation.organisation_id)
        found = commentary(monitor.store, *about) if quarter.end_on <= until.end_on else None
        if found:
            text = " ".join(text for _, text in found.fields)
            yield Item(
                Lane.WORDS, found.first_words, text, quarter.label, quarter.start_on,
                quarter.end_on, who=found.author,
            )  # fmt: skip


def _short(text: str) -> str:
    return textwrap.shorten(text, SHORT, placeholder="…")
