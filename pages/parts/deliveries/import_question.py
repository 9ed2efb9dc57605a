"""What a user must say before a file can be read: which data, which column, which period."""

from collections.abc import Iterator
from datetime import date

import streamlit as st

from data.calendar import KWARTAAL, SCHOOLJAAR, Calendar, Period
from data.gate.recognise import Candidate, Question
from data.source import Column, Source
from kpi.figure.monitor import Monitor
from pages.parts.deliveries.uploads import Upload
from pages.shared.text import plain, strong

NOT_THERE = ""
YEARS_BACK = 12


def ask_source(upload: Upload, question: Question, monitor: Monitor) -> bool:
    """Ask which data this is and where its columns are. True when there is a new answer."""
    st.markdown(plain(question.message))
    likely = list(dict.fromkeys(candidate.source for candidate in question.candidates))
    others = [source for source in monitor.sources if source not in likely]
    source = st.selectbox(
        "Wat voor gegevens zijn dit?", likely + others, key=f"bron_{upload.number}",
        index=0 if len(likely) == 1 else None, placeholder="Kies de soort gegevens", width=420,
        format_func=lambda name: monitor.sources[name].label,
    )  # fmt: skip
    if source is None:
        return False
    candidates = [found for found in question.candidates if found.source == source]
    if not candidates:
        if st.button("Zoek de kolommen", key=f"zoek_{upload.number}"):
            upload.source, upload.mapping = source, None
            return True
        return False
    candidate = candidates[0]
    if len(candidates) > 1:
        candidate = st.selectbox(
            "Op welk tabblad?", candidates, key=f"tabblad_{upload.number}",
            format_func=lambda found: found.sheet, width=420,
        )  # fmt: skip
    return _ask_columns(upload, monitor.sources[source], candidate)


def _ask_columns(upload: Upload, source: Source, candidate: Candidate) -> bool:
    """One select box per column of the source, filled in as far as it was recognised."""
    st.markdown(
        "Wijs per kolom aan waar die in uw bestand staat. De monitor onthoudt dit "
        "voor het volgende bestand met dezelfde koppen."
    )
    with st.form(f"kolommen_{upload.number}_{source.id}"):
        required = [column for column in source.columns.values() if column.required]
        optional = [column for column in source.columns.values() if not column.required]
        mapping = {"@sheet": candidate.sheet, "@header": str(candidate.header_row)}
        for heading, columns in (("Nodig", required), ("Als u het hebt", optional)):
            if columns:
                st.markdown(strong(heading))
                with st.grid(3, min_column_width=230):
                    for column in columns:
                        mapping[column.name] = _place(upload, column, candidate)
        if not st.form_submit_button("Lees in met deze kolommen", type="primary"):
            return False
    upload.source, upload.mapping = source.id, mapping
    return True


def _place(upload: Upload, column: Column, candidate: Candidate) -> str:
    headers = {NOT_THERE: "– staat er niet in –"}
    headers |= {letter: f"{letter}: {text or 'zonder kop'}" for letter, text in candidate.headers}
    known = candidate.found.get(column.name) or candidate.suggested.get(column.name)
    places = [letter for letter, text in candidate.headers if known in (text, letter)]
    return st.selectbox(
        column.label, list(headers), index=list(headers).index(places[0]) if places else 0,
        format_func=lambda letter: headers[letter], help=column.note or None,
        key=f"kolom_{upload.number}_{candidate.source}_{candidate.sheet}_{column.name}",
    )  # fmt: skip


def ask_period(upload: Upload, source: Source, likely: str, calendar: Calendar) -> bool:
    """Ask which period the file is about, starting at the likely one. True with a new answer."""
    kind = source.delivery.period
    periods = list(_periods(kind, calendar))
    closed = next(place for place, item in enumerate(periods) if item.needed_to <= date.today())
    known = {item.period_id: place for place, item in enumerate(periods)}
    with st.form(f"periode_{upload.number}"):
        period = st.selectbox(
            f"Over welk {kind} gaat dit bestand?", periods, index=known.get(likely, closed),
            width=420, format_func=_title, key=f"welke_periode_{upload.number}",
        )  # fmt: skip
        if not st.form_submit_button("Lees in", type="primary"):
            return False
    upload.period = period.period_id
    return True


def _periods(kind: str, calendar: Calendar) -> Iterator[Period]:
    """Every period a bureau can reasonably hand in, the newest first."""
    last = date.today().year + 1  # next year's budget is made this year
    for year in range(last, last - YEARS_BACK, -1):
        if kind == KWARTAAL:
            numbers = range(len(calendar.quarter_ends), 0, -1)
            yield from (calendar.quarter(year, number) for number in numbers)
        else:
            yield calendar.schooljaar(year) if kind == SCHOOLJAAR else calendar.kalenderjaar(year)


def _title(period: Period) -> str:
    if period.period_type == KWARTAAL:
        return f"{period.label} (schooljaar {period.school_year})"
    return period.label
