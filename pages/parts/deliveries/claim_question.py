"""What a delivery says, shown before it is stored, and what only its giver can answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.deliveries.delivery import MissingRow
from data.gate.claim import EVERY, Answers, Claim, ClaimDoubt, is_enough
from kpi.figure.monitor import Monitor
from kpi.formatting import count
from pages.parts.deliveries.uploads import Upload
from pages.shared.blocks import wrong
from pages.shared.recording import DAY
from pages.shared.text import plain, strong

MOST_ROWS = 200
SAVE = ":material/save:"
OF_ALL = "zoals hierboven"


def store_all(uploads: Sequence[Upload], monitor: Monitor) -> bool:
    """One button for all files about which there is no question. True when it was pressed."""
    ready = [upload for upload in reversed(uploads) if _certain(upload)]
    if len(ready) < 2:
        return False
    label = f"Sla alle {len(ready)} bestanden zonder vragen op"
    if not st.button(label, type="primary", icon=":material/save:"):
        return False
    for upload in ready:
        upload.answers = replace(upload.answers or Answers(), sure=True)
        upload.read_in(monitor)
    return True


def ask_claim(upload: Upload, claim: Claim, monitor: Monitor) -> bool:
    """The claim, a question per doubt, and the button that stores. True when it may be stored."""
    st.markdown(strong(claim.sentence))
    _rows(claim.taken, "Rijen die daardoor niet meer tellen", f"weg_{upload.number}")
    known = upload.answers or Answers()
    with st.form(f"levering_{upload.number}", border=not claim.certain):
        to_confirm = [doubt for doubt in claim.doubts if not doubt.choices]
        for doubt in to_confirm:
            st.warning(plain(doubt.text), icon=":material/help:")
        sure = not to_confirm or st.checkbox("Ja, dit klopt", key=f"klopt_{upload.number}")
        said = known
        for doubt in claim.doubts:
            if doubt.choices:
                said = _asked(upload, doubt, said, monitor)
        reading = any(doubt.is_of_reading for doubt in claim.doubts)
        label, icon = ("Lees in", ":material/upload_file:") if reading else ("Sla op", SAVE)
        if not st.form_submit_button(label, type="primary", icon=icon):
            return False
    open_ones = list(_unanswered(claim, said, sure))
    if open_ones:
        wrong(*open_ones)
        return False
    upload.answers = said if reading else replace(said, sure=True)
    return True


def _certain(upload: Upload) -> bool:
    result = upload.result
    return bool(result and result.asks == "levering" and result.claim and result.claim.certain)


def _asked(upload: Upload, doubt: ClaimDoubt, said: Answers, monitor: Monitor) -> Answers:
    """One question with its choices; the answers with what was chosen."""
    if doubt.settled_by == "sheets":
        return replace(said, sheets=_sheets(upload, doubt))
    words = dict(doubt.choices)
    chosen = st.radio(
        plain(doubt.text), list(words), index=None, key=f"{doubt.settled_by}_{upload.number}",
        format_func=lambda value: words[value],
    )  # fmt: skip
    if doubt.settled_by == "since":
        return replace(said, since=date.fromisoformat(chosen) if chosen else None)
    if doubt.settled_by == "speaks_for":
        named = _named(upload, monitor) if doubt.may_name else []
        return replace(said, speaks_for=chosen or "", named=tuple(named))
    if doubt.settled_by == "missing":
        return _missing(upload, doubt, said, chosen)
    if doubt.settled_by in ("at_once", "two_rows"):
        _rows(doubt.rows, "Om welke rijen het gaat", f"rijen_{doubt.settled_by}_{upload.number}")
    one: dict[str, Any] = {doubt.settled_by: chosen or ""}
    return replace(said, **one)


def _sheets(upload: Upload, doubt: ClaimDoubt) -> tuple[str, ...]:
    """A box to tick per sheet, and one for all of them: more than one may belong together."""
    st.markdown(plain(doubt.text))
    ticked = []
    for place, (sheet, words) in enumerate(doubt.choices):
        label = words if sheet == EVERY else sheet
        if st.checkbox(plain(label), key=f"blad_{upload.number}_{place}"):
            ticked.append(sheet)
    others = [sheet for sheet, _ in doubt.choices if sheet != EVERY]
    return (EVERY,) if EVERY in ticked or (ticked and ticked == others) else tuple(ticked)


def _named(upload: Upload, monitor: Monitor) -> list[str]:
    """Of an empty list: the boards and locations that say they had none."""
    under = {
        code: found.name
        for code, found in monitor.organisations.items()
        if not monitor.is_demo and code != monitor.swv.organisation_id
    }
    return st.multiselect(
        "Of alleen deze besturen en vestigingen:", list(under), key=f"ook_voor_{upload.number}",
        format_func=lambda code: f"{under[code]} ({code})",
    )  # fmt: skip


def _missing(upload: Upload, doubt: ClaimDoubt, said: Answers, chosen: str | None) -> Answers:
    """What became of the rows that are gone: one answer for all, or another for some of them."""
    words = dict(doubt.choices)
    last = None
    if doubt.asks_day:
        last = st.date_input(
            "Laatste dag van de vestiging", value=None, format="DD-MM-YYYY",
            key=f"gesloten_{upload.number}", help=DAY,
        )  # fmt: skip
    rows = doubt.rows[:MOST_ROWS]
    title = f"{count(len(doubt.rows), 'rijen')}: bekijk, of antwoord per rij"
    with st.expander(title, key=f"per_rij_{upload.number}"):
        edited = st.data_editor(
            pd.DataFrame({"Rij": [row.about for row in rows], "Antwoord": [OF_ALL] * len(rows)}),
            column_config={
                "Antwoord": st.column_config.SelectboxColumn(
                    options=[OF_ALL, *words.values()], required=True
                )
            },
            disabled=["Rij"], hide_index=True, key=f"rijen_{upload.number}",
        )  # fmt: skip
    codes = {label: code for code, label in words.items()}
    day = last if isinstance(last, date) else None
    # of the rows that are shown, and of no others that may be gone by the time it is stored
    answers = {row.row_id: chosen for row in doubt.rows if chosen}
    answers |= {
        row.row_id: codes[answer]
        for row, answer in zip(rows, edited["Antwoord"], strict=True)
        if answer in codes
    }
    own = {row_id: MissingRow(row_id, answer, day) for row_id, answer in answers.items()}
    return replace(said, rows={**said.rows, **own})


def _unanswered(claim: Claim, said: Answers, sure: bool) -> Iterator[str]:
    """What must be said before it can be stored."""
    if not sure:
        yield "Kijk of het klopt wat hierboven staat, en zet dan het vinkje."
    for doubt in claim.doubts:
        given = getattr(said, doubt.settled_by)
        if doubt.settled_by == "speaks_for":
            given = given or said.named
        if doubt.settled_by == "missing":
            told = (said.rows.get(row.row_id) for row in doubt.rows)
            given = all(is_enough(row, doubt.asks_day) for row in told)
        if doubt.choices and not given:
            yield f"Nog een antwoord nodig: {doubt.text}"


def _rows(rows: Sequence[object], label: str, key: str) -> None:
    if rows:
        with st.expander(f"{label} ({len(rows)})", key=key):
            cells = pd.DataFrame({"Rij": [row.about for row in rows]})  # type: ignore[attr-defined]
            st.dataframe(cells, hide_index=True, alt=label)
