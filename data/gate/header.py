"""Where the header of a sheet may be, and what each column is then called."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from data.gate.convert.refused import as_text
from data.gate.problem import column_letter
from data.gate.read import CellError, Sheet, Value
from data.personal import without_persons
from data.plain import plain

DEEPEST_ROW = 50
LONGEST_HEADER = 250  # signs; what is longer is no name of a column
# What forms add to a name: "1. Leerlingnummer", "Begindatum (dd-mm-jjjj)". Other words between
# brackets may say that the column is about something else, so they stay.
NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[A-Za-z])[.)]\s+")
ADDED = re.compile(
    r" ?[(\[](?:d{1,2}[-/ .]?m{1,2}[-/ .]?[jy]{2,4}|verplicht|optioneel|ja\s*/\s*nee|j\s*/\s*n"
    r"|(?:bedrag(?:en)?\s+)?(?:in\s+)?(?:hele\s+|duizend(?:en)?\s+|miljoen(?:en)?\s+)?(?:euro(?:'s)?|€)"
    r"|[x×]\s*(?:€\s*)?1[. ]?000(?:[. ]?000)?|in\s+(?:duizend|miljoen)(?:en)?|%|in %)[)\]]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """One reading of a sheet's header.

    `rows` are the row numbers (from 1), `names` holds per column what it may be called, the most
    telling name first: with a header of two rows that is group + measure, then the measure alone.
    """

    rows: tuple[int, ...]
    names: tuple[tuple[str, ...], ...]

    @property
    def first_data_row(self) -> int:
        """The row number of the first row below the header."""
        return self.rows[-1] + 1 if self.rows else 1

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Per column the name to show; empty for a column without a name."""
        return tuple(names[0] if names else "" for names in self.names)

    @property
    def layout_key(self) -> str:
        """The layout this header stands for; empty when there is no header."""
        return layout_key(self.texts) if self.rows else ""

    @cached_property
    def places(self) -> tuple[dict[str, list[int]], ...]:
        """Per simplified name the columns that carry it.

        First as their full name, then as their short one, last without what forms add to a name.
        """
        ranks: tuple[dict[str, list[int]], ...] = ({}, {}, {})
        for index, names in enumerate(self.names):
            for rank, name in enumerate(names):
                ranks[rank].setdefault(plain(name), []).append(index)
            for bare in dict.fromkeys(map(_bare, names)):
                if bare not in names:
                    ranks[-1].setdefault(plain(bare), []).append(index)
        return ranks

    def name_of(self, index: int) -> str:
        """The name of a column with its letter, as a problem shows it."""
        text = without_persons(self.texts[index]) if index < len(self.names) else ""
        letter = column_letter(index)
        return f"“{text}” ({letter})" if text else letter


def layout_key(headers: Sequence[str]) -> str:
    """A key for files with the same headers in the same order, for a remembered mapping."""
    names = [plain(text) for text in headers]
    while names and not names[-1]:
        names.pop()
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:24]


def _bare(name: str) -> str:
    """The name without its number in a form, the way to fill it in, or its unit."""
    return ADDED.sub("", NUMBERED.sub("", name)).strip()


def possible_headers(sheet: Sheet) -> Iterator[Header]:
    """The ways to read a header near the top: first every row alone, then every two rows."""
    merged = _spans(sheet)
    rows = [list(map(_header_text, row)) for row in sheet.rows[: DEEPEST_ROW + 1]]
    for index, texts in enumerate(rows[:DEEPEST_ROW]):
        if any(texts):
            yield Header((index + 1,), tuple((text,) if text else () for text in texts))
    for index, (texts, measures) in enumerate(pairwise(rows)):
        if any(texts) and any(measures):
            groups = _spread(texts, measures, merged.get(index, []))
            yield Header((index + 1, index + 2), _combined(groups, measures))


def no_header(sheet: Sheet) -> Header:
    """The reading of a sheet that starts with data: columns have letters only."""
    width = max((len(row) for row in sheet.rows), default=0)
    return Header((), ((),) * width)


def _header_text(value: Value) -> str:
    if value is None or isinstance(value, CellError | bool):
        return ""
    return " ".join(as_text(value)[:LONGEST_HEADER].split())


def _spans(sheet: Sheet) -> dict[int, list[tuple[int, int]]]:
    """Per row index the (first, last) columns of cells merged sideways."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for top, left, _, right in sheet.merged:
        if right > left:
            spans.setdefault(top, []).append((left, right))
    return spans


def _spread(groups: list[str], measures: list[str], merged: list[tuple[int, int]]) -> list[str]:
    """The group row with each group written above all its measures.

    Merged cells say which columns those are; without them a group runs to the next group.
    """
    width = max(len(groups), len(measures))
    spread = groups + [""] * (width - len(groups))
    if merged:
        for left, right in merged:
            for index in range(left + 1, min(right + 1, width)):
                spread[index] = spread[left]
        return spread
    for index in range(1, width):
        has_measure = index < len(measures) and measures[index]
        if not spread[index] and has_measure:
            spread[index] = spread[index - 1]
    return spread


def _combined(groups: list[str], measures: list[str]) -> tuple[tuple[str, ...], ...]:
    measures = measures + [""] * (len(groups) - len(measures))
    names = []
    for group, measure in zip(groups, measures, strict=True):
        options = (f"{group} {measure}" if group and measure else "", measure or group)
        names.append(tuple(dict.fromkeys(option for option in options if option)))
    return tuple(names)
