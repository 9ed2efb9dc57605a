"""Handing in files: the box, what became of each of them, and what a user must answer first."""

import streamlit as st

from data.gate.import_result import QUESTION, REFUSED
from kpi.figure.monitor import Monitor
from kpi.formatting import count
from pages.parts.deliveries import claim_question, import_question, import_report, uploads
from pages.parts.deliveries.uploads import Upload
from pages.shared.choices import start_again

INTRODUCTION = (
    "Excel, ODS of csv, zoals het uit uw systeem komt. De monitor kijkt eerst of alles klopt. "
    "Namen, BSN en andere persoonsgegevens die niet nodig zijn, worden niet bewaard."
)


def choose_files(monitor: Monitor) -> None:
    """The box for files and the button that reads them, with progress per file."""
    st.markdown(INTRODUCTION)
    with st.form("inlezen", clear_on_submit=True, border=False):
        files = st.file_uploader(
            "Kies een of meer bestanden (elk hoogstens 20 MB)",
            accept_multiple_files=True,
        )  # fmt: skip
        if not st.form_submit_button("Lees in", type="primary", icon=":material/upload_file:"):
            return
    if not files:
        st.info("Kies eerst een of meer bestanden.", icon=":material/info:")
        return
    bar = st.progress(0.0)
    for number, file in enumerate(reversed(files)):
        bar.progress(number / len(files), f"Bezig met {file.name} …")
        uploads.add(file.name, file.getvalue()).read_in(monitor)
    start_again()


def outcomes(monitor: Monitor) -> None:
    """What became of the files of this visit, the newest first."""
    if claim_question.store_all(uploads.uploads(), monitor):
        start_again()
    for upload in uploads.uploads():
        with st.container(border=True):
            import_report.show(upload, monitor)
            if _answered(upload, monitor):
                with st.spinner(f"Bezig met {upload.name} …"):
                    upload.read_in(monitor)
                start_again()
    if uploads.uploads() and st.button("Verberg deze uitkomsten", icon=":material/close:"):
        uploads.clear()
        st.rerun()


def _answered(upload: Upload, monitor: Monitor) -> bool:
    """Ask what the result asks for. True when the user just answered."""
    result = upload.result
    if result is None:
        return False
    if result.status == QUESTION and result.question:
        return import_question.ask_source(upload, result.question, monitor)
    if result.asks == "levering" and result.claim:
        return claim_question.ask_claim(upload, result.claim, monitor)
    if result.status == QUESTION and result.source:
        source = monitor.sources[result.source]
        return import_question.ask_period(upload, source, result.likely, monitor.calendar)
    if result.status == REFUSED and result.rows_good and result.rows_quarantined:
        upload.quarantine = st.button(
            f"Sla alleen de goede rijen op ({count(result.rows_good, 'rijen')})",
            key=f"goede_rijen_{upload.number}",
        )
        return upload.quarantine
    return False
