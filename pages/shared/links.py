"""Links between our own pages: real addresses that can be copied and stay inside the app."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

_SCRIPT = Path(__file__).with_name("links.js")
_KEY = "links"


def address(page: str, **choices: str) -> str:
    """The address of a page with these choices filled in; relative, so any base path works."""
    return f"{page}?{query(choices)}"


def query(choices: Mapping[str, str]) -> str:
    """Choices as they stand in an address; an empty choice is not written."""
    return urlencode({name: value for name, value in choices.items() if value})


def follow(pages: Mapping[str, Any]) -> None:
    """Go to the page behind the link that was just clicked, if any.

    `pages` are by the last part of their address. Call it before a page is shown.
    """
    clicked = st.session_state.get(_KEY, {}).get("address")
    if clicked:
        target = urlsplit(clicked)
        page = pages.get(target.path.rsplit("/", 1)[-1])
        if page is not None:
            st.switch_page(page, query_params=dict(parse_qsl(target.query)))


def complete(choices: Mapping[str, str]) -> None:
    """Put every choice of the page in the address, and listen to its links.

    Call it after the page is shown. Python would add a step to the history for each choice, and
    the back button would only ever take back such a step.
    """
    _script()(key=_KEY, data={"query": query(choices)}, on_address_change=_nothing)


@cache
def _script() -> Any:  # noqa: ANN401 - Streamlit's own type is private
    return st.components.v2.component(_KEY, js=_SCRIPT.read_text(encoding="utf-8"))


def _nothing() -> None:
    """A trigger needs a callback; the value itself is read in the run that follows."""
