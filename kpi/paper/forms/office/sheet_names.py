"""Names of sheets as Excel wants them: legal, not too long, and no two alike."""

import re
from collections.abc import Iterable

from kpi.paper.plain import plain

LONGEST = 31
NAMELESS = "Deel"
RESERVED = {"history", "geschiedenis"}
_ILLEGAL = re.compile(r"[\[\]:*?/\\]+")


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A name for each title, in their order; `taken` are names that are in use."""
    used = {name.casefold() for name in taken} | RESERVED
    found = []
    for title in titles:
        name = _free(_legal(title), used)
        used.add(name.casefold())
        found.append(name)
    return found


def _legal(title: str) -> str:
    """Without the signs Excel refuses, nor a beginning that looks like a formula."""
    words = " ".join(_ILLEGAL.sub(" ", plain(title)).split())
    return words.lstrip("=+-@' ").rstrip("' ") or NAMELESS


def _free(name: str, used: set[str]) -> str:
    candidate, number = _short(name, LONGEST), 1
    while candidate.casefold() in used:
        number += 1
        end = f" ({number})"
        candidate = _short(name, LONGEST - len(end)) + end
    return candidate


def _short(name: str, most: int) -> str:
    """Excel counts in units of UTF-16; a name is cut at a word where that leaves enough."""
    if _units(name) <= most:
        return name
    kept = name
    while _units(kept) > most - 1:
        kept = kept[:-1]
    whole = kept.rsplit(" ", 1)[0]
    return (whole if len(whole) > len(kept) / 2 else kept).rstrip(" ,;-'") + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
