"""What follows from figures and takes long, kept beside the store under all that it follows from.

That is everything the figures follow from, and the packages that calculate with them. What people
put on record is no part of it: whoever keeps something says of which agreements it is.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy
import scipy

from data import kept as files
from data.database import Database
from kpi.figure.fingerprint import LENGTH
from kpi.figure.monitor import Monitor


def opened(monitor: Monitor, kind: str) -> Database | None:
    """What was kept of this kind, only to be read; None when nothing whole is there."""
    if not monitor.fingerprint:
        return None
    return files.opened(_folder(monitor), kind, _key(monitor))


def keep(monitor: Monitor, kind: str, make: Callable[[Path | None], Database]) -> None:
    """Keep what `make` gives; nothing when the figures come from texts of before."""
    if monitor.fingerprint:
        files.keep(_folder(monitor), kind, _key(monitor), make)


def short_hash(text: str) -> str:
    """A text that stands for a longer one."""
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _folder(monitor: Monitor) -> Path:
    return monitor.store.path / files.FOLDER


def _key(monitor: Monitor) -> str:
    return short_hash(f"{monitor.fingerprint} {numpy.__version__} {scipy.__version__}")
