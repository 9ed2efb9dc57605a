"""The end of a form: what was refused is said at once, what was done once the page has run anew."""

from collections.abc import Callable

import streamlit as st

from data.deliveries.store import StoreError
from kpi.register import Refused
from pages.shared.author import remember_author
from pages.shared.text import lines, plain

HERE = "vastgelegd_op_de_pagina"


def record(take: Callable[[], object], author: str, said: str = "", place: str = HERE) -> None:
    """Do what a form asks; say what was refused, or run anew so that `tell(place)` says `said`.

    Without `said` it is what `take` gives.
    """
    try:
        done = take()
    except Refused as refused:
        st.error(lines(*map(plain, refused.errors)), icon=":material/error:")
        return
    except StoreError as error:
        st.error(plain(error), icon=":material/error:")
        return
    remember_author(author)
    st.session_state[place] = said or str(done)
    st.rerun()


def tell(place: str = HERE) -> None:
    """What was put on record a moment ago, once."""
    said = st.session_state.pop(place, "")
    if said:
        st.success(plain(said), icon=":material/check:")
