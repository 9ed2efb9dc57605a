"""The question about rows that go on at a location that had closed."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from data.gate.claim.changed import EarlierRow
from data.gate.claim.closed_school import AtClosed
from data.gate.claim.said import ClaimDoubt
from data.gate.claim.sentence import rows_text
from data.gate.convert.refused import dutch_date

MOST_NAMED = 5
OTHERWISE = (
    "Klopt dat? Zo niet: zet hun nieuwe vestiging in de lijst, of geef in de lijst van vestigingen "
    "waarin de school opging, of haar goede laatste dag."
)


def goes_on_at_closed(rows: Sequence[AtClosed]) -> Iterator[ClaimDoubt]:
    """One question per location and kind: what was open when it closed, and what began after."""

    def same(row: AtClosed) -> tuple[bool, str]:
        return row.began_after, row.location

    for _, group in groupby(sorted(rows, key=same), key=same):
        yield ClaimDoubt("sure", f"{_told([*group])} {OTHERWISE}")


def left_behind(rows: Sequence[EarlierRow]) -> Iterator[ClaimDoubt]:
    """The question about rows that a list of the location theirs went up in should have held."""
    if rows:
        one = len(rows) == 1
        names = "; ".join(row.about for row in rows[:MOST_NAMED])
        more = f"; en nog {len(rows) - MOST_NAMED}" if len(rows) > MOST_NAMED else ""
        yield ClaimDoubt(
            "sure",
            f"Volgens deze lijst ging de vestiging van {rows_text(len(rows))} op in een andere, "
            f"maar op de lijst van die andere {'staat die' if one else 'staan die'} niet "
            f"({names}{more}). {'Die heet' if one else 'Die heten'} daarna ‘niet te volgen’. Klopt "
            "dat? Zo niet: lees de lijst van die andere vestiging opnieuw in, met die rijen erbij.",
            rows=tuple(rows),
        )


def _told(rows: Sequence[AtClosed]) -> str:
    first, one = rows[0], len(rows) == 1
    names = "; ".join(row.about for row in rows[:MOST_NAMED])
    more = f"; en nog {len(rows) - MOST_NAMED}" if len(rows) > MOST_NAMED else ""
    day = dutch_date(first.last_on)
    place = first.location
    if first.place != first.location:
        place += f", dat opging in {first.place}"
    shut = f"{place}, dat op {day} sloot ({names}{more})."
    if first.began_after:
        return (
            f"{rows_text(len(rows))} {'begint' if one else 'beginnen'} pas na de laatste dag van "
            f"{shut} {'Die telt' if one else 'Die tellen'} nergens."
        )
    return (
        f"{rows_text(len(rows))} {'staat' if one else 'staan'} nog open bij {shut} "
        f"{'Die telt' if one else 'Die tellen'} tot die dag en {'heet' if one else 'heten'} daarna "
        "‘locatie gesloten’."
    )
