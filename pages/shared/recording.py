"""Putting something on record: a form, who is writing, and what came of it."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Literal

import streamlit as st

from data.deliveries.failures import told
from data.deliveries.ledger import LedgerDamaged
from data.deliveries.store import StoreError
from kpi.register import Refused
from pages.shared.blocks import wrong
from pages.shared.text import plain, remark

LONGEST_NAME = 80
NAME_WIDTH = 320
DAY = "dd-mm-jjjj"
DEMO = "U kijkt naar de demonstratie: wat u vastlegt, blijft in de demonstratie."
HERE = "vastgelegd_op_de_pagina"
_NAME = "uw_naam"


@dataclass
class Form:
    """A form as it was filled in: who is writing, and whether it was sent just now."""

    key: str
    author: str | None = None
    sent: bool = False

    def ask_author(self) -> str:
        """The box with who is writing; call it when that does not stand just above the button.

        At first it holds what the computer says, then the name that was recorded last.
        """
        name: str = st.session_state.get(_NAME, user_name())
        # The name is in the key, because a box keeps what it held when only its default changes.
        self.author = st.text_input(
            "Uw naam", name, max_chars=LONGEST_NAME, key=f"{self.key}_naam_{name}"
        )
        return self.author

    def record(self, take: Callable[[str], object], said: str = "", place: str = HERE) -> None:
        """Do what a form asks once it was sent; `take` gets who is writing.

        Says what was refused, or runs anew so that `tell(place)` says `said`, or without it what
        `take` gave.
        """
        if not self.sent:
            return
        author = self.author or ""
        try:
            done = take(author)
        except Refused as refused:
            wrong(*refused.errors)
            return
        except (StoreError, LedgerDamaged, OSError) as error:
            wrong(told(error))
            return
        remember_author(author)
        st.session_state[place] = said or str(done)
        st.rerun()


@contextmanager
def form(
    key: str,
    button: str = "Leg vast",
    icon: str | None = ":material/edit_note:",
    *,
    note: str = "",
    kind: Literal["primary", "secondary"] = "secondary",
    in_row: bool = False,
    enabled: bool = True,
) -> Iterator[Form]:
    """The fields of a form; below them (or `in_row` beside them) who is writing and the button.

    note: a remark just above the button. Say after it, with `Form.record`, what the form does.
    """
    made = Form(key)
    with st.form(key, border=False, enter_to_submit=False), _row() if in_row else nullcontext():
        yield made
        if made.author is None:
            with st.container(width=NAME_WIDTH) if in_row else nullcontext():
                made.ask_author()
        if note:
            st.markdown(remark(note))
        made.sent = st.form_submit_button(button, icon=icon, type=kind, disabled=not enabled)


def _row() -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def tell(place: str = HERE) -> None:
    """What was put on record a moment ago, once."""
    said = st.session_state.pop(place, "")
    if said:
        st.success(plain(said), icon=":material/check:")


def remember_author(name: str) -> None:
    """Fill in this name in every form of this visit from now on."""
    if name.strip():
        st.session_state[_NAME] = name.strip()


@cache
def user_name() -> str:
    """Who the computer says is working on it, for the ledger."""
    try:
        return getpass.getuser()
    except OSError:  # a server account without a name
        return ""
