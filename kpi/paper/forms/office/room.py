"""The room a text takes, estimated without its font: rather too much than too little.

Office lays text out itself, so nothing here has to be exact; it only may never be too small. The
widths are those of Arial, in thousandths of the letter size, with a margin on top.
"""

import math
import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

LINE_HEIGHT = 1.22
MARGIN, MARGIN_UNKNOWN, BOLD = 1.04, 1.18, 1.09
NOT_WIDER = {
    "", "aptos", "arial", "calibri", "carlito", "helvetica", "lato", "liberation sans",
    "segoe ui", "source sans", "source sans 3", "source sans pro", "times new roman",
}  # fmt: skip
WIDEST = 1000
_WIDTHS = {
    222: "ijl‘’",
    278: " !,./:;I[\\]ft\N{NO-BREAK SPACE}·",
    333: "()-`r“”",
    400: "\"'*{|}°",
    500: "Jcksvxyz",
    556: "0123456789#$?L_abdeghnopqu–€",
    611: "FTZ",
    667: "&ABEKPSVXY~+<=>^",
    722: "CDHNRUw−",
    778: "GOQ",
    833: "Mm",
    944: "W",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
# A line may end after a blank or a hyphen; a no-break space keeps its words together.
_WORDS = re.compile(r"[^ \-]*[ \-]?")


def width(text: str, size: float, bold: bool = False, font: str = "") -> float:
    """How wide one line is at most, in the unit of `size`."""
    margin = MARGIN if font.casefold() in NOT_WIDER else MARGIN_UNKNOWN
    return _thousandths(text) / 1000 * size * margin * (BOLD if bold else 1)


def lines(text: str, size: float, room: float, bold: bool = False, font: str = "") -> int:
    """On how many lines a text stands in `room`; an empty text takes one."""
    return sum(_count(part, size, room, bold, font) for part in text.split("\n"))


def height(text: str, size: float, room: float, bold: bool = False, font: str = "") -> float:
    """How high a text becomes in `room`, in the unit of `size`."""
    return lines(text, size, room, bold, font) * size * LINE_HEIGHT


def cut(text: str, size: float, room: float, most: int, bold: bool = False, font: str = "") -> str:
    """The text in at most `most` lines: as it is, or its beginning with "…" behind it."""
    if lines(text, size, room, bold, font) <= most:
        return text

    def is_too_long(count: int) -> bool:
        return lines(text[:count].rstrip() + "…", size, room, bold, font) > most

    kept = bisect_left(range(1, len(text)), True, key=is_too_long)
    head = text[:kept].rstrip()
    whole = head.rsplit(" ", 1)[0] if " " in head[kept // 2 :] else head
    return whole + "…"


def longest_word(text: str, size: float, bold: bool = False, font: str = "") -> float:
    """The width of the widest part that cannot be broken."""
    parts = (word for line in text.split("\n") for word in _WORDS.findall(line))
    return max((width(word.rstrip(), size, bold, font) for word in parts), default=0.0)


@lru_cache(maxsize=20_000)
def _thousandths(text: str) -> int:
    return sum(_letter(sign) for sign in text)


def _letter(sign: str) -> int:
    """An accent adds nothing to a letter; what is not known is as wide as a letter can be."""
    known = _WIDTH.get(sign) or _WIDTH.get(unicodedata.normalize("NFD", sign)[0])
    return known or (0 if unicodedata.combining(sign) else WIDEST)


def _count(text: str, size: float, room: float, bold: bool, font: str) -> int:
    """On how many lines one paragraph stands; a word wider than the room is broken."""
    found, used = 1, 0.0
    for word in _WORDS.findall(text):
        wide = width(word.rstrip(" "), size, bold, font)
        if used and used + wide > room:
            found, used = found + 1, 0.0
        if wide > room:
            # Each line may lose a letter that does not fit any more; the last one counts as full.
            found += math.ceil(wide / max(room - size, size)) - 1
            wide = room
        used += wide + width(" ", size, bold, font) * (word[-1:] == " ")
    return found
