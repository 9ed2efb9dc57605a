"""Which figures rest on a delivery that came later than its source is expected."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from data.calendar import KWARTAAL, Period, local_moment
from data.source import Source
from kpi.figure.monitor import Monitor

DAYS_OF_GRACE = 42  # after the month in which a source is expected
MONTHS_IN = {KWARTAAL: 3}
MONTHS_IN_YEAR = 12
Figure = tuple[str, str, str, str]  # kpi, measure, organisation, period

# Per topic, organisation and period the first delivery that reached the end of the period. A later
# one of the same stretch is a correction or an addition, and says nothing about being in time.
FIRST = """
    with spoken as (
        select delivery_id, source, slot, location_id
        from claim
        union
        select delivery.delivery_id, delivery.source, part.slot, '' as location_id
        from delivery
        inner join delivery_part as part on delivery.delivery_id = part.delivery_id
        inner join source_rule on delivery.source = source_rule.source
        where source_rule.whole
    )

    select
        delivered.topic,
        delivered.source,
        delivered.organisation_id,
        period.period_id,
        min(delivery.imported_at) as first_at
    from delivered
    inner join period on delivered.period_id = period.period_id
    inner join organisation on delivered.organisation_id = organisation.organisation_id
    inner join source_rule on delivered.source = source_rule.source
    inner join spoken
        on delivered.source = spoken.source
        and spoken.location_id = case
            when source_rule.whole or organisation.organisation_type <> 'locatie' then ''
            else delivered.organisation_id
        end
    inner join delivery_part as part
        on spoken.delivery_id = part.delivery_id
        and spoken.slot = part.slot
        and coalesce(part.covers_from <= period.needed_to, true)
        and coalesce(part.covers_to >= period.needed_to, true)
    inner join delivery on part.delivery_id = delivery.delivery_id
    where list_contains(?, period.period_id)
    group by all
"""


def due_on(source: Source, period: Period) -> date | None:
    """The last day on which a delivery about this period is in time; None when none is expected.

    That is six weeks after the last month, in the quarter or year that follows the period, in
    which the source is expected. A final yearly figure is so not late because of a first one.
    """
    length = MONTHS_IN.get(source.delivery.period, MONTHS_IN_YEAR)
    last = period.needed_to.year * MONTHS_IN_YEAR + period.needed_to.month - 1
    ends = [
        _end_of_month(number)
        for number in range(last, last + length)
        if f"{number % MONTHS_IN_YEAR + 1:02}" in source.delivery.expected
    ]
    return ends[-1] + timedelta(DAYS_OF_GRACE) if ends else None


def late_figures(monitor: Monitor) -> frozenset[Figure]:
    """The figures behind which at least one organisation delivered too late.

    What was due before the monitor was in use is never late: it came with the first files.
    """
    return monitor.remember_figures(("late",), lambda: frozenset(_late_figures(monitor)))


def _late_figures(monitor: Monitor) -> Iterator[Figure]:
    late = _late_deliveries(monitor)
    if not late:
        return
    above: dict[tuple[str, str], list[str]] = {}
    for row in monitor.database.rows(
        "select organisation_id, period_id, ancestor_id from membership"
    ):
        place = row["organisation_id"], row["period_id"]
        above.setdefault(place, []).append(row["ancestor_id"])
    for topic, organisation_id, period_id in late:
        school_type = monitor.organisations[organisation_id].school_type
        for kpi in monitor.kpis.values():
            for measure in kpi.measures.values():
                asked = not school_type or school_type in (measure.school_types or (school_type,))
                if asked and any(topic in need.split("|") for need in measure.needs):
                    for ancestor in above.get((organisation_id, period_id), [organisation_id]):
                        yield kpi.id, measure.id, ancestor, period_id


def _late_deliveries(monitor: Monitor) -> set[tuple[str, str, str]]:
    """(topic, organisation, period) of what came after its day, and from no other source before."""
    came = [item.received_on for item in monitor.deliveries.values()]
    due = {
        (source.id, period.period_id): day
        for source in monitor.sources.values()
        for period in monitor.periods.values()
        if (day := due_on(source, period)) and came and min(came) <= day < max(came)
    }
    periods = sorted({period_id for _, period_id in due})
    found: dict[bool, set[tuple[str, str, str]]] = {True: set(), False: set()}
    for row in monitor.database.rows(FIRST, [periods]) if periods else ():
        day = due.get((row["source"], row["period_id"]), date.max)
        is_late = local_moment(row["first_at"]).date() > day
        found[is_late].add((row["topic"], row["organisation_id"], row["period_id"]))
    return found[True] - found[False]


def _end_of_month(number: int) -> date:
    """The last day of a month, counted from the year 0."""
    year, month = divmod(number, MONTHS_IN_YEAR)
    return date(year, month + 1, monthrange(year, month + 1)[1])
