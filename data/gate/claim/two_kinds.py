"""Who is in two kinds that exclude each other, or on two rows, both at once: which one counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.gate.claim.changed import ID, Clashes, EarlierRow
from data.gate.claim.row_names import SHORT
from data.gate.claim.said import Answers, ClaimDoubt
from data.source import Source

LATEST, FIRST = "laatste", "eerste"
MOST_NAMED = 3


def persons_in(source: Source, rows: Sequence[EarlierRow]) -> frozenset[str]:
    """Whose rows these are."""
    rule = source.rows.asked_which
    at = source.stored_keys.index(rule.of) if rule else 0
    return frozenset(row.key[at] for row in rows)


def two_kinds(source: Source, clashes: Clashes, said: Answers) -> Iterator[ClaimDoubt]:
    """The question which of the two kinds counts, unless that was said."""
    rule, rows = source.rows.either, clashes.get("at_once", ())
    if not rule or not rows:
        return
    column, *codes = rule.either
    words = {code: source.columns[column].values[code][0] for code in codes}
    if said.at_once in (*codes, LATEST):
        return
    who, where, names = _who(source, rows)
    yield ClaimDoubt(
        "at_once",
        f"{who} {where} tegelijk met {' en '.join(words.values())} ({names}). Zo'n "
        "leerling telt één keer, met één soort. Welke telt, zolang beide lopen?",
        (
            (LATEST, "de soort die het laatst begon; de andere hield toen op"),
            *((code, word) for code, word in words.items()),
        ),
        _placed(rows),
    )


def two_rows(source: Source, clashes: Clashes, said: Answers) -> Iterator[ClaimDoubt]:
    """The question which of two rows counts, unless that was said."""
    rule, rows = source.rows.asked_which, clashes.get("two_rows", ())
    if not rule or not rows or said.two_rows in (LATEST, FIRST):
        return
    who, where, names = _who(source, rows)
    yield ClaimDoubt(
        "two_rows",
        f"{who} {where} tegelijk op twee regels ({names}). {rule.question}",
        (
            (LATEST, "de regel die het laatst begon; de andere hield toen op"),
            (FIRST, "de regel die het eerst begon; de andere telt pas als die stopt"),
        ),
        _placed(rows),
    )


def _who(source: Source, rows: Sequence[EarlierRow]) -> tuple[str, str, str]:
    """How many pupils stand where, and the end of the pseudonyms of the first."""
    persons = persons_in(source, rows)
    count = "1 leerling staat" if len(persons) == 1 else f"{len(persons)} leerlingen staan"
    elsewhere = any(row.delivery_id != ID for row in rows)
    names = ", ".join(f"…{who[-SHORT:]}" for who in sorted(persons)[:MOST_NAMED])
    more = " en meer" if len(persons) > MOST_NAMED else ""
    return count, "in deze en een andere lijst" if elsewhere else "in deze lijst", names + more


def _placed(rows: Sequence[EarlierRow]) -> tuple[EarlierRow, ...]:
    """The rows with the place where each stands."""
    sheets = {_place(row)[0] for row in rows if row.delivery_id == ID}
    found = []
    for row in rows:
        sheet, number = _place(row)
        place = f"regel {number}" + (f" van “{sheet}”" if len(sheets) > 1 else "")
        place = place if row.delivery_id == ID else "andere lijst"
        found.append(replace(row, about=f"{place}: {row.about}"))
    return tuple(found)


def _place(row: EarlierRow) -> tuple[str, str]:
    """Sheet and row number."""
    sheet, _, number = row.row_id.partition("#")[2].rpartition("!")
    return sheet, number
