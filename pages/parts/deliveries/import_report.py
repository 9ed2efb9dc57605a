"""What became of a handed-in file: the counts, what was left out, and everything that is wrong."""

from functools import partial

import pandas as pd
import streamlit as st

from data.gate import import_result
from data.gate.import_result import ImportResult
from data.gate.problem import Problem
from data.gate.problem_list import HEADINGS, problems_workbook
from kpi.figure.monitor import Monitor
from kpi.formatting import count, number
from pages.parts.deliveries.uploads import Upload
from pages.shared.blocks import download
from pages.shared.text import plain, strong

MOST_SHOWN = 500


def show(upload: Upload, monitor: Monitor) -> None:
    """The verdict on one file, in the order in which a user needs it."""
    result = upload.result
    if result is None:
        return
    verdict(result, monitor)
    if result.rows_read:
        st.markdown(plain(balance(result)))
    if result.dropped:
        st.markdown(f"{strong('Niet bewaard')}, omdat de monitor het niet nodig heeft: "
                    f"{plain(', '.join(result.dropped))}.")  # fmt: skip
    for note in result.notes:
        st.markdown(f":material/info: {plain(note)}")
    if result.problems and not result.asks:
        problems(upload, result)


def verdict(result: ImportResult, monitor: Monitor) -> None:
    """One coloured line with the words that carry it."""
    name = strong(result.file_name)
    what = _what(result, monitor)
    if result.status == import_result.STORED:
        st.success(f"{name} is opgeslagen{what}.", icon=":material/check_circle:")
    elif result.status == import_result.PRESENT:
        st.info(f"{name} was al aanwezig{what}. Er is niets veranderd.", icon=":material/done_all:")
    elif result.claim and result.asks and result.claim.certain:
        st.info(f"{name} is goed gelezen{what} en nog niet opgeslagen.", icon=":material/task:")
    elif result.status == import_result.QUESTION:
        st.info(f"{name}: de monitor heeft een antwoord nodig{what}.", icon=":material/help:")
    else:
        st.error(f"{name} is niet opgeslagen{what}. Er is niets bewaard.", icon=":material/block:")


def balance(result: ImportResult) -> str:
    """Every row that was read is somewhere: stored, put aside or left out."""
    good = "opgeslagen" if result.rows_stored else "goed"
    reasons = ", ".join(f"{number(rows)} {reason}" for reason, rows in result.ignored.items())
    return (
        f"{count(result.rows_read, 'rijen')} gelezen = {number(result.rows_good)} {good} + "
        f"{number(result.rows_quarantined)} met fouten + "
        f"{number(result.rows_ignored)} overgeslagen" + (f" ({reasons})." if reasons else ".")
    )


def problems(upload: Upload, result: ImportResult) -> None:
    """The list, and the same list as a workbook to repair the file with."""
    shown = result.problems[:MOST_SHOWN]
    st.markdown(plain(f"{count(result.problem_count, 'meldingen')}:"))
    cells = pd.DataFrame([_cells(problem) for problem in shown], columns=HEADINGS)
    st.dataframe(
        cells.drop(columns="Bestand"),
        hide_index=True, alt=f"Meldingen bij {result.file_name}",
    )  # fmt: skip
    download(
        "Download de meldingen (Excel)",
        partial(problems_workbook, result.problems),
        f"meldingen {upload.name.rsplit('.', 1)[0]}.xlsx",
        f"meldingen_{upload.number}",
    )


def _cells(problem: Problem) -> tuple[str, ...]:
    return (
        problem.severity, problem.file, problem.sheet, str(problem.row or ""), problem.column,
        problem.value, problem.expected, problem.advice,
    )  # fmt: skip


def _what(result: ImportResult, monitor: Monitor) -> str:
    source = monitor.sources.get(result.source or "")
    parts = [source.label] if source else []
    parts += [monitor.calendar.parse(result.period).label] if result.period else []
    return f" ({plain(', '.join(parts))})" if parts else ""
