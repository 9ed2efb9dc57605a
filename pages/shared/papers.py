"""Papers on a page: made on request with progress, then to be downloaded."""

from collections.abc import Callable, Sequence

import streamlit as st

from data.deliveries.store import StoreError
from kpi.figure.monitor import Monitor
from kpi.paper.frame import known_on
from kpi.paper.make import File
from pages.shared.blocks import download, progress, wrong
from pages.shared.text import plain

MADE = "gemaakte_stukken"


def offer(monitor: Monitor, name: str, make: Callable[[], list[File]]) -> None:
    """A button that makes files, and below it what it made on this visit, to download."""
    # Making the registration is put on record; that must not make a paper out of date.
    key = f"{name}_{known_on(monitor)}"
    if st.button("Maak", key=f"maak_{key}", icon=":material/description:"):
        _made()[key] = _make(make)
    for file in offered(_made().get(key, ())):
        download(plain(file.name), file.content, file.name, f"download_{key}_{file.name}")


def offered(files: Sequence[File]) -> list[File]:
    """What can be downloaded: the zip when there is one, because it holds all the others."""
    together = [file for file in files if file.name.endswith(".zip")]
    return together or list(files)


def _make(make: Callable[[], list[File]]) -> list[File]:
    try:
        with progress("Bezig …"):
            return make()
    except StoreError as error:  # not everything that was delivered counts now
        wrong(error)
        return []


def _made() -> dict[str, list[File]]:
    """What was made on this visit."""
    found: dict[str, list[File]] = st.session_state.setdefault(MADE, {})
    return found
