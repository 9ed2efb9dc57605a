"""Which source a file is, where its header stands and which column is which; or a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from data.gate.header import Header, layout_key
from data.gate.match import Match, SheetFit, best_match, hand_match, headers_of, remembered_match
from data.gate.problem import column_letter
from data.gate.question import Candidate, Question, candidates, not_recognised
from data.gate.read import ReadFile, Sheet, Value
from data.gate.tabs import School, advice, by_tab, unknown_school
from data.personal import without_persons
from data.source import Source

__all__ = ["Candidate", "Question", "Recognised", "layout_key", "recognise"]

SHEET, HEADER = "@sheet", "@header"
AUTOMATIC = "herkend aan de kolommen"
REMEMBERED = "zoals u deze indeling eerder hebt aangewezen"
BY_HAND = "met de hand aangewezen"
MOST_DROPPED = 200  # columns that are named one by one
MOST_TITLES, LONGEST_TITLE = 100, 300  # texts above a table, and their signs


@dataclass(frozen=True)
class Recognised:
    """How to read a file.

    `mapping` gives per column of the source its place (from 0), `unmapped` the other columns with
    their names, `titles` the texts above the header. Row numbers count from 1. `how` and `notes`
    are Dutch. `layout_key` is empty when there is no header to remember a mapping by.

    `others` are the sheets with rows of the same source, each as it would be read; `along` those
    that are read with this one. `struck`: rows that are struck through count; `blank_struck`:
    single struck cells of other rows are read as empty. `above`: the columns in which an empty cell
    is as the one above it; `free_left`: not where the source lets it be empty. `remembered` is what
    was said of this layout. `of_tab`: the column of the school, which is the name of the sheet.
    """

    source: Source
    sheet_index: int
    sheet: str
    header: Header
    mapping: Mapping[str, int]
    unmapped: Mapping[int, str]
    how: str
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple["Recognised", ...] = ()
    along: tuple["Recognised", ...] = ()
    struck: bool = False
    blank_struck: bool = False
    above: tuple[str, ...] = ()
    free_left: bool = False
    remembered: Mapping[str, str] = field(default_factory=dict)
    of_tab: str = ""

    @property
    def sheets(self) -> tuple["Recognised", ...]:
        """Every sheet that is read, this one first."""
        return (self, *self.along)

    @property
    def texts(self) -> tuple[str, ...]:
        """The names of the sheets and the texts above their tables."""
        return tuple(text for one in self.sheets for text in (one.sheet, *one.titles))

    @property
    def header_rows(self) -> tuple[int, ...]:
        """The row numbers of the header."""
        return self.header.rows

    @property
    def first_data_row(self) -> int:
        """The row number where the data start."""
        return self.header.first_data_row

    @property
    def headers(self) -> dict[str, str]:
        """Per column of the source the header it was found by, or its letter."""
        texts = self.header.texts
        told = {self.of_tab: "de naam van het tabblad"} if self.of_tab else {}
        held = {
            n: without_persons(texts[at]) or column_letter(at) for n, at in self.mapping.items()
        }
        return held | told

    @property
    def layout_key(self) -> str:
        """Under which a mapping made by hand can be remembered."""
        return self.header.layout_key

    @property
    def dropped(self) -> tuple[str, ...]:
        """The columns that are not used, by name."""
        names = tuple(self.unmapped.values())
        more = len(names) - MOST_DROPPED
        return (*names[:MOST_DROPPED], f"en nog {more} kolommen") if more > 0 else names


def recognise(
    read: ReadFile,
    sources: Mapping[str, Source],
    mappings: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    sheets: Sequence[str] = (),
    school: School = unknown_school,
) -> Recognised | Question:
    """Find out how to read a file, or what must be asked first.

    `mappings` are remembered by layout: {layout_key: {"source": id, "columns": {…}}}. `mapping` is
    pointed out for this file, and goes with exactly one source: {column: header or letter}, where
    "" means that the file does not have the column, and "@sheet" (name) and "@header" (row number
    of its last row, "0" for none) may be added. `sheets` are the names of the only sheets to look
    at, empty is all. `school` gives the code of the one known location with a name or code, or "".
    """
    hand = dict(mapping or {})
    if hand and len(sources) != 1:
        return Question("Kies eerst welke soort gegevens dit is.")
    unknown = [name for name in hand if name not in (SHEET, HEADER) and not _knows(sources, name)]
    if unknown:
        return Question(f"Deze soort gegevens heeft geen kolom “{unknown[0]}”.")
    wanted = tuple(sheets) or tuple(filter(None, [hand.get(SHEET, "")]))
    held = _sheets(read, wanted)
    absent = {name.casefold() for name in wanted} - {sheet.name.casefold() for _, sheet in held}
    if absent or not held:
        return Question(_nothing_there(read, [n for n in wanted if n.casefold() in absent]))
    fits = [fit for at, sheet in held for fit in _fits(at, sheet, sources, mappings or {}, hand)]
    if not fits:
        found = [fit for at, sheet in held for fit in _fits(at, sheet, sources, {}, {})]
        return Question("Een aangewezen kolom staat niet in dit bestand.", candidates(found))
    fits = by_tab(fits, school)
    good = _readable([fit for fit in fits if not fit.match.missing])
    if not good:
        asked = not_recognised(fits, len(sources) == 1)
        return replace(asked, message=asked.message + advice(fits, school))
    rivals = [fit for fit in fits if fit.match.missing]
    found_one = _choose(read, good, rivals, BY_HAND if hand else AUTOMATIC)
    if isinstance(found_one, Recognised) and mappings:
        known = mappings.get(found_one.layout_key, {})
        said = known.get("columns", {}) if known.get("source") == found_one.source.id else {}
        return replace(found_one, remembered=dict(said))
    return found_one


def _knows(sources: Mapping[str, Source], name: str) -> bool:
    return any(name in source.columns for source in sources.values())


def _sheets(read: ReadFile, wanted: Sequence[str]) -> list[tuple[int, Sheet]]:
    """The sheets that hold anything, with their place; only those that are named, if any."""
    names = {name.casefold() for name in wanted}
    return [
        (index, sheet)
        for index, sheet in enumerate(read.sheets)
        if any(value is not None for row in sheet.rows for value in row)
        and (not names or sheet.name.casefold() in names)
    ]


def _fits(
    index: int,
    sheet: Sheet,
    sources: Mapping[str, Source],
    mappings: Mapping[str, Mapping[str, Any]],
    hand: Mapping[str, str],
) -> list[SheetFit]:
    headers = headers_of(sheet)
    matches: list[Match | None]
    if hand:
        row = hand.get(HEADER, "")
        matches = [hand_match(sheet, headers, source, hand, row) for source in sources.values()]
    else:
        remembered = remembered_match(sheet, headers, sources, mappings)
        found = (best_match(sheet, headers, source) for source in sources.values())
        matches = [remembered] if remembered else list(found)
    return [SheetFit(index, sheet, match) for match in matches if match]


def _readable(fits: list[SheetFit]) -> list[SheetFit]:
    """Visible sheets before hidden ones, sheets with data before empty templates."""
    for wanted in (
        [fit for fit in fits if not fit.sheet.hidden and fit.has_data],
        [fit for fit in fits if fit.has_data],
    ):
        if wanted:
            return wanted
    return fits


def _choose(
    read: ReadFile, good: list[SheetFit], rivals: list[SheetFit], how: str
) -> Recognised | Question:
    """The one source and sheet that fit, or the question which."""
    best = [fit for fit in good if not any(_covers(other, fit) for other in good)]
    stronger = [rival for rival in rivals if any(_doubtful(fit, rival, read) for fit in best)]
    if stronger:
        return not_recognised(stronger, False)
    if len(best) > 1:
        named = [fit for fit in best if fit.named_after]
        alone = len(named) == 1 and not any(_has_more_rows(fit, named[0]) for fit in best)
        best = named if alone else best
    if len({fit.match.source.id for fit in best}) == 1 == len({fit.index for fit in best}):
        return _recognised(read, best[0], how, best)
    if _of_one_kind(best):
        first, *others = (_recognised(read, fit, how, best) for fit in best)
        return replace(first, others=tuple(others))
    names = " of ".join(sorted({f"“{fit.match.source.label}”" for fit in best}))
    question = f"Dit bestand kan meer dan één soort gegevens zijn: {names}. Kies wat het is."
    return Question(question, candidates(best))


def _of_one_kind(fits: Sequence[SheetFit]) -> bool:
    """Sheets that may be parts of one list: one reading each, all of the same source."""
    one_each = len({fit.index for fit in fits}) == len(fits)
    return one_each and len({fit.match.source.id for fit in fits}) == 1


def _has_more_rows(fit: SheetFit, named: SheetFit) -> bool:
    """Another sheet in the same layout, with rows that the sheet with the right name lacks."""
    if fit.sheet is named.sheet or fit.match.header.texts != named.match.header.texts:
        return False
    rows, known = (
        {tuple(map(str, row)) for row in one.sheet.rows[one.match.header.first_data_row - 1 :]}
        for one in (fit, named)
    )
    return not rows <= known


def _covers(fit: SheetFit, other: SheetFit) -> bool:
    return fit.sheet is other.sheet and fit.match.covers(other.match)


def _doubtful(fit: SheetFit, rival: SheetFit, read: ReadFile) -> bool:
    """The columns fit one source, but look more like another that misses a column."""
    if fit.sheet is not rival.sheet or fit.match.by_hand:
        return False
    more = len(rival.match.mapping) - len(fit.match.mapping)
    named = rival.match.source.title.casefold() in f"{read.name} {rival.sheet.name}".casefold()
    return more > 0 or (more == 0 and named and not fit.named_after)


def _nothing_there(read: ReadFile, absent: Sequence[str]) -> str:
    if not absent:
        return "Het bestand bevat geen gegevens."
    names = ", ".join(f"“{sheet.name}”" for sheet in read.sheets)
    return f"Tabblad “{absent[0]}” bestaat niet of is leeg. In dit bestand: {names}."


def _recognised(read: ReadFile, fit: SheetFit, how: str, best: Sequence[SheetFit]) -> Recognised:
    match, rows = fit.match, fit.sheet.rows
    notes = list(match.notes)
    if fit.sheet.hidden:
        notes.append(f"De gegevens staan op een verborgen tabblad: “{fit.sheet.name}”.")
    for other in read.sheets:
        of_kind = any(other is one.sheet for one in best)
        if not of_kind and any(v is not None for row in other.rows for v in row):
            hidden = "verborgen tabblad" if other.hidden else "tabblad"
            notes.append(f"Het {hidden} “{other.name}” is niet gelezen.")
    above = rows[: match.header.rows[0] - 1] if match.header.rows else []
    return Recognised(
        source=match.source,
        sheet_index=fit.index,
        sheet=fit.sheet.name,
        header=match.header,
        mapping=match.mapping,
        unmapped=match.unmapped(fit.sheet),
        how=REMEMBERED if match.remembered else how,
        titles=_titles(above),
        notes=tuple(notes),
        of_tab=match.of_tab,
    )


def _titles(above: Sequence[Sequence[Value]]) -> tuple[str, ...]:
    """The texts above a table, which may be stored: they say which period it is."""
    texts = [value[:LONGEST_TITLE] for row in above for value in row if isinstance(value, str)]
    return tuple(map(without_persons, texts[:MOST_TITLES]))
