"""The registration for the Inspectie: the numbers for ISD, and the form as received filled in."""

from pathlib import PurePath

import streamlit as st

from data.calendar import Period
from kpi.figure.monitor import Monitor
from kpi.meaning.load import DefinitionError
from kpi.paper.inspectie import inspectie_workbook
from kpi.paper.inspectie.fields import FIELDS
from kpi.paper.inspectie.form import EMPTY, FIXED, FormMapping, ReceivedForm
from kpi.paper.inspectie.issue import Round, inspectie_form, round_of
from kpi.paper.inspectie.totals import TotalsDiffer
from kpi.register import Refused
from pages.shared import recording
from pages.shared.blocks import download, wrong
from pages.shared.text import plain, remark

ABOUT = (
    "De registratie is cumulatief: wie niet meer thuiszit, blijft erin staan. Zij bevat geen namen "
    "en geen leerlingnummers. Elke ronde krijgen de leerlingen een andere code. Hebt u het lege "
    "formulier van de Inspectie? Dan vult de monitor het in. Anders maakt u hierboven een werkblad."
)
LONGEST_TEXT = 80
FILLED = "gevuld_formulier"


def inspectie_block(monitor: Monitor, quarter: Period) -> None:
    """What is typed over in ISD, and the form of the Inspectie to fill in."""
    st.header("Inspectie", anchor="inspectie")
    st.markdown(ABOUT)
    try:
        found = monitor.remember(
            ("registration of", quarter.period_id), lambda: round_of(monitor, quarter)
        )
    except (DefinitionError, TotalsDiffer) as error:
        wrong(*error.errors)
        return
    _totals(found)
    _form(monitor, found)


def _totals(found: Round) -> None:
    st.subheader("Getallen voor ISD", anchor="isd")
    with st.grid(4, min_column_width=200, gap="small"):
        for total in found.totals:
            with st.container(border=True, gap="xxsmall", height="stretch"):
                st.markdown(remark(total.label))
                st.code(total.figure.short_text, language=None)
    for sentence in found.cautions:
        st.markdown(remark(sentence))


def _form(monitor: Monitor, found: Round) -> None:
    st.subheader("Het formulier van de Inspectie", anchor="formulier")
    given = st.file_uploader("Kies het lege formulier (xlsx)", type=["xlsx", "xlsm"])
    if given is None:
        return
    try:
        form = inspectie_form(monitor, given.getvalue(), _header_row(given.file_id))
        _questions(monitor, found, form, given.file_id, given.name)
    except Refused as refused:
        st.session_state.pop(f"kop_{given.file_id}", None)
        wrong(*refused.errors)


def _header_row(key: str) -> FormMapping | None:
    """Where the header stands, once somebody said so."""
    place: tuple[str, int] | None = st.session_state.get(f"kop_{key}")
    return FormMapping(*place, {}) if place else None


def _questions(monitor: Monitor, found: Round, form: ReceivedForm, key: str, name: str) -> None:
    """Which field goes into which column, as far as it was recognised; then the filled form."""
    where = f"blad “{form.mapping.sheet}”, kop op rij {form.mapping.header_row}"
    st.markdown(
        f"Gevonden: {plain(where)}. De kolommen zijn {plain(form.how)}; verbeter ze zo nodig."
    )
    elsewhere = st.expander("De kop staat ergens anders", key=f"kop_elders_{key}")
    with elsewhere, st.form(f"kop_vraag_{key}", border=False):
        sheet = st.selectbox("Blad", form.sheets, index=form.sheets.index(form.mapping.sheet))
        row = st.number_input("Rij van de kop", 1, 50, form.mapping.header_row)
        if st.form_submit_button("Zoek daar"):
            st.session_state[f"kop_{key}"] = (sheet, int(row))
            st.rerun()
    with st.form(f"kolommen_{key}_{form.layout_key}"):
        with st.grid(3, min_column_width=230):
            columns = {letter: _column(form, letter, text, key) for letter, text in form.headers}
        author = recording.Form(f"formulier_{key}").ask_author()
        sent = st.form_submit_button("Vul het formulier in", type="primary")
    if sent:
        mapping = FormMapping(form.mapping.sheet, form.mapping.header_row, columns)
        content = inspectie_workbook(
            monitor, found.edition.quarter, form.content, mapping=mapping, author=author
        )
        recording.remember_author(author)
        chosen = inspectie_form(monitor, form.content, mapping)
        st.session_state[FILLED] = (key, content, found.remarks(chosen))
    _download(found, key, name)


def _column(form: ReceivedForm, letter: str, text: str, key: str) -> str:
    """The field for a column; one without may hold the same text in every row."""
    known = form.mapping.columns.get(letter, EMPTY)
    current = known if known in FIELDS else EMPTY
    options = {EMPTY: "– blijft leeg –"} | {name: item.label for name, item in FIELDS.items()}
    own = f"{key}_{form.layout_key}_{letter}"
    with st.container(gap="xxsmall"):
        chosen: str = st.selectbox(
            f"{letter}: {text}", list(options), index=list(options).index(current),
            format_func=options.__getitem__, key=f"veld_{own}",
        )  # fmt: skip
        if current != EMPTY:
            return chosen
        fixed = st.text_input(
            f"Vaste tekst in kolom {letter}", known.removeprefix(FIXED), max_chars=LONGEST_TEXT,
            key=f"tekst_{own}", label_visibility="collapsed", placeholder="of een vaste tekst",
        )  # fmt: skip
    return FIXED + fixed.strip() if chosen == EMPTY and fixed.strip() else chosen


def _download(found: Round, key: str, name: str) -> None:
    made, content, said = st.session_state.get(FILLED, ("", b"", []))
    if made != key:
        return
    for sentence in said:
        st.warning(plain(sentence), icon=":material/info:")
    path = PurePath(name)
    download(
        "Download het ingevulde formulier",
        content,
        f"{path.stem}-{found.edition.quarter.period_id}{path.suffix}",
    )
