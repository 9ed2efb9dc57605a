"""Closing a quarter: everything that is stated about it is sealed, once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data.calendar import Period
from data.disk import sha256_of, write_file
from data.seals import write_seal
from kpi.cycle.contents import CONTENTS, contents, own_hash, to_json
from kpi.cycle.figures import write_figures
from kpi.cycle.quarter import state_of
from kpi.cycle.seal import FIGURES, Seal, rebuilt, seal_of
from kpi.cycle.texts import read_texts
from kpi.monitor import Monitor
from kpi.register import Checks

LONGEST_NAME = 80


def close(monitor: Monitor, quarter: Period, author: str) -> Seal:
    """Close a quarter for good. Refused with everything that still blocks it.

    The figures are built anew from the texts that go into the seal, so that they cannot be others.
    StoreError when something came in meanwhile; then nothing was closed.
    """
    current = monitor.reload_if_changed()
    checks = Checks()
    who = checks.text(author, "Vul uw naam in.", LONGEST_NAME)
    state = state_of(current, quarter)
    checks.need(state.steps.seal is None, f"Het kwartaal {quarter.label} is al vastgesteld.")
    checks.errors += state.errors
    checks.done()
    read = state.steps.read
    assert read is not None  # or it would have been an error
    store, opened = current.store, current.opened_with
    made_from = store.lines()[-1].seq
    texts = read_texts(opened)
    past = rebuilt(store, made_from, texts, opened.profile, current.is_demo)
    stated = contents(past, quarter, texts, {"author": read.author, "at": read.at})
    write_seal(
        store,
        quarter.period_id,
        made_from,
        lambda folder: _fill(past, stated, quarter.end_on, folder),
        who,
    )
    found = seal_of(store, quarter.period_id)
    assert found is not None  # it was written a moment ago
    return found


def _fill(monitor: Monitor, stated: Mapping[str, Any], until: date, folder: Path) -> dict[str, Any]:
    """Write the files of the seal; what the ledger says about it."""
    rows = write_figures(monitor, until, folder / FIGURES)
    whole = {**stated, "figures": {"rows": rows, "sha256": sha256_of(folder / FIGURES)}}
    write_file(folder / CONTENTS, to_json(whole))
    return {"seal": own_hash(whole), "made_from": stated["ledger"]["seq"]}
