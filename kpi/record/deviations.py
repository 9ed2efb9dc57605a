"""Agreed deviations: a target that is knowingly not met for a while, by whose decision and why."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpi import formatting
from kpi.figure.monitor import Monitor
from kpi.figure.naming import kpi_named, measure_named, organisation_named, segment_named
from kpi.figure.result import KpiResult
from kpi.meaning.target import TargetKey
from kpi.record.checks import Checks
from kpi.register import Lines, Record

LONGEST_REASON, LONGEST_OWNER = 300, 80
# A support plan lasts four years: what lasts longer is another target, not a deviation from it.
LONGEST_DEVIATION = timedelta(days=4 * 366)
# A lapsed deviation asks for a new decision until the same figure comes a year later.
REMEMBERED_AFTER = timedelta(days=366)


@dataclass(frozen=True)
class Deviation:
    """ "Bewust niet gehaald": a target that is not met, knowingly, from a day until a day.

    Both days belong to it; after `until` it lapses by itself. The figure stays what it is.
    recorded_at is the moment (UTC, ISO 8601) at which `author` put it on record.
    """

    kpi: str
    measure: str
    segment: str
    organisation_id: str
    reason: str
    owner: str
    from_on: date
    until: date
    author: str = ""
    recorded_at: str = ""

    @property
    def series(self) -> TargetKey:
        """Which target it is about."""
        return (self.kpi, self.measure, self.segment)

    def applies_on(self, day: date) -> bool:
        """Whether it is in force."""
        return self.from_on <= day <= self.until

    def lapsed_on(self, day: date) -> bool:
        """Whether its time is over."""
        return day > self.until

    def text_on(self, day: date) -> str:
        """What to add to a figure of this day; "" before it begins."""
        if day < self.from_on:
            return ""
        until = formatting.date_text(self.until)
        if self.lapsed_on(day):
            return f"afgesproken afwijking verlopen op {until}: {self.reason} ({self.owner})"
        return f"bewust niet gehaald tot en met {until}: {self.reason} ({self.owner})"

    def short_text_on(self, day: date) -> str:
        """The same where room is short, without the reason."""
        if day < self.from_on:
            return ""
        until = formatting.day_text(self.until)
        return f"afwijking verlopen op {until}" if self.lapsed_on(day) else f"bewust, t/m {until}"


LINES = Lines(
    Record.DEVIATION,
    Deviation,
    names={"from_on": "from"},
    absent={"segment": "", "organisation_id": ""},
)


def deviations(monitor: Monitor) -> list[Deviation]:
    """Every deviation that was not withdrawn, also lapsed ones, in the order of the ledger."""

    def read() -> list[Deviation]:
        own = monitor.swv.organisation_id
        return [
            replace(item, organisation_id=item.organisation_id or own)
            for item in LINES.standing(monitor.store)
        ]

    return monitor.remember(("deviations", monitor.store.last_line), read)


def deviation_for(monitor: Monitor, result: KpiResult, day: date | None = None) -> Deviation | None:
    """The deviation to be named with a figure: the one in force on its day, else a lapsed one.

    `day` is otherwise the last day the figure speaks about. None when there is no target, or it is
    met. A lapsed deviation is named for a year: it asks for a new decision.
    """
    if result.target is None or result.reached:
        return None
    when = day or day_of(result)
    about = (result.kpi.id, result.measure.id, result.segment, result.organisation.organisation_id)
    found = [
        item
        for item in deviations(monitor)
        if (*item.series, item.organisation_id) == about
        and item.from_on <= when <= item.until + REMEMBERED_AFTER
    ]
    in_force = [item for item in found if item.applies_on(when)]
    return in_force[-1] if in_force else max(found, key=lambda item: item.until, default=None)


def deviation_text(monitor: Monitor, result: KpiResult) -> str:
    """What the agreed deviation adds to a figure, as a Dutch phrase; "" when there is none."""
    found = deviation_for(monitor, result)
    return found.text_on(day_of(result)) if found else ""


def day_of(result: KpiResult) -> date:
    """The last day a figure speaks about."""
    end = result.period.end_on
    return min(end, result.as_of) if result.partial and result.as_of else end


def agree_deviation(
    monitor: Monitor,
    kpi: str,
    reason: str,
    owner: str,
    from_on: date | str | None,
    until: date | str | None,
    *,
    measure: str = "",
    segment: str = "",
    organisation_id: str = "",
    author: str = "",
) -> Deviation:
    """Put a deviation on record; one with the same target and first day takes its place.

    Without a measure it is the main one, without an organisation the SWV. Refused with everything
    that is wrong, names of persons included: papers print the reason and the owner.
    """
    checks = Checks(monitor)
    series, place = series_meant(monitor, (kpi, measure, segment), organisation_id, checks)
    rules = monitor.targets.get(series, [])
    checks.need(
        bool(checks.errors) or any(rule.organisation_id == place for rule in rules),
        "Hiervoor is geen doel afgesproken, dus er is niets om van af te wijken.",
    )
    first = checks.day(from_on, "Zeg vanaf welke dag de afwijking geldt.")
    last = checks.day(until, "Zeg tot en met welke dag. Daarna vervalt de afwijking vanzelf.")
    checks.order(first, last)
    if first and last:
        checks.need(
            last - first <= LONGEST_DEVIATION,
            "Een afwijking duurt hoogstens vier jaar. Spreek anders een nieuw doel af.",
        )
    why = checks.text(reason, "Schrijf op waarom het doel niet wordt gehaald.", LONGEST_REASON)
    who = checks.text(owner, "Zeg wie hierover gaat (de eigenaar).", LONGEST_OWNER)
    checks.without_persons(why, who)
    checks.done()
    assert first is not None and last is not None  # or done() would have refused
    deviation = Deviation(*series, place, why, who, first, last)
    recorded = LINES.record(monitor.store, _within(monitor, deviation), author)
    return replace(recorded, organisation_id=place)


def withdraw_deviation(
    monitor: Monitor, deviation: Deviation, author: str = "", reason: str = ""
) -> None:
    """Take a deviation back, also for the past; the ledger keeps that it was there.

    To end one early, agree it again with the same first day and an earlier last day.
    """
    LINES.withdraw(monitor.store, _within(monitor, deviation), author, reason)


def series_meant(
    monitor: Monitor, given: TargetKey, organisation_id: str, checks: Checks
) -> tuple[TargetKey, str]:
    """The series and organisation someone means; everything that does not exist is noted."""
    where = checks.named(organisation_named, monitor, organisation_id) if organisation_id else None
    place = where.organisation_id if where else monitor.swv.organisation_id
    kpi = checks.named(kpi_named, monitor, given[0])
    if kpi is None:
        return given, place
    measure = checks.named(measure_named, kpi, given[1] or kpi.main_measure)
    segment = checks.named(segment_named, kpi, given[2])
    if measure is None or segment is None:
        return given, place
    split = tuple(kpi.segment_parts(segment))
    is_shown = not split or split in kpi.splits(measure)
    checks.need(is_shown, f"{measure.label} is er niet voor {kpi.segment_label(segment)}.")
    return (kpi.id, measure.id, segment), place


def _within(monitor: Monitor, deviation: Deviation) -> Deviation:
    """The deviation as it is recorded: the SWV is "", because its code may still change."""
    own = deviation.organisation_id == monitor.swv.organisation_id
    return replace(deviation, organisation_id="" if own else deviation.organisation_id)
