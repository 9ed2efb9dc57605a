"""Links between our own pages: real addresses that can be copied and stay inside the app."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

_SCRIPT = Path(__file__).with_name("links.js")


def address(page: str, **choices: str) -> str:
    """The address of a page with these choices filled in; relative, so any base path works."""
    return f"{page}?{urlencode({name: value for name, value in choices.items() if value})}"


def follow(pages: Mapping[str, Any]) -> None:
    """Go to the page behind a link that was just clicked; `pages` by the last part of its address.

    Call it on every run: the script behind it also sets the language of the document.
    """
    clicked = _script()(key="links", on_address_change=_nothing).address
    if clicked:
        target = urlsplit(clicked)
        page = pages.get(target.path.rsplit("/", 1)[-1])
        if page is not None:
            st.switch_page(page, query_params=dict(parse_qsl(target.query)))


@cache
def _script() -> Any:  # noqa: ANN401 - Streamlit's own type is private
    return st.components.v2.component("links", js=_SCRIPT.read_text(encoding="utf-8"))


def _nothing() -> None:
    """A trigger needs a callback; the value itself is read in the run that follows."""
