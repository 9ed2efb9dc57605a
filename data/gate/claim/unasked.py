"""Answers to what was not asked: they change nothing, so whoever gave them must know."""

from collections.abc import Iterator

from data.gate.claim.said import ADDS, BOARDS, ROWS, SWV, Answers
from data.gate.claim.tried import Tried
from data.gate.claim.whom import may_be_said
from data.gate.convert.refused import dutch_date

NOT_USED = "Dat antwoord is niet gebruikt."


def unasked(tried: Tried, said: Answers, has_first: bool) -> Iterator[str]:
    """What was said and has no effect, with the reason, in Dutch.

    `has_first`: there is an earlier list over the same time.
    """
    source, draft = tried.source, tried.delivery
    if said.second and not has_first:
        kind = "een aanvulling" if said.second == ADDS else "een verbetering"
        yield f"Er is geen eerdere lijst over deze tijd waarvan dit {kind} kan zijn. {NOT_USED}"
    if (said.missing or said.missing_on) and not tried.effect.gone:
        yield f"Er is geen rij van een vorige lijst die in deze ontbreekt. {NOT_USED}"
    elif said.missing and said.missing not in dict(may_be_said(source)):
        may = " of ".join(dict(may_be_said(source)))
        yield f"“{said.missing}” past niet bij “{source.label}”, wel {may}. {NOT_USED}"
    elif said.missing_on and source.delivery.period != "none":
        yield f"Een laatste dag hoort alleen bij een vestiging die sluit. {NOT_USED}"
    if said.since and source.delivery.spans != "all":
        yield f"“{source.label}” gaat over één periode, niet vanaf een dag. {NOT_USED}"
    elif said.since and draft.covers_from and draft.covers_from > said.since:
        yield (
            f"Deze lijst begint op {dutch_date(draft.covers_from)}; over de tijd daarvoor zegt "
            f"zij niets. {NOT_USED}"
        )
    before = {clash.asked for clash in tried.effect.clashes}
    if said.at_once and not draft.at_once:
        nobody = "Niemand heeft tegelijk twee soorten, in deze lijst of met een andere. "
        yield ("" if "at_once" in before else nobody) + NOT_USED
    if said.two_rows and not draft.two_rows:
        nobody = "Niemand staat tegelijk op twee regels van één soort. "
        yield ("" if "two_rows" in before else nobody) + NOT_USED
    yield from _for_nobody(tried, said)


def _for_nobody(tried: Tried, said: Answers) -> Iterator[str]:
    """Speaking for schools where there are none, or for codes that nobody knows."""
    if "location_id" not in tried.source.columns:
        if said.speaks_for or said.named:
            about = f"“{tried.source.label}” gaat over het hele SWV, niet over vestigingen."
            yield f"{about} {NOT_USED}"
        return
    if tried.source.rows.complete and (said.speaks_for in (SWV, BOARDS) or said.named):
        yield (
            f"“{tried.source.label}” spreekt alleen voor de vestigingen waarvan elke soort erin "
            f"staat, ook als het er 0 zijn. {NOT_USED}"
        )
    if not tried.delivery.rows and said.speaks_for in (BOARDS, ROWS):
        yield f"Een lege lijst noemt geen vestiging, dus dat zegt niet voor wie zij is. {NOT_USED}"
    for code in said.named:
        if not tried.knows(code):
            yield f"“{code}” is geen vestiging of bestuur in de lijst van vestigingen. {NOT_USED}"
