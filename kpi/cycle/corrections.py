"""Notes on figures that changed after they were sealed; the next report prints them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from data.deliveries.ledger import StoreKind
from data.deliveries.store import Store
from kpi import formatting
from kpi.cycle.changes import ChangedFigure, changed_since
from kpi.cycle.seal import Seal, seal_of
from kpi.figure.monitor import Monitor
from kpi.record.checks import Checks
from kpi.register import Lines, Record

LONGEST_TEXT = 600


@dataclass(frozen=True)
class Correction:
    """A note on the sealed figures of `quarter` (its period_id); written_at is UTC, ISO 8601.

    seal: the hash of the seal. about: a mark of what had changed. seq: the line of the ledger.
    """

    quarter: str
    text: str
    seal: str
    about: str
    author: str = ""
    written_at: str = ""
    seq: int = 0

    @property
    def by(self) -> str:
        """ "A. de Vries, 3 oktober 2026"."""
        return formatting.signed_text(self.author, self.written_at)


LINES = Lines(Record.CORRECTION, Correction)


def corrections(store: Store, quarter: str) -> list[Correction]:
    """The notes that a paper about a quarter (its period_id) prints, oldest first.

    Those on this quarter itself, and those on earlier ones made after the last seal before: the
    paper of that seal could not print them yet.
    """
    sealed = {entry.body["name"]: entry.seq for entry in store.entries(StoreKind.SEAL)}
    own = sealed.get(quarter, len(store.lines()) + 1)
    before = max((seq for name, seq in sealed.items() if name < quarter and seq < own), default=0)
    return [
        note
        for note in LINES.standing(store)
        if note.quarter == quarter or (note.quarter < quarter and before < note.seq < own)
    ]


def notes_on(store: Store, quarter: str) -> list[Correction]:
    """Every note on the figures of a closed quarter, oldest first."""
    return [note for note in LINES.standing(store) if note.quarter == quarter]


def correct(monitor: Monitor, quarter: str, text: str, author: str) -> Correction:
    """Explain what changed in the figures of a closed quarter. Refused when it is not closed."""
    checks = Checks(monitor)
    seal = seal_of(monitor.store, quarter)
    checks.need(
        seal is not None, "Dit kwartaal is nog niet vastgesteld, dus een correctie hoeft niet."
    )
    why = checks.text(text, "Schrijf op wat er is gewijzigd en waardoor.", LONGEST_TEXT)
    who = checks.author(author, "Vul uw naam in.")
    checks.without_persons(why)
    checks.done()
    assert seal is not None  # or done() would have refused
    note = Correction(quarter, why, seal.hash, _mark(changed_since(monitor, seal)))
    return LINES.record(monitor.store, note, who)


def needs_correction(monitor: Monitor, seal: Seal) -> bool:
    """Whether sealed numbers changed and no note was written since they last did.

    What was not delivered when the quarter was closed and came in later needs no note.
    """
    mark = _mark(changed_since(monitor, seal))
    return bool(mark) and mark not in {
        note.about for note in LINES.standing(monitor.store) if note.seal == seal.hash
    }


def _mark(changed: Sequence[ChangedFigure]) -> str:
    """The same for the same changes; "" when no sealed number changed."""
    numbers = [(*item.key, item.now_text) for item in changed if item.was_number]
    return hashlib.sha256(json.dumps(numbers).encode()).hexdigest() if numbers else ""
