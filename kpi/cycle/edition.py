"""A quarter as its papers tell it: as sealed when it is closed, as it is now when it is not."""

from typing import NamedTuple

from data.calendar import Period
from kpi.cycle.corrections import Correction, corrections
from kpi.cycle.seal import open_sealed
from kpi.cycle.status import steps
from kpi.figure.monitor import Monitor


class Edition(NamedTuple):
    """A quarter as its papers tell it: as sealed when it is closed, as it is now when it is not."""

    monitor: Monitor
    quarter: Period
    status: str
    seal: str
    notes: tuple[Correction, ...]


def edition(monitor: Monitor, quarter: Period) -> Edition:
    """The figures of the seal, with the status and the corrections as they are now."""
    found = steps(monitor.store, quarter.period_id)
    known = open_sealed(monitor, found.seal) if found.seal else monitor
    notes = tuple(corrections(monitor.store, quarter.period_id))
    return Edition(known, quarter, *found.texts, notes)
