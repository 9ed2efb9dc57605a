"""What is in doubt because it is unlike the lists before: fewer rows, numbers, boards, returns."""

from collections.abc import Iterator

from data.gate.claim.own_history import usual
from data.gate.claim.said import ClaimDoubt
from data.gate.claim.sentence import named, rows_text, stand
from data.gate.claim.tried import Tried
from data.source import Source

MOST_FAR = 3  # numbers in one question


def fewer(tried: Tried) -> Iterator[ClaimDoubt]:
    """Far fewer rows than the list before, by what its own history shows is usual."""
    source, draft, earlier = tried.source, tried.delivery, tried.history.earlier
    if not draft.rows or not draft.period or source.delivery.period_column:
        return
    if draft.adds or tried.effect.lacks:  # a part is not all, and what a second list lacks is asked
        return
    one_stretch = source.delivery.spans == "all"
    size: dict[str, int] = {}  # by period, with what was added to it
    for found in earlier:
        same = (one_stretch or found.slot == draft.slot) and tried.history.shares(found)
        if same and found.period < draft.period and found.rows:
            size[found.period] = found.rows + (size.get(found.period, 0) if found.adds else 0)
    sizes = [size[period] for period in sorted(size)]
    if sizes and draft.rows < usual(sizes)[0]:
        yield ClaimDoubt(
            "sure",
            f"Deze lijst heeft {rows_text(draft.rows)}; de vorige ({max(size)}) had er "
            f"{sizes[-1]}. Is de lijst volledig?",
        )


def far(tried: Tried) -> Iterator[ClaimDoubt]:
    """A number far from what was told of the same school or SWV before."""
    far = tried.effect.far
    if far:
        more = f", en nog {len(far) - MOST_FAR}" if len(far) > MOST_FAR else ""
        euros = any(column.type == "euro" for column in tried.source.steady)
        thousands = " Zijn het hele euro's, geen duizenden?" if euros else ""
        yield ClaimDoubt(
            "sure",
            f"Dit is heel anders dan eerder: {'; '.join(far[:MOST_FAR])}{more}. Klopt dat?"
            f"{thousands}",
        )


def returned(tried: Tried) -> Iterator[ClaimDoubt]:
    """What had left the lists is on this one again."""
    rows = tried.effect.returned
    if rows:
        yield ClaimDoubt(
            "sure",
            f"Op deze lijst {stand(len(rows))} die eerder van de lijst "
            f"{'was' if len(rows) == 1 else 'waren'} verdwenen "
            f"({'; '.join(row.about for row in rows[:3])}). Die tellen dan ook weer in de tijd "
            f"ertussen. Klopt dat? {_anew(tried.source)}",
            rows=rows,
        )


def _anew(source: Source) -> str:
    """What to do when something stopped and then began again: it is not the same row."""
    names = source.stored_keys
    by = source.delivery.dated_by
    day = by in names
    label = source.columns[by if day else names[0]].label
    after = ", na de dag waarop het stopte," if day else ""
    return (
        "Stopte het echt en begon het later opnieuw, geef die rij dan in de lijst een andere "
        f"“{label}”{after} en lees de lijst opnieuw in."
    )


def other_board(tried: Tried) -> Iterator[ClaimDoubt]:
    """A school with another board than before and no day from which: that changes its past too."""
    if tried.source.delivery.period != "none" or "board_id" not in tried.columns:
        return
    columns = tried.columns
    boards: dict[str, set[str]] = {}
    for school, board in zip(columns["location_id"], columns["board_id"], strict=True):
        boards.setdefault(school, set()).add(board)
    before = tried.history.known
    changed = sorted(code for code in before if code in boards and before[code] not in boards[code])
    if changed:
        yield ClaimDoubt(
            "sure",
            f"{named(changed)} {'heeft' if len(changed) == 1 else 'hebben'} een ander bestuur dan "
            "in de vorige lijst. Het oude bestuur staat er niet meer bij, dus dat geldt dan ook "
            "voor vroeger. Is dat goed? Zet anders ook een regel met het oude bestuur, met als "
            "laatste dag de dag voor de wissel, in de lijst.",
        )
