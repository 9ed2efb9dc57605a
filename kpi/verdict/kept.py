"""Verdicts kept beside the store, as packed text, so that a second start judges nothing again.

One row per series, under a fingerprint of the targets on its measure and segment: where those are
others by now, it is judged again. A series is read when somebody asks for it.
"""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.database import Database
from data.deliveries.line import body_of, from_body
from kpi.figure import kept as files
from kpi.figure.kept import short_hash
from kpi.figure.monitor import Monitor
from kpi.figure.result import SeriesKey
from kpi.meaning.target import TargetKey
from kpi.verdict.assess import Verdict

KIND = "verdicts"  # of the file they are kept in
# each body packed by itself: packed together, one series would cost the unpacking of two thousand
COLUMNS = {"about": "varchar", "series": "varchar", "body": "blob"}
LIGHTLY = 1
Judged = dict[str, Verdict]  # by period_id
Row = tuple[Any, ...]  # of COLUMNS


def kept_series(monitor: Monitor, key: SeriesKey) -> Judged | None:
    """The verdicts of one series; None when they were not kept, or with other targets."""
    about = _about(monitor, key.target_key)
    database = _database(monitor)
    if database is None or about not in _abouts(monitor):
        return None
    query = "select body from verdict where series = ? and about = ?"
    rows = database.rows(query, [_name(key), about])
    return _verdicts(rows[0]["body"]) if rows else None


def all_kept(monitor: Monitor) -> Iterator[tuple[SeriesKey, Judged]]:
    """Every series that was kept and has the targets of then."""
    for _, series, body in _rows(monitor, {_about(monitor, about) for about in monitor.judged}):
        yield SeriesKey(*json.loads(series)), _verdicts(body)


def is_kept(monitor: Monitor, about: TargetKey) -> bool:
    """Whether all verdicts on this measure and segment were kept, with the targets of now."""
    return _about(monitor, about) in _abouts(monitor)


def keep(monitor: Monitor) -> None:
    """Keep the verdicts on everything that was judged, those that were kept before among them."""

    def made(copy: Path | None) -> Database:
        database = Database(copy)
        # also those of which there is no series yet, or they would be judged at every start
        judged = sorted({(_about(monitor, about),) for about in monitor.judged.copy()})
        database.create("judged", {"about": "varchar"}, judged)
        database.create("verdict", COLUMNS, sorted(_every_row(monitor)))
        return database

    # Not read now: all of it is in memory, or in the file of before.
    files.keep(monitor, KIND, made)


def _every_row(monitor: Monitor) -> Iterator[Row]:
    abouts = {about: _about(monitor, about) for about in monitor.judged.copy()}
    before = _abouts(monitor) & set(abouts.values())
    yield from _rows(monitor, before)
    for key, judged in monitor.verdicts.copy().items():
        about = abouts.get(key.target_key, "")
        if about and about not in before:
            found = {period: body_of(verdict) for period, verdict in judged.items()}
            text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
            yield about, _name(key), zlib.compress(text.encode(), LIGHTLY)


def _rows(monitor: Monitor, abouts: set[str]) -> Iterator[Row]:
    database = _database(monitor)
    if database is not None:
        query = f"select {', '.join(COLUMNS)} from verdict where list_contains(?, about)"
        yield from database.stream(query, [sorted(abouts)])


def _verdicts(body: bytes) -> Judged:
    found = json.loads(zlib.decompress(body))
    return {period: from_body(Verdict, verdict) for period, verdict in found.items()}


def _abouts(monitor: Monitor) -> set[str]:
    """Of which measures and targets all verdicts are in the file."""

    def found() -> set[str]:
        database = _database(monitor)
        rows = database.rows("select about from judged") if database else []
        return {row["about"] for row in rows}

    return monitor.remember_figures(("abouts of kept verdicts",), found)


def _database(monitor: Monitor) -> Database | None:
    return monitor.remember_figures(("kept verdicts",), lambda: files.opened(monitor, KIND))


def _about(monitor: Monitor, about: TargetKey) -> str:
    """A fingerprint of a measure and segment with the targets on it, in order of weight."""

    def found() -> str:
        targets = [body_of(target) for target in monitor.targets.get(about, ())]
        return short_hash(json.dumps([about, targets], sort_keys=True))

    return monitor.remember(("about", about), found)


def _name(key: SeriesKey) -> str:
    return json.dumps(tuple(key))
