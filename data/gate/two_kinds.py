"""Who is in two kinds that exclude each other, both at once: which one counts."""

from collections.abc import Iterator, Sequence

from data.gate.claim import Answers, ClaimDoubt
from data.gate.effect import ID, EarlierRow
from data.gate.row_names import SHORT
from data.source import Source

LATEST = "laatste"
MOST_NAMED = 3


def persons_in(source: Source, rows: Sequence[EarlierRow]) -> frozenset[str]:
    """Whose rows these are."""
    rule = source.rows.either
    at = source.stored_keys.index(rule.of) if rule else 0
    return frozenset(row.key[at] for row in rows)


def two_kinds(source: Source, rows: tuple[EarlierRow, ...], said: Answers) -> Iterator[ClaimDoubt]:
    """The question which of the two counts, unless that was said."""
    rule, persons = source.rows.either, persons_in(source, rows)
    if not rule or not persons:
        return
    column, *codes = rule.either
    words = {code: source.columns[column].values[code][0] for code in codes}
    if said.at_once in (*codes, LATEST):
        return
    names = ", ".join(f"…{who[-SHORT:]}" for who in sorted(persons)[:MOST_NAMED])
    more = " en meer" if len(persons) > MOST_NAMED else ""
    count = "1 leerling staat" if len(persons) == 1 else f"{len(persons)} leerlingen staan"
    elsewhere = any(row.delivery_id != ID for row in rows)
    where = "in deze en een andere lijst" if elsewhere else "in deze lijst"
    yield ClaimDoubt(
        "at_once",
        f"{count} {where} tegelijk met {' en '.join(words.values())} ({names}{more}). Zo'n "
        "leerling telt één keer, met één soort. Welke telt, zolang beide lopen?",
        (
            (LATEST, "de soort die het laatst begon; de andere hield toen op"),
            *((code, word) for code, word in words.items()),
        ),
        rows,
    )
