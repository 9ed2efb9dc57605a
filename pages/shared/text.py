"""Text from data on its way into Markdown: shown as it is, never as markup."""

import re
from functools import lru_cache

_BLANKS = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")  # what keeps € and amount together stays
# Where an address begins: behind "http", behind "www" and before "@".
_ADDRESS = re.compile(r"(?<=http)(?=s?:)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_APART = "\N{WORD JOINER}"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object) -> str:
    """The text with every sign escaped that Markdown could read as markup, link or picture.

    Names come from uploaded files; unescaped, one of them could load a picture from elsewhere. An
    address gets a sign in it that nobody sees: the browser would make a link of a bare one, also
    when it is escaped.
    """
    return _escaped(str(text))


@lru_cache(maxsize=20_000)
def _escaped(text: str) -> str:
    bare = _ADDRESS.sub(_APART, _BLANKS.sub(" ", text).strip())
    return _PUNCTUATION.sub(r"\\\1", bare)


def link(text: object, address: str) -> str:
    """A Markdown link to one of our own pages."""
    return f"[{plain(text)}]({address})"


def picture(alt: str, data_uri: str) -> str:
    """A drawing we made ourselves, with the sentence that says the same."""
    return f"![{plain(alt)}]({data_uri})"


def soft(text: object) -> str:
    """Text of less weight; still readable at 4.5 : 1."""
    escaped = plain(text)
    return f":gray[{escaped}]" if escaped else ""


def remark(text: object) -> str:
    """A remark in small letters; `st.caption` is too pale to be read by everyone."""
    return f":small[{soft(text)}]"


def mind(text: object) -> str:
    """Text that asks for attention; the words carry the meaning, the colour only helps."""
    return f":orange[{plain(text)}]"


def urgent(text: object) -> str:
    """What cannot wait, such as what is late: it stands out by weight too, not by colour alone."""
    return f"**{mind(text)}**"


def strong(text: object) -> str:
    """Text that carries the weight of its line."""
    escaped = plain(text)
    return f"**{escaped}**" if escaped else ""


def crossed_out(text: object) -> str:
    """Text that does not count yet; say beside it why, because not everyone sees the line."""
    escaped = plain(text)
    return f"~~{escaped}~~" if escaped else ""


def lines(*parts: str) -> str:
    """Parts that are Markdown already, each on a line of its own; empty ones are left out."""
    return "  \n".join(part for part in parts if part)


def together(markdown: str) -> str:
    """The same on one line, however narrow the column."""
    return re.sub(r"(?<! ) (?! |\n)", "\N{NO-BREAK SPACE}", markdown)
