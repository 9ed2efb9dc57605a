"""What of a recognised file can be read in two ways: which sheets, struck rows, empty cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.gate.claim import COUNTED, EMPTY, EVERY, LEFT_OUT, SAME, Answers, ClaimDoubt
from data.gate.read import ReadFile
from data.gate.recognise import Recognised
from data.gate.rows import STRUCK_ROW, Block, cell_of, data_block, passed_over, place_is_told
from data.source import Source

SHEETS, ABOVE = "@sheets", "@above"  # beside the columns in what is remembered of a layout
REPEATED = ("location_code", "brin", "branch", "board_code", "key", "category", "period",
            "school_year")  # fmt: skip  # what a list in groups writes once per group
MOST_NAMED = 3
NO_STRUCK = "Er is geen rij doorgehaald. Dat antwoord is niet gebruikt."
NO_GROUPS = (
    "Er zijn geen lege cellen onder een gevulde die iets kunnen betekenen als de cel erboven."
)


def settled(
    read: ReadFile, found: Recognised, answers: Answers
) -> tuple[Recognised, tuple[ClaimDoubt, ...]]:
    """How to read the file by what was said of it, now or before, and what must still be asked.

    While it is open how many sheets there are, nothing is asked about their rows.
    """
    found, doubts = _sheets(found, answers)
    if doubts:
        return found, doubts
    counted = answers.struck == COUNTED
    struck, columns = list(_struck(read, found.sheets)), _grouped(read, found.sheets)
    sheets = [replace(one, struck=counted) for one in found.sheets]
    asked = struck if not answers.struck else []
    said = answers.above or found.remembered.get(ABOVE, "")
    if columns and said not in (SAME, EMPTY, *columns):
        asked.append(_above(sheets, columns))
    notes = [NO_STRUCK] if answers.struck and not struck else []
    notes += [NO_GROUPS] if answers.above and not columns else []
    above = tuple(columns) if said == SAME else tuple(name for name in columns if name == said)
    first, *along = (replace(one, above=above) for one in sheets)
    return replace(first, along=tuple(along), notes=(*first.notes, *notes)), tuple(asked)


def to_remember(found: Recognised, answers: Answers) -> dict[str, str]:
    """What was said now and holds for the next file of this layout as well."""
    said = {SHEETS: _names(found)} if answers.sheets == (EVERY,) and found.along else {}
    return said | ({ABOVE: answers.above} if answers.above else {})


def _names(found: Recognised) -> str:
    return "\n".join(sorted(one.sheet for one in found.sheets))


def _sheets(found: Recognised, answers: Answers) -> tuple[Recognised, tuple[ClaimDoubt, ...]]:
    """All sheets of this kind when that was said, of this file or of one with these sheets."""
    if not found.others:
        return found, ()
    every = replace(found, along=found.others, others=())
    if answers.sheets or found.remembered.get(SHEETS) == _names(every):
        return replace(every, notes=(*every.notes, _read_from(every))), ()
    names = [one.sheet for one in (found, *found.others)]
    choices = (
        (EVERY, f"alle {len(names)} tabbladen: samen zijn zij één lijst"),
        *((name, f"alleen “{name}”; de rest telt niet") for name in names),
    )
    text = f"Deze gegevens staan op meer dan één tabblad: {_quoted(names)}. Welke horen erbij?"
    return found, (ClaimDoubt("sheets", text, choices),)


def _read_from(found: Recognised) -> str:
    return f"Gelezen van {len(found.sheets)} tabbladen: {_quoted([s.sheet for s in found.sheets])}."


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _struck(read: ReadFile, sheets: Sequence[Recognised]) -> Iterator[ClaimDoubt]:
    """Rows that are struck through: people do that with what is wrong, and with what is over."""
    places = []
    for one in sheets:
        sheet = read.sheets[one.sheet_index]
        block = data_block(sheet, one)
        for at, reason in enumerate(passed_over(block, sheet, one)):
            if reason == STRUCK_ROW:
                places.append(_place(block.start + at + 1, one, sheets))
    if places:
        is_one = len(places) == 1
        choices = (
            (LEFT_OUT, f"{'die rij hoort' if is_one else 'die rijen horen'} er niet bij"),
            (COUNTED, f"{'die rij telt' if is_one else 'die rijen tellen'} gewoon mee"),
        )
        text = f"{len(places)} {'rij is' if is_one else 'rijen zijn'} (deels) doorgehaald: regel "
        yield ClaimDoubt("struck", f"{text}{_listed(places)}. Wat betekent dat?", choices)


def _place(row: int, one: Recognised, sheets: Sequence[Recognised]) -> str:
    return f"{row} van “{one.sheet}”" if len(sheets) > 1 else str(row)


def _listed(places: Sequence[str]) -> str:
    return ", ".join(places[:MOST_NAMED]) + (" en meer" if len(places) > MOST_NAMED else "")


def _grouped(read: ReadFile, sheets: Sequence[Recognised]) -> dict[str, list[str]]:
    """The columns that look as if a value is written once per group, with their empty rows."""
    found: dict[str, list[str]] = {}
    for one in sheets:
        sheet = read.sheets[one.sheet_index]
        block = data_block(sheet, one)
        reasons = list(passed_over(block, sheet, one))
        for name in one.mapping:
            if _may_be_grouped(one.source, name):
                rows = _empty_in_groups(block, reasons, one, name)
                if rows:
                    found.setdefault(name, []).extend(_place(row, one, sheets) for row in rows)
    return found


def _may_be_grouped(source: Source, name: str) -> bool:
    column = source.columns[name]
    at_times = {cell for cell, *_ in source.rows.empty_when}
    return column.type in REPEATED and (column.filled or name in at_times)


def _empty_in_groups(block: Block, reasons: Sequence[str], one: Recognised, name: str) -> list[int]:
    """The rows with an empty cell below a filled one; none when a value is repeated somewhere.

    Who writes the same value in two rows after each other does not leave it out when it repeats.
    """
    before, rows, column = None, [], one.mapping[name]
    for at, (row, reason) in enumerate(zip(block.rows, reasons, strict=True)):
        value = cell_of(row, column)
        if reason not in ("", STRUCK_ROW) or (value is None and before is None):
            continue
        if value is None:
            rows += [] if place_is_told(row, one, column) else [block.start + at + 1]
        elif value == before:
            return []
        before = value if value is not None else before
    return rows


def _above(sheets: Sequence[Recognised], columns: dict[str, list[str]]) -> ClaimDoubt:
    source = sheets[0].source
    labels = {name: f"“{source.columns[name].label}”" for name in columns}
    rows = list(dict.fromkeys(row for found in columns.values() for row in found))
    choices = [(SAME, "hetzelfde als de cel erboven")]
    if len(columns) > 1:
        choices += [(name, f"dat, maar alleen in {label}") for name, label in labels.items()]
    choices.append((EMPTY, "echt leeg: niet ingevuld"))
    text = (
        f"In {' en '.join(labels.values())} zijn cellen leeg onder een gevulde (regel "
        f"{_listed(rows)}). Wat betekent leeg?"
    )
    return ClaimDoubt("above", text, tuple(choices))
