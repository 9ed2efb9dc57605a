"""Who stands in a list with two kinds that exclude each other, both at once: which one counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from data.gate.claim import Answers, ClaimDoubt
from data.gate.effect import SHORT
from data.source import Source

LATEST = "laatste"
MOST_NAMED = 3


def in_two_kinds(source: Source, columns: Mapping[str, Sequence[Any]]) -> frozenset[str]:
    """Who has rows of both kinds (`OneAtATime.either`) that last at the same time."""
    rule = source.rows.one_at_a_time
    if not rule or not rule.either or rule.either[0] not in columns:
        return frozenset()
    kind, *codes = rule.either
    rows = zip(
        columns[rule.of], columns[kind], columns[rule.start], columns[rule.end], strict=True
    )  # fmt: skip
    held: dict[str, dict[str, list[tuple[date, date]]]] = {}
    for who, code, start, end in rows:
        if who is not None and code in codes and start is not None:
            held.setdefault(who, {}).setdefault(code, []).append((start, end or date.max))
    return frozenset(
        who
        for who, stretches in held.items()
        if any(
            one[0] < other[1] and other[0] < one[1]
            for one in stretches.get(codes[0], ())
            for other in stretches.get(codes[1], ())
        )
    )


def two_kinds(source: Source, persons: frozenset[str], said: Answers) -> Iterator[ClaimDoubt]:
    """The question which of the two counts, unless that was said."""
    rule = source.rows.one_at_a_time
    if not rule or not persons:
        return
    column, *codes = rule.either
    words = {code: source.columns[column].values[code][0] for code in codes}
    if said.at_once in (*codes, LATEST):
        return
    names = ", ".join(f"…{who[-SHORT:]}" for who in sorted(persons)[:MOST_NAMED])
    more = " en meer" if len(persons) > MOST_NAMED else ""
    count = "1 leerling staat" if len(persons) == 1 else f"{len(persons)} leerlingen staan"
    yield ClaimDoubt(
        "at_once",
        f"{count} in deze lijst tegelijk met {' en '.join(words.values())} ({names}{more}). Zo'n "
        "leerling telt één keer, met één soort. Welke telt, zolang beide lopen?",
        (
            (LATEST, "de soort die het laatst begon; de andere hield toen op"),
            *((code, word) for code, word in words.items()),
        ),
    )
