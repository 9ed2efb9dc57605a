"""Formats of cells in a received workbook: the same look, but a date shows as a date."""

import re
from copy import deepcopy

from lxml import etree

_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
SHORT_DATE = "14"  # day, month and year in the order of the reader's own country
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]')


class Styles:
    """The formats of a workbook, to which some are added."""

    def __init__(self, root: etree._Element) -> None:
        self._formats = root.find("{*}cellXfs")
        codes = root.iterfind("{*}numFmts/{*}numFmt")
        self._codes = {item.get("numFmtId"): item.get("formatCode", "") for item in codes}
        self._made: dict[tuple[int, str], int] = {}

    def as_date(self, style: int) -> int:
        """This format when it shows dates, else one that looks the same and does."""
        if self._is_date(self._formats[style].get("numFmtId", "0")):
            return style
        return self._like(style, numFmtId=SHORT_DATE, applyNumberFormat="1")

    def as_text(self, style: int) -> int:
        """The same look, where a text that begins with = stays a text after a user edits it."""
        return self._like(style, quotePrefix="1")

    def _is_date(self, number: str) -> bool:
        code = _NOT_CODE.sub("", self._codes.get(number, "")).lower()
        return int(number) in _BUILT_IN_DATES or bool(re.search("[dy]", code))

    def _like(self, style: int, **attributes: str) -> int:
        made = (style, repr(attributes))
        if made not in self._made:
            copy = deepcopy(self._formats[style])
            for name, value in attributes.items():
                copy.set(name, value)
            self._formats.append(copy)
            self._made[made] = len(self._formats) - 1
            self._formats.set("count", str(len(self._formats)))
        return self._made[made]
