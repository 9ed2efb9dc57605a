"""Duiding on a page: the words of people, what is not confirmed yet, and the form to write it."""

from collections.abc import Callable, Mapping

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.formatting import moment_text
from kpi.record.commentary import (
    FIELDS,
    LONGEST_FIELD,
    Commentary,
    commentary,
    confirm,
    last_text,
    versions,
    write,
)
from kpi.record.text_checks import findings
from kpi.view.line import Line
from pages.shared.recording import Form, form, tell
from pages.shared.text import crossed_out, lines, plain, soft, strong
from pages.shared.verdicts import small

TO_WRITE, TO_CONFIRM = "nog te schrijven", "nog te bevestigen"
NOT_WRITTEN = "Nog niet geschreven."
ASKS = {
    "what_we_see": "Wat valt op?",
    "why": "Wat is de oorzaak? Of: dat weten we nog niet.",
    "what_we_do": "Wat is de volgende stap, en wanneer?",
}
WITHOUT_NAMES = "Schrijf zonder namen: ook een voornaam of een BSN wordt geweigerd."
AGAIN = "Klopt het toch? Klik dan nog een keer."
MEANWHILE = (
    "Intussen is een andere duiding bewaard: {}. Uw eigen tekst staat hieronder nog, en is niet "
    "bewaard. Lees beide, en bewaar dan wat het moet worden."
)
DONE = "duiding_bewaard"

About = tuple[str, str, str]  # kpi, period_id, organisation_id, as kpi.record.commentary has them


def cell(monitor: Monitor, line: Line, period_id: str) -> str:
    """On the overview: the first words, or what is still to be done."""
    about = (line.result.kpi.id, period_id, line.result.organisation.organisation_id)
    found = commentary(monitor.store, *about)
    if found:
        return small(found.first_words)
    if line.needs_word:
        return strong(TO_WRITE)
    return soft(TO_CONFIRM if last_text(monitor.store, *about) else "–")


def quoted(monitor: Monitor, about: About, field: str) -> str:
    """One field as a quotation: as written, or crossed out while it is not confirmed; or "".

    Above it what it is about: it stands beside every measure and period of the KPI.
    """
    own, last = commentary(monitor.store, *about), last_text(monitor.store, *about)
    if own and own.texts[field]:
        return f"> {small(_whose(monitor, own))}  \n> {plain(own.texts[field])}"
    if last and last.texts[field]:
        since = f"{_whose(monitor, last)}, nog niet bevestigd"
        return f"> {small(since)}  \n> {crossed_out(last.texts[field])}"
    return ""


def _whose(monitor: Monitor, found: Commentary) -> str:
    return f"Over deze KPI, kwartaal {_label(monitor, found.period_id)}"


def paragraph(monitor: Monitor, about: About, field: str) -> str:
    """One field below its heading, or that it is still to be written."""
    text = quoted(monitor, about, field) or soft(NOT_WRITTEN)
    return f"{strong(FIELDS[field])}\n\n{text}"


def signature(monitor: Monitor, about: About) -> str:
    """Whose words they are, and of which quarter; "" when there are none."""
    own, last = commentary(monitor.store, *about), last_text(monitor.store, *about)
    found = own or last
    if not found:
        return ""
    held = f", ongewijzigd sinds {_label(monitor, found.confirmed_from)}"
    said = f"Duiding bij {_label(monitor, found.period_id)}: {found.by}"
    return small(said + (held if found.confirmed_from else ""))


def commentary_form(monitor: Monitor, kpi_id: str, organisation_id: str, period_id: str) -> None:
    """What stands, or stood in the quarter before, with the means to confirm or rewrite it."""
    about = (kpi_id, period_id, organisation_id)
    if commentary(monitor.store, *about) or last_text(monitor.store, *about):
        for field in FIELDS:
            st.markdown(paragraph(monitor, about, field))
        st.markdown(signature(monitor, about))
    writing(monitor, about)


def writing(monitor: Monitor, about: About) -> None:
    """Confirm the words of the quarter before, write new ones, and see every version."""
    tell(_key(about, DONE))
    own, last = commentary(monitor.store, *about), last_text(monitor.store, *about)
    if last:
        _confirming(monitor, about, last)
    title = "Wijzig de duiding" if own else "Schrijf de duiding"
    with st.expander(title, key=_key(about, "schrijven")):
        _writing(monitor, about, own or last or _nothing(about))
    _earlier(about, versions(monitor.store, *about))


def _confirming(monitor: Monitor, about: About, last: Commentary) -> None:
    asked = Form(_key(about, "klopt"))
    with st.form(asked.key, border=False, enter_to_submit=False):
        name, button = st.columns([3, 2], vertical_alignment="bottom")
        with name:
            asked.ask_author()
        asked.sent = button.form_submit_button("Klopt nog", icon=":material/done_all:")
    _store(monitor, about, last.texts, asked, lambda author: confirm(monitor, *about, author))


def _writing(monitor: Monitor, about: About, before: Commentary) -> None:
    # What was stored last is in the key, so that the boxes follow what others write.
    key = _key(about, before.written_at)
    own = _typed_meanwhile(about, key, before)
    if own:
        st.warning(MEANWHILE.format(plain(before.by)), icon=":material/group:")
    with form(key, "Bewaar", note=WITHOUT_NAMES, kind="primary") as asked:
        texts = {
            name: st.text_area(
                heading, {**before.texts, **own}[name], max_chars=LONGEST_FIELD,
                placeholder=ASKS[name], key=f"{key}_{name}", height=120,
            )
            for name, heading in FIELDS.items()
        }  # fmt: skip
    _store(monitor, about, texts, asked, lambda author: write(monitor, *about, texts, author))


def _typed_meanwhile(about: About, key: str, before: Commentary) -> Mapping[str, str]:
    """What somebody typed here while another text was stored elsewhere: it is not lost."""
    at = _key(about, "begonnen")
    then, proposed, own = st.session_state.get(at, (key, before.texts, {}))
    if then != key:
        typed = {name: st.session_state.get(f"{then}_{name}") for name in FIELDS}
        own = {
            name: text
            for name, text in typed.items()
            if text is not None
            and text.split() not in (proposed[name].split(), before.texts[name].split())
        }
    st.session_state[at] = (key, before.texts, own)
    found: Mapping[str, str] = own
    return found


def _store(
    monitor: Monitor,
    about: About,
    texts: Mapping[str, str],
    asked: Form,
    take: Callable[[str], Commentary],
) -> None:
    """Put what was sent on record; a number that is not so is asked about first, once."""
    if not asked.sent:
        return
    found = findings(monitor, *about, texts)
    doubts = [item.message for item in found if not item.refuses]
    warned = _key(about, "gevraagd")
    is_new = bool(doubts) and st.session_state.get(warned) != doubts
    if is_new:
        st.session_state[warned] = doubts
        st.warning(lines(*map(plain, [*doubts, AGAIN])), icon=":material/help:")
    if is_new and not any(item.refuses for item in found):
        return
    asked.record(take, "De duiding is bewaard.", _key(about, DONE))


def _earlier(about: About, found: list[Commentary]) -> None:
    """Every version, the newest first; one version is on the page already."""
    if len(found) < 2:
        return
    with st.expander(f"Alle versies ({len(found)})", key=_key(about, "versies")):
        for item in reversed(found):
            when = f"{moment_text(item.written_at)} · {item.author}"
            st.markdown(
                lines(strong(when), *(f"{soft(name)}: {plain(text)}" for name, text in item.fields))
            )


def _nothing(about: About) -> Commentary:
    return Commentary(*about, what_we_see="", why="", what_we_do="")


def _label(monitor: Monitor, period_id: str) -> str:
    period = monitor.periods.get(period_id)
    return period.label if period else period_id


def _key(about: About, part: str) -> str:
    return "_".join(("duiding", *about, part))
