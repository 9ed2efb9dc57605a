"""Which browser a file was made for: Streamlit hands a download to whoever has its address."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable

import streamlit as st

COOKIE = "kpi_bezoek"  # a random text per browser; it says nothing about anybody
MOST_KEPT = 2_000  # files; what was made longer ago is to be made again
_browsers: OrderedDict[str, set[str]] = OrderedDict()


def for_this_browser(content: bytes | Callable[[], bytes]) -> bytes | Callable[[], bytes]:
    """The same content, noted as being of the browser that asks for the page now."""
    browser = st.context.cookies.get(COOKIE, "")
    if isinstance(content, bytes):
        return _noted(content, browser)
    return lambda: _noted(content(), browser)


def may_have(content: bytes, browser: str) -> bool:
    """Whether this file was made for this browser."""
    return browser in _browsers.get(_key(content), ())


def _noted(content: bytes, browser: str) -> bytes:
    key = _key(content)
    _browsers.setdefault(key, set()).add(browser)
    _browsers.move_to_end(key)
    while len(_browsers) > MOST_KEPT:
        _browsers.popitem(last=False)
    return content


def _key(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
