"""What of a recognised file can be read in two ways: which sheets, struck rows, empty cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.gate.claim import (
    BLANK,
    COUNTED,
    EMPTY,
    EVERY,
    NEEDED,
    OWN,
    SAME,
    Answers,
    ClaimDoubt,
)
from data.gate.claim.sentence import every_one
from data.gate.columns import column_of
from data.gate.groups import empty_in_groups, may_be_empty, may_be_grouped
from data.gate.number_doubt import number_doubt
from data.gate.read import ReadFile
from data.gate.recognise import Recognised
from data.gate.rows import data_block, passed_over
from data.gate.struck_doubt import listed, place, struck_doubt

SHEETS, ABOVE, NUMBERS = (
    "@sheets",
    "@above",
    "@numbers",
)  # beside the columns in what is remembered of a layout
NO_STRUCK = "Er is niets doorgehaald. Dat antwoord is niet gebruikt."
AS_BEFORE = "{} is zoals u bij deze indeling eerder hebt gezegd."
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
    counted, blank = answers.struck == COUNTED, answers.struck == BLANK
    struck = list(struck_doubt(read, found.sheets))
    sheets = [replace(one, struck=counted, blank_struck=blank) for one in found.sheets]
    columns = _grouped(read, sheets)
    asked = struck if not answers.struck else []
    said = _what_empty_is(answers.above, found.remembered.get(ABOVE, ""), columns)
    if columns and not said:
        asked.append(_above(found, columns))
    if (answers.numbers or found.remembered.get(NUMBERS, "")) != OWN:
        asked += number_doubt(read, found.sheets)
    notes = [NO_STRUCK] if answers.struck and not struck else []
    notes += [NO_GROUPS] if answers.above and not columns else []
    notes += [AS_BEFORE.format("Wat een lege cel betekent")] if said and not answers.above else []
    filled = tuple(name for name in columns if said in (SAME, NEEDED, name))
    first, *along = (replace(one, above=filled, free_left=said == NEEDED) for one in sheets)
    return replace(first, along=tuple(along), notes=(*first.notes, *notes)), tuple(asked)


def to_remember(found: Recognised, answers: Answers) -> dict[str, str]:
    """What was said now and holds for the next file of this layout as well."""
    several = found.along or found.of_tab
    said = {SHEETS: _names(found)} if several and answers.sheets == (EVERY,) else {}
    said |= {ABOVE: answers.above} if answers.above else {}
    return said | ({NUMBERS: answers.numbers} if answers.numbers else {})


def _names(found: Recognised) -> str:
    return "\n".join(sorted(one.sheet for one in found.sheets))


def _sheets(found: Recognised, answers: Answers) -> tuple[Recognised, tuple[ClaimDoubt, ...]]:
    """All sheets of this kind when that was said, of this file or of one with these sheets."""
    if not found.others and not found.of_tab:
        return found, ()
    every = replace(found, along=found.others, others=())
    if answers.sheets or found.remembered.get(SHEETS) == _names(every):
        notes = [_read_from(every)] if every.along else []
        notes += [] if answers.sheets else [AS_BEFORE.format("Welke tabbladen erbij horen")]
        return replace(every, notes=(*every.notes, *notes)), ()
    if not found.others:
        return found, (_is_school(found),)
    names = [one.sheet for one in (found, *found.others)]
    also = ", en de naam van elk tabblad is de vestiging" if found.of_tab else ""
    choices = (
        (EVERY, f"{every_one(len(names))} tabbladen: samen zijn zij één lijst{also}"),
        *((name, f"alleen “{name}”; de rest telt niet") for name in names),
    )
    text = f"Deze gegevens staan op meer dan één tabblad: {_quoted(names)}. Welke horen erbij?"
    if found.of_tab:
        text += " De kolom met de vestiging ontbreekt; de naam van het tabblad geldt als vestiging."
    return found, (ClaimDoubt("sheets", text, choices),)


def _is_school(found: Recognised) -> ClaimDoubt:
    """One sheet without a column for the school, and with the name of a school."""
    text = (
        f"De kolom “{found.source.columns[found.of_tab].label}” ontbreekt, en het tabblad heet "
        f"“{found.sheet}”. Is dat de vestiging?"
    )
    return ClaimDoubt("sheets", text, ((EVERY, "ja: de naam van het tabblad is de vestiging"),))


def _read_from(found: Recognised) -> str:
    return f"Gelezen van {len(found.sheets)} tabbladen: {_quoted([s.sheet for s in found.sheets])}."


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


@dataclass
class _Group:
    """The empty cells of a column that looks as if it is written once per group, by their row.

    `free` are those where the source lets the cell be empty, `why` for what kind of row.
    """

    rows: list[str] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    why: str = ""


def _grouped(read: ReadFile, sheets: Sequence[Recognised]) -> dict[str, _Group]:
    """The columns that look as if a value is written once per group, with their empty rows."""
    found: dict[str, _Group] = {}
    for one in sheets:
        sheet = read.sheets[one.sheet_index]
        block = data_block(sheet, one)
        names = [
            name for name, at in one.mapping.items()
            if may_be_grouped(one.source, name) and None in column_of(block.rows, at)
        ]  # fmt: skip
        reasons = list(passed_over(block, sheet, one)) if names else []
        for name in names:
            places = empty_in_groups(block, reasons, one, name)
            if places:
                free = may_be_empty(block, reasons, one, name)
                group = found.setdefault(name, _Group(why=_free_for(one, name)))
                words = {at: place(block.start + at + 1, one, sheets) for at in places}
                group.rows += words.values()
                group.free += [word for at, word in words.items() if at in free]
    return found


def _free_for(found: Recognised, name: str) -> str:
    columns, rules = found.source.columns, found.source.rows.empty_when
    kinds = [columns[other].values[code][0] for cell, other, code in rules if cell == name]
    return " of ".join(kinds)


def _what_empty_is(given: str, before: str, columns: Mapping[str, _Group]) -> str:
    """What was said of empty cells, now or before of this layout; "" when it must be asked.

    What was said of other rows says nothing about a row in which the cell may be empty.
    """
    choices = (SAME, NEEDED, EMPTY, *columns)
    if given:
        return given if given in choices else ""
    free = [name for name, group in columns.items() if group.free]
    open_again = any(before in (SAME, NEEDED, name) for name in free)
    return before if before in choices and not open_again else ""


def _above(found: Recognised, columns: Mapping[str, _Group]) -> ClaimDoubt:
    labels = {name: f"“{found.source.columns[name].label}”" for name in columns}
    rows = list(dict.fromkeys(row for group in columns.values() for row in group.rows))
    free = list(dict.fromkeys(row for group in columns.values() for row in group.free))
    also = f", ook op regel {listed(free)}" if free else ""
    choices = [(SAME, f"hetzelfde als de cel erboven{also}")]
    if free and free != rows:
        choices.append((NEEDED, f"hetzelfde als de cel erboven; leeg op regel {listed(free)}"))
    if len(columns) > 1:
        choices += [(name, f"dat, maar alleen in {label}") for name, label in labels.items()]
    choices.append((EMPTY, "echt leeg: niet ingevuld"))
    text = (
        f"In {' en '.join(labels.values())} zijn cellen leeg onder een gevulde (regel "
        f"{listed(rows)}). Wat betekent leeg?"
    )
    if free:
        why = " of ".join(dict.fromkeys(group.why for group in columns.values() if group.free))
        text += f" Op regel {listed(free)} mag de cel leeg zijn ({why}); daarom wordt het gevraagd."
    return ClaimDoubt("above", text, tuple(choices))
