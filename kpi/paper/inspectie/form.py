"""A form as received from the Inspectie: pointed at, recognised, remembered, and filled in."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.deliveries.store import Store
from data.gate.header import Header
from data.gate.match import Match, best_match, headers_of
from data.gate.problem import column_letter
from data.gate.read import ReadFile, Sheet, Unreadable, Value, read_file
from kpi.formatting import count
from kpi.paper.inspectie import filling
from kpi.paper.inspectie.cells import column_number
from kpi.paper.inspectie.choices import choices
from kpi.paper.inspectie.fields import FIELDS, as_source
from kpi.paper.inspectie.parts import sound
from kpi.register import Record, Refused

FIXED, EMPTY = "tekst:", ""  # a fixed text in every row; nothing
NEEDED = ("start_on",)  # without it a row says nothing
FEWEST, MOST_EXAMPLES = 3, 3
AUTOMATIC, REMEMBERED, BY_HAND = "herkend", "onthouden", "met de hand"


@dataclass(frozen=True)
class FormMapping:
    """What goes where: `columns` holds per letter a field, "tekst:…" (fixed), or "" (empty).

    header_row: the number of the last row of the header. Without columns they are recognised.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, str]


@dataclass(frozen=True)
class ReceivedForm:
    """An empty form with what was found in it.

    headers: letter and text of every column with a header. sheets: the sheets to choose from.
    first_row: the first empty row; prepared_to: the last row that was laid out. choices: per letter
    the words the form accepts. layout_key: the same for the same headers.
    """

    content: bytes = field(repr=False)
    mapping: FormMapping
    how: str
    headers: tuple[tuple[str, str], ...]
    sheets: tuple[str, ...]
    first_row: int
    prepared_to: int
    choices: Mapping[str, tuple[str, ...]]
    layout_key: str
    notes: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """Labels of the fields no form can do without and this one has no column for."""
        used = set(self.mapping.columns.values())
        return [FIELDS[name].label for name in NEEDED if name not in used]


def read_form(content: bytes, store: Store, mapping: FormMapping | None = None) -> ReceivedForm:
    """Look through a received form, with the mapping given, remembered or recognised.

    Refused (Dutch) for what is no sound xlsx workbook, has no header, or is not empty.
    """
    read = _read(content)
    sheets = [sheet for sheet in read.sheets if sheet.name in _visible(read)]
    matches = [(sheet, best_match(sheet, headers_of(sheet), as_source())) for sheet in sheets]
    if not matches:
        raise Refused(["Dit formulier is leeg. Kies het formulier met de koppen."])
    sheet, match = max(matches, key=lambda pair: pair[1].count)
    if mapping:
        sheet, match = _pointed_at(sheets, mapping)
    header = match.header
    key = hashlib.sha256(f"{sheet.name}\n{header.layout_key}".encode()).hexdigest()[:24]
    how, chosen = BY_HAND, mapping if mapping and mapping.columns else None
    if chosen is None:
        chosen, how = _remembered(store, key), REMEMBERED
    if chosen is None:
        chosen, how = _recognised(sheet, match), AUTOMATIC
    with sound():
        return _look_through(read, sheet, header, chosen, how, key, content)


def remember_form(store: Store, form: ReceivedForm, author: str = "") -> None:
    """Keep the mapping for the next form with the same headers; it is a line of the ledger."""
    if _remembered(store, form.layout_key) != form.mapping:
        body = {
            "layout": form.layout_key,
            "sheet": form.mapping.sheet,
            "header_row": form.mapping.header_row,
            "columns": dict(form.mapping.columns),
        }
        store.record(Record.FORM, body, author)


def _read(content: bytes) -> ReadFile:
    with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
        path = Path(folder) / "formulier.xlsx"
        path.write_bytes(content)
        try:
            read = read_file(path)
        except Unreadable as error:
            raise Refused([error.message]) from error
    if read.format not in ("xlsx", "xlsm"):
        raise Refused(["Open het formulier in Excel, sla het op als .xlsx en kies dat bestand."])
    return read


def _visible(read: ReadFile) -> tuple[str, ...]:
    return tuple(sheet.name for sheet in read.sheets if sheet.rows and not sheet.hidden)


def _pointed_at(sheets: Sequence[Sheet], mapping: FormMapping) -> tuple[Sheet, Match]:
    for sheet in sheets:
        if sheet.name == mapping.sheet:
            headers = [h for h in headers_of(sheet) if h.rows and h.rows[-1] == mapping.header_row]
            if headers:
                return sheet, best_match(sheet, headers, as_source())
    raise Refused([f"Op rij {mapping.header_row} van blad “{mapping.sheet}” staat geen kop."])


def _recognised(sheet: Sheet, match: Match) -> FormMapping:
    """What the headers say. Too few of them say nothing, so that a person decides."""
    found = match.mapping if match.count >= FEWEST else {}
    columns = {column_letter(place): name for name, place in found.items()}
    row = match.header.rows[-1] if match.header.rows else 1
    return FormMapping(sheet.name, row, dict(sorted(columns.items())))


def _remembered(store: Store, key: str) -> FormMapping | None:
    for entry in reversed(store.entries(Record.FORM)):
        body = entry.body
        if body.get("layout") == key:
            return FormMapping(body["sheet"], body["header_row"], body["columns"])
    return None


def _look_through(
    read: ReadFile, sheet: Sheet, header: Header, chosen: FormMapping, how: str, key: str,
    content: bytes,
) -> ReceivedForm:  # fmt: skip
    texts = enumerate(header.texts)
    headers = tuple((column_letter(place), text) for place, text in texts if text)
    inside = filling.FormSheet(content, sheet.name)
    used = {column_number(letter) for letter, name in chosen.columns.items() if name}
    keys = {
        column_number(letter)
        for letter, name in chosen.columns.items()
        if name in FIELDS and name != "number"
    }
    first = _first_empty(sheet.rows, header.first_data_row, keys)
    own = {place for place in used if inside.calculates(first, place)}
    notes = [f"Kolom {column_letter(place)} rekent het formulier zelf uit." for place in own]
    skipped = first - header.first_data_row
    if skipped:
        notes.append(f"Onder de kop staan al {count(skipped, 'rijen')}; die blijven staan.")
    columns = {
        letter: "" if column_number(letter) in own else name
        for letter, name in chosen.columns.items()
    }
    accepted = choices(inside.parts, read, sheet.name, first, dict.fromkeys(used - own, ""))
    return ReceivedForm(
        content, replace(chosen, columns=columns), how, headers, _visible(read), first,
        inside.prepared_to(tuple(used)), accepted, key, tuple(notes),
    )  # fmt: skip


def _first_empty(rows: Sequence[Sequence[Value]], first: int, columns: set[int]) -> int:
    """The first row that is empty in these columns. Refused when the form was filled in before."""
    number = first
    while number <= len(rows) and any(
        column < len(rows[number - 1]) and rows[number - 1][column] is not None
        for column in columns
    ):
        number += 1
    if number - first > MOST_EXAMPLES:
        raise Refused([
            f"Dit formulier is al ingevuld (rij {first} tot en met {number - 1}). Kies het lege "
            "formulier: de monitor zet er zelf alle rijen in, ook die van eerdere rondes."
        ])  # fmt: skip
    return number
