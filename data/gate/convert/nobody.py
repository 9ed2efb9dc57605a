"""Numbers that are nobody's: what people and programs write when they do not know the number."""

import re

from data.gate.read import CellError, Value
from data.plain import unaccented

# As they are left without signs: "n.v.t." is "nvt", "#N/B" is "nb", "-" and "#####" are "".
WORDS = frozenset(
    ("", "anoniem", "geen", "geenleerlingnummer", "geennummer", "leeg", "na", "nadertebepalen")
    + ("nan", "nb", "nietbekend", "none", "ntb", "null", "nvt", "onb", "onbekend", "tbd")
    + ("unknown", "volgt", "volgtnog")
)
LOOKED_UP = ("#N/A", "#N/B")  # a lookup that found nobody; another error is a broken formula
SOMEBODY = re.compile(r"[1-8]")  # most numbers, so that they cost little
WRITTEN = (str, int, float)
FILLED_UP = re.compile(r"0+|9{4,}|x+")


def is_nobody(value: Value) -> bool:
    """Is this written in the place of a number that is not known? An empty cell is not."""
    if isinstance(value, CellError):
        return value.code in LOOKED_UP
    if not isinstance(value, WRITTEN) or SOMEBODY.search(str(value)):
        return False
    if isinstance(value, str) and value.startswith("#") and re.search(r"[A-Z]", value):
        return value in LOOKED_UP
    if isinstance(value, bool):
        return False
    text = unaccented(str(value)).removesuffix(".0")
    bare = re.sub(r"[\W_]+", "", text)
    return bare in WORDS or bool(FILLED_UP.fullmatch(bare))
