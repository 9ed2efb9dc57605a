"""A quarter as its papers tell it: as sealed when it is closed, as it is now when it is not."""

from typing import NamedTuple

from data.calendar import Period
from kpi.cycle.corrections import Correction, corrections
from kpi.cycle.seal import open_sealed, seal_of
from kpi.cycle.status import document_status
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
    status, short = document_status(monitor, quarter)
    seal = seal_of(monitor.store, quarter.period_id)
    known = open_sealed(monitor, seal) if seal else monitor
    notes = tuple(corrections(monitor.store, quarter.period_id))
    return Edition(known, quarter, status, short, notes)
