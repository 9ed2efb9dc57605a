"""The claim of a delivery in one Dutch sentence, with its numbers."""

from collections.abc import Iterator, Sequence
from datetime import date

from data.calendar import MONTH_NAMES
from data.deliveries.delivery import Delivery
from data.gate.claim.changed import DeliveryEffect
from data.gate.claim.said import SWV, ListHistory
from data.gate.convert.refused import dutch_date, dutch_number
from data.source import Source

MOST_NAMED = 5  # schools in one sentence


def sentence(draft: Delivery, effect: DeliveryEffect, earlier: Sequence[Delivery]) -> str:
    """The claim in one Dutch sentence, with its numbers."""
    said = f"Deze lijst van {rows_text(draft.rows)} spreekt voor {_whom(draft, effect)}"
    if draft.covers_from and draft.covers_to:
        apart = f"{len(draft.parts)} perioden tussen " if len(draft.parts) > 1 else ""
        said += f", {apart}{stretch(draft.covers_from, draft.covers_to)}"
    days = {found.delivery_id: found.received_on for found in earlier}
    replaced = {name: rows for name, rows in effect.replaced.items() if name in days}
    if replaced:
        when = dutch_date(max(days[name] for name in replaced))
        said += f", en vervangt {rows_text(sum(replaced.values()))} van {when}"
    if replaced and effect.taken:
        stand = "staat" if len(effect.taken) == 1 else "staan"
        said += f"; {rows_text(len(effect.taken))} daarvan {stand} er niet meer in"
    if draft.adds:
        said += ", en vult aan wat er al was"
    return f"{said}."


def stretch(first: date, last: date) -> str:
    """ "juli t/m september 2023"."""
    start, end = MONTH_NAMES[first.month - 1], MONTH_NAMES[last.month - 1]
    year = f" {first.year}" if first.year != last.year else ""
    return f"{start}{year} t/m {end} {last.year}"


def outside(source: Source, history: ListHistory) -> Iterator[str]:
    """The schools in the rows that are not of the SWV: they count in its total only."""
    strange = sorted(history.held - history.known.keys())
    if strange and history.known and source.delivery.dated_by:
        verb = "staat" if len(strange) == 1 else "staan"
        yield (
            f"{named(strange)} {verb} niet in de lijst van vestigingen. Die rijen tellen alleen in "
            "het totaal van het SWV. Klopt dat niet, verbeter dan de code, of de lijst van "
            "vestigingen."
        )


def besides(changed: DeliveryEffect) -> Iterator[str]:
    """What a person should know of a time that was delivered before."""
    if changed.still:
        yield (
            f"{rows_text(changed.still)} van de lijst die wordt vervangen, "
            f"{'telt' if changed.still == 1 else 'tellen'} nog mee, omdat een latere lijst "
            f"{'die' if changed.still == 1 else 'ze'} noemt."
        )
    if changed.overtaken:
        yield (
            f"{rows_text(changed.overtaken)} van deze lijst "
            f"{'staat' if changed.overtaken == 1 else 'staan'} niet op een latere lijst die er al "
            "is. Zij tellen in de tijd van deze lijst en heten daarna ‘niet te volgen’."
        )
    if changed.late:
        yield (
            f"{rows_text(changed.late)} {'is' if changed.late == 1 else 'zijn'} nieuw, maar van "
            "een tijd waarover al een lijst was geleverd. Ook de cijfers van toen veranderen."
        )


def _whom(draft: Delivery, effect: DeliveryEffect) -> str:
    among = effect.spoken & effect.known.keys()
    if not effect.known:
        return "het hele SWV" if draft.scope == SWV else _schools(len(effect.spoken))
    if len(among) == len(effect.known):
        every = f"{every_one(len(among))} vestigingen"
        return every if len(among) > 1 else "de enige vestiging"
    more = f" en {len(effect.spoken) - len(among)} daarbuiten"
    return f"{len(among)} van {_schools(len(effect.known))}{more if effect.spoken - among else ''}"


def _schools(count: int) -> str:
    return f"{count} vestiging" if count == 1 else f"{count} vestigingen"


def rows_text(count: int) -> str:
    """ "1 rij", "2.000 rijen"."""
    return "1 rij" if count == 1 else f"{dutch_number(count)} rijen"


def every_one(count: int) -> str:
    """ "alle 3", "beide"."""
    return "beide" if count == 2 else f"alle {count}"


def named(codes: Sequence[str]) -> str:
    """The first codes of many."""
    return ", ".join(codes[:MOST_NAMED]) + (" …" if len(codes) > MOST_NAMED else "")


def stand(count: int) -> str:
    """ "staat 1 rij", "staan 2 rijen"."""
    return f"{'staat' if count == 1 else 'staan'} {rows_text(count)}"
