"""Real tables: readable for people, screen readers and tests; cells are Markdown."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

Row = Mapping[str, str]


def show(rows: Sequence[Row], alt: str, empty: str = "Er is niets om te tonen.") -> None:
    """A table of Markdown cells; the first column names the row.

    Cells with text from data come from `pages.shared.text`. Without rows the sentence `empty`.
    """
    if not rows:
        st.info(empty, icon=":material/info:")
        return
    frame = pd.DataFrame(list(rows)).fillna("")
    st.table(frame.set_index(frame.columns[0]), border="horizontal", alt=alt)
