"""Notes on figures that changed after they were sealed; the next report prints them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from data.deliveries.ledger import Entry
from data.deliveries.seals import KIND as SEAL
from data.deliveries.store import Store
from kpi import formatting
from kpi.cycle.changes import ChangedFigure, changed_since
from kpi.cycle.seal import Seal, seal_of
from kpi.figure.monitor import Monitor
from kpi.record.persons import about_persons
from kpi.register import Checks

KIND = "correctie"
LONGEST_TEXT, LONGEST_NAME = 600, 80


@dataclass(frozen=True)
class Correction:
    """A note on the sealed figures of `quarter` (its period_id); written_at is UTC, ISO 8601."""

    quarter: str
    text: str
    author: str
    written_at: str

    @property
    def by(self) -> str:
        """ "A. de Vries, 3 oktober 2026"."""
        return formatting.signed_text(self.author, self.written_at)


def corrections(store: Store, quarter: str) -> list[Correction]:
    """The notes that a paper about a quarter (its period_id) prints, oldest first.

    Those on this quarter itself, and those on earlier ones made after the last seal before: the
    paper of that seal could not print them yet.
    """
    lines = store.lines()
    own = next(
        (e.seq for e in lines if e.kind == SEAL and e.body["name"] == quarter), len(lines) + 1
    )
    before = max(
        (e.seq for e in lines if e.kind == SEAL and e.body["name"] < quarter and e.seq < own),
        default=0,
    )
    return [
        _correction(entry)
        for entry in store.entries(KIND)
        if entry.body["quarter"] == quarter
        or (entry.body["quarter"] < quarter and before < entry.seq < own)
    ]


def notes_on(store: Store, quarter: str) -> list[Correction]:
    """Every note on the figures of a closed quarter, oldest first."""
    return [_correction(entry) for entry in store.entries(KIND) if entry.body["quarter"] == quarter]


def correct(monitor: Monitor, quarter: str, text: str, author: str) -> Correction:
    """Explain what changed in the figures of a closed quarter. Refused when it is not closed."""
    checks = Checks()
    seal = seal_of(monitor.store, quarter)
    checks.need(
        seal is not None, "Dit kwartaal is nog niet vastgesteld, dus een correctie hoeft niet."
    )
    why = checks.text(text, "Schrijf op wat er is gewijzigd en waardoor.", LONGEST_TEXT)
    who = checks.text(author, "Vul uw naam in.", LONGEST_NAME)
    checks.errors += about_persons(monitor, [why])
    checks.done()
    assert seal is not None  # or done() would have refused
    about = _mark(changed_since(monitor, seal))
    body = {"quarter": quarter, "seal": seal.hash, "text": why, "about": about}
    entry = monitor.store.record(KIND, body, who)
    return _correction(entry)


def needs_correction(monitor: Monitor, seal: Seal) -> bool:
    """Whether sealed numbers changed and no note was written since they last did.

    What was not delivered when the quarter was closed and came in later needs no note.
    """
    mark = _mark(changed_since(monitor, seal))
    return bool(mark) and mark not in {entry.body["about"] for entry in _notes(monitor, seal)}


def _correction(entry: Entry) -> Correction:
    return Correction(entry.body["quarter"], entry.body["text"], entry.author, entry.at)


def _notes(monitor: Monitor, seal: Seal) -> list[Entry]:
    return [e for e in monitor.store.entries(KIND) if e.body["seal"] == seal.hash]


def _mark(changed: Sequence[ChangedFigure]) -> str:
    """The same for the same changes; "" when no sealed number changed."""
    numbers = [(*item.key, item.now_text) for item in changed if item.was_number]
    return hashlib.sha256(json.dumps(numbers).encode()).hexdigest() if numbers else ""
