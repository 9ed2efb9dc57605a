"""Real tables: readable for people, screen readers and tests; cells are Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.shared.text import plain, strong

Row = Mapping[str, str]


def show(rows: Sequence[Row], alt: str, empty: str = "Er is niets om te tonen.") -> None:
    """A table of Markdown cells; the first column names the row.

    Cells with text from data come from `pages.shared.text`. Without rows the sentence `empty`.
    """
    if not rows:
        st.info(empty, icon=":material/info:")
        return
    schema = _schema(tuple(dict.fromkeys(name for row in rows for name in row)))
    columns = {name: [row.get(name, "") for row in rows] for name in schema.names}
    st.table(
        pa.Table.from_pydict(columns, schema=schema),
        border="horizontal",
        hide_index=False,  # or Streamlit would make a frame to find that out
        hide_header=False,
        alt=alt,
    )


def cells(headings: Sequence[str], texts: Iterable[str]) -> dict[str, str]:
    """The cells of a row, each below its heading."""
    return dict(zip(headings, texts, strict=True))


def row_name(label: str, is_total: bool) -> str:
    """What a row is called; that of the total carries more weight."""
    return strong(label) if is_total else plain(label)


@lru_cache(maxsize=256)
def _schema(names: tuple[str, ...]) -> pa.Schema:
    """Columns of text of which the first names the row, as Streamlit reads them.

    Made by pandas once per set of columns: a frame per table would be half of the work of a page.
    """
    frame = pd.DataFrame({name: [""] for name in names})
    return pa.Schema.from_pandas(frame.set_index(names[0]))
