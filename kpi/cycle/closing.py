"""Closing a quarter: everything that is stated about it is sealed, once."""

import contextlib
import tempfile
from hashlib import sha256
from pathlib import Path

from data.calendar import Period
from data.deliveries.chain import Entry
from data.deliveries.seals import write_seal
from data.progress import step
from kpi.cycle.contents import CONTENTS, contents, own_hash, to_json
from kpi.cycle.quarter import state_of
from kpi.cycle.seal import FIGURES, Seal, rebuilt, seal_of
from kpi.cycle.sealed_figures import write_figures
from kpi.cycle.texts import read_texts
from kpi.figure.monitor import Monitor
from kpi.opening.opening import reload_if_changed
from kpi.record.checks import Checks

STEPS = 4  # that are told to who waits


def close(monitor: Monitor, quarter: Period, author: str) -> Seal:
    """Close a quarter for good. Refused with everything that still blocks it.

    The figures are built anew from the texts that go into the seal, so that they cannot be others.
    StoreError when something came in meanwhile; then nothing was closed.
    """
    with step(1, STEPS, "Nakijken of alles klaar is."):
        current, read, who = _ready(monitor, quarter, author)
    store, opened = current.store, current.opened_with
    # The line at which all this was looked at; what came in since must be read first.
    made_from = next(line.seq for line in store.lines() if line.hash == current.version)
    texts = read_texts(opened)
    with step(2, STEPS, "De cijfers worden opnieuw berekend."):
        past = rebuilt(store, made_from, texts, opened.profile, current.is_demo)
    with contextlib.closing(past.database), step(3, STEPS, "Alle cijfers gaan in het zegel."):
        stated = contents(past, quarter, texts, {"author": read.author, "at": read.at})
        figures, rows = _figures(past, quarter)
    whole = {**stated, "figures": {"rows": rows, "sha256": sha256(figures).hexdigest()}}
    files = {FIGURES: figures, CONTENTS: to_json(whole)}
    body = {"seal": own_hash(whole), "made_from": made_from}
    with step(4, STEPS, "Het zegel wordt bewaard."):
        write_seal(store, quarter.period_id, made_from, files, body, who)
    found = seal_of(store, quarter.period_id)
    assert found is not None  # it was written a moment ago
    return found


def _ready(monitor: Monitor, quarter: Period, author: str) -> tuple[Monitor, Entry, str]:
    """The monitor as it is now, the line of the second reading, and who closes.

    Refused with everything that still blocks it.
    """
    current = reload_if_changed(monitor)
    checks = Checks(monitor)
    who = checks.author(author, "Vul uw naam in.")
    state = state_of(current, quarter)
    checks.need(state.steps.seal is None, f"Het kwartaal {quarter.label} is al vastgesteld.")
    checks.errors += state.errors
    checks.done()
    read = state.steps.read
    assert read is not None  # or it would have been an error
    return current, read, who


def _figures(monitor: Monitor, quarter: Period) -> tuple[bytes, int]:
    """The file with every figure, and how many there are.

    Not written in the store yet: others must be able to deliver meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
        path = Path(folder) / FIGURES
        rows = write_figures(monitor, quarter.end_on, path)
        return path.read_bytes(), rows
