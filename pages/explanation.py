"""Uitleg: how to read the monitor, in ten minutes and in plain Dutch."""

from functools import partial

import streamlit as st

from kpi.view.explanation import ExplanationPart, sections
from pages.shared import table
from pages.shared.blocks import fold_out
from pages.shared.choices import TitleRow
from pages.shared.monitor import current_monitor
from pages.shared.text import plain, strong

READING = 760  # pixels: a line of text that can be read at ease


def explanation() -> None:
    """One part under the other, with a list to jump from."""
    monitor = current_monitor()
    row = TitleRow("Uitleg")
    row.caption("Zo leest u de cijfers. Tien minuten lezen, daarna kijkt u anders.")
    found = monitor.remember(("explanation page",), lambda: sections(monitor))
    text, contents = st.columns([2.4, 1], gap="large")
    with contents, st.container(border=True):
        st.markdown(strong("Op deze pagina"))
        st.markdown("\n".join(f"- [{plain(item.heading)}](#{_anchor(item)})" for item in found))
    with text:
        for item in found:
            part(item)


def part(item: ExplanationPart) -> None:
    """Heading, text, list of words, and the worked example."""
    st.header(plain(item.heading), anchor=_anchor(item))
    st.markdown(plain(item.text), width=READING)
    if item.points:
        st.markdown("\n".join(f"- {plain(point)}" for point in item.points), width=READING)
    if item.rows and not item.columns[-1]:
        st.markdown("\n".join(f"- {plain(word)}" for _, word, _ in item.rows), width=READING)
    elif item.rows:
        if item.look_up:
            again = f"{len(item.rows)} keer nagerekend"
            fold_out(again, f"tabel_{_anchor(item)}", partial(_listed, item))
        else:
            _listed(item)
    if item.example:
        with st.container(border=True, width=READING):
            st.markdown(f"{strong('Voorbeeld.')} {plain(item.example)}")


def _listed(item: ExplanationPart) -> None:
    table.show([_cells(item, row) for row in item.rows], alt=item.heading)


def _cells(item: ExplanationPart, row: tuple[str, str, str]) -> dict[str, str]:
    """The sign stands before its word."""
    sign, word, text = row
    _, second, third = item.columns
    return {second: strong(f"{sign} {word}".strip()), third: plain(text)}


def _anchor(item: ExplanationPart) -> str:
    """The place of a part in the address."""
    letters = (sign if sign.isascii() and sign.isalnum() else "-" for sign in item.heading.lower())
    return "-".join(filter(None, "".join(letters).split("-")))
