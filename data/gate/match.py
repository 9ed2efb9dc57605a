"""Match the columns of a sheet with the columns of a source."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from data.gate.columns import column_of
from data.gate.header import Header, no_header, possible_headers
from data.gate.problem import column_letter
from data.gate.read import Sheet, Value
from data.gate.read.facts import column_number
from data.personal import without_persons
from data.plain import plain
from data.source import Source

MOST_LIKENED = 200  # headers that are held against a name: every pair costs time
MOST_OTHERS = 5  # columns of one name in a sentence
LETTER = re.compile(r"[A-Za-z]{1,3}")


@dataclass(frozen=True)
class Match:
    """How well the columns of a sheet fit a source, with one reading of its header.

    `unclear` are the columns of the source that fit more than one column of the sheet. `of_tab` is
    the column of the school, when the name of the sheet says which school it is.
    """

    source: Source
    header: Header
    mapping: Mapping[str, int]
    unclear: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    by_hand: bool = False
    remembered: bool = False
    of_tab: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What stands in the way: required columns that are absent, and unclear columns."""
        columns = self.source.columns.values()
        held = {*self.mapping, self.of_tab}
        absent = [c.name for c in columns if c.required and c.name not in held]
        return tuple(dict.fromkeys((*absent, *self.unclear)))

    @property
    def lacks_only(self) -> str:
        """The column of a known school, when that is all that is absent; otherwise ""."""
        if len(self.missing) != 1 or self.unclear:
            return ""
        column = self.source.columns[self.missing[0]]
        of_school = column.type == "location_code" and column.known == "location"
        return column.name if of_school else ""

    @property
    def count(self) -> int:
        """How many columns were found, the unclear ones included."""
        return len(self.mapping) + len(self.unclear)

    @property
    def share(self) -> float:
        """Which part of the required columns was found."""
        required = [c.name for c in self.source.columns.values() if c.required]
        found = [name for name in required if name in self.mapping or name in self.unclear]
        return len(found) / len(required)

    def covers(self, other: "Match") -> bool:
        """This explains all columns of the sheet that the other explains, and more."""
        return set(other.mapping.values()) < set(self.mapping.values())

    def unmapped(self, sheet: Sheet) -> dict[int, str]:
        """The columns that are not used: place → name. Columns without name and cells are left."""
        names = {}
        taken = set(self.mapping.values())
        for index in range(max(map(len, sheet.rows), default=0)):
            text = self.header.texts[index] if index < len(self.header.texts) else ""
            if index in taken:
                continue
            cells = cells_below(sheet, self.header, index)
            if text or any(cell is not None for cell in cells):
                nameless = f"kolom {column_letter(index)} (zonder naam)"
                names[index] = without_persons(text) or nameless
        return names


@dataclass(frozen=True)
class SheetFit:
    """A source matched on a sheet, and the place of that sheet in the file."""

    index: int
    sheet: Sheet
    match: Match

    @property
    def has_data(self) -> bool:
        """Something stands below the header."""
        rows = self.sheet.rows[self.match.header.first_data_row - 1 :]
        return any(value is not None for row in rows for value in row)

    @property
    def named_after(self) -> bool:
        """The sheet carries the name our template gives it."""
        return self.sheet.name.strip().casefold() == self.match.source.title.strip().casefold()


def headers_of(sheet: Sheet) -> list[Header]:
    """Every row or two rows that may be the header; at least one reading."""
    return list(possible_headers(sheet)) or [no_header(sheet)]


def best_match(sheet: Sheet, headers: Sequence[Header], source: Source) -> Match:
    """The reading of the header in which most columns of the source are found.

    When none is found anywhere: the row with most texts, for a person to point in.
    """
    useful = [h for h in headers if any(not source.plain_headers.isdisjoint(r) for r in h.places)]
    if useful:
        # A header of one row comes first and wins when the second row adds nothing.
        matches = (_match(sheet, header, source) for header in useful)
        return max(matches, key=lambda match: (match.count, -len(match.unclear)))
    fullest = max(headers, key=lambda header: sum(map(bool, header.texts)))
    return Match(source, fullest, {})


def remembered_match(
    sheet: Sheet,
    headers: Sequence[Header],
    sources: Mapping[str, Source],
    mappings: Mapping[str, Mapping[str, Any]],
) -> Match | None:
    """What was said before of a file with this layout; `remembered` when columns were pointed out.

    Something else may be remembered as well, such as which sheets belong together.
    """
    for header in headers:
        known = mappings.get(header.layout_key)
        source = sources.get(known["source"]) if known else None
        if header.rows and known and source:
            match = _by_hand(sheet, header, source, known["columns"])
            if match and (not match.missing or match.lacks_only):
                return replace(match, remembered=any(map(source.columns.get, known["columns"])))
    return None


def hand_match(
    sheet: Sheet, headers: Sequence[Header], source: Source, hand: Mapping[str, str], row: str
) -> Match | None:
    """The mapping a person made now. None when this sheet does not have these columns.

    `row` is the number of the last row of the header, "0" when there is none, "" when unknown.
    When it is unknown and no header has a name that fits, the sheet is read from its first row:
    a header then shows as a problem, while the other mistake would lose a row unseen.
    """
    possible = [header for header in headers if header.rows]
    if row.isdecimal():
        possible = [header for header in possible if header.rows[-1] == int(row)]
    else:
        possible = [header for header in possible if _names_used(header, source, hand)]
    if row in ("", "0"):
        possible.append(no_header(sheet))
    matches = [_by_hand(sheet, header, source, hand) for header in possible]
    return max((m for m in matches if m), key=lambda m: m.count, default=None)


def suggestions(match: Match) -> dict[str, str]:
    """Per required column that was not found, a header that looks like it."""
    taken = set(match.mapping.values())
    free = [text for at, text in enumerate(match.header.texts) if text and at not in taken]
    texts = {plain(text): text for text in free[:MOST_LIKENED]}
    found: dict[str, str] = {}
    for name in match.missing:
        for header in match.source.columns[name].headers:
            near = difflib.get_close_matches(plain(header), texts, n=1, cutoff=0.75)
            if near:
                found.setdefault(name, texts[near[0]])
    return found


def cells_below(sheet: Sheet, header: Header, index: int) -> list[Value]:
    """The cells of one column below the header."""
    return column_of(sheet.rows[header.first_data_row - 1 :], index)


def _match(sheet: Sheet, header: Header, source: Source) -> Match:
    mapping: dict[str, int] = {}
    unclear: dict[str, tuple[int, ...]] = {}
    notes: list[str] = []
    # First the full names (group + measure) for all columns, then the short and the bare ones.
    for places in header.places:
        for name, column in source.columns.items():
            if name in mapping or name in unclear:
                continue
            free = [
                [at for at in places.get(accepted, ()) if at not in mapping.values()]
                for accepted in column.plain_headers
            ]
            offered = [at for at in free if at]
            if offered:
                chosen = _same_content(sheet, header, offered[0])
                if chosen is None:
                    unclear[name] = tuple(offered[0])
                else:
                    mapping[name] = chosen
                    notes += _choice_note(header, column.label, chosen, offered)
    return Match(source, header, mapping, unclear, tuple(notes))


def _same_content(sheet: Sheet, header: Header, places: list[int]) -> int | None:
    """One of several columns with the same name, when it does not matter which."""
    if len(places) == 1:
        return places[0]
    cells = {at: cells_below(sheet, header, at) for at in places}
    filled = [at for at in places if any(value is not None for value in cells[at])]
    if not filled:
        return places[0]
    same = all(cells[at] == cells[filled[0]] for at in filled)
    return filled[0] if same else None


def _choice_note(header: Header, label: str, chosen: int, offered: list[list[int]]) -> list[str]:
    others = [at for places in offered for at in places if at != chosen]
    if not others:
        return []
    more = f" en nog {len(others) - MOST_OTHERS}" if len(others) > MOST_OTHERS else ""
    names = ", ".join(map(header.name_of, others[:MOST_OTHERS])) + more
    return [f"Voor “{label}” is kolom {header.name_of(chosen)} gebruikt en niet {names}."]


def _by_hand(sheet: Sheet, header: Header, source: Source, hand: Mapping[str, str]) -> Match | None:
    """What the person pointed out, with the other columns found by their headers."""
    pointed: dict[str, int] = {}
    for name, where in hand.items():
        if name in source.columns and where:
            place = _place_of(header, str(where))
            if place is None:
                return None
            pointed[name] = place
    skipped = {name for name in hand if name in source.columns}
    found = _match(sheet, header, source)
    taken = set(pointed.values())
    rest = {n: at for n, at in found.mapping.items() if n not in skipped and at not in taken}
    unclear = {n: at for n, at in found.unclear.items() if n not in skipped}
    return Match(source, header, rest | pointed, unclear, found.notes, by_hand=True)


def _names_used(header: Header, source: Source, hand: Mapping[str, str]) -> bool:
    """This header has a name that the person or the source mentions."""
    names = source.plain_headers | {
        plain(where) for where in hand.values() if not LETTER.fullmatch(where)
    }
    return any(name in names for rank in header.places for name in rank)


def _place_of(header: Header, where: str) -> int | None:
    places = [at for rank in header.places for at in rank.get(plain(where), ())]
    if places:
        return places[0]
    if LETTER.fullmatch(where):
        index = column_number(where.upper()) - 1
        return index if index < len(header.names) else None
    return None
