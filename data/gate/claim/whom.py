"""For whom a delivery speaks, beside or instead of what, and what became of who is not in it."""

from collections.abc import Iterator

from data.deliveries.delivery import Missing
from data.gate.claim.said import (
    ADDS,
    BOARDS,
    REPLACES,
    ROWS,
    SWV,
    ClaimDoubt,
    answered,
    is_enough,
)
from data.gate.claim.sentence import every_one, named, stand
from data.gate.claim.tried import Tried
from data.source import Source

Choices = tuple[tuple[str, str], ...]
REPLACED: Choices = (
    (REPLACES, "een verbetering: zij komt in de plaats van de vorige"),
    (ADDS, "een aanvulling: beide lijsten tellen"),
)
CLOSED: Choices = (
    (Missing.ENDED, "gesloten; geef de laatste dag"),
    (Missing.FORGOTTEN, "vergeten: zij bestaat nog"),
    (Missing.WRONG, "een fout in de vorige lijst: zij hoort niet bij het SWV"),
)
HAPPENED: Choices = (
    (Missing.FORGOTTEN, "vergeten, of deze lijst bevat alleen het nieuwe: zij tellen door"),
    (Missing.WRONG, "een fout in de vorige lijst: zij tellen nergens meer"),
)
LASTED: Choices = (
    (Missing.UNKNOWN, "dat weten wij niet: zij heten vanaf nu ‘niet te volgen’"),
    (Missing.ENDED, "gestopt: zij tellen als beëindigd"),
    *HAPPENED,
)


def for_whom(tried: Tried) -> Iterator[ClaimDoubt]:
    """An empty list, or schools about which the list is silent and nobody ever said why."""
    known, held, rules = tried.effect.known, tried.history.held, tried.source.delivery
    if "location_id" not in tried.source.columns or not known:
        if not tried.delivery.rows:
            yield ClaimDoubt("sure", "Deze lijst is leeg. Waren er in deze periode echt geen?")
        return
    every = f"{every_one(len(known))} vestigingen van het SWV"
    whole = (SWV, f"{every}: waar geen rij staat, was er geen")
    if not tried.delivery.rows:
        yield ClaimDoubt(
            "speaks_for",
            "Deze lijst is leeg. Voor wie zegt zij dat er geen waren? Is dit een vergissing, lees "
            "dan het goede bestand in.",
            (whole,),
            may_name=True,
        )
        return
    silent = sorted(known.keys() - held)
    if not silent or rules.scope == ROWS or not rules.dated_by:
        return
    if tried.history.said_before or tried.delivery.adds:
        return
    among = len(held & known.keys())
    only = f"alleen de vestigingen in de lijst ({among}); van de andere weten wij niets"
    yield ClaimDoubt(
        "speaks_for",
        f"In deze lijst {'staat' if among == 1 else 'staan'} {among} van de {len(known)} "
        f"vestigingen; {named(silent)} niet. Voor wie spreekt deze lijst?",
        (whole, *_for_boards(tried), (ROWS, only)),
    )


def settles(doubt: ClaimDoubt, tried: Tried) -> bool:
    """Whether what was said answers this question, and not another one.

    Of an empty list only what was offered is an answer: it has no schools or boards of its own.
    """
    said = tried.answers
    if doubt.settled_by == "sure":
        return said.sure
    if any(map(tried.knows, said.named)):
        return True
    offered = {value for value, _ in doubt.choices}
    return said.speaks_for in offered or bool(said.speaks_for and tried.delivery.rows)


def _for_boards(tried: Tried) -> Choices:
    """The boards of the schools in the list, when that says something else than all or these."""
    known, held = tried.effect.known, tried.history.held
    boards = {known[code] for code in held & known.keys()}
    inside = [code for code, board in known.items() if board in boards]
    if not len(held) < len(inside) < len(known):
        return ()
    text = f"de besturen van deze vestigingen ({len(inside)} vestigingen)"
    return ((BOARDS, f"{text}: waar geen rij staat, was er geen"),)


def second(tried: Tried) -> Iterator[ClaimDoubt]:
    """A second list for the same stretch that does not hold all that the first one held."""
    lacks = tried.effect.lacks
    if lacks and tried.source.delivery.period != "none":
        yield ClaimDoubt(
            "second",
            f"Over deze tijd is al een lijst geleverd. Daarvan {stand(len(lacks))} niet in deze. "
            "Wat is deze lijst?",
            REPLACED,
            lacks,
        )


def missing(tried: Tried) -> Iterator[ClaimDoubt]:
    """What an earlier list held and this one should have held as well."""
    said = tried.answers
    of_schools, choices = tried.source.delivery.period == "none", may_be_said(tried.source)
    told = {row.row_id: row for row in answered(tried.effect, said)}
    rows = tuple(
        row for row in tried.effect.gone if not is_enough(told.get(row.row_id), of_schools)
    )
    if tried.delivery.adds or not rows:
        return
    gone = f"Van de vorige lijst {stand(len(rows))} niet meer in deze"
    if of_schools:
        about = "; ".join(row.about for row in rows[:5])
        text = f"{gone}: {about}. Is die vestiging gesloten, en wat was haar laatste dag?"
        yield ClaimDoubt("missing", text, choices, rows, asks_day=True)
    else:
        lasts = bool(tried.source.rows.ends_by)
        stay = "Zij blijft" if len(rows) == 1 else "Zij blijven"
        stays = f"{stay} tellen in de tijd waarover die lijst ging. " if lasts else ""
        text = f"{gone}: uit de lijst verdwenen. {stays}Wat is er gebeurd?"
        yield ClaimDoubt("missing", text, choices, rows)


def may_be_said(source: Source) -> Choices:
    """What can have become of a row that is gone, of this source.

    A location closed on a day; what happened once did happen, whether or not a list holds it.
    """
    if source.delivery.period == "none":
        return CLOSED
    return LASTED if source.rows.ends_by else HAPPENED
