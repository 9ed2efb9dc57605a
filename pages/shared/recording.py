"""A form: who is writing, and its end: refused is said at once, done once the page ran anew."""

from collections.abc import Callable

import streamlit as st

from data.deliveries.store import StoreError
from kpi.register import Refused
from pages.shared.text import lines, plain
from pages.shared.uploads import user_name

LONGEST_NAME = 80
_NAME = "uw_naam"

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


def author_field(key: str, label: str = "Uw naam") -> str:
    """A box with the name of who is writing; at first what the computer says.

    Call `remember_author` with what was sent, so that the next form knows it too.
    """
    name: str = st.session_state.get(_NAME, user_name())
    # The name is in the key, because a box keeps what it held when only its default changes.
    return st.text_input(label, name, max_chars=LONGEST_NAME, key=f"{key}_naam_{name}")


def remember_author(name: str) -> None:
    """Fill in this name in every form of this visit from now on."""
    if name.strip():
        st.session_state[_NAME] = name.strip()
