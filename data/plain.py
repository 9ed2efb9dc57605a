"""Texts without what does not matter, so that they can be compared."""

import re
import unicodedata
from functools import lru_cache

_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A header without capitals, accents, spaces and punctuation."""
    return without_signs(unaccented(text))


def without_signs(text: str) -> str:
    """A text in small letters and without accents, without spaces and punctuation too."""
    return text.translate(_SIGNS) if text.isascii() else re.sub(r"[^a-z0-9]", "", text)


def plain_value(text: str) -> str:
    """A category without capitals and accents, with one space for spaces, - and _.

    Other signs stay: "3/4" is not "34", "<3" is not ">3".
    """
    return re.sub(r"[\s_\-]+", " ", unaccented(text)).strip()


def unaccented(text: str) -> str:
    """Lower case without accents: "Één" becomes "een"."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))
