"""One measure in one period, read at once: every organisation and segment side by side."""

from dataclasses import dataclass, field
from threading import Lock

from data.calendar import Period
from kpi.figure.monitor import Monitor
from kpi.figure.naming import (
    kpi_named,
    measure_named,
    organisation_named,
    organisations_of,
    period_named,
    segments_of,
)
from kpi.figure.result import KpiResult, Subject
from kpi.figure.rows import Rows, result, select
from kpi.meaning.load import Kpi, Measure

MOST_KEPT = 48  # at most about a megabyte each
_lock = Lock()


@dataclass(frozen=True)
class Snapshot:
    """The figures of a measure in a period, for a page that shows many of them together."""

    monitor: Monitor
    kpi: Kpi
    measure: Measure
    period: Period
    rows: Rows = field(repr=False)

    def of(self, organisation_id: str, segment: str = "") -> KpiResult:
        """One figure; its state says so when there is none."""
        organisation = organisation_named(self.monitor, organisation_id)
        subject = Subject(self.kpi, self.measure, organisation, segment)
        return result(self.monitor, self.rows, subject, self.period)

    def below(
        self, organisation_id: str, organisation_type: str, segment: str = ""
    ) -> list[KpiResult]:
        """The boards or locations of an organisation that are expected, in order of name."""
        found = organisations_of(self.monitor, organisation_type, organisation_id, self.period)
        every = [self.of(item.organisation_id, segment) for item in found]
        return [item for item in every if item.expected]

    def codes(self, organisation_id: str, split: str) -> list[str]:
        """The segments of a split that ever occurred at the organisation, in display order."""
        place = (self.kpi.id, self.measure.id, organisation_id, self.period.period_id)
        every = segments_of(self.kpi, self.measure, split)
        return [segment for segment in every if (*place, segment) in self.rows]


def snapshot(monitor: Monitor, kpi_id: str, measure_id: str, period_id: str) -> Snapshot:
    """All figures of a measure in a period; UnknownName when something does not exist.

    The last ones asked for are kept: enough for a few visitors, and not for every quarter there is.
    """
    kpi = kpi_named(monitor, kpi_id)
    measure = measure_named(kpi, measure_id)
    period = period_named(monitor, period_id)
    kept: dict[tuple[str, ...], Snapshot] = monitor.remember("snapshots", dict)
    key = (kpi.id, measure.id, period.period_id)
    found = kept.get(key) or Snapshot(monitor, kpi, measure, period, _read(monitor, *key))
    with _lock:
        kept.pop(key, None)
        kept[key] = found
        for oldest in list(kept)[:-MOST_KEPT]:
            del kept[oldest]
    return found


def _read(monitor: Monitor, kpi_id: str, measure_id: str, period_id: str) -> Rows:
    kpi, period = monitor.kpis[kpi_id], monitor.periods[period_id]
    return select(monitor, kpi, kpi.measures[measure_id], None, period, None)
