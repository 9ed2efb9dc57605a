"""From what a user or a link says to the KPI, organisation, period or segment that is meant."""

from itertools import product

from data.calendar import Period
from data.strict import nearest
from kpi.figure.monitor import Monitor
from kpi.figure.result import Organisation
from kpi.formatting import sort_key_nl
from kpi.meaning.load import Kpi, Measure


class UnknownName(ValueError):
    """What was asked for does not exist. A Dutch sentence with the nearest name that does."""


def kpi_named(monitor: Monitor, kpi_id: str) -> Kpi:
    """The KPI of the profile with this id."""
    if kpi_id not in monitor.kpis:
        raise UnknownName(f"KPI '{kpi_id}' bestaat niet.{nearest(kpi_id, monitor.kpis)}")
    return monitor.kpis[kpi_id]


def measure_named(kpi: Kpi, measure: str) -> Measure:
    """The measure of a KPI with this id."""
    if measure not in kpi.measures:
        hint = nearest(measure, kpi.measures)
        raise UnknownName(f"{kpi.label} heeft geen maat '{measure}'.{hint}")
    return kpi.measures[measure]


def segment_named(kpi: Kpi, segment: str) -> str:
    """A segment as kpi_value writes it, whatever the order of its parts."""
    try:
        return kpi.segment_key(segment)
    except ValueError as error:
        raise UnknownName(f"{kpi.label}: {error}") from error


def segments_of(kpi: Kpi, measure: Measure, split: str) -> list[str]:
    """Every segment of a split ("kind", "kind+duration"), in the order of the definition."""
    names = tuple(split.split("+"))
    known = ["+".join(parts) for parts in kpi.splits(measure)]
    if split not in known:
        hint = nearest(split, known) if known else ""
        raise UnknownName(f"{measure.label} heeft geen uitsplitsing '{split}'.{hint}")
    codes = [[f"{name}={code}" for code in kpi.segments[name].values] for name in names]
    return [kpi.segment_key(",".join(parts)) for parts in product(*codes)]


def organisation_named(monitor: Monitor, organisation_id: str) -> Organisation:
    """The organisation with this code; the letters may be small."""
    found = monitor.organisations.get(organisation_id) or monitor.organisations.get(
        organisation_id.upper()
    )
    if found is None:
        hint = nearest(organisation_id.upper(), monitor.organisations)
        raise UnknownName(f"Organisatie '{organisation_id}' bestaat niet.{hint}")
    return found


def organisations_of(
    monitor: Monitor,
    organisation_type: str,
    parent_id: str | None = None,
    period: Period | None = None,
) -> list[Organisation]:
    """Locations or boards in order of name: all, those of a parent, those open in a period."""
    key = ("organisations", organisation_type, parent_id, period and period.period_id)
    return monitor.remember_figures(
        key, lambda: _organisations(monitor, organisation_type, parent_id, period)
    )


def periods_of(monitor: Monitor, period_type: str) -> list[Period]:
    """The periods of one type, oldest first."""
    return monitor.remember_figures(
        ("periods", period_type),
        lambda: [item for item in monitor.periods.values() if item.period_type == period_type],
    )


def period_named(monitor: Monitor, text: str) -> Period:
    """The period that is meant: an id, or as people write it ("sept 2023")."""
    if text in monitor.periods:
        return monitor.periods[text]
    try:
        meant = monitor.calendar.parse(text)
    except ValueError as error:
        raise UnknownName(str(error)) from error
    if meant.period_id not in monitor.periods:
        known = periods_of(monitor, meant.period_type)
        reach = f" Wel van {known[0].label} tot en met {known[-1].label}." if known else ""
        raise UnknownName(f"Over {meant.label} zijn er geen gegevens.{reach}")
    return monitor.periods[meant.period_id]


def _organisations(
    monitor: Monitor, organisation_type: str, parent_id: str | None, period: Period | None
) -> list[Organisation]:
    rows = monitor.database.rows(
        """
        select distinct organisation_id
        from membership
        where (? is null or ancestor_id = ?) and (? is null or period_id = ?)
        """,
        [parent_id, parent_id, *[period and period.period_id] * 2],
    )
    found = [monitor.organisations[row["organisation_id"]] for row in rows]
    return sorted(
        (item for item in found if item.organisation_type == organisation_type),
        key=lambda item: sort_key_nl(item.name),
    )
