"""The papers of a quarter: made on request with progress, then to be downloaded."""

import mimetypes
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from kpi.cycle.quarter import QuarterState
from kpi.figure.monitor import Monitor
from kpi.paper.frame import known_on
from kpi.paper.make import File, Paper, Progress, documents, papers_of
from pages.shared.text import plain, remark, strong

MADE = "gemaakte_stukken"
WHO_SEES = {
    Paper.INSPECTIE: "Voor de Inspectie: alle aantallen.",
    Paper.ALV: "Mag het bureau uit: kleine aantallen zijn niet te zien.",
    Paper.SCHOOL: "Eén blad per school; kleine aantallen zijn niet te zien.",
    Paper.JAARVERSLAG: "Mag het bureau uit: kleine aantallen zijn niet te zien.",
    Paper.VERBETERPLAN: "Voor de Inspectie en de besturen: teksten van het bureau.",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(monitor: Monitor, state: QuarterState) -> None:
    """One box per paper; what was made stays until the figures or texts change."""
    st.header("Stukken", anchor="stukken")
    status = state.steps.status
    st.markdown(remark(f"Op elk stuk staat de status: {status}."))
    papers = papers_of(monitor)
    for place, paper in zip(st.columns(len(papers), gap="small"), papers, strict=True):
        with place.container(border=True, gap="xsmall", height="stretch"):
            st.markdown(f"{strong(paper.label)}  \n{remark(WHO_SEES[paper])}")
            offer(
                monitor,
                f"{paper}_{state.quarter.period_id}",
                partial(documents, monitor, paper, state.quarter),
            )


def offer(monitor: Monitor, name: str, make: Callable[[Progress], list[File]]) -> None:
    """A button that makes files, and below it what it made on this visit, to download."""
    # Making the registration is put on record; that must not make a paper out of date.
    key = f"{name}_{known_on(monitor)}"
    if st.button("Maak", key=f"maak_{key}", icon=":material/description:"):
        _made()[key] = _make(make)
    for file in offered(_made().get(key, ())):
        _download(file, key)


def offered(files: Sequence[File]) -> list[File]:
    """What can be downloaded: the zip when there is one, because it holds all the others."""
    together = [file for file in files if file.name.endswith(".zip")]
    return together or list(files)


def _make(make: Callable[[Progress], list[File]]) -> list[File]:
    bar = st.progress(0.0, "Bezig …")

    def say(part: float, text: str) -> None:
        bar.progress(part, text or "Klaar")

    found = make(say)
    bar.empty()
    return found


def _download(file: File, key: str) -> None:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    st.download_button(
        plain(file.name), data=file.content, file_name=file.name, mime=kind, on_click="ignore",
        key=f"download_{key}_{file.name}", icon=":material/download:",
    )  # fmt: skip


def _made() -> dict[str, list[File]]:
    """What was made on this visit."""
    found: dict[str, list[File]] = st.session_state.setdefault(MADE, {})
    return found
