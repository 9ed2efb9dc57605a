"""What is hidden of figures that are read together, kept beside the store as packed text.

One row per name, with what people agreed at that moment: under another agreement it is decided
again. Nothing of it is a truth, see `data/kept.py`.
"""

import json
import zlib
from pathlib import Path
from threading import Lock

from data.database import Database
from kpi.figure import kept as files
from kpi.figure.monitor import Monitor
from kpi.guard.rules import Place
from kpi.guard.together import Together

KIND = "hidden"  # of the file they are kept in
COLUMNS = {"name": "varchar", "agreed": "varchar", "body": "blob"}
Row = tuple[str, str, bytes]  # of COLUMNS
_turn = Lock()  # who adds a row first reads those of before, and nobody opens what is left


def kept_together(monitor: Monitor, name: str, agreed: str) -> Together | None:
    """What was kept under this name; None when nothing was, or under another agreement."""
    with _turn:
        found = {row[:2]: row[2] for row in _rows(monitor)}
    body = found.get((name, agreed))
    return None if body is None else _unpacked(body)


def keep_together(monitor: Monitor, name: str, agreed: str, found: Together) -> None:
    """Keep it under this name, beside what was kept under others."""

    def made(copy: Path | None) -> Database:
        database = Database(copy)
        database.create("hidden", COLUMNS, sorted(rows))
        return database

    with _turn:
        rows = [row for row in _rows(monitor) if row[0] != name]
        rows.append((name, agreed, _packed(found)))
        files.keep(monitor, KIND, made)


def _rows(monitor: Monitor) -> list[Row]:
    database = files.opened(monitor, KIND)
    if database is None:
        return []
    found = database.stream(f"select {', '.join(COLUMNS)} from hidden")
    rows = [(name, agreed, body) for name, agreed, body in found]
    database.close()
    return rows


def _packed(found: Together) -> bytes:
    """Every place that is told, with whether it is one of their own and whether it is hidden."""
    places = [[*place, place in found.own, place in found.hidden] for place in sorted(found.told)]
    text = json.dumps(places, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode())


def _unpacked(body: bytes) -> Together:
    places = [
        (Place(*place), is_own, is_hidden)
        for *place, is_own, is_hidden in json.loads(zlib.decompress(body))
    ]
    return Together(
        told=frozenset(place for place, _, _ in places),
        own=frozenset(place for place, is_own, _ in places if is_own),
        hidden=frozenset(place for place, _, is_hidden in places if is_hidden),
    )
