"""Copies of a store to write in, without its figures being built and judged once more."""

import shutil
from dataclasses import replace
from pathlib import Path

from data.deliveries.store import Store
from data.kept import FOLDER
from kpi.figure.monitor import Monitor, renewed
from kpi.opening import opening
from kpi.opening.demo import demo_store


def copy_with_figures(original: Monitor, to: Path, **choices: object) -> Path:
    """The folder of a copy, which opens with the figures and verdicts of the original.

    They follow from the same deliveries; a line that is written in the copy renews its monitor as
    ever, and a delivery or undo builds it anew. choices: settings with which the copy is opened,
    where they differ from those of the original.
    """
    folder = _copied(original.opened_with.store, to)
    chosen = replace(original.opened_with, store=folder, **choices)  # type: ignore[arg-type]
    own = Store(folder)
    shown = demo_store(folder, original.sources) if original.is_demo else own
    copied = renewed(original, chosen, own, shown)
    assert copied.origin[1:] == original.origin[1:]
    opening._opened[chosen] = (opening._mark(chosen), copied)
    return folder


def _copied(store: Path, to: Path) -> Path:
    """Without what was kept of it: another process may be writing that just now."""
    return shutil.copytree(store, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns(FOLDER))
