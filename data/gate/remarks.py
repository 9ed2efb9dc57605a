"""What a user should know about a file that was checked, besides its problems."""

import re
from collections.abc import Iterator, Mapping, Sequence

from data.gate.columns import column_of
from data.gate.convert import KnownCodes, school_name
from data.gate.convert.nobody import is_nobody
from data.gate.problem import shown
from data.gate.read import Value
from data.gate.recognise import Recognised
from data.gate.rows import LONGEST_WORDS, Block
from data.plain import unaccented
from data.privacy import personal_column
from data.source import Source

WITHDRAWN = re.compile(r"(?:ingetrokken|vervallen|geannuleerd|verwijderd|ten onrechte)\b")
MOST_ROWS = 10  # named in one sentence
NAME = re.compile(r"[^\W\d_.]+\.?(?:[ '-]+[^\W\d_.]+\.?)+")


def remarks(recognised: Recognised, block: Block, sheet: str) -> tuple[str, ...]:
    """Dutch sentences about columns that are absent, converted, filled down or left out.

    `sheet` is named beside row numbers; empty when there is only one.
    """
    source, header = recognised.source, recognised.header
    notes = []
    if not block.rows:
        notes.append("Onder de kolomkoppen staan geen regels.")
    held = {*recognised.mapping, recognised.of_tab}
    absent = [column.label for name, column in source.columns.items() if name not in held]
    if absent:
        notes.append(f"Niet in het bestand: {', '.join(f'“{label}”' for label in absent)}.")
    if recognised.of_tab:
        notes.append(f"“{source.columns[recognised.of_tab].label}” is de naam van het tabblad.")
    for at in block.filled_down:
        notes.append(
            f"In kolom {header.name_of(at)} zijn samengevoegde cellen op elke regel herhaald."
        )
    for name in recognised.mapping:
        if source.columns[name].type == "birth_date":
            notes.append(
                f"“{source.columns[name].label}” is omgerekend naar het einde van de leerplicht "
                "en de kwalificatieplicht; de datum zelf is niet bewaard."
            )
    return (
        *notes,
        *_emptied_notes(recognised, block, sheet),
        *_key_notes(recognised, block),
        *_withdrawn_notes(recognised, block),
        *_personal_notes(recognised, block),
    )


def _emptied_notes(recognised: Recognised, block: Block, sheet: str) -> Iterator[str]:
    """Which empty cells were read as the one above, and which filled ones as empty."""
    blank: dict[int, list[int]] = {}
    for place, at in sorted(block.blanked):
        blank.setdefault(at, []).append(block.start + place + 1)
    for words, found in (
        ("een lege cel gelezen als de cel erboven", block.from_above),
        ("leeg gebleven wat leeg mag zijn", block.left_empty),
        ("leeg gelezen wat is doorgehaald", blank),
    ):
        for at, rows in found.items():
            where = recognised.header.name_of(at)
            yield f"In kolom {where} is {words}: {_rows(rows, sheet)}."


def _rows(numbers: Sequence[int], sheet: str) -> str:
    """Row numbers in words, the first of them when there are many."""
    more = f" en nog {len(numbers) - MOST_ROWS}" if len(numbers) > MOST_ROWS else ""
    told = f"regel {', '.join(map(str, numbers[:MOST_ROWS]))}{more}"
    return f"{told} van “{sheet}”" if sheet else told


def _withdrawn_notes(recognised: Recognised, block: Block) -> list[str]:
    """Rows that a column we do not read calls withdrawn: they count all the same."""
    notes = []
    for at, name in recognised.unmapped.items():
        rows = {
            block.start + place + 1: row[at]
            for place, row in enumerate(block.rows)
            if at < len(row) and WITHDRAWN.match(unaccented(str(row[at])[:LONGEST_WORDS]))
        }
        if rows:
            first = next(iter(rows.values()))
            numbers = ", ".join(map(str, list(rows)[:3])) + (" en meer" if len(rows) > 3 else "")
            notes.append(
                f"Kolom “{name}” wordt niet gelezen, maar er staat “{shown(first)}”"
                f" op regel {numbers}. Die telt mee; haal hem weg als dat niet hoort."
            )
    return notes


def _key_notes(recognised: Recognised, block: Block) -> list[str]:
    """Numbers of pupils that look like names; only a code is stored."""
    notes = []
    for name, at in recognised.mapping.items():
        column = recognised.source.columns[name]
        if column.type != "key":
            continue
        values = {*column_of(block.rows, at)} - {None}
        texts = [value[:LONGEST_WORDS] for value in values if isinstance(value, str)]
        names = [text for text in texts if NAME.fullmatch(text) and not is_nobody(text)]
        if len(names) > len(values) / 2:
            notes.append(
                f"“{column.label}” lijkt namen te bevatten. Wie de volgende keer anders wordt "
                "geschreven, telt als een andere leerling. Vraag de school om leerlingnummers."
            )
    return notes


def _personal_notes(recognised: Recognised, block: Block) -> list[str]:
    """Which of the columns that are left out look like personal data."""
    about_pupils = any(column.type == "key" for column in recognised.source.columns.values())
    notes = []
    for at, name in recognised.unmapped.items():
        values = {*column_of(block.rows, at)} - {None}
        why = personal_column(name, values, about_pupils)
        if why:
            notes.append(
                f"Kolom “{name}” lijkt persoonsgegevens te bevatten ({why}) en is niet bewaard."
            )
    return notes


def school_notes(
    source: Source, cells: Mapping[str, Sequence[Value]], known: KnownCodes
) -> Iterator[str]:
    """Which names of schools were read as the code of the one location that has the name."""
    for name, values in cells.items():
        column = source.columns[name]
        if column.type == "location_code" and column.known == "location":
            texts = dict.fromkeys(value for value in values if isinstance(value, str))
            codes = {text: known.school(text) for text in texts if school_name(text) in known.named}
            told = [f"{text} = {code}" for text, code in codes.items() if code]
            if told:
                more = f" en nog {len(told) - MOST_ROWS}" if len(told) > MOST_ROWS else ""
                first = ", ".join(told[:MOST_ROWS])
                yield f"Namen van vestigingen gelezen als code: {first}{more}."
