"""Who is writing: typed once, remembered during the visit."""

import streamlit as st

from pages.shared.uploads import user_name

LONGEST_NAME = 80
_NAME = "uw_naam"


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
