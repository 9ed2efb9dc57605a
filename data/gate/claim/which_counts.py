"""Who is in two kinds that exclude each other, or on two rows, both at once: which one counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from data.deliveries.delivery import Delivery
from data.gate.claim.changed import ID, Clash, EarlierRow
from data.gate.claim.row_names import SHORT
from data.gate.claim.said import FIRST, LATEST, Answers, ClaimDoubt
from data.gate.claim.tried import Tried
from data.gate.convert.refused import dutch_date
from data.source import Source

TWO_KINDS, TWO_ROWS = "at_once", "two_rows"
MOST_NAMED = 3


def used_of(clashes: Sequence[Clash], answers: Answers) -> dict[str, Any]:
    """What was answered, of what has to be said: "" when nobody in this list needs it."""
    asked = {clash.asked for clash in clashes if not clash.answer}
    return {by: getattr(answers, by) if by in asked else "" for by in (TWO_KINDS, TWO_ROWS)}


def two_kinds(tried: Tried) -> Iterator[ClaimDoubt]:
    """The question which of the two kinds counts, unless that was said."""
    rule, clashes = tried.source.rows.either, _open(tried, TWO_KINDS)
    if not rule or not clashes:
        return
    column, *codes = rule.either
    words = {code: tried.source.columns[column].values[code][0] for code in codes}
    if tried.answers.at_once in (*codes, LATEST):
        return
    yield ClaimDoubt(
        TWO_KINDS,
        f"{_who(tried.source, clashes)} tegelijk met {' en '.join(words.values())} "
        f"({_names(tried.source, clashes)}). Zo'n leerling telt één keer, met één soort. Welke "
        "telt, zolang beide lopen?",
        (
            (LATEST, "de soort die het laatst begon; de andere hield toen op"),
            *((code, word) for code, word in words.items()),
        ),
        tuple(_placed(tried, clashes)),
    )


def two_rows(tried: Tried) -> Iterator[ClaimDoubt]:
    """The question which of two rows counts, unless that was said."""
    rule, clashes = tried.source.rows.asked_which, _open(tried, TWO_ROWS)
    if not rule or not clashes or tried.answers.two_rows in (LATEST, FIRST):
        return
    begin = [clash.row.key[tried.source.stored_keys.index(rule.start)] for clash in clashes]
    same = "" if len(set(begin)) == len(begin) else " (van dezelfde dag: zoals hieronder)"
    yield ClaimDoubt(
        TWO_ROWS,
        f"{_who(tried.source, clashes)} tegelijk op meer dan één regel "
        f"({_names(tried.source, clashes)}). {rule.question}",
        (
            (LATEST, f"de regel die het laatst begon{same}"),
            (FIRST, f"de regel die het eerst begon{same}"),
        ),
        tuple(_placed(tried, clashes)),
    )


def answered_before(
    source: Source, clashes: Sequence[Clash], earlier: Sequence[Delivery]
) -> Iterator[str]:
    """What was said with an earlier list of persons who are in this one, and still holds."""
    words = {TWO_KINDS: "met twee soorten", TWO_ROWS: "op meer dan één regel"}
    files = {found.delivery_id: found.file_name for found in earlier}
    said = {(one.asked, one.answer, one.answered_in) for one in clashes if one.answer}
    for asked, answer, name in sorted(said):
        same = [one for one in clashes if (one.asked, one.answered_in) == (asked, name)]
        yield (
            f"{_who(source, same)} tegelijk {words[asked]} ({_names(source, same)}). Daarover is "
            f"bij “{files.get(name, name)}” geantwoord: {answer}. Dat blijft zo. Is het anders? "
            f"Maak dan {name} ongedaan en lees dat bestand opnieuw in."
        )


def _open(tried: Tried, asked: str) -> list[Clash]:
    return [one for one in tried.effect.clashes if one.asked == asked and not one.answer]


def _persons(source: Source, clashes: Sequence[Clash]) -> list[str]:
    rule = source.rows.asked_which
    at = source.stored_keys.index(rule.of) if rule else 0
    return sorted({clash.row.key[at] for clash in clashes})


def _who(source: Source, clashes: Sequence[Clash]) -> str:
    """How many pupils stand where."""
    count = len(_persons(source, clashes))
    elsewhere = any(clash.row.delivery_id != ID for clash in clashes)
    where = "in deze en een andere lijst" if elsewhere else "in deze lijst"
    return f"{'1 leerling staat' if count == 1 else f'{count} leerlingen staan'} {where}"


def _names(source: Source, clashes: Sequence[Clash]) -> str:
    """The end of the pseudonyms of the first."""
    persons = _persons(source, clashes)
    names = ", ".join(f"…{who[-SHORT:]}" for who in persons[:MOST_NAMED])
    return names + (" en meer" if len(persons) > MOST_NAMED else "")


def _placed(tried: Tried, clashes: Sequence[Clash]) -> Iterator[EarlierRow]:
    """The rows with the place where each stands, and until when it lasted."""
    files = {found.delivery_id: found.file_name for found in tried.history.earlier}
    sheets = {_place(one.row)[0] for one in clashes if one.row.delivery_id == ID}
    for clash in clashes:
        row = clash.row
        sheet, number = _place(row)
        file = files.get(row.delivery_id, sheet if len(sheets) > 1 else "")
        place = f"regel {number}" + (f" van “{file}”" if file else "")
        until = f"tot {dutch_date(clash.until)}" if clash.until else "loopt nog"
        yield replace(row, about=f"{place}: {row.about}, {until}")


def _place(row: EarlierRow) -> tuple[str, str]:
    """Sheet and row number."""
    sheet, _, number = row.row_id.partition("#")[2].rpartition("!")
    return sheet, number
